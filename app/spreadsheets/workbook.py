"""Opening .xlsx and .xlsm; formulas give their cached values (openpyxl's data_only)."""

import re
import warnings
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Protocol, cast
from xml.etree.ElementTree import ParseError
from zipfile import BadZipFile

from openpyxl.reader.excel import ExcelReader
from openpyxl.styles.numbers import BUILTIN_FORMATS_MAX_SIZE, builtin_format_code
from openpyxl.styles.stylesheet import apply_stylesheet
from openpyxl.xml.constants import SHARED_STRINGS

from app.spreadsheets.findings import Finding
from app.spreadsheets.scan import RowParser, Scan
from app.spreadsheets.sheets import CellStyle, Progress, Sheet, SheetName, UnreadableFile
from app.spreadsheets.stream import Stream
from app.spreadsheets.strings import read_strings

MAX_PART = 8 * 1024 * 1024
MAX_TAGS = 200_000
_PARTS_HELD_WHOLE = re.compile(
    r"(?:.*/)?(?:workbook\.xml|styles\.xml|workbook\.xml\.rels|\[Content_Types\]\.xml)"
)

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


class _Font(Protocol):
    """A font of a workbook."""

    name: str | None
    strike: bool | None


class _Style(Protocol):
    """The parts of a cell's look, as places in the lists of its workbook."""

    fontId: int  # noqa: N815 - openpyxl's name
    numFmtId: int  # noqa: N815 - openpyxl's name


class _Styles(Protocol):
    """Where openpyxl 3.1 keeps the styles of a workbook; no public access exists."""

    _cell_styles: list[_Style]
    _fonts: list[_Font]
    _number_formats: list[str]
    _date_formats: set[int]
    _timedelta_formats: set[int]


class Workbook:
    """An opened .xlsx file whose sheets are read when asked for."""

    def __init__(self, file: IO[bytes], name: str, notes: tuple[Finding, ...] = ()) -> None:
        self._name = name
        self.notes = notes
        with self._reading():
            self._reader = self._open(file)
            self._paths = dict(self._sheet_paths())
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

    def _open(self, file: IO[bytes]) -> ExcelReader:
        """Everything of the package except the sheets; pictures and links are left alone."""
        reader = ExcelReader(file, read_only=True, data_only=True, keep_links=False)
        self._check_parts(reader)
        reader.read_manifest()
        reader.shared_strings = self._strings(reader)
        reader.read_workbook()
        apply_stylesheet(reader.archive, reader.wb)
        return reader

    def _check_parts(self, reader: ExcelReader) -> None:
        """Refuse parts that become trees of objects and are absurdly large."""
        for entry in reader.archive.infolist():
            if not _PARTS_HELD_WHOLE.fullmatch(entry.filename):
                continue
            if entry.file_size > MAX_PART or reader.archive.read(entry).count(b"<") > MAX_TAGS:
                raise self._too_large()

    def _strings(self, reader: ExcelReader) -> list[str]:
        """The table of shared strings, if the workbook has one."""
        part = reader.package.find(SHARED_STRINGS)  # type: ignore[no-untyped-call] # stub has none
        if not part:
            return []
        entry = reader.archive.getinfo(part.PartName[1:])
        with reader.archive.open(entry) as strings:
            return read_strings(Stream(strings, entry.file_size))

    def _sheet_paths(self) -> Iterator[tuple[SheetName, str]]:
        """Name and place of every worksheet; chart sheets hold no table."""
        known = set(self._reader.valid_files)
        for sheet, relation in self._reader.parser.find_sheets():
            if relation.target in known and "chartsheet" not in relation.Type:
                yield SheetName(sheet.name, sheet.state != "visible"), relation.target

    def _cell_styles(self) -> dict[int, CellStyle]:
        """Number format, font and strike by the style index of a cell."""
        book = cast(_Styles, self._reader.wb)
        styles = {}
        for index, style in enumerate(book._cell_styles):
            font = book._fonts[style.fontId]
            code = _format_code(style.numFmtId, book._number_formats)
            styles[index] = CellStyle(code, font.name or "", bool(font.strike))
        return styles

    def _read(self, name: str, path: str, rows: int | None, progress: Progress | None) -> Sheet:
        """Lines, merges and hidden columns in one pass over the sheet."""
        archive, epoch = self._reader.archive, self._reader.wb.epoch
        styles = cast(_Styles, self._reader.wb)
        with archive.open(path) as part:
            stream = Stream(part, archive.getinfo(path).file_size, progress)
            parser = RowParser(
                stream,
                self._reader.shared_strings,
                data_only=True,
                epoch=epoch,
                date_formats=styles._date_formats,
                timedelta_formats=styles._timedelta_formats,
            )
            scan = Scan(parser, stream)
            scan.run(rows)
        if scan.is_too_long:
            text = f"Trang tính “{name}” quá dài (hơn 20.000 dòng). Chia thành nhiều tệp."
            raise UnreadableFile(text, "too_large")
        hidden = tuple(sorted(scan.hidden_columns))
        return Sheet(name, tuple(scan.lines), self._styles, tuple(scan.merges), hidden, epoch)

    def _corrupt(self) -> UnreadableFile:
        text = f"Tệp “{self._name}” bị hỏng, không đọc được. Xin gửi lại tệp, hoặc mở bằng Excel"
        return UnreadableFile(f"{text} rồi lưu lại dạng .xlsx.", "corrupt")

    def _too_large(self) -> UnreadableFile:
        text = f"Tệp “{self._name}” bung ra quá lớn, không mở. Chép danh sách sang tệp mới."
        return UnreadableFile(text, "too_large")


def _format_code(number: int, own: list[str]) -> str:
    """A number format by its id: Excel's own, or one of the workbook."""
    if number < BUILTIN_FORMATS_MAX_SIZE:
        return builtin_format_code(number) or "General"
    return own[number - BUILTIN_FORMATS_MAX_SIZE]
