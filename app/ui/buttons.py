"""Buttons: one factory for all roles, icon buttons, the segmented filter."""

from collections.abc import Sequence

from PySide6 import QtCore  # QtCore.Qt is made at its first use, after the first paint
from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QHBoxLayout,
    QPushButton,
    QToolButton,
    QWidget,
)

from app.ui import icons, shortcuts, theme
from app.ui.keyboard import is_enter

_ICON_TOKEN = {"primary": "on_primary", "danger": "on_primary", "dangerline": "bad"}


class PushButton(QPushButton):
    """Enter presses it as Space does, wherever it stands, and presses no other one."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Press on Enter; arrows with Alt are steps of the page, not to the next button."""
        if event.modifiers() & QtCore.Qt.KeyboardModifier.AltModifier:
            event.ignore()
        elif not _is_pressed(self, event):
            super().keyPressEvent(event)


class ToolButton(QToolButton):
    """Enter presses it as Space does."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Press on Enter."""
        if not _is_pressed(self, event):
            super().keyPressEvent(event)


def _is_pressed(button: QAbstractButton, event: QKeyEvent) -> bool:
    """Whether this was Enter; one that is held presses once."""
    if is_enter(event) and not event.isAutoRepeat():
        button.click()
    return is_enter(event)


def button(
    text: str, role: str = "", icon: str = "", *, name: str = "", shortcut: str = ""
) -> QPushButton:
    """A push button; role is "", primary, quiet, link, dangerline or danger (UI.md §5).

    `name` is the object name for tests, `shortcut` an entry of the shortcut table for the tooltip.
    """
    made = PushButton(("  " if icon else "") + text)
    made.setProperty("r", role)
    made.setAutoDefault(False)
    made.setCursor(QtCore.Qt.CursorShape.PointingHandCursor)
    if icon:
        token = "primary" if role in ("quiet", "link") else _ICON_TOKEN.get(role, "text2")
        made.setIcon(icons.icon(icon, token))
        made.setIconSize(QSize(theme.u(16), theme.u(16)))
    if name:
        made.setObjectName(name)
    if shortcut:
        made.setToolTip(shortcuts.tooltip(text.rstrip("…"), shortcut))
    return made


def set_text(widget: QPushButton, text: str) -> None:
    """Change the words of a button, such as the count in "In (7)"."""
    widget.setText(("  " if not widget.icon().isNull() else "") + text)


def icon_button(icon: str, tooltip: str, *, shortcut: str = "", name: str = "") -> QToolButton:
    """A button that shows only an icon: it always has a tooltip and an accessible name."""
    made = ToolButton()
    made.setProperty("flat", True)
    made.setIcon(icons.icon(icon))
    made.setIconSize(QSize(theme.u(18), theme.u(18)))
    made.setToolTip(shortcuts.tooltip(tooltip, shortcut) if shortcut else tooltip)
    made.setAccessibleName(tooltip)
    made.setFocusPolicy(QtCore.Qt.FocusPolicy.StrongFocus)
    made.setObjectName(name)
    return made


class SegmentedFilter(QWidget):
    """A row of exclusive choices with counts."""

    chosen = Signal(object)  # key

    def __init__(
        self, choices: Sequence[tuple[object, str]], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._keys = [key for key, _ in choices]
        self._labels = [label for _, label in choices]
        self._group = QButtonGroup(self)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        for at, label in enumerate(self._labels):
            layout.addWidget(self._segment(at, label))
        self._group.button(0).setChecked(True)
        self._group.idClicked.connect(lambda at: self.chosen.emit(self._keys[at]))

    def _segment(self, at: int, label: str) -> QPushButton:
        """One checkable part."""
        made = button(label)
        made.setCheckable(True)
        made.setProperty("seg", True)
        last = len(self._keys) - 1
        made.setProperty("end", "only" if not last else {0: "first", last: "last"}.get(at, ""))
        self._group.addButton(made, at)
        return made

    def key(self) -> object:
        """The chosen key."""
        return self._keys[self._group.checkedId()]

    def choose(self, key: object) -> None:
        """Choose a key and tell about it."""
        at = self._keys.index(key)
        self._group.button(at).setChecked(True)
        self.chosen.emit(key)

    def set_counts(self, counts: Sequence[int]) -> None:
        """Show the number of rows behind each choice."""
        for at, (label, count) in enumerate(zip(self._labels, counts, strict=True)):
            self._group.button(at).setText(f"{label}  {count}")
