"""What the open file says about its copies."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from app.ui.settings.copy_rows import Said, news, now

if TYPE_CHECKING:
    # Services import SQLAlchemy, which takes longer than the window to paint.
    from app.backups import Copy
    from app.database import Database
    from app.services.since_copy import Contents, DoneSince


def contents(database: "Database") -> "Contents":
    """How much the file holds now."""
    from app.services import since_copy

    with database.reading() as db:
        return since_copy.contents(db)


def since(database: "Database", copy: "Copy") -> "DoneSince | None":
    """What was done after the copy; None when it went another way."""
    from app.services import since_copy

    with database.reading() as db:
        return since_copy.done_since(db, copy.journal_number, copy.journal_hash)


def newest_news(database: "Database", copies: Sequence["Copy"]) -> Said:
    """How old the newest copy on the way of this file is, else the newest of all."""
    usable = [copy for copy in copies if not copy.problem]
    for copy in usable:
        if (done := since(database, copy)) is not None:
            return news(copy, done, now())
    return news(max(usable, key=lambda copy: copy.made_at, default=None), None, now())
