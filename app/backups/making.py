"""Making a copy: all of it verified and on the disk before it gets its name."""

import hashlib
import platform
import re
import shutil
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from app.backups import manifest
from app.backups.copying import copy_pages, examine, journal_head_of, opened
from app.backups.manifest import Copy, JournalHead
from app.backups.storage import (
    bad_copy,
    damaged,
    flush_file,
    hash_of,
    new_private_file,
    partial_name,
    plain_sentences,
    sweep,
)
from app.backups.thinning import order, thin
from app.backups.watch import Progress, Watch
from app.errors import StorageError
from app.paths import flush_folder
from app.terms import BackupKind

STAMP = "%Y-%m-%d_%H-%M-%S"
DATED = re.compile(
    r"(?P<stem>.+)_(?P<made_at>\d{4}-\d\d-\d\d_\d\d-\d\d-\d\d)_(?P<kind>[a-z-]+)(-\d+)?\.sqlite"
)


def folder(database: Path) -> Path:
    """Return where the copies of this file lie."""
    return database.parent / "sao-luu"


def make(
    database: Path,
    kind: BackupKind,
    progress: Progress | None = None,
    *,
    now: datetime | None = None,
) -> Copy:
    """Make a dated copy in the folder of copies; then let go of old ones it makes superfluous.

    `progress(percent, 100)` returning False raises Cancelled. A failure is one StorageError and
    leaves every earlier copy as it was.
    """
    now = now or datetime.now().astimezone()
    copy = add(database, kind, progress, now)
    remove(thin(copies(database), now))
    return copy


def add(database: Path, kind: BackupKind, progress: Progress | None, now: datetime) -> Copy:
    """Make a dated copy and remove none."""
    place = folder(database)
    with plain_sentences(database, place / database.name):
        place.mkdir(mode=manifest.PRIVATE_FOLDER, exist_ok=True)
        manifest.sweep(place)
    earlier = copies(database)
    target = free_name(place, database.stem, kind, now)
    sequence = 1 + max((copy.sequence for copy in earlier), default=0)
    return _write(database, Copy(target, kind, now, 0, sequence), Watch(progress))


def save_as(database: Path, target: Path, progress: Progress | None = None) -> Copy:
    """Make a copy under a name the user chose; an older copy there is replaced when all is well."""
    if target.resolve() == database.resolve():
        raise StorageError("Bản sao không thể ghi đè lên chính tệp dữ liệu. Chọn tên khác.")
    if target.exists() and not manifest.path_of(target).exists():
        raise StorageError(
            f"Đã có tệp {target.name} không phải bản sao của Sổ Lớp. Chọn tên khác. Chưa ghi gì."
        )
    now = datetime.now().astimezone()
    return _write(database, Copy(target, BackupKind.MANUAL, now, 0), Watch(progress))


def _write(database: Path, planned: Copy, watch: Watch) -> Copy:
    """Copy, verify, flush, describe, and only then give the copy its name."""
    target = planned.path
    partial = partial_name(target)
    with plain_sentences(database, target):
        try:
            sweep(target.parent)
            _refuse_small_place(database, target)
            new_private_file(partial)
            rows = copy_pages(database, partial, watch.part(0, 50))
            facts = examine(partial, watch.part(50, 85), damaged(database))
            if facts.rows != rows:
                raise bad_copy(target)
            digest = hash_of(partial, watch.part(85, 100))
            copy = replace(
                planned,
                size=partial.stat().st_size,
                sha256=digest,
                origin=origin_of(database),
                facts=facts,
                is_verified=True,
            )
            put_in_place(partial, copy)
        finally:
            partial.unlink(missing_ok=True)
    return copy


def put_in_place(partial: Path, copy: Copy) -> None:
    """Give a verified file its name, with the manifest there before it."""
    flush_file(partial)
    replaced = manifest.read(copy.path) if copy.path.exists() else []
    manifest.write(copy, replaced[0] if replaced else None)
    partial.replace(copy.path)
    flush_folder(copy.path.parent)


def _refuse_small_place(database: Path, target: Path) -> None:
    """Say beforehand how much room is missing."""
    wanted, free = database.stat().st_size, shutil.disk_usage(target.parent).free
    if free < wanted:
        raise StorageError(
            f"Ổ đĩa chứa {target.parent} còn {free / 1e6:.0f} MB, không đủ để sao lưu "
            f"(cần {wanted / 1e6:.0f} MB). Dọn bớt hoặc chọn nơi khác."
        )


def origin_of(database: Path) -> str:
    """Name this file on this machine, so that copies of other centres are never thinned with it."""
    name = f"{platform.node()}|{database.resolve()}"
    return hashlib.sha256(name.encode()).hexdigest()[:12]


def free_name(place: Path, stem: str, kind: BackupKind, now: datetime) -> Path:
    """Return a dated name that no file has yet."""
    name = f"{stem}_{now.strftime(STAMP)}_{kind.value}"
    tries = [place / f"{name}.sqlite"]
    while tries[-1].exists():
        tries.append(place / f"{name}-{len(tries) + 1}.sqlite")
    return tries[-1]


def copies(database: Path, place: Path | None = None) -> list[Copy]:
    """Return the copies of this file, newest first, those that cannot be used with their problem.

    Only manifests and sizes are looked at; `verify` looks at every byte.
    """
    return [copy for stem, copy in copies_in(place or folder(database)) if stem == database.stem]


def copies_in(place: Path) -> list[tuple[str, Copy]]:
    """Return all copies of a folder, newest first, each with the name of the file it is one of."""
    found = []
    for path in _files(place):
        if named := _understood(path.name):
            stem, kind, made_at = named
            found.append((stem, manifest.listed(path, kind, made_at)))
    return sorted(found, key=lambda pair: order(pair[1]), reverse=True)


def _files(place: Path) -> list[Path]:
    try:
        return list(place.iterdir())
    except OSError:
        return []  # no copy was made yet, or the place is not there


def _understood(name: str) -> tuple[str, BackupKind, datetime] | None:
    """Read file, kind and time from a name that `free_name` gave; None for any other name."""
    if not (parts := DATED.fullmatch(name)):
        return None
    try:
        made_at = datetime.strptime(parts["made_at"], STAMP).astimezone()
        return parts["stem"], BackupKind.of(parts["kind"]), made_at
    except (ValueError, OverflowError):
        return None


def verify(path: Path, progress: Progress | None = None) -> Copy:
    """Compare every byte of a copy with its manifest and let SQLite look at every page.

    Returns the copy as verified, or raises StorageError that says what is wrong.
    """
    described = manifest.read(path)
    if not described:
        raise StorageError(
            f"Không thấy tệp mô tả {manifest.path_of(path).name} của bản sao, hoặc không đọc được,"
            " nên chưa biết bản sao có nguyên vẹn không. Chép cả hai tệp về một chỗ rồi làm lại."
        )
    watch = Watch(progress)
    with plain_sentences(path, path, bad_copy(path)):
        digest = hash_of(path, watch.part(0, 40))
        for copy in described:
            if copy.sha256 == digest:
                facts = examine(path, watch.part(40, 100), bad_copy(path))
                if facts == copy.facts:
                    return replace(copy, is_verified=True)
    raise bad_copy(path)


def remove(superfluous: Sequence[Copy]) -> None:
    """Remove copies with their manifests; one that is in use stays until the next time."""
    for copy in superfluous:
        try:
            copy.path.unlink(missing_ok=True)
            manifest.path_of(copy.path).unlink(missing_ok=True)
        except OSError:
            continue


def journal_head(database: Path) -> JournalHead:
    """Return number and hash of the last act in the file."""
    with plain_sentences(database, database), opened(database) as reader:
        return journal_head_of(reader)


def due(last: Copy | None, head: JournalHead, minutes: int, now: datetime) -> bool:
    """Tell whether a copy should be made now: something changed, and the last one is old enough.

    `last` is the newest usable copy. A copy from the future means that the clock went back.
    """
    if last is None:
        return True
    if head.hash and head == (last.journal_number, last.journal_hash):
        return False
    return not timedelta(0) <= now - last.made_at < timedelta(minutes=minutes)


def copy_before_upgrade(path: Path, revision: str) -> Path:
    """Keep the file as it was before its schema leaves `revision`; return where the copy lies."""
    copy = make(path, BackupKind.BEFORE_UPGRADE)
    if copy.revision != revision:
        raise bad_copy(copy.path)
    return copy.path
