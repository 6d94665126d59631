"""The faults of disks in words, and bytes that are down on the disk before they are trusted."""

import contextlib
import errno
import hashlib
import os
import sqlite3
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from app.backups.watch import Watch
from app.database import DAMAGE
from app.errors import StorageError

CHUNK = 1 << 20
PARTIAL = ".so-lop-part"
LEFT_BEHIND = timedelta(days=1)  # an unfinished copy of that age belongs to no running program
FULL = {errno.ENOSPC, errno.EDQUOT}
UNSOUND = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}
UNREADABLE = {sqlite3.SQLITE_IOERR_READ, sqlite3.SQLITE_IOERR_SHORT_READ}
GONE = {errno.ENOENT, errno.ENOTDIR, errno.ENODEV, errno.ENXIO, errno.ESTALE, errno.EIO}


class Damaged(StorageError):  # noqa: N818 - a state of the file, not a fault
    """The file read from is no sound centre file; another reason leaves it in no doubt."""


@contextlib.contextmanager
def plain_sentences(source: Path, target: Path, refusal: Damaged | None = None) -> Iterator[None]:
    """Say what hindered a copy from `source` to `target` in one sentence."""
    try:
        yield
    except sqlite3.Error as error:
        raise _sqlite_sentence(error, source, target, refusal) from error
    except OSError as error:
        raise StorageError(_sentence(error, source, target)) from error


def damaged(source: Path) -> Damaged:
    """The refusal of a file that is not sound."""
    return Damaged(
        f"Tệp {source} đã hỏng nên không sao chép được. "
        "Phục hồi từ bản sao lưu mới nhất; các bản sao giữ nguyên."
    )


def bad_copy(copy: Path) -> Damaged:
    """The refusal of a copy that is not what was written."""
    return Damaged(f"Bản sao {copy.name} đã hỏng, không dùng được. Chọn bản sao khác.")


def _sqlite_sentence(
    error: sqlite3.Error, source: Path, target: Path, refusal: Damaged | None
) -> StorageError:
    extended = getattr(error, "sqlite_errorcode", 0)
    code = extended & 0xFF
    if code in UNSOUND or extended in UNREADABLE or any(sign in str(error) for sign in DAMAGE):
        return refusal or damaged(source)
    if code == sqlite3.SQLITE_FULL:
        return StorageError(_full(target))
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return StorageError(f"Tệp {source} đang được chương trình khác ghi. Đợi rồi thử lại.")
    return StorageError(
        f"Không sao chép được {source} vào {target} ({error}). Kiểm tra ổ đĩa rồi thử lại."
    )


def _sentence(error: OSError, source: Path, target: Path) -> str:
    if error.errno in FULL:
        return _full(target)
    if not source.exists():
        return f"Không thấy tệp {source}. Kiểm tra tên và ổ đĩa."
    if error.errno in GONE:
        return f"Không thấy nơi ghi {target.parent}. Cắm ổ hoặc nối mạng rồi thử lại."
    if isinstance(error, PermissionError):
        return (
            f"Không được ghi {target.name} vào {target.parent}: nơi đó chỉ cho đọc, hoặc tệp đang "
            "mở ở chương trình khác. Đóng tệp đó hoặc chọn nơi khác."
        )
    return f"Chưa ghi được {target} ({error.strerror}). Thử lại hoặc chọn nơi khác."


def _full(target: Path) -> str:
    return f"Ổ đĩa chứa {target.parent} đã đầy, chưa sao lưu được. Dọn bớt hoặc chọn nơi khác."


def new_private_file(path: Path) -> None:
    """Make an empty file that only this user may read."""
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))


def hash_of(path: Path, watch: Watch) -> str:
    """Return the SHA-256 of a file, as 64 hex digits."""
    with path.open("rb") as file:
        return _read_through(file.fileno(), watch)


def _read_through(source: int, watch: Watch, target: int | None = None) -> str:
    """Hash all that is left to read, writing it to `target` as well."""
    digest, done, total = hashlib.sha256(), 0, os.fstat(source).st_size
    while block := os.read(source, CHUNK):
        digest.update(block)
        if target is not None:
            _write_all(target, block)
        done += len(block)
        watch.tell(done, total)
    return digest.hexdigest()


def _write_all(target: int, block: bytes) -> None:
    """Write the whole block: one call may take a part of it only."""
    rest = memoryview(block)
    while rest:
        rest = rest[os.write(target, rest) :]


def copy_bytes(source: Path, target: Path, watch: Watch) -> str:
    """Copy `source` into the new file `target`, down to the disk; return the SHA-256 read."""
    new_private_file(target)
    with source.open("rb") as reader, target.open("r+b") as writer:
        digest = _read_through(reader.fileno(), watch, writer.fileno())
        os.fsync(writer.fileno())
    return digest


def flush_file(path: Path) -> None:
    """Wait until the file is on the disk."""
    with path.open("r+b") as file:
        os.fsync(file.fileno())


def partial_name(target: Path) -> Path:
    """A name beside `target` that no other copy uses."""
    return target.with_name(f".{target.name}.{os.urandom(4).hex()}{PARTIAL}")


def sweep(place: Path) -> None:
    """Remove what a killed program left unfinished."""
    for partial in place.glob(f".*{PARTIAL}"):
        if is_left_behind(partial):
            partial.unlink(missing_ok=True)


def is_left_behind(path: Path) -> bool:
    """Tell whether a file is so old that no running program is still at work on it."""
    try:
        changed = datetime.fromtimestamp(path.stat().st_mtime).astimezone()
    except FileNotFoundError:
        return False  # its program has just finished
    return abs(datetime.now().astimezone() - changed) >= LEFT_BEHIND
