"""Pictures of the screens of learners, beside the pictures of the design."""

from functools import partial

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from app.terms import ClassStatus
from app.ui.dialogs import Dialog
from app.ui.frame import MainWindow
from app.ui.students.page import StudentsPage
from app.ui.students.roll_tab import RollTab
from tests.ui.conftest import Screen
from tests.ui.students.conftest import ClassOf


def test_the_roll(window: MainWindow, class_of: ClassOf, screen: Screen) -> None:
    window.open("class", class_of(ClassStatus.RUNNING), "roll")
    tab = window.findChild(RollTab)
    assert isinstance(tab, RollTab)
    tab.model.set_ticked(tab.model.rows[4:7], True)
    screen(window, "04-lop-hoc-vien")
    assert tab.bar.isVisible()


def test_the_empty_roll(window: MainWindow, class_of: ClassOf, screen: Screen) -> None:
    window.open("class", class_of(ClassStatus.PLANNED), "roll")
    screen(window, "21-lop-chua-co-hoc-vien")
    shown = [each.text() for each in window.findChildren(QLabel) if each.isVisible()]
    assert "Lớp chưa có học viên" in shown


def test_people(qtbot: QtBot, window: MainWindow, screen: Screen) -> None:
    window.open("students")
    page = window.page()
    assert isinstance(page, StudentsPage)
    QTest.keyClicks(page.search, "thi h")
    count = page.findChild(QLabel, "student_count")
    assert count
    qtbot.waitUntil(lambda: "“thi h”" in count.text())
    screen(window, "12-hoc-vien")


def test_the_dialogs(
    window: MainWindow, class_of: ClassOf, screen: Screen, monkeypatch: pytest.MonkeyPatch
) -> None:
    window.open("class", class_of(ClassStatus.RUNNING), "roll")
    tab = window.findChild(RollTab)
    assert isinstance(tab, RollTab)
    shown: list[str] = []

    def look(dialog: Dialog) -> int:
        dialog.show()
        screen(dialog, f"hoc-vien-{dialog.objectName() or 'form'}")
        shown.append(dialog.objectName())
        dialog.hide()
        return 0

    monkeypatch.setattr(Dialog, "exec", look)
    tab.acts.add()
    tab.acts.pick(tab.model.rows)
    tab.acts.edit(tab.model.rows[0])
    tab.acts.change_period(tab.model.rows[:1])
    assert shown == ["add_student", "pick_student", "", "period_dialog"]


def test_a_narrow_window_loses_no_words(
    qtbot: QtBot, window: MainWindow, class_of: ClassOf
) -> None:
    """1366×768 at 125 % is 1093 logical pixels wide."""
    window.open("students")
    window.resize(1093, 614)
    for place in (("class", class_of(ClassStatus.RUNNING), "roll"), ("students",)):
        window.open(*place)
        shown = window.page()
        assert shown is not None
        qtbot.waitUntil(partial(fits, shown))


def fits(page: QWidget) -> bool:
    return page.width() <= 1093 and page.minimumSizeHint().width() <= page.width()
