"""Dialogs: safe defaults, the typed word, refusals and bugs, files."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.errors import RuleError
from app.ui import dialogs, files
from app.ui.dialogs import Dialog, SealDialog
from app.ui.veil import Veil
from tests.ui.answering import answer


def press(name: str) -> Callable[[Dialog], None]:
    def act(dialog: Dialog) -> None:
        found = dialog.findChild(QPushButton, name)
        assert isinstance(found, QPushButton)
        found.click()

    return act


def hit(key: Qt.Key, dialog: Dialog) -> None:
    QTest.keyClick(dialog, key)


def words(dialog: Dialog) -> str:
    return " ".join(label.text() for label in dialog.findChildren(QLabel))


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(900, 600)
    made.show()
    return made


@pytest.mark.parametrize(("name", "agreed"), [("action", True), ("cancel", False)])
def test_a_question_takes_yes_and_no(window: QWidget, name: str, agreed: bool) -> None:
    answer(Dialog, press(name))
    assert dialogs.confirm(window, "Xóa buổi 3?", "Mất điểm danh.", action="Xóa buổi") is agreed


def test_enter_and_escape_give_the_safe_answer(window: QWidget) -> None:
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Escape):
        answer(Dialog, partial(hit, key))
        assert not dialogs.confirm(window, "Xóa buổi 3?", "Mất điểm danh.", action="Xóa buổi")


def test_enter_presses_the_button_that_was_chosen_with_tab(window: QWidget) -> None:
    def choose(dialog: Dialog) -> None:
        chosen = dialog.findChild(QPushButton, "action")
        assert isinstance(chosen, QPushButton)
        chosen.setFocus()
        QTest.keyClick(chosen, Qt.Key.Key_Return)

    answer(Dialog, choose)
    assert dialogs.confirm(window, "Xóa buổi 3?", "Mất điểm danh.", action="Xóa buổi")


def test_the_window_is_dimmed_only_while_a_dialog_is_open(window: QWidget) -> None:
    dimmed: list[bool] = []

    def look(dialog: Dialog) -> None:
        dimmed.append(window.findChild(Veil) is not None)
        dialog.reject()

    answer(Dialog, look)
    dialogs.tell(window, "Xong", "Đã chép 3 tệp.")
    assert dimmed == [True]
    assert not any(veil.isVisible() for veil in window.findChildren(Veil))


@pytest.fixture
def seal(qtbot: QtBot) -> SealDialog:
    made = SealDialog(
        None, "Bế giảng lớp?", "Không sửa được nữa.", action="Bế giảng lớp", word="bế giảng",
        facts=[("35", "học viên")],
    )  # fmt: skip
    qtbot.addWidget(made)
    made.open()
    return made


@pytest.mark.parametrize("typed", ["bế giảng", "be giang", "BẾ GIẢNG", " bê  giang "])
def test_the_word_is_taken_with_or_without_marks(seal: SealDialog, typed: str) -> None:
    seal.field.setText(typed)
    assert seal.action.isEnabled()


@pytest.mark.parametrize("typed", ["", "be", "bế giảng lớp"])
def test_another_word_does_not_open_the_act(seal: SealDialog, typed: str) -> None:
    seal.field.setText(typed)
    QTest.keyClick(seal.field, Qt.Key.Key_Return)
    assert not seal.action.isEnabled()
    assert seal.result() != 1


def test_enter_in_the_field_acts_on_the_right_word(seal: SealDialog) -> None:
    seal.field.setText("be giang")
    QTest.keyClick(seal.field, Qt.Key.Key_Return)
    assert seal.result() == 1


@pytest.mark.parametrize("name", ["save", "drop"])
def test_unsaved_input_has_three_answers(window: QWidget, name: str) -> None:
    answer(Dialog, press(name))
    assert dialogs.ask_unsaved(window) == name
    answer(Dialog, press("cancel"))
    assert dialogs.ask_unsaved(window) == "stay"


def test_a_refusal_says_its_sentence(window: QWidget) -> None:
    said: list[str] = []

    def listen(dialog: Dialog) -> None:
        said.append(words(dialog))
        dialog.reject()

    answer(Dialog, listen)
    dialogs.show_error(window, RuleError("Chưa chốt được: 3 học viên thiếu điểm. Bấm F8."))
    assert "Chưa chốt được: 3 học viên thiếu điểm. Bấm F8." in said[0]


def test_a_dialog_grows_with_its_contents(qtbot: QtBot) -> None:
    made = Dialog(None, "Thêm", 420)
    qtbot.addWidget(made)
    late = QLabel("Một câu dài được hiện ra sau khi hộp thoại đã mở, đủ dài để xuống dòng.")
    late.setWordWrap(True)
    made.box.addWidget(QLabel("Đầu"))
    made.box.addWidget(late)
    late.hide()
    made.open()
    low = made.height()
    late.show()
    qtbot.waitUntil(lambda: made.height() > low)
    assert made.width() == 420


def test_files_are_written_where_the_user_says(
    window: QWidget, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def choose(_parent: QWidget, _title: str, proposed: str, _kinds: str) -> tuple[str, str]:
        asked.append(proposed)
        return str(tmp_path / "danh sách"), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", choose)
    for _ in range(2):
        written = files.save_bytes(window, "Lưu", "ds.pdf", "PDF (*.pdf)", b"%PDF")
    assert written == tmp_path / "danh sách.pdf"
    assert written.read_bytes() == b"%PDF"
    assert asked[1] == str(tmp_path / "ds.pdf")


def test_turning_back_from_a_file_dialog_writes_nothing(
    window: QWidget, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("getSaveFileName", "getOpenFileName"):
        monkeypatch.setattr(QFileDialog, name, lambda *_args: ("", ""))
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_args: "")
    assert files.save_bytes(window, "Lưu", "ds.pdf", "PDF (*.pdf)", b"") is None
    assert files.open_file(window, "Mở", "Excel (*.xlsx)") is None
    assert files.choose_folder(window, "Chọn") is None
