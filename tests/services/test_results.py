"""Results: reasons, the frozen outcome, and rules that later changes do not touch."""

from dataclasses import replace
from decimal import Decimal

import pytest

from app.database import Database
from app.errors import RuleError
from app.rules.attendance import AttendanceRule
from app.rules.eligibility import ResultRule
from app.services import attendance, programmes, results, timetable
from app.services.attendance import Mark
from app.terms import AttendanceStatus, Verdict


def attend(database: Database, class_id: int, absences: int = 0) -> None:
    """Mark everybody present, but the first learner absent in the first sessions."""
    with database.writing("Điểm danh") as db:
        shown = attendance.grid(db, class_id)
        first = shown.learners[0].enrolment_id
        away = [
            Mark(first, session.id, AttendanceStatus.ABSENT)
            for session in shown.sessions[:absences]
        ]
        attendance.mark(db, class_id, away)
        for session in timetable.session_list(db, class_id):
            attendance.mark_rest_present(db, class_id, session.id)


def mark_all(database: Database, class_id: int, mark: str) -> None:
    with database.writing("Nhập điểm") as db:
        for row in results.result_list(db, class_id):
            results.save_mark(db, class_id, row.enrolment_id, Decimal(mark))


def test_everybody_refused_is_told_why(database: Database, class_id: int) -> None:
    attend(database, class_id, absences=3)
    with database.reading() as db:
        rows = results.result_list(db, class_id)
    assert [row.outcome.verdict for row in rows] == [
        Verdict.TOO_ABSENT,
        Verdict.MARK_MISSING,
        Verdict.MARK_MISSING,
    ]
    assert rows[0].outcome.reason == "Dự 35/50 tiết (70 %), quy định từ 80 %"
    assert rows[1].outcome.reason == "Chưa nhập điểm bài thu hoạch"


def test_a_mark_is_kept_exactly_and_shown_rounded(database: Database, class_id: int) -> None:
    attend(database, class_id)
    mark_all(database, class_id, "8.95")
    with database.reading() as db:
        row = results.result_list(db, class_id)[0]
    assert (row.mark, row.outcome.rounded) == (Decimal("8.95"), Decimal("9.0"))
    assert row.outcome.needs_review


def test_missing_marks_keep_the_results_open(database: Database, class_id: int) -> None:
    attend(database, class_id)
    with (
        pytest.raises(RuleError, match="Chưa chốt được: 3 học viên thiếu điểm"),
        database.writing("Chốt") as db,
    ):
        results.finalise(db, class_id)


def test_final_results_refuse_marks_until_taken_back(database: Database, class_id: int) -> None:
    attend(database, class_id)
    mark_all(database, class_id, "7")
    with database.writing("Chốt") as db:
        results.finalise(db, class_id)
    with pytest.raises(RuleError, match="đã chốt kết quả"):
        mark_all(database, class_id, "8")
    with database.writing("Bỏ chốt") as db:
        results.unfreeze(db, class_id)
    mark_all(database, class_id, "8")
    with database.reading() as db:
        assert {row.outcome.band for row in results.result_list(db, class_id)} == {"Giỏi"}


def test_later_rules_do_not_touch_final_results(database: Database, class_id: int) -> None:
    attend(database, class_id, absences=2)
    mark_all(database, class_id, "7")
    with database.writing("Chốt") as db:
        results.finalise(db, class_id)
        before = results.result_list(db, class_id)
    with database.writing("Đổi quy tắc") as db:
        version = programmes.programme_list(db)[0].current
        stricter = ResultRule(attendance=AttendanceRule(Decimal(100)), pass_mark=Decimal(9))
        new = programmes.save_version(db, version.id, replace(version, rule=stricter))
        assert new != version.id
    with database.reading() as db:
        assert results.result_list(db, class_id) == before
        assert results.rules_of(db, class_id) == version.rule
