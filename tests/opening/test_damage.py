"""What is wrong with a file is found, said in words, and the newest good copy is offered."""

import bz2
import hashlib
import io
import lzma
import os
import random
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from pathlib import Path

import pytest

from app import backups, database, opening
from app.backups import BackupKind, Copy, manifest
from app.errors import StorageError
from app.opening import FileState, diagnosis
from app.services import centre as centre_service
from app.services import checks

PAGE = 4096
ROOT = Path(__file__).parents[2]


def random_bytes(size: int) -> bytes:
    return random.Random(7).randbytes(size)


def zipped(good: bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("solop.sqlite", good)
    return packed.getvalue()


def sqlite_of_another_program(_good: bytes) -> bytes:
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute("CREATE TABLE moz_places (id INTEGER PRIMARY KEY, url TEXT)")
        return connection.serialize()


def of_revision(revision: str) -> Callable[[bytes], bytes]:
    """A file whose schema step is another one."""

    def changed(good: bytes) -> bytes:
        with closing(sqlite3.connect(":memory:")) as connection:
            connection.deserialize(good)
            connection.execute("UPDATE alembic_version SET version_num = ?", [revision])
            connection.commit()
            return connection.serialize()

    return changed


def middle(good: bytes, junk: bytes) -> bytes:
    start = len(good) // 2 // PAGE * PAGE
    return good[:start] + junk + good[start + len(junk) :]


DAMAGE: dict[str, tuple[FileState, Callable[[bytes], bytes]]] = {
    "cut within a page": (FileState.TRUNCATED, lambda good: good[: PAGE * 9 + 77]),
    "cut within the header": (FileState.TRUNCATED, lambda good: good[:50]),
    "whole pages missing": (FileState.HALF_COPIED, lambda good: good[: PAGE * 90]),
    "room reserved, not filled": (
        FileState.HALF_COPIED,
        lambda good: good[: PAGE * 90] + bytes(len(good) - PAGE * 90),
    ),
    "nothing but zeros": (FileState.HALF_COPIED, lambda good: bytes(len(good))),
    "first sixteen bytes": (FileState.HEADER, lambda good: random_bytes(16) + good[16:]),
    "whole header": (FileState.HEADER, lambda good: random_bytes(100) + good[100:]),
    "page size": (FileState.HEADER, lambda good: good[:16] + b"\x01\x07" + good[18:]),
    "format number": (FileState.HEADER, lambda good: good[:18] + b"\x09\x09" + good[20:]),
    "our mark": (FileState.HEADER, lambda good: good[:68] + bytes(4) + good[72:]),
    "a page of junk": (FileState.PAGE, lambda good: middle(good, random_bytes(PAGE))),
    "pages of zeros": (FileState.PAGE, lambda good: middle(good, bytes(4 * PAGE))),
    "the list of tables": (FileState.PAGE, lambda good: good[:100] + bytes(900) + good[1000:]),
    "no bytes": (FileState.EMPTY, lambda _: b""),
    "text": (FileState.TEXT, lambda _: "Danh sách lớp\r\n".encode() * 90_000),
    "one letter": (FileState.TEXT, lambda _: b"x"),
    "text in UTF-16": (FileState.TEXT, lambda _: "Danh sách lớp".encode("utf-16")),
    "zip": (FileState.ARCHIVE, zipped),
    "xz": (FileState.ARCHIVE, lambda good: lzma.compress(good)),
    "bz2": (FileState.ARCHIVE, lambda good: bz2.compress(good)),
    "another program's": (FileState.FOREIGN, sqlite_of_another_program),
    "encrypted": (FileState.ENCRYPTED, lambda good: random_bytes(len(good))),
    "a picture": (FileState.OTHER, lambda _: b"\x89PNG\r\n\x1a\n" + random_bytes(5000)),
    "a few bytes": (FileState.OTHER, lambda _: b"\x00\x01\xfe\xff" * 9),
}

ONLY_UNREADABLE: dict[str, tuple[FileState, Callable[[bytes], bytes]]] = {
    "file format": (FileState.PAGE, lambda good: good[:44] + b"\x00\x00\x00\x09" + good[48:]),
    "an unknown step": (FileState.UNKNOWN, of_revision("0000")),
    "no step": (FileState.UNKNOWN, of_revision("")),
}


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.mark.parametrize("damage", DAMAGE)
def test_damage_is_named_and_the_file_left_as_it_is(centre: Path, copy: Copy, damage: str) -> None:
    state, spoil = DAMAGE[damage]
    centre.write_bytes(spoil(centre.read_bytes()))
    before = digest(centre)
    found = opening.diagnose(centre)
    assert found.state is state
    assert state.label in found.sentence
    assert "Bấm Phục hồi" in found.sentence
    assert not found.may_open
    assert found.copy is not None
    assert found.copy.path == copy.path
    assert digest(centre) == before


@pytest.mark.parametrize("damage", DAMAGE)
def test_damage_is_moved_aside_and_the_copy_put_in_place(
    centre: Path, copy: Copy, damage: str
) -> None:
    centre.write_bytes(DAMAGE[damage][1](centre.read_bytes()))
    before = digest(centre)
    restored = backups.restore(copy.path, centre)
    assert restored.replaced is not None
    assert restored.was_damaged
    assert digest(restored.replaced) == before
    assert opening.diagnose(centre).state is FileState.SOUND
    with closing(database.open_existing(centre)) as opened, opened.reading() as db:
        assert centre_service.is_set_up(db)


@pytest.mark.parametrize("damage", ONLY_UNREADABLE)
def test_what_this_program_cannot_read_is_named_and_kept_before_a_copy_replaces_it(
    centre: Path, copy: Copy, damage: str
) -> None:
    state, spoil = ONLY_UNREADABLE[damage]
    centre.write_bytes(spoil(centre.read_bytes()))
    found = opening.diagnose(centre)
    assert (found.state, found.may_open, found.copy is not None) == (state, False, True)
    with pytest.raises(StorageError):
        database.open_existing(centre)
    kept = backups.restore(copy.path, centre).replaced
    assert kept is not None
    assert kept.exists()
    assert opening.diagnose(centre).state is FileState.SOUND


@pytest.mark.parametrize("damage", DAMAGE)
def test_what_cannot_be_used_is_refused_in_words_wherever_it_is_noticed(
    centre: Path, damage: str
) -> None:
    centre.write_bytes(DAMAGE[damage][1](centre.read_bytes()))
    with (
        suppress(StorageError),
        closing(database.open_existing(centre)) as opened,
        opened.reading() as db,
    ):
        assert checks.findings(db)


def test_a_copy_of_an_unknown_step_takes_no_place(centre: Path) -> None:
    before = centre.read_bytes()
    centre.write_bytes(of_revision("0000")(before))
    copy = backups.make(centre, BackupKind.MANUAL)
    centre.write_bytes(before)
    with pytest.raises(StorageError, match="cấu trúc mà bản này không biết"):
        backups.restore(copy.path, centre)
    assert centre.read_bytes() == before


def test_a_folder_in_the_place_of_the_file_is_moved_aside_with_all_it_holds(
    centre: Path, copy: Copy
) -> None:
    centre.unlink()
    centre.mkdir()
    (centre / "thư.txt").write_text("giữ lại", encoding="utf-8")
    kept = backups.restore(copy.path, centre).replaced
    assert kept is not None
    assert (kept / "thư.txt").exists()
    assert opening.diagnose(centre).state is FileState.SOUND


@pytest.mark.skipif(os.name == "nt", reason="links need rights on Windows")
def test_a_link_that_leads_nowhere_is_moved_aside(centre: Path, copy: Copy) -> None:
    centre.unlink()
    centre.symlink_to("ở nơi khác")
    backups.restore(copy.path, centre)
    assert opening.diagnose(centre).state is FileState.SOUND
    (aside,) = centre.parent.glob("*.hong-*")
    assert aside.readlink() == Path("ở nơi khác")


@pytest.mark.skipif(os.name == "nt", reason="a pipe with a name is POSIX")
def test_a_pipe_is_no_centre_file_and_nobody_waits_for_it(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "solop.sqlite")
    assert opening.diagnose(tmp_path / "solop.sqlite").state is FileState.OTHER


@pytest.mark.parametrize("damage", DAMAGE)
def test_without_a_copy_damage_leaves_nothing_to_restore(centre: Path, damage: str) -> None:
    centre.write_bytes(DAMAGE[damage][1](centre.read_bytes()))
    found = opening.diagnose(centre)
    assert found.copy is None
    assert "Chưa thấy bản sao nào" in found.sentence


def test_a_sound_file_is_opened_without_a_word(centre: Path) -> None:
    found = opening.diagnose(centre)
    assert (found.state, found.sentence, found.read_only) == (FileState.SOUND, "", "")
    assert found.may_open
    assert found.copy is None
    assert list(centre.parent.iterdir()) == [centre]


def test_an_older_file_is_sound(tmp_path: Path) -> None:
    path = tmp_path / "a.sqlite"
    shutil.copy(ROOT / "tests" / "data" / "schema" / "0001.sqlite", path)
    assert opening.diagnose(path).state is FileState.SOUND


def test_a_missing_file_with_copies_offers_the_newest(centre: Path, copy: Copy) -> None:
    centre.unlink()
    found = opening.diagnose(centre)
    assert (found.state, found.copy is not None) == (FileState.MISSING, True)
    assert "4 lớp, 106 học viên, 63 giấy chứng nhận" in found.sentence
    backups.restore(copy.path, centre)
    assert opening.diagnose(centre).may_open


def test_where_nothing_ever_was_a_centre_can_begin(tmp_path: Path) -> None:
    found = opening.diagnose(tmp_path / "none" / "solop.sqlite")
    assert (found.state, found.copy, found.may_open) == (FileState.NEW, None, False)
    assert list(tmp_path.iterdir()) == []


def test_a_newer_file_is_not_replaced_by_a_copy(centre: Path, copy: Copy) -> None:
    with closing(sqlite3.connect(centre)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    before = digest(centre)
    found = opening.diagnose(centre)
    assert found.state is FileState.NEWER
    assert "Cài bản mới" in found.sentence
    assert found.copy is None
    assert not found.may_open
    assert digest(centre) == before


def test_our_mark_without_our_tables_is_damage(tmp_path: Path) -> None:
    path = tmp_path / "a.sqlite"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA application_id={database.APPLICATION_ID}")
        connection.execute("CREATE TABLE something (id INTEGER)")
    assert opening.diagnose(path).state is FileState.PAGE


def test_a_folder_is_no_centre_file(tmp_path: Path) -> None:
    assert opening.diagnose(tmp_path).state is FileState.OTHER


def test_a_copy_that_cannot_be_used_is_not_offered(centre: Path, copy: Copy) -> None:
    newer = backups.make(centre, BackupKind.MANUAL)
    manifest.path_of(newer.path).unlink()
    centre.unlink()
    found = opening.diagnose(centre)
    assert found.copy is not None
    assert found.copy.path == copy.path


def test_a_spoilt_copy_is_passed_over_when_asked(centre: Path, copy: Copy) -> None:
    newer = backups.make(centre, BackupKind.MANUAL)
    newer.path.write_bytes(newer.path.read_bytes()[:-1] + b"!")
    centre.unlink()
    assert opening.diagnose(centre).copy == backups.copies(centre)[0]
    found = opening.diagnose(centre, verify_copy=True).copy
    assert found is not None
    assert (found.path, found.is_verified) == (copy.path, True)


def test_verifying_stops_in_time_and_offers_the_copy_unverified(
    centre: Path, copy: Copy, monkeypatch: pytest.MonkeyPatch
) -> None:
    centre.unlink()
    monkeypatch.setattr(diagnosis, "VERIFY_SECONDS", -1)
    found = opening.diagnose(centre, verify_copy=True).copy
    assert found is not None
    assert (found.path, found.is_verified) == (copy.path, False)


def test_what_is_not_reached_in_time_passes_for_sound(
    centre: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(diagnosis, "CHECK_SECONDS", -1)
    monkeypatch.setattr(diagnosis, "ASK_EVERY", 1)
    assert opening.diagnose(centre).state is FileState.SOUND


def test_a_file_being_written_by_another_program_is_not_called_damaged(
    centre: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(diagnosis, "WAIT_SECONDS", 0.01)
    with closing(sqlite3.connect(centre, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        other.execute("UPDATE centre SET name = 'Đang ghi'")
        assert opening.diagnose(centre).state is FileState.SOUND


@pytest.mark.parametrize("left", [b"", bytes(512), b"junk" * 200])
@pytest.mark.parametrize("damage", ["whole pages missing", "a page of junk", "whole header"])
def test_a_journal_left_beside_a_damaged_file_does_not_hide_the_damage(
    centre: Path, copy: Copy, damage: str, left: bytes
) -> None:
    state, spoil = DAMAGE[damage]
    centre.write_bytes(spoil(centre.read_bytes()))
    centre.with_name(centre.name + "-journal").write_bytes(left)
    assert opening.diagnose(centre).state is state


WRITING = """
import sqlite3, sys, time
connection = sqlite3.connect(sys.argv[1], timeout=30)
connection.execute("CREATE TABLE more (x BLOB)")
print("writing", flush=True)
while True:
    with connection:
        connection.execute("INSERT INTO more VALUES (zeroblob(90000))")
    time.sleep(0.001)
"""


def test_a_file_that_somebody_writes_all_the_time_is_never_called_damaged(centre: Path) -> None:
    run = [sys.executable, "-c", WRITING, str(centre)]
    with subprocess.Popen(run, stdout=subprocess.PIPE) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == b"writing\n"
        states = {opening.diagnose(centre).state for _ in range(20)}
        other.kill()
    assert states == {FileState.SOUND}


def test_a_disk_too_slow_to_read_the_file_in_time_is_not_waited_for(
    centre: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(diagnosis, "CHECK_SECONDS", -1)
    centre.write_bytes(DAMAGE["a page of junk"][1](centre.read_bytes()))
    assert opening.diagnose(centre).state is FileState.SOUND


KILLED = """
import os, signal, sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("PRAGMA cache_size=2")
connection.execute("BEGIN IMMEDIATE")
connection.execute("UPDATE student SET note = hex(randomblob(20000))")
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_an_act_cut_off_by_a_kill_is_undone_and_the_file_is_sound(centre: Path) -> None:
    with closing(sqlite3.connect(centre)) as connection:
        before = list(connection.iterdump())
    subprocess.run([sys.executable, "-c", KILLED, str(centre)], check=False)
    assert centre.with_name(centre.name + "-journal").exists()
    assert opening.diagnose(centre).state is FileState.SOUND
    with closing(sqlite3.connect(centre)) as connection:
        assert list(connection.iterdump()) == before


# Root may write whatever the modes say, therefore it becomes nobody first.
DIAGNOSE = """
import os, sys
from pathlib import Path
from app import opening
if os.geteuid() == 0:
    os.setgroups([])
    os.setgid(65534)
    os.setuid(65534)
found = opening.diagnose(Path(sys.argv[1]))
print(found.state.value, found.may_open, found.sentence or found.read_only, sep="|")
"""


def diagnosed_by_nobody(path: Path) -> list[str]:
    """Diagnose as a user whose rights are what the modes say: state, may it be opened, words."""
    run = subprocess.run(
        [sys.executable, "-c", DIAGNOSE, str(path)],
        check=True,
        capture_output=True,
        encoding="utf-8",
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"},
    )
    return run.stdout.strip().split("|")


@pytest.fixture
def shared(centre: Path) -> Iterator[Path]:
    """A centre file in a folder that every user may reach."""
    if os.name == "nt":
        pytest.skip("modes of files are POSIX")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o777)
        path = Path(shutil.copy(centre, folder / "solop.sqlite"))
        path.chmod(0o666)
        yield path
        folder.chmod(0o777)


@pytest.mark.parametrize(
    ("file", "folder", "what"), [(0o444, 0o777, "tệp"), (0o666, 0o555, "thư mục")]
)
def test_a_place_that_cannot_be_written_is_opened_for_reading(
    shared: Path, file: int, folder: int, what: str
) -> None:
    shared.chmod(file)
    shared.parent.chmod(folder)
    state, may_open, banner = diagnosed_by_nobody(shared)
    assert (state, may_open) == ("sound", "True")
    assert f"Đang mở để xem: {what} chỉ cho đọc." in banner


def test_an_older_file_that_cannot_be_written_cannot_be_opened(shared: Path) -> None:
    shutil.copy(ROOT / "tests" / "data" / "schema" / "0001.sqlite", shared)
    shared.chmod(0o444)
    state, may_open, sentence = diagnosed_by_nobody(shared)
    assert (state, may_open) == ("read_only", "False")
    assert "Chép cả thư mục sang ổ ghi được" in sentence


def test_an_act_cut_off_in_a_place_that_cannot_be_written_is_said(shared: Path) -> None:
    subprocess.run([sys.executable, "-c", KILLED, str(shared)], check=False)
    for path in shared.parent.iterdir():
        path.chmod(0o444)
    shared.parent.chmod(0o555)
    state, may_open, _ = diagnosed_by_nobody(shared)
    assert (state, may_open) == ("read_only", "False")


def test_a_file_nobody_may_read_is_said(shared: Path) -> None:
    shared.chmod(0)
    state, may_open, sentence = diagnosed_by_nobody(shared)
    assert (state, may_open) == ("unreadable", "False")
    assert "Kiểm tra quyền đọc" in sentence
