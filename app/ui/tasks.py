"""The one task runner: long work off the GUI thread, one at a time, with progress and cancel."""

import gc
import sys
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeVar

from PySide6.QtCore import QObject, QThread, QTimer, Signal
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from app.errors import AppError
from app.ui import dialogs
from app.ui.progress import ProgressDialog, Steps, StepsDialog

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
        self._parent, self._is_asked = parent, parent is not None
        self.cancelled = False
        self._work = work
        self._told_at = 0.0

    @property
    def parent_widget(self) -> QWidget | None:
        """The page that asked, as long as it is there."""
        return self._parent if self._parent and isValid(self._parent) else None

    @property
    def is_forsaken(self) -> bool:
        """Whether the page that asked is gone: another user or file came meanwhile."""
        return self._is_asked and self.parent_widget is None

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


@dataclass(frozen=True)
class _Job:
    """A task with what follows it."""

    task: Task
    done: Callable[[Any], object]
    refused: Callable[[AppError], object] | None
    ended: Callable[[], object]
    is_quiet: bool
    steps: Steps | None

    def dialog(self) -> ProgressDialog:
        """The dialog that shows how far it is; work that cannot be stopped has no button."""
        parent, title = self.task.parent_widget, self.task.title
        made = StepsDialog(parent, title, self.steps) if self.steps else None
        shown = made or ProgressDialog(parent, title)
        if self.task.cancel_text:
            shown.set_cancel(self.task.cancel_text, self.task.stop)
        return shown


class TaskRunner(QObject):
    """Runs tasks in the order they come; shows progress when one takes longer than 0.3 s."""

    idle = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._waiting: deque[_Job] = deque()
        self._job: _Job | None = None
        self._lane: _Lane | None = None
        self._dialog: ProgressDialog | None = None
        self._timer = QTimer(self, singleShot=True, interval=SHOW_AFTER_MS)
        self._timer.timeout.connect(self._show_progress)
        self._collector = QTimer(self, interval=COLLECT_EVERY_MS)
        self._collector.timeout.connect(lambda: gc.collect(1))

    @property
    def is_busy(self) -> bool:
        """Whether a task is under way."""
        return self._job is not None

    def run(
        self,
        parent: QWidget | None,
        title: str,
        work: Callable[[Task], Result],
        done: Callable[[Result], object],
        *,
        cancel: str = "Hủy",
        refused: Callable[[AppError], object] | None = None,
        ended: Callable[[], object] = lambda: None,
        is_quiet: bool = False,
        steps: Steps | None = None,
    ) -> Task:
        """Queue work: plain data in and out, no widgets and no ORM objects inside `work`.

        `done` gets the result on the GUI thread unless the task was cancelled or refused;
        `cancel` are the words of the button that stops it, such as "Hủy nhập"; with "" it
        cannot be stopped and keeps the window from the start. `refused` takes the place of the
        dialog with the refusal; `ended` is called in every case. A page that is gone by then is
        told nothing, but a refusal is shown. Quiet work shows progress only
        while other work waits for it. `steps` are the parts of work that tells its percent.
        """
        task = Task(title, work, parent, cancel)
        self._waiting.append(_Job(task, done, refused, ended, is_quiet, steps))
        if not self.is_busy:
            self._start_next()
        elif not is_quiet and not self._dialog:
            self._timer.start()
        return task

    def shut_down(self) -> None:
        """Ask the running work to stop and wait for it; waiting tasks are dropped."""
        self._waiting.clear()
        if self._job and self._lane:
            self._job.task.stop()
            self._await(self._lane)

    def _start_next(self) -> None:
        """Start the next task, or fall idle."""
        if not self._waiting:
            self.idle.emit()
            return
        self._job = self._waiting.popleft()
        task = self._job.task
        task.finished.connect(self._succeed)
        task.failed.connect(self._fail)
        self._lane = _Lane(task)
        # Garbage may hold dead widgets: destroyed on the lane they stop or crash the program.
        gc.disable()
        self._collector.start()
        self._lane.start()
        if not task.cancel_text:
            self._show_progress()
        elif not self._job.is_quiet or self._waiting:
            self._timer.start()

    def _show_progress(self) -> None:
        """Show the modal progress of work that takes its time."""
        if self._job:
            self._dialog = self._job.dialog()
            self._job.task.progressed.connect(self._dialog.set_progress)
            self._dialog.open()

    def _end(self) -> _Job:
        """Clear away the ended task."""
        job, lane = self._job, self._lane
        assert job is not None
        assert lane is not None
        self._await(lane)
        self._timer.stop()
        if self._dialog:
            self._dialog.finish()
        self._job = self._lane = self._dialog = None
        return job

    def _await(self, lane: _Lane) -> None:
        """Wait for the end of the lane; then garbage is collected as always."""
        lane.wait()
        self._collector.stop()
        gc.enable()

    def _succeed(self, result: object) -> None:
        """Hand the result on, then turn to the next task."""
        job = self._end()
        try:
            if not job.task.cancelled and not job.task.is_forsaken:
                job.done(result)
        except AppError as error:
            dialogs.show_error(job.task.parent_widget, error)
        finally:
            self._turn_from(job)

    def _fail(self, error: BaseException) -> None:
        """Show a refusal; give a bug to the hook of the program."""
        job = self._end()
        if not isinstance(error, AppError):
            sys.excepthook(type(error), error, error.__traceback__)
        elif not job.task.cancelled:
            refused = None if job.task.is_forsaken else job.refused
            (refused or partial(dialogs.show_error, job.task.parent_widget))(error)
        self._turn_from(job)

    def _turn_from(self, job: _Job) -> None:
        """Tell the page of the end, and go on with what waits."""
        if not job.task.is_forsaken:
            job.ended()
        self._start_next()
