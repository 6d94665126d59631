"""Which key means which mark; consonants and digits that no input method rewrites (UI.md §7)."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from app.terms import AttendanceStatus

CLEAR = "clear"
Meaning = AttendanceStatus | str | None  # a status, CLEAR, or None for any other key

_BY_TEXT: dict[str, AttendanceStatus | str] = {
    " ": AttendanceStatus.PRESENT,
    "p": AttendanceStatus.EXCUSED,
    "k": AttendanceStatus.ABSENT,
    "m": AttendanceStatus.LATE,
    "1": AttendanceStatus.PRESENT,
    "2": AttendanceStatus.EXCUSED,
    "3": AttendanceStatus.ABSENT,
    "4": AttendanceStatus.LATE,
    "5": CLEAR,
}
_COMMANDS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier


def meaning(event: QKeyEvent) -> Meaning:
    """What a key press asks for; Backspace never means anything."""
    if event.modifiers() & _COMMANDS:
        return None
    if event.key() == Qt.Key.Key_Delete:
        return CLEAR
    return of_text(event.text())


def of_text(text: str) -> Meaning:
    """The same for text that an input method has already composed."""
    return _BY_TEXT.get(text.casefold())
