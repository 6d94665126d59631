"""What is tried on a full disk: every way in which the program writes, step by step."""

import datetime
import shutil
import tempfile
import zipfile
from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path

from app import backups, paths
from app import database as database_room
from app.database import Database
from app.errors import AppError
from app.printing import certificate
from app.services import certificates, students
from app.services.students import StudentForm
from app.spreadsheets import lists
from app.terms import BackupKind
from tests.torture import sound, stock
from tests.torture.room import STEP, Room, SizeLimit, SmallDisk
from tests.torture.stock import Stock

OLD_SCHEMA = Path(__file__).parent.parent / "data" / "schema" / "0001.sqlite"
LEARNERS = 300
ROOMS: dict[str, Callable[[Path], Room]] = {"disk": SmallDisk, "limit": SizeLimit}
NO_DISK = "no small disk"


@dataclass
class Outcome:
    """What happened at every step until the work went through."""

    refusals: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


class Work(ABC):
    """One way of writing; the files it must not harm lie in `folder`."""

    def __init__(self, where: Stock, folder: Path) -> None:
        self.where, self.folder = where.copy(folder), folder
        self.prepare()

    def prepare(self) -> None:  # noqa: B027 - most need nothing more
        """Make what the work needs."""

    @abstractmethod
    def attempt(self) -> None:
        """Do it; refused with an AppError when there is no room."""

    def use(self) -> None:  # noqa: B027
        """Go on after the refusal, with room again."""

    def there(self) -> int:
        """Bytes of the file that is written to in its place."""
        return 0

    def may_stay(self, _name: str) -> bool:
        """Whether a refusal may leave this new file."""
        return False

    def faults(self) -> list[str]:
        """Say what is wrong once it went through."""
        return sound.faults(self.where.path)


class Save(Work):
    """An import of some hundred people into the open file."""

    opened: Database

    def prepare(self) -> None:
        self.opened = database_room.open_existing(self.where.path)

    def attempt(self) -> None:
        with self.opened.writing("Nhập danh sách") as db:
            stock.fill(db, self.where.filled, "Người nhập", LEARNERS)

    def there(self) -> int:
        return self.where.path.stat().st_size

    def use(self) -> None:
        with self.opened.writing("Thêm người") as db:
            students.save_student(db, StudentForm("Lò Thị Mai"))

    def faults(self) -> list[str]:
        self.opened.close()
        return super().faults()


class Print(Work):
    """A PDF in the place of an older one."""

    pdf: bytes

    def prepare(self) -> None:
        opened = database_room.open_existing(self.where.path)
        class_id = self.where.waiting[0]
        with opened.writing("Cấp số") as db:
            rows = [row.enrolment_id for row in certificates.certificate_list(db, class_id)]
            ids = certificates.issue(db, class_id, rows, stock.ISSUED)
            sheets = certificates.sheets(db, ids)
        opened.close()
        self.pdf = certificate.render(sheets, certificate.load_layout())
        (self.folder / "giay.pdf").write_bytes(b"%PDF the old one")

    def attempt(self) -> None:
        paths.write_atomically(self.folder / "giay.pdf", self.pdf)

    def faults(self) -> list[str]:
        is_there = (self.folder / "giay.pdf").read_bytes() == self.pdf
        return [] if is_there else ["the file is not what was written"]


class Export(Work):
    """A list for Excel in the place of an older one; openpyxl needs room for itself as well."""

    def prepare(self) -> None:
        (self.folder / "list.xlsx").write_bytes(b"PK the old one")

    def attempt(self) -> None:
        day = datetime.date(2026, 3, 9)
        rows = [(number, f"Người thứ {number}" * 20, day) for number in range(1_000)]
        lists.write_list(self.folder / "list.xlsx", "Danh sách", ("TT", "Tên", "Ngày"), rows)

    def faults(self) -> list[str]:
        is_whole = zipfile.is_zipfile(self.folder / "list.xlsx")
        return [] if is_whole else ["the file is not what was written"]


class BackUp(Work):
    """A copy beside older copies."""

    def prepare(self) -> None:
        backups.make(self.where.path, BackupKind.MANUAL)

    def attempt(self) -> None:
        backups.make(self.where.path, BackupKind.MANUAL)

    def faults(self) -> list[str]:
        found = backups.copies(self.where.path)
        verified = [backups.verify(copy.path) for copy in found]
        return [] if len(verified) == 2 else [f"{len(verified)} copies"]


class Restore(BackUp):
    """A copy put back, the present file backed up before."""

    def attempt(self) -> None:
        oldest = backups.copies(self.where.path)[-1]
        backups.restore(oldest.path, self.where.path)


class Upgrade(Work):
    """A file of the first schema, opened."""

    def prepare(self) -> None:
        shutil.copy(OLD_SCHEMA, self.where.path)

    def attempt(self) -> None:
        database_room.open_existing(self.where.path).close()

    def may_stay(self, name: str) -> bool:
        """The copy made before the upgrade is good, also when the upgrade then failed."""
        return name.startswith("sao-luu/") and not name.endswith(".part")

    def faults(self) -> list[str]:
        kinds = [backups.verify(copy.path).kind for copy in backups.copies(self.where.path)]
        strange = [kind.label for kind in kinds if kind is not BackupKind.BEFORE_UPGRADE]
        return super().faults() + strange


WORKS: dict[str, Callable[[Stock, Path], Work]] = {
    "save": Save,
    "pdf": Print,
    "xlsx": Export,
    "backup": BackUp,
    "restore": Restore,
    "upgrade": Upgrade,
}


def fill(told: Connection, room_kind: str, work_kind: str, where: Stock, folder: Path) -> None:
    """Try the work with ever more room; tell the `Outcome`, or that there is no such room."""
    try:
        room = ROOMS[room_kind](folder)
    except OSError as error:
        told.send(f"{NO_DISK}: {error}")
        return
    tempfile.tempdir = str(folder)
    work = WORKS[work_kind](where, folder)
    told.send(climb(work, room))


def climb(work: Work, room: Room) -> Outcome:
    """Add a step of room until it is enough."""
    outcome = Outcome()
    while not attempt(work, room, outcome):
        work.use()
    outcome.faults += work.faults()
    return outcome


def attempt(work: Work, room: Room, outcome: Outcome) -> bool:
    """Try once; note what was said and whether anything that was there is harmed."""
    before = contents(room.folder)
    room.leave(STEP * len(outcome.refusals), work.there())
    try:
        work.attempt()
    except AppError as refusal:
        outcome.refusals.append(str(refusal))
        room.clear()
        after = contents(room.folder)
        outcome.faults += [
            f"{name} is changed" for name in before if before[name] != after.get(name)
        ]
        new = sorted(after.keys() - before.keys())
        outcome.faults += [f"{name} is left behind" for name in new if not work.may_stay(name)]
        return False
    room.clear()
    return True


def contents(folder: Path) -> dict[str, bytes]:
    """Every file of the folder."""
    files = [path for path in folder.rglob("*") if path.is_file() and path.name != "ballast"]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}
