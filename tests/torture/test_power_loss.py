"""The power goes at any moment: no image of the disk is corrupt, no told act is lost (R2)."""

import pickle
import sqlite3
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import event

from app import database as database_room
from app.database import PRAGMAS
from tests.torture import sound, stock, work
from tests.torture.job import ACK, Job
from tests.torture.power import Disk, Event, digest
from tests.torture.scale import report, rounds
from tests.torture.stock import Stock

# apsw must not be imported here: two SQLite libraries in one process lose each other's locks.
pytestmark = pytest.mark.skipif(find_spec("apsw") is None, reason="apsw is not installed")
ACTS = rounds(9, 60)
IMAGES = rounds(120, 3000)
ROOT = Path(__file__).parents[2]
WRITES = ("BEGIN", "COMMIT", "INSERT", "UPDATE", "DELETE")


@dataclass(frozen=True)
class Recorded:
    """A file as it was, the SQL of real acts on it, and the file after them."""

    before: Stock
    statements: tuple[str, ...]


@pytest.fixture(scope="module")
def recorded(centre_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Recorded:
    """Let the program do acts of every kind and keep the SQL it sends."""
    folder = tmp_path_factory.mktemp("power")
    before = stock.build(centre_file, folder / "centre.sqlite", stock.IN_ONE_CLASS)
    (folder / "after").mkdir()
    after = before.copy(folder / "after")
    opened = database_room.open_existing(after.path)
    statements: list[str] = []
    event.listen(
        opened._engine, "connect", lambda raw, _: raw.set_trace_callback(statements.append)
    )
    opened._engine.dispose()
    chance = Random(2)
    for number in range(ACTS):
        kind = sorted(work.STEPS)[number % len(work.STEPS)]
        work.act(opened, work.STEPS[kind], after, chance, f"{kind} {number}")
        statements.append(ACK)
    opened.close()
    assert sound.faults(after.path) == []
    kept = (one for one in statements if one.startswith((*WRITES, ACK)))
    return Recorded(before, tuple(kept))


def log_of(recorded: Recorded, folder: Path, synchronous: str) -> list[Event]:
    """Run the SQL again with another library that tells what reaches the system."""
    path = recorded.before.copy(folder).path
    pragmas = [one for one in PRAGMAS if not one.startswith("synchronous")]
    assert len(pragmas) == len(PRAGMAS) - 1
    job = Job(path, (*pragmas, f"synchronous={synchronous}"), recorded.statements)
    (folder / "job").write_bytes(pickle.dumps(job))
    module = [sys.executable, "-m", "tests.torture.write_log"]
    subprocess.run([*module, folder / "job", folder / "log"], check=True, cwd=ROOT)
    log: list[Event] = pickle.loads((folder / "log").read_bytes())
    assert sound.faults(path) == []
    path.unlink()
    return log


def images(log: list[Event], before: Stock, wanted: int) -> Iterator[tuple[Disk, dict[str, bytes]]]:
    """The disk at chosen moments, and a state it may be found in after each."""
    chance = Random(wanted)
    moments = Counter(chance.randrange(1, len(log) + 1) for _ in range(wanted))
    name = before.path.name
    disk = Disk.holding(name, before.path.read_bytes())
    for number, happened in enumerate(log, 1):
        disk.happen(happened, name)
        for _ in range(moments[number]):
            yield disk, disk.after_the_power_went(chance)


def outcome(disk: Disk, image: dict[str, bytes], path: Path) -> str:
    """Put the image down, let SQLite recover it, and tell what it is."""
    for old in path.parent.glob(f"{path.name}*"):
        old.unlink()
    for name, content in image.items():
        (path.parent / name).write_bytes(content)
    try:
        with closing(sqlite3.connect(path)) as raw:
            answer = raw.execute("PRAGMA integrity_check").fetchone()[0]
    except sqlite3.DatabaseError:
        return "unreadable"
    if answer != "ok":
        return "corrupt"
    found = digest(path.read_bytes())
    if found == disk.states[-1]:
        return "kept"
    if found in disk.states:
        return "lost"
    return "ahead" if may_be_ahead(path, disk) else "half"


def may_be_ahead(path: Path, disk: Disk) -> bool:
    """The act under way was kept though nobody was told yet: sound, and newer than the last."""
    with closing(sqlite3.connect(path)) as raw:
        (newest,) = raw.execute("SELECT max(id) FROM journal_act").fetchone()
    path.with_name("told.sqlite").write_bytes(disk.told)
    with closing(sqlite3.connect(path.with_name("told.sqlite"))) as raw:
        (told,) = raw.execute("SELECT max(id) FROM journal_act").fetchone()
    return newest == told + 1 and sound.faults(path) == []


def outcomes(recorded: Recorded, folder: Path, synchronous: str, wanted: int) -> Counter[str]:
    """Count what became of the images."""
    log = log_of(recorded, folder, synchronous)
    path = folder / recorded.before.path.name
    found = Counter(
        outcome(disk, image, path) for disk, image in images(log, recorded.before, wanted)
    )
    report(f"synchronous={synchronous}: {wanted} images, {ACTS} acts: {dict(found)}")
    return found


def test_the_other_library_stays_in_its_own_process() -> None:
    assert "apsw" not in sys.modules


def test_no_image_is_corrupt_and_no_told_act_is_lost(recorded: Recorded, tmp_path: Path) -> None:
    assert "synchronous=EXTRA" in PRAGMAS
    found = outcomes(recorded, tmp_path, "EXTRA", IMAGES)
    assert set(found) <= {"kept", "ahead"}
    assert found["kept"] > found.total() // 2


def test_the_model_shows_what_a_disk_without_syncs_does(recorded: Recorded, tmp_path: Path) -> None:
    found = outcomes(recorded, tmp_path, "OFF", IMAGES // 2)
    assert found["unreadable"] + found["corrupt"] + found["half"] + found["lost"] > IMAGES // 6


def test_the_model_shows_what_an_unlink_that_is_not_synced_does(
    recorded: Recorded, tmp_path: Path
) -> None:
    found = outcomes(recorded, tmp_path, "FULL", IMAGES // 2)
    assert found["lost"] > 0
    assert set(found) <= {"kept", "ahead", "lost"}
