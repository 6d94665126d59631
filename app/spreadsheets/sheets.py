"""A sheet as plain values, whatever kind of file it came from."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from math import isfinite
from typing import Protocol

from app.errors import FileError
from app.spreadsheets.findings import Finding
from app.text import clean

MAX_ROWS = 20_000
MAX_COLUMNS = 200
MAX_BLANK_ROWS = 200

Value = str | int | float | bool | datetime | date | time | timedelta | None
Progress = Callable[[int, int], bool]
"""Told how much is done of how much; answers False to stop."""

ERROR_VALUES = frozenset(
    {"#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!", "#SPILL!", "#CALC!"}
)
_WHOLE = 10**15
"""Whole numbers up to this size are exact as floating point."""

EXCEL_EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001 - a sheet's dates have no time zone


class UnreadableFile(FileError):  # noqa: N818 - said to people, not raised as a bug
    """A file from which no roster can be read; `code` names the reason for programs."""

    def __init__(self, text: str, code: str) -> None:
        super().__init__(text)
        self.code = code


class ReadingCancelled(UnreadableFile):
    """The user stopped the reading."""

    def __init__(self) -> None:
        super().__init__("Đã hủy đọc tệp. Chưa có gì được ghi.", "cancelled")


class RichText(str):
    """A text whose runs name fonts of their own; "" is the font of the cell."""

    __slots__ = ("runs",)

    runs: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, runs: Iterable[tuple[str, str]]) -> "RichText":
        """The text of some runs, each a text and its font."""
        runs = tuple(runs)
        text = cls("".join(run for run, _ in runs))
        text.runs = runs
        return text


@dataclass(frozen=True)
class CellStyle:
    """What the look of a cell says about its value."""

    number_format: str = "General"
    font: str = ""
    struck: bool = False


PLAIN = CellStyle()


@dataclass(frozen=True)
class Merge:
    """A merged range; rows 1-based, columns 0-based, both ends included."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a sheet that holds something; columns count from 0.

    Texts among the values are clean and errors are blank; `written` keeps a text as it was where
    cleaning changed it.
    """

    number: int
    values: tuple[Value, ...]
    styles: tuple[int, ...] = ()
    hidden: bool = False
    written: dict[int, str] = field(default_factory=dict)
    legacy: str = ""
    """The code of what was done about text of old fonts."""

    def at(self, column: int) -> Value:
        """The value in a column, None where nothing stands."""
        return self.values[column] if column < len(self.values) else None

    def text(self, column: int) -> str:
        """The value in a column as clean text."""
        return as_text(self.at(column))


@dataclass(frozen=True)
class Sheet:
    """The lines of one sheet that hold something, in order."""

    name: str
    lines: tuple[Line, ...]
    styles: dict[int, CellStyle] = field(default_factory=dict)
    merges: tuple[Merge, ...] = ()
    hidden_columns: tuple[int, ...] = ()
    epoch: datetime = EXCEL_EPOCH

    def style(self, line: Line, column: int) -> CellStyle:
        """How a cell looks."""
        index = line.styles[column] if column < len(line.styles) else 0
        return self.styles.get(index, PLAIN)


@dataclass(frozen=True)
class SheetName:
    """A sheet by name, and whether Excel shows it."""

    name: str
    hidden: bool = False


class Book(Protocol):
    """A file of sheets: what every kind of reader offers."""

    sheets: tuple[SheetName, ...]
    notes: tuple[Finding, ...]

    def read(self, name: str, rows: int | None = None, progress: Progress | None = None) -> Sheet:
        """One sheet, or its first `rows` rows."""
        ...


class LineMaker:
    """Makes lines of raw values; each different text is cleaned once."""

    def __init__(self) -> None:
        self._clean: dict[str, str] = {}

    def line(
        self, number: int, raw: Sequence[Value], styles: Sequence[int] = (), *, hidden: bool = False
    ) -> Line:
        """A line with clean texts and blank errors."""
        values = [self._tidy(value) if isinstance(value, str) else value for value in raw]
        written = {
            column: value
            for column, value in enumerate(raw)
            if isinstance(value, str) and (value != values[column] or type(value) is not str)
        }
        return Line(number, tuple(values), tuple(styles), hidden, written)

    def _tidy(self, text: str) -> str | None:
        """The clean text, None for nothing and for an error of Excel."""
        tidy = self._clean.get(text)
        if tidy is None:
            tidy = self._clean[text] = clean(text)
        return None if not tidy or tidy in ERROR_VALUES else tidy


def as_text(value: Value) -> str:
    """A value of a line as text; whole numbers without a decimal point, dates day first."""
    if isinstance(value, str):
        return value
    if value is None or isinstance(value, bool):
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, date):
        return f"{value.day:02d}/{value.month:02d}/{value.year:04d}"
    return str(value)


def plain_number(amount: float) -> int | float | None:
    """A number as openpyxl would give it: whole ones whole, what is none as None."""
    if not isfinite(amount):
        return None
    return int(amount) if amount.is_integer() and abs(amount) < _WHOLE else amount


def letter(column: int) -> str:
    """The letters Excel shows for a column that counts from 0."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def column_of(name: str) -> int:
    """The column, counting from 0, that Excel shows under these letters."""
    number = 0
    for one in name.upper():
        number = number * 26 + ord(one) - 64
    return number - 1
