"""Correcting a roster where it is shown: rows are read again from edited texts."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from app.dates import PartialDate
from app.spreadsheets.assembling import assembled
from app.spreadsheets.fields import Field
from app.spreadsheets.layout import Entry
from app.spreadsheets.people import PeopleReader
from app.spreadsheets.rows import Roster, RosterProblem, RosterRow
from app.spreadsheets.sheets import Line, Sheet, Value
from app.spreadsheets.source import NAME_PARTS, Source
from app.spreadsheets.values import is_ditto
from app.terms import Sex
from app.text import clean

EDITABLE = (
    Field.FULL_NAME,
    Field.BORN,
    Field.SEX,
    Field.IDENTITY_NUMBER,
    Field.UNIT,
    Field.POSITION,
    Field.POSITION_AND_UNIT,
    Field.PHONE,
    Field.EMAIL,
    Field.ETHNICITY,
    Field.RELIGION,
    Field.CODE,
    Field.CLASS_NAME,
    Field.HOME,
    Field.PARTY_JOINED,
    Field.PARTY_CONFIRMED,
    Field.GENERAL_EDUCATION,
    Field.EDUCATION,
    Field.POLITICAL_EDUCATION,
    Field.NOTE,
)
"""The fields of a person that the checking grid can change, whatever columns the file has."""

_FROM_ELSEWHERE = frozenset(
    {
        Field.UNIT,
        Field.POSITION,
        Field.POSITION_AND_UNIT,
        Field.ETHNICITY,
        Field.RELIGION,
        Field.CLASS_NAME,
        Field.HOME,
        Field.GENERAL_EDUCATION,
        Field.EDUCATION,
        Field.POLITICAL_EDUCATION,
        Field.SEX,
        Field.IDENTITY_NUMBER,
        Field.PARTY_JOINED,
        Field.PARTY_CONFIRMED,
        Field.NOTE,
    }
)

Texts = Mapping[Field, str]


@dataclass(frozen=True)
class CheckedRow:
    """A row read from edited texts; what only the whole roster shows is not in it."""

    row: RosterRow
    problems: tuple[RosterProblem, ...]


def raw_texts(roster: Roster, number: int) -> dict[Field, str]:
    """The texts of a person as the file has them, to show and to edit.

    What the file says by a mark, a group row, "nt" or another column is spelt out.
    """
    row = _row(roster, number)
    texts = {field: roster.source.text(number, field) for field in EDITABLE}
    if row.born and not row.born.is_exact:
        texts[Field.BORN] = row.born.grid  # a year typed into a date cell shows as a day in 1905
    texts[Field.GENERAL_EDUCATION] = row.general_education  # 9/12 may have become a day
    for field in _FROM_ELSEWHERE:
        if not texts[field] or is_ditto(texts[field]):
            texts[field] = _spelt(getattr(row, field.value))
    return texts


def _spelt(value: str | Sex | PartialDate | None) -> str:
    """What was read of a cell, as it would be typed."""
    if isinstance(value, PartialDate):
        return value.grid
    return value.label if isinstance(value, Sex) else value or ""


def recheck(roster: Roster, number: int, edited: Texts) -> CheckedRow:
    """Read one row again with some of its texts changed; the file is not needed."""
    unedited = raw_texts(roster, number)
    line = roster.source.people[number]
    values: list[Value] = []
    styles: list[int] = []
    columns: dict[Field, int] = {}
    for field, before in unedited.items():
        after = clean(edited.get(field, before))
        if not after and not _has(roster.source, field):
            continue
        columns[field] = len(values)
        is_kept = after == clean(before)
        values.append(_kept(roster.source, number, field, after) if is_kept else after or None)
        styles.append(_style(roster.source, line, field))
    again = Line(number, tuple(values), tuple(styles), line.hidden, legacy=line.legacy)
    whole = roster.source.sheet
    sheet = Sheet(whole.name, (again,), whole.styles, epoch=whole.epoch)
    row, problems = PeopleReader(sheet, columns, (again,)).read(Entry(again))
    return CheckedRow(row, problems)


def read_again(
    roster: Roster, original: Roster, edits: Mapping[int, Texts], numbers: Collection[int]
) -> Roster:
    """The roster with some rows read again, from their edits or as `original` has them.

    Duplicates are looked for anew, in all rows.
    """
    checked = [recheck(original, one, edits[one]) for one in numbers if one in edits]
    unedited = {one for one in numbers if one not in edits}
    fresh = {row.row: row for row in original.all_rows if row.row in unedited}
    fresh |= {one.row.row: one.row for one in checked}
    people = [fresh.get(row.row, row) for row in roster.all_rows]
    told = [one for one in roster.problems if one.row and one.row not in numbers]
    told += [one for one in original.problems if one.row in unedited]
    told += [problem for one in checked for problem in one.problems]
    return assembled(original, people, told)


def _row(roster: Roster, number: int) -> RosterRow:
    return next(row for row in (*roster.rows, *roster.rejected) if row.row == number)


def _has(source: Source, field: Field) -> bool:
    """Whether the file has a column, or columns, for a field of a person."""
    if field is Field.FULL_NAME:
        return True
    if field is Field.BORN:
        births = (Field.BORN, Field.BORN_MALE, Field.BORN_FEMALE, Field.BIRTH_YEAR)
        return any(one in source.columns for one in births)
    return field in source.columns


def _kept(source: Source, number: int, field: Field, text: str) -> Value:
    """The value of a cell that was not edited, if one cell holds it: a date stays a date."""
    value = source.value(number, field)
    return text if value is None or source.text(number, field) != text else value


def _style(source: Source, line: Line, field: Field) -> int:
    """How the cell of a field looks; of the name, the first of its cells."""
    fields = NAME_PARTS if field is Field.FULL_NAME else (field,)
    places = [source.columns[one] for one in fields if one in source.columns]
    return next((line.styles[place] for place in places if place < len(line.styles)), 0)
