"""What the lane does with old registers: read and try, then copy the data and write."""

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from app.ui.progress import Steps
from app.ui.settings.backup_work import WHOLE, Progress, share

if TYPE_CHECKING:
    # Services import SQLAlchemy, which takes longer than the window to paint.
    from app.database import Database
    from app.services.registers import LoadReport
    from app.spreadsheets.registers.rows import Registers

_COPIED = 20  # percent of the work after which the copy is made
LOADING = Steps(
    ((0, "Sao lưu dữ liệu đang có"), (_COPIED, "Ghi sổ cũ vào dữ liệu")),
    "Hủy thì dữ liệu giữ nguyên như trước khi nạp.",
)


class Found(NamedTuple):
    """A folder of old registers and what loading it would do."""

    registers: "Registers"
    report: "LoadReport"


def read(database: "Database", folder: Path, progress: Progress) -> Found:
    """Read the folder and try it against the data; nothing is written."""
    from app.services import registers as service
    from app.spreadsheets.registers.reading import read_registers

    registers = read_registers(folder, progress)
    with database.reading() as db:
        return Found(registers, service.check(db, registers))


def load(database: "Database", registers: "Registers", progress: Progress) -> "LoadReport":
    """Copy the data, then write the registers in one act."""
    from app import backups
    from app.backups import BackupKind
    from app.services import registers as service

    backups.make(database.path, BackupKind.BEFORE_LOADING, share(progress, 0, _COPIED))
    with database.writing(f"Nạp sổ cũ từ {registers.folder}") as db:
        return service.load(db, registers, share(progress, _COPIED, WHOLE))
