"""The cells of one sheet of an .xls, wherever they stand: far and blank ones take no room."""

import struct
from collections.abc import Iterator
from functools import lru_cache

from openpyxl.styles.numbers import is_date_format, is_timedelta_format
from openpyxl.utils.datetime import from_excel

from app.spreadsheets.biff import Record
from app.spreadsheets.biff_globals import Globals
from app.spreadsheets.biff_strings import runs_of
from app.spreadsheets.legacy import encoding_of_font
from app.spreadsheets.scan import MAX_MERGES
from app.spreadsheets.sheets import (
    MAX_BLANK_ROWS,
    MAX_COLUMNS,
    MAX_ROWS,
    Line,
    LineMaker,
    Merge,
    UnreadableFile,
    Value,
    plain_number,
)

MAX_CELLS = 1_500_000
_ROW, _COLINFO, _MERGES = 0x208, 0x7D, 0xE5
_NUMBER, _RK, _MANY_RK, _TRUTH = 0x203, 0x27E, 0xBD, 0x205
_LABEL, _RICH_LABEL, _SHARED = 0x204, 0xD6, 0xFD
_FORMULA, _ITS_TEXT = 0x06, 0x207
_TEXT_FOLLOWS, _IS_TRUTH = 0, 1
_HIDDEN_ROW, _HIDDEN_COLUMN = 0x20, 0x01

_is_date = lru_cache(maxsize=1024)(is_date_format)

Place = tuple[int, int, int]
"""Row and column from 0, and the style."""


class CellReader:
    """Takes the records of a sheet one after the other."""

    def __init__(self, book: Globals) -> None:
        self.merges: list[Merge] = []
        self.hidden_columns: set[int] = set()
        self._book = book
        self._rows: dict[int, tuple[list[Value], list[int]]] = {}
        self._hidden_rows: set[int] = set()
        self._far_rows: set[int] = set()
        self._count = 0
        self._formula: Place = (0, 0, 0)

    def take(self, record: Record) -> None:
        """A cell, or what is said about rows and columns."""
        kind, data = record
        for place, value in self._cells(kind, data):
            self._put(place, value)
        if kind == _ROW:
            row, options = struct.unpack_from("<H10xH", data)
            if options & _HIDDEN_ROW:
                self._hidden_rows.add(row)
        elif kind == _COLINFO:
            first, last, options = struct.unpack_from("<HH4xH", data)
            if options & _HIDDEN_COLUMN:
                self.hidden_columns.update(range(first, min(last + 1, MAX_COLUMNS)))
        elif kind == _MERGES and len(self.merges) < MAX_MERGES:
            self.merges += _merges(data)

    def lines(self, name: str) -> tuple[Line, ...]:
        """The rows that hold something, up to the first long gap."""
        maker = LineMaker()
        lines: list[Line] = []
        for row in sorted(self._rows.keys() | self._far_rows):
            if lines and row + 1 - lines[-1].number > MAX_BLANK_ROWS:
                break
            if row in self._far_rows:
                text = f"Trang tính “{name}” quá dài (hơn 20.000 dòng). Chia thành nhiều tệp."
                raise UnreadableFile(text, "too_large")
            line = maker.line(row + 1, *self._rows[row], hidden=row in self._hidden_rows)
            if any(value is not None for value in line.values):
                lines.append(line)
        return tuple(lines)

    def _put(self, place: Place, value: Value) -> None:
        """Keep a value in its row; of what is too far down only the row."""
        row, column, style = place
        if value in (None, "") or column >= MAX_COLUMNS:
            return
        if row >= MAX_ROWS:
            self._far_rows.add(row)
            return
        values, styles = self._rows.setdefault(row, ([], []))
        missing = column + 1 - len(values)
        values += [None] * missing
        styles += [0] * missing
        values[column], styles[column] = value, style
        self._count += max(missing, 0)
        if self._count > MAX_CELLS:
            raise UnreadableFile("Tệp có quá nhiều ô. Chép danh sách sang tệp mới.", "too_large")

    def _cells(self, kind: int, data: bytes) -> Iterator[tuple[Place, Value]]:
        """The cells of a record; formulas of text say it in a record of its own."""
        if kind == _MANY_RK:
            yield from self._many(data)
        elif kind == _FORMULA:
            self._formula = _place(data)
            yield self._formula, self._result(data)
        elif kind == _ITS_TEXT:
            yield self._formula, self._book.script.text(data, 0)[0]
        elif kind in (_NUMBER, _RK, _TRUTH, _LABEL, _RICH_LABEL, _SHARED):
            yield _place(data), self._value(kind, data)

    def _value(self, kind: int, data: bytes) -> Value:
        """The value of a record of one cell."""
        style = _place(data)[2]
        if kind == _NUMBER:
            return self._typed(struct.unpack_from("<d", data, 6)[0], style)
        if kind == _RK:
            return self._typed(_short_number(data, 6), style)
        if kind == _SHARED:
            return self._book.strings[_number(data, 6)]
        if kind == _TRUTH:
            truth, is_error = struct.unpack_from("<BB", data, 6)
            return None if is_error else bool(truth)
        return self._label(data, style, is_rich=kind == _RICH_LABEL)

    def _many(self, data: bytes) -> Iterator[tuple[Place, Value]]:
        """Numbers that lie side by side."""
        row, first = struct.unpack_from("<HH", data)
        for count, start in enumerate(range(4, len(data) - 7, 6)):
            style = struct.unpack_from("<H", data, start)[0]
            number = self._typed(_short_number(data, start + 2), style)
            yield (row, first + count, style), number

    def _label(self, data: bytes, style: int, *, is_rich: bool) -> str:
        """A text that stands in its cell; in a code page old fonts have western letters."""
        look = self._book.styles.get(style)
        script = self._book.script
        is_old = look is not None and encoding_of_font(look.font) is not None
        text, end = script.text(data, 6, is_latin=is_old)
        if not is_rich:
            return text
        count, mark = ("<H", "<HH") if script.is_biff8 else ("<B", "<BB")
        start = end + struct.calcsize(count)
        stop = start + struct.unpack_from(count, data, end)[0] * struct.calcsize(mark)
        return self._book.rich(runs_of(text, list(struct.iter_unpack(mark, data[start:stop]))))

    def _result(self, data: bytes) -> Value:
        """What a formula came to; an error is nothing."""
        if data[12:14] != b"\xff\xff":
            return self._typed(struct.unpack_from("<d", data, 6)[0], _place(data)[2])
        return bool(data[8]) if data[6] == _IS_TRUTH else None

    def _typed(self, number: float, style: int) -> Value:
        """A number, or the day that its format makes of it."""
        code = self._book.styles[style].number_format if style in self._book.styles else ""
        if not _is_date(code):
            return plain_number(number)
        try:
            day: Value = from_excel(number, self._book.epoch, timedelta=is_timedelta_format(code))
        except (OverflowError, ValueError):
            return plain_number(number)
        return day


def _place(data: bytes) -> Place:
    row, column, style = struct.unpack_from("<HHH", data)
    return row, column, style


def _number(data: bytes, place: int) -> int:
    return int(struct.unpack_from("<I", data, place)[0])


def _short_number(data: bytes, place: int) -> float:
    """A number in four bytes: whole or cut off, as it is or a hundred times too large."""
    bits = struct.unpack_from("<i", data, place)[0]
    number = bits >> 2 if bits & 2 else struct.unpack("<d", struct.pack("<q", (bits & ~3) << 32))[0]
    return float(number / 100 if bits & 1 else number)


def _merges(data: bytes) -> Iterator[Merge]:
    count = min(struct.unpack_from("<H", data)[0], (len(data) - 2) // 8)
    for place in range(count):
        top, bottom, left, right = struct.unpack_from("<HHHH", data, 2 + 8 * place)
        yield Merge(top + 1, left, bottom + 1, right)
