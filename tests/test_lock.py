"""One program writes; the next one learns who it is, and takes over when it was killed."""

import json
import os
import platform
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from app import lock
from app.errors import StorageError
from app.lock import Held, Holder

ROOT = Path(__file__).parent.parent
HOLD = """
import sys
from pathlib import Path
from app import lock
held = lock.hold(Path(sys.argv[1]), "Hoàng Thị Mai")
print("held", flush=True)
sys.stdin.read()
held.release()
"""


@contextmanager
def another_program(database: Path) -> Iterator[subprocess.Popen[str]]:
    """A process that holds the lock until its standard input is closed."""
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(database)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env=os.environ | {"PYTHONUTF8": "1", "PYTHONPATH": str(ROOT)},
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        yield process


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return tmp_path / "solop.sqlite"


def test_the_second_program_learns_who_works_with_the_file(database: Path) -> None:
    with another_program(database) as other, pytest.raises(Held) as refused:
        lock.hold(database, "Tôi")
    holder = refused.value.holder
    assert (holder.machine, holder.who, holder.pid) == (platform.node(), "Hoàng Thị Mai", other.pid)
    sentence = str(refused.value)
    assert sentence.startswith(f"Đang mở để xem. Máy {platform.node()} (Hoàng Thị Mai) đang làm")
    assert sentence.endswith("muốn sửa thì đóng ở cửa sổ kia rồi bấm Thử lại.")


def test_a_holder_on_another_machine_is_to_close_there() -> None:
    since = datetime.now().astimezone().replace(hour=7, minute=42).isoformat()
    assert str(Held(Holder("GIAOVU-01", "Hoàng Thị Mai", since, 5))) == (
        "Đang mở để xem. Máy GIAOVU-01 (Hoàng Thị Mai) đang làm việc từ 07:42. "
        "Vẫn tra cứu và in được; muốn sửa thì đóng ở máy kia rồi bấm Thử lại."
    )


def test_the_lock_is_free_when_the_other_program_ends(database: Path) -> None:
    with another_program(database):
        pass
    with lock.hold(database, "Tôi"):
        assert lock.holder_of(database).who == "Tôi"
    assert not lock.holder_path(database).exists()


def test_the_lock_of_a_killed_program_is_taken_over_at_once(database: Path) -> None:
    with another_program(database) as other:
        other.send_signal(signal.SIGKILL)
        other.wait()
        assert lock.holder_of(database).who == "Hoàng Thị Mai"
        with lock.hold(database, "Tôi"):
            assert lock.holder_of(database) == Holder(
                platform.node(), "Tôi", lock.holder_of(database).since, os.getpid()
            )


def test_two_windows_of_one_program_hold_each_other_off(database: Path) -> None:
    with lock.hold(database, "Một"), pytest.raises(Held, match="Một"):
        lock.hold(database, "Hai")
    lock.hold(database, "Hai").release()


def test_two_files_in_one_folder_have_two_locks(tmp_path: Path) -> None:
    with lock.hold(tmp_path / "a.sqlite", "A"), lock.hold(tmp_path / "b.sqlite", "B"):
        assert lock.holder_of(tmp_path / "a.sqlite").who == "A"


def test_a_lock_can_be_released_twice(database: Path) -> None:
    held = lock.hold(database, "Tôi")
    held.release()
    with lock.hold(database, "Người sau"):
        held.release()
        assert lock.holder_of(database).who == "Người sau"


def test_the_holder_signs_with_another_name(database: Path) -> None:
    with lock.hold(database, "") as held:
        held.sign("Hoàng Thị Mai")
        assert lock.holder_of(database).who == "Hoàng Thị Mai"


def test_without_a_name_the_account_of_the_system_signs(
    database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("getpass.getuser", lambda: "giaovu")
    with lock.hold(database, ""):
        assert lock.holder_of(database).who == "giaovu"


def test_a_machine_without_accounts_still_holds(
    database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unknown() -> str:
        raise KeyError("uid")

    monkeypatch.setattr("getpass.getuser", unknown)
    with lock.hold(database, ""):
        assert lock.holder_of(database).name == f"Máy {platform.node()}"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        b"{}",
        b'{"machine":"a","who":"b","since":"x","pid":1}',
        b'{"machine":"a","who":"b","since":"0001-01-01T00:00:00+14:00","pid":1}',
        b"\xff",
        b"[" * 200_000,
    ],
    ids=len,
)
def test_a_holder_nobody_understands_is_another_machine(
    database: Path, monkeypatch: pytest.MonkeyPatch, content: bytes
) -> None:
    monkeypatch.setattr(lock, "HOLDER_WAIT", 0)
    with lock.hold(database, "Một"):
        lock.holder_path(database).write_bytes(content)
        with pytest.raises(Held, match="Máy khác đang làm việc"):
            lock.hold(database, "Hai")


def test_since_is_an_hour_today_and_a_date_before(database: Path) -> None:
    now = datetime.now().astimezone().replace(hour=7, minute=42)
    before = now - timedelta(days=3)
    assert Holder("M", "", now.isoformat()).since_words == " từ 07:42"
    assert Holder("M", "", before.isoformat()).since_words == f" từ 07:42 ngày {before:%d/%m/%Y}"
    assert Holder().since_words == ""


def test_a_place_that_takes_no_lock_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StorageError, match="Không khóa được"):
        lock.hold(tmp_path / "file" / "solop.sqlite", "Tôi")


def test_a_holder_that_cannot_be_written_gives_the_lock_back(
    database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lock.holder_path(database).mkdir()
    with pytest.raises(StorageError):
        lock.hold(database, "Tôi")
    lock.holder_path(database).rmdir()
    lock.hold(database, "Tôi").release()


def test_the_holder_file_is_plain_json_beside_the_file(database: Path) -> None:
    with lock.hold(database, "Tôi"):
        content = json.loads((database.parent / "solop.sqlite.dangmo").read_bytes())
    assert content.keys() == {"machine", "who", "since", "pid"}
    assert (database.parent / "solop.sqlite.lock").exists()
