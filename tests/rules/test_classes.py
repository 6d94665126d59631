"""Steps of a class, their conditions, and its code (RULES R01, §3.6)."""

from itertools import pairwise

import pytest

from app.errors import RuleError
from app.rules.classes import (
    Condition,
    allowed_steps,
    check_conditions,
    check_step,
    class_code,
    conditions_to_close,
    conditions_to_finalise,
    free_code,
)
from app.terms import ClassStatus


def test_a_class_goes_forward_step_by_step() -> None:
    order = list(ClassStatus)
    for now, following in pairwise(order):
        check_step(now, following)
        assert following in allowed_steps(now)


@pytest.mark.parametrize("status", [ClassStatus.RECRUITING, ClassStatus.RUNNING])
def test_a_class_may_go_back_before_its_results_are_final(status: ClassStatus) -> None:
    assert list(ClassStatus)[status.step - 1] in allowed_steps(status)


@pytest.mark.parametrize(
    ("now", "wanted"),
    [
        (ClassStatus.PLANNED, ClassStatus.RUNNING),
        (ClassStatus.RUNNING, ClassStatus.CLOSED),
        (ClassStatus.FINALISED, ClassStatus.RUNNING),
        (ClassStatus.RUNNING, ClassStatus.RUNNING),
    ],
)
def test_no_step_is_skipped_and_final_results_stay(now: ClassStatus, wanted: ClassStatus) -> None:
    with pytest.raises(RuleError, match="Bước tiếp theo là"):
        check_step(now, wanted)


@pytest.mark.parametrize("wanted", list(ClassStatus))
def test_a_closed_class_stays_closed(wanted: ClassStatus) -> None:
    assert allowed_steps(ClassStatus.CLOSED) == ()
    with pytest.raises(RuleError, match="đã bế giảng"):
        check_step(ClassStatus.CLOSED, wanted)


def test_a_complete_class_can_be_finalised() -> None:
    conditions = conditions_to_finalise(
        learners=58, sessions=10, sessions_marked=10, marks_missing=0
    )
    assert [c.text for c in conditions] == ["58 học viên", "10/10 buổi đã điểm danh", "Đã đủ điểm"]
    assert all(c.met and not c.detail for c in conditions)
    check_conditions(conditions, "Chưa chốt được")


def test_what_is_missing_is_told_with_what_to_do() -> None:
    conditions = conditions_to_finalise(
        learners=58, sessions=10, sessions_marked=8, marks_missing=3
    )
    assert [c.met for c in conditions] == [True, False, False]
    with pytest.raises(RuleError) as refusal:
        check_conditions(conditions, "Chưa chốt được")
    assert str(refusal.value) == (
        "Chưa chốt được: 8/10 buổi đã điểm danh; 3 học viên thiếu điểm."
        " Nhập ở thẻ Điểm danh. Nhập điểm ở thẻ Kết quả."
    )


def test_an_empty_class_cannot_be_finalised() -> None:
    conditions = conditions_to_finalise(learners=0, sessions=0, sessions_marked=0, marks_missing=0)
    assert [c.text for c in conditions if not c.met] == [
        "Lớp chưa có học viên",
        "Lớp chưa có lịch học",
    ]


def close(
    *,
    due: int = 34,
    issued: int = 34,
    is_finalised: bool = True,
    has_recognition_decision: bool = True,
    has_report_number: bool = True,
) -> list[Condition]:
    """The conditions of a class of 35 learners that is ready to be closed, but for one thing."""
    return conditions_to_close(
        learners=35,
        is_finalised=is_finalised,
        certificates_due=due,
        certificates_issued=issued,
        has_recognition_decision=has_recognition_decision,
        has_report_number=has_report_number,
    )


def test_a_class_with_all_its_papers_can_be_closed() -> None:
    conditions = close()
    assert all(c.met for c in conditions)
    assert [c.text for c in conditions] == [
        "Đã chốt kết quả 35 học viên",
        "Đã có quyết định công nhận kết quả",
        "34/34 giấy chứng nhận đã cấp",
        "Báo cáo tổng kết đã có số",
    ]


@pytest.mark.parametrize(
    ("conditions", "text"),
    [
        (close(is_finalised=False), "Chưa chốt kết quả"),
        (close(has_recognition_decision=False), "Chưa có quyết định công nhận kết quả"),
        (close(issued=30), "30/34 giấy chứng nhận đã cấp"),
        (close(has_report_number=False), "Báo cáo tổng kết chưa có số"),
    ],
)
def test_each_missing_paper_keeps_a_class_open(conditions: list[Condition], text: str) -> None:
    missing = [c for c in conditions if not c.met]
    assert [c.text for c in missing] == [text]
    assert missing[0].detail


def test_a_class_without_certificates_needs_no_recognition_decision() -> None:
    conditions = close(due=0, issued=0, has_recognition_decision=False)
    assert len(conditions) == 2
    assert all(c.met for c in conditions)


@pytest.mark.parametrize(
    ("intake", "code"),
    [
        ("khóa II", "NTVD-KII-2026"),
        ("Khoá 2", "NTVD-K2-2026"),
        ("đợt 1", "NTVD-D1-2026"),
        ("K6", "NTVD-K6-2026"),
        ("khóa V mở rộng", "NTVD-KVMR-2026"),
        ("", "NTVD-2026"),
    ],
)
def test_a_class_code_names_programme_intake_and_year(intake: str, code: str) -> None:
    assert class_code("NTVD", intake, 2026) == code


def test_a_taken_code_gets_the_first_free_number() -> None:
    assert free_code("NTVD-KI-2026", set()) == "NTVD-KI-2026"
    assert free_code("A", {"A", "A-2", "A-4"}) == "A-3"
