"""The closing report: its tables add up, its figures are those of the lists, closing freezes it."""

import datetime
from dataclasses import replace
from decimal import Decimal

import pytest

from app.database import Database
from app.errors import RuleError
from app.printing.closing_report import ClosingReportSheet, DataTable, RunIn
from app.services import attendance, centre, enrolment, reports, results
from app.services.report_form import ReportForm
from app.terms import DocumentFamily, Verdict


def tables(sheet: ClosingReportSheet) -> dict[str, DataTable]:
    items = [*sheet.items, *(item for annex in sheet.annexes for item in annex.items)]
    return {item.caption[:6]: item for item in items if isinstance(item, DataTable)}


def number(text: str) -> Decimal:
    return Decimal(text.replace(",", "."))


@pytest.fixture
def sheet(demo: Database) -> ClosingReportSheet:
    with demo.reading() as db:
        return reports.closing_report_sheet(db, 1)


def test_the_classification_column_adds_up(sheet: ClosingReportSheet) -> None:
    rows = tables(sheet)["Bảng 2"].rows
    assert sum(number(row[3]) for row in rows[:-1]) == Decimal("100.0")
    assert sum(int(row[2]) for row in rows[:-1]) == int(rows[-1][2])


@pytest.mark.parametrize("partition", ["Độ tuổi", "Trình độ chuyên môn"])
def test_every_partition_of_the_learners_adds_up(sheet: ClosingReportSheet, partition: str) -> None:
    table = tables(sheet)["Bảng 1"]
    rows = [row for row in table.rows if row[1].startswith(partition)]
    assert sum(int(row[2]) for row in rows) == int(table.rows[0][2])
    assert sum(number(row[3]) for row in rows) == Decimal("100.0")


def test_the_units_add_up_to_the_classification(sheet: ClosingReportSheet) -> None:
    by_unit, outcomes = tables(sheet)["Bảng 3"], tables(sheet)["Bảng 2"]
    *rows, total = by_unit.rows
    for column in range(2, len(total)):
        assert sum(int(row[column]) for row in rows) == int(total[column])
    assert [row[2] for row in outcomes.rows[:-1]] == list(total[3:])


def test_the_counts_are_those_of_the_lists(demo: Database, sheet: ClosingReportSheet) -> None:
    with demo.reading() as db:
        roll = enrolment.class_roll(db, 1)
        marks = attendance.grid(db, 1).marks.values()
        passed = [row for row in results.result_list(db, 1) if row.outcome.qualifies]
    words = " ".join(item.text for item in sheet.items if isinstance(item, RunIn))
    present = sum(mark.is_present for mark in marks)
    assert f"tham gia lớp học là {len(roll)} đồng chí" in words
    assert f"có mặt {present:,} lượt".replace(",", ".") in words
    assert f"đạt yêu cầu {len(passed)} đồng chí" in words


def test_who_was_too_often_away_is_named_with_the_reason(
    demo: Database, sheet: ClosingReportSheet
) -> None:
    with demo.reading() as db:
        away = [
            row for row in results.result_list(db, 1) if row.outcome.verdict is Verdict.TOO_ABSENT
        ]
    assert away
    words = " ".join(item.text for item in sheet.items if isinstance(item, RunIn))
    assert all(row.full_name in words for row in away)


def test_a_closed_class_prints_what_it_printed_then(demo: Database) -> None:
    with demo.reading() as db:
        before = reports.closing_report_sheet(db, 1)
        form = centre.latest(db)
    with demo.writing("Đổi tên trung tâm") as db:
        centre.save(db, replace(form, name="Trung tâm Chính trị phường Mới"))
    with demo.reading() as db:
        assert reports.closing_report_sheet(db, 1) == before


def test_the_state_family_numbers_and_signs_its_own_way(demo: Database) -> None:
    with demo.writing("Đổi mẫu") as db:
        form = centre.latest(db)
        centre.save(db, replace(form, document_family=DocumentFamily.STATE))
        reports.save_report(db, 3, ReportForm(number="9", signed_on=datetime.date(2026, 9, 20)))
        sheet = reports.closing_report_sheet(db, 3)
    assert sheet.letterhead.number == "Số: 09/BC-TTCT"
    assert sheet.recipients[-1] == "- Lưu: VT."


def test_a_class_without_learners_has_a_report_without_figures(demo: Database) -> None:
    with demo.reading() as db:
        sheet = reports.closing_report_sheet(db, 4)
    assert tables(sheet)["Bảng 1"].rows[0][2:] == ("0", "–")
    assert {row[3] for row in tables(sheet)["Bảng 2"].rows} == {"–"}


def test_a_class_is_not_closed_before_its_papers_are_done(demo: Database) -> None:
    with pytest.raises(RuleError) as refused, demo.writing("Bế giảng") as db:
        reports.close_class(db, 3, datetime.date(2026, 9, 20))
    assert "0/" in str(refused.value)
    assert "báo cáo tổng kết chưa có số" in str(refused.value)
