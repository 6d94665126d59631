"""The demo centre in a real window with the places of learners."""

from collections.abc import Callable
from datetime import date

import pytest

from app.database import Database
from app.services import class_tasks
from app.terms import ClassStatus
from app.ui import days
from app.ui.frame import MainWindow
from tests.ui.conftest import OpenWindow

TODAY = date(2026, 11, 19)  # in the middle of the running class of the demo
ClassOf = Callable[[ClassStatus], int]


@pytest.fixture(autouse=True)
def _fixed_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(days, "today", lambda: TODAY)


@pytest.fixture
def window(open_window: OpenWindow, demo: Database) -> MainWindow:
    return open_window(demo, "classes")


@pytest.fixture
def class_of(demo: Database) -> ClassOf:
    """The id of the demo's class in a state."""

    def find(status: ClassStatus) -> int:
        with demo.reading() as db:
            return next(row.id for row in class_tasks.class_list(db) if row.status is status)

    return find
