"""Copies of the centre file: verified, listed, thinned, and put back without losing anything."""

import shutil
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from app import backups
from app.backups import BackupKind, Copy, manifest
from app.database import Database
from app.errors import Cancelled, StorageError

NOW = datetime(2026, 10, 15, 17, 5, tzinfo=UTC)


@pytest.fixture
def centre(demo_folder: Path, tmp_path: Path) -> Path:
    """A closed centre file with classes, alone in its folder."""
    (source,) = demo_folder.glob("*.sqlite")
    folder = tmp_path / "data"
    folder.mkdir()
    return Path(shutil.copy(source, folder / "solop.sqlite"))


def dump(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as connection:
        return list(connection.iterdump())


def automatic(centre: Path) -> Copy:
    return backups.make(centre, BackupKind.AUTOMATIC)


def test_a_copy_holds_what_the_file_holds_and_says_so(centre: Path) -> None:
    copy = automatic(centre)
    assert dump(copy.path) == dump(centre)
    assert (copy.classes, copy.learners, copy.certificates) == (4, 106, 63)
    assert backups.journal_head(centre) == (copy.journal_number, copy.journal_hash)
    assert copy.is_verified
    assert backups.verify(copy.path) == copy


def test_copies_are_for_this_user_only(centre: Path) -> None:
    copy = automatic(centre)
    modes = [path.stat().st_mode & 0o777 for path in (copy.path, manifest.path_of(copy.path))]
    assert modes == [0o600, 0o600]
    assert copy.path.parent.stat().st_mode & 0o777 == 0o700
    assert sorted(copy.path.parent.iterdir()) == [copy.path, manifest.path_of(copy.path)]


def test_the_newest_copy_is_first_even_when_the_clock_went_back(centre: Path) -> None:
    times = [NOW, NOW + timedelta(hours=1), NOW - timedelta(days=400)]
    made = [backups.make(centre, BackupKind.AUTOMATIC, now=time) for time in times]
    assert [copy.path for copy in backups.copies(centre)] == [copy.path for copy in made[::-1]]


def test_two_copies_of_one_second_have_two_names(centre: Path) -> None:
    made = {backups.make(centre, BackupKind.AUTOMATIC, now=NOW).path for _ in range(3)}
    assert len(made) == len(backups.copies(centre)) == 3


def test_a_copy_is_made_while_the_program_writes(demo: Database) -> None:
    with demo.writing("Chưa ghi xong"):
        assert automatic(demo.path).classes == 4


@pytest.mark.parametrize("stop_at", range(0, 100, 10))
def test_a_copy_that_is_stopped_leaves_nothing(centre: Path, stop_at: int) -> None:
    with pytest.raises(Cancelled):
        backups.make(centre, BackupKind.MANUAL, lambda done, _: done < stop_at)
    assert list(backups.folder(centre).iterdir()) == []


def test_a_broken_file_gives_no_copy_and_leaves_the_good_ones(centre: Path) -> None:
    good = automatic(centre)
    pages = centre.read_bytes()
    centre.write_bytes(pages[: 4096 * 5] + b"\xff" * 4096 * 3 + pages[4096 * 8 :])
    with pytest.raises(StorageError, match="đã hỏng"):
        automatic(centre)
    assert [copy.path for copy in backups.copies(centre)] == [good.path]
    assert backups.verify(good.path).is_verified


def test_restoring_keeps_what_was_there(centre: Path) -> None:
    copy = automatic(centre)
    before = dump(centre)
    with closing(sqlite3.connect(centre)) as connection, connection:
        connection.execute("UPDATE centre SET name = 'Tên sau'")
    restored = backups.restore(copy.path, centre)
    assert dump(centre) == before
    assert not restored.was_damaged
    assert restored.replaced is not None
    assert "Tên sau" in " ".join(dump(restored.replaced))
    assert backups.verify(restored.replaced).kind is BackupKind.BEFORE_RESTORE
    assert restored.head == backups.journal_head(centre)
