"""A centre with classes in every state, and the pages of this folder in a real window."""

from collections.abc import Callable
from datetime import date

import pytest

from app.database import Database
from app.services import class_tasks
from app.services.class_tasks import ClassRow
from app.terms import ClassStatus
from app.ui import days
from app.ui.frame import MainWindow
from tests.ui.conftest import OpenWindow

TODAY = date(2026, 11, 19)  # in the middle of the running class of the demo


@pytest.fixture(autouse=True)
def _fixed_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(days, "today", lambda: TODAY)


@pytest.fixture
def window(open_window: OpenWindow, demo: Database) -> MainWindow:
    return open_window(demo, "classes")


@pytest.fixture
def row_of(demo: Database) -> Callable[[ClassStatus], ClassRow]:
    """The class of the demo that is in this state."""

    def find(status: ClassStatus) -> ClassRow:
        with demo.reading() as db:
            return next(row for row in class_tasks.class_list(db) if row.status is status)

    return find
