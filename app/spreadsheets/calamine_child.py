"""The child process that reads .xls and .ods: calamine can abort its process, so it has its own.

Nothing of the program is imported here; the parent is `calamine_book.py`.
"""

import contextlib
import io
import os
import sys
from dataclasses import dataclass, field
from multiprocessing.connection import Connection

MEMORY = 224 * 1024 * 1024
"""Bytes of private memory the child may take, where the system can limit it."""

CellValue = object
Corner = tuple[int, int]


@dataclass(frozen=True)
class Limits:
    """How much is read of a sheet."""

    rows: int
    columns: int
    blank_rows: int
    seconds: int


@dataclass
class RawSheet:
    """A sheet as calamine gives it: rows from 1 that hold something, merged ranges from 0."""

    name: str
    is_hidden: bool
    rows: list[tuple[int, list[CellValue]]] = field(default_factory=list)
    merges: list[tuple[Corner, Corner]] = field(default_factory=list)
    is_too_long: bool = False


Answer = list[RawSheet] | str
"""The sheets, or the code of what is wrong with the file."""


def serve(connection: Connection, limits: Limits) -> None:
    """Take the bytes of a file, answer with its sheets; runs in the child only."""
    with connection:
        _be_quiet()
        data = connection.recv_bytes()
        _limit_resources(limits.seconds)
        connection.send(_sheets(data, limits))


def _be_quiet() -> None:
    """A library that aborts writes its traceback to nowhere."""
    with contextlib.suppress(OSError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, 2)
        os.close(nowhere)


def _limit_resources(seconds: int) -> None:
    """Limits of the system, where there are any; elsewhere the parent's patience is the limit."""
    if sys.platform == "win32":
        return
    import resource

    kinds = {resource.RLIMIT_DATA: MEMORY, resource.RLIMIT_CPU: seconds, resource.RLIMIT_CORE: 0}
    for kind, limit in kinds.items():
        with contextlib.suppress(OSError, ValueError):
            resource.setrlimit(kind, (limit, limit))


def _sheets(data: bytes, limits: Limits) -> Answer:
    """Every worksheet of a file."""
    import python_calamine

    try:
        with python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
            found = [
                _sheet(book, one, limits)
                for one in book.sheets_metadata
                if one.typ == python_calamine.SheetTypeEnum.WorkSheet
            ]
    except python_calamine.PasswordError:
        return "password_protected"
    except (python_calamine.CalamineError, OSError, ValueError):
        return "corrupt"
    except MemoryError:
        return "too_large"
    return found


def _sheet(book: object, about: object, limits: Limits) -> RawSheet:
    """The rows of one sheet that hold something."""
    import python_calamine as calamine

    assert isinstance(book, calamine.CalamineWorkbook)
    assert isinstance(about, calamine.SheetMetadata)
    sheet = book.get_sheet_by_name(about.name)
    raw = RawSheet(about.name, about.visible != calamine.SheetVisibleEnum.Visible)
    raw.merges = sheet.merged_cell_ranges or []
    first_row, first_column = sheet.start or (0, 0)
    indent: list[CellValue] = [None] * first_column  # calamine leaves out blank columns, not rows
    last = first_row
    for number, cells in enumerate(sheet.iter_rows(), start=1):
        if number - last > limits.blank_rows:
            break
        if any(cell != "" for cell in cells):
            raw.rows.append((number, (indent + cells)[: limits.columns]))
            last = number
        raw.is_too_long = len(raw.rows) > limits.rows
        if raw.is_too_long:
            break
    return raw
