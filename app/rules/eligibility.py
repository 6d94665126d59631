"""The result of a learner and the right to the certificate (RULES R07, R08, R10, R11)."""

from dataclasses import dataclass, field
from decimal import Decimal

from app.numbers import mark as written
from app.rules.answer import Answer
from app.rules.attendance import AttendanceRule, Attended, may_sit_final_test
from app.rules.classification import SCALE_A, Band, classify, round_mark
from app.terms import CompletionDocument, Verdict


@dataclass(frozen=True)
class ResultRule:
    """How a programme version judges: attendance, pass mark, bands, rounding.

    The pass mark of 5,0 is an assumption after TT 03/2023/TT-BNV Điều 6 (R08).
    """

    attendance: AttendanceRule = field(default_factory=AttendanceRule)
    is_assessed: bool = True
    pass_mark: Decimal = Decimal(5)
    mark_places: int = 1
    bands: tuple[Band, ...] = SCALE_A
    assessment_name: str = "bài thu hoạch"


@dataclass(frozen=True)
class Outcome:
    """What a learner has reached; `reason` is filled whenever the verdict is not QUALIFIED."""

    verdict: Verdict
    reason: str = ""
    mark: Decimal | None = None
    rounded: Decimal | None = None
    band: str = ""
    needs_review: bool = False

    @property
    def qualifies(self) -> bool:
        """Whether the learner has completed the programme."""
        return self.verdict is Verdict.QUALIFIED


def verdict(attended: Attended, mark: Decimal | None, rule: ResultRule) -> Outcome:
    """Judge attendance first, then the mark (R07, R08, R10).

    A programme without a test is completed by attendance alone and has no classification.
    """
    if attended.unmarked:
        return Outcome(
            Verdict.ATTENDANCE_MISSING, f"Còn {attended.unmarked} buổi chưa điểm danh", mark
        )
    answer = may_sit_final_test(attended, rule.attendance)
    if not attended.sessions_held + attended.sessions_outside:
        return Outcome(Verdict.ATTENDANCE_MISSING, answer.reason, mark)
    if not answer.allowed:
        return Outcome(Verdict.TOO_ABSENT, answer.reason, mark)
    if not rule.is_assessed:
        return Outcome(Verdict.QUALIFIED)
    if mark is None:
        return Outcome(Verdict.MARK_MISSING, f"Chưa nhập điểm {rule.assessment_name}")
    return judge_mark(mark, rule)


def may_receive(
    outcome: Outcome,
    document: CompletionDocument = CompletionDocument.CERTIFICATE,
    *,
    has_live_certificate: bool = False,
    waits_for_review: bool = False,
) -> Answer:
    """One certificate, once, for who completed the programme (HD 154-HD/BTGTW 2020, R11).

    After a revocation the result waits for review: another certificate only once it is confirmed.
    """
    if document is not CompletionDocument.CERTIFICATE:
        return Answer(False, f"Chương trình này không cấp giấy chứng nhận ({document.label})")
    if not outcome.qualifies:
        return Answer(False, outcome.reason)
    if has_live_certificate:
        return Answer(False, "Đã có giấy chứng nhận còn hiệu lực, chỉ được cấp một lần")
    if waits_for_review:
        return Answer(False, "Giấy chứng nhận đã thu hồi, kết quả chờ xét lại")
    return Answer(True)


def judge_mark(mark: Decimal, rule: ResultRule) -> Outcome:
    """Pass and band by the rounded mark; flagged when the raw mark would say otherwise (R10)."""
    rounded = round_mark(mark, rule.mark_places)
    band = classify(rounded, rule.bands)
    passes = _passes(rounded, rule)
    changed = classify(mark, rule.bands) != band or _passes(mark, rule) != passes
    return Outcome(
        verdict=Verdict.QUALIFIED if passes else Verdict.FAILED,
        reason="" if passes else _failure(rounded, rule),
        mark=mark,
        rounded=rounded,
        band=band.name if band else "",
        needs_review=changed,
    )


def _passes(mark: Decimal, rule: ResultRule) -> bool:
    """At or above the pass mark, and in a passing band when there are bands (R08)."""
    band = classify(mark, rule.bands)
    return mark >= rule.pass_mark and (band.passes if band else not rule.bands)


def _failure(rounded: Decimal, rule: ResultRule) -> str:
    """Why a mark does not pass."""
    shown = written(rounded, rule.mark_places)
    if rounded < rule.pass_mark:
        return f"Điểm {shown} dưới mức đạt {written(rule.pass_mark, rule.mark_places)}"
    return f"Điểm {shown} thuộc mức xếp loại không đạt"
