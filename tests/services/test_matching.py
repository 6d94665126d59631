"""Rows that may be one person, answers of the clerk, and an import that is stopped."""

from dataclasses import replace

import pytest
from sqlalchemy import event, select
from sqlalchemy.engine import Engine

from app.database import Database
from app.dates import PartialDate
from app.errors import RuleError
from app.models import DifferentPeople, KnownAs
from app.services import enrolment, matching, students
from app.services.matching import Match
from app.services.students import StudentForm
from app.spreadsheets.rows import RosterRow
from app.terms import PartyStatus

PHIN = StudentForm("Bàn Tòn Phin", PartialDate(1999, 1, 2), identity_number="020099123456")
ROW = RosterRow(10, "Bàn Tòn Phin", PartialDate(1999, 1, 2))


@pytest.fixture
def phin(database: Database) -> int:
    with database.writing("Thêm") as db:
        return students.save_student(db, PHIN)


def test_two_rows_of_one_person_become_a_question(
    database: Database, class_id: int, phin: int
) -> None:
    rows = [ROW, replace(ROW, row=11, identity_number="020099123456")]
    with database.reading() as db:
        matches = matching.match_roster(db, class_id, rows)
    assert [match.match for match in matches] == [Match.KNOWN, Match.CONFLICT]
    assert matches[1].explanation == "Dòng 10 trong tệp cũng là người này."


def test_one_person_is_not_enrolled_by_two_rows(
    database: Database, class_id: int, phin: int
) -> None:
    rows = [ROW, replace(ROW, row=11)]
    with database.reading() as db:
        first, second = matching.match_roster(db, class_id, rows)
    answered = [first, matching.as_known(second)]
    with pytest.raises(RuleError, match="Dòng 11"), database.writing("Nhập") as db:
        enrolment.enrol_roster(db, class_id, answered)
    with database.reading() as db:
        assert phin not in {row.student_id for row in enrolment.class_roll(db, class_id)}


def test_the_answer_another_person_leaves_out_the_number_of_the_first(
    database: Database, class_id: int, phin: int
) -> None:
    row = RosterRow(10, "Đặng Mùi Coi", PartialDate(1990), identity_number="020099123456")
    with database.writing("Nhập") as db:
        (match,) = matching.match_roster(db, class_id, [row])
        assert match.match is Match.CONFLICT
        summary = enrolment.enrol_roster(db, class_id, [matching.as_new(match)])
        assert summary.created == 1
        added = next(
            one for one in enrolment.class_roll(db, class_id) if one.full_name == "Đặng Mùi Coi"
        )
    assert added.identity_number == ""
    assert added.student_id != phin


def test_the_owner_of_the_number_is_meant_among_namesakes(
    database: Database, class_id: int, phin: int
) -> None:
    with database.writing("Thêm") as db:
        students.save_student(db, replace(PHIN, identity_number="020099654321"))
        (match,) = matching.match_roster(
            db, class_id, [replace(ROW, identity_number="020099123456")]
        )
    assert (match.match, match.student_id) == (Match.KNOWN, phin)


def test_namesakes_of_one_birth_date_are_a_question(
    database: Database, class_id: int, phin: int
) -> None:
    with database.writing("Thêm") as db:
        students.save_student(db, replace(PHIN, identity_number="020099654321"))
        (match,) = matching.match_roster(db, class_id, [ROW])
    assert match.match is Match.CONFLICT
    assert match.explanation == "Có nhiều người cùng tên, cùng ngày sinh."


def test_matching_takes_as_many_queries_for_many_people_as_for_one(
    database: Database, class_id: int
) -> None:
    people = [StudentForm(f"Lò Văn {chr(65 + n)}", PartialDate(1980, 1, n + 1)) for n in range(20)]
    rows = [RosterRow(n, one.full_name, one.born) for n, one in enumerate(people)]
    with database.writing("Thêm") as db:
        for one in people:
            students.save_student(db, one)
    asked: list[str] = []

    def note(*arguments: object) -> None:
        asked.append(str(arguments[2]))

    event.listen(Engine, "before_cursor_execute", note)
    try:
        with database.reading() as db:
            matches = matching.match_roster(db, class_id, rows)
    finally:
        event.remove(Engine, "before_cursor_execute", note)
    assert {match.match for match in matches} == {Match.KNOWN}
    assert len([query for query in asked if query.startswith("SELECT")]) <= 4


def test_a_stopped_import_leaves_nothing(
    database: Database, class_id: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(enrolment, "WRITTEN_AT_ONCE", 2)
    rows = [RosterRow(n, f"Lò Văn {chr(65 + n)}", PartialDate(1980, 1, n + 1)) for n in range(5)]
    with database.reading() as db:
        before = students.student_count(db)
        matches = matching.match_roster(db, class_id, rows)
    with pytest.raises(RuleError, match="hủy"), database.writing("Nhập") as db:
        enrolment.enrol_roster(db, class_id, matches, lambda done, _total: done < 3)
    with database.reading() as db:
        assert students.student_count(db) == before


def test_correcting_a_learner_changes_person_and_enrolment(
    database: Database, class_id: int
) -> None:
    with database.writing("Sửa") as db:
        row = enrolment.class_roll(db, class_id)[0]
        form = students.student_detail(db, row.student_id).form
        changed = replace(form, unit="Chi bộ Công an xã", party_status=PartyStatus.PROBATIONARY)
        enrolment.correct(db, row.enrolment_id, changed)
        after = enrolment.class_roll(db, class_id)[0]
        person = students.student_detail(db, row.student_id).form
    assert after.unit == person.unit == "Chi bộ Công an xã"
    assert after.party_status is person.party_status is PartyStatus.PROBATIONARY


def test_a_day_of_joining_for_good_makes_a_full_member(database: Database, class_id: int) -> None:
    row = RosterRow(5, "Lò Thị Mai", PartialDate(1990), party_confirmed=PartialDate(2020, 2, 3))
    with database.writing("Nhập") as db:
        enrolment.enrol_roster(db, class_id, matching.match_roster(db, class_id, [row]))
        roll = {one.full_name: one for one in enrolment.class_roll(db, class_id)}
    assert roll["Lò Thị Mai"].party_status is PartyStatus.FULL


def test_words_of_a_query_begin_words(database: Database, class_id: int) -> None:
    with database.reading() as db:
        assert [row.full_name for row in students.student_list(db, "thi b")] == ["Lý Thị Bình"]
        assert students.student_list(db, "inh") == []


def test_an_answer_is_remembered_and_not_asked_again(
    database: Database, class_id: int, phin: int
) -> None:
    row = RosterRow(10, "Bàn Phin", PartialDate(1999, 1, 2), unit="Chi bộ thôn Cò Mạ")
    with database.writing("Nhập") as db:
        (asked,) = matching.match_roster(db, class_id, [row])
        assert (asked.match, asked.student_id) == (Match.CONFLICT, phin)
        assert asked.explanation == ("Giống Bàn Tòn Phin: cùng ngày sinh; một bên thiếu tên đệm.")
        enrolment.enrol_roster(db, class_id, [matching.as_known(asked)])
        again = matching.match_roster(db, class_id, [replace(row, unit="Công an xã")])
    assert [(one.match, one.student_id) for one in again] == [(Match.ENROLLED, phin)]


def test_somebody_said_to_be_another_is_not_asked_about_again(
    database: Database, class_id: int, phin: int
) -> None:
    row = RosterRow(10, "Bàn Phin", PartialDate(1999, 1, 2))
    with database.writing("Nhập") as db:
        (asked,) = matching.match_roster(db, class_id, [row])
        enrolment.enrol_roster(db, class_id, [matching.as_new(asked)])
        kept = db.scalars(select(DifferentPeople)).all()
        (again,) = matching.match_roster(db, class_id, [row])
    assert [one.first_id for one in kept] == [phin]
    assert (again.match, again.student_id) == (Match.ENROLLED, kept[0].second_id)


def test_an_old_number_once_confirmed_is_the_person_s(
    database: Database, class_id: int, phin: int
) -> None:
    row = replace(ROW, identity_number="090012345")
    with database.writing("Nhập") as db:
        (asked,) = matching.match_roster(db, class_id, [row])
        assert asked.match is Match.CONFLICT
        matching.remember_same(db, phin, row)
        alone = RosterRow(11, "Bàn Tòn Phin", identity_number="090012345")
        again = matching.match_roster(db, class_id, [row, alone])
    assert [one.student_id for one in again] == [phin, phin]
    assert again[0].match is Match.KNOWN


def test_a_year_of_birth_said_to_be_somebody_counts_for_that_unit_only(
    database: Database, class_id: int, phin: int
) -> None:
    row = RosterRow(10, "Bàn Tòn Phin", PartialDate(1999), unit="Chi bộ thôn Cò Mạ")
    with database.writing("Nhập") as db:
        (asked,) = matching.match_roster(db, class_id, [row])
        assert asked.match is Match.CONFLICT
        matching.remember_same(db, phin, row)
        elsewhere = replace(row, unit="Công an xã")
        found = [matching.match_roster(db, class_id, [one])[0] for one in (row, elsewhere)]
    assert [one.match for one in found] == [Match.KNOWN, Match.CONFLICT]


def test_what_the_register_says_already_is_not_kept_again(
    database: Database, class_id: int, phin: int
) -> None:
    with database.writing("Nhập") as db:
        for row in (
            ROW,
            replace(ROW, born=PartialDate(1999)),
            replace(ROW, born=PartialDate(1999)),
        ):
            matching.remember_same(db, phin, row)
        kept = db.scalars(select(KnownAs)).all()
    assert [one.born for one in kept] == [PartialDate(1999)]


def test_a_namesake_with_day_and_month_swapped_is_asked_about(
    database: Database, class_id: int, phin: int
) -> None:
    with database.reading() as db:
        (match,) = matching.match_roster(db, class_id, [replace(ROW, born=PartialDate(1999, 2, 1))])
    assert (match.match, match.student_id) == (Match.CONFLICT, phin)
    assert "ngày và tháng sinh đổi chỗ" in match.explanation
    assert match.percent >= 75


def test_an_answer_does_not_hide_somebody_who_came_later(
    database: Database, class_id: int, phin: int
) -> None:
    row = RosterRow(10, "Bàn Phin", PartialDate(1999, 1, 2))
    with database.writing("Nhập") as db:
        matching.remember_same(db, phin, row)
        (known,) = matching.match_roster(db, class_id, [row])
        students.save_student(db, StudentForm("Bàn Phin", row.born))
        (asked,) = matching.match_roster(db, class_id, [row])
    assert (known.match, known.student_id) == (Match.KNOWN, phin)
    assert (asked.match, asked.explanation) == (Match.CONFLICT, matching.SEVERAL)


def test_another_name_once_confirmed_for_a_number_is_not_asked_again(
    database: Database, class_id: int, phin: int
) -> None:
    row = RosterRow(10, "Bàn Tòn Phín", PartialDate(1999, 1, 2), identity_number="020099123456")
    with database.writing("Nhập") as db:
        (asked,) = matching.match_roster(db, class_id, [row])
        enrolment.enrol_roster(db, class_id, [matching.as_known(asked)])
        (again,) = matching.match_roster(db, class_id, [replace(row, unit="Công an xã")])
    assert asked.match is Match.CONFLICT
    assert (again.match, again.student_id) == (Match.ENROLLED, phin)
