"""Enrolment: rosters link whoever is known, and what was earned is never dropped."""

from dataclasses import replace

import pytest

from app.database import Database
from app.dates import PartialDate
from app.errors import RuleError
from app.services import attendance, enrolment, matching, students
from app.services.matching import Match
from app.services.students import StudentForm
from app.spreadsheets.rows import RosterRow

BINH = RosterRow(9, "LÝ THỊ BÌNH", PartialDate(2002, 9, 5), unit="Trạm Y tế", phone="0912345678")
NEW = RosterRow(10, "Bàn Tòn Phin", PartialDate(1999, 1, 2), identity_number="020099123456")


def test_a_known_person_is_linked_and_not_created_again(database: Database, class_id: int) -> None:
    with database.writing("Nhập") as db:
        enrolment.withdraw(db, class_id, [_learner(database, class_id, "Lý Thị Bình")])
        before = students.student_count(db)
        matches = matching.match_roster(db, class_id, [BINH, NEW])
        summary = enrolment.enrol_roster(db, class_id, matches)
        assert students.student_count(db) == before + 1
    assert [match.match for match in matches] == [Match.KNOWN, Match.NEW]
    assert (summary.created, summary.linked, summary.skipped) == (1, 1, 0)


def test_linking_fills_gaps_and_overwrites_nothing(database: Database, class_id: int) -> None:
    with database.writing("Nhập") as db:
        enrolment.withdraw(db, class_id, [_learner(database, class_id, "Lý Thị Bình")])
        row = replace(BINH, unit="Đơn vị khác")
        enrolment.enrol_roster(db, class_id, matching.match_roster(db, class_id, [row]))
        found = students.student_list(db, "ly thi binh")[0].id
        form = students.student_detail(db, found).form
        units = {one.full_name: one.unit for one in enrolment.class_roll(db, class_id)}
    assert (form.full_name, form.unit, form.phone) == ("Lý Thị Bình", "Trạm Y tế", "0912345678")
    assert units["Lý Thị Bình"] == "Đơn vị khác"


def test_a_person_already_in_the_class_is_skipped(database: Database, class_id: int) -> None:
    with database.writing("Nhập") as db:
        matches = matching.match_roster(db, class_id, [BINH])
        summary = enrolment.enrol_roster(db, class_id, matches)
    assert matches[0].match is Match.ENROLLED
    assert (summary.enrolment_ids, summary.skipped) == ((), 1)


def test_the_same_id_with_another_name_is_a_question(database: Database, class_id: int) -> None:
    with database.writing("Nhập") as db:
        enrolment.enrol_roster(db, class_id, matching.match_roster(db, class_id, [NEW]))
        other = replace(NEW, full_name="Bàn Tòn Phú")
        matches = matching.match_roster(db, class_id, [other])
        assert matches[0].match is Match.CONFLICT
        assert "Bàn Tòn Phin" in matches[0].explanation
        with pytest.raises(RuleError, match="Dòng 10 chưa rõ"):
            enrolment.enrol_roster(db, class_id, matches)


def test_year_only_births_of_namesakes_are_not_taken_for_one(
    database: Database, class_id: int
) -> None:
    row = RosterRow(7, "Nguyễn Văn Ẩn", None, unit="Chi bộ khác")
    with database.reading() as db:
        assert matching.match_roster(db, class_id, [row])[0].match is Match.NEW


def test_a_learner_with_marks_stays_on_the_list(database: Database, class_id: int) -> None:
    learner = _learner(database, class_id, "Lý Thị Bình")
    with database.writing("Điểm danh") as db:
        session = attendance.grid(db, class_id).sessions[0].id
        attendance.mark_rest_present(db, class_id, session)
    with pytest.raises(RuleError, match="đã có điểm danh"), database.writing("Xóa") as db:
        enrolment.withdraw(db, class_id, [learner])


def test_registering_a_known_person_by_hand_is_refused(database: Database, class_id: int) -> None:
    form = StudentForm("Lý Thị Bình", PartialDate(2002, 9, 5))
    with pytest.raises(RuleError, match="Đã có Lý Thị Bình"), database.writing("Thêm") as db:
        enrolment.register(db, class_id, form)


def test_the_list_is_sorted_by_given_name(database: Database, class_id: int) -> None:
    with database.reading() as db:
        names = [row.full_name for row in enrolment.class_roll(db, class_id)]
    assert names == ["Nguyễn Văn Ẩn", "Lý Thị Bình", "Đặng Hữu Đường"]


def _learner(database: Database, class_id: int, name: str) -> int:
    with database.reading() as db:
        roll = enrolment.class_roll(db, class_id)
    return next(row.enrolment_id for row in roll if row.full_name == name)


def test_everything_a_roster_knows_of_a_person_is_kept(database: Database, class_id: int) -> None:
    row = replace(
        NEW, party_confirmed=PartialDate(2024, 5), general_education="12/12", note="đi muộn"
    )
    with database.writing("Nhập") as db:
        enrolment.enrol_roster(db, class_id, matching.match_roster(db, class_id, [row]))
        found = students.student_list(db, "ban ton phin")[0].id
        form = students.student_detail(db, found).form
        notes = {one.full_name: one.note for one in enrolment.class_roll(db, class_id)}
    assert (form.party_confirmed, form.general_education) == (PartialDate(2024, 5), "12/12")
    assert notes[NEW.full_name] == "đi muộn"
