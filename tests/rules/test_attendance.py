"""Shares attended, the right to be assessed, and what may still be missed (RULES R06, R07)."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.rules.attendance import (
    AttendanceRule,
    Attended,
    absences_left,
    can_still_qualify,
    describe,
    may_sit_final_test,
    share_attended,
    tally,
)
from app.terms import AttendanceStatus, CountingUnit

SOME = settings(max_examples=100, deadline=None)
PRESENT, LATE = AttendanceStatus.PRESENT, AttendanceStatus.LATE
EXCUSED, ABSENT = AttendanceStatus.EXCUSED, AttendanceStatus.ABSENT
BY_SESSIONS = AttendanceRule(unit=CountingUnit.SESSIONS)
rules = st.builds(
    AttendanceRule,
    st.decimals(0, 100, places=1),
    st.sampled_from(CountingUnit),
    st.none() | st.integers(0, 3),
    st.none() | st.integers(0, 3),
)
marked = st.lists(st.tuples(st.integers(1, 6), st.sampled_from(AttendanceStatus)), max_size=12)
to_come = st.lists(st.integers(1, 6), max_size=8)


def of_ten(present: int, absent: int = 0) -> Attended:
    """Ten sessions of five periods, the rest excused."""
    excused = 10 - present - absent
    return tally([(5, PRESENT)] * present + [(5, ABSENT)] * absent + [(5, EXCUSED)] * excused)


def test_late_counts_as_present_and_the_unmarked_are_kept_apart() -> None:
    attended = tally([(5, PRESENT), (4, LATE), (5, EXCUSED), (3, ABSENT), (5, None)])
    assert attended == Attended(
        periods_attended=9,
        periods_held=17,
        sessions_attended=2,
        sessions_held=4,
        excused=1,
        absent=1,
        late=1,
        unmarked=1,
    )


def test_the_share_is_exact_in_the_unit_of_the_rule() -> None:
    attended = tally([(5, PRESENT), (5, PRESENT), (4, ABSENT)])
    assert share_attended(attended, AttendanceRule()) == Fraction(10, 14)
    assert share_attended(attended, BY_SESSIONS) == Fraction(2, 3)
    assert share_attended(Attended(), BY_SESSIONS) is None


def test_exactly_the_threshold_is_enough() -> None:
    assert may_sit_final_test(of_ten(8), BY_SESSIONS).allowed
    assert may_sit_final_test(of_ten(8), BY_SESSIONS).reason == ""
    assert not may_sit_final_test(of_ten(7), BY_SESSIONS).allowed


@pytest.mark.parametrize(
    ("attended", "rule", "reason"),
    [
        (of_ten(7), BY_SESSIONS, "Dự 7/10 buổi (70 %), quy định từ 80 %"),
        (of_ten(7), AttendanceRule(), "Dự 35/50 tiết (70 %), quy định từ 80 %"),
        (
            tally([(5, PRESENT)] * 2 + [(5, ABSENT)]),
            BY_SESSIONS,
            "Dự 2/3 buổi (66,6 %), quy định từ 80 %",
        ),
        (
            of_ten(7),
            AttendanceRule(Decimal("72.5"), CountingUnit.SESSIONS),
            "Dự 7/10 buổi (70 %), quy định từ 72,5 %",
        ),
        (
            of_ten(9, absent=1),
            AttendanceRule(absent_limit=0),
            "Vắng không phép 1 buổi, quy định không quá 0",
        ),
        (
            of_ten(7, absent=2),
            AttendanceRule(unit=CountingUnit.SESSIONS, absent_limit=1, excused_limit=0),
            "Dự 7/10 buổi (70 %), quy định từ 80 %; Vắng không phép 2 buổi, quy định không quá 1;"
            " Vắng có phép 1 buổi, quy định không quá 0",
        ),
        (Attended(unmarked=10), BY_SESSIONS, "Chưa điểm danh buổi nào"),
    ],
)
def test_who_may_not_sit_the_test_is_told_why(
    attended: Attended, rule: AttendanceRule, reason: str
) -> None:
    answer = may_sit_final_test(attended, rule)
    assert not answer.allowed
    assert answer.reason == reason


def test_a_share_just_below_the_threshold_never_reads_as_the_threshold() -> None:
    attended = Attended(sessions_attended=7999, sessions_held=10000)
    reason = may_sit_final_test(attended, BY_SESSIONS).reason
    assert reason == "Dự 7999/10000 buổi (79,9 %), quy định từ 80 %"


def test_what_may_still_be_missed_counts_all_planned_sessions() -> None:
    assert absences_left(Attended(), BY_SESSIONS, [5] * 10) == 2
    assert absences_left(of_ten(9, absent=1), BY_SESSIONS, [5] * 5) == 2
    assert absences_left(of_ten(7), BY_SESSIONS, [5] * 5) == 0


def test_long_sessions_are_taken_as_missed_first() -> None:
    rule = AttendanceRule(Decimal(50))
    assert absences_left(Attended(), rule, [10, 5, 5]) == 1


def test_the_limit_on_absences_without_leave_counts_too() -> None:
    rule = AttendanceRule(unit=CountingUnit.SESSIONS, absent_limit=1)
    assert absences_left(Attended(), rule, [5] * 10) == 1
    assert absences_left(of_ten(8, absent=2), rule, [5] * 10) == 0


def test_who_can_no_longer_qualify_is_known_early() -> None:
    assert can_still_qualify(of_ten(7), BY_SESSIONS, [5] * 5)
    assert not can_still_qualify(of_ten(7), BY_SESSIONS, [5] * 4)
    limited = AttendanceRule(unit=CountingUnit.SESSIONS, excused_limit=2)
    assert not can_still_qualify(of_ten(7), limited, [5] * 50)


def test_the_rule_is_told_in_one_line() -> None:
    assert describe(AttendanceRule()) == "dự từ 80 % số tiết"
    assert describe(AttendanceRule(Decimal("75.5"), CountingUnit.SESSIONS, 1, 2)) == (
        "dự từ 75,5 % số buổi, vắng không phép không quá 1 buổi, vắng có phép không quá 2 buổi"
    )


@SOME
@given(marked, rules)
def test_a_refusal_always_has_a_reason_and_a_permission_none(
    entries: list[tuple[int, AttendanceStatus]], rule: AttendanceRule
) -> None:
    answer = may_sit_final_test(tally(entries), rule)
    assert answer.allowed == (answer.reason == "")


@SOME
@given(marked, rules, to_come)
def test_what_may_be_missed_may_really_be_missed(
    entries: list[tuple[int, AttendanceStatus]], rule: AttendanceRule, remaining: list[int]
) -> None:
    attended = tally(entries)
    left = absences_left(attended, rule, remaining)
    assert 0 <= left <= len(remaining)
    if not can_still_qualify(attended, rule, remaining) or not entries + remaining:
        return
    longest_missed = sorted(remaining, reverse=True)
    future = [(p, ABSENT) for p in longest_missed[:left]]
    future += [(p, PRESENT) for p in longest_missed[left:]]
    assert may_sit_final_test(tally([*entries, *future]), rule).allowed


@SOME
@given(marked, rules, to_come)
def test_who_cannot_qualify_any_more_fails_even_by_attending_all(
    entries: list[tuple[int, AttendanceStatus]], rule: AttendanceRule, remaining: list[int]
) -> None:
    final = tally([*entries, *((periods, PRESENT) for periods in remaining)])
    if final.sessions_held:
        expected = may_sit_final_test(final, rule).allowed
        assert can_still_qualify(tally(entries), rule, remaining) == expected


def test_sessions_outside_the_time_in_the_class_count_as_taught() -> None:
    late = Attended(
        periods_attended=5, periods_held=5, sessions_attended=1, sessions_held=1,
        periods_outside=45, sessions_outside=9,
    )  # fmt: skip
    assert not may_sit_final_test(late, AttendanceRule()).allowed
    assert share_attended(late, AttendanceRule()) == Fraction(1, 10)
