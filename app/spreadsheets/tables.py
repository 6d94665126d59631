"""The table on a sheet: its heading, its columns after the user's wishes, its people."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from app.spreadsheets import legacy_sheets
from app.spreadsheets.columns import Field
from app.spreadsheets.content import settled_columns
from app.spreadsheets.guess import SAMPLE, guess_header, header_without_name, with_contents
from app.spreadsheets.header import Header, find_header, find_nameless, header_at, undecided
from app.spreadsheets.layout import Body, read_body
from app.spreadsheets.legacy import LegacyChoice, LegacyQuestion
from app.spreadsheets.sheets import Sheet, column_of

Columns = dict[Field, int]

NO_HEADER = Header((), {}, {})


@dataclass(frozen=True)
class Wishes:
    """What the user says about a sheet; whatever is not said is found."""

    columns: Mapping[str, Field | None] = field(default_factory=dict)
    header_row: int | None = None  # the last row of the heading, 0 for a table without one
    legacy: LegacyChoice | None = None

    @property
    def places(self) -> dict[int, Field | None]:
        """The wished columns by number."""
        return {column_of(letter): wanted for letter, wanted in self.columns.items()}

    def applied(self, columns: Mapping[Field, int], header: Header | None = None) -> Columns:
        """Columns as found, with the wished ones in their places."""
        places = self.places
        wanted = {one: place for place, one in places.items() if one}
        found = dict(columns)
        for one, doubled in header.doubled if header else ():
            if one in found:
                free = (place for place in doubled if place not in places)
                found[one] = next(free, doubled[0])
        kept = {
            one: place for one, place in found.items() if one not in wanted and place not in places
        }
        return kept | wanted


@dataclass(frozen=True)
class Table:
    """A sheet with its heading, its columns and its people."""

    sheet: Sheet
    header: Header
    columns: Columns
    body: Body
    question: LegacyQuestion | None = None
    fault: str = ""  # the code of why it cannot be read before the user maps its columns
    fault_text: str = ""


def find_table(sheet: Sheet, wishes: Wishes) -> Table:
    """The table of a sheet; its `fault` says what the user has to answer first."""
    values, shape, question = _readable(sheet, wishes.legacy)
    found = _header(shape, wishes)
    header = replace(found, columns=wishes.applied(found.columns, found))
    if not header.has_name:
        return _unmapped(values, header, question)
    if said := undecided(header, wishes.places):
        columns = dict(header.columns)
        return Table(values, header, columns, Body(()), question, "needs_mapping", said)
    body = read_body(shape, header)
    if question:
        body = _as_written(body, values)
    columns = settled_columns(header, body.entries)
    if header.rows:
        lines = [entry.line for entry in body.entries[:SAMPLE]]
        columns = with_contents(columns, header.headings, lines)
    columns = wishes.applied(columns)
    return Table(values, header, columns, body, question)


def _unmapped(sheet: Sheet, header: Header, question: LegacyQuestion | None) -> Table:
    """A sheet on which no column of names is seen."""
    text = f"Không thấy cột “Họ và tên” trong trang tính “{sheet.name}”. Thêm dòng tiêu đề cột"
    said = f"{text} (STT, Họ và tên, Ngày sinh…), hoặc chỉ ra cột họ tên."
    return Table(sheet, header, dict(header.columns), Body(()), question, "no_name_column", said)


def has_people(sheet: Sheet) -> bool:
    """Whether a sheet, or its first rows, hold a heading and a person."""
    table = find_table(sheet, Wishes())
    return bool(table.body.entries) or table.fault == "needs_mapping"


def _readable(
    sheet: Sheet, choice: LegacyChoice | None
) -> tuple[Sheet, Sheet, LegacyQuestion | None]:
    """The sheet as Unicode, the same for finding the table in, and what is to be asked."""
    if choice is LegacyChoice.UNICODE:
        return sheet, sheet, None
    values = legacy_sheets.by_font(sheet)
    if choice:
        values = legacy_sheets.by_choice(values, choice)
        return values, values, None
    question = legacy_sheets.question(values)
    shape = legacy_sheets.by_choice(values, question.proposed) if question else values
    return values, shape, question


def _header(sheet: Sheet, wishes: Wishes) -> Header:
    """The heading the user points at, else the one that is found, else the columns guessed."""
    if wishes.header_row is not None:
        row = wishes.header_row
        found = header_at(sheet, row) or guess_header(sheet, row)
        return found or Header((row,) if row else (), {}, {})
    found = find_header(sheet) or header_without_name(sheet) or guess_header(sheet)
    return found or find_nameless(sheet) or NO_HEADER


def _as_written(body: Body, values: Sheet) -> Body:
    """The people with their texts as they stand in the file, marked where these look old."""
    lines = {line.number: line for line in values.lines}
    doubtful = legacy_sheets.doubtful_columns(values)
    entries = [
        replace(
            entry, line=legacy_sheets.mark_suspected(values, lines[entry.line.number], doubtful)
        )
        for entry in body.entries
    ]
    return replace(body, entries=tuple(entries))
