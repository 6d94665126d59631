"""The whole window in the hands of one role."""

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.rules.permissions import User
from app.services import lecturers, timetable
from app.services.lecturers import LecturerForm
from app.terms import Role
from app.ui.context import Context
from app.ui.frame import MainWindow
from app.ui.places import FIRST, all_places
from tests.ui import classroom

NAMES = {
    Role.CLERK: "Hoàng Thị Mai",
    Role.LECTURER: "Vũ Thị Thu Hằng",
    Role.DIRECTOR: "Hoàng Văn Tuấn",
    Role.ADMIN: "Nông Thị Hiền",
}
OWN = (3, 4)  # numbers of the sessions the lecturer teaches
LECTURER = 1
OpenAs = Callable[..., MainWindow]


@pytest.fixture
def window_as(qtbot: QtBot, context_at: Callable[[str], Context]) -> OpenAs:
    """Open the program as somebody, with the class at a stage; `read_only` is why."""

    def show(role: Role, stage: str = "running", read_only: str = "") -> MainWindow:
        context = context_at(stage)
        if stage in ("running", "marked"):
            assign(context)
        context.database.sign_in(User(NAMES[role], frozenset({role}), 7, LECTURER))
        context.database.read_only = read_only
        made = MainWindow(all_places())
        qtbot.addWidget(made)
        made.set_centre("TRUNG TÂM CHÍNH TRỊ", "Xã An Bình")
        made.resize(1366, 696)
        made.show()
        made.begin(context.database, context.runner, FIRST)
        QApplication.processEvents()
        return made

    return show


def assign(context: Context) -> None:
    """Let the lecturer teach two sessions of the class."""
    with context.database.writing("Phân công giảng viên") as db:
        teacher = lecturers.save_lecturer(db, LecturerForm(NAMES[Role.LECTURER]))
        assert teacher == LECTURER
        rows = timetable.session_list(db, classroom.CLASS_ID)
        own = [row.id for row in rows if row.number in OWN]
        timetable.assign_lecturers(db, classroom.CLASS_ID, own, [teacher])
