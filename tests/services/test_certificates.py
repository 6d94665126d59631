"""Certificates: numbers without gaps, one live paper each, printed values frozen."""

import datetime
import random
from decimal import Decimal

import pytest
from sqlalchemy import select

from app.database import Database
from app.errors import RuleError
from app.models import Certificate, Enrolment
from app.services import (
    attendance,
    centre,
    certificates,
    classes,
    results,
    students,
    timetable,
)
from app.services.centre import SignatoryForm
from app.services.classes import DecisionForm
from app.terms import DecisionKind

DECIDED = datetime.date(2026, 3, 14)
ISSUED = datetime.date(2026, 3, 16)


def finish(database: Database, class_id: int, marks: str = "8.5") -> list[int]:
    """Everybody present, everybody marked, results final, decision recorded."""
    with database.writing("Chốt") as db:
        for session in timetable.session_list(db, class_id):
            attendance.mark_rest_present(db, class_id, session.id)
        for row in results.result_list(db, class_id):
            results.save_mark(db, class_id, row.enrolment_id, Decimal(marks))
        results.finalise(db, class_id)
        decision = DecisionForm("12-QĐ/TTCT", DECIDED)
        classes.record_decision(db, class_id, DecisionKind.RECOGNITION, decision)
        return [row.enrolment_id for row in certificates.certificate_list(db, class_id)]


def test_numbers_follow_the_paper_register_without_a_gap(database: Database, class_id: int) -> None:
    learners = finish(database, class_id)
    with database.writing("Cấp số") as db:
        certificates.issue(db, class_id, learners, ISSUED)
    with database.reading() as db:
        rows = certificates.certificate_list(db, class_id)
    assert [row.register_number for row in rows] == ["027/2026", "028/2026", "029/2026"]
    assert [row.number for row in rows] == ["027-GCN/TTCT", "028-GCN/TTCT", "029-GCN/TTCT"]


def test_numbers_are_taken_in_the_order_of_given_names(database: Database, class_id: int) -> None:
    learners = finish(database, class_id)
    random.Random(3).shuffle(learners)
    with database.writing("Cấp số") as db:
        ids = certificates.issue(db, class_id, learners, ISSUED)
        names = [sheet.full_name for sheet in certificates.sheets(db, ids)]
    assert names == ["Nguyễn Văn Ẩn", "Lý Thị Bình", "Đặng Hữu Đường"]


def test_a_second_certificate_is_refused(database: Database, class_id: int) -> None:
    learners = finish(database, class_id)
    with database.writing("Cấp số") as db:
        certificates.issue(db, class_id, learners[:1], ISSUED)
    with pytest.raises(RuleError, match="chỉ được cấp một lần"), database.writing("Cấp") as db:
        certificates.issue(db, class_id, learners, ISSUED)
    with database.reading() as db:
        assert len(certificates.class_certificates(db, class_id)) == 1


def test_a_refused_issue_takes_no_number(database: Database, class_id: int) -> None:
    learners = finish(database, class_id)

    def fail_after_taking_numbers() -> None:
        with database.writing("Cấp số") as db:
            certificates.issue(db, class_id, learners, ISSUED)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail_after_taking_numbers()
    with database.writing("Cấp số") as db:
        certificates.issue(db, class_id, learners, ISSUED)
        rows = certificates.certificate_list(db, class_id)
    assert rows[0].register_number == "027/2026"


def test_nothing_is_issued_before_results_are_final(database: Database, class_id: int) -> None:
    with database.reading() as db, pytest.raises(RuleError, match="Chưa chốt kết quả"):
        certificates.drafts(db, class_id, [1], ISSUED)


def test_nothing_is_issued_before_the_decision(database: Database, class_id: int) -> None:
    learners = finish(database, class_id)
    with database.reading() as db, pytest.raises(RuleError, match="trước ngày quyết định"):
        certificates.drafts(db, class_id, learners, DECIDED - datetime.timedelta(days=1))


def test_who_failed_gets_no_certificate(database: Database, class_id: int) -> None:
    learners = finish(database, class_id, marks="4,9".replace(",", "."))
    with database.reading() as db:
        answers = [row.answer for row in certificates.certificate_list(db, class_id)]
        assert not any(answer.allowed for answer in answers)
        with pytest.raises(RuleError, match="Điểm 4,9 dưới mức đạt 5,0"):
            certificates.drafts(db, class_id, learners, ISSUED)


def test_what_is_issued_never_changes_with_later_names(database: Database, class_id: int) -> None:
    learners = finish(database, class_id)
    with database.writing("Cấp số") as db:
        ids = certificates.issue(db, class_id, learners, ISSUED)
        before = certificates.sheets(db, ids)
    with database.writing("Đổi tên") as db:
        enrolment = db.get_one(Enrolment, learners[0])
        form = students.student_detail(db, enrolment.student_id).form
        changed = students.StudentForm("Nguyễn Văn Đổi", form.born)
        students.save_student(db, changed, enrolment.student_id)
        centre.save_signatory(
            db, SignatoryForm("Nông Thị Hiền", "GIÁM ĐỐC", datetime.date(2026, 1, 1))
        )
    with database.reading() as db:
        assert certificates.sheets(db, ids) == before


def test_a_birth_known_by_year_prints_only_the_year(database: Database, class_id: int) -> None:
    learners = finish(database, class_id)
    with database.reading() as db:
        sheets = [draft.sheet for draft in certificates.drafts(db, class_id, learners, ISSUED)]
    assert [sheet.born for sheet in sheets] == [
        "Sinh năm 1985",
        "Sinh ngày 05 tháng 9 năm 2002",
        "Sinh ngày 01 tháng 3 năm 2005",
    ]


def test_a_new_year_begins_a_new_register(database: Database, class_id: int) -> None:
    learners = finish(database, class_id)
    with database.writing("Cấp số") as db:
        certificates.issue(db, class_id, learners[:2], ISSUED)
        certificates.issue(db, class_id, learners[2:], datetime.date(2027, 1, 4))
        numbers = db.scalars(select(Certificate.register_number).order_by(Certificate.id)).all()
    assert numbers == ["027/2026", "028/2026", "001/2027"]


def test_results_with_certificates_cannot_be_taken_back(database: Database, class_id: int) -> None:
    learners = finish(database, class_id)
    with database.writing("Bỏ chốt") as db:
        results.unfreeze(db, class_id)
        results.finalise(db, class_id)
    with database.writing("Cấp số") as db:
        certificates.issue(db, class_id, learners, ISSUED)
    with pytest.raises(RuleError, match="Đã cấp giấy"), database.writing("Bỏ chốt") as db:
        results.unfreeze(db, class_id)


def test_an_authorised_deputy_may_be_chosen_to_sign(database: Database, class_id: int) -> None:
    learners = finish(database, class_id)
    deputy = SignatoryForm(
        "Nông Thị Hiền", "PHÓ GIÁM ĐỐC", datetime.date(2026, 1, 1), "K/T GIÁM ĐỐC"
    )
    with database.writing("Cấp số") as db:
        chosen = centre.save_signatory(db, deputy)
        ids = certificates.issue(db, class_id, learners[:1], ISSUED, chosen)
        sheet = certificates.sheets(db, ids)[0]
        with pytest.raises(RuleError, match="Chưa có người ký"):
            certificates.issue(db, class_id, learners[1:], ISSUED, chosen + 1)
    assert (sheet.authority, sheet.signer_title, sheet.signer_name) == (
        "K/T GIÁM ĐỐC",
        "PHÓ GIÁM ĐỐC",
        "Nông Thị Hiền",
    )
