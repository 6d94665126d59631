"""Dialogs: the common frame, confirmation, sealing by a typed word, refusals."""

from collections.abc import Sequence
from html import escape

from PySide6.QtCore import Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app import text
from app.errors import AppError
from app.ui import shortcuts, theme
from app.ui.buttons import button, icon_button
from app.ui.labels import Card, icon_label, label, rich, show_data
from app.ui.veil import Veil

_SAVE, _DROP = 11, 12  # dialog results beside accepted and rejected


class _Head(QFrame):
    """The title line of a sheet; drags the dialog."""

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Let the window system move the dialog."""
        if handle := self.window().windowHandle():
            handle.startSystemMove()


class Dialog(QDialog):
    """A sheet over the dimmed window: title, contents in `box`, footer with cancel and action.

    `resizable` gives the dialog the window system's own frame instead.
    """

    def __init__(
        self,
        parent: QWidget | None,
        title: str,
        width: int = 540,
        *,
        resizable: bool = False,
        closable: bool = True,
    ) -> None:
        super().__init__(parent)
        self._veil: Veil | None = None
        self._is_sheet = not resizable
        self.setWindowTitle(title)
        self.setModal(True)
        outer = QVBoxLayout(self)
        outer.setSpacing(0)
        body = QWidget()
        body.setObjectName("sheet")
        self.box = QVBoxLayout(body)
        self.box.setContentsMargins(theme.u(18), theme.u(14), theme.u(18), theme.u(14))
        self.box.setSpacing(theme.u(10))
        if resizable:
            self.resize(theme.u(width), theme.u(560))
            outer.setContentsMargins(0, 0, 0, 0)
        else:
            self.setWindowFlags(Qt.WindowType.Dialog | Qt.WindowType.FramelessWindowHint)
            self.setProperty("sheet", True)
            body.setFixedWidth(theme.u(width) - 2)
            outer.setSizeConstraint(QLayout.SizeConstraint.SetFixedSize)
            outer.setContentsMargins(1, 1, 1, 1)
            outer.addWidget(self._head(title, closable))
        outer.addWidget(body, 1)
        self._foot = QFrame()
        self._foot.setObjectName("dialog_foot")
        self._foot.hide()
        outer.addWidget(self._foot)

    def _head(self, title: str, closable: bool) -> QFrame:
        """Title and closing cross."""
        head = _Head()
        head.setObjectName("dialog_head")
        row = QHBoxLayout(head)
        row.setContentsMargins(theme.u(18), theme.u(8), theme.u(10), theme.u(8))
        self._title_line = label(title, "h2", wrap=True)
        row.addWidget(self._title_line, 1)
        if closable:
            cross = icon_button("x", "Đóng (Esc)", name="close")
            cross.clicked.connect(self.reject)
            cross.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            row.addWidget(cross, 0, Qt.AlignmentFlag.AlignTop)
        return head

    def set_title(self, title: str) -> None:
        """Put other words into the title line of a sheet."""
        self.setWindowTitle(title)
        show_data(self._title_line, title)

    def set_actions(
        self,
        action: QPushButton | None = None,
        cancel_text: str = "Đóng",
        link: QWidget | None = None,
    ) -> QPushButton:
        """Fill the footer: link left; cancel, then action right. Gives back the cancel button."""
        row = QHBoxLayout(self._foot)
        row.setContentsMargins(theme.u(18), theme.u(10), theme.u(18), theme.u(10))
        row.setSpacing(theme.u(8))
        if link:
            row.addWidget(link)
        row.addStretch(1)
        cancel = button(cancel_text, name="cancel")
        cancel.clicked.connect(self.reject)
        row.addWidget(cancel)
        cancel.setHidden(not cancel_text)
        if action:
            row.addWidget(action)
            shortcuts.bind(self, "primary", action.click)
        self._foot.show()
        return cancel

    def open(self) -> None:
        """Open window-modal, without waiting."""
        self._cover()
        super().open()

    def exec(self) -> int:
        """Open and wait for the answer."""
        self._cover()
        return super().exec()

    def _cover(self) -> None:
        """Dim the window below a sheet."""
        parent = self.parentWidget()
        if parent and self._is_sheet:
            self._veil = Veil(parent.window())

    def done(self, result: int) -> None:
        """Lift the veil and close."""
        if self._veil:
            self._veil.lift()
            self._veil = None
        super().done(result)


class SealDialog(Dialog):
    """An act that cannot be undone: facts, and a word to type (accents may be left out)."""

    def __init__(
        self,
        parent: QWidget | None,
        title: str,
        message: str,
        *,
        action: str,
        word: str = "",
        facts: Sequence[tuple[str, str]] = (),
        cancel: str = "Chưa, để sau",
        danger: bool = False,
    ) -> None:
        super().__init__(parent, title, 620)
        self._word = text.fold(word)
        self.box.addWidget(label(message, wrap=True))
        if facts:
            self.box.addWidget(_facts(facts))
        self.action = button(action, "danger" if danger else "primary", "lock", name="action")
        self.action.clicked.connect(self.accept)
        self.field = QLineEdit()
        if word:
            self._add_word(word)
        self._cancel = self.set_actions(self.action, cancel)
        self._cancel.setDefault(True)
        (self.field if word else self._cancel).setFocus()

    def _add_word(self, word: str) -> None:
        """Ask for the word."""
        self.box.addWidget(rich(f"Gõ <b>{escape(word)}</b> để xác nhận", "caption"))
        self.field.setObjectName("word")
        self.field.setAccessibleName(f"Gõ {word} để xác nhận")
        self.field.setFixedWidth(theme.u(220))
        self.box.addWidget(self.field)
        self.box.addWidget(label(f"Không cần dấu: gõ “{text.fold(word)}” cũng được.", "note"))
        self.action.setEnabled(False)
        self.field.textChanged.connect(lambda _text: self.action.setEnabled(self.word_matches()))
        self.field.returnPressed.connect(self._enter)

    def word_matches(self) -> bool:
        """Whether the word stands there."""
        return text.fold(self.field.text()) == self._word

    def _enter(self) -> None:
        """Enter in the field acts only on the right word."""
        if self.word_matches():
            self.accept()


def _facts(facts: Sequence[tuple[str, str]]) -> Card:
    """Numbers that will be fixed, each over its caption."""
    card = Card(sunken=True)
    row = QHBoxLayout()
    row.setSpacing(theme.u(28))
    for figure, caption in facts:
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addWidget(label(figure, "figure"))
        column.addWidget(label(caption, "caption"))
        row.addLayout(column)
    row.addStretch(1)
    card.add(row)
    return card


def message_dialog(
    parent: QWidget | None, title: str, message: str, icon: str, token: str
) -> Dialog:
    """A dialog with an icon beside the sentence."""
    dialog = Dialog(parent, title, 540)
    row = QHBoxLayout()
    row.setSpacing(theme.u(14))
    row.addWidget(icon_label(icon, token, 28), 0, Qt.AlignmentFlag.AlignTop)
    row.addWidget(label(message, wrap=True), 1)
    dialog.box.addLayout(row)
    return dialog


def confirm(
    parent: QWidget | None,
    title: str,
    message: str,
    *,
    action: str,
    cancel: str = "Chưa, để sau",
    danger: bool = False,
) -> bool:
    """Ask a question whose default answer is the safe one."""
    icon, token = ("triangle-alert", "bad") if danger else ("info", "primary")
    dialog = message_dialog(parent, title, message, icon, token)
    act = button(action, "danger" if danger else "primary", name="action")
    act.clicked.connect(dialog.accept)
    safe = dialog.set_actions(act, cancel)
    safe.setDefault(True)
    safe.setFocus()
    return dialog.exec() == QDialog.DialogCode.Accepted


def seal(
    parent: QWidget | None,
    title: str,
    message: str,
    *,
    action: str,
    word: str = "",
    facts: Sequence[tuple[str, str]] = (),
    cancel: str = "Chưa, để sau",
    danger: bool = False,
) -> bool:
    """Ask before an act that cannot be undone."""
    dialog = SealDialog(
        parent, title, message, action=action, word=word, facts=facts, cancel=cancel, danger=danger
    )
    return dialog.exec() == QDialog.DialogCode.Accepted


def ask_unsaved(parent: QWidget | None) -> str:
    """What to do with unsaved input: "save", "drop" or "stay"."""
    message = "Có thay đổi chưa lưu. Lưu lại trước khi sang chỗ khác?"
    dialog = message_dialog(parent, "Lưu thay đổi?", message, "pencil", "warn")
    drop, save = button("Không lưu", name="drop"), button("Lưu", "primary", name="save")
    drop.clicked.connect(lambda: dialog.done(_DROP))
    save.clicked.connect(lambda: dialog.done(_SAVE))
    dialog.set_actions(save, "Ở lại", drop)
    save.setFocus()
    return {_SAVE: "save", _DROP: "drop"}.get(dialog.exec(), "stay")


def tell(parent: QWidget | None, title: str, message: str) -> None:
    """Say something that was asked for."""
    dialog = message_dialog(parent, title, message, "info", "primary")
    dialog.set_actions().setFocus()
    dialog.exec()


def show_error(parent: QWidget | None, error: AppError) -> None:
    """Show a refusal: its text says what happened and what to do."""
    dialog = message_dialog(parent, "Chưa làm được", str(error), "circle-alert", "bad")
    dialog.set_actions().setFocus()
    dialog.exec()
