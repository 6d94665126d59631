"""Every list goes to Excel the same way: Ctrl+E, the rows and columns shown, values only."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.database import Database
from app.rules.permissions import User
from app.services import class_tasks, lecturers
from app.terms import ClassStatus, Role
from app.ui import files
from app.ui.columns import Column, date_column
from app.ui.frame import MainWindow
from app.ui.list_export import ListExport, file_name
from app.ui.table_view import TableView
from tests.ui.conftest import OpenWindow

LISTS = {
    "class_list": ("classes",),
    "student_list": ("students",),
    "lecturer_list": ("lecturers",),
    "unit_list": ("settings", "units"),
    "roll": ("class", "roll"),
    "result_list": ("class", "results"),
    "certificate_list": ("class", "certificates"),
}


@pytest.fixture
def window(open_window: OpenWindow, demo: Database) -> MainWindow:
    return open_window(demo, "classes")


def open_list(window: MainWindow, demo: Database, name: str) -> TableView[object]:
    place, *rest = LISTS[name]
    if place == "class":
        with demo.reading() as db:
            rows = class_tasks.class_list(db)
        closed = next(row.id for row in rows if row.status is ClassStatus.CLOSED)
        window.open(place, closed, *rest)
    else:
        window.open(place, *rest)
    page = window.page()
    assert page
    views = [view for view in page.findChildren(TableView) if view.isVisible()]
    return next(view for view in views if view.objectName() == name)


@pytest.mark.parametrize("name", LISTS)
def test_ctrl_e_writes_what_the_list_shows(
    window: MainWindow,
    demo: Database,
    name: str,
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with demo.writing("Thêm giảng viên") as db:
        lecturers.save_lecturer(db, lecturers.LecturerForm("Hoàng Thị Mai"))
    view = open_list(window, demo, name)
    target = tmp_path / "ra.xlsx"
    monkeypatch.setattr(files, "save_file", lambda *_args: target)
    view.setFocus()
    QTest.keyClick(view, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(target.exists)
    book = openpyxl.load_workbook(target)
    lines = [list(line) for line in book.worksheets[0].iter_rows()]
    book.close()
    assert [cell.value for cell in lines[1] if cell.value] == [
        column.heading for column in view.shown_columns()
    ]
    assert len(lines) == 2 + len(view.model_rows())
    assert all(cell.data_type != "f" for line in lines for cell in line)


def test_who_may_not_export_has_no_button(qtbot: QtBot, demo: Database, window: MainWindow) -> None:
    view = open_list(window, demo, "student_list")
    page = window.page()
    assert page
    assert ListExport(page, view, page.context, str).button.isEnabled()
    demo.sign_in(User("Quản trị", frozenset({Role.ADMIN})))
    gone = ListExport(page, view, page.context, str).button
    assert gone.isHidden()
    assert not gone.isEnabled()


def test_numbers_and_dates_stay_numbers_and_dates() -> None:
    day = date_column("Ngày", lambda row: row)
    mark = Column[Decimal]("Điểm", lambda row: f"{row}".replace(".", ","), value=lambda row: row)
    assert day.worth(date(2026, 3, 9)) == date(2026, 3, 9)
    assert mark.worth(Decimal("8.5")) == Decimal("8.5")
    assert mark.shown(Decimal("8.5")) == "8,5"


@pytest.mark.parametrize(
    ("title", "name"),
    [("Học viên: 11 người khớp “thi h”", "hoc-vien-11-nguoi-khop-thi-h"), ("…", "danh-sach")],
)
def test_the_proposed_file_name_is_plain(title: str, name: str) -> None:
    assert file_name(title) == name
