"""A copy is whole, described and this user's own, or it is not there at all."""

import errno
import json
import shutil
import sqlite3
import threading
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path, PurePath, PurePosixPath, PureWindowsPath

import pytest

from app import backups
from app.backups import BackupKind, Copy, copying, making, manifest, storage
from app.database import Database
from app.errors import Cancelled, StorageError
from app.services import students
from app.services.students import StudentForm

NOW = datetime(2026, 10, 15, 17, 5, tzinfo=UTC)
Dump = Callable[[Path], list[str]]


def automatic(centre: Path) -> Copy:
    return backups.make(centre, BackupKind.AUTOMATIC)


def left_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_copy_holds_what_the_file_holds_and_says_so(centre: Path, copy: Copy, dump: Dump) -> None:
    assert dump(copy.path) == dump(centre)
    assert (copy.classes, copy.learners, copy.certificates) == (4, 106, 63)
    assert backups.journal_head(centre) == (copy.journal_number, copy.journal_hash)
    assert copy.journal_number > 0
    assert copy.is_verified
    assert backups.verify(copy.path) == copy
    assert [each.problem for each in backups.copies(centre)] == [""]


def test_copies_are_for_this_user_only(copy: Copy) -> None:
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


def test_files_that_lie_side_by_side_have_their_own_copies(centre: Path) -> None:
    other = Path(shutil.copy(centre, centre.with_name("solop_2.sqlite")))
    made = [automatic(centre), automatic(other)]
    assert [backups.copies(file)[0].path for file in (centre, other)] == [c.path for c in made]
    assert [len(backups.copies(file)) for file in (centre, other)] == [1, 1]


def test_a_copy_is_made_while_an_act_is_being_written(demo: Database) -> None:
    with demo.writing("Chưa ghi xong") as db:
        students.save_student(db, StudentForm("Lý Thị Bình"))
        copy = automatic(demo.path)
    assert copy.learners == 106
    assert automatic(demo.path).learners == 107


def test_a_copy_holds_one_moment_of_a_program_that_never_stops_writing(
    centre: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(copying, "STEP", 16)  # so that acts do come in between
    with closing(sqlite3.connect(centre)) as connection, connection:
        connection.execute("CREATE TABLE pair (a INTEGER, b INTEGER)")
        connection.execute("INSERT INTO pair VALUES (0, 0)")
    stop = threading.Event()

    def write() -> None:
        with closing(sqlite3.connect(centre, timeout=30)) as connection:
            while not stop.wait(0.001):
                with connection:
                    connection.execute("UPDATE pair SET a = a + 1")
                    connection.execute("INSERT INTO pair VALUES (1, 1)")
                    connection.execute("UPDATE pair SET b = a")

    writer = threading.Thread(target=write)
    writer.start()
    try:
        made = [automatic(centre) for _ in range(5)]
    finally:
        stop.set()
        writer.join()
    for copy in made:
        with closing(sqlite3.connect(copy.path)) as connection:
            assert connection.execute("SELECT count(*) FROM pair WHERE a <> b").fetchone() == (0,)


@pytest.mark.parametrize("stop_at", [0, 10, 30, 50, 70, 90, 99])
def test_a_copy_that_is_stopped_leaves_nothing(centre: Path, stop_at: int) -> None:
    with pytest.raises(Cancelled):
        backups.make(centre, BackupKind.MANUAL, lambda done, _: done < stop_at)
    assert left_in(backups.folder(centre)) == []


def test_progress_goes_up_to_the_end(centre: Path) -> None:
    told: list[int] = []

    def listen(done: int, _total: int) -> bool:
        told.append(done)
        return True

    backups.make(centre, BackupKind.MANUAL, listen)
    assert told == sorted(told)
    assert told[-1] == 100


def test_a_broken_file_gives_no_copy_and_leaves_the_good_ones(
    centre: Path, copy: Copy, spoil: Callable[[Path], None]
) -> None:
    spoil(centre)
    with pytest.raises(StorageError, match=f"{centre.name} đã hỏng"):
        automatic(centre)
    assert [each.path for each in backups.copies(centre)] == [copy.path]
    assert backups.verify(copy.path).is_verified


@pytest.mark.parametrize("content", [b"", b"van ban " * 500])
def test_what_is_no_database_gives_no_copy(centre: Path, content: bytes) -> None:
    centre.write_bytes(content)
    with pytest.raises(StorageError, match="đã hỏng"):
        automatic(centre)
    assert left_in(backups.folder(centre)) == []
    assert centre.read_bytes() == content


def test_a_file_that_is_not_there_is_one_sentence_and_none_is_made(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="Không thấy tệp"):
        automatic(tmp_path / "none.sqlite")
    assert not (tmp_path / "none.sqlite").exists()


def test_rows_that_refer_to_nothing_are_copied_as_they_are(centre: Path) -> None:
    with closing(sqlite3.connect(centre)) as connection, connection:
        connection.execute("DELETE FROM student WHERE id = 1")
    copy = automatic(centre)
    assert copy.facts.orphans > 0
    assert backups.verify(copy.path).is_verified


def test_an_older_file_without_a_journal_is_copied(tmp_path: Path) -> None:
    path = tmp_path / "a.sqlite"
    shutil.copy(Path(__file__).parent.parent / "data" / "schema" / "0001.sqlite", path)
    copy = automatic(path)
    assert (copy.revision, copy.journal_number, copy.journal_hash) == ("0001", 0, "")
    assert backups.verify(copy.path).is_verified


def test_too_little_room_is_said_beforehand(centre: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = shutil.disk_usage(centre)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage._replace(free=400_000))
    with pytest.raises(StorageError, match=r"còn 0 MB, không đủ để sao lưu \(cần 1 MB\)"):
        automatic(centre)
    assert left_in(backups.folder(centre)) == []


def test_a_disk_that_fills_up_while_pages_are_copied_leaves_nothing(
    centre: Path, copy: Copy, monkeypatch: pytest.MonkeyPatch
) -> None:
    full = (*copying.TARGET_PRAGMAS, "max_page_count=50")
    monkeypatch.setattr(copying, "TARGET_PRAGMAS", full)
    with pytest.raises(StorageError, match="đã đầy"):
        automatic(centre)
    assert left_in(copy.path.parent) == [copy.path.name, manifest.path_of(copy.path).name]


def test_a_disk_that_is_full_at_any_place_spares_the_older_copy(
    centre: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "usb.sqlite"
    backups.save_as(centre, target)
    pages, step = centre.stat().st_size // 4096, 16  # every 64 KB
    for room in range(1, pages, step):
        full = (*copying.TARGET_PRAGMAS, f"max_page_count={room}")
        with monkeypatch.context() as patched, pytest.raises(StorageError, match="đã đầy"):
            save_with(patched, full, centre, target)
        assert left_in(tmp_path) == ["data", "usb.sqlite", "usb.sqlite.json"]
    assert backups.verify(target).is_verified


def save_with(
    patched: pytest.MonkeyPatch, pragmas: tuple[str, ...], centre: Path, target: Path
) -> None:
    patched.setattr(copying, "TARGET_PRAGMAS", pragmas)
    backups.save_as(centre, target)


@pytest.mark.parametrize(
    ("path", "uri"),
    [
        (
            PurePosixPath("/srv/trung tâm/a?b#c.sqlite"),
            "file:///srv/trung%20t%C3%A2m/a%3Fb%23c.sqlite",
        ),
        (PureWindowsPath("C:/So Lop/a.sqlite"), "file:///C:/So%20Lop/a.sqlite"),
        (PureWindowsPath("//nas/share/a.sqlite"), "file:////nas/share/a.sqlite"),
    ],
)
def test_a_file_is_named_as_sqlite_wants_it(path: PurePath, uri: str) -> None:
    assert copying.uri_of(path) == uri


def test_a_name_full_of_signs_can_be_copied(centre: Path) -> None:
    odd = centre.rename(centre.with_name("số #1 ?50% & 'lớp' [a].sqlite"))
    copy = automatic(odd)
    assert [each.path for each in backups.copies(odd)] == [copy.path]
    assert backups.verify(copy.path).is_verified


@pytest.mark.parametrize("step", ["flush_file", "flush_folder", "hash_of", "new_private_file"])
@pytest.mark.parametrize(
    ("number", "sentence"),
    [
        (errno.ENOSPC, "đã đầy"),
        (errno.EIO, "Không thấy nơi ghi"),
        (errno.EACCES, "Không được ghi"),
        (errno.EFBIG, "Chưa ghi được"),
    ],
)
def test_a_fault_at_any_step_is_one_sentence_and_spares_the_older_copy(
    centre: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str, number: int,
    sentence: str,
) -> None:  # fmt: skip
    target = tmp_path / "usb.sqlite"
    backups.save_as(centre, target)

    def fail(*_: object) -> None:
        raise OSError(number, "hỏng")

    with monkeypatch.context() as patched:
        patched.setattr(making, step, fail)
        with pytest.raises(StorageError, match=sentence):
            backups.save_as(centre, target)
    assert backups.verify(target).is_verified
    assert left_in(tmp_path) == ["data", "usb.sqlite", "usb.sqlite.json"]


@pytest.mark.parametrize("gone_at", [20, 60, 95])
def test_a_place_that_vanishes_meanwhile_is_one_sentence(
    centre: Path, tmp_path: Path, gone_at: int
) -> None:
    place = tmp_path / "usb"
    place.mkdir()

    def pull_out(done: int, _total: int) -> bool:
        if done >= gone_at:
            shutil.rmtree(place, ignore_errors=True)
        return True

    with pytest.raises(StorageError):
        backups.save_as(centre, place / "copy.sqlite", pull_out)
    assert not place.exists()
    assert automatic(centre).is_verified


def test_a_copy_under_a_name_of_ones_own_replaces_the_one_before(
    centre: Path, tmp_path: Path, rename: Callable[[Path, str], None]
) -> None:
    target = tmp_path / "usb.sqlite"
    first = backups.save_as(centre, target)
    rename(centre, "Tên sau")
    second = backups.save_as(centre, target)
    assert first.sha256 != second.sha256 == backups.verify(target).sha256


def test_a_power_cut_between_manifest_and_copy_leaves_the_older_copy_good(
    centre: Path, tmp_path: Path, rename: Callable[[Path, str], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    target = tmp_path / "usb.sqlite"
    first = backups.save_as(centre, target)
    rename(centre, "Tên sau")
    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", refuse_to_replace(Path.replace, target))
        with pytest.raises(StorageError):
            backups.save_as(centre, target)
    assert backups.verify(target).sha256 == first.sha256


def refuse_to_replace(
    really: Callable[[Path, Path], Path], target: Path
) -> Callable[[Path, Path], Path]:
    """The power fails before `target` is replaced; its manifest already is."""

    def replace(path: Path, wanted: Path) -> Path:
        if wanted == target:
            raise OSError(errno.EIO, "mất điện")
        return really(path, wanted)

    return replace


def test_a_file_that_is_no_copy_is_never_replaced(centre: Path, tmp_path: Path) -> None:
    letter = tmp_path / "cong-van.docx"
    letter.write_bytes(b"cong van")
    with pytest.raises(StorageError, match="không phải bản sao"):
        backups.save_as(centre, letter)
    assert letter.read_bytes() == b"cong van"


def test_the_file_itself_is_never_the_target(centre: Path, dump: Dump) -> None:
    before = dump(centre)
    with pytest.raises(StorageError, match="chính tệp dữ liệu"):
        backups.save_as(centre, centre.parent / ".." / "data" / centre.name)
    assert dump(centre) == before


def test_a_copy_without_its_manifest_is_listed_but_not_trusted(centre: Path, copy: Copy) -> None:
    manifest.path_of(copy.path).unlink()
    (listed,) = backups.copies(centre)
    assert "Thiếu tệp mô tả" in listed.problem
    assert listed.kind is BackupKind.AUTOMATIC
    with pytest.raises(StorageError, match="Không thấy tệp mô tả"):
        backups.verify(copy.path)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b'"x"',
        b'{"format": 1}',
        b"\xff\xfe",
        b'{"previous": 5}',
        b"[{}]",
        b"[" * 200_000,
    ],
    ids=len,
)
def test_a_manifest_nobody_understands_is_no_manifest(
    centre: Path, copy: Copy, content: bytes
) -> None:
    manifest.path_of(copy.path).write_bytes(content)
    assert "Thiếu tệp mô tả" in backups.copies(centre)[0].problem


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("size", "x"),
        ("rows", 5),
        ("made_at", "hôm qua"),
        ("made_at", "0001-01-01T00:00:00+14:00"),
        ("made_at", "9999-12-31T23:59:59-12:00"),
        ("kind", "?"),
        ("orphans", None),
        ("journal_number", -(10**300)),
        ("sha256", ""),
        ("sha256", None),
    ],
)
def test_a_manifest_with_a_wrong_value_is_no_manifest(
    centre: Path, copy: Copy, field: str, value: object
) -> None:
    path = manifest.path_of(copy.path)
    content = json.loads(path.read_bytes()) | {field: value}
    path.write_text(json.dumps(content))
    assert "Thiếu tệp mô tả" in backups.copies(centre)[0].problem


def test_a_copy_that_was_cut_is_seen_in_the_list(centre: Path, copy: Copy) -> None:
    copy.path.write_bytes(copy.path.read_bytes()[:-4096])
    assert "Kích thước khác" in backups.copies(centre)[0].problem


@pytest.mark.parametrize("place", [0, 100, 30_000, -1])
def test_one_changed_byte_is_found(copy: Copy, place: int) -> None:
    content = bytearray(copy.path.read_bytes())
    content[place] ^= 1
    copy.path.write_bytes(content)
    with pytest.raises(StorageError, match="đã hỏng"):
        backups.verify(copy.path)


def test_a_manifest_that_promises_other_rows_is_found(copy: Copy) -> None:
    path = manifest.path_of(copy.path)
    content = json.loads(path.read_bytes())
    content["rows"]["student"] += 1
    path.write_text(json.dumps(content))
    with pytest.raises(StorageError, match="đã hỏng"):
        backups.verify(copy.path)


def test_other_files_in_the_folder_are_no_copies(centre: Path, copy: Copy) -> None:
    for name in (
        "ghi chú.txt",
        "solop.sqlite",
        "solop_2026-13-40_99-99-99_tu-dong.sqlite",
        "solop_2026-10-15_17-05-00_khac.sqlite",
    ):
        (copy.path.parent / name).write_text("")
    assert [each.path for each in backups.copies(centre)] == [copy.path]


def test_a_new_copy_lets_go_of_old_ones_and_their_manifests(centre: Path) -> None:
    for days in range(60, 0, -1):
        making.add(centre, BackupKind.AUTOMATIC, None, NOW - timedelta(days=days))
    backups.make(centre, BackupKind.AUTOMATIC, now=NOW)
    kept = backups.copies(centre)
    assert len(kept) < 30
    assert len(left_in(backups.folder(centre))) == 2 * len(kept)


def test_a_copy_that_fails_lets_go_of_nothing(centre: Path, spoil: Callable[[Path], None]) -> None:
    for days in range(60, 0, -1):
        making.add(centre, BackupKind.AUTOMATIC, None, NOW - timedelta(days=days))
    spoil(centre)
    with pytest.raises(StorageError):
        backups.make(centre, BackupKind.AUTOMATIC, now=NOW)
    assert len(backups.copies(centre)) == 60


def test_what_a_killed_program_left_unfinished_is_swept_the_next_day(
    centre: Path, copy: Copy, monkeypatch: pytest.MonkeyPatch
) -> None:
    (copy.path.parent / ".solop.sqlite.1234.so-lop-part").write_bytes(b"half")
    automatic(centre)
    assert list(copy.path.parent.glob(".*-part")) != []
    monkeypatch.setattr(storage, "LEFT_BEHIND", timedelta(0))
    automatic(centre)
    assert list(copy.path.parent.glob(".*-part")) == []


def test_a_manifest_without_its_copy_is_swept_the_next_day(
    centre: Path, copy: Copy, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy.path.unlink()
    backups.make(centre, BackupKind.AUTOMATIC, now=NOW)
    assert manifest.path_of(copy.path).exists()
    monkeypatch.setattr(storage, "LEFT_BEHIND", timedelta(0))
    second = backups.make(centre, BackupKind.AUTOMATIC, now=NOW)
    assert not manifest.path_of(copy.path).exists()
    assert backups.verify(second.path).is_verified


def test_the_file_copied_alone_while_the_program_runs_holds_the_last_act(
    database: Database, tmp_path: Path
) -> None:
    for number in range(1, 51):
        with database.writing("Thêm học viên") as db:
            students.save_student(db, StudentForm(f"Lý Thị Bình {number}"))
        alone = Path(shutil.copyfile(database.path, tmp_path / "alone.sqlite"))
        with closing(sqlite3.connect(alone)) as connection:
            assert connection.execute("SELECT count(*) FROM student").fetchone() == (number,)
            assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_a_copy_is_due_when_something_changed_and_time_has_passed(copy: Copy) -> None:
    same = backups.JournalHead(copy.journal_number, copy.journal_hash)
    changed = backups.JournalHead(copy.journal_number + 1, "x")
    later = copy.made_at + timedelta(minutes=30)
    assert not backups.due(copy, same, 30, later)
    assert backups.due(copy, changed, 30, later)
    assert not backups.due(copy, changed, 30, later - timedelta(seconds=1))
    assert backups.due(None, same, 30, later)


def test_a_copy_is_due_when_the_clock_went_back(copy: Copy) -> None:
    changed = backups.JournalHead(copy.journal_number + 1, "x")
    assert backups.due(copy, changed, 30, copy.made_at - timedelta(days=1))


def test_the_age_of_a_copy_is_counted_in_days_of_the_calendar(copy: Copy) -> None:
    evening = copy.made_at.replace(hour=23, minute=59)
    ages = [copy.age_days(evening + timedelta(minutes=minutes)) for minutes in (0, 1, 1441)]
    assert ages == [0, 1, 2]
    assert copy.age_days(evening - timedelta(days=9)) == 0
