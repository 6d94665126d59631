"""Exceptions nobody caught: logged, told once, and the program lives on."""

import gc
import logging
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6 import QtCore
from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    QTimer,
    QUrl,
    qInstallMessageHandler,
    qWarning,
)
from PySide6.QtGui import QDesktopServices, QGuiApplication, QPaintEvent
from PySide6.QtWidgets import QApplication, QListView, QPlainTextEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.database import Database
from app.errors import RuleError
from app.services import programmes
from app.ui import bug_dialog, bugs, dialogs
from app.ui.bugs import Bugs
from app.ui.dialogs import Dialog
from app.ui.frame import MainWindow
from app.ui.tasks import Task, TaskRunner
from tests.conftest import raw_writing
from tests.ui.answering import answer
from tests.ui.conftest import Screen


@pytest.fixture
def window(qtbot: QtBot) -> MainWindow:
    made = MainWindow([])
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.fixture
def hook(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> Bugs:
    """The hook in place of that of the tests."""
    made = Bugs(window)
    monkeypatch.setattr(sys, "excepthook", made.catch)
    monkeypatch.setattr(
        threading, "excepthook", lambda c: made.catch(c.exc_type, c.exc_value, c.exc_traceback)
    )
    return made


@pytest.fixture
def told(hook: Bugs, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The details of every dialog."""
    shown: list[str] = []
    monkeypatch.setattr(
        bug_dialog, "show_bug", lambda _parent, details, _folder: shown.append(details)
    )
    return shown


@pytest.fixture
def log(caplog: pytest.LogCaptureFixture) -> Callable[[], list[str]]:
    caplog.set_level(logging.INFO, "solop")
    return lambda: [record.getMessage() for record in caplog.records]


def settle() -> None:
    for _ in range(5):
        QApplication.processEvents()


def loop(qtbot: QtBot, act: Callable[[], object], times: int = 1) -> None:
    """Let the event loop act: what a call from Python meets would come back to the test."""
    for _ in range(times):
        QTimer.singleShot(0, act)
        qtbot.wait(5)


class Broken(QWidget):
    """Cannot be painted."""

    paints = 0

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        self.paints += 1
        raise ZeroDivisionError("paint")


class BrokenModel(QAbstractListModel):
    """Cannot say what it holds."""

    def rowCount(self, *_parent: object) -> int:  # noqa: N802
        return 3

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = 0) -> object:
        if role == Qt.ItemDataRole.DisplayRole:
            raise ZeroDivisionError("data")
        return None


def test_a_bug_in_a_slot_is_logged_and_told(
    qtbot: QtBot, told: list[str], log: Callable[[], list[str]]
) -> None:
    button = QPushButton("Chia")
    qtbot.addWidget(button)
    button.clicked.connect(lambda: 1 // 0)
    button.click()
    settle()
    assert len(told) == 1
    assert "ZeroDivisionError" in told[0]
    assert log() == told


def test_a_bug_in_every_paint_event_opens_one_dialog_and_then_a_line(
    qtbot: QtBot, window: MainWindow, told: list[str], log: Callable[[], list[str]]
) -> None:
    widget = Broken()
    qtbot.addWidget(widget)
    loop(qtbot, widget.show)
    loop(qtbot, widget.update, 45)
    assert widget.paints >= 40
    assert len(told) == 1
    assert len(log()) <= 8  # each doubling
    line = window.banners.state("bug")
    assert line
    assert line.act
    line.act()
    assert len(told) == 2


def test_a_bug_in_a_model_is_told_once(qtbot: QtBot, told: list[str]) -> None:
    view, model = QListView(), BrokenModel()
    qtbot.addWidget(view)
    view.setModel(model)
    loop(qtbot, view.show)
    loop(qtbot, view.viewport().update, 5)
    assert len(told) == 1
    assert "data" in told[0]


def test_a_bug_in_a_task_is_told_and_the_runner_lives_on(
    qtbot: QtBot, told: list[str], hook: Bugs
) -> None:
    runner = TaskRunner()
    results: list[int] = []

    def work(_task: Task) -> int:
        return 1 // 0

    with qtbot.waitSignal(runner.idle):
        runner.run(None, "Chia…", work, results.append)
    with qtbot.waitSignal(runner.idle):
        runner.run(None, "Cộng…", lambda _task: 2, results.append)
    settle()
    assert len(told) == 1
    assert results == [2]


def test_a_bug_in_a_thread_is_told_on_the_gui_thread(
    told: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    threads: list[int] = []
    monkeypatch.setattr(
        bug_dialog, "show_bug", lambda *_args: threads.append(threading.get_ident())
    )
    thread = threading.Thread(target=lambda: 1 // 0)
    thread.start()
    thread.join()
    settle()
    assert threads == [threading.get_ident()]


def test_nothing_of_an_act_with_a_bug_is_written(
    qtbot: QtBot, told: list[str], database: Database
) -> None:
    with database.reading() as db:
        before = [row.name for row in programmes.programme_list(db)]

    def act() -> None:
        from app.models import Programme

        with raw_writing(database) as db:
            db.query(Programme).first().name = "Tên dở dang"  # type: ignore[union-attr]
            db.flush()
            raise ZeroDivisionError("act")

    button = QPushButton("Ghi")
    qtbot.addWidget(button)
    button.clicked.connect(act)
    button.click()
    settle()
    assert len(told) == 1
    with database.reading() as db:
        assert [row.name for row in programmes.programme_list(db)] == before


def test_only_one_dialog_is_open_at_a_time(
    hook: Bugs, log: Callable[[], list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[str] = []

    def open_dialog(_parent: QWidget, details: str, _folder: Path) -> None:
        shown.append(details)
        hook.catch(KeyError, KeyError("second"), None)
        settle()

    monkeypatch.setattr(bug_dialog, "show_bug", open_dialog)
    hook.catch(ValueError, ValueError("first"), None)
    settle()
    assert len(shown) == 1
    assert len(log()) == 2


def test_an_uncaught_refusal_is_told_each_time_as_its_sentence(
    hook: Bugs, told: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    monkeypatch.setattr(dialogs, "show_error", lambda _parent, error: said.append(str(error)))
    for _ in range(3):
        hook.catch(RuleError, RuleError("Lớp đã bế giảng."), None)
        settle()
    assert said == ["Lớp đã bế giảng."] * 3
    assert told == []


def test_the_hook_outlives_its_window(
    qtbot: QtBot, hook: Bugs, log: Callable[[], list[str]]
) -> None:
    lonely = MainWindow([])
    orphan = Bugs(lonely)
    lonely.deleteLater()
    del lonely
    QApplication.sendPostedEvents(None, 52)  # DeferredDelete
    gc.collect()
    orphan.catch(KeyError, KeyError("late"), None)
    assert "KeyError" in log()[0]


def test_installing_catches_all_three_and_logs_qt(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    handlers: list[object] = []
    for owner, name in ((sys, "excepthook"), (threading, "excepthook"), (sys, "unraisablehook")):
        monkeypatch.setattr(owner, name, getattr(owner, name))
    monkeypatch.setattr(QtCore, "qInstallMessageHandler", handlers.append)
    made = Bugs(window)
    caught: list[str] = []

    def count(kind: type[BaseException], _trace: object) -> int:
        caught.append(kind.__name__)
        return 3  # neither logged nor told

    monkeypatch.setattr(made, "_count", count)
    made.install()
    sys.excepthook(KeyError, KeyError("a"), None)
    thread = threading.Thread(target=lambda: 1 // 0)
    thread.start()
    thread.join()

    class Unraisable:
        def __del__(self) -> None:
            raise LookupError("late")

    Unraisable()
    gc.collect()
    assert caught == ["KeyError", "ZeroDivisionError", "LookupError"]
    assert handlers == [bugs.log_qt]


def test_what_qt_says_is_in_the_log(
    log: Callable[[], list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    before = qInstallMessageHandler(bugs.log_qt)
    try:
        qWarning("something is odd")
    finally:
        qInstallMessageHandler(before)
    assert log() == ["Qt: something is odd"]


def test_the_details_can_be_copied_and_the_folder_opened(
    window: MainWindow, tmp_path: Path, screen: Screen, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toLocalFile()))

    def act(dialog: Dialog) -> None:
        shown = dialog.findChild(QPlainTextEdit)
        assert isinstance(shown, QPlainTextEdit)
        assert shown.toPlainText() == "Traceback: KeyError 'x'"
        screen(dialog, "loi-chuong-trinh")
        for name in ("copy_details", "open_log_folder"):
            button = dialog.findChild(QPushButton, name)
            assert isinstance(button, QPushButton)
            button.click()
        dialog.reject()

    answer(Dialog, act)
    bug_dialog.show_bug(window, "Traceback: KeyError 'x'", tmp_path)
    assert QGuiApplication.clipboard().text() == "Traceback: KeyError 'x'"
    assert opened == [QUrl.fromLocalFile(str(tmp_path)).toLocalFile()]
