"""How fast old registers are taken in, and all figures of the centre counted.

    python -m bench.statistics [rounds]

Counting: the service against the same questions asked through sqlite3 directly, by turns in one
process; the peer gets the rows and builds nothing of them. Taking in: the one act with its
journal against plain sqlite3 inserting the very same rows of all tables and of the journal into
a file with the same schema, in one transaction. The registers are tests/data/binhgia.
"""

import contextlib
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

from app import database
from app.database import Database
from app.services import registers, statistics
from app.spreadsheets.registers.reading import read_registers

SET = Path(__file__).parent.parent / "tests" / "data" / "binhgia"
WANTED_MS = 30
_CLASS = "JOIN training_class k ON k.id = e.training_class_id"
_TAUGHT = (
    "FROM teaching_assignment t JOIN class_session c ON c.id = t.class_session_id "
    "JOIN training_class k ON k.id = c.training_class_id"
)
QUESTIONS = (
    "SELECT e.training_class_id, s.ethnicity, count(*), sum(s.sex = 'female'),"
    " sum(s.party_joined <= k.starts_on), sum(r.verdict = 'qualified'),"
    f" sum(r.verdict <> 'qualified') FROM enrolment e {_CLASS}"
    " JOIN student s ON s.id = e.student_id"
    " LEFT JOIN assessment_result r ON r.enrolment_id = e.id GROUP BY 1, 2",
    "SELECT training_class_id, unit, count(*) FROM enrolment GROUP BY 1, 2",
    "SELECT e.training_class_id, r.classification, count(*) FROM enrolment e"
    " JOIN assessment_result r ON r.enrolment_id = e.id GROUP BY 1, 2",
    "SELECT e.training_class_id, a.status, count(*) FROM enrolment e"
    " JOIN attendance_record a ON a.enrolment_id = e.id GROUP BY 1, 2",
    "SELECT training_class_id, count(*) FROM class_session GROUP BY 1",
    "SELECT * FROM training_class",
    "SELECT register_year, count(*) FROM certificate WHERE status = 'issued' GROUP BY 1",
    f"SELECT k.year, count(DISTINCT e.student_id) FROM enrolment e {_CLASS} GROUP BY 1",
    "SELECT count(DISTINCT student_id) FROM enrolment",
    "SELECT count(*) FROM student",
    "SELECT count(*) FROM lecturer WHERE employment = 'part_time'",
    "SELECT count(*) FROM student WHERE staff_group IN ('commune_cadre', 'commune_servant')",
    "SELECT count(*) FROM student WHERE staff_group IN ('commune_cadre', 'commune_servant')"
    " AND id IN (SELECT student_id FROM enrolment)",
    "SELECT k.year, p.code, count(*) FROM training_class k JOIN programme_version v"
    " ON v.id = k.version_id JOIN programme p ON p.id = v.programme_id GROUP BY 1, 2",
    f"SELECT k.year, t.lecturer_id, sum(c.periods) {_TAUGHT} GROUP BY 1, 2",
    "SELECT id, code, full_name FROM lecturer",
    f"SELECT t.lecturer_id, c.held_on, c.half_day {_TAUGHT} GROUP BY 1, 2, 3 HAVING count(*) > 1",
)


def main() -> None:
    """Take in and count by turns; print medians and ratios."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 15
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "centre.sqlite"
        with contextlib.closing(take_in(path)) as opened:
            count(opened, path, rounds)
        fill_raw(path, Path(folder) / "raw.sqlite")


def took(act: Callable[[], object]) -> float:
    """Milliseconds of one call."""
    begun = time.perf_counter()
    act()
    return (time.perf_counter() - begun) * 1000


def take_in(path: Path) -> Database:
    """Read and store the set; the seconds of both."""
    opened = database.create(path)
    begun = time.perf_counter()
    found = read_registers(SET)
    read = time.perf_counter() - begun
    with opened.writing("Nạp sổ cũ") as db:
        registers.load(db, found)
    whole = time.perf_counter() - begun
    size = path.stat().st_size / 1e6
    print(f"registers  read {read:.2f} s, checked and stored {whole - read:.2f} s, {size:.0f} MB")
    return opened


def count(opened: Database, path: Path, rounds: int) -> None:
    """Ask both the same questions by turns."""
    raw = sqlite3.connect(path)

    def ours() -> None:
        with opened.reading() as db:
            statistics.as_json(statistics.statistics(db))

    def theirs() -> None:
        for question in QUESTIONS:
            raw.execute(question).fetchall()

    ways: dict[str, Callable[[], None]] = {"service": ours, "sqlite3": theirs}
    spent: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(rounds + 1):
        for name, way in ways.items():
            spent[name].append(took(way))
    raw.close()
    middle = {name: median(times[1:]) for name, times in spent.items()}
    for name, times in spent.items():
        warm = times[1:]
        print(f"{name:10} {min(warm):7.1f} {middle[name]:7.1f} {max(warm):7.1f} ms")
    ratio = middle["service"] / middle["sqlite3"]
    print(f"ratio      {ratio:7.2f}   (wanted: at most {WANTED_MS} ms, {rounds} rounds)")


def fill_raw(path: Path, copy: Path) -> None:
    """Insert every row of the file into an empty one with the same schema."""
    database.create(copy).close()
    source, target = sqlite3.connect(path), sqlite3.connect(copy, isolation_level=None)
    tables = [
        name
        for (name,) in source.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        if name != "alembic_version"
    ]
    rows = {name: source.execute(f"SELECT * FROM {name}").fetchall() for name in tables}
    target.execute("PRAGMA foreign_keys=OFF")
    for name in tables:
        target.execute(f"DELETE FROM {name}")

    def insert() -> None:
        target.execute("BEGIN IMMEDIATE")
        for name, found in rows.items():
            if found:
                marks = ", ".join("?" * len(found[0]))
                target.executemany(f"INSERT INTO {name} VALUES ({marks})", found)
        target.execute("COMMIT")

    total = sum(map(len, rows.values()))
    print(f"raw        {total} rows inserted by sqlite3 in {took(insert) / 1000:.2f} s")
    source.close()
    target.close()


if __name__ == "__main__":
    main()
