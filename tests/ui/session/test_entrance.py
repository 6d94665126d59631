"""How the file is opened: to write, to read because another has it, or not at all."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QPushButton

from app import lock
from app.ui.dialogs import Dialog
from app.ui.frame import MainWindow
from app.ui.session import entrance
from app.ui.session.held_dialog import HeldDialog
from tests.ui.answering import answer
from tests.ui.conftest import Screen


def press(dialog: Dialog, name: str) -> None:
    button = dialog.findChild(QPushButton, name)
    assert isinstance(button, QPushButton)
    button.click()


def test_the_first_program_writes_and_holds_the_file(window: MainWindow, path: Path) -> None:
    opened = entrance.open_file(window, path)
    assert opened
    assert not opened.database.read_only
    assert opened.database.user.name == entrance.computer_user()
    with pytest.raises(lock.Held):
        lock.hold(path, "khác")
    opened.close()
    lock.hold(path, "khác").release()


def test_the_second_program_says_who_holds_it_and_may_look(
    window: MainWindow, path: Path, screen: Screen
) -> None:
    other = lock.hold(path, "Hoàng Thị Mai")

    def look(dialog: HeldDialog) -> None:
        press(dialog, "try_again")
        assert dialog.isVisible()
        screen(dialog, "20-dang-mo-o-may-khac")
        press(dialog, "open_to_read")

    answer(HeldDialog, look)
    opened = entrance.open_file(window, path)
    assert opened
    assert "(Hoàng Thị Mai) đang làm việc" in opened.database.read_only
    assert opened.lock is None
    opened.close()
    other.release()


def test_trying_again_takes_the_file_that_is_free_by_now(window: MainWindow, path: Path) -> None:
    other = lock.hold(path, "Hoàng Thị Mai")

    def retry(dialog: HeldDialog) -> None:
        other.release()
        press(dialog, "try_again")

    answer(HeldDialog, retry)
    opened = entrance.open_file(window, path)
    assert opened
    assert not opened.database.read_only
    assert opened.lock
    opened.close()


def test_who_closes_the_question_leaves(window: MainWindow, path: Path) -> None:
    other = lock.hold(path, "Hoàng Thị Mai")
    answer(HeldDialog, lambda dialog: dialog.reject())
    assert entrance.open_file(window, path) is None
    other.release()


def test_a_damaged_file_is_told_of_in_words_and_not_held(window: MainWindow, path: Path) -> None:
    path.write_bytes(path.read_bytes()[:3000])
    told: list[str] = []

    def leave(dialog: Dialog) -> None:
        told.extend(each.text() for each in dialog.findChildren(QLabel))
        dialog.reject()

    answer(Dialog, leave)
    assert entrance.open_file(window, path) is None
    assert "bị cắt cụt" in "".join(told)
    lock.hold(path, "khác").release()
