"""Attendance: the share attended and the right to be assessed (RULES R06, R07, §3.2).

No regulation of the political centres that could be read sets a threshold. The default of 80 %
is an assumption, taken from HD 69-HD/BTGTW of 14/01/2013 on equivalence; each centre confirms it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import ceil

from app.numbers import decimal
from app.rules.answer import Answer, refuse_if
from app.terms import AttendanceStatus, CountingUnit

_UNIT_WORDS = {CountingUnit.PERIODS: "tiết", CountingUnit.SESSIONS: "buổi"}


@dataclass(frozen=True)
class AttendanceRule:
    """Limits of a programme version; shares in percent, absences in class sessions (R07)."""

    minimum_share: Decimal = Decimal(80)
    unit: CountingUnit = CountingUnit.PERIODS
    absent_limit: int | None = None
    excused_limit: int | None = None


@dataclass(frozen=True)
class Attended:
    """What one learner has attended; `held` counts only the sessions that are marked.

    `outside` are the sessions before a learner came or after the learner left: they are no
    absence, but they were taught, so the share counts them (R07).
    """

    periods_attended: int = 0
    periods_held: int = 0
    sessions_attended: int = 0
    sessions_held: int = 0
    excused: int = 0
    absent: int = 0
    late: int = 0
    unmarked: int = 0
    periods_outside: int = 0
    sessions_outside: int = 0

    def amount(self, unit: CountingUnit) -> tuple[int, int]:
        """Attended and taught, in periods or in sessions."""
        if unit is CountingUnit.PERIODS:
            return self.periods_attended, self.periods_held + self.periods_outside
        return self.sessions_attended, self.sessions_held + self.sessions_outside


def tally(entries: Iterable[tuple[int, AttendanceStatus | None]]) -> Attended:
    """Count (periods, status) of the sessions that concern one learner; late is present (R06)."""
    rows = list(entries)
    marked = [(periods, status) for periods, status in rows if status is not None]
    attended = [periods for periods, status in marked if status.attends]
    statuses = [status for _, status in marked]
    return Attended(
        periods_attended=sum(attended),
        periods_held=sum(periods for periods, _ in marked),
        sessions_attended=len(attended),
        sessions_held=len(marked),
        excused=statuses.count(AttendanceStatus.EXCUSED),
        absent=statuses.count(AttendanceStatus.ABSENT),
        late=statuses.count(AttendanceStatus.LATE),
        unmarked=len(rows) - len(marked),
    )


def share_attended(attended: Attended, rule: AttendanceRule) -> Fraction | None:
    """Attended ÷ taught in the unit of the rule (R07); None before anything is marked."""
    part, whole = attended.amount(rule.unit)
    return Fraction(part, whole) if whole else None


def may_sit_final_test(attended: Attended, rule: AttendanceRule) -> Answer:
    """Share at or above the threshold and absences within their limits (R07)."""
    if not attended.sessions_held + attended.sessions_outside:
        return Answer(False, "Chưa điểm danh buổi nào")
    return refuse_if(_reasons(attended, rule))


def absences_left(attended: Attended, rule: AttendanceRule, remaining: Sequence[int]) -> int:
    """How many of the remaining sessions may surely be missed without leave (UI §8).

    `remaining` holds the periods of every planned session that is not yet marked; the longest
    are taken as missed first, so the number holds whichever they are.
    """
    weights = _weights(rule, remaining)
    part, whole = attended.amount(rule.unit)
    spare = part + sum(weights) - _needed(rule, whole + sum(weights))
    left = 0
    for weight in sorted(weights, reverse=True):
        spare -= weight
        if spare < 0:
            break
        left += 1
    if rule.absent_limit is not None:
        left = min(left, rule.absent_limit - attended.absent)
    return max(left, 0)


def can_still_qualify(attended: Attended, rule: AttendanceRule, remaining: Sequence[int]) -> bool:
    """Whether attending every remaining session would still satisfy the rule (UI §8)."""
    weights = _weights(rule, remaining)
    part, whole = attended.amount(rule.unit)
    return not _over_limits(attended, rule) and part + sum(weights) >= _needed(
        rule, whole + sum(weights)
    )


def describe(rule: AttendanceRule) -> str:
    """The rule in one line: "dự từ 80 % số tiết, vắng không phép không quá 2 buổi"."""
    parts = [f"dự từ {_percent(Fraction(rule.minimum_share) / 100)} {rule.unit.label}"]
    if rule.absent_limit is not None:
        parts.append(f"vắng không phép không quá {rule.absent_limit} buổi")
    if rule.excused_limit is not None:
        parts.append(f"vắng có phép không quá {rule.excused_limit} buổi")
    return ", ".join(parts)


def _reasons(attended: Attended, rule: AttendanceRule) -> list[str]:
    """Everything that keeps a learner with marked sessions from the test."""
    share = share_attended(attended, rule)
    required = Fraction(rule.minimum_share) / 100
    reasons = _over_limits(attended, rule)
    if share is not None and share < required:
        part, whole = attended.amount(rule.unit)
        amount = f"Dự {part}/{whole} {_UNIT_WORDS[rule.unit]} ({_percent(share)})"
        reasons.insert(0, f"{amount}, quy định từ {_percent(required)}")
    return reasons


def _over_limits(attended: Attended, rule: AttendanceRule) -> list[str]:
    """The limits on absences that are passed."""
    limits = (
        ("không phép", attended.absent, rule.absent_limit),
        ("có phép", attended.excused, rule.excused_limit),
    )
    return [
        f"Vắng {word} {count} buổi, quy định không quá {limit}"
        for word, count, limit in limits
        if limit is not None and count > limit
    ]


def _weights(rule: AttendanceRule, remaining: Sequence[int]) -> list[int]:
    """The remaining sessions in the unit of the rule."""
    return list(remaining) if rule.unit is CountingUnit.PERIODS else [1] * len(remaining)


def _needed(rule: AttendanceRule, whole: int) -> int:
    """The least amount that reaches the threshold of the whole."""
    return ceil(Fraction(rule.minimum_share) * whole / 100)


def _percent(share: Fraction) -> str:
    """ "70 %" or "66,6 %": cut off, not rounded, so that 79,96 % never reads as 80 %."""
    tenths = int(share * 1000)
    return f"{decimal(Fraction(tenths, 10), 1 if tenths % 10 else 0)} %"
