"""What the columns of a sender's form mean: corrected once, known the next time."""

import datetime
import json
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import text
from app.models import ColumnChoice
from app.models.base import now
from app.services import guard
from app.terms import Permission

Columns = dict[str, str | None]
"""Field code by column letter; None leaves the column out."""


@dataclass(frozen=True)
class Remembered:
    """The corrections made the last time, for this sender or for any with this heading."""

    columns: Columns
    chosen_on: datetime.date


def remembered(db: Session, signature: str, sender: str = "") -> Remembered | None:
    """Return how a heading was corrected; the sender's own way goes before any other."""
    guard.read(db, Permission.ENROL)
    query = select(ColumnChoice).where(ColumnChoice.signature == signature)
    found = list(db.scalars(query.order_by(ColumnChoice.chosen_at.desc())))
    name = text.fold(sender)
    own = [row for row in found if row.sender == name] or found
    if not own or not signature:
        return None
    stored = own[0].chosen_at.replace(tzinfo=datetime.UTC).astimezone()
    return Remembered(json.loads(own[0].columns), stored.date())


def remember(db: Session, signature: str, sender: str, columns: Mapping[str, str | None]) -> None:
    """Keep how a heading was corrected; no corrections forget the earlier ones."""
    guard.permit(db, Permission.ENROL)
    row = db.get(ColumnChoice, (signature, text.fold(sender)))
    if columns:
        row = row or ColumnChoice(signature=signature, sender=text.fold(sender))
        row.columns, row.chosen_at = json.dumps(dict(columns)), now()
        db.add(row)
    elif row:
        db.delete(row)
    db.flush()
