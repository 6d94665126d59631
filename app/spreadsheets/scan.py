"""One pass over the XML of a sheet with openpyxl's row parser, under our own limits.

openpyxl's ReadOnlyWorksheet is not used: it trusts the `dimension` element, drops which rows are
hidden, parses the whole sheet once more when that element is missing, and gives up on a table
when something after it is odd.
"""

from collections.abc import Iterable
from typing import cast
from xml.etree.ElementTree import Element, iterparse

from openpyxl.utils.cell import coordinate_to_tuple, get_column_letter, range_boundaries
from openpyxl.worksheet._reader import COL_TAG, ROW_TAG, WorkSheetParser
from openpyxl.xml.constants import SHEET_MAIN_NS

from app.spreadsheets.sheets import (
    MAX_BLANK_ROWS,
    MAX_COLUMNS,
    MAX_ROWS,
    Line,
    LineMaker,
    Merge,
    Value,
)
from app.spreadsheets.stream import Stream
from app.spreadsheets.strings import MAX_TEXT, text_of, weight

MAX_MERGES = 5_000

_MERGE_TAG = f"{{{SHEET_MAIN_NS}}}mergeCell"
_INLINE_TAG = f"{{{SHEET_MAIN_NS}}}is"
_YES = {"1", "true"}


class RowParser(WorkSheetParser):
    """openpyxl's parser of rows, with a short way for the text that stands in the cell itself."""

    def parse_cell(self, element: Element) -> dict[str, Value]:
        """Place, value and style of a cell; runs of one text are joined, reading aids left out."""
        inline = element[0] if element.get("t") == "inlineStr" and len(element) == 1 else None
        if inline is None or inline.tag != _INLINE_TAG:
            return cast(dict[str, Value], super().parse_cell(element))
        row, column = coordinate_to_tuple(element.get("r") or self._next_place())
        self.col_counter = column
        value = text_of(inline)
        style = int(element.get("s", "0"))
        return {"row": row, "column": column, "value": value or None, "style_id": style}

    def _next_place(self) -> str:
        """The place of a cell that does not say where it is: beside the one before."""
        return f"{get_column_letter(self.col_counter + 1)}{self.row_counter}"


class Scan:
    """The rows of one sheet that hold something, its merged ranges and hidden columns."""

    def __init__(self, parser: WorkSheetParser, stream: Stream) -> None:
        self.lines: list[Line] = []
        self.merges: list[Merge] = []
        self.hidden_columns: set[int] = set()
        self.is_too_long = False
        self._maker = LineMaker()
        self._parser = parser
        self._stream = stream
        self._last = 0
        self._rows = 0
        self._text = 0

    def run(self, rows: int | None = None) -> None:
        """Read until the sheet ends, runs empty, or `rows` rows are read."""
        for _, element in iterparse(self._stream):
            if element.tag == ROW_TAG:
                if not self._row(element) or self._rows == rows:
                    return
            elif element.tag == COL_TAG:
                self._column(element)
            elif element.tag == _MERGE_TAG and len(self.merges) < MAX_MERGES:
                self._merge(element.get("ref", ""))

    def _row(self, element: Element) -> bool:
        """Keep a row that holds something; False when enough is read."""
        is_hidden = element.get("hidden") in _YES
        del element[MAX_COLUMNS:]
        number, cells = self._parser.parse_row(element)  # type: ignore[arg-type] # the stub's Element
        element.clear()
        self._stream.part_done()
        self._rows += 1
        self._text += sum(weight(cell["value"]) for cell in cells if isinstance(cell["value"], str))
        self.is_too_long = self._rows > MAX_ROWS or self._text > MAX_TEXT
        if self.is_too_long or number - self._last > MAX_BLANK_ROWS:
            return False
        width = max((_place(cell) + 1 for cell in cells if cell["value"] is not None), default=0)
        if width:
            self._keep(number, cells, min(width, MAX_COLUMNS), is_hidden)
        return True

    def _keep(
        self, number: int, cells: Iterable[dict[str, Value]], width: int, is_hidden: bool
    ) -> None:
        """Put the cells of a row in their places; a row of nothing but spaces is not kept."""
        values: list[Value] = [None] * width
        styles = [0] * width
        for cell in cells:
            place = _place(cell)
            if place < width:
                values[place] = cell["value"]
                styles[place] = int(str(cell["style_id"]))
        line = self._maker.line(number, values, styles, hidden=is_hidden)
        if any(value is not None for value in line.values):
            self._last = number
            self.lines.append(line)

    def _column(self, element: Element) -> None:
        """Remember which columns Excel hides."""
        if element.get("hidden") in _YES:
            first, last = int(element.get("min", "1")), int(element.get("max", "1"))
            self.hidden_columns.update(range(first - 1, min(last, MAX_COLUMNS)))

    def _merge(self, reference: str) -> None:
        """Remember a merged range; what names none is passed over."""
        try:
            first_column, first_row, last_column, last_row = range_boundaries(reference)
        except (ValueError, TypeError):
            return
        if first_column and first_row and last_column and last_row:
            self.merges.append(Merge(first_row, first_column - 1, last_row, last_column - 1))


def _place(cell: dict[str, Value]) -> int:
    """The column of a parsed cell, from 0."""
    column = cell["column"]
    return column - 1 if isinstance(column, int) else 0
