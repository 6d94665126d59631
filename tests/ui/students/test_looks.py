"""Pictures of the screens of learners, beside the pictures of the design."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from app.database import Database
from app.terms import ClassStatus
from app.ui.dialogs import Dialog
from app.ui.frame import MainWindow
from app.ui.students.import_page import CHECK, DONE, ImportPage
from app.ui.students.page import StudentsPage
from app.ui.students.roll_tab import RollTab
from tests.ui.conftest import Screen
from tests.ui.students.conftest import ClassOf
from tests.ui.students.rosters import doubtful_people, write_roster


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


def test_people(window: MainWindow, screen: Screen) -> None:
    window.open("students")
    page = window.page()
    assert isinstance(page, StudentsPage)
    QTest.keyClicks(page.search, "thi h")
    QTest.qWait(200)
    screen(window, "12-hoc-vien")


def test_the_check_and_the_summary_of_an_import(
    qtbot: QtBot,
    window: MainWindow,
    class_of: ClassOf,
    demo: Database,
    tmp_path: Path,
    screen: Screen,
) -> None:
    class_id = class_of(ClassStatus.PLANNED)
    path = write_roster(tmp_path / "Danh sach HV NTVD K3 (gui lai).xlsx", doubtful_people(demo))
    window.open("import", class_id)
    screen(window, "09-nhap-excel-chon-tep")
    window.open("import", class_id, path)
    page = window.page()
    assert isinstance(page, ImportPage)
    qtbot.waitUntil(lambda: page.stack.currentIndex() == CHECK)
    page.check.view.select_key(5)
    screen(window, "10-nhap-excel-loi")
    QTest.keyClick(page.check.view, Qt.Key.Key_F8)
    QTest.keyClick(page.check.view, Qt.Key.Key_F8)
    screen(window, "10-nhap-excel-kiem-tra")
    page.act.click()
    qtbot.waitUntil(lambda: page.stack.currentIndex() == DONE)
    screen(window, "11-nhap-excel-tong-ket")


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
    qtbot: QtBot,
    window: MainWindow,
    class_of: ClassOf,
    demo: Database,
    tmp_path: Path,
    screen: Screen,
) -> None:
    """1366×768 at 125 % is 1093 logical pixels wide."""
    path = write_roster(tmp_path / "ds.xlsx", doubtful_people(demo))
    window.open("import", class_of(ClassStatus.PLANNED), path)
    page = window.page()
    assert isinstance(page, ImportPage)
    qtbot.waitUntil(lambda: page.stack.currentIndex() == CHECK)
    window.resize(1093, 614)
    QTest.qWait(20)
    screen(window, "10-nhap-excel-kiem-tra-1093")
    for place in (("class", class_of(ClassStatus.RUNNING), "roll"), ("students",), None):
        shown = window.page()
        assert shown is not None
        assert shown.minimumSizeHint().width() <= shown.width()
        if place:
            window.open(*place)
            QTest.qWait(20)
