"""Somebody at the keyboard of the real window: presses keys, types, answers dialogs."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from app import startup
from app.database import Database
from app.ui import files, theme
from app.ui.context import Context
from app.ui.dialogs import Dialog
from app.ui.frame import MainWindow
from app.ui.page import Page
from app.ui.places import FIRST, all_places
from app.ui.tasks import TaskRunner

PageT = TypeVar("PageT", bound=Page)
Answer = Callable[[Dialog], object]
_FARTHEST = 120  # tab stops of a window
_PATIENCE_MS = 10_000


class Clerk:
    """Works in one window at a time; what has the keyboard gets the keys."""

    def __init__(self, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
        self._qtbot = qtbot
        self._monkeypatch = monkeypatch
        self._answers: list[Answer] = []
        self._runner: TaskRunner | None = None
        self.window = MainWindow([])
        self.titles: list[str] = []
        self._real_exec = Dialog.exec
        monkeypatch.setattr(Dialog, "exec", lambda dialog: self._run_dialog(dialog))

    # the window ------------------------------------------------------------------
    def start(self, width: int = 1366, height: int = 696) -> MainWindow:
        """Show an empty window, as the program does before the file is open."""
        self.window = MainWindow(all_places())
        self._qtbot.addWidget(self.window)
        self.window.resize(theme.u(width), theme.u(height))
        with self._qtbot.waitActive(self.window):
            self.window.show()
        return self.window

    def begin(self, database: Database) -> None:
        """Hand the opened file to the window."""
        self._runner = TaskRunner(self.window)
        startup.show_centre(self.window, database)
        self.window.begin(database, self._runner, FIRST)

    def leave(self) -> None:
        """Close the window and end its work."""
        assert self.window.close()
        if self._runner:
            self._runner.shut_down()

    @property
    def context(self) -> Context:
        """What the shown page was given."""
        return self.page(Page).context

    def page(self, kind: type[PageT]) -> PageT:
        """The page that is shown."""
        page = self.window.page()
        assert isinstance(page, kind)
        return page

    # keys --------------------------------------------------------------------------
    def keyboard(self) -> QWidget:
        """The widget that has the keyboard."""
        active = QApplication.activeWindow() or self._go_to_front()
        return active.focusWidget() or active

    def _go_to_front(self) -> QWidget:
        """A window system hands the keyboard to the window below; offscreen nobody does."""
        front = QApplication.activeModalWidget() or self.window
        front.activateWindow()
        self.wait(lambda: QApplication.activeWindow() is front)
        return front

    def press(self, *keys: str) -> None:
        """Press keys by name: "Ctrl+N", "Return"."""
        for key in keys:
            QTest.keySequence(self.keyboard(), QKeySequence(key))

    def type(self, text: str) -> None:
        """Type letters, those with marks included, into whatever has the keyboard by then."""
        plain = Qt.KeyboardModifier.NoModifier
        for letter in text:
            target = self.keyboard()
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                QApplication.sendEvent(target, QKeyEvent(kind, 0, plain, letter))

    def tab_to(self, name: str) -> QWidget:
        """Walk with Tab to the widget of this object name."""
        passed: list[str] = []
        for _ in range(_FARTHEST):
            if self.keyboard().objectName() == name:
                return self.keyboard()
            passed.append(self.keyboard().objectName() or type(self.keyboard()).__name__)
            self.press("Tab")
        raise AssertionError(f"Tab does not reach {name}, only {list(dict.fromkeys(passed))}")

    def fill(self, **texts: str) -> None:
        """Walk through fields of a form and write over what stands in each."""
        for name, text in texts.items():
            self.tab_to(name)
            self.type(text)

    # waiting -------------------------------------------------------------------------
    def wait(self, condition: Callable[[], bool]) -> None:
        """Until something is so."""
        self._qtbot.waitUntil(condition, timeout=_PATIENCE_MS)

    def settle(self) -> None:
        """Until the work in the background is done."""
        QTest.qWait(1)
        assert self._runner
        runner = self._runner
        self.wait(lambda: not runner.is_busy)

    # dialogs -------------------------------------------------------------------------
    def answer(self, *answers: Answer) -> None:
        """How the dialogs that come next are answered, in turn."""
        assert not self._answers
        self._answers.extend(answers)

    def answered(self) -> bool:
        """Whether every expected dialog came."""
        return not self._answers

    def _run_dialog(self, dialog: Dialog) -> int:
        """Open the dialog for real; the next answer acts while it waits."""
        self.titles.append(dialog.windowTitle())
        if not self._answers:
            raise AssertionError(f"Nobody expected this dialog: {_words(dialog)}")
        act = self._answers.pop(0)
        QTimer.singleShot(0, dialog, lambda: self._act(dialog, act))
        return self._real_exec(dialog)

    def _act(self, dialog: Dialog, act: Answer) -> None:
        try:
            self.wait(lambda: QApplication.activeWindow() is dialog)
            act(dialog)
            if dialog.isVisible():
                raise AssertionError(f"The dialog stayed open: {_words(dialog)}")
        finally:
            if dialog.isVisible():
                dialog.done(0)

    def choose_file(self, path: Path) -> None:
        """What the system's dialogs for files answer from now on."""
        for name in ("open_file", "save_file"):
            self._monkeypatch.setattr(files, name, lambda *_args: path)
        self._monkeypatch.setattr(files, "open_files", lambda *_args: [path])


def _words(dialog: Dialog) -> str:
    """Title and every sentence of a dialog."""
    said = [label.text() for label in dialog.findChildren(QLabel) if label.text()]
    return " | ".join([dialog.windowTitle(), *said])
