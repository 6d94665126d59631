"""kill -9 at random points: what was promised is kept, nothing is half, no number is lost (R1)."""

import random
import shutil
import sqlite3
import time
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from app import backups
from app import database as database_room
from app.terms import BackupKind
from tests.torture import sound, work
from tests.torture.child import READY, Child, wait_for
from tests.torture.scale import IS_LONG, report, rounds
from tests.torture.stock import Stock

OLD = Path(__file__).parent.parent / "data" / "schema" / "0001.sqlite"
ROUNDS = rounds(6, 60)
LONGEST_WAIT = rounds(1, 4) / 10  # seconds after the first act


def hot(path: Path) -> Path:
    """The rollback journal: there while a commit is under way."""
    return path.with_name(path.name + "-journal")


def kill_somewhere(child: Child, path: Path, chance: random.Random) -> tuple[list[Any], bool]:
    """Wait a moment, half of the time until a commit is under way, and kill."""
    assert child.hear() == READY
    first = child.hear()
    time.sleep(chance.random() * LONGEST_WAIT)
    if chance.random() < 0.5:
        wait_for(hot(path), LONGEST_WAIT)
        time.sleep(chance.random() * 0.002)
    said = [first, *child.kill()]
    return said, hot(path).exists()


@pytest.mark.parametrize("kind", sorted(work.STEPS))
def test_every_act_that_was_told_is_kept_whole(where: Stock, kind: str) -> None:
    chance, told, hot_ends = random.Random(kind), 0, 0
    for number in range(ROUNDS):
        with Child(work.act_for_ever, kind, where, number) as child:
            said, was_hot = kill_somewhere(child, where.path, chance)
        assert sound.faults(where.path, said) == [], f"round {number}"
        told, hot_ends = told + len(said), hot_ends + was_hot
    assert told >= ROUNDS
    assert hot_ends > 0 or not IS_LONG
    report(f"{kind}: {ROUNDS} rounds, {told} acts told, {hot_ends} ended in a commit")


def test_every_copy_that_was_told_verifies_and_no_broken_one_has_a_name(where: Stock) -> None:
    chance, told = random.Random("copies"), 0
    for number in range(ROUNDS):
        with Child(work.copy_for_ever, where, number) as child:
            said, _ = kill_somewhere(child, where.path, chance)
        assert sound.faults(where.path, [one[:2] for one in said]) == []
        found = backups.copies(where.path)
        assert {path for *_, path in said} <= {copy.path for copy in found}
        heads = {copy.path: backups.verify(copy.path).journal_number for copy in found}
        assert all(heads[path] == act for act, _, path in said)
        told += len(said)
        shutil.rmtree(backups.folder(where.path))
    assert told >= ROUNDS
    report(f"copies: {ROUNDS} rounds, {told} copies told")


def test_a_restore_that_was_killed_leaves_one_whole_file_or_the_other(where: Stock) -> None:
    chance, ended = random.Random("restore"), set()
    opened = database_room.open_existing(where.path)
    copies = []
    for number in range(2):
        work.act(opened, work.save_marks, where, chance, f"Ghi {number}")
        copies.append(backups.make(where.path, BackupKind.MANUAL))
    opened.close()
    heads = {copy.journal_number for copy in copies}
    for _ in range(ROUNDS):
        with Child(work.restore_for_ever, where, [copy.path for copy in copies]) as child:
            said, _ = kill_somewhere(child, where.path, chance)
        head = backups.journal_head(where.path).number
        assert head in heads
        assert sound.faults(where.path) == []
        assert all(backups.verify(copy.path) for copy in copies)
        ended.add(head == said[-1])
    report(f"restores: {ROUNDS} rounds, ended as told or one further: {sorted(ended)}")


def test_an_upgrade_that_was_killed_is_old_or_new_and_goes_through_next_time(
    tmp_path: Path,
) -> None:
    chance, wanted, longest = random.Random("upgrade"), *_upgraded(tmp_path / "whole")
    old = sound.rows(OLD)
    outcomes = set()
    for number in range(ROUNDS):
        path = tmp_path / str(number) / "centre.sqlite"
        path.parent.mkdir()
        shutil.copy(OLD, path)
        with Child(work.upgrade, path) as child:
            assert child.hear() == READY
            time.sleep(chance.random() * longest)
            said = child.kill()
        revision = _revision(path)
        outcomes.add((revision, bool(said)))
        assert revision == database_room.SCHEMA_REVISION or (sound.rows(path) == old and not said)
        assert sound.faults(path) == []
        assert _without_journal(path) == wanted
        assert all(backups.verify(copy.path) for copy in backups.copies(path))
    assert len(outcomes) > 1 or not IS_LONG
    report(f"upgrades: {ROUNDS} rounds, ended as {sorted(outcomes)}")


def _upgraded(folder: Path) -> tuple[list[str], float]:
    """What the file holds after an upgrade nobody disturbed, and how long that took."""
    folder.mkdir()
    path = folder / "centre.sqlite"
    shutil.copy(OLD, path)
    with Child(work.upgrade, path) as child:
        assert child.hear() == READY
        begun = time.monotonic()
        child.hear()
        spent = time.monotonic() - begun
    return _without_journal(path), spent


def _without_journal(path: Path) -> list[str]:
    return [line for line in sound.rows(path) if 'INTO "journal_' not in line]


def _revision(path: Path) -> str:
    with closing(sqlite3.connect(path)) as raw:
        return str(raw.execute("SELECT max(version_num) FROM alembic_version").fetchone()[0])
