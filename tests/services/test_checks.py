"""`check` finds each seeded fault in one line and nothing on a clean database."""

import pytest
from sqlalchemy import text

from app import journal
from app.database import Database
from app.services import checks, reports

FAULTS = {
    "DELETE FROM certificate WHERE register_sequence = 30": "thiếu ở giữa",
    "UPDATE certificate SET sheet = replace(sheet, 'Khá', 'Giỏi')"
    " WHERE id = (SELECT min(id) FROM certificate WHERE sheet LIKE '%Khá%')": "đã bị sửa",
    "UPDATE certificate SET issued_on = '2026-01-01' WHERE id = 1": "trước ngày quyết định",
    "UPDATE assessment_result SET verdict = 'failed' WHERE enrolment_id ="
    " (SELECT enrolment_id FROM certificate WHERE id = 1)": "không đủ điều kiện cấp",
    "UPDATE certificate SET revoked_on = '2026-12-01' WHERE id = 1": "có ghi thu hồi",
    "UPDATE certificate SET status = 'revoked', revoked_on = '2026-12-01'"
    " WHERE id = 2": "không ghi ngày hoặc lý do",
    "UPDATE certificate SET status = 'revoked', revoked_on = '2026-01-01',"
    " revocation_reason = 'Sai' WHERE id = 3": "ngày thu hồi trước ngày cấp",
    "UPDATE attendance_record SET class_session_id = (SELECT max(id) FROM class_session)"
    " WHERE enrolment_id = 1 AND class_session_id = 1": "thuộc lớp khác",
    "UPDATE training_class SET frozen_rules = NULL WHERE id = 1": "không lưu quy tắc xét",
    "UPDATE training_class SET closed_on = NULL WHERE id = 1": "không có ngày bế giảng",
}


def test_a_clean_database_has_no_findings(demo: Database) -> None:
    with demo.reading() as db:
        assert checks.findings(db) == []


@pytest.mark.parametrize(("fault", "words"), FAULTS.items(), ids=FAULTS.values())
def test_a_seeded_fault_is_found(demo: Database, fault: str, words: str) -> None:
    with demo.writing("Gây lỗi") as db:
        assert db.execute(text(fault)).rowcount == 1  # type: ignore[attr-defined]
    with demo.reading() as db:
        found = checks.findings(db)
    assert len(found) == 1
    assert words in found[0]


def test_a_lost_parent_is_found(demo: Database) -> None:
    with demo.writing("Gây lỗi") as db:
        db.execute(text("PRAGMA defer_foreign_keys=ON"))
        connection = db.connection()
        connection.exec_driver_sql("COMMIT")
        connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
        connection.exec_driver_sql("DELETE FROM student WHERE id = 1")
        connection.exec_driver_sql("PRAGMA foreign_keys=ON")
        connection.exec_driver_sql("BEGIN")
    with demo.reading() as db:
        (found,) = checks.findings(db)
    assert "không còn dòng tương ứng" in found


def test_a_report_whose_journal_entry_is_gone_is_found(demo: Database) -> None:
    with demo.reading() as db:
        sheet = reports.closing_report_sheet(db, 1)
        assert journal.knows(db, sheet.journal_mark)
    with demo.writing("Gây lỗi") as db:
        db.execute(
            text("UPDATE closing_report SET frozen_sheet = replace(frozen_sheet, :mark, :other)"),
            {"mark": sheet.journal_mark, "other": "9.999 · 9F3A-77C1-20BE"},
        )
    with demo.reading() as db:
        (found,) = checks.findings(db)
    assert "in mã nhật ký 9.999 · 9F3A-77C1-20BE" in found
