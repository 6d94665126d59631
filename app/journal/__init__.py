"""What each writing() changed: who, when, which act, before, after; ground of history and undo."""

from app.journal.adopt import Disagreement, adopt, disagreements, last_image
from app.journal.chain import Head, findings, head, knows
from app.journal.images import SECRET, Image, stored_row
from app.journal.images import journalled_tables as tables
from app.journal.images import read as read_image
from app.journal.record import Act, begin, concerns, permitted, store
from app.journal.revert import Obstacle, is_live, obstacles, revert

__all__ = [
    "SECRET",
    "Act",
    "Disagreement",
    "Head",
    "Image",
    "Obstacle",
    "adopt",
    "begin",
    "concerns",
    "disagreements",
    "findings",
    "head",
    "is_live",
    "knows",
    "last_image",
    "obstacles",
    "permitted",
    "read_image",
    "revert",
    "store",
    "stored_row",
    "tables",
]
