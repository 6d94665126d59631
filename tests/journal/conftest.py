"""Short ways to read the journal."""

from collections.abc import Callable

import pytest
from sqlalchemy import select

from app.database import Database
from app.models import JournalAct, JournalChange

Entry = tuple[JournalAct, list[JournalChange]]


@pytest.fixture
def last_entry(database: Database) -> Callable[[], Entry]:
    """Return the newest act with its changes."""

    def read() -> Entry:
        with database.reading() as db:
            act = db.scalars(select(JournalAct).order_by(JournalAct.id.desc()).limit(1)).one()
            query = select(JournalChange).where(JournalChange.act_id == act.id)
            changes = list(db.scalars(query.order_by(JournalChange.position)))
            db.expunge_all()
        return act, changes

    return read
