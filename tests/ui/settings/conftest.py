"""A settings page on a real file, and a window that notes what it is told."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.database import Database
from app.ui.context import Context
from app.ui.settings.page import SettingsPage
from app.ui.tasks import TaskRunner


@dataclass
class Told:
    """What the page told the window."""

    is_saved: bool = True
    toasts: list[str] = field(default_factory=list)

    def open(self, place: str, *args: object) -> bool:
        return True

    def back(self) -> None:
        return

    def saved(self) -> None:
        self.is_saved = True

    def unsaved(self) -> None:
        self.is_saved = False

    def toast(
        self, text: str, action_text: str = "", action: Callable[[], object] | None = None
    ) -> None:
        self.toasts.append(text)


@pytest.fixture
def told() -> Told:
    return Told()


@pytest.fixture
def page(qtbot: QtBot, demo: Database, told: Told) -> Iterator[SettingsPage]:
    """The settings of the demo centre, as large as in a 1366 px window."""
    window = QWidget()
    qtbot.addWidget(window)
    runner = TaskRunner(window)
    made = SettingsPage(Context(demo, runner, told))
    qtbot.addWidget(made)
    made.resize(1366 - 188, 696 - 44 - 25)
    made.show_for()
    made.reload()
    made.show()
    yield made
    runner.shut_down()
