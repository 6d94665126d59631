"""What the journal costs: an import of 5,000 people and the marks of a class, with it and without.

    python -m bench.journal [rounds]

By turns, in one process: the same act on a fresh copy of the same file, once as the program does
it and once with the recorder taken out of SQLAlchemy's events. The ratio of the medians counts.
"""

import contextlib
import shutil
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from statistics import median
from unittest import mock

from sqlalchemy import event
from sqlalchemy.orm import Session

from app import database as database_room
from app import journal
from app.journal import Act, record
from app.models import Base
from app.services import (
    attendance,
    classes,
    demo,
    enrolment,
    history,
    matching,
    programmes,
    results,
    setup,
    timetable,
)
from app.services.attendance import Mark
from app.services.classes import ClassForm
from app.services.timetable import Pattern
from app.spreadsheets.roster import read_roster
from app.spreadsheets.rows import RosterRow
from app.terms import ActKind, AttendanceStatus

ROSTER = Path(__file__).parent.parent / "tests/data/rosters/D09_five_thousand_rows.xlsx"
LEARNERS = 200
EVENTS = {
    "after_insert": record._inserted,
    "before_update": record._before_update,
    "after_update": record._updated,
    "before_delete": record._before_delete,
    "after_delete": record._deleted,
}
Work = Callable[[Session], object]


def main() -> None:
    """Run by turns and print the medians."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 7
    rows = read_roster(ROSTER).rows
    with tempfile.TemporaryDirectory() as folder:
        empty, full = Path(folder) / "empty.sqlite", Path(folder) / "full.sqlite"
        build(empty)
        build(full, rows[:LEARNERS])
        compare(f"import of {len(rows)} rows", empty, lambda db: import_rows(db, rows), rounds)
        compare_with_sqlite(empty, rows, rounds)
        compare(f"{LEARNERS} marks", full, save_marks, rounds * 3)
        compare(f"attendance of {LEARNERS} learners", full, mark_session, rounds * 3)
        undo(empty, rows, rounds)


def build(path: Path, rows: tuple[RosterRow, ...] = ()) -> None:
    """A centre with one class of these people."""
    opened = database_room.create(path)
    with opened.writing("Lập") as db:
        setup.set_up(db, demo.CENTRE, demo.DIRECTOR)
        programme = programmes.programme_list(db)[0]
        day = demo.CENTRE.valid_from
        form = ClassForm(programme.current.id, programme.name, "khóa I", day, day)
        class_id = classes.open_class(db, form)
        timetable.generate(db, class_id, Pattern(day))
        import_rows(db, rows)
    assert class_id == 1
    opened.close()


def import_rows(db: Session, rows: tuple[RosterRow, ...]) -> None:
    enrolment.enrol_roster(db, 1, matching.match_roster(db, 1, rows))


def save_marks(db: Session) -> None:
    for row in enrolment.class_roll(db, 1):
        results.save_mark(db, 1, row.enrolment_id, Decimal("7.5"))


def mark_session(db: Session) -> None:
    grid = attendance.grid(db, 1)
    held = grid.sessions[0].id
    status = AttendanceStatus.PRESENT
    attendance.mark(db, 1, [Mark(one.enrolment_id, held, status) for one in grid.learners])


def compare(name: str, path: Path, work: Work, rounds: int) -> None:
    """Time the act with and without the journal, by turns."""
    spent: dict[str, list[float]] = {"with": [], "without": []}
    for _ in range(rounds + 1):
        spent["with"].append(timed(path, work))
        with unjournalled():
            spent["without"].append(timed(path, work))
    ours, peer = (median(times[1:]) for times in spent.values())  # the first round warms up
    print(f"{name:34} {ours:8.0f} ms with, {peer:8.0f} ms without, ratio {ours / peer:.2f}")


def compare_with_sqlite(path: Path, rows: tuple[RosterRow, ...], rounds: int) -> None:
    """Time the import against the same rows, its journal too, inserted by sqlite3 alone."""
    stored = imported(path, rows)
    spent: dict[str, list[float]] = {"ours": [], "sqlite3": []}
    for _ in range(rounds + 1):
        spent["ours"].append(timed(path, lambda db: import_rows(db, rows)))
        spent["sqlite3"].append(inserted(path, stored))
    ours, peer = (median(times[1:]) for times in spent.values())
    count = sum(len(found) for found in stored.values())
    name = f"against {count} raw inserts"
    print(f"{name:34} {ours:8.0f} ms, {peer:8.0f} ms, ratio {ours / peer:.1f}")


def imported(path: Path, rows: tuple[RosterRow, ...]) -> dict[str, list[tuple[object, ...]]]:
    """Give every row the import adds to each table."""
    with copied(path) as opened:
        before = {name: set(found) for name, found in contents(opened.path).items()}
        with opened.writing("Nhập") as db:
            import_rows(db, rows)
        after = contents(opened.path)
    added = {name: [row for row in after[name] if row not in before[name]] for name in after}
    return {name: found for name, found in added.items() if found and name != "training_class"}


def contents(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """Read every table."""
    with contextlib.closing(sqlite3.connect(path)) as raw:
        names = [table.name for table in Base.metadata.sorted_tables]
        return {name: raw.execute(f"SELECT * FROM {name}").fetchall() for name in names}


def inserted(path: Path, stored: dict[str, list[tuple[object, ...]]]) -> float:
    """Milliseconds of inserting these rows with the pragmas of the program, commit included."""
    copy = path.with_name("raw.sqlite")
    shutil.copy(path, copy)
    with contextlib.closing(sqlite3.connect(copy, isolation_level=None)) as raw:
        for pragma in database_room.PRAGMAS:
            raw.execute(f"PRAGMA {pragma}")
        begun = time.perf_counter()
        raw.execute("BEGIN IMMEDIATE")
        for name, found in stored.items():
            marks = ", ".join("?" * len(found[0]))
            raw.executemany(f"INSERT INTO {name} VALUES ({marks})", found)
        raw.execute("COMMIT")
        return (time.perf_counter() - begun) * 1000


def timed(path: Path, work: Work) -> float:
    """Milliseconds of one act, commit included, on a copy of the file."""
    with copied(path) as opened:
        begun = time.perf_counter()
        with opened.writing(Act("Đo", ActKind.CHANGE)) as db:
            work(db)
        return (time.perf_counter() - begun) * 1000


def undo(path: Path, rows: tuple[RosterRow, ...], rounds: int) -> None:
    """Time taking the whole import back."""
    spent = []
    for _ in range(rounds):
        with copied(path) as opened:
            with opened.writing("Nhập") as db:
                import_rows(db, rows)
            with opened.reading() as db:
                head = journal.head(db).number
            begun = time.perf_counter()
            with opened.writing(Act("Hoàn tác", ActKind.UNDO, undoes=head)) as db:
                history.undo(db, head)
            spent.append((time.perf_counter() - begun) * 1000)
    print(f"{'the import undone':34} {median(spent):8.0f} ms")


@contextlib.contextmanager
def copied(path: Path) -> Iterator[database_room.Database]:
    copy = path.with_name("copy.sqlite")
    shutil.copy(path, copy)
    opened = database_room.open_existing(copy)
    try:
        yield opened
    finally:
        opened.close()


@contextlib.contextmanager
def unjournalled() -> Iterator[None]:
    """Take the recorder out, as if there had never been a journal."""
    for name, listener in EVENTS.items():
        event.remove(Base, name, listener)
    with mock.patch.object(journal, "store"):
        yield
    for name, listener in EVENTS.items():
        event.listen(Base, name, listener, propagate=True)


if __name__ == "__main__":
    main()
