"""A form field of several lines of small controls: add, remove, move."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from app.ui import theme
from app.ui.buttons import button, icon_button
from app.ui.field import Field
from app.ui.labels import label


class Line(QWidget):
    """One line; subclasses add their controls to `row`, read them, and name a focus proxy."""

    def __init__(self, changed: Callable[[], object]) -> None:
        super().__init__()
        self.changed = changed
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(0, 0, 0, 0)
        self.row.setSpacing(theme.u(6))

    def state(self) -> tuple[object, ...]:
        """What the controls hold, as typed."""
        raise NotImplementedError

    def read(self, number: int) -> Any:
        """The value; raises InputError naming the line."""
        raise NotImplementedError


_Act = tuple[str, str, Callable[[Line], object]]  # icon, words, act


class RowsField(Field):
    """Lines under headings, with a button that adds one more."""

    def __init__(
        self,
        name: str,
        caption: str,
        headings: Sequence[tuple[str, int]],
        make: Callable[[Callable[[], object], Any], Line],
        *,
        add_text: str,
        height: float,
        movable: bool = False,
    ) -> None:
        """`headings` are (words, design px wide or 0 for the rest); `make(changed, value)`."""
        self._make, self._movable = make, movable
        self._headings = headings
        self._lines: list[Line] = []
        self._area = QScrollArea()
        super().__init__(name, caption, self._area, required=True)
        self._area.setWidgetResizable(True)
        self._area.setFixedHeight(theme.u(height))
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        body = QWidget()
        body.setObjectName("scroll_body")
        self._rows = QVBoxLayout(body)
        self._rows.setContentsMargins(0, 0, theme.u(4), 0)
        self._rows.setSpacing(theme.u(4))
        self._rows.addStretch(1)
        self._area.setWidget(body)
        self._add = button(add_text, "quiet", "plus", name=f"add_{name}")
        self._add.clicked.connect(lambda: self.add_line(None))
        self.column.insertLayout(1, self._head())
        self.column.insertWidget(3, self._add, 0, Qt.AlignmentFlag.AlignLeft)

    def _head(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, theme.u(4), 0)
        row.setSpacing(theme.u(6))
        for words, width in self._headings:
            made = label(words, "note")
            if width:
                made.setFixedWidth(theme.u(width))
            row.addWidget(made, 0 if width else 1)
        row.addSpacing(theme.u(36 if not self._movable else 104))
        return row

    # lines ---------------------------------------------------------------------
    def lines(self) -> list[Line]:
        """The lines from top to bottom."""
        return self._lines

    def add_line(self, value: Any) -> Line:
        """Add a line at the end and give it the keyboard when it is new."""
        made = self._make(self._was_changed, value)
        for icon, words, act in self._acts():
            each = icon_button(icon, words)
            each.clicked.connect(partial(act, made))
            made.row.addWidget(each)
        self._lines.append(made)
        self._rows.insertWidget(len(self._lines) - 1, made)
        if value is None:
            self._was_changed()
            made.setFocus()
            QTimer.singleShot(0, made, lambda: self._area.ensureWidgetVisible(made))
        return made

    def _acts(self) -> list[_Act]:
        remove: list[_Act] = [("x", "Bỏ dòng này", self.remove_line)]
        if not self._movable:
            return remove
        up, down = partial(self.move_line, by=-1), partial(self.move_line, by=1)
        return [("chevron-up", "Chuyển lên", up), ("chevron-down", "Chuyển xuống", down), *remove]

    def remove_line(self, line: Line) -> None:
        """Take a line away."""
        self._lines.remove(line)
        self._rows.removeWidget(line)
        line.deleteLater()
        self._was_changed()

    def move_line(self, line: Line, by: int) -> None:
        """Move a line up (-1) or down (1)."""
        at = self._lines.index(line) + by
        if not 0 <= at < len(self._lines):
            return
        self._lines.remove(line)
        self._lines.insert(at, line)
        self._rows.removeWidget(line)
        self._rows.insertWidget(at, line)
        self._was_changed()

    # Field -----------------------------------------------------------------------
    def state(self) -> object:
        """What all lines hold, as typed."""
        return tuple(line.state() for line in self._lines)

    def read(self) -> Any:
        """All values; raises InputError of the first line that cannot be taken."""
        return tuple(line.read(number) for number, line in enumerate(self._lines, 1))

    def fill(self, value: Any) -> None:
        """Show values, one a line."""
        for line in list(self._lines):
            self.remove_line(line)
        for each in value or ():
            self.add_line(each)
