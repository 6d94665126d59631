"""The settings page of the demo centre in a real window, on a fixed day."""

from collections.abc import Iterator
from datetime import date

import pytest
from pytestqt.qtbot import QtBot

from app.database import Database
from app.ui.frame import MainWindow
from app.ui.settings import proposals
from app.ui.settings.page import SettingsPage
from app.ui.side_bar import Place
from app.ui.tasks import TaskRunner

TODAY = date(2026, 10, 15)


@pytest.fixture(autouse=True)
def _fixed_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(proposals, "today", lambda: TODAY)


@pytest.fixture
def window(qtbot: QtBot, demo: Database) -> Iterator[MainWindow]:
    made = MainWindow([Place("settings", "Cài đặt", "settings", SettingsPage)])
    qtbot.addWidget(made)
    runner = TaskRunner()
    made.set_centre("TRUNG TÂM CHÍNH TRỊ", "Xã An Bình")
    made.resize(1366, 696)
    made.show()
    made.begin(demo, runner, "settings")
    yield made
    runner.shut_down()


@pytest.fixture
def page(window: MainWindow) -> SettingsPage:
    found = window.page()
    assert isinstance(found, SettingsPage)
    return found
