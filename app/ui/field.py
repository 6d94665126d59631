"""The base of form fields: label above, control, note or problem below."""

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.errors import InputError
from app.ui import theme
from app.ui.labels import label


class Field(QWidget):
    """One field of a form; subclasses say how its control is read and filled."""

    changed = Signal()

    def __init__(
        self, name: str, caption: str, editor: QWidget, *, required: bool = False, note: str = ""
    ) -> None:
        super().__init__()
        self.name = name
        self.caption = caption
        self.editor = editor
        self.required = required
        self._note = note
        self._loaded: object = None
        self._line = label(note, "note", wrap=True)
        self._line.setVisible(bool(note))
        self._build()

    def _build(self) -> None:
        """Label with a star when required, control, line below."""
        self.editor.setObjectName(self.name)
        self.editor.setAccessibleName(self.caption)
        self.column = column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.u(3))
        head = QHBoxLayout()
        head.setSpacing(theme.u(4))
        caption = label(self.caption, "caption")
        caption.setBuddy(self.editor)
        head.addWidget(caption)
        if self.required:
            star = label("*", "problem")
            star.setAccessibleName("bắt buộc")
            head.addWidget(star)
        head.addStretch(1)
        column.addLayout(head)
        column.addWidget(self.editor)
        column.addWidget(self._line)
        column.addStretch(1)
        self.setFocusProxy(self.editor)

    # to be said by each kind -------------------------------------------------
    def state(self) -> object:
        """What the control holds, for telling whether it was changed."""
        raise NotImplementedError

    def read(self) -> Any:
        """The value; raises InputError with a sentence."""
        raise NotImplementedError

    def fill(self, value: Any) -> None:
        """Show a value."""
        raise NotImplementedError

    # common ------------------------------------------------------------------
    def load(self, value: object) -> None:
        """Show a stored value: the field is then unchanged and without a problem."""
        self.fill(value)
        self._loaded = self.state()
        self.show_problem("")

    def mark_clean(self) -> None:
        """Take what stands there as stored."""
        self._loaded = self.state()

    @property
    def is_dirty(self) -> bool:
        """Whether the user changed something."""
        return self.state() != self._loaded

    def value(self) -> Any:
        """The value; raises InputError when it cannot be taken or a required one is missing."""
        try:
            found = self.read()
        except InputError as error:
            raise InputError(str(error), self.name) from error
        if self.required and found in (None, ""):
            raise InputError(f"Cần ghi {self.caption[:1].lower()}{self.caption[1:]}.", self.name)
        return found

    def problem(self) -> str:
        """The sentence of what is wrong now, without showing it."""
        try:
            self.value()
        except InputError as error:
            return str(error)
        return ""

    def check(self) -> bool:
        """Show the problem, if there is one; True when there is none."""
        self.show_problem(self.problem())
        return not self.problem_shown

    @property
    def problem_shown(self) -> bool:
        """Whether a problem stands under the field."""
        return bool(self.editor.property("bad"))

    def show_problem(self, sentence: str) -> None:
        """Put a sentence under the field, or the note again when it is empty."""
        if self.problem_shown == bool(sentence) and self._line.text() == (sentence or self._note):
            return
        self._line.setText(sentence or self._note)
        self._line.setVisible(bool(sentence or self._note))
        theme.repolish(self._line, role="problem" if sentence else "note")
        theme.repolish(self.editor, bad=bool(sentence))
        self.editor.setAccessibleDescription(sentence)
        self.changed.emit()

    def _was_changed(self) -> None:
        """While typing a problem may only go away."""
        if self.problem_shown and not self.problem():
            self.show_problem("")
        self.changed.emit()
