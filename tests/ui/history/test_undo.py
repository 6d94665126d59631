"""Undo and redo from the top bar, the keys and a toast."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.database import Database
from app.errors import AppError
from app.services import attendance, classes, lecturers, programmes
from app.services.attendance import Mark
from app.services.classes import ClassForm
from app.services.lecturers import LecturerForm
from app.terms import AttendanceStatus
from app.ui import dialogs
from app.ui.classes.workspace import ClassPage
from app.ui.context import Context
from app.ui.history import taking_back
from app.ui.history.undo import UndoButtons
from app.ui.tasks import TaskRunner
from tests.ui import classroom

Action = Callable[[], object] | None
Toast = tuple[str, str, Action]


class Window(classroom.Window):
    """Keeps the toasts with their actions."""

    def __init__(self) -> None:
        super().__init__()
        self.toasts: list[Toast] = []

    def toast(self, text: str, action_text: str = "", action: Action = None) -> None:
        self.toasts.append((text, action_text, action))


@pytest.fixture
def frame() -> Window:
    return Window()


@pytest.fixture
def context(database: Database, frame: Window) -> Iterator[Context]:
    runner = TaskRunner()
    yield Context(database, runner, frame)
    runner.shut_down()


@pytest.fixture
def buttons(qtbot: QtBot, context: Context) -> UndoButtons:
    made = UndoButtons(context)
    qtbot.addWidget(made)
    return made


@pytest.fixture
def refused(monkeypatch: pytest.MonkeyPatch) -> list[AppError]:
    said: list[AppError] = []
    monkeypatch.setattr(dialogs, "show_error", lambda _parent, error: said.append(error))
    return said


def add(database: Database, name: str) -> None:
    with database.writing(f"Thêm giảng viên {name}") as db:
        lecturers.save_lecturer(db, LecturerForm(name))


def names(database: Database) -> list[str]:
    with database.reading() as db:
        return [row.full_name for row in lecturers.lecturer_list(db, 2026)]


def test_what_was_done_before_signing_in_is_not_offered(
    buttons: UndoButtons, database: Database
) -> None:
    assert not buttons.undo_button.isEnabled()
    assert buttons.undo_button.toolTip() == "Chưa có gì để hoàn tác (Ctrl+Z)"
    assert not buttons.redo_button.isEnabled()


def test_a_step_is_named_taken_back_and_done_again(
    buttons: UndoButtons, database: Database, frame: Window
) -> None:
    add(database, "Đỗ Thị Lan")
    buttons.read()
    assert buttons.undo_button.toolTip() == "Hoàn tác: thêm giảng viên Đỗ Thị Lan (Ctrl+Z)"
    buttons.undo()
    assert names(database) == []
    assert ("reload",) in frame.opened
    assert frame.toasts[-1][:2] == ("Đã hoàn tác: thêm giảng viên Đỗ Thị Lan.", "Làm lại")
    assert not buttons.undo_button.isEnabled()
    assert buttons.redo_button.toolTip() == "Làm lại: thêm giảng viên Đỗ Thị Lan (Ctrl+Y)"
    buttons.redo()
    assert names(database) == ["Đỗ Thị Lan"]
    assert frame.toasts[-1][0] == "Đã làm lại: thêm giảng viên Đỗ Thị Lan."
    buttons.undo()
    assert names(database) == []


def test_what_was_written_is_offered_soon_after(
    qtbot: QtBot, buttons: UndoButtons, database: Database
) -> None:
    add(database, "Đỗ Thị Lan")
    buttons.refresh()
    assert not buttons.undo_button.isEnabled()
    qtbot.waitUntil(buttons.undo_button.isEnabled)
    assert "Đỗ Thị Lan" in buttons.undo_button.toolTip()


def test_steps_go_back_one_after_the_other(buttons: UndoButtons, database: Database) -> None:
    for name in ("Đỗ Thị Lan", "Vũ Minh Hải"):
        add(database, name)
    buttons.read()
    buttons.undo()
    assert names(database) == ["Đỗ Thị Lan"]
    buttons.undo()
    assert names(database) == []
    buttons.redo()
    buttons.redo()
    assert names(database) == ["Vũ Minh Hải", "Đỗ Thị Lan"]


def test_the_toast_of_a_success_takes_that_act_back(
    context: Context, database: Database, frame: Window
) -> None:
    add(database, "Đỗ Thị Lan")
    taking_back.tell_done(context, "Đã thêm.")
    add(database, "Vũ Minh Hải")
    words, action_text, action = frame.toasts[-1]
    assert (words, action_text) == ("Đã thêm.", "Hoàn tác")
    assert action is not None
    action()
    assert names(database) == ["Vũ Minh Hải"]
    again = frame.toasts[-1][2]
    assert again is not None
    again()
    assert len(names(database)) == 2


def test_a_refusal_is_said_and_changes_nothing(
    context: Context, database: Database, refused: list[AppError]
) -> None:
    add(database, "Đỗ Thị Lan")
    act = taking_back.newest(context)
    assert act is not None
    with database.writing("Sửa giảng viên Đỗ Thị Lan") as db:
        (row,) = lecturers.lecturer_list(db, 2026)
        lecturers.save_lecturer(db, LecturerForm("Đỗ Thị Lan", note="mới"), row.id)
    taking_back.take_back(context, act)
    assert "Sửa giảng viên Đỗ Thị Lan" in str(refused[0])
    assert names(database) == ["Đỗ Thị Lan"]


def test_a_big_act_is_taken_back_by_a_task(
    qtbot: QtBot, context: Context, database: Database, frame: Window
) -> None:
    with database.writing("Thêm cả danh sách") as db:
        for number in range(taking_back.BIG + 1):
            lecturers.save_lecturer(db, LecturerForm(f"Người {number}"))
    act = taking_back.newest(context)
    assert act is not None
    with qtbot.waitSignal(context.runner.idle):
        taking_back.take_back(context, act)
    assert names(database) == []
    assert frame.toasts[-1][0] == "Đã hoàn tác: thêm cả danh sách."


@pytest.fixture
def window(qtbot: QtBot, buttons: UndoButtons) -> Iterator[QLineEdit]:
    """A window with the buttons and a text field that has the keyboard."""
    whole = QWidget()
    column = QVBoxLayout(whole)
    line = QLineEdit()
    column.addWidget(buttons)
    column.addWidget(line)
    qtbot.addWidget(whole)
    with qtbot.waitActive(whole):
        whole.show()
    line.setFocus()
    yield line
    whole.close()


def test_the_keys_work_in_a_field_that_has_nothing_to_undo(
    window: QLineEdit, buttons: UndoButtons, database: Database
) -> None:
    add(database, "Đỗ Thị Lan")
    buttons.read()
    QTest.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert names(database) == []
    QTest.keyClick(window, Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier)
    assert names(database) == ["Đỗ Thị Lan"]


def test_typing_is_taken_back_first(
    window: QLineEdit, buttons: UndoButtons, database: Database
) -> None:
    add(database, "Đỗ Thị Lan")
    buttons.read()
    QTest.keyClicks(window, "7p")
    QTest.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert window.text() == ""
    assert names(database) == ["Đỗ Thị Lan"]
    QTest.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert names(database) == []


def test_nothing_is_taken_back_in_a_file_opened_to_read(
    qtbot: QtBot, database: Database, frame: Window, tmp_path: Path
) -> None:
    read_only = Database(database.path, read_only="Đang mở để xem.")
    made = UndoButtons(Context(read_only, TaskRunner(), frame))
    qtbot.addWidget(made)
    assert not made.undo_button.isEnabled()
    assert made.undo_button.toolTip() == "Đang mở để xem."
    made.undo()
    assert not frame.toasts
    read_only.close()


def test_attendance_of_a_whole_session_is_one_step(
    qtbot: QtBot, context_at: Callable[[str], Context]
) -> None:
    context = context_at("running")
    buttons = UndoButtons(context)
    qtbot.addWidget(buttons)
    with context.database.writing("Điểm danh buổi 1") as db:
        shown = attendance.grid(db, classroom.CLASS_ID)
        marks = [
            Mark(learner.enrolment_id, shown.sessions[0].id, AttendanceStatus.PRESENT)
            for learner in shown.learners
        ]
        attendance.mark(db, classroom.CLASS_ID, marks)
    buttons.read()
    assert buttons.undo_button.toolTip() == "Hoàn tác: điểm danh buổi 1 (Ctrl+Z)"
    buttons.undo()
    with context.database.reading() as db:
        assert attendance.grid(db, classroom.CLASS_ID).marks == shown.marks


def test_undoing_the_opening_of_a_class_leads_back_to_the_list(
    qtbot: QtBot, context_at: Callable[[str], Context]
) -> None:
    context = context_at("running")
    with context.database.writing("Mở lớp") as db:
        programme = programmes.programme_list(db)[0]
        day = classroom.FIRST_DAY
        form = ClassForm(programme.current.id, "Lớp mở nhầm", "khóa VI", day, day)
        opened = classes.open_class(db, form)
    page = ClassPage(context)
    qtbot.addWidget(page)
    page.show_for(opened)
    page.reload()
    act = taking_back.newest(context)
    assert act is not None
    taking_back.take_back(context, act)
    page.reload()
    assert isinstance(context.frame, classroom.Window)
    assert ("classes",) in context.frame.opened
