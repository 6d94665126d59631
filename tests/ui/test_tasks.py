"""The one task runner: results, progress, cancelling, refusals and bugs."""

import gc
import sys
import threading
import time
import weakref
from functools import partial

import pytest
from PySide6.QtCore import QThread
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from app.errors import FileError
from app.ui import dialogs
from app.ui.progress import ProgressDialog
from app.ui.tasks import Task, TaskRunner


def dialog() -> ProgressDialog | None:
    shown = (w for w in QApplication.topLevelWidgets() if isinstance(w, ProgressDialog))
    return next((each for each in shown if each.isVisible()), None)


def steps(task: Task) -> str:
    """Work that counts until it is stopped."""
    for step in range(400):
        if not task.progress(step, 400, "Đọc dòng"):
            return "stopped"
        time.sleep(0.01)
    return "whole"


def test_the_result_comes_back_on_the_gui_thread(qtbot: QtBot) -> None:
    runner = TaskRunner()
    threads: list[int] = []

    def work(_task: Task) -> int:
        threads.append(threading.get_ident())
        return 42

    results: list[tuple[int, bool]] = []
    with qtbot.waitSignal(runner.idle):
        runner.run(
            None, "Đếm…", work,
            lambda n: results.append((n, QThread.currentThread() is runner.thread())),
        )  # fmt: skip
    assert results == [(42, True)]
    assert threads[0] != threading.get_ident()
    assert dialog() is None


def test_work_is_done_one_after_the_other(qtbot: QtBot) -> None:
    runner = TaskRunner()
    seen: list[str] = []

    def work(name: str, _task: Task) -> None:
        seen.append(f"{name} begins")
        time.sleep(0.02)
        seen.append(f"{name} ends")

    with qtbot.waitSignal(runner.idle):
        for name in ("a", "b"):
            runner.run(None, name, partial(work, name), lambda _none: None)
    assert seen == ["a begins", "a ends", "b begins", "b ends"]


def test_long_work_shows_progress_and_can_be_cancelled(qtbot: QtBot) -> None:
    runner = TaskRunner()
    results: list[object] = []
    runner.run(None, "Đọc danh sách…", steps, results.append, cancel="Hủy nhập")
    assert dialog() is None
    qtbot.waitUntil(lambda: dialog() is not None, timeout=2000)
    shown = dialog()
    assert shown is not None
    stop = shown.findChild(QPushButton, "cancel_task")
    assert isinstance(stop, QPushButton)
    assert stop.text() == "Hủy nhập"
    shown.reject()
    assert shown.isVisible()
    with qtbot.waitSignal(runner.idle):
        stop.click()
    assert results == []
    assert dialog() is None


def test_progress_tells_count_and_step(qtbot: QtBot) -> None:
    shown = ProgressDialog(None, "Đọc…")
    qtbot.addWidget(shown)
    shown.set_progress(3290, 5310, "Bước 3/4")
    assert shown.words() == "Bước 3/4 · 3.290 trong 5.310"


def test_a_refusal_is_shown_as_its_sentence(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list[str] = []
    monkeypatch.setattr(dialogs, "show_error", lambda _parent, error: shown.append(str(error)))

    def work(_task: Task) -> None:
        raise FileError("Tệp đang mở trong Excel. Đóng tệp đó rồi bấm Thử lại.")

    runner = TaskRunner()
    results: list[object] = []
    with qtbot.waitSignal(runner.idle):
        runner.run(None, "Đọc…", work, results.append)
    assert shown == ["Tệp đang mở trong Excel. Đóng tệp đó rồi bấm Thử lại."]
    assert results == []


def test_a_bug_goes_to_the_hook_and_the_runner_lives_on(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    caught: list[object] = []
    monkeypatch.setattr(sys, "excepthook", lambda _kind, error, _trace: caught.append(error))
    runner = TaskRunner()
    results: list[object] = []
    with qtbot.waitSignal(runner.idle):
        runner.run(None, "Chia…", lambda _task: 1 // 0, results.append)
    with qtbot.waitSignal(runner.idle):
        runner.run(None, "Cộng…", lambda _task: 1 + 1, results.append)
    assert [type(error) for error in caught] == [ZeroDivisionError]
    assert results == [2]


def test_a_page_that_is_gone_is_told_nothing_but_refusals_are_shown(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    runner, page = TaskRunner(), QWidget()
    told: list[object] = []
    monkeypatch.setattr(dialogs, "show_error", lambda parent, error: told.append((parent, error)))
    refusal = FileError("Tệp đang mở trong Excel.")

    def refuse(_task: Task) -> None:
        raise refusal

    with qtbot.waitSignal(runner.idle):
        for work in (lambda _task: 42, refuse):
            runner.run(
                page, "Đọc…", work, told.append, refused=told.append,
                ended=lambda: told.append("end"),
            )  # fmt: skip
        delete(page)
    assert told == [(None, refusal)]


def test_shutting_down_stops_the_work_and_waits(qtbot: QtBot) -> None:
    runner = TaskRunner()
    results: list[object] = []
    runner.run(None, "Đọc…", steps, results.append)
    runner.shut_down()
    qtbot.waitUntil(lambda: not runner.is_busy)
    assert results == []


def test_dead_widgets_are_never_destroyed_on_the_lane(qtbot: QtBot) -> None:
    """A widget destroyed off the GUI thread stops or crashes the program."""
    runner = TaskRunner()
    destroyed_on: list[int] = []

    def drop_widgets_in_cycles() -> None:
        for _ in range(50):
            widget = QWidget()
            vars(widget)["itself"] = widget  # a cycle that only the collector ends
            weakref.finalize(widget, lambda: destroyed_on.append(threading.get_ident()))

    def make_garbage(_task: Task) -> None:
        for _ in range(20_000):
            ring: list[object] = []
            ring.append(ring)

    drop_widgets_in_cycles()
    with qtbot.waitSignal(runner.idle):
        runner.run(None, "Đọc…", make_garbage, lambda _result: None)
    assert gc.isenabled()
    gc.collect()
    assert set(destroyed_on) == {threading.get_ident()}
    runner.shut_down()


def test_quiet_work_shows_nothing_until_other_work_waits_for_it(qtbot: QtBot) -> None:
    runner = TaskRunner()
    seen: list[str] = []
    quiet = runner.run(
        None, "Đang sao lưu…", steps, seen.append, is_quiet=True, ended=lambda: seen.append("end")
    )
    qtbot.wait(450)
    assert dialog() is None
    runner.run(None, "Đọc…", lambda _task: "read", seen.append)
    qtbot.waitUntil(lambda: dialog() is not None, timeout=2000)
    with qtbot.waitSignal(runner.idle):
        quiet.stop()
    assert seen == ["end", "read"]


def test_who_asked_may_take_the_refusal(qtbot: QtBot) -> None:
    runner = TaskRunner()
    refused: list[str] = []

    def work(_task: Task) -> None:
        raise FileError("Ổ đĩa đã đầy.")

    with qtbot.waitSignal(runner.idle):
        runner.run(
            None, "Đọc…", work, lambda _result: None,
            refused=lambda error: refused.append(str(error)), ended=lambda: refused.append("end"),
        )  # fmt: skip
    assert refused == ["Ổ đĩa đã đầy.", "end"]
