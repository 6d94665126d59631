"""What the centre was called: old papers carry old names, and registers know nothing else."""

import datetime
from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models import Centre
from app.services import guard
from app.spreadsheets.registers.rows import ClassLine
from app.terms import DocumentFamily, Permission


def keep_names(db: Session, lines: Iterable[ClassLine]) -> None:
    """Add the names of earlier times, each from the first class held under it.

    A day for which the file already has an identity is left as it is; of a name alone the
    window asks for the rest (`centre.is_set_up`).
    """
    guard.permit(db, Permission.EDIT_CENTRE)
    since: dict[str, datetime.date] = {}
    for row in sorted(lines, key=lambda row: row.starts_on):
        if row.centre:
            since.setdefault(row.centre, row.starts_on)
    known = db.scalars(select(Centre)).all()
    first = min((one.valid_from for one in known if one.parent_line), default=None)
    names, days = {one.name for one in known}, {one.valid_from for one in known}
    for name, day in since.items():
        if name not in names and day not in days and (first is None or day < first):
            db.add(_known_by_name(name, day))
    db.flush()


def _known_by_name(name: str, day: datetime.date) -> Centre:
    return Centre(
        name=name,
        valid_from=day,
        parent_line="",
        centre_line=name.upper(),
        place_name="",
        short_code="",
        document_family=DocumentFamily.PARTY,
    )
