"""Every screen of the real window with the demo centre: drawn by `make screens`, always measured.

1366×696 is what a clerk has on most machines, 1093×614 the same screen at 125 %.
"""

from collections.abc import Iterator
from datetime import date
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.database import Database
from app.services import class_tasks
from app.terms import ClassStatus
from app.ui import days
from app.ui.classes.head import TABS
from app.ui.dialogs import Dialog
from app.ui.first_run import wizard
from app.ui.frame import MainWindow
from app.ui.imports.page import CHECK, DONE, ENTER, MAP, ImportPage
from tests.journeys import geometry
from tests.journeys.clerk import Clerk
from tests.ui.conftest import Screen
from tests.ui.students.rosters import doubtful_people, write_roster

TODAY = date(2026, 11, 19)  # in the middle of the running class of the demo
STATES = (ClassStatus.PLANNED, ClassStatus.RUNNING, ClassStatus.FINALISED, ClassStatus.CLOSED)
SIZES = [(1366, 696), (1093, 614)]
DIALOGS = (  # where it stands, state of the class, button that opens it
    ("classes", None, "new_class"),
    ("timetable", ClassStatus.RUNNING, "add_session"),
    ("roll", ClassStatus.RUNNING, "add_learner"),
    ("roll", ClassStatus.RUNNING, "pick_known"),
    ("certificates", ClassStatus.FINALISED, "decision"),
    ("certificates", ClassStatus.FINALISED, "issue"),
    ("certificates", ClassStatus.CLOSED, "print_register"),
    ("dossier", ClassStatus.FINALISED, "write_report"),
    ("students", None, "add_person"),
    ("lecturers", None, "add_lecturer"),
    ("signatories", None, "new_signatory"),
    ("programmes", None, "new_programme"),
)

pytestmark = pytest.mark.parametrize("size", SIZES, ids=str)


class Gallery:
    """The window at one size; keeps what was wrong with each screen."""

    def __init__(self, clerk: Clerk, demo: Database, size: tuple[int, int], screen: Screen) -> None:
        self.clerk = clerk
        self.demo = demo
        self.size = geometry.client(*size)
        self.suffix = f"{size[0]}"
        self.faults: list[str] = []
        self._screen = screen
        self.window: MainWindow = clerk.start(*size)
        clerk.begin(demo)

    def open(self, place: str, status: ClassStatus | None = None) -> str:
        """Go to a place, a tab of the class in a state, or a section of the settings."""
        if status:
            with self.demo.reading() as db:
                rows = class_tasks.class_list(db)
            class_id = next(row.id for row in rows if row.status is status)
            self.window.open("class", class_id, place)
        elif place in ("centre", "signatories", "programmes"):
            self.window.open("settings", place)
        else:
            self.window.open(place)
        self.clerk.settle()
        QApplication.processEvents()
        return f"{place}-{status.value}" if status else place

    def look(self, name: str) -> None:
        """Draw the window and measure it."""
        self._screen(self.window, f"man-{name}-{self.suffix}")
        self._note(name, geometry.grown(self.window, self.size))
        self._note(name, geometry.cut(self.window))
        self._note(name, geometry.scrolled(self.window))
        self._note(name, geometry.without_tab(self.window))

    def look_at(self, dialog: QWidget, name: str) -> None:
        """Draw an open dialog and measure it."""
        QApplication.processEvents()
        self._screen(dialog, f"hop-{name}-{self.suffix}")
        self._note(name, geometry.cut(dialog))
        self._note(name, geometry.too_high(dialog, self.window))

    def _note(self, name: str, faults: Iterator[str]) -> None:
        self.faults += [f"{name}: {fault}" for fault in faults]


@pytest.fixture(autouse=True)
def _fixed_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(days, "today", lambda: TODAY)


@pytest.fixture
def gallery(clerk: Clerk, demo: Database, size: tuple[int, int], screen: Screen) -> Gallery:
    return Gallery(clerk, demo, size, screen)


@pytest.mark.parametrize("status", STATES, ids=lambda status: str(status.value))
def test_every_tab_of_a_class(gallery: Gallery, status: ClassStatus) -> None:
    for tab in TABS:
        gallery.look(gallery.open(tab, status))
    assert not gallery.faults


def test_every_place(gallery: Gallery) -> None:
    for place in ("classes", "students", "lecturers", "centre", "signatories", "programmes"):
        gallery.look(gallery.open(place))
    assert not gallery.faults


def test_every_step_of_an_import(gallery: Gallery, qtbot: QtBot, tmp_path: Path) -> None:
    path = write_roster(tmp_path / "Danh sach.xlsx", doubtful_people(gallery.demo))
    gallery.open("roll", ClassStatus.RUNNING)
    with gallery.demo.reading() as db:
        rows = class_tasks.class_list(db)
    class_id = next(row.id for row in rows if row.status is ClassStatus.RUNNING)
    gallery.window.open("import", class_id)
    gallery.look("nhap-chon-tep")
    gallery.window.open("import", class_id, path)
    page = gallery.clerk.page(ImportPage)
    qtbot.waitUntil(lambda: page.stack.currentIndex() == MAP)
    gallery.look("nhap-ghep-cot")
    for step, name in ((CHECK, "nhap-kiem-tra"), (ENTER, "nhap-ghi"), (DONE, "nhap-tong-ket")):
        page.act.click()
        qtbot.waitUntil(lambda: page.stack.currentIndex() == step)  # noqa: B023 - waited for here
        gallery.look(name)
    assert not gallery.faults


def test_every_dialog(gallery: Gallery) -> None:
    for place, status, name in DIALOGS:
        gallery.open(place, status)
        see = partial(_see, gallery, name)
        gallery.clerk.answer(see)
        _press(gallery.window, name)
        gallery.clerk.wait(gallery.clerk.answered)
        gallery.clerk.settle()
    assert not gallery.faults


def test_every_step_of_the_first_run(
    clerk: Clerk, size: tuple[int, int], screen: Screen, demo: Database, tmp_path: Path
) -> None:
    gallery = Gallery(clerk, demo, size, screen)

    def walk(wizard: Dialog) -> None:
        typed = ("", "Trung tâm Chính trị xã An Bình", "Hoàng Văn Tuấn", "", "", "")
        for step, text in enumerate(typed, 1):
            if step > 1:
                clerk.press("Ctrl+Return")
            clerk.type(text)
            gallery.look_at(wizard, f"lan-dau-{step}")
        wizard.done(0)

    clerk.answer(walk)
    assert wizard.run(gallery.window, tmp_path / "moi.sqlite") is None
    assert not gallery.faults


def _see(gallery: Gallery, name: str, dialog: Dialog) -> None:
    """Look at a dialog and leave it without writing."""
    gallery.look_at(dialog, name)
    dialog.done(0)


def _press(window: QWidget, name: str) -> None:
    """Press the visible button of this name."""
    found = [each for each in window.findChildren(QPushButton, name) if each.isVisible()]
    assert found, name
    assert found[0].isEnabled(), name
    found[0].click()
