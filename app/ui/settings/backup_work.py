"""What the lane does with copies: plain paths in, what came of it out."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from app.errors import AppError, Cancelled, StorageError
from app.ui.progress import Steps

if TYPE_CHECKING:
    # The room of copies imports SQLAlchemy, which takes longer than the window to paint.
    from app.backups import Copy

Progress = Callable[[int, int], bool]
WHOLE = 100
USB_FOLDER = "Sao luu So Lop"  # no marks: some USB file systems and readers lose them

_SAFE = "Dữ liệu đang dùng không bị đụng đến."
_MAKE = (
    (0, "Chép dữ liệu"),
    (50, "Mở bản sao, kiểm tra cấu trúc"),
    (78, "So số lượng: lớp, học viên, giấy chứng nhận"),
    (85, "Ghi biên bản kiểm tra"),
)
_VERIFY = (
    (0, "Đọc hết bản sao, so mã SHA-256"),
    (40, "Mở bản sao, kiểm tra cấu trúc"),
    (88, "So số lượng với biên bản"),
)
_MAKE_SHARE = 70  # percent of making, where the copy is then carried elsewhere
MAKE = Steps(_MAKE, _SAFE)
VERIFY = Steps(_VERIFY, _SAFE)


@dataclass(frozen=True)
class Made:
    """A copy, and why it did not get to the second place."""

    copy: "Copy"
    refusal: str = ""


@dataclass(frozen=True)
class Tried:
    """A copy that was read through; `problem` says what is wrong with it."""

    path: Path
    problem: str = ""


def make_steps(elsewhere: str) -> Steps:
    """The steps of a copy that is then carried to another place; "" for none."""
    if not elsewhere:
        return MAKE
    parts = [(start * _MAKE_SHARE // WHOLE, words) for start, words in _MAKE]
    return Steps((*parts, (_MAKE_SHARE, f"Chép sang {elsewhere}, đọc lại")), _SAFE)


def many_steps(copies: Sequence[Path]) -> Steps:
    """The steps of reading several copies through, one each."""
    starts = [(WHOLE * at // len(copies), path.name) for at, path in enumerate(copies)]
    return Steps(starts, _SAFE)


def share(progress: Progress, start: int, end: int) -> Progress:
    """Tell a part of the work as the percent from `start` to `end` of all."""
    return lambda done, total: progress(start + (end - start) * done // max(total, 1), WHOLE)


def make(database: Path, second_place: str, progress: Progress) -> Made:
    """Make a copy, and one in the second place; that one may fail alone."""
    from app import backups
    from app.backups import BackupKind

    if not second_place:
        return Made(backups.make(database, BackupKind.MANUAL, progress))
    made = backups.make(database, BackupKind.MANUAL, share(progress, 0, _MAKE_SHARE))
    try:
        backups.to_second_place(made, Path(second_place), share(progress, _MAKE_SHARE, WHOLE))
    except Cancelled:
        raise
    except AppError as error:
        return Made(made, str(error))
    return Made(made)


def carry(database: Path, folder: Path, progress: Progress) -> Made:
    """Bring what is in the file now to a USB disk or another folder."""
    from app import backups
    from app.backups import BackupKind

    try:
        folder.mkdir(exist_ok=True)
    except OSError as error:
        raise StorageError(
            f"Không ghi được vào {folder}. Kiểm tra USB đã cắm chặt và không khóa ghi."
        ) from error
    made = backups.make(database, BackupKind.MANUAL, share(progress, 0, _MAKE_SHARE))
    return Made(backups.to_second_place(made, folder, share(progress, _MAKE_SHARE, WHOLE)))


def verify(copies: Sequence[Path], progress: Progress) -> list[Tried]:
    """Read copies through, one after the other."""
    from app import backups

    found = []
    for at, path in enumerate(copies):
        part = share(progress, WHOLE * at // len(copies), WHOLE * (at + 1) // len(copies))
        try:
            backups.verify(path, part)
        except Cancelled:
            raise
        except AppError as error:
            found.append(Tried(path, str(error)))
        else:
            found.append(Tried(path))
    return found
