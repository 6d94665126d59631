"""Only a copy that verifies is put in place, and nothing that was there is ever lost."""

import errno
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from app import backups, database
from app.backups import BackupKind, Copy, manifest, restoring, storage
from app.errors import Cancelled, StorageError
from app.services import centre as centre_service

Dump = Callable[[Path], list[str]]
Rename = Callable[[Path, str], None]

# A program that is killed in the middle of a commit: pages are written, the act is not finished.
KILLED = """
import os, signal, sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("PRAGMA cache_size=2")
connection.execute("PRAGMA cache_spill=1")
connection.execute("BEGIN IMMEDIATE")
connection.execute("UPDATE student SET note = hex(randomblob(2000)), full_name = 'LOST'")
connection.execute("UPDATE centre SET name = 'LOST'")
os.kill(os.getpid(), signal.SIGKILL)
"""


def kill_while_writing(path: Path) -> Path:
    """Leave the file as a program does that was killed; return its journal."""
    subprocess.run([sys.executable, "-c", KILLED, str(path)], check=False)
    journal = path.with_name(path.name + "-journal")
    assert journal.stat().st_size > 0
    assert b"LOST" in path.read_bytes()
    return journal


def aside(centre: Path) -> list[Path]:
    return sorted(centre.parent.glob("solop.hong-*"))


def test_restoring_keeps_what_was_there(
    centre: Path, copy: Copy, dump: Dump, rename: Rename
) -> None:
    before = dump(centre)
    rename(centre, "Tên sau")
    restored = backups.restore(copy.path, centre)
    assert dump(centre) == before
    assert not restored.was_damaged
    assert restored.replaced is not None
    assert "Tên sau" in " ".join(dump(restored.replaced))
    assert backups.verify(restored.replaced).kind is BackupKind.BEFORE_RESTORE
    assert restored.head == backups.journal_head(centre)
    assert centre.stat().st_mode & 0o777 == 0o600


def test_a_restored_file_opens(centre: Path, copy: Copy) -> None:
    centre.unlink()
    assert backups.restore(copy.path, centre).replaced is None
    with closing(database.open_existing(centre)) as opened, opened.reading() as db:
        assert centre_service.is_set_up(db)


def test_a_damaged_file_is_moved_aside_and_never_removed(
    centre: Path, copy: Copy, dump: Dump, spoil: Callable[[Path], None]
) -> None:
    before = dump(centre)
    spoil(centre)
    broken = centre.read_bytes()
    restored = backups.restore(copy.path, centre)
    assert restored.was_damaged
    assert aside(centre) == [restored.replaced]
    assert aside(centre)[0].read_bytes() == broken
    assert dump(centre) == before


def test_two_files_damaged_in_one_second_are_both_kept(centre: Path, copy: Copy) -> None:
    for content in (b"first", b"second"):
        centre.write_bytes(content)
        backups.restore(copy.path, centre, now=copy.made_at)
    assert {path.read_bytes() for path in aside(centre)} == {b"first", b"second"}


def test_the_journal_of_a_damaged_file_is_not_rolled_into_the_copy(
    centre: Path, copy: Copy, dump: Dump
) -> None:
    before = dump(centre)
    journal = kill_while_writing(centre)
    kept = journal.read_bytes()
    centre.write_bytes(b"\0" * 100 + centre.read_bytes()[100:])
    backups.restore(copy.path, centre)
    assert dump(centre) == before
    assert [path.name.rpartition(".")[2] for path in aside(centre)] == ["sqlite", "sqlite-journal"]
    assert aside(centre)[1].read_bytes() == kept


def test_the_journal_of_a_missing_file_is_not_rolled_into_the_copy(
    centre: Path, copy: Copy, dump: Dump
) -> None:
    before = dump(centre)
    kill_while_writing(centre)
    centre.unlink()
    backups.restore(copy.path, centre)
    assert dump(centre) == before
    assert len(aside(centre)) == 1


def test_an_act_that_a_crash_cut_off_is_undone_before_the_file_is_kept(
    centre: Path, copy: Copy, dump: Dump
) -> None:
    before = dump(centre)
    kill_while_writing(centre)
    restored = backups.restore(copy.path, centre)
    assert restored.replaced is not None
    assert dump(restored.replaced) == dump(centre) == before
    assert aside(centre) == []


def test_an_older_copy_is_restored_and_upgraded_when_opened(centre: Path, tmp_path: Path) -> None:
    old = tmp_path / "old.sqlite"
    shutil.copy(Path(__file__).parent.parent / "data" / "schema" / "0001.sqlite", old)
    copy = backups.save_as(old, tmp_path / "copy.sqlite")
    backups.restore(copy.path, centre)
    with closing(database.open_existing(centre)) as opened:
        assert opened.revision() == database.SCHEMA_REVISION


def test_a_copy_of_a_newer_program_is_refused(centre: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(centre)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    copy = backups.save_as(centre, tmp_path / "copy.sqlite")
    before = centre.read_bytes()
    with pytest.raises(StorageError, match="bản Sổ Lớp mới hơn"):
        backups.restore(copy.path, centre)
    assert centre.read_bytes() == before


@pytest.mark.parametrize("fault", ["byte", "cut", "empty", "gone", "no manifest"])
def test_a_copy_that_does_not_verify_is_refused_and_nothing_is_touched(
    centre: Path, copy: Copy, fault: str
) -> None:
    content = copy.path.read_bytes()
    spoilt = {"byte": content[:-1] + b"!", "cut": content[:-4096], "empty": b""}
    if fault in spoilt:
        copy.path.write_bytes(spoilt[fault])
    else:
        (copy.path if fault == "gone" else manifest.path_of(copy.path)).unlink()
    before, names = centre.read_bytes(), sorted(centre.parent.iterdir())
    with pytest.raises(StorageError):
        backups.restore(copy.path, centre)
    assert centre.read_bytes() == before
    assert sorted(centre.parent.iterdir()) == names


@pytest.mark.parametrize("step", ["copy_bytes", "flush_folder", "add"])
def test_a_disk_that_is_full_leaves_the_file_as_it_was(
    centre: Path, copy: Copy, rename: Rename, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    rename(centre, "Tên sau")
    before = centre.read_bytes()

    def fail(*_: object) -> None:
        raise OSError(errno.ENOSPC, "full")

    with monkeypatch.context() as patched:
        patched.setattr(restoring, step, fail)
        with pytest.raises(StorageError, match="đã đầy"):
            backups.restore(copy.path, centre)
    was_replaced = step == "flush_folder"  # all was done but waiting for the disk
    assert (centre.read_bytes() == before) is not was_replaced
    assert list(centre.parent.glob(".*")) == []


@pytest.mark.parametrize("stop_at", [10, 50, 70, 85])
def test_restoring_can_be_stopped_until_the_last_moment(
    centre: Path, copy: Copy, stop_at: int
) -> None:
    before = centre.read_bytes()
    with pytest.raises(Cancelled):
        backups.restore(copy.path, centre, lambda done, _: done < stop_at)
    assert centre.read_bytes() == before
    assert list(centre.parent.glob(".*")) == []


def test_a_file_that_cannot_be_read_from_its_disk_counts_as_damaged(
    centre: Path, copy: Copy, monkeypatch: pytest.MonkeyPatch
) -> None:
    really: Callable[..., object] = Path.open

    def open_but(path: Path, mode: str = "r", buffering: int = -1) -> object:
        if path == centre:
            raise OSError(errno.EIO, "bad sector")
        return really(path, mode, buffering)

    monkeypatch.setattr(Path, "open", open_but)
    assert backups.restore(copy.path, centre).was_damaged


def test_what_a_killed_restore_left_unfinished_is_swept_the_next_day(
    centre: Path, copy: Copy, monkeypatch: pytest.MonkeyPatch
) -> None:
    left = centre.with_name(f".{centre.name}.1234.so-lop-part")
    left.write_bytes(b"half")
    backups.restore(copy.path, centre)
    assert left.exists()
    monkeypatch.setattr(storage, "LEFT_BEHIND", timedelta(0))
    backups.restore(copy.path, centre)
    assert not left.exists()


def test_the_copy_restored_from_is_still_there(centre: Path, copy: Copy) -> None:
    for _ in range(3):
        backups.restore(copy.path, centre)
    assert backups.verify(copy.path).sha256 == copy.sha256
    assert len(backups.copies(centre)) == 4


@pytest.mark.skipif(not hasattr(os, "fork"), reason="kills forks of itself")
def test_no_kill_while_copies_are_made_and_restored_breaks_one(
    centre: Path, copy: Copy, dump: Dump
) -> None:
    before = dump(centre)
    run = [sys.executable, str(Path(__file__).parent / "killed_while_copying.py"), str(centre)]
    answer = subprocess.run(
        [*run, str(copy.path), "30"],
        check=True,
        capture_output=True,
        text=True,
        env=os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])},
    )
    ends = answer.stdout.split()
    assert len(ends) == 30
    assert ends.count(str(-signal.SIGKILL)) > 15
    assert dump(centre) == before
    listed = backups.copies(centre)
    assert [each.problem for each in listed] == [""] * len(listed)
    assert all(backups.verify(each.path).is_verified for each in listed)
    assert backups.restore(copy.path, centre).copy.is_verified
