"""What only the contents of a column tell: a split name, an ambiguous heading, swapped dates."""

from collections.abc import Iterator
from datetime import date

from app.spreadsheets.births import has_digit, read_birth
from app.spreadsheets.columns import Field, squash
from app.spreadsheets.header import Header
from app.spreadsheets.layout import Entry
from app.spreadsheets.rows import RosterProblem
from app.spreadsheets.sheets import Value
from app.text import fold

_PARTS = frozenset({Field.FAMILY_MIDDLE, Field.MIDDLE, Field.GIVEN})
_BIRTHS = frozenset({Field.BORN, Field.BIRTH_YEAR, Field.BORN_MALE, Field.BORN_FEMALE})
_SEXES = frozenset({"nam", "nu"})
_SHARE = 0.8
_FEWEST_DATES = 3
_MONTHS = 12

Entries = tuple[Entry, ...]


def settled_columns(header: Header, entries: Entries) -> dict[Field, int]:
    """The columns of a table after a look at what stands in them."""
    columns = _with_births_of_each_sex(_with_people_or_phone(header, entries), entries)
    whole = columns.get(Field.FULL_NAME)
    if whole is None:
        return columns
    if {Field.FAMILY_MIDDLE, Field.GIVEN} <= columns.keys():
        return _with_whole_or_parts(columns, entries)
    beside = columns.pop(Field.GIVEN, whole + 1)
    is_free = beside not in columns.values() and not header.headings.get(beside)
    is_given = header.columns.get(Field.GIVEN) == beside
    if (is_free or is_given) and _holds_given_names(whole, beside, entries):
        del columns[Field.FULL_NAME]
        columns |= {Field.FAMILY_MIDDLE: whole, Field.GIVEN: beside}
    return columns


def swapped_dates(columns: dict[Field, int], entries: Entries) -> Iterator[RosterProblem]:
    """Dates that an Excel set to month/day/year may have turned round while they were typed.

    Such an Excel takes 05/06 for May 6 and leaves 25/06 as text. When every real date has a day
    up to 12 and every text has one above, that is what happened.
    """
    column = columns.get(Field.BORN)
    if column is None or not any(isinstance(entry.line.at(column), date) for entry in entries):
        return
    days = [(entry.line.number, *_day(entry.line.at(column))) for entry in entries]
    real = [row for row, day, is_real in days if day and is_real]
    typed = [row for row, day, is_real in days if day and not is_real]
    is_parted = all((day <= _MONTHS) == is_real for _, day, is_real in days if day)
    if is_parted and min(len(real), len(typed)) >= _FEWEST_DATES:
        text = "Excel có thể đã đảo ngày và tháng của ngày sinh này. Đối chiếu với bản gốc."
        for row in real:
            yield RosterProblem(row, Field.BORN.value, text, "birth_date_uncertain")


def _day(value: Value) -> tuple[int, bool]:
    """The day of the month in a cell, 0 if none, and whether Excel takes it for a date."""
    born = read_birth(value).value
    return (born.day or 0) if born else 0, isinstance(value, date)


def _with_people_or_phone(header: Header, entries: Entries) -> dict[Field, int]:
    """The heading "DT" stands for điện thoại or for dân tộc: the digits decide."""
    columns = dict(header.columns)
    column = columns.get(Field.PHONE, -1)
    is_open = squash(header.headings.get(column, "")) == "dt" and Field.ETHNICITY not in columns
    if is_open and not any(has_digit(entry.line.at(column)) for entry in entries):
        columns[Field.ETHNICITY] = columns.pop(Field.PHONE)
        if others := dict(header.doubled).get(Field.PHONE, ())[1:]:
            columns[Field.PHONE] = others[0]
    return columns


def _with_whole_or_parts(columns: dict[Field, int], entries: Entries) -> dict[Field, int]:
    """A name written whole and in parts is read once: whole, unless nothing stands there."""
    whole = columns[Field.FULL_NAME]
    is_whole = any(entry.line.text(whole) for entry in entries)
    left_out = _PARTS if is_whole else {Field.FULL_NAME}
    return {field: column for field, column in columns.items() if field not in left_out}


def _with_births_of_each_sex(columns: dict[Field, int], entries: Entries) -> dict[Field, int]:
    """Columns "Nam" and "Nữ" hold ticks, or the births of the men and of the women."""
    marks = {Field.MALE_MARK: Field.BORN_MALE, Field.FEMALE_MARK: Field.BORN_FEMALE}
    if not marks.keys() <= columns.keys() or columns.keys() & _BIRTHS:
        return columns
    places = [columns[mark] for mark in marks]
    said = [value for entry in entries for place in places if (value := entry.line.at(place))]
    born = [value for value in said if read_birth(value).value]
    if len(born) <= _SHARE * len(said):
        return columns
    return {marks.get(field, field): column for field, column in columns.items()}


def _holds_given_names(whole: int, beside: int, entries: Entries) -> bool:
    """Whether nearly every row has one word beside that is not the name's own last word."""
    pairs = [(entry.line.text(whole), entry.line.text(beside)) for entry in entries]
    given = [(family, word) for family, word in pairs if word.isalpha() and _is_new(family, word)]
    words = {fold(word) for _, word in given}
    return len(given) >= max(1, _SHARE * len(pairs)) and bool(words - _SEXES)


def _is_new(family: str, word: str) -> bool:
    """Whether the word adds to the name instead of repeating its end."""
    return len(word) > 1 and family.rpartition(" ")[2].casefold() != word.casefold()
