"""Rows kept for later, columns known from the last time, and what a roster changes."""

from dataclasses import replace

import pytest

from app.database import Database
from app.dates import PartialDate
from app.errors import RuleError
from app.services import class_tasks, column_choices, drafts, enrolment, from_roster, matching
from app.services import students as people
from app.services.drafts import KeptRow
from app.services.students import StudentForm
from app.spreadsheets.rows import RosterRow
from app.terms import ClassStatus

ROWS = [KeptRow(8, {"full_name": "Hoàng Trọng Ẩn", "born": "31/02/1997"}), KeptRow(11)]


def class_id(demo: Database, status: ClassStatus = ClassStatus.PLANNED) -> int:
    with demo.reading() as db:
        return next(row.id for row in class_tasks.class_list(db) if row.status is status)


def test_rows_that_wait_come_back_as_they_were_left(demo: Database) -> None:
    into = class_id(demo)
    with demo.writing("Nhập") as db:
        kept = drafts.keep(db, into, "DS K6.xlsx", ROWS)
    assert kept
    with demo.reading() as db:
        [offered] = drafts.draft_list(db, into)
        assert offered.words.startswith("2 dòng của DS K6.xlsx, ")
        assert drafts.kept_rows(db, kept) == ROWS


def test_a_draft_ends_when_nothing_waits_any_more(demo: Database) -> None:
    into = class_id(demo)
    with demo.writing("Nhập") as db:
        kept = drafts.keep(db, into, "DS K6.xlsx", ROWS)
        again = drafts.keep(db, into, "DS K6.xlsx", ROWS[:1], kept)
        assert again == kept
        drafts.keep(db, into, "DS K6.xlsx", [], kept)
    with demo.reading() as db:
        assert drafts.draft_list(db, into) == []


def test_a_draft_that_is_given_up_is_gone(demo: Database) -> None:
    into = class_id(demo)
    with demo.writing("Nhập") as db:
        kept = drafts.keep(db, into, "DS K6.xlsx", ROWS)
        assert kept
        drafts.drop(db, kept)
        with pytest.raises(RuleError):
            drafts.drop(db, kept)


def test_a_closed_class_keeps_no_draft(demo: Database) -> None:
    closed = class_id(demo, ClassStatus.CLOSED)
    with pytest.raises(RuleError), demo.writing("Nhập") as db:
        drafts.keep(db, closed, "DS K6.xlsx", ROWS)


def test_the_way_of_a_sender_goes_before_any_other(demo: Database) -> None:
    with demo.writing("Nhập") as db:
        column_choices.remember(db, "abc", "Đảng ủy xã Tân Hòa", {"D": "female_mark"})
        column_choices.remember(db, "abc", "", {"D": None})
    with demo.reading() as db:
        own = column_choices.remembered(db, "abc", "ĐẢNG ỦY XÃ TÂN HOÀ")
        other = column_choices.remembered(db, "abc", "Chi bộ Nà Lừa")
        assert column_choices.remembered(db, "xyz") is None
    assert own
    assert own.columns == {"D": "female_mark"}
    assert other


def test_a_way_without_corrections_is_forgotten(demo: Database) -> None:
    with demo.writing("Nhập") as db:
        column_choices.remember(db, "abc", "", {"D": None})
        column_choices.remember(db, "abc", "", {})
        assert column_choices.remembered(db, "abc") is None


def test_gaps_and_changes_are_told_apart() -> None:
    known = StudentForm("Vũ Tiến Dũng", PartialDate(1987), unit="Đoàn TN xã An Bình")
    row = RosterRow(
        14, "Vũ Tiến Dũng", PartialDate(1987, 3, 23), unit="Trường Hoa Mai", phone="0912345678"
    )
    found = {one.field: one for one in from_roster.changes(row, known)}
    assert (found["unit"].before, found["unit"].after) == ("Đoàn TN xã An Bình", "Trường Hoa Mai")
    assert not found["unit"].fills_gap
    assert found["born"].fills_gap
    assert found["phone"].fills_gap
    assert set(found) == {"unit", "born", "phone"}


def test_only_what_was_chosen_is_taken_over(demo: Database) -> None:
    into = class_id(demo)
    with demo.reading() as db:
        person = people.student_detail(db, 1).form
    row = RosterRow(
        5,
        person.full_name,
        person.born,
        identity_number=person.identity_number,
        unit="Trường Mầm non Hoa Mai",
        position="Giáo viên",
        phone="0912000111",
    )
    with demo.writing("Nhập") as db:
        [match] = matching.match_roster(db, into, [row])
        taken = matching.as_known(replace(match, student_id=1, known=person))
        enrolment.enrol_roster(db, into, [taken], updates={5: {"unit"}})
        after = people.student_detail(db, 1).form
    assert after == replace(person, unit="Trường Mầm non Hoa Mai")
