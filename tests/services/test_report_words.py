"""What the closing report must not say: nothing unknown, nothing twice, no date nobody wrote."""

import datetime
from dataclasses import replace
from decimal import Decimal

import pytest

from app.database import Database
from app.printing.closing_report import ClosingReportSheet, DataTable, RunIn
from app.services import (
    attendance,
    certificates,
    class_tasks,
    classes,
    enrolment,
    papers,
    reports,
    results,
    students,
    timetable,
)
from app.services.class_tasks import Figures
from app.services.classes import DecisionForm
from app.services.report_form import ReportForm
from app.services.students import StudentForm
from app.terms import ClassStatus, CompletionDocument, DecisionKind


def words_of(sheet: ClosingReportSheet) -> str:
    return " ".join(item.text for item in sheet.items if isinstance(item, RunIn))


def captions(sheet: ClosingReportSheet) -> list[str]:
    items = [*sheet.items, *(item for annex in sheet.annexes for item in annex.items)]
    return [item.caption[:7] for item in items if isinstance(item, DataTable)]


def report(database: Database, class_id: int) -> ClosingReportSheet:
    with database.reading() as db:
        return reports.closing_report_sheet(db, class_id)


def test_a_report_without_a_day_leaves_room_for_it(database: Database, class_id: int) -> None:
    sheet = report(database, class_id)
    assert sheet.letterhead.place_and_date == "An Bình, ngày …… tháng …… năm 2026"
    with database.writing("Ghi ngày") as db:
        reports.save_report(db, class_id, ReportForm("15", datetime.date(2026, 3, 20)))
    sheet = report(database, class_id)
    assert sheet.letterhead.place_and_date == "An Bình, ngày 20 tháng 3 năm 2026"


@pytest.mark.parametrize("number", ["²", "15a", "15-BC/TTCT"])
def test_a_number_that_is_no_plain_number_is_printed_as_typed(
    database: Database, class_id: int, number: str
) -> None:
    with database.writing("Ghi số") as db:
        reports.save_report(db, class_id, ReportForm(number))
    assert report(database, class_id).letterhead.number == f"Số {number}"


def test_before_anybody_is_marked_nothing_is_said_of_discipline(
    database: Database, class_id: int
) -> None:
    words = words_of(report(database, class_id))
    assert "Không có học viên nào vắng quá mức" not in words
    assert "–%" not in words
    with database.writing("Điểm danh") as db:
        for session in timetable.session_list(db, class_id):
            attendance.mark_rest_present(db, class_id, session.id)
    assert "Không có học viên nào vắng quá mức" in words_of(report(database, class_id))


def test_an_empty_class_has_no_shares_in_its_sentences(demo: Database) -> None:
    assert "–%" not in words_of(report(demo, 4))


def test_a_unit_in_other_capitals_is_one_unit_and_another_tone_is_not(
    database: Database, class_id: int
) -> None:
    with database.writing("Thêm") as db:
        for name, unit in (("Lò Văn A", "TRẠM Y TẾ"), ("Lò Văn B", "Trạm Y Tê")):
            enrolment.register(db, class_id, StudentForm(name, unit=unit))
    annex = report(database, class_id).annexes[0]
    table = next(item for item in annex.items if isinstance(item, DataTable))
    counts = {row[1].casefold(): row[2] for row in table.rows}
    assert (counts["trạm y tế"], counts["trạm y tê"]) == ("2", "1")


def test_tables_are_numbered_without_a_gap(database: Database, class_id: int) -> None:
    assert captions(report(database, class_id)) == ["Bảng 1.", "Bảng 2.", "Bảng 3.", "Bảng 4."]
    with database.writing("Một đơn vị") as db:
        for row in enrolment.class_roll(db, class_id):
            form = students.student_detail(db, row.student_id).form
            enrolment.correct(db, row.enrolment_id, replace(form, unit="Công an xã"))
    assert captions(report(database, class_id)) == ["Bảng 1.", "Bảng 2.", "Bảng 3."]


def test_the_register_keeps_the_birth_that_was_printed(database: Database, class_id: int) -> None:
    with database.writing("Cấp số") as db:
        for session in timetable.session_list(db, class_id):
            attendance.mark_rest_present(db, class_id, session.id)
        for row in results.result_list(db, class_id):
            results.save_mark(db, class_id, row.enrolment_id, Decimal(8))
        results.finalise(db, class_id)
        decision = DecisionForm("12-QĐ/TTCT", datetime.date(2026, 3, 14))
        classes.record_decision(db, class_id, DecisionKind.RECOGNITION, decision)
        learners = [row.enrolment_id for row in certificates.certificate_list(db, class_id)]
        certificates.issue(db, class_id, learners, datetime.date(2026, 3, 16))
        before = papers.register_sheet(db, class_id).rows
    with database.writing("Sửa người") as db:
        for learner in enrolment.class_roll(db, class_id):
            students.save_student(db, StudentForm("Lò Thị Khác"), learner.student_id)
        after = papers.register_sheet(db, class_id).rows
    assert [row.born for row in before] == ["1985", "05/9/2002", "01/3/2005"]
    assert [(row.full_name, row.born) for row in after] == [
        (row.full_name, row.born) for row in before
    ]


def test_a_diploma_programme_does_not_wait_for_certificates() -> None:
    figures = Figures(learners=3, qualified=3)
    task = class_tasks.next_task(
        ClassStatus.FINALISED, figures, CompletionDocument.DIPLOMA, is_assessed=True
    )
    assert task
    assert task.text == "Thiếu báo cáo tổng kết"


def test_what_is_not_known_is_not_counted_as_none(database: Database, class_id: int) -> None:
    first = next(item for item in report(database, class_id).items if isinstance(item, DataTable))
    names = [row[1] for row in first.rows]
    assert "Học viên nữ" in names
    assert "Học viên là người dân tộc thiểu số" not in names
    with database.writing("Thêm") as db:
        enrolment.register(db, class_id, StudentForm("Lò Văn A", ethnicity="Thái"))
    first = next(item for item in report(database, class_id).items if isinstance(item, DataTable))
    rows = {row[1]: row[2] for row in first.rows}
    assert rows["Học viên là người dân tộc thiểu số"] == "1"
    assert rows["Học viên chưa rõ dân tộc"] == "3"
    assert rows["Học viên chưa rõ giới tính"] == "1"
