"""Pages and widgets are tested without a display, in the real look."""

import contextlib
import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.database import Database
from app.services import accounts
from app.ui import days, dialogs, theme
from app.ui.context import Context
from app.ui.frame import MainWindow
from app.ui.places import all_places
from app.ui.tasks import TaskRunner
from tests.ui import classroom
from tests.ui.answering import unanswered

Screen = Callable[[QWidget, str], None]
At = Callable[[str], Context]
OpenWindow = Callable[..., MainWindow]
_PATIENCE_MS = 5000


@contextlib.contextmanager
def cheap_hashes() -> Iterator[None]:
    """A real hash takes a tenth of a second; tests/services/test_accounts.py tests real ones."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(accounts, "COST", 4)
        yield


@pytest.fixture(autouse=True)
def _cheap_hashes() -> Iterator[None]:
    with cheap_hashes():
        yield


@pytest.fixture(autouse=True)
def _no_key_is_held(themed: QApplication) -> None:
    """QTest leaves Ctrl and Shift pressed for whatever comes next; people let go."""
    QTest.keyRelease(QWidget(), Qt.Key.Key_Control)


@pytest.fixture(autouse=True)
def _every_expected_dialog_opens() -> Iterator[None]:
    yield
    assert not unanswered()


@pytest.fixture(scope="session")
def qapp_args() -> list[str]:
    return ["tests", *theme.STYLE_ARGUMENTS]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whatever draws a picture is part of `make screens`."""
    for item in items:
        if "screen" in getattr(item, "fixturenames", ()):
            item.add_marker("screens")


@pytest.fixture(scope="session")
def themed(qapp: QApplication) -> QApplication:
    theme.apply(qapp)
    theme.complete(qapp)
    return qapp


@pytest.fixture(autouse=True)
def _real_look(themed: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every test has the theme, and a folder of its own for what the window remembers."""
    monkeypatch.setenv("SOLOP_DATA", str(tmp_path / "habits"))


@pytest.fixture(autouse=True)
def _no_forgotten_dialog(themed: QApplication) -> Iterator[None]:
    """A modal dialog nobody answers fails the test instead of stopping the run."""
    forgotten: list[str] = []
    seen: list[QWidget | None] = [None]

    def close_it() -> None:
        before, seen[0] = seen[0], themed.activeModalWidget()
        if seen[0] and seen[0] is before:  # the progress of slow work comes and goes
            forgotten.append(seen[0].windowTitle())
            seen[0].close()

    timer = QTimer()
    timer.timeout.connect(close_it)
    timer.start(_PATIENCE_MS)
    yield
    timer.stop()
    assert not forgotten


@pytest.fixture
def open_window(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[OpenWindow]:
    """Open the window as people meet it: all places, the usual screen, the keyboard in it."""
    runners: list[TaskRunner] = []

    def ask_nobody(_window: QWidget) -> None:
        monkeypatch.setattr(dialogs, "ask_unsaved", lambda _parent: "drop")

    def show(database: Database, first: str, runner: TaskRunner | None = None) -> MainWindow:
        made = MainWindow(all_places())
        qtbot.addWidget(made, before_close_func=ask_nobody)
        made.set_centre("TRUNG TÂM CHÍNH TRỊ", "Xã An Bình")
        made.resize(1366, 696)
        with qtbot.waitActive(made):
            made.show()
            made.activateWindow()
        runners.append(runner or TaskRunner())
        made.begin(database, runners[-1], first)
        return made

    yield show
    for each in runners:
        each.shut_down()


@pytest.fixture
def window(qtbot: QtBot) -> MainWindow:
    """The active window before a file is open; folders of pages have one with data."""
    made = MainWindow(all_places())
    qtbot.addWidget(made)
    made.resize(1366, 696)
    with qtbot.waitActive(made):
        made.show()
    return made


@pytest.fixture
def screen(themed: QApplication) -> Screen:
    """Draw a widget into build/screens/NAME.png when SOLOP_SCREENS is set (make screens)."""

    def save(widget: QWidget, name: str) -> None:
        themed.processEvents()
        if os.environ.get("SOLOP_SCREENS"):
            folder = Path("build/screens")
            folder.mkdir(parents=True, exist_ok=True)
            widget.grab().save(str(folder / f"{name}.png"))

    return save


@pytest.fixture(scope="session")
def stage_file(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """A file at a stage, made once."""
    made: dict[str, Path] = {}

    def find(stage: str) -> Path:
        if stage not in made:
            path = tmp_path_factory.mktemp("classroom") / f"{stage}.sqlite"
            made[stage] = classroom.build(path, stage)
        return made[stage]

    return find


@pytest.fixture
def context_at(
    qapp: QApplication,
    tmp_path: Path,
    stage_file: Callable[[str], Path],
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[At]:
    """The context around a class at a stage of its life."""
    monkeypatch.setattr(days, "today", lambda: classroom.TODAY)
    databases: list[Database] = []
    runner = TaskRunner()

    def open_at(stage: str) -> Context:
        path = tmp_path / f"{stage}.sqlite"
        shutil.copy(stage_file(stage), path)
        databases.append(classroom.opened(path))
        return Context(databases[-1], runner, classroom.Window())

    yield open_at
    runner.shut_down()
    for each in databases:
        each.close()
