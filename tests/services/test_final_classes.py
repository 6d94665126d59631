"""Final results and closed classes: every act that could change them is refused."""

import datetime
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest
from sqlalchemy.orm import Session

from app.database import Database
from app.errors import AppError, InputError, RuleError
from app.services import attendance, certificates, classes, enrolment, reports, results, timetable
from app.services.attendance import Mark
from app.services.classes import ClassForm, DecisionForm
from app.services.report_form import ReportForm
from app.services.students import StudentForm
from app.services.timetable import Pattern, SessionForm
from app.terms import AttendanceStatus, ClassStatus, DecisionKind, HalfDay, SessionKind

DAY = datetime.date(2026, 12, 1)
LESSON = SessionForm(DAY, HalfDay.EVENING, "Bài thêm", SessionKind.LECTURE, 5)
DECISION = DecisionForm("99-QĐ/TTCT", DAY)
ACTS: dict[str, Callable[[Session, int, int, int], object]] = {
    "mark": lambda db, c, e, s: attendance.mark(db, c, [Mark(e, s, AttendanceStatus.ABSENT)]),
    "mark_rest_present": lambda db, c, _e, s: attendance.mark_rest_present(db, c, s),
    "save_mark": lambda db, c, e, _s: results.save_mark(db, c, e, Decimal(10)),
    "finalise": lambda db, c, _e, _s: results.finalise(db, c),
    "unfreeze": lambda db, c, _e, _s: results.unfreeze(db, c),
    "generate": lambda db, c, _e, _s: timetable.generate(db, c, Pattern(DAY)),
    "save_session": lambda db, c, _e, _s: timetable.save_session(db, c, LESSON),
    "change_session": lambda db, c, _e, s: timetable.save_session(db, c, LESSON, s),
    "remove_session": lambda db, c, _e, s: timetable.remove_session(db, c, s),
    "assign_lecturers": lambda db, c, _e, s: timetable.assign_lecturers(db, c, [s], [1]),
    "enrol_roster": lambda db, c, _e, _s: enrolment.enrol_roster(db, c, []),
    "enrol_student": lambda db, c, _e, _s: enrolment.enrol_student(db, c, 1),
    "register": lambda db, c, _e, _s: enrolment.register(db, c, StudentForm("Lò Thị An")),
    "correct": lambda db, _c, e, _s: enrolment.correct(db, e, StudentForm("Lò Thị An")),
    "change_period": lambda db, _c, e, _s: enrolment.change_period(db, e, None, DAY, ""),
    "withdraw": lambda db, c, e, _s: enrolment.withdraw(db, c, [e]),
    "move_days": lambda db, c, _e, _s: classes.save_class(
        db, c, replace(form_of(db, c), ends_on=DAY)
    ),
    "reopen": lambda db, c, _e, _s: classes.set_status(db, c, ClassStatus.RUNNING),
}
ONLY_CLOSED: dict[str, Callable[[Session, int, int, int], object]] = {
    "save_class": lambda db, c, _e, _s: classes.save_class(db, c, form_of(db, c)),
    "opening": lambda db, c, _e, _s: classes.record_decision(db, c, DecisionKind.OPENING, DECISION),
    "recognition": lambda db, c, _e, _s: classes.record_decision(
        db, c, DecisionKind.RECOGNITION, DECISION
    ),
    "save_report": lambda db, c, _e, _s: reports.save_report(db, c, ReportForm("16")),
    "close_class": lambda db, c, _e, _s: reports.close_class(db, c, DAY),
    "issue": lambda db, c, e, _s: certificates.issue(db, c, [e], DAY),
}
CLOSED = 1


def form_of(db: Session, class_id: int) -> ClassForm:
    detail = classes.class_detail(db, class_id)
    return ClassForm(**{name: getattr(detail, name) for name in ClassForm.__dataclass_fields__})


def attempt(
    database: Database, class_id: int, act: Callable[[Session, int, int, int], object]
) -> None:
    with database.writing("Thử") as db:
        shown = attendance.grid(db, class_id)
        act(db, class_id, shown.learners[0].enrolment_id, shown.sessions[0].id)


@pytest.fixture
def final_id(database: Database, class_id: int) -> int:
    """A class with final results, a decision and one certificate."""
    with database.writing("Chốt") as db:
        for session in timetable.session_list(db, class_id):
            attendance.mark_rest_present(db, class_id, session.id)
        for row in results.result_list(db, class_id):
            results.save_mark(db, class_id, row.enrolment_id, Decimal("8.5"))
        results.finalise(db, class_id)
        decision = DecisionForm("12-QĐ/TTCT", datetime.date(2026, 3, 14))
        classes.record_decision(db, class_id, DecisionKind.RECOGNITION, decision)
        first = results.result_list(db, class_id)[0].enrolment_id
        certificates.issue(db, class_id, [first], datetime.date(2026, 3, 16))
    return class_id


@pytest.mark.parametrize("act", [*ACTS, *ONLY_CLOSED])
def test_a_closed_class_refuses(demo: Database, act: str) -> None:
    with pytest.raises(RuleError):
        attempt(demo, CLOSED, (ACTS | ONLY_CLOSED)[act])


@pytest.mark.parametrize("act", ACTS)
def test_final_results_with_certificates_refuse(
    database: Database, final_id: int, act: str
) -> None:
    with pytest.raises(RuleError):
        attempt(database, final_id, ACTS[act])


def test_results_are_not_made_final_by_a_step_alone(database: Database, class_id: int) -> None:
    with pytest.raises(RuleError, match="thẻ Kết quả"), database.writing("Chốt") as db:
        classes.set_status(db, class_id, ClassStatus.FINALISED)


def test_a_class_is_not_closed_by_a_step_alone(database: Database, final_id: int) -> None:
    with pytest.raises(RuleError, match="thẻ Hồ sơ lớp"), database.writing("Bế giảng") as db:
        classes.set_status(db, final_id, ClassStatus.CLOSED)


def test_a_decision_is_not_dated_after_the_certificates(database: Database, final_id: int) -> None:
    with pytest.raises(InputError, match="16/03/2026"), database.writing("Sửa") as db:
        classes.record_decision(
            db,
            final_id,
            DecisionKind.RECOGNITION,
            DecisionForm("12-QĐ/TTCT", datetime.date(2026, 3, 17)),
        )


def test_a_class_is_not_closed_before_its_last_session(database: Database, final_id: int) -> None:
    with database.writing("Chuẩn bị") as db:
        rest = [row.enrolment_id for row in certificates.certificate_list(db, final_id)[1:]]
        certificates.issue(db, final_id, rest, datetime.date(2026, 3, 16))
        reports.save_report(db, final_id, ReportForm("15", datetime.date(2026, 3, 16)))
        ends_on = classes.class_detail(db, final_id).ends_on
    with pytest.raises(RuleError, match="buổi học cuối"), database.writing("Bế giảng") as db:
        reports.close_class(db, final_id, ends_on - datetime.timedelta(days=1))
    with database.writing("Bế giảng") as db:
        reports.close_class(db, final_id, ends_on)
        assert classes.class_detail(db, final_id).status is ClassStatus.CLOSED


def test_a_decision_without_a_number_is_refused(database: Database, class_id: int) -> None:
    with database.reading() as db:
        form = replace(form_of(db, class_id), opening_decision=DecisionForm(" ", DAY))
    with pytest.raises(InputError, match="số quyết định"), database.writing("Sửa") as db:
        classes.save_class(db, class_id, form)


@pytest.mark.parametrize("key", ["²", "9" * 30, "-1", ""])
def test_an_odd_key_of_a_class_is_refused_in_words(demo: Database, key: str) -> None:
    with pytest.raises(AppError, match="Không có lớp"), demo.reading() as db:
        classes.find_class(db, key)


def test_the_days_of_a_class_hold_its_sessions(database: Database, class_id: int) -> None:
    with database.reading() as db:
        form = form_of(db, class_id)
    late = replace(form, starts_on=form.starts_on + datetime.timedelta(days=1))
    with pytest.raises(InputError, match="Buổi 1 học ngày") as refused:
        save(database, class_id, late)
    assert refused.value.field == "starts_on"
    save(database, class_id, replace(form, ends_on=form.ends_on + datetime.timedelta(days=1)))


def save(database: Database, class_id: int, form: ClassForm) -> None:
    with database.writing("Sửa") as db:
        classes.save_class(db, class_id, form)
