"""A copy takes the place of the centre file, and the journal of the restored file says so."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from app import backups, database, journal
from app.errors import PermissionDenied
from app.journal import Act
from app.services import since_copy
from app.terms import ActKind, Permission

if TYPE_CHECKING:
    from app.backups import Restored
    from app.services.accounts import User

Progress = Callable[[int, int], bool]


def put_back(copy: Path, path: Path, user: "User", progress: Progress | None = None) -> "Restored":
    """Restore the copy and note it in the journal of the restored file.

    The caller holds the lock and has closed the file. An older copy is upgraded here.
    """
    if not user.may(Permission.RESTORE):
        raise PermissionDenied(
            f"{user.title} không có quyền {Permission.RESTORE.label}. Nhờ người quản trị làm."
        )
    restored = backups.restore(copy, path, progress)
    # the restored file may not know the account
    opened = database.open_existing(path, user=replace(user, account_id=None))
    try:
        with opened.writing(_act(restored)) as db:
            since_copy.note_restored(db)
    finally:
        opened.close()
    return restored


def _act(restored: "Restored") -> Act:
    """What the journal keeps of it: which copy, what it replaced and where that is."""
    made_at = restored.copy.made_at.astimezone()
    name = f"Phục hồi từ bản sao lúc {made_at:%H:%M} ngày {made_at:%d/%m/%Y}"
    return Act(name, ActKind.RESTORE, _reason(restored))


def _reason(restored: "Restored") -> str:
    if restored.replaced is None:
        return "thay tệp không còn ở chỗ cũ"
    kept = restored.replaced.name
    if restored.was_damaged:
        return f"thay tệp đã hỏng, giữ ở {kept}"
    mark = journal.Head(*restored.head).mark.replace(" · ", ", mã ")
    return f"thay dữ liệu đến mục {mark}, giữ ở {kept}"
