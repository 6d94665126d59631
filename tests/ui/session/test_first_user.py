"""From a centre that asks nobody to one whose first user is signed in, in one sitting."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QToolButton
from pytestqt.qtbot import QtBot

from app.services import accounts, lecturers
from app.services.lecturers import LecturerForm
from app.ui.form import FormDialog
from app.ui.frame import MainWindow
from app.ui.session.session import Session
from tests.ui.answering import answer
from tests.ui.session.conftest import MAI

Begin = Callable[..., Session]


@pytest.fixture
def centre_copy(centre_file: Path, tmp_path: Path) -> Path:
    """A centre without users, of this test alone."""
    return Path(shutil.copy(centre_file, tmp_path / "one.sqlite"))


def fill(dialog: FormDialog) -> None:
    """A name and a password, then the action."""
    for name, value in {"full_name": MAI, "password": "phuongmai", "again": "phuongmai"}.items():
        dialog.form.field(name).fill(value)
    dialog.action.click()


def test_the_first_user_is_signed_in_without_starting_again(
    qtbot: QtBot, window: MainWindow, begin: Begin, centre_copy: Path
) -> None:
    session = begin(centre_copy)
    assert session.start()
    window.open("settings", "accounts")
    first = window.findChild(QPushButton, "first_account")
    assert first is not None
    answer(FormDialog, fill)
    first.click()
    assert session.database.user.title == f"{MAI} · Giáo vụ, Quản trị"
    qtbot.waitUntil(lambda: len(window.findChildren(QPushButton, "user")) == 1)
    (button,) = window.findChildren(QPushButton, "user")
    assert MAI in button.text()
    assert next(name for name, *_ in session.acts()) == "change_password"
    with session.database.reading() as db:
        assert accounts.are_used(db)


def test_ctrl_z_takes_back_what_was_done_in_the_window(
    qtbot: QtBot, window: MainWindow, begin: Begin, centre_copy: Path
) -> None:
    session = begin(centre_copy)
    assert session.start()
    window.open("lecturers")
    with session.database.writing("Thêm giảng viên Đỗ Thị Lan") as db:
        lecturers.save_lecturer(db, LecturerForm("Đỗ Thị Lan"))
    window.saved()
    window.reload()
    undo = window.findChild(QToolButton, "undo")
    assert undo is not None
    qtbot.waitUntil(lambda: undo.isVisible() and undo.isEnabled())
    QTest.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    with session.database.reading() as db:
        assert lecturers.lecturer_list(db, 2026) == []
    assert undo.toolTip() == "Chưa có gì để hoàn tác (Ctrl+Z)"
