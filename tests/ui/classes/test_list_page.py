"""The class list: filters, counts, and where Enter leads."""

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.database import Database
from app.services.class_tasks import ClassRow
from app.terms import ClassStatus
from app.ui.classes.list_page import ClassListPage
from app.ui.classes.open_dialog import OpenClassDialog
from app.ui.classes.workspace import ClassPage
from app.ui.fields import TextField
from app.ui.frame import MainWindow
from tests.ui.conftest import OpenWindow


def list_page(window: MainWindow) -> ClassListPage:
    page = window.page()
    assert isinstance(page, ClassListPage)
    return page


def test_the_list_shows_every_class_of_the_year(
    window: MainWindow, screen: Callable[[QWidget, str], None]
) -> None:
    page = list_page(window)
    assert len(page.model.shown) == 4
    screen(window, "02-danh-sach-lop")


def test_status_counts_follow_year_and_programme(window: MainWindow) -> None:
    page = list_page(window)
    page.programme.set_key("Nhận thức về Đảng")
    page.programme.chosen.emit(page.programme.key())
    assert {row.programme for row in page.model.shown} == {"Nhận thức về Đảng"}
    page.status.choose(ClassStatus.CLOSED)
    assert not page.model.shown


def test_text_is_found_without_accents(window: MainWindow, qtbot: QtBot) -> None:
    page = list_page(window)
    QTest.keyClicks(page.search, "khoa iii")
    qtbot.waitUntil(lambda: len(page.model.shown) == 1)
    assert page.model.shown[0].status is ClassStatus.PLANNED


def test_a_filter_that_finds_nothing_says_so_and_can_be_dropped(
    window: MainWindow, qtbot: QtBot
) -> None:
    page = list_page(window)
    page.search.setText("không có")
    qtbot.waitUntil(lambda: not page.model.shown)
    page.clear_filters()
    assert len(page.model.shown) == 4


def test_enter_opens_the_tab_of_the_next_task(
    window: MainWindow, qtbot: QtBot, row_of: Callable[[ClassStatus], ClassRow]
) -> None:
    page = list_page(window)
    planned = row_of(ClassStatus.PLANNED)
    page.view.select_key(planned.id)
    QTest.keyClick(page.view, Qt.Key.Key_Return)
    opened = window.page()
    assert isinstance(opened, ClassPage)
    assert planned.task
    assert (opened.class_id, opened.head.key()) == (planned.id, planned.task.tab)


def test_opening_a_class_leads_to_its_first_task(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = list_page(window)

    def fill(dialog: OpenClassDialog) -> int:
        for name, words in (("starts_on", "7/12/2026"), ("decision_number", "40-QĐ/TTCT")):
            line = dialog.form.field(name)
            assert isinstance(line, TextField)
            line.line.setText(words)
            line.line.editingFinished.emit()
        dialog.form.field("decision_date").fill(date(2026, 12, 1))
        assert dialog.form.submit()
        return QDialog.DialogCode.Accepted

    monkeypatch.setattr(OpenClassDialog, "exec", fill)
    page.open_new()
    opened = window.page()
    assert isinstance(opened, ClassPage)
    assert opened.head.key() == "roll"
    window.open("classes")
    assert len(page.model.rows) == 5


def test_a_centre_without_classes_is_shown_the_way(
    open_window: OpenWindow, database: Database, screen: Callable[[QWidget, str], None]
) -> None:
    window = open_window(database, "classes")
    page = list_page(window)
    assert [one.isVisible() for one in page.findChildren(QPushButton, "new_first_class")] == [True]
    assert not page.search.isVisible()
    screen(window, "02-chua-co-lop")


def test_copied_rows_are_what_excel_takes(window: MainWindow) -> None:
    page = list_page(window)
    page.view.selectRow(1)
    cells = page.view.as_text().split("\t")
    assert cells[0] == "Nhận thức về Đảng, khóa II/2026"
    assert cells[2:6] == ["16/11 – 20/11/2026", "Đang học", "42", "7/10"]
