"""Writing the whole dossier into a folder: every paper, or nothing."""

import hashlib
import re
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from app import paths, text
from app.errors import Cancelled, FileError
from app.ui.reports.papers import Paper
from app.ui.tasks import Task

if TYPE_CHECKING:
    # SQLAlchemy takes longer to import than the window to paint.
    from app.database import Database

LIST_NAME = "bang-kiem.txt"


def write(
    database: "Database",
    class_id: int,
    code: str,
    wanted: Sequence[Paper],
    parent: Path,
    task: Task,
) -> Path:
    """Write the papers into a new folder of `parent`; it appears only when all are there."""
    target = free(parent, safe(f"ho-so-{code}"))
    building = target.with_name(f".{target.name}.tam")
    try:
        shutil.rmtree(building, ignore_errors=True)
        building.mkdir()
        _fill(building, database, class_id, code, wanted, task)
        building.rename(target)
    except OSError as error:
        raise FileError(
            f"Không ghi được vào {parent}. Kiểm tra quyền ghi và chỗ trống, hoặc chọn thư mục khác."
        ) from error
    finally:
        shutil.rmtree(building, ignore_errors=True)
    return target


def _fill(
    folder: Path,
    database: "Database",
    class_id: int,
    code: str,
    wanted: Sequence[Paper],
    task: Task,
) -> None:
    """Each paper with its number in front, then the list of what was written."""
    lines = [f"Hồ sơ lớp {code}: {len(wanted)} tệp", ""]
    for at, paper in enumerate(wanted, 1):
        if not task.progress(at - 1, len(wanted), paper.title):
            raise Cancelled("Đã dừng xuất hồ sơ. Chưa ghi tệp nào.")
        data = paper.make(database, class_id, task)
        name = safe(f"{at:02d}-{paper.file_name(code).removesuffix('.pdf')}") + ".pdf"
        paths.write_atomically(folder / name, data)
        lines.append(f"{hashlib.sha256(data).hexdigest()}  {name}  {paper.title}")
    paths.write_atomically(folder / LIST_NAME, "\r\n".join([*lines, ""]).encode("utf-8-sig"))


def safe(name: str) -> str:
    """A name every file system takes: small unaccented letters, digits, dashes."""
    return re.sub(r"[^a-z0-9]+", "-", text.fold(name)).strip("-")[:80] or "ho-so"


def free(parent: Path, stem: str) -> Path:
    """A folder that is not there yet."""
    target, number = parent / stem, 2
    while target.exists():
        target, number = parent / f"{stem}-{number}", number + 1
    return target
