"""What went out on paper: revoked with a reason, the number kept; closed classes opened again."""

import datetime

import pytest

from app.database import Database
from app.errors import InputError, RuleError
from app.journal import Act
from app.services import (
    attendance,
    certificates,
    checks,
    class_tasks,
    history,
    papers,
    reports,
    results,
    revocation,
)
from app.services.report_form import ReportForm
from app.terms import CertificateStatus, ClassStatus
from tests.services.test_certificates import ISSUED, finish

REVOKED = datetime.date(2026, 4, 20)
REASON = "Cấp nhầm người, không dự học"
DECISION = "15-QĐ/TTCT"


@pytest.fixture
def issued(database: Database, class_id: int) -> list[int]:
    """Three certificates, by given name."""
    learners = finish(database, class_id)
    with database.writing("Cấp số") as db:
        return certificates.issue(db, class_id, learners, ISSUED)


def revoke(database: Database, certificate_id: int) -> None:
    with database.writing(Act("Thu hồi giấy chứng nhận", reason=REASON)) as db:
        revocation.revoke(db, certificate_id, REASON, DECISION, REVOKED)


def close(database: Database, class_id: int) -> None:
    with database.writing("Bế giảng lớp") as db:
        reports.save_report(db, class_id, ReportForm("15", ISSUED))
        reports.close_class(db, class_id, ISSUED)


def test_a_revoked_line_stays_in_the_register_and_says_so(
    database: Database, class_id: int, issued: list[int]
) -> None:
    revoke(database, issued[1])
    with database.reading() as db:
        row = certificates.certificate_list(db, class_id)[1]
        lines = papers.register_sheet(db, class_id).rows
        left = certificates.class_certificates(db, class_id)
        found = checks.findings(db)
    assert (row.certificate_id, row.status) == (None, CertificateStatus.REVOKED)
    assert (row.number, row.revoked_on) == ("028-GCN/TTCT", REVOKED)
    assert [line.note for line in lines] == ["", f"Thu hồi, QĐ số {DECISION}, ngày 20/4/2026", ""]
    assert left == [issued[0], issued[2]]
    assert found == []


def test_a_certificate_is_revoked_once_with_a_reason(
    database: Database, class_id: int, issued: list[int]
) -> None:
    with pytest.raises(InputError, match="lý do thu hồi"), database.writing("Thu hồi") as db:
        revocation.revoke(db, issued[0], "  ", DECISION, REVOKED)
    with pytest.raises(InputError, match="sau ngày thu hồi"), database.writing("Thu hồi") as db:
        revocation.revoke(db, issued[0], REASON, "", datetime.date(2026, 1, 1))
    revoke(database, issued[0])
    with pytest.raises(RuleError, match="không còn hiệu lực"):
        revoke(database, issued[0])
    with database.reading() as db:
        assert certificates.class_certificates(db, class_id) == issued[1:]


def test_another_certificate_needs_the_result_looked_at_again(
    database: Database, class_id: int, issued: list[int]
) -> None:
    revoke(database, issued[1])
    with database.reading() as db:
        row = certificates.certificate_list(db, class_id)[1]
    assert row.waits_for_review
    assert "chờ xét lại" in row.answer.reason
    with pytest.raises(RuleError, match="chờ xét lại"), database.writing("Cấp số") as db:
        certificates.issue(db, class_id, [row.enrolment_id], REVOKED)
    with database.writing("Xét lại") as db:
        assert results.review(db, class_id, [row.enrolment_id]) == 1
        certificates.issue(db, class_id, [row.enrolment_id], REVOKED)
    with database.reading() as db:
        again = certificates.certificate_list(db, class_id)[1]
        lines = papers.register_sheet(db, class_id).rows
    assert (again.number, again.status) == ("030-GCN/TTCT", CertificateStatus.ISSUED)
    assert [line.certificate_number for line in lines][1::2] == ["028-GCN/TTCT", "030-GCN/TTCT"]


def test_results_open_again_only_when_every_certificate_is_revoked(
    database: Database, class_id: int, issued: list[int]
) -> None:
    revoke(database, issued[0])
    with pytest.raises(RuleError, match="không bỏ chốt"), database.writing("Bỏ chốt") as db:
        results.unfreeze(db, class_id)
    for certificate_id in issued[1:]:
        revoke(database, certificate_id)
    with database.writing("Bỏ chốt") as db:
        results.unfreeze(db, class_id)
        results.finalise(db, class_id)
    with database.reading() as db:
        assert all(row.waits for row in certificates.certificate_list(db, class_id))


def test_a_certificate_of_a_closed_class_can_be_revoked(
    database: Database, class_id: int, issued: list[int]
) -> None:
    close(database, class_id)
    with database.reading() as db:
        printed = reports.closing_report_sheet(db, class_id)
    revoke(database, issued[2])
    with database.reading() as db:
        assert reports.closing_report_sheet(db, class_id) == printed
        assert certificates.certificate_list(db, class_id)[2].status is CertificateStatus.REVOKED
        assert checks.findings(db) == []


def test_a_closed_class_is_opened_again_with_a_reason(
    database: Database, class_id: int, issued: list[int]
) -> None:
    close(database, class_id)
    with pytest.raises(InputError, match="lý do mở lại"), database.writing("Mở lại") as db:
        revocation.reopen_class(db, class_id, " ")
    reason = "Báo cáo ghi sai số buổi"
    with database.writing(Act("Mở lại lớp", reason=reason)) as db:
        revocation.reopen_class(db, class_id, reason)
    with database.reading() as db:
        row = class_tasks.class_list(db)[0]
        assert certificates.class_certificates(db, class_id) == issued
        (act, *_) = history.act_list(db, history.ActFilter(query="mo lai lop"))
    assert row.status is ClassStatus.FINALISED
    assert row.task is not None
    assert act.reason == reason
    close(database, class_id)


def test_an_open_class_is_not_opened_again(database: Database, class_id: int) -> None:
    with pytest.raises(RuleError, match="không cần mở lại"), database.writing("Mở lại") as db:
        revocation.reopen_class(db, class_id, "Nhầm")
    with database.reading() as db:
        assert attendance.grid(db, class_id).sessions
