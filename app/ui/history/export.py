"""The journal as an Excel file for an inspection: one line for each changed value."""

from pathlib import Path
from typing import TYPE_CHECKING

from app.errors import Cancelled, RuleError
from app.ui.history import columns
from app.ui.tasks import Task

if TYPE_CHECKING:
    # Services import SQLAlchemy, which takes longer than the window to paint.
    from app.database import Database
    from app.services.history import ActFilter, ActLine, ChangeLine

AT_ONCE = 200
MOST_LINES = 100_000
_HEADINGS = (
    "Mục",
    "Lúc",
    "Người làm",
    "Máy",
    "Loại",
    "Việc",
    "Lớp",
    "Lý do",
    "Tình trạng",
    "Bản ghi",
    "Thông tin",
    "Trước",
    "Sau",
)
_WIDTHS = (8, 17, 22, 14, 16, 40, 32, 24, 14, 44, 20, 24, 24)


def write(database: "Database", wanted: "ActFilter", target: Path, task: Task) -> int:
    """Write the acts with what they changed; gives back the number of lines."""
    from app import journal
    from app.services import history
    from app.spreadsheets import lists

    rows: list[tuple[str | int, ...]] = []
    with database.reading() as db:
        mark = journal.head(db).mark
        acts = history.act_list(db, wanted)
        for at in range(0, len(acts), AT_ONCE):
            if not task.progress(at, len(acts), "Đọc nhật ký"):
                raise Cancelled("Đã dừng xuất nhật ký. Chưa ghi tệp nào.")
            some = acts[at : at + AT_ONCE]
            changes = history.changes_of_acts(db, some)
            for act in some:
                rows += [_line(act, line) for line in changes[act.id]] or [_line(act)]
            if len(rows) > MOST_LINES:
                raise RuleError(
                    "Nhật ký dài quá một bảng tính. Chọn khoảng ngày ngắn hơn rồi xuất lại."
                )
    lists.write_list(target, f"Nhật ký, mục mới nhất {mark}", _HEADINGS, rows, _WIDTHS)
    return len(rows)


def _line(act: "ActLine", line: "ChangeLine | None" = None) -> tuple[str | int, ...]:
    about = (
        act.id,
        f"{act.happened_at:%d/%m/%Y %H:%M:%S}",
        act.actor,
        act.machine,
        act.kind.label,
        act.name,
        act.subject,
        act.reason,
        look.text if act.is_undone and (look := columns.state(act)) else "",
    )
    return (*about, line.record, line.field, line.before, line.after) if line else about
