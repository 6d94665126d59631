"""One program writes at a time: a lock beside the centre file, and who holds it."""

import getpass
import json
import os
import platform
import time
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from filelock import FileLock, Timeout

from app import paths
from app.errors import FileError, StorageError

HOLDER_WAIT = 0.3  # seconds in which the holder has written who it is


@dataclass(frozen=True)
class Holder:
    """Who works with the file; empty fields where it is not known."""

    machine: str = ""
    who: str = ""
    since: str = ""  # ISO instant with its offset
    pid: int = 0

    @property
    def name(self) -> str:
        """Name machine and user: "Máy GIAOVU-01 (Hoàng Thị Mai)"."""
        if not self.machine:
            return "Máy khác"
        return f"Máy {self.machine}" + (f" ({self.who})" if self.who else "")

    @property
    def place(self) -> str:
        """Say where it has to be closed: in another window of this machine, or at another one."""
        return "cửa sổ" if self.machine == platform.node() else "máy"

    @property
    def since_words(self) -> str:
        """Say since when: " từ 07:42", with the date when it was another day."""
        if not self.since:
            return ""
        since = datetime.fromisoformat(self.since).astimezone()
        is_today = since.date() == datetime.now().astimezone().date()
        return since.strftime(" từ %H:%M" if is_today else " từ %H:%M ngày %d/%m/%Y")


class Held(StorageError):  # noqa: N818 - a state of the file, not a fault
    """Another program works with the file; it can be opened for reading."""

    def __init__(self, holder: Holder) -> None:
        super().__init__(
            f"Đang mở để xem. {holder.name} đang làm việc{holder.since_words}. "
            f"Vẫn tra cứu và in được; muốn sửa thì đóng ở {holder.place} kia rồi bấm Thử lại."
        )
        self.holder = holder


class Lock:
    """The right to write the file, until it is released or the process ends."""

    def __init__(self, held: FileLock, holder: Path) -> None:
        self._held = held
        self._holder = holder

    def sign(self, who: str) -> None:
        """Tell the others who works with the file now."""
        _write_holder(self._holder, who)

    def release(self) -> None:
        """Let the next program in; a second call does nothing."""
        if self._held.is_locked:
            with suppress(OSError):  # a place that vanished holds nobody back
                self._holder.unlink(missing_ok=True)
            with suppress(OSError):
                self._held.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        self.release()


def hold(database: Path, who: str) -> Lock:
    """Take the right to write `database` at once, or raise Held with who has it.

    The system itself lets go of the lock of a process that was killed.
    """
    held = FileLock(lock_path(database), timeout=0, thread_local=False, mode=0o600)
    try:
        held.acquire()
    except Timeout as error:
        raise Held(holder_of(database)) from error
    except (OSError, NotImplementedError) as error:
        raise StorageError(
            f"Không khóa được tệp {database}: thư mục chỉ cho đọc hoặc ổ mạng không giữ khóa. "
            "Chép tệp sang ổ của máy rồi mở lại."
        ) from error
    lock = Lock(held, holder_path(database))
    try:
        lock.sign(who)
    except FileError as error:
        lock.release()
        raise StorageError(str(error)) from error
    return lock


def _write_holder(path: Path, who: str) -> None:
    since = datetime.now().astimezone().isoformat(timespec="seconds")
    holder = Holder(platform.node() or "không tên", who or _account(), since, os.getpid())
    data = json.dumps(asdict(holder), ensure_ascii=False).encode()
    paths.write_atomically(path, data)


def _account() -> str:
    """Name the account of the system, for want of a better name."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return ""


def lock_path(database: Path) -> Path:
    """Where the lock lies."""
    return database.with_name(database.name + ".lock")


def holder_path(database: Path) -> Path:
    """Where the holder says who it is: on Windows nobody may read the locked file itself."""
    return database.with_name(database.name + ".dangmo")


def holder_of(database: Path) -> Holder:
    """Return who holds the lock, waiting a moment for one who has just taken it."""
    until = time.monotonic() + HOLDER_WAIT
    while True:
        if (holder := _read(holder_path(database))) is not None:
            return holder
        if time.monotonic() > until:
            return Holder()
        time.sleep(0.05)


def _read(path: Path) -> Holder | None:
    try:
        content = json.loads(path.read_bytes())
        since = str(content["since"])
        datetime.fromisoformat(since).astimezone()
        return Holder(str(content["machine"]), str(content["who"]), since, int(content["pid"]))
    except (OSError, ValueError, KeyError, TypeError, OverflowError, RecursionError):
        return None
