"""Answering the dialogs that open next, however long they take to open."""

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from app.ui.dialogs import Dialog

D = TypeVar("D", bound=Dialog)
_AGAIN_MS = 10
_waiting: list[Callable[[], bool]] = []


def answer(kind: type[D], act: Callable[[D], object]) -> None:
    """Act on the next dialog, of this kind, once it is open; answers are given in turn."""

    def try_it() -> bool:
        dialog = QApplication.activeModalWidget()
        if not isinstance(dialog, kind):
            return False
        _waiting.pop(0)
        _look_again()
        act(dialog)
        return True

    _waiting.append(try_it)
    if len(_waiting) == 1:
        _look_again()


def unanswered() -> int:
    """How many dialogs were expected and never opened; nobody waits for them any more."""
    left = len(_waiting)
    _waiting.clear()
    return left


def _look_again() -> None:
    if _waiting:
        QTimer.singleShot(_AGAIN_MS, _look)


def _look() -> None:
    """The first answer is given, or waits on."""
    if _waiting and not _waiting[0]():
        _look_again()
