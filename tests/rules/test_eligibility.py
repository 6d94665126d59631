"""Verdicts with their reasons, and the right to the certificate (RULES R07, R08, R10, R11)."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.rules.attendance import AttendanceRule, Attended, tally
from app.rules.classification import Band
from app.rules.eligibility import Outcome, ResultRule, may_receive, verdict
from app.terms import AttendanceStatus, CompletionDocument, CountingUnit, Verdict

SOME = settings(max_examples=100, deadline=None)
RULE = ResultRule(AttendanceRule(unit=CountingUnit.SESSIONS))
UNTESTED = ResultRule(RULE.attendance, is_assessed=False, bands=())


def of_ten(present: int, unmarked: int = 0) -> Attended:
    """Ten sessions of five periods; who was not there was absent."""
    entries = [(5, AttendanceStatus.PRESENT)] * present + [(5, None)] * unmarked
    return tally([*entries, *[(5, AttendanceStatus.ABSENT)] * (10 - present - unmarked)])


@pytest.mark.parametrize(
    ("attended", "mark", "expected", "reason"),
    [
        (of_ten(10), "7.0", Verdict.QUALIFIED, ""),
        (of_ten(10), None, Verdict.MARK_MISSING, "Chưa nhập điểm bài thu hoạch"),
        (of_ten(10), "4.5", Verdict.FAILED, "Điểm 4,5 dưới mức đạt 5,0"),
        (of_ten(7), "9.0", Verdict.TOO_ABSENT, "Dự 7/10 buổi (70 %), quy định từ 80 %"),
        (of_ten(8, 2), "9.0", Verdict.ATTENDANCE_MISSING, "Còn 2 buổi chưa điểm danh"),
        (Attended(), "9.0", Verdict.ATTENDANCE_MISSING, "Chưa điểm danh buổi nào"),
    ],
)
def test_each_verdict_has_the_reason_that_screens_show(
    attended: Attended, mark: str | None, expected: Verdict, reason: str
) -> None:
    outcome = verdict(attended, Decimal(mark) if mark else None, RULE)
    assert (outcome.verdict, outcome.reason) == (expected, reason)


def test_the_classification_goes_by_the_rounded_mark_but_never_silently() -> None:
    outcome = verdict(of_ten(10), Decimal("8.95"), RULE)
    assert (outcome.mark, outcome.rounded) == (Decimal("8.95"), Decimal("9.0"))
    assert outcome.band == "Xuất sắc"
    assert outcome.mark != outcome.rounded
    assert outcome.needs_review


def test_rounding_within_a_band_needs_no_review() -> None:
    outcome = verdict(of_ten(10), Decimal("8.55"), RULE)
    assert (outcome.band, outcome.needs_review) == ("Giỏi", False)
    exact = verdict(of_ten(10), Decimal("8.5"), RULE)
    assert not exact.needs_review


def test_a_pass_won_by_rounding_is_flagged() -> None:
    outcome = verdict(of_ten(10), Decimal("4.95"), RULE)
    assert outcome.verdict is Verdict.QUALIFIED
    assert outcome.needs_review


def test_the_absent_are_not_classified() -> None:
    outcome = verdict(of_ten(7), Decimal(9), RULE)
    assert (outcome.band, outcome.rounded) == ("", None)


def test_without_a_test_attendance_alone_counts() -> None:
    outcome = verdict(of_ten(8), None, UNTESTED)
    assert outcome == Outcome(Verdict.QUALIFIED)
    assert outcome.mark == outcome.rounded
    assert verdict(of_ten(7), None, UNTESTED).verdict is Verdict.TOO_ABSENT


def test_a_tested_programme_may_have_no_bands() -> None:
    outcome = verdict(of_ten(10), Decimal(5), ResultRule(bands=()))
    assert (outcome.verdict, outcome.band) == (Verdict.QUALIFIED, "")
    assert verdict(of_ten(10), Decimal("4.9"), ResultRule(bands=())).verdict is Verdict.FAILED


def test_a_failing_band_fails_even_above_the_pass_mark() -> None:
    bands = (
        Band("Đạt", Decimal(6), passes=True, counts_as_good=False),
        Band("Yếu", Decimal(0), passes=False, counts_as_good=False),
    )
    outcome = verdict(of_ten(10), Decimal("5.5"), ResultRule(bands=bands))
    assert outcome.verdict is Verdict.FAILED
    assert outcome.reason == "Điểm 5,5 thuộc mức xếp loại không đạt"


def test_the_name_of_the_test_comes_from_the_programme() -> None:
    rule = ResultRule(assessment_name="bài kiểm tra cuối khóa")
    assert verdict(of_ten(10), None, rule).reason == "Chưa nhập điểm bài kiểm tra cuối khóa"


def test_who_completed_the_programme_receives_one_certificate() -> None:
    outcome = Outcome(Verdict.QUALIFIED)
    assert may_receive(outcome).allowed
    second = may_receive(outcome, has_live_certificate=True)
    assert not second.allowed
    assert "chỉ được cấp một lần" in second.reason


def test_who_did_not_complete_receives_the_reason() -> None:
    outcome = verdict(of_ten(10), Decimal(4), RULE)
    answer = may_receive(outcome)
    assert (answer.allowed, answer.reason) == (False, "Điểm 4,0 dưới mức đạt 5,0")


@pytest.mark.parametrize("document", [CompletionDocument.DIPLOMA, CompletionDocument.NONE])
def test_a_programme_that_ends_otherwise_gives_no_certificate(
    document: CompletionDocument,
) -> None:
    answer = may_receive(Outcome(Verdict.QUALIFIED), document)
    assert not answer.allowed
    assert document.label in answer.reason


@SOME
@given(
    st.integers(0, 10),
    st.integers(0, 3),
    st.none() | st.decimals(0, 10, places=2),
    st.sampled_from([RULE, UNTESTED, ResultRule(mark_places=0)]),
)
def test_a_reason_is_given_exactly_when_the_learner_does_not_qualify(
    present: int, unmarked: int, mark: Decimal | None, rule: ResultRule
) -> None:
    outcome = verdict(of_ten(min(present, 10 - unmarked), unmarked), mark, rule)
    assert outcome.qualifies == (outcome.reason == "")
    assert may_receive(outcome).allowed == outcome.qualifies
