"""A roster made again from texts that were kept: the file itself is not needed."""

from collections.abc import Mapping

from app.spreadsheets.assembling import assembled
from app.spreadsheets.fields import Field
from app.spreadsheets.layout import Entry
from app.spreadsheets.people import PeopleReader
from app.spreadsheets.recheck import EDITABLE
from app.spreadsheets.rows import Roster
from app.spreadsheets.sheets import Line, Sheet
from app.spreadsheets.source import Source

Kept = Mapping[int, Mapping[Field, str]]
"""Texts by field, by the row in the file they came from."""


def roster_of_texts(name: str, kept: Kept) -> Roster:
    """The roster of rows that were kept; each is read as if it stood in a file."""
    used = {one for texts in kept.values() for one, text in texts.items() if text}
    fields = [one for one in EDITABLE if one in used or one is Field.FULL_NAME]
    columns = {one: place for place, one in enumerate(fields)}
    lines = tuple(
        Line(number, tuple(kept[number].get(one) or None for one in fields), (0,) * len(fields))
        for number in sorted(kept)
    )
    sheet = Sheet(name, lines)
    people = {line.number: line for line in lines}
    reader = PeopleReader(sheet, columns, lines)
    read = [reader.read(Entry(line)) for line in lines]
    headings = {place: one.label for one, place in columns.items()}
    blank = Roster(name, (), source=Source(sheet, (), headings, columns, people))
    problems = [problem for _, found in read for problem in found]
    return assembled(blank, [row for row, _ in read], problems)
