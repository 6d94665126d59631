"""What must be true of a centre file whatever happened to the program that wrote it."""

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

from sqlalchemy import select

from app import database as database_room
from app.models import Certificate, JournalAct
from app.services import checks


def faults(path: Path, promised: Iterable[tuple[int, str]] = ()) -> list[str]:
    """Open the file as the program does and name everything wrong or lost."""
    opened = database_room.open_existing(path)
    try:
        with opened.reading() as db:
            kept = {row.id: row.hash for row in db.scalars(select(JournalAct))}
            lost = [f"act {act} is lost" for act, hash_ in promised if kept.get(act) != hash_]
            wrong = checks.findings(db)  # the file, the chain, rows against journal, the rules
            query = select(Certificate.register_sequence).order_by(Certificate.register_sequence)
            numbers = list(db.scalars(query))
    finally:
        opened.close()
    if numbers and numbers != list(range(numbers[0], numbers[0] + len(numbers))):
        wrong.append(f"numbers {numbers}")
    return lost + wrong


def rows(path: Path) -> list[str]:
    """Everything in the file as SQL, for comparing two files."""
    with closing(sqlite3.connect(path)) as raw:
        return list(raw.iterdump())
