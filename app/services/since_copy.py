"""What was done since a copy was made: what putting it back would lose."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from app import journal
from app.models import Certificate, JournalAct, Student, TrainingClass
from app.services import guard
from app.terms import ActKind, Permission

CHANGING = (ActKind.CHANGE, ActKind.UNDO, ActKind.REDO, ActKind.RESTORE)


@dataclass(frozen=True)
class DoneAct:
    """One act, with its time on this machine."""

    number: int
    name: str
    actor: str
    happened_at: datetime.datetime


@dataclass(frozen=True)
class DoneSince:
    """How many acts changed something, and the newest of them, newest first."""

    count: int
    newest: Sequence[DoneAct]


@dataclass(frozen=True)
class Contents:
    """How much the file holds now, and the newest entry of its journal."""

    classes: int
    learners: int
    certificates: int
    mark: str


def contents(db: Session) -> Contents:
    """Return the counts a manifest has, of the file as it is."""
    guard.read(db, Permission.BACK_UP, Permission.RESTORE)
    counts = [
        db.scalar(select(func.count()).select_from(model)) or 0
        for model in (TrainingClass, Student, Certificate)
    ]
    return Contents(counts[0], counts[1], counts[2], journal.head(db).mark)


def done_since(db: Session, number: int, digest: str, limit: int = 10) -> DoneSince | None:
    """Return the acts after the entry a copy ends with.

    None: that entry is not in this journal, so the copy went another way.
    """
    guard.read(db, Permission.BACK_UP, Permission.RESTORE)
    if number > journal.head(db).number or (number and db.scalar(_hash(number)) != digest):
        return None
    later = select(JournalAct).where(JournalAct.id > number, JournalAct.kind.in_(CHANGING))
    count = db.scalar(select(func.count()).select_from(later.subquery())) or 0
    newest = db.scalars(later.order_by(JournalAct.id.desc()).limit(limit))
    return DoneSince(count, [_done(row) for row in newest])


def _hash(number: int) -> Select[str]:
    return select(JournalAct.hash).where(JournalAct.id == number)


def _done(row: JournalAct) -> DoneAct:
    moment = datetime.datetime.fromisoformat(row.happened_at).astimezone()
    return DoneAct(row.id, row.name, row.actor, moment)


def note_restored(db: Session) -> None:
    """Ask for the right to put a copy back; the act under way is the note that it was done."""
    guard.permit(db, Permission.RESTORE)
