"""Putting a verified copy in the place of the centre file; what was there is kept."""

import errno
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from app.backups.making import STAMP, add, verify
from app.backups.manifest import Copy, JournalHead
from app.backups.storage import (
    Damaged,
    bad_copy,
    copy_bytes,
    damaged,
    partial_name,
    plain_sentences,
    sweep,
)
from app.backups.watch import WHOLE, Progress, Watch
from app.database import APPLICATION_ID, FIRST_REVISION, SCHEMA_REVISION, SQLITE_HEADER
from app.errors import StorageError
from app.paths import flush_folder
from app.terms import BackupKind

BESIDE = ("-journal", "-wal", "-shm")  # what SQLite would take for a part of the file


@dataclass(frozen=True)
class Restored:
    """What was put in place, and where that which it replaced is kept."""

    copy: Copy
    replaced: Path | None  # a verified copy of the file before, or the damaged file itself
    was_damaged: bool
    head: JournalHead  # the last act in the file before, where it could be read


def restore(
    path: Path, database: Path, progress: Progress | None = None, *, now: datetime | None = None
) -> Restored:
    """Put the copy at `path` in the place of `database`; only a copy that verifies is taken.

    The file there is backed up first; a damaged one is moved aside with the date, never removed.
    The caller holds the lock and has closed the file.
    """
    now = now or datetime.now().astimezone()
    copy = _usable(path, progress)
    fresh = partial_name(database)
    with plain_sentences(path, database):
        try:
            sweep(database.parent)
            if copy_bytes(path, fresh, Watch(progress).part(60, 80)) != copy.sha256:
                raise bad_copy(path)
            kept = _keep_present(database, copy, _share(80, 100, progress), now)
            fresh.replace(database)
            flush_folder(database.parent)
        finally:
            fresh.unlink(missing_ok=True)
    return kept


def _usable(path: Path, progress: Progress | None) -> Copy:
    copy = verify(path, _share(0, 60, progress))
    if copy.revision > SCHEMA_REVISION:
        raise StorageError(
            f"Bản sao {path.name} do bản Sổ Lớp mới hơn ghi, bản này không đọc được. "
            "Cài bản mới rồi phục hồi."
        )
    if copy.revision < FIRST_REVISION:
        raise StorageError(
            f"Bản sao {path.name} có cấu trúc mà bản này không biết. Chọn bản sao khác."
        )
    return copy


def _share(start: int, end: int, progress: Progress | None) -> Progress | None:
    """Let a part of the work tell its share as the part from `start` to `end` percent of all."""
    if progress is None:
        return None
    return lambda done, total: progress(start + (end - start) * done // total, WHOLE)


def _keep_present(database: Path, copy: Copy, progress: Progress | None, now: datetime) -> Restored:
    """Back up what is there, or move it aside when it is no sound file."""
    if not database.exists():
        links = [database] if database.is_symlink() else []
        _move_aside([*links, *_beside(database)], database, now)
        return Restored(copy, None, was_damaged=False, head=JournalHead())
    try:
        _refuse_other(database)
        saved = add(database, BackupKind.BEFORE_RESTORE, progress, now)
    except Damaged:
        aside = _move_aside([database, *_beside(database)], database, now)
        return Restored(copy, aside, was_damaged=True, head=JournalHead())
    _move_aside(_beside(database), database, now)
    head = JournalHead(saved.journal_number, saved.journal_hash)
    return Restored(copy, saved.path, was_damaged=False, head=head)


def _refuse_other(database: Path) -> None:
    """Raise Damaged for what is no centre file: SQLite would roll a stray journal into it."""
    if not database.is_file():
        raise damaged(database)
    try:
        with database.open("rb") as file:
            header = file.read(100)
    except OSError as error:
        if error.errno == errno.EIO:
            raise damaged(database) from error
        raise
    is_ours = int.from_bytes(header[68:72], "big") == APPLICATION_ID
    if not (header.startswith(SQLITE_HEADER) and is_ours):
        raise damaged(database)


def _beside(database: Path) -> list[Path]:
    """Return what lies beside the file and would be rolled into the one that takes its place."""
    names = [database.with_name(database.name + ending) for ending in BESIDE]
    return [path for path in names if path.exists()]


def _move_aside(paths: Sequence[Path], database: Path, now: datetime) -> Path:
    """Rename files, the database first, to a dated name that none has; return that of the database.

    The order matters: a journal that loses its file is harmless, a file that loses its journal
    might later pass for a sound one.
    """
    stem = f"{database.stem}.hong-{now.strftime(STAMP)}"
    aside = database.with_name(stem + database.suffix)
    number = 1
    while aside.exists():
        number += 1
        aside = database.with_name(f"{stem}-{number}{database.suffix}")
    for path in paths:
        path.rename(aside.with_name(aside.name + path.name.removeprefix(database.name)))
    if paths:
        flush_folder(database.parent)
    return aside
