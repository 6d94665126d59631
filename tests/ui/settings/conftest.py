"""The settings page of the demo centre in a real window, on a fixed day."""

from datetime import date

import pytest

from app.database import Database
from app.ui import days
from app.ui.frame import MainWindow
from app.ui.settings.page import SettingsPage
from tests.ui.conftest import OpenWindow

TODAY = date(2026, 10, 15)


@pytest.fixture(autouse=True)
def _fixed_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(days, "today", lambda: TODAY)


@pytest.fixture
def window(open_window: OpenWindow, demo: Database) -> MainWindow:
    return open_window(demo, "settings")


@pytest.fixture
def page(window: MainWindow) -> SettingsPage:
    found = window.page()
    assert isinstance(found, SettingsPage)
    return found
