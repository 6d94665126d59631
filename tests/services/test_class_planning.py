"""What is proposed and asked while a class is planned: intake, last day, lecturers, rules."""

import datetime
from dataclasses import replace
from decimal import Decimal

import pytest

from app.database import Database
from app.rules.attendance import AttendanceRule
from app.rules.eligibility import ResultRule
from app.services import classes, learning_rules, lecturers, results, timetable
from app.services.classes import ClassForm
from app.services.lecturers import LecturerForm
from app.services.timetable import Pattern
from app.terms import ClassStatus, HalfDay

START = datetime.date(2026, 3, 9)


def form_of(database: Database, class_id: int) -> ClassForm:
    with database.reading() as db:
        detail = classes.class_detail(db, class_id)
    return ClassForm(**{name: getattr(detail, name) for name in ClassForm.__dataclass_fields__})


@pytest.mark.parametrize(
    ("intakes", "expected"),
    [
        ([], "khóa II"),
        (["khóa II", "Khoá III"], "khóa IV"),
        (["khóa IV"], "khóa V"),
        (["đợt 2"], "khóa II"),
    ],
)
def test_the_next_intake_follows_the_last_numbered_one(
    database: Database, class_id: int, intakes: list[str], expected: str
) -> None:
    form = replace(form_of(database, class_id), code="")
    with database.writing("Mở lớp") as db:
        for intake in intakes:
            classes.open_class(db, replace(form, intake=intake))
        assert classes.next_intake(db, form.version_id, 2026) == expected
        assert classes.next_intake(db, form.version_id, 2027) == "khóa I"


def test_a_short_title_uses_the_short_name_of_the_programme(
    database: Database, class_id: int
) -> None:
    with database.reading() as db:
        detail = classes.class_detail(db, class_id)
    assert detail.title == "Bồi dưỡng nhận thức về Đảng, khóa I/2026"
    assert detail.short_title == "Nhận thức về Đảng, khóa I/2026"


def test_a_class_of_its_own_name_keeps_it_in_the_short_title(
    database: Database, class_id: int
) -> None:
    form = replace(form_of(database, class_id), name="Cảm tình Đảng khối trường học")
    with database.writing("Sửa") as db:
        classes.save_class(db, class_id, form)
        assert classes.class_detail(db, class_id).short_title == (
            "Cảm tình Đảng khối trường học, khóa I/2026"
        )


def test_what_a_class_lacks_before_it_starts_is_named(database: Database, class_id: int) -> None:
    form = form_of(database, class_id)
    bare = replace(form, code="", intake="khóa II", opening_decision=None)
    with database.writing("Mở lớp") as db:
        empty = classes.open_class(db, bare)
        ready = classes.conditions_to_run(db, class_id)
        missing = classes.conditions_to_run(db, empty)
    assert [one.met for one in ready] == [True] * 3
    assert [one.text for one in missing] == [
        "Chưa có quyết định mở lớp",
        "Chưa có lịch học",
        "Chưa có danh sách học viên",
    ]


def test_the_last_day_follows_from_the_pattern(database: Database, class_id: int) -> None:
    version_id = form_of(database, class_id).version_id
    with database.reading() as db:
        whole_days = timetable.last_day(db, version_id, Pattern(START))
        mondays = Pattern(START, (HalfDay.MORNING,), frozenset({0}))
        one_a_week = timetable.last_day(db, version_id, mondays)
    assert whole_days == datetime.date(2026, 3, 13)
    assert one_a_week == START + datetime.timedelta(weeks=9)


def test_a_lecturer_is_busy_only_at_the_times_of_another_session(
    database: Database, class_id: int
) -> None:
    with database.writing("Phân công") as db:
        busy = lecturers.save_lecturer(db, LecturerForm("Lê Thị Minh Tâm"))
        session = timetable.session_list(db, class_id)[3]
        timetable.assign_lecturers(db, class_id, [session.id], [busy])
        time = (session.held_on, session.half_day)
        found = timetable.busy_lecturers(db, [time])
        assert found == {busy: "Bồi dưỡng nhận thức về Đảng, khóa I/2026 (buổi 4)"}
        assert timetable.busy_lecturers(db, [time], [session.id]) == {}
        assert timetable.busy_lecturers(db, [(session.held_on, HalfDay.EVENING)]) == {}
        assert timetable.busy_lecturers(db, []) == {}


def test_the_rules_of_a_class_are_said_in_lines(database: Database, class_id: int) -> None:
    with database.reading() as db:
        lines = dict(learning_rules.describe(results.rules_of(db, class_id)))
    assert lines["Dự học"] == "Dự từ 80 % số tiết"
    assert lines["Mức đạt"] == "từ 5,0 điểm"
    assert lines["Xếp loại"].startswith("Xuất sắc từ 9,0 · Giỏi từ 8,0")


def test_a_class_without_a_test_says_only_that(database: Database) -> None:
    rule = ResultRule(AttendanceRule(Decimal(100)), is_assessed=False)
    assert learning_rules.describe(rule) == (
        ("Dự học", "Dự từ 100 % số tiết"),
        ("Đánh giá", "Không làm bài, chỉ xét dự học"),
    )


def test_a_running_class_may_go_back_to_recruiting(database: Database, class_id: int) -> None:
    with database.writing("Lùi bước") as db:
        classes.set_status(db, class_id, ClassStatus.RECRUITING)
        assert classes.class_detail(db, class_id).status is ClassStatus.RECRUITING
