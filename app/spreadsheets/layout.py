"""Which row of a sheet is what: people, group rows that give the unit, totals, signatures."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from app.spreadsheets import furniture
from app.spreadsheets.births import has_digit, read_birth
from app.spreadsheets.columns import Field, field_of
from app.spreadsheets.header import Header
from app.spreadsheets.sheets import Line, Sheet, Value, as_text

_NAMES = (Field.FULL_NAME, Field.FAMILY_MIDDLE, Field.MIDDLE, Field.GIVEN)
_BIRTHS = (Field.BORN, Field.BORN_MALE, Field.BORN_FEMALE, Field.BIRTH_YEAR)


class Kind(Enum):
    """What a row of a sheet is."""

    PERSON = auto()
    NAME_ONLY = auto()
    NAMELESS = auto()
    GROUP = auto()
    TOTAL = auto()
    SIGNATURE = auto()
    TITLE = auto()
    NEW_TABLE = auto()
    OTHER = auto()


_PEOPLE = frozenset({Kind.PERSON, Kind.NAMELESS})
_CLOSING = frozenset({Kind.SIGNATURE, Kind.TITLE})


@dataclass(frozen=True)
class Entry:
    """A row that is a person, with the unit its group row gives."""

    line: Line
    unit: str = ""


@dataclass(frozen=True)
class Body:
    """The people of a table, and the rows below it that look like people of another one."""

    entries: tuple[Entry, ...]
    left_out: tuple[int, ...] = ()


def read_body(sheet: Sheet, header: Header) -> Body:
    """The rows of the table below a heading."""
    lines = [line for line in sheet.lines if line.number > header.last_row]
    kinds = [(line, kind_of(line, header)) for line in lines]
    if not header.rows:
        kinds = _without_titles(kinds)
    end = _end(kinds, header)
    left_out = tuple(line.number for line, kind in kinds[end:] if kind in _PEOPLE)
    return Body(tuple(_entries(kinds[:end])), left_out)


def _without_titles(kinds: list[tuple[Line, Kind]]) -> list[tuple[Line, Kind]]:
    """The rows of a table without a heading: of what stands above it, only groups count."""
    first = next((place for place, (_, kind) in enumerate(kinds) if kind in _PEOPLE), 0)
    return [one for one in kinds[:first] if one[1] is Kind.GROUP] + kinds[first:]


def kind_of(line: Line, header: Header) -> Kind:
    """What one row is, seen alone."""
    name = _name(line, header)
    is_numbered = is_number(_cell(line, header, Field.NUMBER))
    if is_numbered and name and not name.strip("()").isdecimal():
        return Kind.PERSON if _evidence(line, header) else _counted(name)
    texts = [text for text in map(as_text, line.values) if text]
    if not texts or furniture.says_nothing(texts) or header.repeats(line):
        return Kind.OTHER
    if _is_other_heading(line, header):
        return Kind.NEW_TABLE
    if is_numbered:
        return Kind.NAMELESS if _evidence(line, header) else Kind.OTHER
    if found := _furniture(texts, line, header):
        return found
    evidence = _evidence(line, header)
    if not name:
        return Kind.NAMELESS if evidence >= 2 else Kind.OTHER
    if not evidence and field_of(name) in _NAMES:
        return Kind.NEW_TABLE
    if not evidence and furniture.is_surely_unit(name):
        return Kind.GROUP
    return Kind.PERSON if evidence else Kind.NAME_ONLY


def _counted(name: str) -> Kind:
    """What a row is that has a number and one text."""
    if furniture.is_surely_total(name):
        return Kind.TOTAL
    return Kind.GROUP if furniture.is_surely_unit(name) else Kind.PERSON


def _furniture(texts: Sequence[str], line: Line, header: Header) -> Kind | None:
    """What a row without an STT is when it is no person."""
    if any(map(furniture.is_total, texts[:2])) and not _is_born(line, header):
        return Kind.TOTAL
    if len(texts) == 1 and furniture.is_title(texts[0]):
        return Kind.TITLE
    if _is_signature(texts, line, header):
        return Kind.SIGNATURE
    return Kind.GROUP if _is_group(texts, line, header) else None


def is_number(value: Value) -> bool:
    """Whether a cell of the STT column holds a number."""
    return as_text(value).rstrip(".)").isdecimal()


def _entries(kinds: Sequence[tuple[Line, Kind]]) -> Iterator[Entry]:
    """The people, each with the unit of the group row above."""
    unit = ""
    is_closed = False
    for line, kind in kinds:
        is_closed = kind in _CLOSING or (is_closed and kind not in _PEOPLE)
        if kind is Kind.GROUP:
            unit = furniture.group_unit(_group_text(line))
        elif kind in _PEOPLE or (kind is Kind.NAME_ONLY and not is_closed):
            yield Entry(line, unit)


def _group_text(line: Line) -> str:
    """The text of a group row that names the unit."""
    words = furniture.group_words(text for text in map(as_text, line.values) if text)
    return next(filter(furniture.is_surely_unit, words), max(words, key=len))


def _end(kinds: Sequence[tuple[Line, Kind]], header: Header) -> int:
    """One past the last row of the table: what follows a signature must go on counting."""
    end = last_number = 0
    is_closed = any_person = False
    for place, (line, kind) in enumerate(kinds):
        is_closed = is_closed or kind in _CLOSING
        if kind is Kind.NEW_TABLE:
            break
        if kind not in _PEOPLE:
            continue
        number = _number(line, header)
        if is_closed and any_person and number != last_number + 1:
            break
        is_closed, any_person = False, True
        end, last_number = place + 1, number or last_number
    return _with_bare_names(kinds, end) if any_person else _end_of_names(kinds)


def _with_bare_names(kinds: Sequence[tuple[Line, Kind]], end: int) -> int:
    """Names without anything else still belong to the table while no row lies between."""
    while end < len(kinds) and kinds[end][1] is Kind.NAME_ONLY:
        if kinds[end][0].number != kinds[end - 1][0].number + 1:
            break
        end += 1
    return end


def _end_of_names(kinds: Sequence[tuple[Line, Kind]]) -> int:
    """The end of a table that holds nothing but names: where it is closed."""
    for place, (_, kind) in enumerate(kinds):
        if kind in _CLOSING or kind in (Kind.TOTAL, Kind.NEW_TABLE):
            return place
    return len(kinds)


def _evidence(line: Line, header: Header) -> int:
    """How much beside a name says that a row is a person."""
    numbers = (Field.IDENTITY_NUMBER, Field.OLD_IDENTITY_NUMBER, Field.PHONE, Field.CODE)
    with_digits = (*_BIRTHS, *numbers)
    found = sum(has_digit(_cell(line, header, field)) for field in with_digits)
    skipped = {*with_digits, Field.NUMBER, *_NAMES}
    others = [field for field in header.columns if field not in skipped]
    filled = sum(bool(as_text(_cell(line, header, field))) for field in others)
    return found * 2 + filled // 2


def _is_born(line: Line, header: Header) -> bool:
    """Whether a birth date stands where it belongs; a count is none."""
    return read_birth(_cell(line, header, Field.BORN)).value is not None


def _name(line: Line, header: Header) -> str:
    """What stands in the name columns."""
    return " ".join(filter(None, (as_text(_cell(line, header, field)) for field in _NAMES)))


def _cell(line: Line, header: Header, field: Field) -> Value:
    """The value of a field in a row; None when the table has no such column."""
    column = header.columns.get(field)
    return None if column is None else line.at(column)


def _number(line: Line, header: Header) -> int:
    """The STT of a row, 0 when it has none."""
    value = _cell(line, header, Field.NUMBER)
    return int(as_text(value).rstrip(".)")) if is_number(value) else 0


def _is_other_heading(line: Line, header: Header) -> bool:
    """Whether a row is the heading of another table, which may not be of people."""
    if field_of(as_text(_cell(line, header, Field.NUMBER))) is not Field.NUMBER:
        return False
    return len({field_of(text) for text in map(as_text, line.values)} - {None}) > 1


def _is_signature(texts: Sequence[str], line: Line, header: Header) -> bool:
    """Whether a row begins or belongs to the signature block."""
    births = [line.text(header.columns[field]) for field in _BIRTHS if field in header.columns]
    if any(has_digit(born) and not furniture.is_place_and_date(born) for born in births):
        return False
    return furniture.is_signature(texts)


def _is_group(texts: Sequence[str], line: Line, header: Header) -> bool:
    """Whether a row is one text that names a unit, with or without a numeral before it."""
    words = furniture.group_words(texts)
    if len(words) != 1 or has_digit(_cell(line, header, Field.BORN)):
        return False
    if len(words) < len(texts) and furniture.is_group_mark(texts[0]):
        return True
    in_name = _name(line, header) == words[0]
    is_apart = bool(header.rows) and not in_name and _first(line) <= _name_column(header)
    return furniture.names_unit(words[0]) or is_apart


def _first(line: Line) -> int:
    """The first column that holds something."""
    return next(column for column in range(len(line.values)) if line.text(column))


def _name_column(header: Header) -> int:
    """The first column of the name."""
    return min(header.columns[field] for field in _NAMES if field in header.columns)
