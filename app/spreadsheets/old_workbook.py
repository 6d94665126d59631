"""Old workbooks, .xls: values and looks read here, under our own limits.

calamine is not used: it gives room to every cell above the last one, drops rich texts of Excel 95
and tells no fonts, without which text of the old Vietnamese fonts is lost.
"""

import struct
from time import monotonic

from app.spreadsheets.biff import records
from app.spreadsheets.biff_globals import read_globals
from app.spreadsheets.biff_sheet import CellReader
from app.spreadsheets.findings import Finding
from app.spreadsheets.limits import Deadline
from app.spreadsheets.sheets import Progress, Sheet, UnreadableFile

_BROKEN = (struct.error, EOFError, LookupError, ValueError)


class OldWorkbook:
    """An .xls whose sheets are read when asked for; raises Encrypted where it has a password."""

    def __init__(self, stream: bytes, name: str) -> None:
        self.notes: tuple[Finding, ...] = ()
        self._stream = stream
        self._name = name
        self._since = monotonic()
        try:
            self._book = read_globals(stream, self._deadline())
        except _BROKEN as error:
            raise self._corrupt() from error
        self.sheets = tuple(self._book.sheets)

    def read(self, name: str, rows: int | None = None, progress: Progress | None = None) -> Sheet:
        """One sheet, or its first `rows` rows."""
        start = next(place for sheet, place in self._book.sheets.items() if sheet.name == name)
        cells = CellReader(self._book)
        try:
            for record in records(self._stream, start, self._deadline(progress)):
                cells.take(record)
        except _BROKEN as error:
            raise self._corrupt() from error
        lines = tuple(line for line in cells.lines(name) if not rows or line.number <= rows)
        hidden = tuple(sorted(cells.hidden_columns))
        book = self._book
        return Sheet(name, lines, book.styles, tuple(cells.merges), hidden, book.epoch)

    def _deadline(self, progress: Progress | None = None) -> Deadline:
        """The time is that of the whole book, however many sheets are looked at."""
        return Deadline(len(self._stream), progress, self._since)

    def _corrupt(self) -> UnreadableFile:
        text = f"Tệp “{self._name}” bị hỏng, không đọc được. Mở bằng Excel, chép danh sách sang"
        return UnreadableFile(f"{text} tệp mới dạng .xlsx rồi chọn lại.", "corrupt")
