"""Tables that web portals save under .xls: HTML, and the XML of Excel 2003."""

import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from xml.etree.ElementTree import Element, ParseError, iterparse

from app.spreadsheets.encodings import decode
from app.spreadsheets.findings import Finding
from app.spreadsheets.limits import Deadline
from app.spreadsheets.sheets import (
    MAX_BLANK_ROWS,
    MAX_COLUMNS,
    MAX_ROWS,
    Line,
    LineMaker,
    Progress,
    Sheet,
    SheetName,
    UnreadableFile,
)

_XML_SHEET = b"urn:schemas-microsoft-com:office:spreadsheet"
_SPREADSHEET = "{urn:schemas-microsoft-com:office:spreadsheet}"
_BLOCKS = {"br", "p", "div", "li"}
_SILENT = {"script", "style", "head", "title"}
_MOST_SPANNED = 500
_CHUNK = 65_536

Rows = list[list[str]]


def is_markup(data: bytes) -> bool:
    """Whether a file begins as HTML or XML."""
    start = data[:2048].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \r\n\t").lower()
    return start.startswith(
        (b"<!doctype", b"<html", b"<?xml", b"<table", b"<meta", b"<head", b"<!--")
    )


class MarkupBook:
    """Every table of a page, or every sheet of an XML workbook, as a sheet."""

    def __init__(self, data: bytes, name: str, notes: tuple[Finding, ...] = ()) -> None:
        self.notes = notes
        deadline = Deadline(len(data))
        if _XML_SHEET in data[:_CHUNK]:
            tables = dict(_xml_sheets(data, deadline))
        else:
            tables = {f"Bảng {number}": rows for number, rows in _html_tables(data, deadline)}
        if not tables:
            text = (
                f"Tệp “{name}” là trang web hoặc XML, không có bảng nào. Chọn tệp danh sách .xlsx."
            )
            raise UnreadableFile(text, "wrong_type")
        self._tables = tables
        self.sheets = tuple(SheetName(one) for one in tables)

    def read(self, name: str, rows: int | None = None, progress: Progress | None = None) -> Sheet:
        """One table, or its first `rows` rows."""
        Deadline(1, progress).check(1)
        return Sheet(name, tuple(_lines(self._tables[name][:rows])))


def _lines(rows: Rows) -> Iterator[Line]:
    """The rows that hold something."""
    maker = LineMaker()
    last = 0
    for number, cells in enumerate(rows, start=1):
        line = maker.line(number, cells[:MAX_COLUMNS])
        if any(value is not None for value in line.values):
            last = number
            yield line
        if number - last > MAX_BLANK_ROWS:
            return


def _too_long() -> UnreadableFile:
    return UnreadableFile("Bảng quá dài (hơn 20.000 dòng). Chia thành nhiều tệp.", "too_large")


def _html_tables(data: bytes, deadline: Deadline) -> Iterator[tuple[int, Rows]]:
    """The tables of a page that have rows; of nested ones the outermost."""
    text = decode(data)
    page = _Page()
    for start in range(0, len(text), _CHUNK):
        deadline.check(start)
        page.feed(text[start : start + _CHUNK])
    page.close()
    yield from enumerate((rows for rows in page.tables if rows), start=1)


@dataclass
class _Spans:
    """Cells that reach down into the rows below."""

    left: dict[int, tuple[int, str]] = field(default_factory=dict)

    def fill(self, row: list[str]) -> None:
        """Put in what reaches down to the next place of a row."""
        while found := self.left.get(len(row)):
            rows, text = found
            if rows > 1:
                self.left[len(row)] = rows - 1, text
            else:
                del self.left[len(row)]
            row.append(text)


class _Page(HTMLParser):
    """Collects the cells of tables; scripts and styles are not looked at."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[Rows] = []
        self._depth = 0
        self._row: list[str] | None = None
        self._cell: list[str] | None = None
        self._reach = (1, 1)
        self._spans = _Spans()
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A table, row or cell begins."""
        self._silent += tag in _SILENT
        if tag == "table":
            self._depth += 1
            if self._depth == 1:
                self.tables.append([])
                self._spans = _Spans()
        if self._depth != 1:
            return
        if tag == "tr":
            self._end_row()
            self._row = []
        elif tag in ("td", "th"):
            self._end_cell()
            self._row = [] if self._row is None else self._row
            self._cell = []
            self._reach = _span(attrs, "rowspan"), _span(attrs, "colspan")
        elif tag in _BLOCKS and self._cell is not None:
            self._cell.append(" ")

    def handle_endtag(self, tag: str) -> None:
        """A table, row or cell ends."""
        self._silent -= tag in _SILENT and self._silent > 0
        if tag == "table" and self._depth:
            if self._depth == 1:
                self._end_row()
            self._depth -= 1
        elif self._depth == 1 and tag in ("td", "th"):
            self._end_cell()
        elif self._depth == 1 and tag == "tr":
            self._end_row()

    def handle_data(self, data: str) -> None:
        """Text of a cell."""
        if self._cell is not None and not self._silent:
            self._cell.append(data)

    def _end_cell(self) -> None:
        if self._cell is None or self._row is None:
            return
        text, (rows, columns) = "".join(self._cell), self._reach
        self._cell = None
        for _ in range(columns):
            self._spans.fill(self._row)
            if rows > 1:
                self._spans.left[len(self._row)] = rows - 1, ""
            self._row.append(text)
            text = ""

    def _end_row(self) -> None:
        self._end_cell()
        if self._row is None:
            return
        self._spans.fill(self._row)
        self.tables[-1].append(self._row)
        self._row = None
        if len(self.tables[-1]) > MAX_ROWS:
            raise _too_long()


def _span(attrs: list[tuple[str, str | None]], name: str) -> int:
    """How many rows or columns a cell reaches over."""
    text = dict(attrs).get(name) or "1"
    return min(max(int(text), 1), _MOST_SPANNED) if text.isascii() and text.isdigit() else 1


def _xml_sheets(data: bytes, deadline: Deadline) -> Iterator[tuple[str, Rows]]:
    """The sheets of an XML workbook of Excel 2003; a document type is never followed."""
    try:
        if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
            raise ParseError("a document type")
        rows: Rows = []
        for event, element in iterparse(io.BytesIO(data), ("start", "end")):
            if element.tag == f"{_SPREADSHEET}Worksheet" and event == "start":
                rows = []
                yield element.get(f"{_SPREADSHEET}Name", ""), rows
            elif element.tag == f"{_SPREADSHEET}Row" and event == "end":
                deadline.check(0)
                _add_row(rows, element)
                element.clear()
    except (ParseError, ValueError) as error:
        text = "Tệp XML bị hỏng, không đọc được. Mở bằng Excel rồi lưu lại dạng .xlsx."
        raise UnreadableFile(text, "corrupt") from error


def _add_row(rows: Rows, element: Element) -> None:
    """A row in its place; cells may say where they stand."""
    place = int(element.get(f"{_SPREADSHEET}Index", len(rows) + 1))
    if place > MAX_ROWS or len(rows) > MAX_ROWS:
        raise _too_long()
    rows += [[] for _ in range(place - 1 - len(rows))]
    cells: list[str] = []
    for cell in element.findall(f"{_SPREADSHEET}Cell"):
        at = int(cell.get(f"{_SPREADSHEET}Index", len(cells) + 1))
        if at > MAX_COLUMNS:
            break
        cells += [""] * (at - 1 - len(cells))
        cells.append(
            "".join(part for one in cell.iter(f"{_SPREADSHEET}Data") for part in one.itertext())
        )
        cells += [""] * min(int(cell.get(f"{_SPREADSHEET}MergeAcross", "0")), MAX_COLUMNS)
    rows.append(cells)
