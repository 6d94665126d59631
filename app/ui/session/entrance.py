"""Opening the centre's file: what state it is in, who has it, and with what right it is opened."""

import getpass
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from app import database, lock, opening, paths
from app.errors import StorageError
from app.opening import Diagnosis, FileState
from app.services import accounts, centre
from app.ui import dialogs, memory
from app.ui.session.held_dialog import HeldDialog

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from app.database import Database
    from app.lock import Lock

_LAST = "file/last"  # the file opened last: that it is gone is no reason to begin a new one


@dataclass
class Opened:
    """An open file; the lock is there unless it was opened to read only."""

    database: "Database"
    lock: "Lock | None"

    def close(self) -> None:
        """Let go of file and lock."""
        self.database.close()
        if self.lock:
            self.lock.release()


def computer_user() -> str:
    """Return the name of this computer's user, "" where the system does not say."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return ""


def open_file(window: "QWidget", path: Path) -> Opened | None:
    """Open the file; where there never was one the first-run wizard makes it.

    None: the user leaves. A file that cannot be opened, or that is gone, is put right first.
    """
    found = opening.diagnose(path)
    if found.state is FileState.NEW and not _was_here(path):
        return _first_run(window, path)
    if not found.may_open:
        return _rescued(window, found)
    opened = _open_found(window, found)
    memory.remember(_LAST, str(path.absolute()))
    return opened


def _was_here(path: Path) -> bool:
    """Whether there was a file at this place, so that a new one would hide its loss."""
    return memory.recall(_LAST) == str(path.absolute()) or path == paths.chosen_centre_file()


def _rescued(window: "QWidget", found: Diagnosis) -> Opened | None:
    """Go on as the user chooses: with a copy, another file, or a new one."""
    from app.ui.recovery import rescue  # seldom needed

    way = rescue.ask(window, found, computer_user())
    if way.path is None:
        return None
    if way.is_new:
        return _first_run(window, way.path)
    opened = open_file(window, way.path)
    if opened and found.path == paths.centre_file() != way.path and _is_for_good(window, way.path):
        paths.choose_centre_file(way.path)
    return opened


def _is_for_good(window: "QWidget", path: Path) -> bool:
    """Ask whether the file that was opened instead is the one from now on."""
    return dialogs.confirm(
        window,
        "Từ nay mở tệp này?",
        f"{path}\nTệp ở chỗ cũ chỉ vắng tạm (USB chưa cắm, mạng chưa nối) thì chỉ mở lần này.",
        action="Từ nay mở tệp này",
        cancel="Chỉ lần này",
    )


def _open_found(window: "QWidget", found: Diagnosis) -> Opened | None:
    """Open a file that can be opened, to write where nothing speaks against it."""
    path = found.path
    if found.read_only:
        return Opened(_opened(path, found.read_only), None)
    try:
        held = lock.hold(path, computer_user())
    except lock.Held as error:
        return _ask_about(window, path, error)
    except StorageError as error:
        return Opened(_opened(path, str(error)), None)
    return _set_up(window, Opened(_opened_under(held, path), held))


def _opened(path: Path, read_only: str) -> "Database":
    user = accounts.without_account(computer_user())
    return database.open_existing(path, user=user, read_only=read_only)


def _opened_under(held: "Lock", path: Path) -> "Database":
    """Open to write; the lock goes when that fails."""
    try:
        return _opened(path, "")
    except BaseException:
        held.release()
        raise


def _ask_about(window: "QWidget", path: Path, error: lock.Held) -> Opened | None:
    """Another program has the file: try again, or open it to read."""
    dialog = HeldDialog(window, error, lambda: lock.hold(path, computer_user()))
    dialog.exec()
    dialog.deleteLater()
    if dialog.lock:
        return _set_up(window, Opened(_opened_under(dialog.lock, path), dialog.lock))
    return Opened(_opened(path, str(dialog.held)), None) if dialog.to_read else None


def _set_up(window: "QWidget", opened: Opened) -> Opened | None:
    """A file without a centre gets it now, or the user leaves."""
    with opened.database.reading() as db:
        if centre.is_set_up(db) or accounts.are_used(db):  # who may change it signs in first
            return opened
    from app.ui.first_run import wizard  # seldom needed

    if wizard.finish(window, opened.database):
        return opened
    opened.close()
    return None


def _first_run(window: "QWidget", path: Path) -> Opened | None:
    """Ask for the centre and make its file, or open the one the user has already."""
    from app.ui.first_run import wizard  # seldom needed

    made = wizard.run(window, path)
    if made is None:
        return None
    opened = open_file(window, made) if isinstance(made, Path) else _new(made)
    if opened and path == paths.centre_file() != opened.database.path:
        paths.choose_centre_file(opened.database.path)
    return opened


def _new(made: "Database") -> Opened:
    """Hold the file that was just made."""
    made.sign_in(accounts.without_account(computer_user()))
    memory.remember(_LAST, str(made.path.absolute()))
    try:
        return Opened(made, lock.hold(made.path, computer_user()))
    except BaseException:
        made.close()
        raise
