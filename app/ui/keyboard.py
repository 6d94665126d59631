"""What a key press means, on the main keys as on the number pad."""

from PySide6 import QtCore  # QtCore.Qt is made at its first use, after the first paint
from PySide6.QtGui import QKeyEvent


def is_plain(event: QKeyEvent) -> bool:
    """Whether no other key is held; that a key stands on the number pad is no matter."""
    return not event.modifiers() & ~QtCore.Qt.KeyboardModifier.KeypadModifier


def is_enter(event: QKeyEvent) -> bool:
    """Whether this is Enter alone."""
    keys = (QtCore.Qt.Key.Key_Return, QtCore.Qt.Key.Key_Enter)
    return event.key() in keys and is_plain(event)
