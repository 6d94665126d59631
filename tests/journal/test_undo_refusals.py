"""What stands in the way of an undoing is named, and nothing is changed."""

import contextlib
import datetime
import time
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from app import database as store
from app.database import Database
from app.dates import PartialDate
from app.errors import RuleError
from app.services import (
    attendance,
    centre,
    checks,
    classes,
    enrolment,
    lecturers,
    matching,
    setup,
    students,
    timetable,
)
from app.services.attendance import Mark
from app.services.classes import DecisionForm
from app.services.lecturers import LecturerForm
from app.services.students import StudentForm
from app.spreadsheets.rows import RosterRow
from app.terms import AttendanceStatus, DecisionKind
from tests.journal import acts
from tests.journal.undoing import content, copy_of, head, take_back
from tests.torture.scale import report, rounds

CLASS = SOMEBODY = 1
MANY = rounds(1_500, 5_000)


@pytest.fixture
def small(small_class: Path) -> Iterator[Database]:
    """An open copy of the small class."""
    with copy_of(small_class) as opened:
        yield opened


def refused(database: Database, act_id: int) -> str:
    """Try to undo; return what was said, sure that nothing changed."""
    before = content(database)
    with pytest.raises(RuleError) as caught:
        take_back(database, act_id)
    assert content(database) == before
    return str(caught.value)


def rename(database: Database, name: str) -> int:
    with database.writing(f"Sửa tên thành {name}") as db:
        form = students.student_detail(db, SOMEBODY).form
        students.save_student(db, StudentForm(name, form.born, unit=form.unit), SOMEBODY)
    return head(database)


def test_a_newer_change_of_the_same_row_is_named(small: Database) -> None:
    older = rename(small, "Lò Thị Mây")
    rename(small, "Lò Thị Mưa")
    assert "“Sửa tên thành Lò Thị Mưa” (Người thử" in refused(small, older)


def test_once_the_newer_act_is_undone_the_older_one_can_be(small: Database) -> None:
    before = content(small)
    older, newer = rename(small, "Lò Thị Mây"), rename(small, "Lò Thị Mưa")
    take_back(small, newer)
    take_back(small, older)
    assert content(small) == before


def test_a_row_that_others_hang_on_names_who_hung_them_there(small: Database) -> None:
    with small.writing("Thêm Lý Thị Bình") as db:
        student = students.save_student(db, StudentForm("Lý Thị Bình", unit="Trạm Y tế xã"))
    older = head(small)
    with small.writing("Ghi danh Lý Thị Bình") as db:
        enrolment.enrol_student(db, CLASS, student)
    assert "“Ghi danh Lý Thị Bình”" in refused(small, older)


def test_an_identity_number_somebody_else_has_now_stands_in_the_way(small: Database) -> None:
    number, one = "019184003499", SOMEBODY
    with small.writing("Ghi số") as db:
        students.save_student(db, StudentForm("Lò Thị Mai", identity_number=number), one)
    with small.writing("Xóa số") as db:
        students.save_student(db, StudentForm("Lò Thị Mai"), one)
    older = head(small)
    with small.writing("Thêm người có số ấy") as db:
        students.save_student(db, StudentForm("Lý Thị Bình", identity_number=number))
    assert "Chưa đổi gì" in refused(small, older)


def recognised(database: Database, signed_on: datetime.date) -> int:
    with database.writing("Ghi quyết định công nhận") as db:
        form = DecisionForm("12-QĐ/TTCT", signed_on)
        classes.record_decision(db, CLASS, DecisionKind.RECOGNITION, form)
    return head(database)


def test_a_decision_certificates_rest_on_is_not_undone(small: Database) -> None:
    with small.writing("Chốt") as db:
        acts.finalise(db, CLASS, Random(1))
    decided = recognised(small, datetime.date(2026, 3, 14))
    with small.writing("Cấp số") as db:
        acts.issue_to_first(db, CLASS, datetime.date(2026, 3, 16))
    assert refused(small, decided)


def test_a_corrected_decision_stays_when_certificates_are_older_than_the_first(
    small: Database,
) -> None:
    with small.writing("Chốt") as db:
        acts.finalise(db, CLASS, Random(1))
    recognised(small, datetime.date(2026, 3, 14))
    corrected = recognised(small, datetime.date(2026, 3, 10))
    with small.writing("Cấp số") as db:
        acts.issue_to_first(db, CLASS, datetime.date(2026, 3, 12))
    assert refused(small, corrected)


def test_numbers_stated_as_used_stay_once_others_follow_them(small: Database) -> None:
    with small.writing("Ghi số đã dùng") as db:
        acts.state_used(db, 40)
    stated = head(small)
    with small.writing("Chốt") as db:
        acts.recognise(db, CLASS, Random(1))
    with small.writing("Cấp số") as db:
        acts.issue_to_first(db, CLASS, datetime.date(2026, 4, 1))
    with small.reading() as db:
        assert checks.findings(db) == []
    assert refused(small, stated)


def test_a_learner_who_was_there_later_is_not_made_to_leave_earlier(small: Database) -> None:
    with small.reading() as db:
        one = enrolment.class_roll(db, CLASS)[0].enrolment_id
        last = timetable.session_list(db, CLASS)[-1]
    with small.writing("Thôi học sớm") as db:
        enrolment.change_period(db, one, None, acts.START, "")
    with small.writing("Học lại") as db:
        enrolment.change_period(db, one, None, None, "")
    back = head(small)
    with small.writing("Điểm danh buổi cuối") as db:
        attendance.mark(db, CLASS, [Mark(one, last.id, AttendanceStatus.PRESENT)])
    assert refused(small, back)


def test_an_import_of_thousands_is_undone_whole(small: Database) -> None:
    before = content(small)
    rows = [
        RosterRow(n, f"Người thứ {n}", PartialDate(1990), unit=f"Chi bộ {n % 90}")
        for n in range(1, MANY + 1)
    ]
    with small.writing("Nhập danh sách") as db:
        enrolment.enrol_roster(db, CLASS, matching.match_roster(db, CLASS, rows))
    begun = time.perf_counter()
    take_back(small, head(small))
    report(f"import of {MANY} rows undone in {time.perf_counter() - begun:.1f} s")
    assert content(small) == before


def test_the_name_of_the_centre_is_known_whatever_is_undone(small: Database) -> None:
    assert refused(small, 1)
    with small.reading() as db:
        assert centre.is_set_up(db)


def test_a_centre_left_for_later_keeps_nothing_from_being_taken_back(tmp_path: Path) -> None:
    with contextlib.closing(store.create(tmp_path / "later.sqlite")) as opened:
        with opened.writing("Thiết lập lần đầu") as db:
            setup.set_up(db, None, None)
        with opened.writing("Thêm giảng viên") as db:
            lecturers.save_lecturer(db, LecturerForm("Đỗ Thị Lan"))
        take_back(opened, head(opened))
        with opened.reading() as db:
            assert lecturers.lecturer_list(db, 2026) == []
