"""Tables that web portals save under .xls: HTML."""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

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

_BLOCKS = {"br", "p", "div", "li"}
_SILENT = {"script", "style", "title"}
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9:]*)([^<>]*)>")
_END_OF_SILENT = re.compile(r"</(?:script|style|title)", re.IGNORECASE)
_ROWS = re.compile(r"rowspan\s*=\s*[\"']?\s*(\d{1,4})", re.IGNORECASE | re.ASCII)
_COLUMNS = re.compile(r"colspan\s*=\s*[\"']?\s*(\d{1,4})", re.IGNORECASE | re.ASCII)
_FIRST_TAG = re.compile(rb"<[!?a-zA-Z]")
_MOST_SPANNED = 500
_CHECKED = 2_000
MAX_TOKENS = 3_000_000
"""Tags and texts of a page; 20,000 rows of 20 columns have about two million."""

Rows = list[list[str]]


@dataclass(frozen=True, slots=True)
class _Token:
    """A tag with its attributes, or a text."""

    tag: str = ""
    text: str = ""
    is_end: bool = False


def is_markup(data: bytes) -> bool:
    """Whether a file begins as HTML or XML."""
    start = data[:2048].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \r\n\t")
    return bool(_FIRST_TAG.match(start))


class MarkupBook:
    """Every table of a page as a sheet."""

    def __init__(self, data: bytes, name: str, notes: tuple[Finding, ...] = ()) -> None:
        self.notes = notes
        deadline = Deadline(len(data))
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
    page = _Page()
    for count, token in enumerate(_tokens(decode(data))):
        if count % _CHECKED == 0:
            deadline.check(count)
        if count > MAX_TOKENS:
            raise _too_long()
        page.take(token)
    page.end()
    yield from enumerate((rows for rows in page.tables if rows), start=1)


def _tokens(text: str) -> Iterator[_Token]:
    """Tags and the text between them; every letter is looked at once, whatever is left open.

    Python's own html.parser takes hours for a few megabytes of "<!--".
    """
    place = 0
    while (start := text.find("<", place)) >= 0:
        if start > place:
            yield _Token(text=text[place:start])
        if text.startswith("<!--", start):
            place = text.find("-->", start) + 3
            if place < 3:
                return
            continue
        tag = _TAG.match(text, start)
        if tag is None:
            yield _Token(text="<")
            place = start + 1
            continue
        name, place = tag[2].lower(), tag.end()
        yield _Token(name, is_end=bool(tag[1]), text=tag[3])
        if name in _SILENT and not tag[1]:
            end = _END_OF_SILENT.search(text, place)
            if end is None:
                return
            place = end.start()
    yield _Token(text=text[place:])


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


class _Page:
    """Collects the cells of tables."""

    def __init__(self) -> None:
        self.tables: list[Rows] = []
        self._depth = 0
        self._row: list[str] | None = None
        self._cell: list[str] | None = None
        self._reach = (1, 1)
        self._spans = _Spans()

    def take(self, token: _Token) -> None:
        """Go on with a tag or a text."""
        if not token.tag:
            if self._cell is not None:
                self._cell.append(token.text)
        elif token.is_end:
            self._ended(token.tag)
        else:
            self._begun(token.tag, token.text)

    def end(self) -> None:
        """The page is over, whatever was left open."""
        if self.tables:
            self._end_row()

    def _begun(self, tag: str, attributes: str) -> None:
        """A table, row or cell begins."""
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
            self._reach = _span(attributes, _ROWS), _span(attributes, _COLUMNS)
        elif tag in _BLOCKS and self._cell is not None:
            self._cell.append(" ")

    def _ended(self, tag: str) -> None:
        """A table, row or cell ends."""
        if tag == "table" and self._depth:
            if self._depth == 1:
                self._end_row()
            self._depth -= 1
        elif self._depth == 1 and tag in ("td", "th"):
            self._end_cell()
        elif self._depth == 1 and tag == "tr":
            self._end_row()

    def _end_cell(self) -> None:
        if self._cell is None or self._row is None:
            return
        text, (rows, columns) = html.unescape("".join(self._cell)), self._reach
        self._cell = None
        for _ in range(columns if len(self._row) < MAX_COLUMNS else 0):
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


def _span(attributes: str, named: re.Pattern[str]) -> int:
    """How many rows or columns a cell reaches over."""
    found = named.search(attributes)
    return min(max(int(found[1]), 1), _MOST_SPANNED) if found else 1
