"""The wizard in a real window on the demo centre, and files as units send them."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.database import Database
from app.services import class_tasks
from app.terms import ClassStatus
from app.ui import days
from app.ui.frame import MainWindow
from app.ui.imports.page import CHECK, DONE, ENTER, MAP, ImportPage
from tests.ui.conftest import OpenWindow
from tests.ui.students.conftest import TODAY
from tests.ui.students.rosters import doubtful_people, write_roster

ToStep = Callable[[ImportPage, int], None]


@pytest.fixture(autouse=True)
def _fixed_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(days, "today", lambda: TODAY)


@pytest.fixture
def window(open_window: OpenWindow, demo: Database) -> MainWindow:
    return open_window(demo, "classes")


@pytest.fixture
def class_id(demo: Database) -> int:
    with demo.reading() as db:
        rows = class_tasks.class_list(db)
    return next(row.id for row in rows if row.status is ClassStatus.PLANNED)


@pytest.fixture
def to_step(qtbot: QtBot) -> ToStep:
    """Press the primary button until a step is reached."""

    def go(page: ImportPage, step: int) -> None:
        while page.stack.currentIndex() != step:
            before = page.stack.currentIndex()
            page.act.click()
            qtbot.waitUntil(lambda: page.stack.currentIndex() != before, timeout=60_000)  # noqa: B023

    return go


Open = Callable[[Path], ImportPage]


@pytest.fixture
def page(window: MainWindow, class_id: int) -> ImportPage:
    """The wizard at its first step."""
    window.open("import", class_id)
    shown = window.page()
    assert isinstance(shown, ImportPage)
    return shown


@pytest.fixture
def mapped(qtbot: QtBot, window: MainWindow, class_id: int) -> Open:
    """Open a file at its columns."""

    def open_file(path: Path) -> ImportPage:
        window.open("import", class_id, path)
        shown = window.page()
        assert isinstance(shown, ImportPage)
        qtbot.waitUntil(lambda: shown.stack.currentIndex() == MAP, timeout=60_000)
        return shown

    return open_file


@pytest.fixture
def checked(mapped: Open, to_step: ToStep, window: MainWindow, qtbot: QtBot) -> Open:
    """Open a file at the check of its lines."""

    def open_file(path: Path) -> ImportPage:
        shown = mapped(path)
        to_step(shown, CHECK)
        window.activateWindow()  # a progress dialog may have had the keyboard meanwhile
        qtbot.waitUntil(lambda: QApplication.activeWindow() is window)
        return shown

    return open_file


@pytest.fixture
def doubtful(checked: Open, demo: Database, tmp_path: Path) -> ImportPage:
    """The check of a file with new, known, wrong and questionable people."""
    return checked(write_roster(tmp_path / "ds.xlsx", doubtful_people(demo)))


@pytest.fixture
def finish(to_step: ToStep) -> Callable[[ImportPage], None]:
    """Bring the good lines in."""

    def go(page: ImportPage) -> None:
        to_step(page, ENTER)
        to_step(page, DONE)

    return go
