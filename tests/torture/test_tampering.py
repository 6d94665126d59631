"""Somebody edits the journal behind the program's back: every kind of it is found (R16)."""

import random
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from app import database as database_room
from app import journal
from app.database import Database
from app.journal import Act
from app.models import Workplace
from app.terms import Permission
from tests.conftest import raw_writing
from tests.torture.scale import rounds

ENTRIES = rounds(300, 20_000)
TRIES = rounds(2, 5)  # at random places, for each kind of tampering


@dataclass(frozen=True)
class Book:
    """A file with a long journal and the mark of its head as papers print it."""

    path: Path
    mark: str


@pytest.fixture(scope="module")
def book(centre_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Book:
    """Many acts that insert, change and delete rows, written in one transaction to save time."""
    path = tmp_path_factory.mktemp("book") / "centre.sqlite"
    shutil.copy(centre_file, path)
    opened = database_room.open_existing(path)
    write_entries(opened)
    with opened.reading() as db:
        assert list(journal.findings(db)) == []
        head = journal.head(db)
    opened.close()
    assert head.number >= ENTRIES
    return Book(path, head.mark)


def write_entries(opened: Database) -> None:
    with raw_writing(opened) as db:
        rows: list[Workplace] = []
        for number in range(ENTRIES):
            journal.begin(db, Act(f"Việc {number}", reason=f"Lý do {number % 9}"), "Người thử", 3)
            journal.permitted(db, Permission.EDIT_PEOPLE)
            fresh = [Workplace(name=f"Chi bộ {number}"), Workplace(name=f"Tổ {number}")]
            db.add_all(fresh)
            if rows:
                rows[-1].name += " sáp nhập"
            if number % 3 == 2:
                db.delete(rows.pop(0))
            db.flush()
            journal.store(db)
            rows.append(fresh[0])
        journal.begin(db, Act("Hết"), "Người thử", None)


Tamper = Callable[[sqlite3.Connection, random.Random], object]


def somewhere(raw: sqlite3.Connection, chance: random.Random) -> int:
    """An act with changes in the middle of the journal."""
    acts = raw.execute("SELECT id FROM journal_act WHERE id > 3").fetchall()
    return int(chance.choice(acts[: len(acts) * 9 // 10])[0])


def edit(table: str, column: str, value: str) -> Tamper:
    """Put another value into one column of one row."""

    def tamper(raw: sqlite3.Connection, chance: random.Random) -> None:
        key = "id" if table == "journal_act" else "position = 0 AND act_id"
        act = somewhere(raw, chance)
        raw.execute(f"UPDATE {table} SET {column} = {value} WHERE {key} = ?", [act])

    return tamper


def run(*statements: str) -> Tamper:
    """Run statements in which :act is an act in the middle and :other one a little later."""

    def tamper(raw: sqlite3.Connection, chance: random.Random) -> None:
        act = somewhere(raw, chance)
        for statement in statements:
            raw.execute(statement, {"act": act, "other": act + 7})

    return tamper


FORGED_ACT = (
    "INSERT INTO journal_act (id, name, subject, kind, actor, machine, reason, happened_at,"
    " permissions, previous_hash, hash) SELECT id + 1, 'Việc không có thật', subject, kind, actor,"
    " machine, reason, happened_at, permissions, hash, hash FROM journal_act"
    " ORDER BY id DESC LIMIT 1"
)
FORGED_CHANGE = (
    "INSERT INTO journal_change (act_id, position, table_name, row_key, before, after)"
    " VALUES ({}, 900, 'student', '1', NULL, '{{}}')"
)
ACT_COLUMNS = (
    "name, subject, kind, actor, account_id, machine, reason, happened_at, undoes, permissions"
)
TAMPERINGS: dict[str, Tamper] = {
    **{
        f"{column} of an act": edit("journal_act", column, value)
        for column, value in {
            "name": "name || '.'",
            "subject": "'Lớp khác'",
            "kind": "'look'",
            "actor": "'Người khác'",
            "account_id": "NULL",
            "machine": "'MÁY KHÁC'",
            "reason": "''",
            "happened_at": "'2026-01-01T00:00:00.000Z'",
            "undoes": "1",
            "permissions": "''",
            "previous_hash": "hash",
            "hash": "previous_hash",
        }.items()
    },
    **{
        f"{column} of a change": edit("journal_change", column, value)
        for column, value in {
            "table_name": "'student'",
            "row_key": "'999999'",
            "before": '\'{"name":"khác"}\'',
            "after": "replace(after, 'Chi', 'Chí')",
            "position": "900",
            "act_id": "act_id + 7, position = 77",
        }.items()
    },
    "after made NULL": edit("journal_change", "after", "NULL"),
    "an act without its changes deleted": run("DELETE FROM journal_act WHERE id = :act"),
    "an act deleted": run(
        "DELETE FROM journal_change WHERE act_id = :act", "DELETE FROM journal_act WHERE id = :act"
    ),
    "the first acts deleted": run(
        "DELETE FROM journal_change WHERE act_id <= :act",
        "DELETE FROM journal_act WHERE id <= :act",
    ),
    "an act deleted, the others moved up": run(
        "DELETE FROM journal_change WHERE act_id = :act",
        "DELETE FROM journal_act WHERE id = :act",
        "UPDATE journal_act SET id = -id WHERE id > :act",
        "UPDATE journal_act SET id = -id - 1 WHERE id < 0",
        "UPDATE journal_change SET act_id = act_id - 1 WHERE act_id > :act",
    ),
    "a change deleted": run("DELETE FROM journal_change WHERE act_id = :act AND position = 0"),
    "the changes of an act deleted": run("DELETE FROM journal_change WHERE act_id = :act"),
    "a change added": run(FORGED_CHANGE.format(":act")),
    "a change of no act added": run(FORGED_CHANGE.format(900_000)),
    "two changes swapped": run(
        "UPDATE journal_change SET position = 901 WHERE act_id = :act AND position = 0",
        "UPDATE journal_change SET position = 0 WHERE act_id = :act AND position = 1",
        "UPDATE journal_change SET position = 1 WHERE act_id = :act AND position = 901",
    ),
    "two acts swapped": run(
        "UPDATE journal_act SET id = -1 WHERE id = :act",
        "UPDATE journal_act SET id = :act WHERE id = :other",
        "UPDATE journal_act SET id = :other WHERE id = -1",
        "UPDATE journal_change SET act_id = -1 WHERE act_id = :act",
        "UPDATE journal_change SET act_id = :act WHERE act_id = :other",
        "UPDATE journal_change SET act_id = :other WHERE act_id = -1",
    ),
    "an act copied over another": run(
        f"UPDATE journal_act SET ({ACT_COLUMNS}) ="
        f" (SELECT {ACT_COLUMNS} FROM journal_act WHERE id = :other) WHERE id = :act"
    ),
    "an act forged at the end": run(FORGED_ACT),
    "an act forged far ahead": run(FORGED_ACT.replace("id + 1", "id + 50")),
}


def tampered(book: Book, path: Path, tamper: Tamper, seed: object) -> Database:
    shutil.copy(book.path, path)
    with closing(sqlite3.connect(path)) as raw, raw:
        before = raw.total_changes
        tamper(raw, random.Random(str(seed)))
        assert raw.total_changes > before
    return database_room.open_existing(path)


@pytest.mark.parametrize("kind", sorted(TAMPERINGS))
def test_tampering_with_the_journal_is_found(book: Book, tmp_path: Path, kind: str) -> None:
    for number in range(TRIES):
        opened = tampered(book, tmp_path / "centre.sqlite", TAMPERINGS[kind], (kind, number))
        with closing(opened), opened.reading() as db:
            assert list(journal.findings(db)) != []


def cut(raw: sqlite3.Connection, chance: random.Random) -> None:
    act = somewhere(raw, chance)
    raw.execute("DELETE FROM journal_change WHERE act_id > ?", [act])
    raw.execute("DELETE FROM journal_act WHERE id > ?", [act])


def wipe(raw: sqlite3.Connection, _chance: random.Random) -> None:
    raw.execute("DELETE FROM journal_change")
    raw.execute("DELETE FROM journal_act")


@pytest.mark.parametrize("tamper", [cut, wipe])
def test_a_cut_tail_is_found_by_the_mark_on_paper(
    book: Book, tmp_path: Path, tamper: Tamper
) -> None:
    opened = tampered(book, tmp_path / "centre.sqlite", tamper, tamper)
    with closing(opened), opened.reading() as db:
        assert not journal.knows(db, book.mark)
        assert list(journal.disagreements(db)) != []


def test_a_journal_written_anew_after_a_cut_does_not_know_the_mark(
    book: Book, tmp_path: Path
) -> None:
    opened = tampered(book, tmp_path / "centre.sqlite", cut, "anew")
    with closing(opened):
        write_entries(opened)
        with opened.reading() as db:
            assert list(journal.findings(db)) == []
            assert journal.head(db).number > ENTRIES
            assert not journal.knows(db, book.mark)


def test_the_untouched_journal_knows_every_mark_it_ever_printed(book: Book, tmp_path: Path) -> None:
    shutil.copy(book.path, tmp_path)
    opened = database_room.open_existing(tmp_path / book.path.name)
    with closing(opened), opened.reading() as db:
        assert journal.knows(db, book.mark)
        assert not journal.knows(db, book.mark[:-1] + ("0" if book.mark[-1] != "0" else "1"))
        assert list(journal.findings(db)) == []
