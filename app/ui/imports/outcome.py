"""What an import did, gathered for its last screen."""

from datetime import datetime

from app.terms import ActKind, Permission
from app.ui.context import Context
from app.ui.imports.done import ImportOutcome
from app.ui.imports.enter import outlook
from app.ui.imports.lines import Standing
from app.ui.imports.work import ImportWork

_RECENT = 6


def outcome_of(context: Context, work: ImportWork, title: str, written: int) -> ImportOutcome:
    """Figures, what undoing takes back, and the imports so far for whoever may read of them."""
    from app.services import history

    counts = work.counts()
    now = datetime.now().astimezone()
    about = f"{title} · {work.name} · {now:%d/%m/%Y} lúc {now:%H:%M} · {context.user.name}"
    recent = []
    if context.may(Permission.READ_JOURNAL):
        with context.database.reading() as db:
            wanted = history.ActFilter(kind=ActKind.CHANGE, query="Nhập danh sách", limit=_RECENT)
            recent = history.act_list(db, wanted)
    updated = sum(work.is_taken(change) for change in work.changes())
    back = f", trả lại {updated} chỗ đã cập nhật" if updated else ""
    return ImportOutcome(
        written,
        about.removesuffix(" · "),
        outlook(work),
        counts[Standing.ERROR],
        counts[Standing.CONFLICT],
        f"Gỡ {written} ghi danh, xóa {counts[Standing.NEW]} hồ sơ mới{back}. Dùng được đến khi "
        "điểm danh buổi đầu.",
        recent,
    )
