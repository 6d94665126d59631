"""The small field that asks how many minutes late; it may be left empty."""

from PySide6.QtCore import QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QTableView

from app.ui import theme
from app.ui.attendance.quick_entry import LONGEST_DELAY

_OWN = (Qt.Key.Key_Backspace, Qt.Key.Key_Delete, Qt.Key.Key_Left, Qt.Key.Key_Right)


class MinutesField(QLineEdit):
    """Lies over a cell just marked as late; any key that is no digit goes back to the grid."""

    given = Signal(int, int, int)  # row, column, minutes
    left = Signal(object)  # the key event to go on with, or None

    def __init__(self, view: QTableView) -> None:
        super().__init__(view.viewport())
        self._view = view
        self._index = QPersistentModelIndex()
        self.setObjectName("minutes")
        self.setAccessibleName("Số phút đi muộn, có thể bỏ trống")
        self.setPlaceholderText("phút")
        self.setMaxLength(len(str(LONGEST_DELAY)))
        self.setStyleSheet("min-height: 0; padding: 0; border-radius: 0;")  # as high as a cell
        self.hide()

    def ask(self) -> None:
        """Open over the current cell."""
        index = self._view.currentIndex()
        self._index = QPersistentModelIndex(index)
        area = self._view.visualRect(index)
        self.setGeometry(area.left(), area.top(), max(area.width(), theme.u(52)), area.height())
        self.clear()
        self.show()
        self.setFocus()

    def _hand_over(self) -> None:
        """Give away the minutes typed, if any, and close."""
        index, typed = self._index, self.text().strip()
        self.hide()
        if index.isValid() and typed.isdecimal() and 0 < int(typed) <= LONGEST_DELAY:
            self.given.emit(index.row(), index.column(), int(typed))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Digits stay here; Enter takes them; Esc leaves; other keys act on the grid."""
        if event.text().isdecimal() or event.key() in _OWN:
            super().keyPressEvent(event)
        elif event.key() == Qt.Key.Key_Escape:
            self.hide()
            self.left.emit(None)
        else:
            self._hand_over()
            self.left.emit(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """A click elsewhere takes what is typed."""
        super().focusOutEvent(event)
        if self.isVisible():
            self._hand_over()
