"""A centre with classes in every state, and the pages of this folder in a real window."""

from collections.abc import Callable, Iterator
from datetime import date

import pytest
from pytestqt.qtbot import QtBot

from app.database import Database
from app.services import class_tasks
from app.services.class_tasks import ClassRow
from app.terms import ClassStatus
from app.ui.classes import days
from app.ui.classes.list_page import ClassListPage
from app.ui.classes.workspace import ClassPage
from app.ui.frame import MainWindow
from app.ui.side_bar import Place
from app.ui.tasks import TaskRunner

TODAY = date(2026, 11, 19)  # in the middle of the running class of the demo


@pytest.fixture
def centre(demo: Database) -> Database:
    """The demo centre: a planned, a running, a final and a closed class."""
    return demo


@pytest.fixture(autouse=True)
def _fixed_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(days, "today", lambda: TODAY)


@pytest.fixture
def window(qtbot: QtBot, centre: Database) -> Iterator[MainWindow]:
    made = MainWindow(
        [
            Place("classes", "Lớp học", "school", ClassListPage),
            Place("class", "Lớp", "", ClassPage, parent="classes"),
        ]
    )
    qtbot.addWidget(made)
    runner = TaskRunner()
    made.set_centre("TRUNG TÂM CHÍNH TRỊ", "Xã An Bình")
    made.resize(1366, 696)
    made.show()
    made.begin(centre, runner, "classes")
    yield made
    runner.shut_down()


@pytest.fixture
def row_of(centre: Database) -> Callable[[ClassStatus], ClassRow]:
    """The class of the demo that is in this state."""

    def find(status: ClassStatus) -> ClassRow:
        with centre.reading() as db:
            return next(row for row in class_tasks.class_list(db) if row.status is status)

    return find
