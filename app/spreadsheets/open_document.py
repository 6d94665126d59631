"""Sheets of OpenDocument, .ods: values and looks in one pass, under our own limits.

calamine is not used: it gives room to every cell above the last one, so a stray cell in the last
row costs the file, and it tells neither fonts nor what is hidden.
"""

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from xml.etree.ElementTree import Element, iterparse

from app.spreadsheets.findings import Finding
from app.spreadsheets.limits import Deadline
from app.spreadsheets.open_styles import NAMESPACE, OpenStyles
from app.spreadsheets.scan import MAX_MERGES
from app.spreadsheets.sheets import (
    EXCEL_EPOCH,
    MAX_BLANK_ROWS,
    MAX_COLUMNS,
    MAX_ROWS,
    Line,
    LineMaker,
    Merge,
    Progress,
    RichText,
    Sheet,
    SheetName,
    UnreadableFile,
    Value,
    plain_number,
)
from app.spreadsheets.stream import Stream
from app.spreadsheets.strings import weight
from app.spreadsheets.workbook import BROKEN

_OFFICE = f"{{{NAMESPACE}office:1.0}}"
_TABLE = f"{{{NAMESPACE}table:1.0}}"
_TEXT = f"{{{NAMESPACE}text:1.0}}"
_KIND_SHOWN = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}value-type"
_CELLS = {f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"}
_SPACES = {f"{_TEXT}{name}" for name in ("s", "tab", "line-break")}
_UNSAID = {f"{_OFFICE}annotation", f"{_TEXT}ruby-text", f"{_TEXT}note"}
_NUMBERS = {"float", "percentage", "currency"}
_HIDDEN = {"collapse", "filter"}
_MOST_REPEATED = 2_000_000
_CELL_WEIGHT, _ROW_WEIGHT = 10, 50
MAX_HELD = 30_000_000
"""Letters of all sheets together, cells and rows counted as some more: all is in memory at once."""


@dataclass
class _Found:
    """A sheet as far as it is read."""

    is_hidden: bool = False
    is_too_long: bool = False
    next_row: int = 1
    lines: list[Line] = field(default_factory=list)
    merges: list[Merge] = field(default_factory=list)
    column_styles: list[str] = field(default_factory=list)
    hidden_columns: list[int] = field(default_factory=list)


class OpenDocument:
    """Every sheet of a document."""

    def __init__(
        self, archive: zipfile.ZipFile, name: str, progress: Progress | None = None
    ) -> None:
        self.notes: tuple[Finding, ...] = ()
        self._styles = OpenStyles()
        self._maker = LineMaker()
        self._found: dict[str, _Found] = {}
        self._sheet = _Found()
        self._epoch = EXCEL_EPOCH
        self._depth = self._held = 0
        try:
            self._read(archive, progress)
        except BROKEN as error:
            text = f"Tệp “{name}” bị hỏng, không đọc được. Xin gửi lại tệp, hoặc mở bằng Excel"
            raise UnreadableFile(f"{text} rồi lưu lại dạng .xlsx.", "corrupt") from error
        self.sheets = tuple(SheetName(one, found.is_hidden) for one, found in self._found.items())

    def read(self, name: str, rows: int | None = None, progress: Progress | None = None) -> Sheet:
        """One sheet, or its first `rows` rows."""
        Deadline(1, progress).check(1)
        found = self._found[name]
        if found.is_too_long and not rows:
            text = f"Trang tính “{name}” quá dài (hơn 20.000 dòng). Chia thành nhiều tệp."
            raise UnreadableFile(text, "too_large")
        lines = tuple(line for line in found.lines if not rows or line.number <= rows)
        hidden = tuple(found.hidden_columns)
        return Sheet(name, lines, self._styles.cells, tuple(found.merges), hidden, self._epoch)

    def _read(self, archive: zipfile.ZipFile, progress: Progress | None) -> None:
        """The styles of the document, then its sheets with styles of their own."""
        parts = [part for part in ("styles.xml", "content.xml") if part in archive.namelist()]
        deadline = Deadline(sum(archive.getinfo(part).file_size for part in parts), progress)
        for part in parts:
            with archive.open(part) as opened:
                self._take(Stream(opened, deadline))

    def _take(self, stream: Stream) -> None:
        """One part of the document; a row that is read is let go."""
        parents: list[Element] = []
        for event, element in iterparse(stream, ("start", "end")):
            if event == "start":
                parents.append(element)
                self._begun(element)
                continue
            parents.pop()
            self._ended(element)
            if element.tag == f"{_TABLE}table-row" and self._depth == 1:
                del parents[-1][-1]
                stream.part_done()

    def _begun(self, element: Element) -> None:
        """A sheet begins; a table within a table is none."""
        if element.tag != f"{_TABLE}table":
            return
        self._depth += 1
        if self._depth > 1:
            return
        self._sheet = _Found(
            is_hidden=element.get(f"{_TABLE}style-name") in self._styles.hidden_sheets
        )
        if name := element.get(f"{_TABLE}name"):
            self._found.setdefault(name, self._sheet)

    def _ended(self, element: Element) -> None:
        """A style, a column or a row is complete."""
        if element.tag == f"{_TABLE}table":
            self._depth -= 1
        elif element.tag == f"{_TABLE}null-date":
            self._epoch = _day(element.get(f"{_TABLE}date-value", "")) or EXCEL_EPOCH
        elif self._depth == 0:
            self._styles.take(element)
        elif self._depth == 1 and element.tag == f"{_TABLE}table-column":
            self._column(element)
        elif self._depth == 1 and element.tag == f"{_TABLE}table-row":
            self._row(element)

    def _column(self, element: Element) -> None:
        """The style of cells that name none, and whether the column is hidden."""
        styles = self._sheet.column_styles
        count = _repeated(element, "columns", MAX_COLUMNS - len(styles))
        if element.get(f"{_TABLE}visibility") in _HIDDEN:
            self._sheet.hidden_columns += range(len(styles), len(styles) + count)
        styles += [element.get(f"{_TABLE}default-cell-style-name", "")] * count

    def _row(self, element: Element) -> None:
        """One row, or a run of equal rows; what is far below the others is left."""
        sheet, number = self._sheet, self._sheet.next_row
        count = _repeated(element, "rows", _MOST_REPEATED)
        sheet.next_row += count
        above = sheet.lines[-1].number if sheet.lines else 0
        if not count or number - above > MAX_BLANK_ROWS:
            return
        line = self._line(element, number)
        if not line.values:
            return
        rows = range(number, min(number + count, MAX_ROWS + 1))
        sheet.is_too_long = number + count - 1 > MAX_ROWS
        self._hold(line, len(rows))
        sheet.lines += [replace(line, number=one) for one in rows]

    def _line(self, element: Element, number: int) -> Line:
        """The cells of a row up to the last one that holds something."""
        values: list[Value] = []
        styles: list[int] = []
        default = element.get(f"{_TABLE}default-cell-style-name", "")
        for column, width, cell in _cells(element):
            style, value = self._cell(cell, default, column)
            self._merge(cell, number, column)
            if value is not None:
                values += [None] * (column - len(values)) + [value] * width
                styles += [0] * (column - len(styles)) + [style] * width
        is_hidden = element.get(f"{_TABLE}visibility") in _HIDDEN
        line = self._maker.line(number, values, styles, hidden=is_hidden)
        return line if any(value is not None for value in line.values) else Line(number, ())

    def _hold(self, line: Line, rows: int) -> None:
        """Refuse a document whose sheets are more than can be held."""
        texts = (value for value in line.values if isinstance(value, str))
        written = sum(map(weight, (*texts, *line.written.values())))
        self._held += written + len(line.values) * _CELL_WEIGHT + rows * _ROW_WEIGHT
        if self._held > MAX_HELD:
            raise UnreadableFile("Tệp có quá nhiều chữ. Chép danh sách sang tệp mới.", "too_large")

    def _cell(self, cell: Element, default: str, column: int) -> tuple[int, Value]:
        """Style and value of a cell."""
        of_column = self._sheet.column_styles[column : column + 1] or [""]
        name = cell.get(f"{_TABLE}style-name") or default or of_column[0]
        style = self._styles.number(name)
        paragraphs = cell.findall(f"{_TEXT}p")
        if any(self._is_struck(paragraph) for paragraph in paragraphs):
            style = self._styles.struck(style)
        typed = _typed(cell)
        return style, self._text(cell, paragraphs) if typed is None else typed

    def _is_struck(self, paragraph: Element) -> bool:
        """Whether a piece of a paragraph is struck."""
        spans = paragraph.iter(f"{_TEXT}span") if len(paragraph) else ()
        return any(self._styles.span(one.get(f"{_TEXT}style-name", "")).struck for one in spans)

    def _text(self, cell: Element, paragraphs: list[Element]) -> str | None:
        """What a cell says; errors of a formula say nothing."""
        if cell.get(_KIND_SHOWN) == "error":
            return None
        runs = [run for one in paragraphs for run in (*self._runs(one, ""), ("\n", ""))][:-1]
        if any(font for _, font in runs):
            return RichText.of(runs)
        return "".join(text for text, _ in runs) or cell.get(f"{_OFFICE}string-value")

    def _runs(self, element: Element, font: str) -> Iterator[tuple[str, str]]:
        """The pieces of a paragraph with the fonts that their spans name."""
        font = self._styles.span(element.get(f"{_TEXT}style-name", "")).font or font
        yield (" " if element.tag in _SPACES else element.text or ""), font
        for one in element:
            if one.tag not in _UNSAID:
                yield from self._runs(one, font)
            yield one.tail or "", font

    def _merge(self, cell: Element, row: int, column: int) -> None:
        """Remember a cell that spans others."""
        rows = int(cell.get(f"{_TABLE}number-rows-spanned", "1"))
        columns = int(cell.get(f"{_TABLE}number-columns-spanned", "1"))
        if (rows > 1 or columns > 1) and len(self._sheet.merges) < MAX_MERGES:
            merge = Merge(row, column, row + rows - 1, column + columns - 1)
            self._sheet.merges.append(merge)


def _cells(row: Element) -> Iterator[tuple[int, int, Element]]:
    """Column, width and element of every cell, or run of equal cells."""
    column = 0
    for cell in row:
        if cell.tag in _CELLS and column < MAX_COLUMNS:
            width = _repeated(cell, "columns", MAX_COLUMNS - column)
            yield column, width, cell
            column += width


def _repeated(element: Element, what: str, most: int) -> int:
    """How many equal rows or columns an element stands for."""
    return max(min(int(element.get(f"{_TABLE}number-{what}-repeated", "1")), most), 0)


def _typed(cell: Element) -> Value:
    """The number, day or truth that the attributes of a cell say."""
    kind = cell.get(f"{_OFFICE}value-type")
    if kind in _NUMBERS:
        return plain_number(float(cell.get(f"{_OFFICE}value", "nan")))
    if kind == "boolean":
        return cell.get(f"{_OFFICE}boolean-value") == "true"
    if kind == "date":
        return _day(cell.get(f"{_OFFICE}date-value", ""))
    return None


def _day(text: str) -> datetime | None:
    """A day and its time without parts of a second; None for no day of the calendar."""
    try:
        return datetime.fromisoformat(text[:19])
    except ValueError:
        return None
