"""Text files as tables: .csv and .txt of any encoding and delimiter, and text that is pasted."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from typing import Literal

from app.spreadsheets.columns import field_of
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

DELIMITERS = ";,\t|"
SAMPLE_RECORDS = 60
LONGEST_QUOTED = 30
"""Lines that one quoted field may span; a quote never closed would swallow the people below."""

_ENDLESS_LINE = re.compile(r"[^\r\n]{200001}")
_TOO_WIDE = "Tệp văn bản có ô quá dài, không đọc được. Mở bằng Excel rồi lưu lại dạng .xlsx."
SEPARATOR_LINE = re.compile(r"sep=(.)\r?\n?", re.IGNORECASE)
_FORMULA_TEXT = re.compile(r'="(.*)"', re.DOTALL)
_FIELD_SIZE = 1_000_000

Record = list[str]


class TextTable:
    """A text file as a book of one sheet."""

    def __init__(self, data: bytes, name: str, notes: tuple[Finding, ...] = ()) -> None:
        self._text = decode(data)
        if _ENDLESS_LINE.search(self._text):
            raise UnreadableFile(_TOO_WIDE, "corrupt")
        self.sheets: tuple[SheetName, ...] = (SheetName(name),)
        self.notes = notes

    def read(self, name: str, rows: int | None = None, progress: Progress | None = None) -> Sheet:
        """The only sheet, or its first `rows` records."""
        deadline = Deadline(len(self._text), progress)
        return Sheet(name, tuple(_lines(self._text, rows, deadline)))


def _lines(text: str, rows: int | None, deadline: Deadline) -> Iterator[Line]:
    """The records that hold something; the number of a line is the number of its record."""
    maker = LineMaker()
    last = done = 0
    for number, record in enumerate(_records(text), start=1):
        done += sum(map(len, record)) + len(record)
        if number % SAMPLE_RECORDS == 1:
            deadline.check(done)
        if number > MAX_ROWS:
            said = "Tệp quá dài (hơn 20.000 dòng). Chia thành nhiều tệp."
            raise UnreadableFile(said, "too_large")
        if number - last > MAX_BLANK_ROWS or (rows and number > rows):
            break
        line = maker.line(number, [_value(cell) for cell in record[:MAX_COLUMNS]])
        if any(value is not None for value in line.values):
            last = number
            yield line
    deadline.check(len(text))


def _value(cell: str) -> str:
    """What a cell says; Excel's ="0912" keeps a zero and is no formula."""
    text = _FORMULA_TEXT.fullmatch(cell) if cell.startswith("=") else None
    return text[1].replace('""', '"') if text else cell


def _records(text: str) -> Iterator[Record]:
    """Every record; the line that only names the separator is one, as in Excel."""
    named = SEPARATOR_LINE.match(text)
    if named:
        yield []
        text = text[named.end() :]
    delimiter = named[1] if named else _delimiter(text)
    yield from _parsed(text, delimiter, is_quoted=_quotes_close(text, delimiter))


def _parsed(text: str, delimiter: str, *, is_quoted: bool = True) -> Iterator[Record]:
    """The records of a text whose delimiter is known."""
    quoting: Literal[0, 3] = csv.QUOTE_MINIMAL if is_quoted else csv.QUOTE_NONE
    csv.field_size_limit(_FIELD_SIZE)
    lines = io.StringIO(text, newline="")
    try:
        yield from csv.reader(lines, delimiter=delimiter, quoting=quoting)
    except csv.Error as error:
        raise UnreadableFile(_TOO_WIDE, "corrupt") from error


def _quotes_close(text: str, delimiter: str) -> bool:
    """Whether quotes stand in pairs: none opens a field that runs over half of the file."""
    if '"' not in text:
        return True
    records = _parsed(text, delimiter)
    return all(cell.count("\n") < LONGEST_QUOTED for record in records for cell in record)


def _delimiter(text: str) -> str:
    """The delimiter that finds most headings, else the one that cuts records evenly."""
    start = "\n".join(text[:200_000].splitlines()[:SAMPLE_RECORDS])
    return max(DELIMITERS, key=lambda one: _fitness(start, one))


def _fitness(start: str, delimiter: str) -> tuple[int, int, int]:
    """How well a delimiter cuts the first records: headings named, equal widths, width."""
    records = [record for record in _parsed(start, delimiter) if any(record)]
    named = max((_headings(record) for record in records), default=0)
    widths = Counter(len(record) for record in records if len(record) > 1)
    width, count = widths.most_common(1)[0] if widths else (0, 0)
    return named, count, width


def _headings(record: Record) -> int:
    """How many different fields the cells of a record name."""
    return len({field for cell in record[:MAX_COLUMNS] if (field := field_of(cell[:100]))})
