"""Rows that were there before the journal, and rows that are not as the journal left them."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Table, func, select
from sqlalchemy.orm import Session

from app.journal import images
from app.journal.images import Image
from app.journal.record import Recording
from app.models import JournalAct, JournalChange


def adopt(db: Session) -> bool:
    """Let the act under way journal every row, in a file whose journal is empty; tell if it is."""
    if db.scalar(select(func.count()).select_from(JournalAct)):
        return False
    recording: Recording = db.info["recording"]
    for table in images.journalled_tables().values():
        for key, image in _rows(db, table):
            recording.add(table.name, key, None, image)
    return True


@dataclass(frozen=True)
class Disagreement:
    """A row that is not as the journal left it."""

    table: str
    key: str
    image: Image | None  # as the journal knows it; None where it knows of none
    stored: Image | None  # as it is now; None where it is gone


def disagreements(db: Session) -> Iterator[Disagreement]:
    """Return the rows that were changed, added or removed behind the journal's back."""
    known = _as_journalled(db)
    for name, table in images.journalled_tables().items():
        stored = dict(_rows(db, table))
        told = known.get(name, {})
        for key in sorted(stored.keys() | told.keys()):
            if not _agree(told.get(key), stored.get(key)):
                yield Disagreement(name, key, told.get(key), stored.get(key))


def last_image(db: Session, table: str, key: str) -> Image:
    """Return all that the journal knows of a row that may be gone."""
    changes = images.table_of(JournalChange).c
    query = select(changes.before, changes.after).order_by(changes.act_id, changes.position)
    of_row = (changes.table_name == table) & (changes.row_key == key)
    known: Image = {}
    for before, after in db.connection().execute(query.where(of_row)):
        known |= images.read(after or before) or {}
    return known


def _rows(db: Session, table: Table) -> Iterator[tuple[str, Image]]:
    query = f"SELECT * FROM {table.name}"
    for row in db.connection().exec_driver_sql(query).mappings():
        yield images.row_key(table, row), images.veiled(table, row)


def _as_journalled(db: Session) -> dict[str, dict[str, Image | None]]:
    """Return the last image of every row the journal has seen, by table and key."""
    known: dict[str, dict[str, Image | None]] = {}
    changes = images.table_of(JournalChange).c
    query = select(changes.table_name, changes.row_key, changes.before, changes.after)
    ordered = query.order_by(changes.act_id, changes.position)
    for table, key, before, after in db.connection().execute(ordered):
        rows = known.setdefault(table, {})
        image = images.read(after)
        if image is not None and before is not None:
            image = {**(rows.get(key) or {}), **image}
        rows[key] = image
    return known


def _agree(image: Image | None, stored: Image | None) -> bool:
    """Compare a row as journalled and as stored, by the columns the journal has seen."""
    if image is None or stored is None:
        return image is stored
    return all(stored[name] == value for name, value in image.items() if name in stored)
