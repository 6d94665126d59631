"""The sender's own rows that cannot be taken, sent back with the reasons beside them."""

import io
from collections.abc import Mapping
from pathlib import Path
from typing import cast

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from app.spreadsheets.fields import Field
from app.spreadsheets.lists import ListValue, cell_of, deliver, new_book
from app.spreadsheets.rows import Roster, RosterProblem
from app.spreadsheets.sheets import Line, as_text
from app.spreadsheets.source import BIRTH_PARTS, NAME_PARTS

REASON = "Lý do, việc cần làm"
PLACE = "Dòng trong tệp gửi"
_WRONG = PatternFill("solid", start_color="FFF8D7DA")
_DOUBTFUL = PatternFill("solid", start_color="FFFFF3CD")
_SAMPLE = 200
_NARROWEST, _WIDEST, _REASON_WIDTH = 8, 40, 70
_PARTS = {
    Field.FULL_NAME: NAME_PARTS,
    Field.BORN: (Field.BORN, Field.BORN_MALE, Field.BORN_FEMALE, *BIRTH_PARTS),
    Field.SEX: (Field.SEX, Field.MALE_MARK, Field.FEMALE_MARK),
}


def write_returned(
    target: Path | io.BytesIO | None, roster: Roster, reasons: Mapping[int, str] | None = None
) -> bytes:
    """Write rows of a roster as they were sent, wrong cells coloured; answers the bytes.

    `reasons` says by row what to write beside it; without it every refused row is written with
    its errors.
    """
    told = reasons if reasons is not None else _errors(roster)
    return deliver(target, roster.sheet, lambda: _workbook(roster, told))


def _workbook(roster: Roster, told: Mapping[int, str]) -> Workbook:
    width = roster.source.width
    headings = _headings(roster, width)
    book, sheet = new_book(roster.sheet, _widths(roster, width), len(headings))
    for heading in headings:
        sheet.append([cell_of(sheet, text, Font(bold=True), wrap=True) for text in heading])
    for number in sorted(told):
        _append(sheet, roster, roster.source.people[number], told[number])
    return book


def _errors(roster: Roster) -> dict[int, str]:
    """Every refused row with what is wrong with it."""
    told: dict[int, list[str]] = {row.row: [] for row in roster.rejected}
    for problem in roster.errors:
        told[problem.row].append(problem.text)
    return {row: " ".join(texts) for row, texts in told.items()}


def _headings(roster: Roster, width: int) -> list[list[str]]:
    """The heading as it was sent, so that the file can be sent again; else the guessed fields."""
    source = roster.source
    lines = [line for line in source.sheet.lines if line.number in source.header_rows]
    rows = [[line.text(column) for column in range(width)] for line in lines]
    if not rows:
        fields = {column: field.label for field, column in source.columns.items()}
        rows = [[fields.get(column, "") for column in range(width)]]
    blank = ["", ""]
    return [*([*row, *blank] for row in rows[:-1]), [*rows[-1], PLACE, REASON]]


def _append(sheet: Worksheet, roster: Roster, line: Line, reason: str) -> None:
    """One row as it was sent, its place and the reason."""
    fills = _fills(roster, line.number)
    cells = []
    for column in range(roster.source.width):
        cell = cell_of(sheet, _value(line, column))
        style = roster.source.sheet.style(line, column)
        if isinstance(cell.value, int | float) and style.number_format != "General":
            cell.number_format = style.number_format
        if column in fills:
            cell.fill = fills[column]
        cells.append(cell)
    said = cell_of(sheet, reason)
    said.alignment = Alignment(wrap_text=True, vertical="top")
    sheet.append([*cells, cell_of(sheet, line.number), said])


def _value(line: Line, column: int) -> ListValue:
    """What a cell holds, as something that can be written."""
    value = line.at(column)
    is_plain = isinstance(value, str | int | float) or value is None or hasattr(value, "year")
    return cast(ListValue, value) if is_plain and not isinstance(value, bool) else as_text(value)


def _fills(roster: Roster, number: int) -> dict[int, PatternFill]:
    """The colours of the cells that something is said about; what is wrong covers what is odd."""
    found: dict[int, PatternFill] = {}
    problems = [problem for problem in roster.problems if problem.row == number]
    for problem in sorted(problems, key=lambda one: one.is_error):
        for column in _columns(roster, problem):
            found[column] = _WRONG if problem.is_error else _DOUBTFUL
    return found


def _columns(roster: Roster, problem: RosterProblem) -> list[int]:
    """The columns that hold the field of a problem."""
    field = Field(problem.field) if problem.field else Field.FULL_NAME
    columns = roster.source.columns
    return [columns[part] for part in _PARTS.get(field, (field,)) if part in columns]


def _widths(roster: Roster, width: int) -> list[float]:
    """Widths that show most of what stands in each column."""
    lines = list(roster.source.people.values())[:_SAMPLE]
    longest = [max((len(line.text(place)) for line in lines), default=0) for place in range(width)]
    fitting = [float(min(max(size + 2, _NARROWEST), _WIDEST)) for size in longest]
    return [*fitting, float(len(PLACE)), float(_REASON_WIDTH)]
