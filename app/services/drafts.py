"""Rows of a roster that wait to be put right, kept with what was typed so far."""

import datetime
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import text
from app.models import ImportDraft
from app.models.base import now
from app.services import guard
from app.terms import Permission


@dataclass(frozen=True)
class KeptRow:
    """One row that waits: its place in the file, its texts by field, what was decided."""

    row: int
    texts: dict[str, str] = field(default_factory=dict)
    left_out: bool = False
    answer: str = ""  # "new:" or "known:" and the id of the person asked about


@dataclass(frozen=True)
class DraftRow:
    """One draft of a class, to choose from."""

    id: int
    file_name: str
    rows: int
    saved_at: datetime.datetime

    @property
    def words(self) -> str:
        """How the draft is offered: "12 dòng của DS K6.xlsx, 22/11"."""
        return f"{self.rows} dòng của {self.file_name}, {self.saved_at:%d/%m}"


def draft_list(db: Session, class_id: int) -> list[DraftRow]:
    """Return what waits for a class, the newest first."""
    guard.read(db, Permission.ENROL)
    query = select(ImportDraft).where(ImportDraft.training_class_id == class_id)
    rows = db.scalars(query.order_by(ImportDraft.saved_at.desc(), ImportDraft.id.desc()))
    return [
        DraftRow(row.id, row.file_name, len(json.loads(row.content)), _local(row.saved_at))
        for row in rows
    ]


def kept_rows(db: Session, draft_id: int) -> list[KeptRow]:
    """Return the rows of a draft as they were left."""
    guard.read(db, Permission.ENROL)
    draft = guard.existing(db, ImportDraft, draft_id, "bản nhập dở")
    return [KeptRow(**row) for row in json.loads(draft.content)]


def keep(
    db: Session,
    class_id: int,
    file_name: str,
    rows: Sequence[KeptRow],
    draft_id: int | None = None,
) -> int | None:
    """Keep rows for later, in the draft they came from if there is one; none ends the draft."""
    guard.permit(db, Permission.ENROL)
    guard.class_before_final(db, class_id)
    draft = db.get(ImportDraft, draft_id) if draft_id else None
    if not rows:
        if draft:
            db.delete(draft)
            db.flush()
        return None
    draft = draft or ImportDraft(training_class_id=class_id)
    draft.file_name = text.clean(file_name)
    draft.content = json.dumps([asdict(row) for row in rows], ensure_ascii=False)
    draft.saved_at = now()
    db.add(draft)
    db.flush()
    return draft.id


def drop(db: Session, draft_id: int) -> None:
    """Give up what waits."""
    guard.permit(db, Permission.ENROL)
    db.delete(guard.existing(db, ImportDraft, draft_id, "bản nhập dở"))
    db.flush()


def _local(stored: datetime.datetime) -> datetime.datetime:
    """An instant as the clock on the wall shows it."""
    return stored.replace(tzinfo=datetime.UTC).astimezone()
