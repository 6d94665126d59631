"""What state a centre file is in, found within two seconds, and what can be done about it."""

import errno
import os
import sqlite3
import time
from dataclasses import dataclass
from pathlib import Path

from app import backups, dates
from app.backups import Copy
from app.backups.copying import has_table, opened, quoted, revision_of, table_names
from app.database import FIRST_REVISION, SCHEMA_REVISION
from app.errors import Cancelled, StorageError
from app.numbers import grouped
from app.opening import signs
from app.opening.states import FileState

CHECK_SECONDS = 1.5  # for looking at the pages; what was not reached by then passes for sound
WAIT_SECONDS = 0.3  # for a program that is just committing
VERIFY_SECONDS = 2.0
LOOKS, BETWEEN_LOOKS = 3, 0.1
ASK_EVERY = 1000  # steps of SQLite's machine
OWN_TABLES = ("alembic_version", "centre")  # since the first schema
BANNER = (
    "Đang mở để xem: {what} chỉ cho đọc. Vẫn tra cứu và in được; "
    "muốn sửa thì chép tệp sang ổ ghi được rồi mở lại."
)
KEPT = "Tệp được giữ nguyên."


@dataclass(frozen=True)
class Diagnosis:
    """The state of the file, a sentence for people, and what may be offered."""

    path: Path
    state: FileState
    sentence: str  # what happened and what to do; "" for a sound file
    copy: Copy | None = None  # the newest usable one, where it may take the place of the file
    read_only: str = ""  # the banner with which it is opened for reading only

    @property
    def may_open(self) -> bool:
        """Whether the file can be opened, at least for reading."""
        return self.state is FileState.SOUND or bool(self.read_only)


def diagnose(path: Path, *, verify_copy: bool = False) -> Diagnosis:
    """Look at a file that this process has not opened.

    It is changed by nothing but SQLite's own undoing of an act that a crash cut off.

    With `verify_copy` the offered copy is read through as well, as far as two seconds reach.
    """
    state = _state(path)
    if state is FileState.SOUND:
        what = _read_only_part(path)
        return Diagnosis(path, state, "", read_only=BANNER.format(what=what) if what else "")
    copy = newest_copy(path, verify_copy) if state.may_be_replaced else None
    if state is FileState.MISSING and copy is None:
        state = FileState.NEW
    return Diagnosis(path, state, _sentence(path, state, copy), copy)


def _state(path: Path) -> FileState:
    """Look again where what seems damage may be an act that somebody is just writing."""
    for _ in range(LOOKS):
        state = _state_now(path)
        if not (state.may_be_replaced and _journal(path).exists()):
            break
        time.sleep(BETWEEN_LOOKS)
    return state


def _state_now(path: Path) -> FileState:
    try:
        if path.exists() and not path.is_file():
            return FileState.OTHER
        found = signs.read(path)
        if found.is_ours and _journal(path).exists():
            if _is_being_written(path):
                return FileState.SOUND  # the lock will say who
            found = signs.read(path)
        return signs.state_of(found) or _state_inside(path, found)
    except FileNotFoundError:
        return FileState.MISSING
    except OSError as error:
        return FileState.PAGE if error.errno == errno.EIO else FileState.UNREADABLE


def _journal(path: Path) -> Path:
    """What SQLite writes beside the file during an act."""
    return path.with_name(path.name + "-journal")


def _is_being_written(path: Path) -> bool:
    """Let SQLite undo what a crash left; True where another program does not let it look.

    Until then the size of the file may not be what its header says.
    """
    try:
        with opened(path, timeout=WAIT_SECONDS) as reader:
            has_table(reader, "centre")
    except sqlite3.Error as error:
        return error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY
    return False


def _state_inside(path: Path, found: signs.Signs) -> FileState:
    """Let SQLite look at what has the face of a SQLite file."""
    until = time.monotonic() + CHECK_SECONDS
    is_read = signs.read_through(path, until)
    try:
        with opened(path, timeout=WAIT_SECONDS) as reader:
            is_whole = all(has_table(reader, name) for name in OWN_TABLES)
            if not found.is_ours:
                return FileState.HEADER if is_whole else FileState.FOREIGN
            if not is_whole or (is_read and not _passes(reader, until)):
                return _broken_inside(found)
            revision = revision_of(reader)
    except sqlite3.DatabaseError as error:
        return _state_by_fault(error.sqlite_errorcode & 0xFF, found)
    if revision > SCHEMA_REVISION:
        return FileState.NEWER
    if revision < FIRST_REVISION:
        return FileState.UNKNOWN
    if revision < SCHEMA_REVISION and _read_only_part(path):
        return FileState.READ_ONLY  # it would have to be upgraded first
    return FileState.SOUND


def _passes(reader: sqlite3.Connection, until: float) -> bool:
    """Check one table after the other: within a table SQLite cannot be stopped everywhere."""
    reader.set_progress_handler(lambda: time.monotonic() > until, ASK_EVERY)
    try:
        for name in ("sqlite_schema", *table_names(reader)):
            answer = reader.execute(f"PRAGMA quick_check({quoted(name)})").fetchone()
            if answer[0] != "ok":
                return False
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode != sqlite3.SQLITE_INTERRUPT:
            raise
    finally:
        reader.set_progress_handler(None, 0)
    return True


def _broken_inside(found: signs.Signs) -> FileState:
    return FileState.HALF_COPIED if found.ends_in_zeros else FileState.PAGE


def _state_by_fault(code: int, found: signs.Signs) -> FileState:
    """Translate what SQLite says of a file it cannot read."""
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return FileState.SOUND  # another program is writing; the lock will say who
    if code in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN):
        return FileState.READ_ONLY  # an act cut off by a crash cannot be undone here
    if code == sqlite3.SQLITE_NOTADB:
        return FileState.HEADER
    if code == sqlite3.SQLITE_CORRUPT and not found.is_ours:
        return FileState.FOREIGN
    return _broken_inside(found)


def _read_only_part(path: Path) -> str:
    """Name what cannot be written, the file or its folder; "" when both can."""
    try:
        path.open("r+b").close()
    except OSError:
        return "tệp"
    trial = path.with_name(f".{os.urandom(4).hex()}.tmp")
    try:
        trial.open("xb").close()
        trial.unlink()
    except OSError:
        return "thư mục"
    return ""


def newest_copy(database: Path, verify: bool) -> Copy | None:
    """Return the newest usable copy; with `verify` the newest that proves sound in the time."""
    until = time.monotonic() + VERIFY_SECONDS
    usable = [copy for copy in backups.copies(database) if not copy.problem]
    if not verify:
        return usable[0] if usable else None
    for copy in usable:
        try:
            return backups.verify(copy.path, lambda _done, _all: time.monotonic() < until)
        except Cancelled:
            return copy
        except StorageError:
            continue
    return None


def _sentence(path: Path, state: FileState, copy: Copy | None) -> str:
    """Say what happened and what to do."""
    match state:
        case FileState.NEW:
            return f"Chưa có dữ liệu ở {path}. Lập trung tâm mới, hoặc mở tệp khác."
        case FileState.NEWER:
            return (
                f"Tệp {path} {state.label}, bản này không đọc được. Cài bản mới rồi mở lại. {KEPT}"
            )
        case FileState.READ_ONLY:
            return (
                f"Tệp {path} ở nơi chỉ cho đọc, mà còn việc phải ghi trước khi xem được. "
                f"Chép cả thư mục sang ổ ghi được rồi mở lại. {KEPT}"
            )
        case FileState.UNREADABLE:
            return f"Không đọc được tệp {path}. Kiểm tra quyền đọc và ổ đĩa rồi thử lại. {KEPT}"
        case FileState.MISSING:
            return f"Tệp {path} {state.label}. {_offer(path, copy)}"
    return f"Tệp {path} {state.label}. {_offer(path, copy)} Tệp này được đổi tên và giữ lại."


def _offer(path: Path, copy: Copy | None) -> str:
    if copy is None:
        place = backups.folder(path)
        return (
            f"Chưa thấy bản sao nào trong {place}: chọn bản sao ở USB hoặc nơi khác, "
            "hay mở tệp khác."
        )
    made_at = copy.made_at.astimezone()
    return (
        f"Bấm Phục hồi để dùng bản sao lúc {made_at:%H:%M} ngày {dates.grid(made_at.date())} "
        f"({grouped(copy.classes)} lớp, {grouped(copy.learners)} học viên, "
        f"{grouped(copy.certificates)} giấy chứng nhận)."
    )
