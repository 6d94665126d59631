"""The search field: filters while typing, also while an input method is composing."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from app.ui import icons

DEBOUNCE_MS = 150


class SearchField(QLineEdit):
    """Emits `searched` 150 ms after the last change, text under composition included.

    No completer: it would break composition. Down, Enter and Esc are handed on as signals.
    """

    searched = Signal(str)
    left_downwards = Signal()

    def __init__(
        self, placeholder: str, *, icon: str = "search", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._composed = ""
        self._told = ""
        self.setProperty("search", True)
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(placeholder)
        self.addAction(icons.icon(icon), QLineEdit.ActionPosition.LeadingPosition)
        self.setClearButtonEnabled(True)
        self._timer = QTimer(self, singleShot=True, interval=DEBOUNCE_MS)
        self._timer.timeout.connect(self._tell)
        self.textChanged.connect(lambda _text: self._timer.start())

    def query(self) -> str:
        """The text with what is being composed at the cursor."""
        at = self.cursorPosition()
        return self.text()[:at] + self._composed + self.text()[at:]

    def show_query(self, query: str) -> None:
        """Show what is searched for already; nothing is told."""
        self.setText(query)
        self._timer.stop()
        self._told = query

    def _tell(self) -> None:
        """Tell the query once per change."""
        if (query := self.query()) != self._told:
            self._told = query
            self.searched.emit(query)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Filter by composed text too: it is not in text() yet."""
        super().inputMethodEvent(event)
        self._composed = event.preeditString()
        self._timer.start()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Down goes to the list, Esc empties the field."""
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._tell()
            self.left_downwards.emit()
        elif event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)
