"""Copies without being asked: every so many minutes, and on leaving."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QGuiApplication

from app import backups
from app.backups import BackupKind, Copy
from app.errors import AppError, Cancelled, StorageError
from app.services import settings
from app.services.settings import Settings
from app.ui import dialogs
from app.ui.banner_line import State
from app.ui.settings.copy_rows import age_words, staleness

if TYPE_CHECKING:
    from app.database import Database
    from app.ui.frame import MainWindow
    from app.ui.tasks import Task, TaskRunner

LOOK_EVERY_MS = 60_000
REST = timedelta(minutes=10)  # after a failure
Progress = Callable[[int, int], bool]


@dataclass(frozen=True)
class Outcome:
    """What is there after a look: the newest copy, and what the second place refused."""

    newest: Copy | None
    refusal: str = ""


def look(database: Path, wanted: Settings, kind: BackupKind, progress: Progress) -> Outcome:
    """Make a copy where one is due, on leaving wherever something changed since the last one."""
    newest = _newest(database)
    minutes = 0 if kind is BackupKind.CLOSING else wanted.backup_minutes
    now = datetime.now().astimezone()
    if not backups.due(newest, backups.journal_head(database), minutes, now):
        return Outcome(newest)
    made = backups.make(database, kind, progress)
    if not wanted.second_place:
        return Outcome(made)
    try:
        backups.to_second_place(made, Path(wanted.second_place), progress)
    except Cancelled:
        raise
    except AppError as error:
        return Outcome(made, str(error))
    return Outcome(made)


def age(newest: Copy | None, now: datetime) -> tuple[str, str]:
    """Return how old the newest copy is, in words, and the colour of that."""
    if newest is None:
        return "Chưa có bản sao lưu", "warn"
    days = newest.age_days(now)
    return f"Sao lưu: {age_words(days)}", staleness(days) or "text2"


class BackupKeeper(QObject):
    """Looks every minute, quietly; a failure is a banner, never a dialog."""

    def __init__(self, window: "MainWindow", runner: "TaskRunner", database: "Database") -> None:
        super().__init__(window)
        self._window, self._runner, self._database = window, runner, database
        self._rest_until = datetime.min.replace(tzinfo=UTC)
        self._is_looking, self._may_leave = False, False
        self._timer = QTimer(self, interval=LOOK_EVERY_MS)
        self._timer.timeout.connect(self.look)

    def start(self) -> None:
        """Show the age now and look from time to time."""
        self.renew()
        if not self._database.read_only:
            self._timer.start()

    def stop(self) -> None:
        """Make no more copies."""
        self._timer.stop()

    def renew(self) -> None:
        """Show the age of the newest copy."""
        path = self._database.path
        self._run(lambda _task: Outcome(_newest(path)), is_quiet=True)

    def look(self) -> None:
        """Copy if it is time, unless other work is under way."""
        if self._runner.is_busy or datetime.now().astimezone() < self._rest_until:
            return
        try:
            wanted = self._settings()
        except StorageError as error:
            self._fail(error)
            return
        if wanted.backup_minutes:
            self._run(self._work(wanted, BackupKind.AUTOMATIC), is_quiet=True)

    def try_again(self) -> None:
        """Look now: the user says that the cause of a failure is gone."""
        if not self._is_looking:
            self._run(self._work(self._settings(), BackupKind.AUTOMATIC), is_quiet=False)

    def may_leave(self) -> bool:
        """Whether the window may close now; if not, it closes once the copy is made."""
        if self._may_leave or self._database.read_only or _is_logging_off():
            return True
        try:
            wanted = self._settings()
        except StorageError as error:  # the disk was pulled out
            self._ask_to_leave(str(error))
            return self._may_leave
        if not wanted.backup_on_close:
            return True
        self._timer.stop()
        self._may_leave = True
        work = self._work(wanted, BackupKind.CLOSING)
        self._run(work, is_quiet=False, refused=self._tell_failure, ended=self._leave)
        return False

    def _ask_to_leave(self, words: str) -> None:
        """Nothing was copied: leave all the same, or stay and see to it."""
        self._may_leave = dialogs.confirm(
            self._window,
            "Thoát mà không sao lưu?",
            words,
            action="Thoát, không sao lưu",
            cancel="Ở lại",
        )

    def _tell_failure(self, error: AppError) -> None:
        self._ask_to_leave(f"{error} Dữ liệu đang dùng vẫn nguyên.")

    def _leave(self) -> None:
        """Close the window, or go on as before."""
        if self._may_leave:
            self._window.drop_pages()  # they were asked before the copy
            self._window.close()
        else:
            self._timer.start()

    # work --------------------------------------------------------------------
    def _settings(self) -> Settings:
        with self._database.reading() as db:
            return settings.load(db)

    def _work(self, wanted: Settings, kind: BackupKind) -> Callable[["Task"], Outcome]:
        path = self._database.path
        return lambda task: look(path, wanted, kind, task.progress)

    def _run(
        self,
        work: Callable[["Task"], Outcome],
        *,
        is_quiet: bool,
        refused: Callable[[AppError], object] | None = None,
        ended: Callable[[], object] = lambda: None,
    ) -> None:
        """Work on the lane; quiet work shows nothing."""
        self._is_looking = True
        self._runner.run(
            self._window,
            "Đang sao lưu…",
            work,
            self._show,
            cancel="Bỏ sao lưu lần này",
            refused=refused or self._fail,
            ended=partial(self._end, ended),
            is_quiet=is_quiet,
        )

    def _end(self, ended: Callable[[], object]) -> None:
        self._is_looking = False
        ended()

    def _show(self, outcome: Outcome) -> None:
        """Show the age, and what the second place refused."""
        self._window.status_bar.set_backup(*age(outcome.newest, datetime.now().astimezone()))
        self._put("warn", "Chưa chép được ra nơi thứ hai.", outcome.refusal)

    def _fail(self, error: AppError) -> None:
        """Say it in the line under the top bar and rest a while."""
        self._rest_until = datetime.now().astimezone() + REST
        self._put("bad", "Chưa sao lưu được.", str(error))

    def _put(self, kind: str, what: str, advice: str) -> None:
        state = State(kind, what, advice, "Thử lại", self.try_again) if advice else None
        self._window.banners.put("backup", state)


def _newest(database: Path) -> Copy | None:
    return next((copy for copy in backups.copies(database) if not copy.problem), None)


def _is_logging_off() -> bool:
    """Whether the system asks: it does not wait for a copy."""
    running = QGuiApplication.instance()
    return isinstance(running, QGuiApplication) and running.isSavingSession()
