"""Classes and their sessions: codes, steps, decisions, timetables and double bookings."""

import datetime
from dataclasses import replace

import pytest
from sqlalchemy import select

from app.database import Database
from app.errors import InputError, RuleError
from app.models import ClassSession, Topic
from app.services import (
    attendance,
    class_tasks,
    classes,
    enrolment,
    lecturers,
    programmes,
    timetable,
)
from app.services.attendance import Mark
from app.services.class_tasks import Figures, next_task
from app.services.classes import ClassForm, DecisionForm
from app.services.lecturers import LecturerForm
from app.services.timetable import Pattern, SessionForm
from app.terms import (
    AttendanceStatus,
    ClassStatus,
    CompletionDocument,
    DecisionKind,
    HalfDay,
    SessionKind,
)

START = datetime.date(2026, 3, 9)


def form_of(database: Database, class_id: int) -> ClassForm:
    with database.reading() as db:
        detail = classes.class_detail(db, class_id)
    names = ClassForm.__dataclass_fields__
    return ClassForm(**{name: getattr(detail, name) for name in names})


def test_two_classes_of_a_kind_get_codes_of_their_own(database: Database, class_id: int) -> None:
    form = replace(form_of(database, class_id), code="")
    with database.writing("Mở lớp") as db:
        second = classes.open_class(db, form)
        codes = [classes.class_detail(db, one).code for one in (class_id, second)]
    assert codes == ["NTVD-KI-2026", "NTVD-KI-2026-2"]


def test_a_code_in_use_is_refused_at_its_field(database: Database, class_id: int) -> None:
    form = form_of(database, class_id)
    with pytest.raises(InputError, match="đã dùng") as refused, database.writing("Mở") as db:
        classes.open_class(db, form)
    assert refused.value.field == "code"


def test_a_class_cannot_end_before_it_starts(database: Database, class_id: int) -> None:
    form = replace(form_of(database, class_id), ends_on=START - datetime.timedelta(days=1))
    with pytest.raises(InputError, match="trước ngày khai giảng"), database.writing("Sửa") as db:
        classes.save_class(db, class_id, form)


def test_steps_are_taken_one_by_one(database: Database, class_id: int) -> None:
    with pytest.raises(RuleError, match="Chốt kết quả"), database.writing("Bế giảng") as db:
        classes.set_status(db, class_id, ClassStatus.CLOSED)


def test_a_second_opening_decision_corrects_the_first(database: Database, class_id: int) -> None:
    decision = DecisionForm("10-QĐ/TTCT", START)
    with database.writing("Sửa quyết định") as db:
        classes.record_decision(db, class_id, DecisionKind.OPENING, decision)
        assert classes.class_detail(db, class_id).opening_decision == decision


def test_the_programme_gives_fifty_periods_in_ten_sessions(
    database: Database, class_id: int
) -> None:
    with database.reading() as db:
        rows = timetable.session_list(db, class_id)
        detail = classes.class_detail(db, class_id)
    assert (len(rows), sum(row.periods for row in rows)) == (10, 50)
    assert (detail.starts_on, detail.ends_on) == (START, datetime.date(2026, 3, 13))
    assert rows[2].title.endswith("(tiếp)")


def test_sessions_are_created_once(database: Database, class_id: int) -> None:
    with pytest.raises(RuleError, match="đã có lịch học"), database.writing("Sinh lịch") as db:
        timetable.generate(db, class_id, Pattern(START))


def test_a_session_moved_to_another_day_takes_its_place(database: Database, class_id: int) -> None:
    with database.writing("Dời buổi") as db:
        first = timetable.session_list(db, class_id)[0]
        moved = SessionForm(
            datetime.date(2026, 3, 20), HalfDay.EVENING, first.title, first.kind, first.periods
        )
        timetable.save_session(db, class_id, moved, first.id)
        rows = timetable.session_list(db, class_id)
        detail = classes.class_detail(db, class_id)
    assert [row.number for row in rows] == list(range(1, 11))
    assert rows[-1].id == first.id
    assert detail.ends_on == datetime.date(2026, 3, 20)


def test_a_marked_session_is_not_removed(database: Database, class_id: int) -> None:
    with database.writing("Điểm danh") as db:
        rows = timetable.session_list(db, class_id)
        attendance.mark_rest_present(db, class_id, rows[0].id)
    with pytest.raises(RuleError, match="đã điểm danh"), database.writing("Xóa buổi") as db:
        timetable.remove_session(db, class_id, rows[0].id)
    with database.writing("Xóa buổi") as db:
        timetable.remove_session(db, class_id, rows[1].id)
        assert len(timetable.session_list(db, class_id)) == 9


def test_a_lecturer_booked_twice_is_named_in_both_classes(
    database: Database, class_id: int
) -> None:
    form = replace(form_of(database, class_id), code="", intake="khóa II")
    with database.writing("Xếp lịch") as db:
        second = classes.open_class(db, form)
        timetable.generate(db, second, Pattern(START))
        teacher = lecturers.save_lecturer(db, LecturerForm("Lê Thị Minh Tâm"))
        for one in (class_id, second):
            session = timetable.session_list(db, one)[0]
            timetable.assign_lecturers(db, one, [session.id], [teacher])
        clashes = [timetable.session_list(db, one)[0].clashes for one in (class_id, second)]
        free = timetable.session_list(db, class_id)[1].clashes
    assert all("Lê Thị Minh Tâm đã có lịch" in clash[0] for clash in clashes)
    assert free == ()


def test_the_periods_of_a_lecturer_are_counted_by_year(database: Database, class_id: int) -> None:
    with database.writing("Xếp lịch") as db:
        teacher = lecturers.save_lecturer(db, LecturerForm("Lê Thị Minh Tâm"))
        sessions = [row.id for row in timetable.session_list(db, class_id)][:3]
        timetable.assign_lecturers(db, class_id, sessions, [teacher, teacher])
        assert lecturers.lecturer_list(db, 2026)[0].periods == 15
        assert lecturers.lecturer_list(db, 2025)[0].periods == 0
        assert len(lecturers.teaching(db, teacher, 2026)) == 3


@pytest.mark.parametrize(
    ("status", "figures", "tab"),
    [
        (ClassStatus.PLANNED, Figures(), "info"),
        (ClassStatus.PLANNED, Figures(opening_decisions=1), "timetable"),
        (ClassStatus.RECRUITING, Figures(opening_decisions=1, sessions=4), "roll"),
        (
            ClassStatus.RUNNING,
            Figures(opening_decisions=1, sessions=4, learners=3, sessions_marked=1),
            "attendance",
        ),
        (
            ClassStatus.RUNNING,
            Figures(
                opening_decisions=1,
                sessions=4,
                learners=3,
                sessions_marked=4,
                marks_missing=2,
            ),
            "results",
        ),
        (ClassStatus.FINALISED, Figures(qualified=3), "certificates"),
        (
            ClassStatus.FINALISED,
            Figures(qualified=3, recognition_decisions=1, certificates=3),
            "dossier",
        ),
    ],
)
def test_the_next_task_leads_to_its_tab(status: ClassStatus, figures: Figures, tab: str) -> None:
    task = next_task(status, figures, CompletionDocument.CERTIFICATE, is_assessed=True)
    assert task is not None
    assert task.tab == tab


def test_the_list_counts_learners_and_marked_sessions(demo: Database) -> None:
    with demo.reading() as db:
        rows = {row.code: row for row in class_tasks.class_list(db)}
    running = rows["NTVD-KII-2026"]
    assert (running.learners, running.sessions_marked, running.sessions) == (42, 7, 10)
    assert running.task is not None
    assert running.task.text == "Chưa điểm danh buổi 8"
    assert rows["DVM-KI-2026"].task is None


def test_a_used_programme_version_is_kept_for_its_class(database: Database, class_id: int) -> None:
    with database.writing("Sửa chương trình") as db:
        programme = programmes.programme_list(db)[0]
        changed = replace(programme.current, legal_basis="Hướng dẫn mới")
        new = programmes.save_version(db, programme.current.id, changed)
        again = programmes.save_version(db, new, replace(changed, legal_basis="Hướng dẫn sửa"))
        rows = next(row for row in programmes.programme_list(db) if row.id == programme.id).versions
        kept = classes.class_detail(db, class_id)
    assert again == new
    assert [row.number for row in rows] == [1, 2]
    assert (rows[1].legal_basis, rows[1].periods) == ("Hướng dẫn sửa", 50)
    assert kept.legal_basis == programme.current.legal_basis


def test_assumed_values_stay_marked_until_the_centre_confirms(database: Database) -> None:
    with database.writing("Xác nhận") as db:
        version = programmes.programme_list(db)[0].current
        assert version.assumptions
        assert not version.is_confirmed
        programmes.confirm_defaults(db, version.id, "Hoàng Thị Mai")
        assert programmes.programme_list(db)[0].current.confirmed_by == "Hoàng Thị Mai"


def test_a_session_without_periods_is_refused(database: Database, class_id: int) -> None:
    form = SessionForm(START, HalfDay.MORNING, "Bài 1", SessionKind.LECTURE, 0)
    with pytest.raises(InputError, match="Số tiết"), database.writing("Thêm buổi") as db:
        timetable.save_session(db, class_id, form)


def test_the_sessions_know_the_topic_they_teach(database: Database, class_id: int) -> None:
    with database.reading() as db:
        rows = db.scalars(select(ClassSession).order_by(ClassSession.number)).all()
        taught = [db.get_one(Topic, row.topic_id or 0).title for row in rows]
    assert taught[1] == taught[2]
    assert all(row.title.startswith(title) for row, title in zip(rows, taught, strict=True))


def test_a_session_counts_once_everybody_who_takes_part_is_marked(
    database: Database, class_id: int
) -> None:
    with database.writing("Điểm danh") as db:
        shown = attendance.grid(db, class_id)
        late, other, _ = (learner.enrolment_id for learner in shown.learners)
        first, second = (session.id for session in shown.sessions[:2])
        enrolment.change_period(db, late, datetime.date(2026, 3, 10), None, "")
        attendance.mark_rest_present(db, class_id, first)
        attendance.mark(db, class_id, [Mark(other, second, AttendanceStatus.PRESENT)])
        row = class_tasks.class_list(db)[0]
    assert row.sessions_marked == 1
    assert row.task is not None
    assert row.task.text == "Chưa điểm danh buổi 2"


def test_only_who_may_be_marked_is_missing_a_mark(database: Database, class_id: int) -> None:
    with database.writing("Điểm danh") as db:
        shown = attendance.grid(db, class_id)
        away = [
            Mark(shown.learners[0].enrolment_id, session.id, AttendanceStatus.ABSENT)
            for session in shown.sessions
        ]
        attendance.mark(db, class_id, away)
        for session in shown.sessions:
            attendance.mark_rest_present(db, class_id, session.id)
        row = class_tasks.class_list(db)[0]
    assert row.task is not None
    assert row.task.text == "2 học viên thiếu điểm"
