"""Finding the heading of a table: one to four rows, merged or not, below title rows."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from app.spreadsheets.columns import (
    Field,
    field_below,
    field_nearly,
    field_of,
    read_together,
    squash,
)
from app.spreadsheets.findings import shown
from app.spreadsheets.sheets import Line, Sheet, letter

SEARCHED_LINES = 80
MAX_HEADER_ROWS = 4
_NEAR = 4
_NAMES = frozenset({Field.FULL_NAME, Field.GIVEN})
_MUST_BE_ONE = (
    *(Field.FULL_NAME, Field.GIVEN, Field.BORN, Field.BIRTH_YEAR),
    *(Field.IDENTITY_NUMBER, Field.OLD_IDENTITY_NUMBER),
)


@dataclass(frozen=True)
class Header:
    """Where a table begins and what its columns hold."""

    rows: tuple[int, ...]
    columns: dict[Field, int]
    headings: dict[int, str]
    doubled: tuple[tuple[Field, tuple[int, ...]], ...] = ()

    @property
    def has_name(self) -> bool:
        """Whether a column holds the name or a part of it."""
        return bool(self.columns.keys() & _NAMES)

    @property
    def last_row(self) -> int:
        """The last row of the heading; 0 for a table without one."""
        return self.rows[-1] if self.rows else 0

    def repeats(self, line: Line) -> bool:
        """Whether a line is this heading once more."""
        if not any(self._says(column, line.text(column)) for column in self._name_columns):
            return False
        filled = [column for column in range(len(line.values)) if line.text(column)]
        same = [column for column in filled if self._says(column, line.text(column))]
        return len(same) >= 2 and len(same) * 10 >= len(filled) * 6

    @property
    def _name_columns(self) -> list[int]:
        return [self.columns[field] for field in _NAMES if field in self.columns]

    def _says(self, column: int, text: str) -> bool:
        """Whether the heading of a column contains this text as one of its rows."""
        own = self.headings.get(column, "")
        return bool(own and text) and squash(text) in {squash(part) for part in own.split("\n")}


@dataclass(frozen=True)
class _Candidate:
    """A group of lines that may be a heading, with what it would name."""

    start: int
    lines: tuple[Line, ...]
    fields: dict[int, Field]

    @property
    def names(self) -> set[Field]:
        return set(self.fields.values())

    @property
    def sure_names(self) -> set[Field]:
        """The fields whose headings cannot be taken for what stands below one."""
        return self.names - {Field.MALE_MARK, Field.FEMALE_MARK, Field.NOTE}

    @property
    def is_heading(self) -> bool:
        """Whether it names a person's name and anything else, or a name and nothing else."""
        filled = sum(len([value for value in line.values if value]) for line in self.lines)
        return bool(self.names & _NAMES) and (len(self.names) > 1 or filled == 1)

    @property
    def rank(self) -> tuple[int, int, int]:
        """More fields first, then fewer rows, then higher up."""
        return -len(self.names), len(self.lines), self.start


def find_header(sheet: Sheet, start: int = 0) -> Header | None:
    """The heading of the first table at or below the line with index `start`."""
    lines = sheet.lines[start : start + SEARCHED_LINES]
    candidates = [one for one in _candidates(lines) if one.is_heading]
    if not candidates:
        return None
    first_end = min(one.start + len(one.lines) for one in candidates)
    near = [one for one in candidates if one.start + len(one.lines) < first_end + _NEAR]
    return _header(min(near, key=lambda one: one.rank))


def find_nameless(sheet: Sheet) -> Header | None:
    """The best heading that names several columns, yet none that could be a person's name."""
    found = [one for one in _candidates(sheet.lines[:SEARCHED_LINES]) if len(one.sure_names) > 1]
    return _header(min(found, key=lambda one: one.rank)) if found else None


def header_at(sheet: Sheet, row: int) -> Header | None:
    """The heading that ends in a row; None when no cell of it names anything."""
    above = lines_above(sheet, row)
    endings = [above[start:] for start in range(len(above))]
    candidates = [_Candidate(0, tuple(lines), _fields(lines)) for lines in endings]
    named = [one for one in candidates if one.names]
    return _header(min(named, key=lambda one: one.rank)) if row and named else None


def lines_above(sheet: Sheet, row: int) -> tuple[Line, ...]:
    """The lines that may be the heading that ends in a row."""
    return tuple(line for line in sheet.lines if row - MAX_HEADER_ROWS < line.number <= row)


def undecided(header: Header, decided: Mapping[int, object]) -> str:
    """What to say when two columns could both be the name; empty when there is no such doubt."""
    for field, columns in header.doubled:
        if field in _MUST_BE_ONE and not any(column in decided for column in columns):
            places = ", ".join(letter(column) for column in columns)
            heading = shown(header.headings[columns[0]].replace("\n", " "))
            text = f"Có {len(columns)} cột cùng tên {heading} (cột {places}), chưa rõ cột nào của"
            return f"{text} học viên. Chọn cột, hoặc đổi tên hay xóa cột thừa trong tệp."
    return ""


def _candidates(lines: Sequence[Line]) -> Iterator[_Candidate]:
    """Every group of one to four lines that lie close together."""
    for start in range(len(lines)):
        for height in range(1, MAX_HEADER_ROWS + 1):
            group = tuple(lines[start : start + height])
            if len(group) == height and group[-1].number - group[0].number < MAX_HEADER_ROWS:
                yield _Candidate(start, group, _fields(group))


def _fields(lines: Sequence[Line]) -> dict[int, Field]:
    """The field of each column that a group of lines names."""
    found = {}
    for column, stack in _stacks(lines).items():
        if field := _stack_field(stack):
            found[column] = field
    return read_together(found)


def _stacks(lines: Sequence[Line]) -> dict[int, tuple[str, ...]]:
    """Per column its heading texts from the top; a heading also covers blank cells to its right."""
    width = max(len(line.values) for line in lines)
    stacks: dict[int, tuple[str, ...]] = dict.fromkeys(range(width), ())
    for place, line in enumerate(lines):
        spanning = ""
        for column in range(width):
            text = _heading(line, column)
            spanning = text or spanning
            if text:
                stacks[column] += (text,)
            elif spanning and any(_heading(below, column) for below in lines[place + 1 :]):
                stacks[column] += (spanning,)
    return stacks


def _heading(line: Line, column: int) -> str:
    """The text of a heading cell; numbers and dates are no headings."""
    return line.text(column) if isinstance(line.at(column), str) else ""


def _stack_field(stack: tuple[str, ...]) -> Field | None:
    """The field that headings one below the other name together, else the lowest alone."""
    for start in range(len(stack) - 1):
        above = " ".join(stack[start:-1])
        if found := field_below(field_of(above), stack[-1]) or field_of(f"{above} {stack[-1]}"):
            return found
    return field_of(stack[-1]) if stack else None


def _header(chosen: _Candidate) -> Header:
    """The header of a chosen candidate, with what it names twice."""
    stacks = {column: stack for column, stack in _stacks(chosen.lines).items() if stack}
    headings = {column: "\n".join(stack) for column, stack in stacks.items()}
    places: dict[Field, list[int]] = {}
    for column, field in (chosen.fields | _misspelt(chosen, stacks)).items():
        places.setdefault(field, []).append(column)
    doubled = tuple((field, tuple(found)) for field, found in places.items() if len(found) > 1)
    columns = {field: found[0] for field, found in places.items()}
    rows = tuple(range(chosen.lines[0].number, chosen.lines[-1].number + 1))
    return Header(rows, _settle(columns), headings, doubled)


def _misspelt(chosen: _Candidate, stacks: Mapping[int, tuple[str, ...]]) -> dict[int, Field]:
    """The columns whose headings are nearly those of fields that are not there."""
    found = {}
    for column, stack in stacks.items():
        field = field_nearly(stack[-1])
        if field and column not in chosen.fields and field not in chosen.names | _NAMES:
            found[column] = field
    return found


def _settle(columns: dict[Field, int]) -> dict[Field, int]:
    """A lone "Tên" is the whole name; a lone "Năm sinh" is the birth date."""
    settled = dict(columns)
    parts = {Field.FULL_NAME, Field.FAMILY_MIDDLE, Field.MIDDLE}
    if Field.GIVEN in settled and not settled.keys() & parts:
        settled[Field.FULL_NAME] = settled.pop(Field.GIVEN)
    births = {Field.BORN, Field.BORN_MALE, Field.BORN_FEMALE, Field.BIRTH_DAY, Field.BIRTH_MONTH}
    if Field.BIRTH_YEAR in settled and not settled.keys() & births:
        settled[Field.BORN] = settled.pop(Field.BIRTH_YEAR)
    return settled
