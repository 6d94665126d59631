"""Columns of a table without a heading, from what stands in them; the guess is always told."""

import csv
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import cache

from app.paths import resources
from app.spreadsheets.births import EARLIEST_YEAR, LATEST_YEAR, has_digit, read_date
from app.spreadsheets.columns import Field
from app.spreadsheets.header import Header, find_nameless
from app.spreadsheets.identity import LENGTH
from app.spreadsheets.sheets import Line, Sheet, Value, as_text
from app.spreadsheets.values import is_people, read_sex

SAMPLE = 200
FEWEST_ROWS = 3
_SHARE = 0.7
_SURE_SHARE = 0.9


Test = Callable[[Value], bool]


def guess_header(sheet: Sheet, header_row: int = 0) -> Header | None:
    """The columns of people below a row, by what stands in them; None when no names are seen."""
    lines = _below(sheet, header_row)
    if len(lines) < FEWEST_ROWS:
        return None
    columns = _names(lines)
    if not columns:
        return None
    columns = _others(lines, columns)
    rows = (header_row,) if header_row else ()
    above = next((line for line in sheet.lines if line.number == header_row), None)
    texts = {place: above.text(place) for place in range(_width(lines))} if above else {}
    headings = {place: text for place, text in texts.items() if text}
    return Header(rows, columns | _unit(lines, columns), headings)


def header_without_name(sheet: Sheet) -> Header | None:
    """A heading with an unknown word for the name, when names stand below that word."""
    header = find_nameless(sheet)
    lines = _below(sheet, header.last_row) if header else []
    if header is None or not lines:
        return None
    names = _names(lines)
    if not names or set(names.values()) & set(header.columns.values()):
        return None
    return replace(header, columns=names | header.columns)


def with_contents(
    columns: dict[Field, int], headings: Mapping[int, str], lines: Sequence[Line]
) -> dict[Field, int]:
    """The columns, with those without a known heading whose contents leave no doubt."""
    found = dict(columns)
    if len(lines) < FEWEST_ROWS:
        return found
    for column in range(_width(lines)):
        if column in found.values():
            continue
        fields = _UNHEADED if not headings.get(column) else _UNMISTAKABLE
        for field in fields:
            taken = _SAME.get(field, {field}) & found.keys()
            if not taken and _share(lines, column, TESTS[field]) >= _SURE_SHARE:
                found[field] = column
                break
    return found


def _below(sheet: Sheet, row: int) -> list[Line]:
    """The first lines below a row; titles and signatures are shorter than rows of a table."""
    lines = [line for line in sheet.lines if line.number > row][:SAMPLE]
    filled = [sum(value is not None for value in line.values) for line in lines]
    most = max(filled, default=0)
    return [line for line, count in zip(lines, filled, strict=True) if count * 2 >= most]


def _others(lines: Sequence[Line], columns: dict[Field, int]) -> dict[Field, int]:
    """The columns, with those that their contents tell beyond doubt."""
    columns = dict(columns)
    for field, test in TESTS.items():
        free = [column for column in range(_width(lines)) if column not in columns.values()]
        place = next((column for column in free if _share(lines, column, test) >= _SHARE), None)
        if place is not None:
            columns[field] = place
    return columns


def _names(lines: Sequence[Line]) -> dict[Field, int]:
    """The column, or the two columns, of the names."""
    for column in range(_width(lines)):
        if _share(lines, column, _begins_like_a_name) < _SHARE:
            continue
        if _share(lines, column + 1, _is_word) >= _SHARE and _is_varied(lines, column + 1):
            return {Field.FAMILY_MIDDLE: column, Field.GIVEN: column + 1}
        if _share(lines, column, _is_several_words) >= _SHARE:
            return {Field.FULL_NAME: column}
    return {}


def _unit(lines: Sequence[Line], columns: dict[Field, int]) -> dict[Field, int]:
    """The first other column of words that repeat is where people come from."""
    for column in range(_width(lines)):
        texts = [line.text(column) for line in lines if line.text(column)]
        is_free = column not in columns.values() and len(texts) >= _SHARE * len(lines)
        if is_free and len(set(texts)) <= _SHARE * len(texts) and any(map(_has_letter, texts)):
            return {Field.UNIT: column}
    return {}


def _width(lines: Sequence[Line]) -> int:
    return max(len(line.values) for line in lines)


def _share(lines: Sequence[Line], column: int, test: Test) -> float:
    """The share of rows whose cell passes a test."""
    return sum(test(line.at(column)) for line in lines) / len(lines)


def _is_varied(lines: Sequence[Line], column: int) -> bool:
    """Whether a column is neither of sexes nor of peoples."""
    words = {line.text(column) for line in lines if line.text(column)}
    return any(read_sex(word).value is None and not is_people(word) for word in words)


def _begins_like_a_name(value: Value) -> bool:
    words = as_text(value).split()
    return bool(words) and words[0].casefold() in _family_names() and not has_digit(value)


@cache
def _family_names() -> frozenset[str]:
    """Family names common in the country and in the northern mountains, in lower case."""
    with (resources() / "reference" / "ho.csv").open(encoding="utf-8", newline="") as file:
        return frozenset(row["ho"].casefold() for row in csv.DictReader(file))


def _is_word(value: Value) -> bool:
    return as_text(value).isalpha()


def _is_several_words(value: Value) -> bool:
    return " " in as_text(value)


def _has_letter(text: str) -> bool:
    return any(letter.isalpha() for letter in text)


def _is_birth(value: Value) -> bool:
    born = read_date(value).value
    return born is not None and EARLIEST_YEAR <= born.year <= LATEST_YEAR


def _is_identity(value: Value) -> bool:
    text = as_text(value)
    return text.isdecimal() and LENGTH - 1 <= len(text) <= LENGTH


def _is_phone(value: Value) -> bool:
    text = as_text(value).replace(" ", "").replace(".", "")
    return text.isdecimal() and (len(text) == 9 or (len(text) == 10 and text[0] == "0"))


def _is_small_number(value: Value) -> bool:
    text = as_text(value)
    return text.isdecimal() and 0 < int(text) <= SAMPLE


def _is_code(value: Value) -> bool:
    text = as_text(value)
    return len(text) > 3 and has_digit(value) and text.isalnum()


TESTS: dict[Field, Test] = {
    Field.BORN: _is_birth,
    Field.SEX: lambda value: read_sex(value).value is not None,
    Field.ETHNICITY: lambda value: is_people(as_text(value)),
    Field.IDENTITY_NUMBER: _is_identity,
    Field.PHONE: _is_phone,
    Field.NUMBER: _is_small_number,
    Field.CODE: _is_code,
}
"""How the cells of a column are told by their contents, the surest first."""

_UNHEADED = (Field.BORN, Field.SEX, Field.ETHNICITY, Field.IDENTITY_NUMBER, Field.PHONE)
_UNMISTAKABLE = (Field.SEX, Field.ETHNICITY)
_SAME = {
    Field.BORN: {
        *(Field.BORN, Field.BIRTH_YEAR, Field.BIRTH_DAY, Field.BIRTH_MONTH),
        *(Field.BORN_MALE, Field.BORN_FEMALE),
    },
    Field.SEX: {
        *(Field.SEX, Field.MALE_MARK, Field.FEMALE_MARK, Field.BORN_MALE, Field.BORN_FEMALE),
    },
}
"""Fields that say the same: none is guessed when another is there."""
