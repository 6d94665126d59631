"""A copy takes the place of a file that no program has open, on the lane."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from app import lock, restoring
from app.errors import AppError, StorageError
from app.services import accounts
from app.ui.recovery.steps import STEPS

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from app.backups import Restored
    from app.ui.tasks import Task, TaskRunner


def put_back(
    parent: "QWidget",
    runner: "TaskRunner",
    copy: Path,
    path: Path,
    who: str,
    *,
    done: Callable[[], object],
    refused: Callable[[AppError], object],
    ended: Callable[[], object],
) -> None:
    """Read the copy through, then let it be the file at `path`; what is there is kept."""

    def work(task: "Task") -> "Restored":
        _make_folder(path.parent)
        with _held(path, who):
            return restoring.put_back(copy, path, accounts.without_account(who), task.progress)

    runner.run(
        parent,
        "Đang phục hồi",
        work,
        lambda _restored: done(),
        cancel="Hủy phục hồi",
        refused=refused,
        ended=ended,
        steps=STEPS,
    )


def _held(path: Path, who: str) -> lock.Lock:
    """Keep others from the file while it is replaced."""
    try:
        return lock.hold(path, who)
    except lock.Held as error:
        holder = error.holder
        raise StorageError(
            f"Chưa phục hồi được: {holder.name} đang làm việc với tệp này{holder.since_words}. "
            "Đóng chương trình ở đó rồi bấm lại."
        ) from error


def _make_folder(folder: Path) -> None:
    """Make the folder of the file where that is gone as well."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise StorageError(f"Không lập được thư mục {folder}. Kiểm tra quyền ghi.") from error
