"""One person or two: a number decides, a year of birth alone never does."""

from dataclasses import replace
from datetime import date

import pytest

from app.database import Database
from app.dates import PartialDate
from app.errors import RuleError
from app.services import enrolment, matching, results, students, units
from app.services.matching import Match, RosterMatch
from app.services.students import StudentForm
from app.spreadsheets.rows import RosterRow
from app.terms import PartyStatus

AN = StudentForm("Lò Thị An", PartialDate(1985), unit="Chi bộ thôn Nà Lừa")
ROW = RosterRow(7, "LÒ THỊ AN", PartialDate(1985), unit="Chi bộ thôn Cò Mạ")


def matched(database: Database, class_id: int, row: RosterRow, *known: StudentForm) -> RosterMatch:
    with database.writing("Thêm") as db:
        for form in known:
            students.save_student(db, form)
        return matching.match_roster(db, class_id, [row])[0]


def test_a_year_of_birth_and_a_name_are_a_question(database: Database, class_id: int) -> None:
    match = matched(database, class_id, ROW, AN)
    assert match.match is Match.CONFLICT
    assert match.explanation == (
        "Cùng tên, chưa rõ ngày sinh. Trong sổ: sinh 1985, Chi bộ thôn Nà Lừa."
    )


def test_a_year_of_birth_a_name_and_a_unit_are_one_person(
    database: Database, class_id: int
) -> None:
    row = replace(ROW, unit="CHI BỘ THÔN NÀ LỪA")
    namesake = replace(AN, unit="Chi bộ thôn Cò Mạ")
    match = matched(database, class_id, row, namesake, AN)
    assert (match.match, match.known) == (Match.KNOWN, AN)


RENAMED = "Chi bộ thôn Nà Lừa Mới"


@pytest.mark.parametrize("written", [AN.unit, "CB Nà Lừa", RENAMED])
def test_any_name_of_a_unit_tells_who_is_meant_by_name_and_year(
    database: Database, class_id: int, written: str
) -> None:
    with database.writing("Thêm") as db:
        known = students.save_student(db, AN)
        (unit,) = [one for one in units.unit_list(db) if one.name == AN.unit]
        units.add_name(db, unit.id, "CB Nà Lừa")
        units.rename(db, unit.id, RENAMED, date(2025, 6, 30))
    with database.reading() as db:
        (match,) = matching.match_roster(db, class_id, [replace(ROW, unit=written)])
        by_hand = matching.known_person(db, replace(AN, unit=written))
    assert (match.match, match.student_id) == (Match.KNOWN, known)
    assert by_hand is not None


def test_units_that_differ_by_a_tone_are_two_units(database: Database, class_id: int) -> None:
    match = matched(database, class_id, replace(ROW, unit="Chi bộ thôn Nà Lứa"), AN)
    assert match.match is Match.CONFLICT


def test_a_full_birth_date_may_be_that_of_a_known_year(database: Database, class_id: int) -> None:
    row = replace(ROW, born=PartialDate(1985, 7, 2))
    assert matched(database, class_id, row, AN).match is Match.CONFLICT


def test_a_full_birth_date_is_kept_when_the_person_is_linked(
    database: Database, class_id: int
) -> None:
    row = replace(ROW, born=PartialDate(1985, 7, 2), unit=AN.unit)
    match = matched(database, class_id, row, AN)
    assert match.match is Match.KNOWN
    with database.writing("Nhập") as db:
        enrolment.enrol_roster(db, class_id, [match])
        assert students.student_detail(db, match.student_id or 0).form.born == row.born


def test_another_year_of_birth_is_another_person(database: Database, class_id: int) -> None:
    assert matched(database, class_id, replace(ROW, born=PartialDate(1986)), AN).match is Match.NEW


@pytest.mark.parametrize("number", ["020085000002", "020085777777"])
def test_same_name_and_date_with_two_numbers_are_a_question(
    database: Database, class_id: int, number: str
) -> None:
    known = StudentForm("Lò Thị An", PartialDate(1985, 7, 2), identity_number="020085000001")
    row = RosterRow(7, "Lò Thị An", known.born, identity_number=number)
    match = matched(database, class_id, row, known)
    assert (match.match, match.known) == (Match.CONFLICT, known)
    assert match.explanation == (
        "Cùng tên, ngày sinh nhưng trong sổ ghi số định danh 0200•••••001. "
        "Số ghi nhầm thì dùng hồ sơ đã có."
    )


@pytest.mark.parametrize(
    ("number", "expected"), [("020085000002", Match.CONFLICT), ("020085777777", Match.NEW)]
)
def test_with_a_year_of_birth_another_number_is_another_person_unless_a_digit_is_off(
    database: Database, class_id: int, number: str, expected: Match
) -> None:
    known = replace(AN, identity_number="020085000001")
    match = matched(database, class_id, replace(ROW, identity_number=number), known)
    assert match.match is expected


def test_an_old_and_a_new_number_are_a_question(database: Database, class_id: int) -> None:
    known = StudentForm("Lò Thị An", PartialDate(1985, 7, 2), identity_number="090012345")
    row = RosterRow(7, "Lò Thị An", known.born, identity_number="020085000002")
    match = matched(database, class_id, row, known)
    assert match.match is Match.CONFLICT
    assert "09••••345" in match.explanation


def test_two_people_of_one_name_and_date_can_be_registered_by_number(
    database: Database, class_id: int
) -> None:
    first = StudentForm("Lò Thị An", PartialDate(1985, 7, 2), identity_number="020085000001")
    with database.writing("Thêm") as db:
        enrolment.register(db, class_id, first)
        enrolment.register(db, class_id, replace(first, identity_number="020085000002"))
    with pytest.raises(RuleError, match="Đã có Lò Thị An"), database.writing("Thêm") as db:
        enrolment.register(db, class_id, replace(first, identity_number=""))


def test_two_people_of_one_name_and_year_can_be_registered_from_two_units(
    database: Database, class_id: int
) -> None:
    with database.writing("Thêm") as db:
        enrolment.register(db, class_id, AN)
        enrolment.register(db, class_id, replace(AN, unit="Chi bộ thôn Cò Mạ"))
    with pytest.raises(RuleError, match="Đã có Lò Thị An"), database.writing("Thêm") as db:
        enrolment.register(db, class_id, AN)


def test_the_class_keeps_the_party_status_of_its_own_list(
    database: Database, class_id: int
) -> None:
    known = replace(AN, party_status=PartyStatus.PROBATIONARY)
    row = replace(ROW, unit=AN.unit, party_confirmed=PartialDate(2026, 2, 3))
    match = matched(database, class_id, row, known)
    with database.writing("Nhập") as db:
        enrolment.enrol_roster(db, class_id, [match])
        roll = {one.student_id: one for one in enrolment.class_roll(db, class_id)}
        person = students.student_detail(db, match.student_id or 0).form
    assert roll[match.student_id or 0].party_status is PartyStatus.FULL
    assert person.party_status is PartyStatus.PROBATIONARY


def test_a_learner_whose_mark_was_cleared_can_leave_the_list(
    database: Database, class_id: int
) -> None:
    with database.writing("Xóa điểm") as db:
        learner = enrolment.class_roll(db, class_id)[0].enrolment_id
        results.save_mark(db, class_id, learner, None)
        enrolment.withdraw(db, class_id, [learner])
        assert len(enrolment.class_roll(db, class_id)) == 2


def test_a_learner_of_another_class_is_not_taken_off(demo: Database) -> None:
    with demo.reading() as db:
        learner = enrolment.class_roll(db, 3)[0].enrolment_id
    with pytest.raises(RuleError, match="không thuộc lớp"), demo.writing("Xóa") as db:
        enrolment.withdraw(db, 4, [learner])


def test_a_person_registered_since_the_file_was_read_is_not_created_again(
    database: Database, class_id: int
) -> None:
    row = RosterRow(7, "Lò Thị An", PartialDate(1985, 7, 2))
    match = matched(database, class_id, row)
    assert match.match is Match.NEW
    with database.writing("Thêm") as db:
        students.save_student(db, StudentForm("Lò Thị An", row.born))
    with pytest.raises(RuleError, match="vừa có trong sổ"), database.writing("Nhập") as db:
        enrolment.enrol_roster(db, class_id, [match])
    with database.writing("Nhập") as db:
        summary = enrolment.enrol_roster(db, class_id, [matching.as_new(match)])
    assert summary.created == 1
