"""Two programs on one file, and copies of it taken while the program is open (R10, R12)."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy import select

from app import database as database_room
from app.models import Certificate
from tests.torture import sound, stock, work
from tests.torture.child import READY, Child
from tests.torture.scale import report, rounds

NUMBERS = rounds(500, 10_000)
COPIES = rounds(40, 200)


def test_two_programs_take_all_numbers_without_a_double_and_without_a_gap(
    centre_file: Path, tmp_path: Path
) -> None:
    where = stock.build(centre_file, tmp_path / "centre.sqlite", NUMBERS)
    with (
        Child(work.take_all_numbers, where, 1) as one,
        Child(work.take_all_numbers, where, 2) as two,
    ):
        for child in (one, two):
            assert child.hear() == READY
        for child in (one, two):
            child.tell("go")
        said = [child.finish() for child in (one, two)]
    shares = [sum(map(len, acts[:-1])) for acts in said]
    assert sum(shares) == NUMBERS
    assert min(shares) > 0
    opened = database_room.open_existing(where.path)
    with closing(opened), opened.reading() as db:
        taken = sorted(db.scalars(select(Certificate.register_sequence)))
        assert len(set(db.scalars(select(Certificate.register_number)))) == NUMBERS
    assert taken == list(range(taken[0], taken[0] + NUMBERS))
    assert sound.faults(where.path) == []
    waits = ", ".join(f"{acts[-1]:.2f} s" for acts in said)
    report(f"{NUMBERS} numbers by two programs {shares}, longest wait {waits}")


def test_a_copy_of_the_file_alone_is_the_last_commit(where: stock.Stock, tmp_path: Path) -> None:
    copy = tmp_path / "copied" / "centre.sqlite"
    copy.parent.mkdir()
    equal = 0
    with Child(work.act_when_asked, where) as child:
        head = child.hear()
        for _ in range(COPIES):
            child.tell("act")
            head = child.hear()
            shutil.copyfile(where.path, copy)
            equal += state_of(copy) == ("ok", *head)
        child.tell("")
        child.finish()
    assert equal == COPIES
    assert sound.faults(copy) == []
    report(f"{equal} of {COPIES} copies of the file alone equal the last commit")


def state_of(path: Path) -> tuple[object, ...]:
    """What SQLite says of the file, and number and hash of its newest act."""
    with closing(sqlite3.connect(path)) as raw:
        (answer,) = raw.execute("PRAGMA integrity_check").fetchone()
        query = "SELECT id, hash FROM journal_act ORDER BY id DESC LIMIT 1"
        return (answer, *raw.execute(query).fetchone())
