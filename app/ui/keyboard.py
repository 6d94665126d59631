"""What a key press means, on the main keys as on the number pad."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


def is_plain(event: QKeyEvent) -> bool:
    """Whether no other key is held; that a key stands on the number pad is no matter."""
    return not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier


def is_enter(event: QKeyEvent) -> bool:
    """Whether this is Enter alone."""
    return event.key() in _ENTER and is_plain(event)
