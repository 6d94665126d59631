"""The non-editable drop-down list of forms and filters."""

from collections.abc import Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QWidget


class Combo(QComboBox):
    """Choices by key; the wheel changes nothing while the keyboard is elsewhere."""

    chosen = Signal(object)  # key

    def __init__(
        self, choices: Iterable[tuple[object, str]] = (), parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._keys: list[object] = []
        self.is_stepping = False  # through the closed list: what is chosen may be in passing
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.set_choices(choices)
        self.activated.connect(lambda _at: self.chosen.emit(self.key()))

    def set_choices(self, choices: Iterable[tuple[object, str]]) -> None:
        """Offer other choices; the chosen key stays if it is still there."""
        kept = self.key()
        self.clear()
        self._keys = []
        for key, label in choices:
            self._keys.append(key)
            self.addItem(label)
        self.set_key(kept)

    def key(self) -> object:
        """The chosen key, None when there is no choice."""
        at = self.currentIndex()
        return self._keys[at] if 0 <= at < len(self._keys) else None

    def set_key(self, key: object) -> None:
        """Choose a key without telling; an unknown key chooses the first."""
        if self._keys:
            self.setCurrentIndex(self._keys.index(key) if key in self._keys else 0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Step through the closed list."""
        self.is_stepping = True
        super().keyPressEvent(event)
        self.is_stepping = False

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll the page, not the choice."""
        if self.hasFocus():
            self.is_stepping = True
            super().wheelEvent(event)
            self.is_stepping = False
        else:
            event.ignore()
