"""The looks of an .ods: fonts, struck text, hidden rows and columns, merges; values by calamine."""

import io
import zipfile
import zlib
from collections.abc import Iterator
from xml.etree.ElementTree import Element, ParseError, iterparse

from app.spreadsheets.limits import Deadline
from app.spreadsheets.looks import Looks, SheetLooks
from app.spreadsheets.sheets import MAX_COLUMNS, MAX_ROWS, CellStyle, Merge, RichText
from app.spreadsheets.stream import Stream

_NAMESPACE = "urn:oasis:names:tc:opendocument:xmlns:"
_TABLE, _STYLE = f"{{{_NAMESPACE}table:1.0}}", f"{{{_NAMESPACE}style:1.0}}"
_FORMATTING = f"{{{_NAMESPACE}xsl-fo-compatible:1.0}}"
_TEXT = f"{{{_NAMESPACE}text:1.0}}"
_SPACES = {f"{_TEXT}{name}" for name in ("s", "tab", "line-break")}
_DRAWING = f"{{{_NAMESPACE}svg-compatible:1.0}}"
_CELLS = {f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"}
_BROKEN = (zipfile.BadZipFile, zlib.error, ParseError, OSError, ValueError, LookupError, EOFError)
_HIDDEN = {"collapse", "filter"}
_MOST = 100_000


def looks_of_ods(data: bytes, deadline: Deadline) -> Looks:
    """The looks of a document; a damaged one is plain, its values are another reader's matter."""
    reader = _Reader()
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for name in ("styles.xml", "content.xml"):
                if name in archive.namelist():
                    with archive.open(name) as part:
                        reader.read(Stream(part, deadline), deadline)
    except _BROKEN:
        return Looks()
    return reader.looks


class _Reader:
    """Walks the elements of a document."""

    def __init__(self) -> None:
        self.looks = Looks({0: CellStyle()})
        self._numbers: dict[str, int] = {}
        self._faces: dict[str, str] = {}
        self._sheet = SheetLooks()
        self._row = 1
        self._column_styles: list[str] = []
        self._hidden: list[int] = []

    def read(self, stream: Stream, deadline: Deadline) -> None:
        """Take in one part of the document."""
        for event, element in iterparse(stream, ("start", "end")):
            if event == "start":
                if element.tag == f"{_TABLE}table":
                    self._begin(element)
                continue
            if element.tag == f"{_STYLE}font-face":
                family = element.get(f"{_DRAWING}font-family", "")
                self._faces[element.get(f"{_STYLE}name", "")] = _first_font(family)
            elif element.tag in (f"{_STYLE}style", f"{_STYLE}default-style"):
                self._style(element)
            elif element.tag == f"{_TABLE}table-column":
                self._column(element)
            elif element.tag == f"{_TABLE}table-row":
                self._end_row(element)
                deadline.check(0)
                element.clear()
                stream.part_done()

    def _begin(self, element: Element) -> None:
        """A new sheet; its rows and columns follow."""
        self._sheet = SheetLooks()
        self.looks.sheets[element.get(f"{_TABLE}name", "")] = self._sheet
        self._row, self._column_styles, self._hidden = 1, [], []

    def _style(self, element: Element) -> None:
        """The font of a style, its parent's when it names none."""
        parent = self._numbers.get(element.get(f"{_STYLE}parent-style-name", ""), 0)
        inherited = self.looks.styles[parent]
        text = element.find(f"{_STYLE}text-properties")
        said = dict(text.items()) if text is not None else {}
        face = said.get(f"{_STYLE}font-name", "")
        font = self._faces.get(face) or face or _first_font(said.get(f"{_FORMATTING}font-family"))
        struck = said.get(f"{_STYLE}text-line-through-style", "")
        is_struck = struck not in ("", "none") or (not struck and inherited.struck)
        style = CellStyle("General", font or inherited.font, is_struck)
        if element.tag == f"{_STYLE}default-style":
            if element.get(f"{_STYLE}family") == "table-cell":
                self.looks.styles[0] = style
            return
        number = len(self.looks.styles)
        self.looks.styles[number] = style
        self._numbers[element.get(f"{_STYLE}name", "")] = number

    def _column(self, element: Element) -> None:
        """The style of cells that name none, and whether the column is hidden."""
        count = _repeated(element, "columns", MAX_COLUMNS - len(self._column_styles))
        if element.get(f"{_TABLE}visibility") in _HIDDEN:
            first = len(self._column_styles)
            self._hidden += range(first, first + count)
            self._sheet.hidden_columns = tuple(self._hidden)
        self._column_styles += [element.get(f"{_TABLE}default-cell-style-name", "")] * count

    def _end_row(self, element: Element) -> None:
        """One row, or a run of equal rows."""
        count = _repeated(element, "rows", _MOST)
        if self._row <= MAX_ROWS * 2:
            is_hidden = element.get(f"{_TABLE}visibility") in _HIDDEN
            cells = {column: style for column, style in self._cells(element) if style}
            for row in range(self._row, min(self._row + count, MAX_ROWS)):
                if cells:
                    self._sheet.cells[row] = cells
                if is_hidden:
                    self._sheet.hidden_rows.add(row)
        self._row += count

    def _cells(self, element: Element) -> Iterator[tuple[int, int]]:
        """Column and style of every cell of a row."""
        column = 0
        for cell in element:
            if cell.tag not in _CELLS or column >= MAX_COLUMNS:
                continue
            self._merge(cell, column)
            self._text(cell, column)
            for _ in range(_repeated(cell, "columns", MAX_COLUMNS - column)):
                default = self._column_styles[column : column + 1] or [""]
                name = cell.get(f"{_TABLE}style-name") or default[0]
                yield column, self._numbers.get(name, 0)
                column += 1

    def _text(self, cell: Element, column: int) -> None:
        """Remember a text of several pieces: calamine tells neither their fonts nor new lines."""
        paragraphs = cell.findall(f"{_TEXT}p")
        if any(len(paragraph) for paragraph in paragraphs):
            pieces = [piece for one in paragraphs for piece in (*self._pieces(one, ""), ("\n", ""))]
            self._sheet.rich[self._row, column] = RichText.of(pieces[:-1])

    def _pieces(self, element: Element, font: str) -> Iterator[tuple[str, str]]:
        """The pieces of a paragraph with the fonts that their spans name."""
        style = self._numbers.get(element.get(f"{_TEXT}style-name", ""), 0)
        font = self.looks.styles[style].font if style else font
        yield (" " if element.tag in _SPACES else element.text or ""), font
        for one in element:
            yield from self._pieces(one, font)
            yield one.tail or "", font

    def _merge(self, cell: Element, column: int) -> None:
        """Remember a cell that spans others."""
        rows = int(cell.get(f"{_TABLE}number-rows-spanned", "1"))
        columns = int(cell.get(f"{_TABLE}number-columns-spanned", "1"))
        if rows > 1 or columns > 1:
            merge = Merge(self._row, column, self._row + rows - 1, column + columns - 1)
            self._sheet.merges += (merge,)


def _repeated(element: Element, what: str, most: int) -> int:
    """How many equal rows or columns an element stands for."""
    return max(min(int(element.get(f"{_TABLE}number-{what}-repeated", "1")), most), 0)


def _first_font(family: str | None) -> str:
    """The font that a list of families begins with."""
    return (family or "").partition(",")[0].strip(" '\"")
