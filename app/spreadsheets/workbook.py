"""Opening .xlsx and .xlsm; formulas give their cached values (openpyxl's data_only)."""

import warnings
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from time import monotonic
from xml.etree.ElementTree import Element, ParseError
from zipfile import BadZipFile

from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900

from app.spreadsheets.findings import Finding
from app.spreadsheets.limits import Deadline
from app.spreadsheets.package import Package, local
from app.spreadsheets.scan import RowParser, Scan
from app.spreadsheets.sheets import Progress, Sheet, SheetName, UnreadableFile
from app.spreadsheets.stream import Stream
from app.spreadsheets.strings import read_strings
from app.spreadsheets.styles import Styles, read_styles

# What openpyxl and the libraries below it raise when they meet a damaged or hostile file.
BROKEN = (
    BadZipFile,
    zlib.error,
    ParseError,
    OSError,
    EOFError,
    ValueError,
    LookupError,
    TypeError,
    AttributeError,
    ArithmeticError,
    RuntimeError,
    AssertionError,
    MemoryError,
)


class Workbook:
    """An opened .xlsx file whose sheets are read when asked for."""

    def __init__(self, package: Package, name: str, notes: tuple[Finding, ...] = ()) -> None:
        self._package = package
        self._name = name
        self._since = monotonic()
        self.notes = notes
        with self._reading():
            book = package.tree(package.book)
            self._epoch = _epoch(book)
            self._paths = dict(self._sheet_paths(book))
            self._strings = self._shared_strings()
            self._styles = self._cell_styles()
        self.sheets = tuple(self._paths)

    def read(self, name: str, rows: int | None = None, progress: Progress | None = None) -> Sheet:
        """One sheet, or its first `rows` rows."""
        path = next(path for sheet, path in self._paths.items() if sheet.name == name)
        with self._reading():
            return self._read(name, path, rows, progress)

    @contextmanager
    def _reading(self) -> Iterator[None]:
        """Whatever is broken in the file is told in one sentence; openpyxl's warnings are not."""
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                yield
        except BROKEN as error:
            raise self._corrupt() from error

    def _sheet_paths(self, book: Element) -> Iterator[tuple[SheetName, str]]:
        """Name and place of every worksheet; chart sheets hold no table."""
        for sheet in book.iterfind("{*}sheets/{*}sheet"):
            kind, target = self._package.relations.get(local(sheet, "id"), ("", ""))
            if kind == "worksheet" and target in self._package:
                is_hidden = local(sheet, "state") in ("hidden", "veryHidden")
                yield SheetName(local(sheet, "name"), is_hidden), target

    def _shared_strings(self) -> list[str]:
        """The table of shared strings, if the workbook has one."""
        place = self._package.related("sharedStrings")
        if not place:
            return []
        with self._package.open(place) as part:
            return read_strings(Stream(part, self._deadline(place)))

    def _cell_styles(self) -> Styles:
        """The looks of cells; without any every cell is plain."""
        place = self._package.related("styles")
        return read_styles(self._package.tree(place)) if place else Styles()

    def _deadline(self, place: str, progress: Progress | None = None) -> Deadline:
        """The time is that of the whole book, however many sheets are looked at."""
        return Deadline(self._package.size(place), progress, self._since)

    def _read(self, name: str, path: str, rows: int | None, progress: Progress | None) -> Sheet:
        """Lines, merges and hidden columns in one pass over the sheet."""
        with self._package.open(path) as part:
            stream = Stream(part, self._deadline(path, progress))
            parser = RowParser(
                stream,
                self._strings,
                data_only=True,
                epoch=self._epoch,
                date_formats=self._styles.dates,
                timedelta_formats=self._styles.spans,
            )
            scan = Scan(parser, stream)
            scan.run(rows)
        if scan.is_too_long:
            text = f"Trang tính “{name}” quá dài (hơn 20.000 dòng). Chia thành nhiều tệp."
            raise UnreadableFile(text, "too_large")
        hidden = tuple(sorted(scan.hidden_columns))
        merges = tuple(scan.merges)
        return Sheet(name, tuple(scan.lines), self._styles.cells, merges, hidden, self._epoch)

    def _corrupt(self) -> UnreadableFile:
        text = f"Tệp “{self._name}” bị hỏng, không đọc được. Xin gửi lại tệp, hoặc mở bằng Excel"
        return UnreadableFile(f"{text} rồi lưu lại dạng .xlsx.", "corrupt")


def _epoch(book: Element) -> datetime:
    """The day from which the workbook counts its dates."""
    about = book.find("{*}workbookPr")
    is_mac = about is not None and local(about, "date1904") in ("1", "true")
    return CALENDAR_MAC_1904 if is_mac else CALENDAR_WINDOWS_1900
