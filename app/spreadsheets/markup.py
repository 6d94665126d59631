"""Tables that web portals and Excel save as pages: HTML, alone or in a single file with others."""

import re
from collections.abc import Iterable, Iterator

from app.spreadsheets.encodings import decode
from app.spreadsheets.findings import Finding
from app.spreadsheets.limits import Deadline
from app.spreadsheets.page import Page, PageRow, PageTable, too_long
from app.spreadsheets.sheets import (
    MAX_BLANK_ROWS,
    MAX_COLUMNS,
    PLAIN,
    CellStyle,
    Line,
    LineMaker,
    Progress,
    Sheet,
    SheetName,
    UnreadableFile,
)
from app.spreadsheets.single_file import is_single_file, pages_of
from app.spreadsheets.tags import tokens

_FIRST_TAG = re.compile(rb"<[!?a-zA-Z]")
_STYLES = {0: PLAIN, 1: CellStyle(struck=True)}
_CHECKED = 2_000
MAX_TOKENS = 3_000_000
"""Tags and texts of a page; 20,000 rows of 20 columns have about two million."""


def is_markup(data: bytes) -> bool:
    """Whether a file begins as HTML or XML, or is a single file of pages."""
    start = data[:2048].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \r\n\t")
    return bool(_FIRST_TAG.match(start)) or is_single_file(data)


class MarkupBook:
    """Every table of a page as a sheet."""

    def __init__(self, data: bytes, name: str, notes: tuple[Finding, ...] = ()) -> None:
        self.notes = notes
        pages = pages_of(data) if is_single_file(data) else [data]
        found = _tables(pages, Deadline(len(data)))
        tables = {f"Bảng {number}": table for number, table in enumerate(found, start=1)}
        if not tables:
            text = (
                f"Tệp “{name}” là trang web hoặc XML, không có bảng nào. Chọn tệp danh sách .xlsx."
            )
            raise UnreadableFile(text, "wrong_type")
        self._tables = tables
        self.sheets = tuple(SheetName(one, table.look.is_hidden) for one, table in tables.items())

    def read(self, name: str, rows: int | None = None, progress: Progress | None = None) -> Sheet:
        """One table, or its first `rows` rows."""
        Deadline(1, progress).check(1)
        table = self._tables[name]
        hidden = tuple(sorted(table.hidden_columns))
        return Sheet(name, tuple(_lines(table.rows[:rows])), _STYLES, hidden_columns=hidden)


def _lines(rows: list[PageRow]) -> Iterator[Line]:
    """The rows that hold something."""
    maker = LineMaker()
    last = 0
    for number, row in enumerate(rows, start=1):
        texts = row.texts[:MAX_COLUMNS]
        styles = [int(place in row.struck) for place in range(len(texts))]
        line = maker.line(number, texts, styles, hidden=row.is_hidden)
        if any(value is not None for value in line.values):
            last = number
            yield line
        if number - last > MAX_BLANK_ROWS:
            return


def _tables(pages: Iterable[bytes], deadline: Deadline) -> Iterator[PageTable]:
    """The tables of some pages."""
    count = 0
    for data in pages:
        page = Page()
        for token in tokens(decode(data)):
            page.take(token)
            count += 1
            if count % _CHECKED == 0:
                deadline.check(count)
            if count > MAX_TOKENS:
                raise too_long()
        yield from page.tables()
