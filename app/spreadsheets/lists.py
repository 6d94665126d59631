"""Writing a list to .xlsx: values only, nothing that a spreadsheet would compute or follow."""

import contextlib
import io
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import cast

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._writer import ALL_TEMP_FILES
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from app.dates import PartialDate
from app.errors import FileError
from app.paths import write_atomically

ListValue = str | int | float | date | PartialDate | None

LONGEST_TEXT = 32_767
_NARROWEST = 6
_WIDEST = 48
_DATE_FORMAT = "dd/mm/yyyy"
_EARLIEST_YEAR = 1900
_PORTRAIT_WIDTH = 90  # characters that an upright page holds


def write_list(
    target: Path | io.BytesIO | None,
    title: str,
    headings: Sequence[str],
    rows: Sequence[Sequence[ListValue]],
    widths: Sequence[float] = (),
) -> bytes:
    """Write a titled table, to a file or buffer when one is given; answers the bytes.

    Widths are in characters; without them columns fit their contents.
    """
    return deliver(target, title, lambda: _workbook(title, headings, rows, widths))


def deliver(target: Path | io.BytesIO | None, title: str, make: Callable[[], Workbook]) -> bytes:
    """Make a workbook and write it whole or not at all; answers the bytes."""
    buffer = io.BytesIO()
    try:
        make().save(buffer)
    except OSError as error:
        _drop_temporary_files()
        raise FileError(
            f"Ổ đĩa đầy hoặc không ghi được tệp tạm ({error.strerror}), chưa ghi được “{title}”. "
            "Dọn bớt ổ đĩa rồi làm lại."
        ) from error
    data = buffer.getvalue()
    if isinstance(target, Path):
        write_atomically(target, data)
    elif target is not None:
        target.write(data)
    return data


def _drop_temporary_files() -> None:
    """Free the room openpyxl would take until the program ends."""
    for name in ALL_TEMP_FILES:
        with contextlib.suppress(OSError):
            Path(name).unlink(missing_ok=True)


def _workbook(
    title: str,
    headings: Sequence[str],
    rows: Sequence[Sequence[ListValue]],
    widths: Sequence[float],
) -> Workbook:
    book, sheet = new_book(title, widths or _fitting(headings, rows), heading_rows=2)
    sheet.freeze_panes = "A3"
    sheet.append([cell_of(sheet, title, Font(bold=True, size=14))])
    sheet.append([cell_of(sheet, heading, Font(bold=True), wrap=True) for heading in headings])
    for row in rows:
        sheet.append([cell_of(sheet, value) for value in row])
    return book


def new_book(title: str, widths: Sequence[float], heading_rows: int) -> tuple[Workbook, Worksheet]:
    """A workbook of one sheet; printed, all columns fit on A4 and every page has the heading."""
    book = Workbook(write_only=True)
    book.properties.creator = "Sổ Lớp"
    sheet = cast(Worksheet, book.create_sheet(sheet_name(title)))
    for column, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.page_setup.paperSize = Worksheet.PAPERSIZE_A4
    if sum(widths) > _PORTRAIT_WIDTH:
        sheet.page_setup.orientation = Worksheet.ORIENTATION_LANDSCAPE
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_setup.fitToHeight = 0
    sheet.print_title_rows = f"1:{heading_rows}"
    return book, sheet


def cell_of(
    sheet: Worksheet, value: ListValue, font: Font | None = None, *, wrap: bool = False
) -> Cell:
    """A cell; text stays text even when it begins like a formula."""
    cell = WriteOnlyCell(sheet, value=None)
    if isinstance(value, PartialDate):
        value = value.date or value.grid
    if isinstance(value, date) and value.year < _EARLIEST_YEAR:
        value = f"{value.day:02d}/{value.month:02d}/{value.year:04d}"
    if isinstance(value, str):
        cell.value = ILLEGAL_CHARACTERS_RE.sub("", value)[:LONGEST_TEXT]
        cell.data_type = "s"
        cell.quotePrefix = value.startswith(("=", "+", "-", "@"))
    else:
        cell.value = value
    if isinstance(value, date):
        cell.number_format = _DATE_FORMAT
    if font:
        cell.font = font
        cell.alignment = Alignment(wrap_text=wrap, vertical="center")
    return cell


def _fitting(headings: Sequence[str], rows: Sequence[Sequence[ListValue]]) -> list[float]:
    """Widths that show the longest text of each column, within reason."""
    widths = [len(heading) for heading in headings]
    for row in rows:
        for column, value in enumerate(row[: len(widths)]):
            length = 10 if isinstance(value, date | PartialDate) else len(str(value or ""))
            widths[column] = max(widths[column], length)
    return [float(min(max(width + 2, _NARROWEST), _WIDEST)) for width in widths]


def sheet_name(title: str) -> str:
    """A name that Excel accepts for a sheet."""
    plain = "".join(" " if letter in r"[]:*?/\'" else letter for letter in title).strip()
    return plain[:31] or "Danh sách"
