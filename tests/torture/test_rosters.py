"""Damaged and made-up rosters: a roster or one sentence, never a crash, never a wait."""

import random
import time
from collections import Counter
from pathlib import Path

import pytest

from app.errors import AppError
from app.spreadsheets.recheck import raw_texts, read_again
from app.spreadsheets.returned import write_returned
from app.spreadsheets.roster import UndecidedColumns, read_roster
from app.spreadsheets.rows import Roster
from app.spreadsheets.sheets import UnreadableFile
from tests.torture.damage import damaged, stock
from tests.torture.scale import report, rounds

DATA = Path(__file__).parent.parent / "data"
LARGEST = 60_000
PATIENCE = 35
"""Seconds for one file: the limit of reading and a little more."""


@pytest.fixture(scope="module")
def samples() -> list[bytes]:
    folders = (DATA / "rosters", DATA / "legacy", DATA / "hostile")
    return [data for folder in folders for data in stock(folder, LARGEST)]


def use(roster: Roster) -> str:
    """Do with a roster what the window does with it."""
    assert len({row.row for row in roster.all_rows}) == len(roster.all_rows)
    assert all(problem.text.endswith((".", "…")) for problem in roster.problems)
    for row in roster.all_rows[:3]:
        typed = {row.row: raw_texts(roster, row.row)}
        edited = read_again(roster, roster, typed, typed)
        assert {one.row for one in edited.all_rows} == {one.row for one in roster.all_rows}
    if roster.rejected:
        assert write_returned(None, roster)
    return "roster"


def outcome(path: Path) -> str:
    """What became of a file: "roster", or the code of its refusal."""
    try:
        roster = read_roster(path)
    except AppError as error:
        return refused(error)
    return use(roster)


def refused(error: AppError) -> str:
    """The code of a refusal, which is one sentence or two."""
    assert str(error).endswith(".")
    assert not isinstance(error, UndecidedColumns) or error.draft.rows == ()
    return error.code if isinstance(error, UnreadableFile) else "refused"


def test_no_damaged_roster_crashes_or_hangs(samples: list[bytes], tmp_path: Path) -> None:
    outcomes: Counter[str] = Counter()
    slowest = 0.0
    for seed in range(rounds(40, 500)):
        way, data = damaged(samples, random.Random(seed))
        path = tmp_path / f"{seed}.xls"
        path.write_bytes(data)
        start = time.monotonic()
        try:
            outcomes[outcome(path)] += 1
        except Exception as error:
            error.add_note(f"seed {seed}, {way}")
            raise
        slowest = max(slowest, time.monotonic() - start)
        path.unlink()
    assert outcomes["roster"] > 0
    assert slowest < PATIENCE
    report(f"{outcomes.total()} files: {dict(outcomes)}; the slowest took {slowest:.1f} s")
