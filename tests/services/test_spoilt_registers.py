"""Registers spoilt at random: every line is accounted for, and what is stored is sound."""

import csv
import io
import random
from pathlib import Path

import pytest

from app.database import Database
from app.services import checks, registers, statistics
from app.spreadsheets.registers.reading import read_registers
from tests.registers import write

JUNK = (
    *("", "0", "-1", "99999999999", "abc", "2018-13-01", "31/02/2018", "1899", '"', "\x00"),
    *("1e5", "7", "9", "11", "12", "0001/2018", "P", "K", "hoan_thanh", "khong_hoan_thanh"),
    *("NTVD", "PN", "2018-01-23", "Sáng", "     ", "\u200b", "1990", "9" * 400),
)


def spoil(folder: Path, chance: random.Random) -> None:
    """Do one thing to one file that clerks, programs and disks do to files."""
    path = chance.choice(sorted(folder.iterdir()))
    lines = path.read_text("utf-8", "replace").splitlines()
    at = chance.randrange(len(lines)) if lines else 0
    what = chance.random()
    if what < 0.1 or not lines:
        path.write_bytes(path.read_bytes()[: chance.randrange(300)])
        return
    if what < 0.2:
        lines.append(lines[at])
    elif what < 0.3:
        del lines[at]
    else:
        cells = next(csv.reader([lines[at]]), [""]) or [""]
        cells[chance.randrange(len(cells))] = chance.choice(JUNK)
        written = io.StringIO()
        csv.writer(written, lineterminator="").writerow(cells)
        lines[at] = written.getvalue()
    path.write_text("\n".join(lines) + "\n", "utf-8")


@pytest.mark.parametrize("seed", range(12))
def test_every_line_is_accounted_for_and_the_file_stays_sound(
    database: Database, tmp_path: Path, seed: int
) -> None:
    chance = random.Random(seed)
    folder = write(tmp_path / "so-cu")
    for _ in range(chance.randint(2, 9)):
        spoil(folder, chance)
    found = read_registers(folder)
    with database.reading() as db:
        checked = registers.check(db, found)
    with database.writing("Nạp sổ cũ") as db:
        report = registers.load(db, found)
    assert checked == report
    for part in report.parts:
        assert part.read == part.new + part.known + part.refused
        assert part.new >= 0
    refused = [(one.file, one.line) for one in report.problems if one.is_refused]
    assert len(refused) == len(set(refused)) == report.refused
    with database.reading() as db:
        assert checks.findings(db) == []
        statistics.as_json(statistics.statistics(db))
    with database.writing("Nạp sổ cũ") as db:
        assert registers.load(db, found).new == 0
