"""The slow parts of an import, run off the GUI thread: plain data in and out."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from app.errors import Cancelled
from app.ui.imports.reading import Origin, Reading, Wish, read, sender_of
from app.ui.imports.work import ImportWork
from app.ui.tasks import Task

if TYPE_CHECKING:
    # Services import SQLAlchemy, which takes longer than the window to paint.
    from app.database import Database
    from app.services.column_choices import Remembered
    from app.services.drafts import KeptRow
    from app.services.enrolment import EnrolSummary
    from app.services.matching import RosterMatch
    from app.spreadsheets.rows import RosterRow


@dataclass(frozen=True)
class Read:
    """A roster as read, and the earlier corrections that were applied to it."""

    reading: Reading
    known: "Remembered | None" = None


def read_file(
    database: "Database", origin: Origin, wish: Wish, task: Task, *, with_memory: bool
) -> Read:
    """Read a roster; what was corrected the last time is corrected again."""
    from app.services import column_choices
    from app.spreadsheets.fields import Field

    reading = read(origin, wish, task)
    if not with_memory or wish.columns:
        return Read(reading)
    roster = reading.roster
    with database.reading() as db:
        known = column_choices.remembered(db, roster.signature, sender_of(roster))
    if known is None:
        return Read(reading)
    columns = {at: Field(code) if code else None for at, code in known.columns.items()}
    return Read(read(origin, replace(wish, columns=columns), task), known)


def match(
    database: "Database", class_id: int, rows: "Sequence[RosterRow]", task: Task
) -> "list[RosterMatch]":
    """Find who is known."""
    from app.services import matching

    with database.reading() as db:
        found = matching.match_roster(db, class_id, rows)
    if task.cancelled:
        raise Cancelled("Đã dừng đối chiếu.")
    return found


def open_draft(database: "Database", draft_id: int, name: str) -> ImportWork:
    """What was left waiting, as it was left."""
    from app.services import drafts
    from app.spreadsheets.fields import Field
    from app.spreadsheets.kept import roster_of_texts

    with database.reading() as db:
        rows = drafts.kept_rows(db, draft_id)
    kept = {row.row: {Field(code): text for code, text in row.texts.items()} for row in rows}
    work = ImportWork(name, roster_of_texts(name, kept))
    work.take_draft(draft_id, rows)
    return work


@dataclass(frozen=True)
class Writing:
    """Everything one import writes."""

    class_id: int
    name: str
    taken: "Sequence[RosterMatch]"
    updates: dict[int, set[str]]
    waiting: "Sequence[KeptRow]"
    draft_id: int | None = None
    reading: Reading | None = None  # whose corrections are remembered


def write(database: "Database", what: Writing, task: Task) -> "EnrolSummary":
    """Bring the good rows in and keep the others, all in one act or nothing."""
    from app.services import column_choices, drafts, enrolment

    with database.writing(f"Nhập danh sách {what.name} ({len(what.taken)} người)") as db:
        summary = enrolment.enrol_roster(db, what.class_id, what.taken, task.progress, what.updates)
        if what.waiting or what.draft_id:
            drafts.keep(db, what.class_id, what.name, what.waiting, what.draft_id)
        if what.reading and what.reading.wish.columns:
            roster = what.reading.roster
            columns = {
                at: one.value if one else None for at, one in what.reading.wish.columns.items()
            }
            column_choices.remember(db, roster.signature, sender_of(roster), columns)
    return summary
