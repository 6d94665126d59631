"""One program, one file, one user at a time: signing in, locking, changing, leaving."""

import contextlib
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication, QDialog

from app import database as store
from app import lock, opening
from app.errors import AppError, FileError
from app.services import accounts, settings
from app.ui import dialogs
from app.ui.banner_line import State
from app.ui.places import FIRST
from app.ui.session import curtain, signing_in
from app.ui.session.idle_watch import IdleWatch
from app.ui.session.user_button import UserButton

if TYPE_CHECKING:
    from app.database import Database
    from app.services.accounts import User
    from app.ui.frame import MainWindow
    from app.ui.progress import Steps
    from app.ui.session.backup_keeper import BackupKeeper
    from app.ui.session.entrance import Opened
    from app.ui.session.surroundings import Surroundings
    from app.ui.tasks import Task, TaskRunner

Acts = list[tuple[str, str, Callable[[], object]]]
LOCKED = "Màn hình đã khóa"
WATCH_AFTER_MS = 700


class Session(QObject):
    """From the opened file to the closed window."""

    def __init__(self, window: "MainWindow", runner: "TaskRunner", opened: "Opened") -> None:
        super().__init__(window)
        self.window, self._runner, self._opened = window, runner, opened
        self._computer_user = opened.database.user.name
        self._idle = IdleWatch(self._idle_limit, self.lock_screen)
        self._is_locked = False
        self._keeper: BackupKeeper | None = None
        self._watchers: list[BackupKeeper | Surroundings] = []
        self._later = QTimer(self, singleShot=True, interval=WATCH_AFTER_MS)
        self._later.timeout.connect(self.watch)
        window.copies_changed.connect(self._renew_copies)

    @property
    def database(self) -> "Database":
        """The file that is open now."""
        return self._opened.database

    def start(self) -> bool:
        """Ask who is there where the centre has accounts; False: nobody."""
        if signing_in.users(self.database):
            user = self._ask()
            if user is None:
                return False
            self._let_in(user)
        else:
            self._begin()
        return True

    def close(self) -> None:
        """Let go of everything."""
        self._stop()
        self._opened.close()

    def _stop(self) -> None:
        """Watch nothing any more."""
        self._later.stop()
        self._idle.stop()
        for each in self._watchers:
            each.stop()
        self._keeper, self._watchers = None, []
        self.window.before_close = lambda: True

    def _renew_copies(self) -> None:
        """A copy was made by hand: its age is shown."""
        if self._keeper:
            self._keeper.renew()

    def _ask(self, **words: Any) -> "User | None":
        """Ask who is there."""
        from app.ui.session import login_dialog  # only where accounts are used

        return login_dialog.ask(self.window, self.database, self._runner, **words)

    def _let_in(self, user: "User") -> None:
        """From now on every act is this user's."""
        self.database.sign_in(user)
        if self._opened.lock:
            with contextlib.suppress(FileError):  # a note for others, not worth a refusal
                self._opened.lock.sign(user.name)
        self._begin()

    def _begin(self) -> None:
        """Open the first page for whoever is there now."""
        self._idle.stop()
        if self.database.user.account_id is not None:
            self._idle.start()
        self.window.top_bar.set_user(UserButton(self))
        self.window.replace_file = self.replace_file
        self.window.sign_in = self._let_in
        self._show_rights()
        self.window.begin(self.database, self._runner, FIRST)
        if not self._watchers:
            self._later.start()

    def _show_rights(self) -> None:
        """Tell whether the file can be written."""
        is_writable = not self.database.read_only
        self.window.status_bar.set_writable(is_writable)
        if self.database.read_only:
            self.window.banners.put("read_only", self._read_only_state())

    def watch(self) -> None:
        """Look after copies, clock and place from now on: the first list stands."""
        from app.ui.session.backup_keeper import BackupKeeper
        from app.ui.session.surroundings import Surroundings

        self._keeper = BackupKeeper(self.window, self._runner, self.database)
        self._watchers = [self._keeper, Surroundings(self.window, self.database)]
        self.window.before_close = self._keeper.may_leave
        for each in self._watchers:
            each.start()

    def _read_only_state(self) -> State:
        advice = self.database.read_only.removeprefix("Đang mở để xem").lstrip(".: ")
        advice = advice[:1].upper() + advice[1:]
        return State("warn", "Đang mở để xem.", advice, "Thử lại", self.open_to_write, "lock")

    # what the user may do ----------------------------------------------------
    def acts(self) -> Acts:
        """What the menu of the user offers now: code word, words, act."""
        if self.database.user.account_id is None and not signing_in.users(self.database):
            return []
        found: Acts = [("change_user", "Đổi người dùng…", self.change_user)]
        if self.database.user.account_id is not None:
            found.append(("lock_screen", "Khóa màn hình", self.lock_screen))
            if not self.database.read_only:
                found.insert(0, ("change_password", "Đổi mật khẩu…", self.change_password))
        return found

    def change_password(self) -> None:
        """Let the user set another password."""
        from app.ui.session.password_dialog import password_dialog  # seldom needed

        if password_dialog(self.window, self.database).exec():
            self.window.toast("Đã đổi mật khẩu.")

    def change_user(self) -> None:
        """Let somebody else work, without starting the program again."""
        if not self.window.may_leave():
            return
        title = "Đổi người dùng"
        user = self._ask(title=title, cancel="Đóng")
        if user:
            self._let_in(user)

    def open_to_write(self) -> None:
        """Take the file to write it, now that the cause may be gone."""
        found = opening.diagnose(self.database.path)
        if found.read_only:
            self.window.toast("Tệp vẫn chỉ cho đọc.")
            return
        try:
            held = lock.hold(self.database.path, self.database.user.name)
        except lock.Held as error:
            self.database.read_only = str(error)
            self.window.banners.put("read_only", self._read_only_state())
            self.window.toast(f"{error.holder.name} vẫn đang mở.")
        except AppError as error:
            dialogs.show_error(self.window, error)
        else:
            self._open_again(held)

    def _open_again(self, held: lock.Lock) -> None:
        """Open the file to write, for the same user where the file still knows them."""
        if not self.window.may_leave():
            held.release()
            return
        self._rest()
        self._opened.lock = held
        self.window.banners.put("read_only", None)
        self._begin_anew(lambda: None, self.database.user)

    def replace_file(
        self,
        title: str,
        work: Callable[["Task"], object],
        done: Callable[[Any], object],
        steps: "Steps | None" = None,
    ) -> None:
        """Let `work` put another file in place of this one, such as a copy; then begin anew."""
        if not self.window.may_leave():
            return
        self._rest()
        results: list[object] = []
        self._runner.run(
            self.window, title, work, results.append, cancel="", steps=steps,
            ended=lambda: self._begin_anew(lambda: [done(each) for each in results]),
        )  # fmt: skip

    def _begin_anew(self, tell: Callable[[], object], earlier: "User | None" = None) -> None:
        """Open the file that is there now; whoever it does not know is asked to sign in."""
        try:
            self._open()
        except AppError as error:
            dialogs.show_error(self.window, error)
            self.window.close()
            return
        self.window.renew_centre()
        if self._goes_on(earlier) or self.start():
            tell()
        else:
            self.window.close()

    def _goes_on(self, earlier: "User | None") -> bool:
        """Let the user of before work, with the rights of today; False: somebody signs in."""
        user = signing_in.still_known(self.database, earlier) if earlier else None
        if user:
            self._let_in(user)
        return user is not None

    def _rest(self) -> None:
        """Let go of the pages and of the file, not of the lock."""
        self._stop()
        self.window.drop_pages()
        self.database.close()

    def _open(self) -> None:
        """Open the file again, to write, for nobody in particular."""
        user = accounts.without_account(self._computer_user)
        self._opened.database = store.open_existing(self.database.path, user=user)

    # locking -----------------------------------------------------------------
    def _idle_limit(self) -> int:
        """Seconds after which the screen is locked, 0 never; work under way is not disturbed."""
        if self._is_locked or self._runner.is_busy:
            return 0
        with contextlib.suppress(AppError), self.database.reading() as db:
            return settings.load(db).idle_minutes * 60
        return 0  # the file cannot be read now: a later look knows

    def lock_screen(self) -> None:
        """Hide everything until the same user is back; unsaved input waits."""
        if self._is_locked or not signing_in.users(self.database):
            return
        self._is_locked = True
        curtains = curtain.draw()
        try:
            while not self._ask_behind_curtain():
                pass
        finally:
            for each in curtains:
                each.lift()
            self._is_locked = False

    def _ask_behind_curtain(self) -> bool:
        """Ask who is there; False asks again."""
        here = self.database.user
        user = self._ask(title=LOCKED, chosen=here.account_id)
        if user and user.account_id == here.account_id:
            self._idle.touch()
            return True
        if not self._may_drop(here.name):
            return False
        self._drop_all()
        QTimer.singleShot(0, self.window.close if user is None else lambda: self._let_in(user))
        return True

    def _may_drop(self, name: str) -> bool:
        """Ask before what somebody else typed is lost."""
        if not self.window.is_unsaved and not _open_dialogs():
            return True
        return dialogs.confirm(
            self.window,
            f"Bỏ phần chưa lưu của {name}?",
            f"{name} còn việc làm dở, chưa lưu. Những gì đã lưu vẫn nguyên.",
            action="Bỏ phần chưa lưu",
            danger=True,
        )

    def _drop_all(self) -> None:
        """Close what is open, unasked; what follows waits until those dialogs have ended."""
        for dialog in _open_dialogs():
            dialog.done(0)
        self.window.drop_pages()


def _open_dialogs() -> list[QDialog]:
    """The dialogs that are open, the newest first."""
    shown = (each for each in QApplication.topLevelWidgets() if each.isVisible())
    return [each for each in shown if isinstance(each, QDialog)][::-1]
