"""Copies of the centre file: made, listed, thinned, verified and put back.

A copy is a whole SQLite file with a manifest (JSON) beside it. It gets its name only after it was
read back, so a broken copy never takes the place of a good one. Nothing here knows SQLAlchemy.
"""

from app.backups.making import (
    copies,
    copy_before_upgrade,
    due,
    folder,
    journal_head,
    make,
    save_as,
    verify,
)
from app.backups.manifest import Copy, JournalHead
from app.backups.restoring import Restored, restore
from app.backups.second_place import to_second_place
from app.backups.thinning import thin
from app.terms import BackupKind

__all__ = [
    "BackupKind",
    "Copy",
    "JournalHead",
    "Restored",
    "copies",
    "copy_before_upgrade",
    "due",
    "folder",
    "journal_head",
    "make",
    "restore",
    "save_as",
    "thin",
    "to_second_place",
    "verify",
]
