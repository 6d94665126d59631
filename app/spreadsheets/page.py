"""The tables of a page of HTML: cells, spans, what is struck or hidden, tables within tables."""

import html
from collections.abc import Iterator
from dataclasses import dataclass, field

from app.spreadsheets.page_looks import PLAIN_LOOK, PageLook, PageLooks
from app.spreadsheets.sheets import MAX_COLUMNS, MAX_ROWS, RichText, UnreadableFile
from app.spreadsheets.tags import Token

_BLOCKS = {"br", "p", "div", "li"}
_ALONE = {"br", "img", "input", "hr", "col", "meta", "link", "wbr", "p", "li"}
_GROUPS = {"thead", "tbody", "tfoot"}
_MOST_SPANNED = 500
_DEEPEST = 50
"""Tags within tags in one cell whose looks are followed, and tables within tables."""


def too_long() -> UnreadableFile:
    """More rows than are read."""
    return UnreadableFile("Bảng quá dài (hơn 20.000 dòng). Chia thành nhiều tệp.", "too_large")


@dataclass(slots=True)
class PageRow:
    """The texts of a row, which of them are struck, and whether it is shown."""

    texts: list[str] = field(default_factory=list)
    struck: set[int] = field(default_factory=set)
    is_hidden: bool = False


@dataclass(slots=True)
class _Cell:
    """A cell that is being read: its runs and the tags that are open in it."""

    rows: int
    columns: int
    look: PageLook
    runs: list[tuple[str, str]] = field(default_factory=list)
    is_struck: bool = False
    opened: list[tuple[str, PageLook]] = field(default_factory=list)

    @property
    def around(self) -> PageLook:
        """The look of text that comes next."""
        return self.opened[-1][1] if self.opened else self.look

    def add(self, text: str) -> None:
        """Text within the cell; what is hidden in a cell that is shown is left out."""
        look = self.around
        if look.is_hidden and not self.look.is_hidden:
            return
        self.runs.append((text, look.font))
        self.is_struck = self.is_struck or (look.is_struck and not text.isspace())

    def close(self, tag: str) -> None:
        """A tag ends, and what was left open in it."""
        for place in range(len(self.opened) - 1, -1, -1):
            if self.opened[place][0] == tag:
                del self.opened[place:]
                return

    def text(self) -> str:
        """The whole text, with its fonts where it names any."""
        if any(font for _, font in self.runs):
            return RichText.of(self.runs)
        return "".join(text for text, _ in self.runs)


@dataclass(slots=True)
class PageTable:
    """A table with its rows; `row` and `cell` are being read."""

    look: PageLook = PLAIN_LOOK
    rows: list[PageRow] = field(default_factory=list)
    hidden_columns: set[int] = field(default_factory=set)
    group: PageLook = PLAIN_LOOK
    row_look: PageLook = PLAIN_LOOK
    row: PageRow | None = None
    cell: _Cell | None = None
    _columns: int = 0
    _reaching: dict[int, int] = field(default_factory=dict)

    def column(self, count: int, *, is_hidden: bool) -> None:
        """What is said about columns before the first row."""
        if is_hidden:
            self.hidden_columns.update(range(self._columns, self._columns + count))
        self._columns = min(self._columns + count, MAX_COLUMNS)

    def begin_row(self, look: PageLook) -> None:
        """A row begins."""
        self.end_row()
        self.row_look = look
        self.row = PageRow(is_hidden=look.is_hidden)

    def begin_cell(self, rows: int, columns: int, look: PageLook) -> None:
        """A cell begins, in a row of its own if there is none."""
        self.end_cell()
        if self.row is None:
            self.begin_row(self.group)
        self.cell = _Cell(rows, columns, look)

    def end_cell(self) -> None:
        """Put the cell, and the blank ones it reaches over, into its row."""
        cell, row = self.cell, self.row
        self.cell = None
        if cell is None or row is None:
            return
        text = cell.text()
        for _ in range(cell.columns if len(row.texts) < MAX_COLUMNS else 0):
            self._fill(row)
            place = len(row.texts)
            if cell.rows > 1:
                self._reaching[place] = cell.rows - 1
            if text and cell.is_struck:
                row.struck.add(place)
            if cell.look.is_hidden and not row.is_hidden:
                self.hidden_columns.add(place)
            row.texts.append(text)
            text = ""

    def end_row(self) -> None:
        """Put the row into the table."""
        self.end_cell()
        if self.row is None:
            return
        self._fill(self.row)
        self.rows.append(self.row)
        self.row = None
        if len(self.rows) > MAX_ROWS:
            raise too_long()

    def _fill(self, row: PageRow) -> None:
        """Leave blank what cells above reach down to."""
        while left := self._reaching.get(len(row.texts)):
            if left > 1:
                self._reaching[len(row.texts)] = left - 1
            else:
                del self._reaching[len(row.texts)]
            row.texts.append("")


class Page:
    """Collects tables; one within a cell is a table too, and its text is text of that cell."""

    def __init__(self) -> None:
        self._found: list[tuple[int, PageTable]] = []
        self._open: list[PageTable] = []
        self._looks = PageLooks()

    def take(self, token: Token) -> None:
        """Go on with a tag or a text."""
        if token.tag == "style" and token.is_end:
            self._looks.take(token.text)
        elif not token.tag:
            self._text(html.unescape(token.text))
        elif token.is_end:
            self._ended(token.tag)
        else:
            self._begun(token)

    def tables(self) -> Iterator[PageTable]:
        """The tables with rows once the page is over; those within others with more than one."""
        while self._open:
            self._end_table()
        for depth, table in self._found:
            if len(table.rows) > bool(depth):
                yield table

    def _text(self, text: str) -> None:
        if self._open and (cell := self._open[-1].cell):
            cell.add(text)

    def _begun(self, tag: Token) -> None:
        """A tag begins."""
        if tag.tag == "table" and len(self._open) < _DEEPEST:
            table = PageTable(self._looks.of(tag))
            table.group = table.look
            self._found.append((len(self._open), table))
            self._open.append(table)
        elif self._open:
            self._within(self._open[-1], tag)

    def _within(self, table: PageTable, tag: Token) -> None:
        """A tag begins in a table."""
        name = tag.tag
        if name in _GROUPS:
            table.end_row()
            table.group = self._looks.of(tag, table.look)
        elif name == "col":
            is_hidden = self._looks.of(tag).is_hidden
            table.column(tag.number("span", MAX_COLUMNS), is_hidden=is_hidden)
        elif name == "tr":
            table.begin_row(self._looks.of(tag, table.group))
        elif name in ("td", "th"):
            around = table.row_look if table.row else table.group
            reach = (tag.number("rowspan", _MOST_SPANNED), tag.number("colspan", _MOST_SPANNED))
            table.begin_cell(*reach, self._looks.of(tag, around))
        elif table.cell:
            self._in_cell(table.cell, tag)

    def _in_cell(self, cell: _Cell, tag: Token) -> None:
        """A tag begins in a cell."""
        if tag.tag in _BLOCKS:
            cell.add(" ")
        if tag.tag not in _ALONE and len(cell.opened) < _DEEPEST:
            cell.opened.append((tag.tag, self._looks.of(tag, cell.around)))

    def _ended(self, tag: str) -> None:
        """A tag ends."""
        if not self._open:
            return
        table = self._open[-1]
        if tag == "table":
            self._end_table()
        elif tag in ("td", "th"):
            table.end_cell()
        elif tag == "tr":
            table.end_row()
        elif tag in _GROUPS:
            table.end_row()
            table.group = table.look
        elif table.cell:
            table.cell.close(tag)

    def _end_table(self) -> None:
        """A table ends; the cell around it says what it said."""
        table = self._open.pop()
        table.end_row()
        for row in table.rows:
            self._text(" ".join(("", *row.texts, "")))
        if self._open and (cell := self._open[-1].cell):
            cell.is_struck = cell.is_struck or any(row.struck for row in table.rows)
