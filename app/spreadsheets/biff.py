"""The looks of an .xls (BIFF5, BIFF8): fonts, formats, hidden rows, merges; values by calamine.

calamine says nothing of fonts, and without them text of the old Vietnamese fonts is lost.
Record layouts after [MS-XLS].
"""

import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime

from openpyxl.styles.numbers import builtin_format_code

from app.spreadsheets.biff_strings import rich_strings
from app.spreadsheets.limits import Deadline
from app.spreadsheets.looks import Looks, SheetLooks
from app.spreadsheets.sheets import EXCEL_EPOCH, MAX_ROWS, CellStyle, Merge, RichText

EPOCH_1904 = datetime(1904, 1, 1)  # noqa: DTZ001 - a sheet's dates have no time zone

_BIFF8 = 0x0600
_BOF, _EOF, _BOUNDSHEET, _DATEMODE = 0x809, 0x0A, 0x85, 0x22
_FONT, _FORMAT, _OLD_FORMAT, _XF = 0x31, 0x41E, 0x1E, 0xE0
_ROW, _COLINFO, _MERGES = 0x208, 0x7D, 0xE5
_STRINGS, _CONTINUE, _STRING_CELL = 0xFC, 0x3C, 0xFD
_RUNS_OF_CELLS = {0xBE: 2, 0xBD: 6}
_CELLS = frozenset({0x201, 0x203, 0x204, 0x205, 0x06, 0x206, 0x406, 0x27E, 0xFD, 0xD6})
_HIDDEN_ROW, _HIDDEN_COLUMN, _STRUCK, _WIDE = 0x20, 0x01, 0x08, 0x01
_SKIPPED_FONT = 4
_CHECKED = 4096

Record = tuple[int, bytes]


@dataclass
class _Book:
    """What the records before the first sheet say."""

    is_biff8: bool = True
    fonts: list[tuple[str, bool]] = field(default_factory=list)
    formats: dict[int, str] = field(default_factory=dict)
    cell_formats: list[tuple[int, int]] = field(default_factory=list)
    sheets: list[tuple[str, int]] = field(default_factory=list)
    strings: list[bytes] = field(default_factory=list)
    epoch: datetime = EXCEL_EPOCH

    def rich(self) -> dict[int, RichText]:
        """The strings whose runs have fonts of their own."""
        return {
            number: RichText.of((text, self._font(font)[0]) for text, font in runs)
            for number, runs in rich_strings(self.strings).items()
        }

    def styles(self) -> dict[int, CellStyle]:
        """The style of every cell format by its number."""
        return {place: self._style(*one) for place, one in enumerate(self.cell_formats)}

    def _style(self, font: int, number_format: int) -> CellStyle:
        name, is_struck = self._font(font)
        code = self.formats.get(number_format) or builtin_format_code(number_format)
        return CellStyle(code or "General", name, is_struck)

    def _font(self, number: int) -> tuple[str, bool]:
        """Name of a font and whether it is struck; fonts are counted without a number four."""
        place = number - (number > _SKIPPED_FONT)
        return self.fonts[place] if 0 <= place < len(self.fonts) else ("", False)


def looks_of_xls(stream: bytes, deadline: Deadline) -> Looks:
    """The looks of a workbook stream; what is damaged is passed over."""
    book = _globals(stream, deadline)
    rich = book.rich()
    sheets = {name: _sheet(stream, start, rich, deadline) for name, start in book.sheets}
    return Looks(book.styles(), sheets, book.epoch)


def _records(stream: bytes, place: int, deadline: Deadline) -> Iterator[Record]:
    """The records from a place up to the end of their part."""
    count = 0
    while place + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, place)
        if kind == _EOF:
            return
        yield kind, stream[place + 4 : place + 4 + size]
        place += 4 + size
        count += 1
        if count % _CHECKED == 0:
            deadline.check(place)


def _globals(stream: bytes, deadline: Deadline) -> _Book:
    """Fonts, formats and sheets."""
    book = _Book()
    last = 0
    for kind, data in _records(stream, 0, deadline):
        if kind == _STRINGS or (kind == _CONTINUE and last == _STRINGS):
            book.strings.append(data)
            kind = _STRINGS
        last = kind
        if read := _READERS.get(kind):
            try:
                read(book, data)
            except (struct.error, IndexError):
                continue
    return book


def _bof(book: _Book, data: bytes) -> None:
    book.is_biff8 = struct.unpack_from("<H", data)[0] == _BIFF8


def _font(book: _Book, data: bytes) -> None:
    options = struct.unpack_from("<H", data, 2)[0]
    book.fonts.append((_short_text(data, 14, book), bool(options & _STRUCK)))


def _format(book: _Book, data: bytes) -> None:
    number = struct.unpack_from("<H", data)[0]
    if book.is_biff8:
        length, options = struct.unpack_from("<HB", data, 2)
        book.formats[number] = _text(data, 5, length, is_wide=bool(options & _WIDE))
    else:
        book.formats[number] = _short_text(data, 2, book)


def _cell_format(book: _Book, data: bytes) -> None:
    font, number_format = struct.unpack_from("<HH", data)
    book.cell_formats.append((font, number_format))


def _bound_sheet(book: _Book, data: bytes) -> None:
    start = struct.unpack_from("<I", data)[0]
    book.sheets.append((_short_text(data, 6, book), start))


def _date_mode(book: _Book, data: bytes) -> None:
    if struct.unpack_from("<H", data)[0]:
        book.epoch = EPOCH_1904


_READERS: dict[int, Callable[[_Book, bytes], None]] = {
    _BOF: _bof,
    _FONT: _font,
    _FORMAT: _format,
    _OLD_FORMAT: _format,
    _XF: _cell_format,
    _BOUNDSHEET: _bound_sheet,
    _DATEMODE: _date_mode,
}


def _short_text(data: bytes, place: int, book: _Book) -> str:
    """A text whose length is one byte, before BIFF8 without a byte of options."""
    length = data[place]
    if not book.is_biff8:
        return data[place + 1 : place + 1 + length].decode("cp1252", "replace")
    return _text(data, place + 2, length, is_wide=bool(data[place + 1] & _WIDE))


def _text(data: bytes, place: int, length: int, *, is_wide: bool) -> str:
    """A text of one or two bytes for each character."""
    if is_wide:
        return data[place : place + 2 * length].decode("utf-16-le", "replace")
    return data[place : place + length].decode("latin-1")


def _sheet(stream: bytes, start: int, rich: dict[int, RichText], deadline: Deadline) -> SheetLooks:
    """The looks of one sheet."""
    looks = SheetLooks()
    merges: list[Merge] = []
    hidden_columns: set[int] = set()
    for kind, data in _records(stream, start, deadline):
        try:
            if kind in _CELLS:
                _cell(looks, data)
                if kind == _STRING_CELL and rich:
                    _rich_cell(looks, data, rich)
            elif kind in _RUNS_OF_CELLS:
                _cells(looks, data, _RUNS_OF_CELLS[kind])
            elif kind == _ROW:
                _row(looks, data)
            elif kind == _COLINFO:
                hidden_columns.update(_hidden_columns(data))
            elif kind == _MERGES:
                merges += _merges(data)
        except struct.error:
            continue
    looks.merges = tuple(merges)
    looks.hidden_columns = tuple(sorted(hidden_columns))
    return looks


def _cell(looks: SheetLooks, data: bytes) -> None:
    row, column, style = struct.unpack_from("<HHH", data)
    if row < MAX_ROWS * 2:
        looks.cells.setdefault(row + 1, {})[column] = style


def _rich_cell(looks: SheetLooks, data: bytes, rich: dict[int, RichText]) -> None:
    row, column, number = struct.unpack_from("<HH2xI", data)
    if number in rich:
        looks.rich[row + 1, column] = rich[number]


def _cells(looks: SheetLooks, data: bytes, step: int) -> None:
    """Several cells of one row that lie side by side."""
    row, first = struct.unpack_from("<HH", data)
    for place, start in enumerate(range(4, len(data) - 2 - step + 1, step)):
        style = struct.unpack_from("<H", data, start)[0]
        looks.cells.setdefault(row + 1, {})[first + place] = style


def _row(looks: SheetLooks, data: bytes) -> None:
    row, options = struct.unpack_from("<H10xH", data)
    if options & _HIDDEN_ROW:
        looks.hidden_rows.add(row + 1)


def _hidden_columns(data: bytes) -> Iterator[int]:
    first, last, options = struct.unpack_from("<HH4xH", data)
    if options & _HIDDEN_COLUMN:
        yield from range(first, min(last, 255) + 1)


def _merges(data: bytes) -> Iterator[Merge]:
    count = min(struct.unpack_from("<H", data)[0], (len(data) - 2) // 8)
    for place in range(count):
        top, bottom, left, right = struct.unpack_from("<HHHH", data, 2 + 8 * place)
        yield Merge(top + 1, left, bottom + 1, right)
