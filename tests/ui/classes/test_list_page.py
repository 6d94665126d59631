"""The class list: filters, counts, and where Enter leads."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.services.class_tasks import ClassRow
from app.terms import ClassStatus
from app.ui.classes.list_page import ClassListPage
from app.ui.classes.workspace import ClassPage
from app.ui.frame import MainWindow


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
