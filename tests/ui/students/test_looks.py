"""Pictures of the screens of learners, beside the pictures of the design."""

from PySide6.QtTest import QTest

from app.database import Database
from app.terms import ClassStatus
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


def test_people(window: MainWindow, screen: Screen) -> None:
    window.open("students")
    page = window.page()
    assert isinstance(page, StudentsPage)
    QTest.keyClicks(page.search, "thi h")
    QTest.qWait(200)
    screen(window, "12-hoc-vien")
