"""What the pages of duplicates ask of the data; the long parts run on the lane."""

from typing import TYPE_CHECKING

from app.ui.progress import Steps
from app.ui.settings.backup_work import WHOLE, Progress, share

if TYPE_CHECKING:
    # Services import SQLAlchemy, which takes longer than the window to paint.
    from app.database import Database
    from app.services.duplicates import Suspicion, Suspicions
    from app.services.merging import MergePlan, Take

_COPIED = 90  # percent of the work after which the copy is made
MERGING = Steps(
    ((0, "Sao lưu dữ liệu đang có"), (_COPIED, "Gộp hai hồ sơ")),
    "Gộp nhầm thì bấm Hoàn tác, hoặc phục hồi bản sao này.",
)


def find(database: "Database", progress: Progress) -> "Suspicions | None":
    """Search the whole register."""
    from app.services import duplicates

    with database.reading() as db:
        return duplicates.find(db, progress)


def plan(database: "Database", pair: "Suspicion") -> "MergePlan":
    """What merging the second of a pair into the first would do."""
    from app.services import merging

    with database.reading() as db:
        return merging.plan(db, pair.first.id, pair.second.id)


def merge(
    database: "Database", agreed: "MergePlan", takes: "dict[str, Take]", progress: Progress
) -> None:
    """Copy the data, then merge in one act."""
    from app import backups
    from app.backups import BackupKind
    from app.services import merging

    backups.make(database.path, BackupKind.BEFORE_MERGING, share(progress, 0, _COPIED))
    names = " vào ".join(dict.fromkeys((agreed.gone.full_name, agreed.kept.full_name)))
    with database.writing(f"Gộp hồ sơ {names}") as db:
        merging.merge(db, agreed.kept_id, agreed.gone_id, takes)
    progress(WHOLE, WHOLE)


def mark_different(database: "Database", pair: "Suspicion") -> None:
    """Keep that two people are two."""
    from app.services import duplicates

    one, other = pair.first.form.full_name, pair.second.form.full_name
    with database.writing(f"Không trùng: {one} và {other}") as db:
        duplicates.mark_different(db, pair.first.id, pair.second.id)
