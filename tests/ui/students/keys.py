"""Typing as people do, letters with marks included, also in dialogs that wait for an answer."""

import time
from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from app.ui.dialogs import Dialog

ENTER = Qt.Key.Key_Return


def type_text(window: QWidget, text: str) -> None:
    """Type into whatever has the keyboard in a window."""
    target = window.focusWidget()
    assert target is not None
    for letter in text:
        none = Qt.KeyboardModifier.NoModifier
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QApplication.sendEvent(target, QKeyEvent(kind, 0, none, letter))


def press(window: QWidget, *keys: Qt.Key, control: bool = False) -> None:
    """Press keys in whatever has the keyboard in a window."""
    modifier = Qt.KeyboardModifier.ControlModifier if control else Qt.KeyboardModifier.NoModifier
    for key in keys:
        target = window.focusWidget()
        assert target is not None
        QTest.keyClick(target, key, modifier)


def answer_dialogs(monkeypatch: pytest.MonkeyPatch, *acts: Callable[[Dialog], object]) -> list[str]:
    """Let dialogs that are waited for be answered in turn; gives back their titles."""
    waiting, titles = list(acts), []

    def run(dialog: Dialog) -> int:
        titles.append(dialog.windowTitle())
        dialog.show()
        dialog.activateWindow()
        deadline = time.monotonic() + 5
        while QApplication.activeWindow() is not dialog and time.monotonic() < deadline:
            QTest.qWait(1)
        waiting.pop(0)(dialog)
        QApplication.processEvents()
        dialog.hide()
        return dialog.result()

    monkeypatch.setattr(Dialog, "exec", run)
    return titles


def wait_for_button(window: QWidget, name: str) -> None:
    """Let the window work until it shows a button."""
    deadline = time.monotonic() + 5
    while time.monotonic() < deadline:
        found = window.findChild(QPushButton, name)
        if found and found.isVisible():
            return
        QTest.qWait(10)
    raise AssertionError(f"the button {name} was not shown")


def click(name: str) -> Callable[[QWidget], None]:
    """An answer: the button of this object name."""

    def act(window: QWidget) -> None:
        found = window.findChild(QPushButton, name)
        assert isinstance(found, QPushButton)
        found.click()

    return act
