"""The headless commands of old registers: take them in, and count."""

import argparse
import contextlib
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app import paths
from app.errors import StorageError

if TYPE_CHECKING:
    # The window reads this module too, and is painted before SQLAlchemy is imported.
    from app.database import Database
    from app.services.registers import LoadReport

DONE, PROBLEMS = 0, 1


def add_commands(commands: Any) -> Iterator[argparse.ArgumentParser]:
    """Add `load` and `statistics` to the sub-commands; the caller adds `--database`."""
    loading = commands.add_parser("load", help="nạp sổ cũ của trung tâm từ thư mục các tệp CSV")
    loading.add_argument("folder", type=Path, metavar="DIR")
    loading.add_argument("--json", type=Path, metavar="OUT")
    loading.set_defaults(command=load)
    yield loading
    counting = commands.add_parser("statistics", help="số liệu theo lớp, theo năm và toàn bộ")
    counting.add_argument("--year", type=int, metavar="Y")
    counting.add_argument("--json", type=Path, metavar="OUT")
    counting.set_defaults(command=statistics)
    yield counting


def load(options: argparse.Namespace) -> int:
    """Take old registers into the file, which is made when there is none."""
    from app.services import registers as service
    from app.spreadsheets.registers.reading import read_registers

    registers = read_registers(options.folder)
    act = f"Nạp sổ cũ từ {registers.folder}"
    with _written_alone(options.database) as opened, opened.writing(act) as db:
        report = service.load(db, registers)
    if options.json:
        paths.write_json(options.json, asdict(report))
    _tell(report)
    return PROBLEMS if report.problems else DONE


def _tell(report: "LoadReport") -> None:
    for problem in report.problems:
        print(problem.sentence)
    for part in report.parts:
        print(
            f"{part.file}: {part.read} dòng, nạp mới {part.new}, đã có {part.known}, "
            f"không nạp được {part.refused}."
        )
    print(f"Nạp mới {report.new} dòng, không nạp được {report.refused} dòng.")


@contextlib.contextmanager
def _written_alone(path: Path) -> "Iterator[Database]":
    """Open the file, or make it, while no other program may write it.

    A file made for an act that fails is removed again.
    """
    from app import database
    from app.services import accounts

    is_new = not path.exists()
    user = accounts.without_account("Lệnh load")
    opened = (database.create if is_new else database.open_existing)(path, user=user)
    try:
        with contextlib.closing(opened), _held(path):
            yield opened
    except BaseException:
        if is_new:
            path.unlink()
        raise


@contextlib.contextmanager
def _held(path: Path) -> Iterator[None]:
    from app import lock

    try:
        held = lock.hold(path, "")
    except lock.Held as error:
        holder = error.holder
        raise StorageError(
            f"Chưa nạp: {holder.name} đang làm việc với {path}{holder.since_words}. "
            "Đóng chương trình ở đó rồi chạy lại."
        ) from error
    with held:
        yield


def statistics(options: argparse.Namespace) -> int:
    """Count, for people or for programs."""
    from app import database
    from app.services import statistics as service

    opened = database.open_existing(options.database)
    with contextlib.closing(opened), opened.reading() as db:
        figures = service.statistics(db, options.year)
    if options.json:
        paths.write_json(options.json, service.as_json(figures))
        return DONE
    for line in service.lines(figures):
        print(line)
    return DONE
