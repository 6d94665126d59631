"""Whether the clock of this machine can be right: no act of the journal is still to come."""

import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models import JournalAct


def newest_act(db: Session) -> datetime.datetime | None:
    """Return when the last act was written, by the clock of the machine that wrote it."""
    query = select(JournalAct.happened_at).order_by(JournalAct.id.desc()).limit(1)
    written = db.scalar(query)
    return datetime.datetime.fromisoformat(written) if written else None
