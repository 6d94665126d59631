"""The style of a number, chosen by its example; another one is typed with its tokens."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from app.errors import AppError
from app.text import clean
from app.ui import theme
from app.ui.combo import Combo
from app.ui.field import Field

_OTHER = ""
_TOKENS = "{seq:03d} là số thứ tự, {yyyy} là năm, {code} là ký hiệu Trung tâm"


class PatternField(Field):
    """Usual patterns shown as what they give; "Kiểu khác…" opens a line for any pattern."""

    def __init__(self, name: str, caption: str, usual: Sequence[str]) -> None:
        self.combo, self.line = Combo(), QLineEdit()
        both = QWidget()
        row = QHBoxLayout(both)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.u(6))
        row.addWidget(self.combo, 1)
        row.addWidget(self.line, 1)
        both.setFocusProxy(self.combo)
        super().__init__(name, caption, both, required=True)
        self._usual = list(usual)
        self._offered: list[tuple[str, str]] = []
        self.line.setToolTip(_TOKENS)
        self.combo.setAccessibleName(caption)
        self.line.setAccessibleName(f"{caption}: kiểu khác")
        self.combo.chosen.connect(self._choose)
        self.line.textChanged.connect(lambda _text: self._was_changed())

    def offer(self, example: Callable[[str], str]) -> None:
        """Name the usual patterns by what they give now."""
        offered = [(pattern, _shown(example, pattern)) for pattern in self._usual]
        if offered != self._offered:
            self._offered = offered
            self.combo.set_choices([*offered, (_OTHER, "Kiểu khác…")])

    def _choose(self, key: object) -> None:
        """The line is there only for another pattern; it starts from the chosen one."""
        self.line.setVisible(key == _OTHER)
        if key == _OTHER:
            self.line.setFocus()
        else:
            self.line.setText(str(key))
        self._was_changed()

    def state(self) -> object:
        """The pattern."""
        return self.read()

    def read(self) -> str:
        """The pattern; the service checks it."""
        return clean(self.line.text())

    def fill(self, value: Any) -> None:
        """Show a pattern; an unusual one is offered too."""
        pattern = value or ""
        if pattern and pattern not in self._usual:
            self._usual.append(pattern)
            self._offered = [*self._offered, (pattern, pattern)]
            self.combo.set_choices([*self._offered, (_OTHER, "Kiểu khác…")])
        self.combo.set_key(pattern)
        self.line.setText(pattern)
        self.line.hide()


def _shown(example: Callable[[str], str], pattern: str) -> str:
    try:
        return example(pattern)
    except AppError:
        return pattern
