"""The one task runner: long work off the GUI thread, one at a time, with progress and cancel."""

import gc
import sys
import time
from collections import deque
from collections.abc import Callable
from typing import Any, TypeVar

from PySide6.QtCore import QObject, QThread, QTimer, Signal
from PySide6.QtWidgets import QWidget

from app.errors import AppError
from app.ui import dialogs
from app.ui.progress import ProgressDialog

Result = TypeVar("Result")
SHOW_AFTER_MS = 300
COLLECT_EVERY_MS = 500
_TELL_EVERY = 0.05  # seconds between two progress signals


class Task(QObject):
    """One piece of work; `progress` may be handed to any function that reports steps."""

    progressed = Signal(int, int, str)
    finished = Signal(object)
    failed = Signal(object)

    def __init__(
        self, title: str, work: Callable[["Task"], Any], parent: QWidget | None, cancel_text: str
    ) -> None:
        super().__init__()
        self.title = title
        self.cancel_text = cancel_text
        self.parent_widget = parent
        self.cancelled = False
        self._work = work
        self._told_at = 0.0

    def progress(self, done: int, total: int, text: str = "") -> bool:
        """Tell how far the work is; False asks the work to stop and leave nothing half done."""
        now = time.monotonic()
        if now - self._told_at >= _TELL_EVERY or done >= total:
            self._told_at = now
            self.progressed.emit(done, total, text)
        return not self.cancelled

    def stop(self) -> None:
        """Ask the work to stop at its next step."""
        self.cancelled = True

    def run(self) -> None:
        """Do the work on the lane and hand on its outcome."""
        try:
            result = self._work(self)
        except Exception as error:  # noqa: BLE001 - every outcome goes back to the GUI thread
            self.failed.emit(error)
        else:
            self.finished.emit(result)


class _Lane(QThread):
    """The one background thread."""

    def __init__(self, task: Task) -> None:
        super().__init__()
        self._task = task

    def run(self) -> None:
        """Run the task of this turn."""
        self._task.run()


class TaskRunner(QObject):
    """Runs tasks in the order they come; shows progress when one takes longer than 0.3 s."""

    idle = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._waiting: deque[tuple[Task, Callable[[Any], object]]] = deque()
        self._task: Task | None = None
        self._done: Callable[[Any], object] = lambda _result: None
        self._lane: _Lane | None = None
        self._dialog: ProgressDialog | None = None
        self._timer = QTimer(self, singleShot=True, interval=SHOW_AFTER_MS)
        self._timer.timeout.connect(self._show_progress)
        self._collector = QTimer(self, interval=COLLECT_EVERY_MS)
        self._collector.timeout.connect(lambda: gc.collect(1))

    @property
    def is_busy(self) -> bool:
        """Whether a task is under way."""
        return self._task is not None

    def run(
        self,
        parent: QWidget | None,
        title: str,
        work: Callable[[Task], Result],
        done: Callable[[Result], object],
        *,
        cancel: str = "Hủy",
    ) -> Task:
        """Queue work: plain data in and out, no widgets and no ORM objects inside `work`.

        `done` gets the result on the GUI thread unless the task was cancelled or refused;
        `cancel` are the words of the button that stops it, such as "Hủy nhập".
        """
        task = Task(title, work, parent, cancel)
        self._waiting.append((task, done))
        if not self.is_busy:
            self._start_next()
        return task

    def shut_down(self) -> None:
        """Ask the running work to stop and wait for it; waiting tasks are dropped."""
        self._waiting.clear()
        if self._task and self._lane:
            self._task.cancelled = True
            self._await(self._lane)

    def _start_next(self) -> None:
        """Start the next task, or fall idle."""
        if not self._waiting:
            self.idle.emit()
            return
        self._task, self._done = self._waiting.popleft()
        self._task.finished.connect(self._succeed)
        self._task.failed.connect(self._fail)
        self._lane = _Lane(self._task)
        # Garbage may hold dead widgets: destroyed on the lane they stop or crash the program.
        gc.disable()
        self._collector.start()
        self._lane.start()
        self._timer.start()

    def _show_progress(self) -> None:
        """Show the modal progress of work that takes its time."""
        if self._task:
            self._dialog = ProgressDialog(self._task.parent_widget, self._task.title)
            self._dialog.set_cancel(self._task.cancel_text, self._task.stop)
            self._task.progressed.connect(self._dialog.set_progress)
            self._dialog.open()

    def _end(self) -> Task:
        """Clear away the ended task."""
        task, lane = self._task, self._lane
        assert task is not None
        assert lane is not None
        self._await(lane)
        self._timer.stop()
        if self._dialog:
            self._dialog.finish()
        self._task = self._lane = self._dialog = None
        return task

    def _await(self, lane: _Lane) -> None:
        """Wait for the end of the lane; then garbage is collected as always."""
        lane.wait()
        self._collector.stop()
        gc.enable()

    def _succeed(self, result: object) -> None:
        """Hand the result on, then turn to the next task."""
        done, task = self._done, self._end()
        try:
            if not task.cancelled:
                done(result)
        except AppError as error:
            dialogs.show_error(task.parent_widget, error)
        finally:
            self._start_next()

    def _fail(self, error: BaseException) -> None:
        """Show a refusal; give a bug to the hook of the program."""
        task = self._end()
        if not isinstance(error, AppError):
            sys.excepthook(type(error), error, error.__traceback__)
        elif not task.cancelled:
            dialogs.show_error(task.parent_widget, error)
        self._start_next()
