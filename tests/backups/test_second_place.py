"""A copy of the copy on another disk: read back, compared, and only its own kin thinned."""

import errno
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from app import backups
from app.backups import BackupKind, Copy, making, manifest, second_place
from app.errors import Cancelled, StorageError

NOW = datetime(2026, 10, 15, 17, 5, tzinfo=UTC)


@pytest.fixture
def usb(tmp_path: Path) -> Path:
    place = tmp_path / "usb"
    place.mkdir()
    return place


def test_the_second_copy_is_the_first_one(centre: Path, copy: Copy, usb: Path) -> None:
    second = backups.to_second_place(copy, usb)
    assert second.path.read_bytes() == copy.path.read_bytes()
    assert backups.verify(second.path).sha256 == copy.sha256
    assert [each.path for each in backups.copies(centre, usb)] == [second.path]
    assert second.path.stat().st_mode & 0o777 == 0o600


def test_the_centre_comes_back_from_the_second_place(
    centre: Path, copy: Copy, usb: Path, dump: Callable[[Path], list[str]]
) -> None:
    before = dump(centre)
    second = backups.to_second_place(copy, usb)
    shutil.rmtree(centre.parent)
    centre.parent.mkdir()
    backups.restore(second.path, centre)
    assert dump(centre) == before


def test_the_same_copy_is_not_written_twice(copy: Copy, usb: Path) -> None:
    first, again = (backups.to_second_place(copy, usb) for _ in range(2))
    assert first.path == again.path
    assert len(list(usb.iterdir())) == 2


def test_a_copy_of_another_machine_with_the_same_name_stays(copy: Copy, usb: Path) -> None:
    other = usb / copy.path.name
    other.write_bytes(b"of another machine")
    second = backups.to_second_place(copy, usb)
    assert other.read_bytes() == b"of another machine"
    assert second.path != other


def test_a_place_that_is_not_there_is_one_sentence(copy: Copy, tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="Cắm USB hoặc nối mạng"):
        backups.to_second_place(copy, tmp_path / "usb")
    assert not (tmp_path / "usb").exists()


def test_a_place_pulled_out_meanwhile_is_one_sentence(copy: Copy, usb: Path) -> None:
    def pull_out(done: int, _total: int) -> bool:
        if done >= 50:
            shutil.rmtree(usb, ignore_errors=True)
        return True

    with pytest.raises(StorageError, match="Không thấy nơi ghi"):
        backups.to_second_place(copy, usb, pull_out)


def test_a_disk_that_keeps_other_bytes_than_it_was_given_is_found(
    copy: Copy, usb: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(second_place, "hash_of", lambda *_: "0" * 64)
    with pytest.raises(StorageError):
        backups.to_second_place(copy, usb)
    assert list(usb.iterdir()) == []


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EIO])
def test_a_fault_leaves_nothing_there(
    copy: Copy, usb: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    def fail(*_: object) -> None:
        raise OSError(number, "hỏng")

    monkeypatch.setattr(making, "flush_file", fail)
    with pytest.raises(StorageError):
        backups.to_second_place(copy, usb)
    assert list(usb.iterdir()) == []


def test_copying_to_the_second_place_can_be_stopped(copy: Copy, usb: Path) -> None:
    with pytest.raises(Cancelled):
        backups.to_second_place(copy, usb, lambda done, _: done < 50)
    assert list(usb.iterdir()) == []


def test_a_copy_spoilt_on_the_machine_is_not_carried_on(copy: Copy, usb: Path) -> None:
    copy.path.write_bytes(copy.path.read_bytes()[:-1] + b"!")
    with pytest.raises(StorageError, match="đã hỏng"):
        backups.to_second_place(copy, usb)
    assert list(usb.iterdir()) == []


def test_only_copies_of_the_same_file_are_thinned_there(centre: Path, usb: Path) -> None:
    for days in range(40, 0, -1):
        made = making.add(centre, BackupKind.AUTOMATIC, None, NOW - timedelta(days=days))
        backups.to_second_place(made, usb, now=made.made_at)
    strangers = [replace(each, origin="other") for each in backups.copies(centre, usb)]
    for stranger in strangers:
        manifest.write(stranger)
    own = making.add(centre, BackupKind.AUTOMATIC, None, NOW)
    backups.to_second_place(own, usb, now=NOW)
    assert len(backups.copies(centre, usb)) == len(strangers) + 1
