"""What a roster was read from: the sheet, its heading, which rows are people."""

from dataclasses import dataclass, field

from app.spreadsheets.fields import Field
from app.spreadsheets.sheets import Line, Sheet, Value, as_text

NAME_PARTS = (Field.FAMILY_MIDDLE, Field.MIDDLE, Field.FULL_NAME, Field.GIVEN)
BIRTH_PARTS = (Field.BIRTH_DAY, Field.BIRTH_MONTH, Field.BIRTH_YEAR)


@dataclass(frozen=True)
class PreviewLine:
    """A line of the file as the user would see it in Excel."""

    row: int
    texts: tuple[str, ...]
    is_heading: bool
    is_person: bool


@dataclass(frozen=True)
class Source:
    """The sheet behind a roster; rows count from 1, columns from 0."""

    sheet: Sheet = field(default=Sheet("", ()))
    header_rows: tuple[int, ...] = ()
    headings: dict[int, str] = field(default_factory=dict)
    columns: dict[Field, int] = field(default_factory=dict)
    people: dict[int, Line] = field(default_factory=dict)

    @property
    def width(self) -> int:
        """How many columns the sheet has."""
        return max((len(line.values) for line in self.sheet.lines), default=0)

    def preview(self, count: int = 12) -> tuple[PreviewLine, ...]:
        """The first lines of the sheet that hold something."""
        return tuple(
            PreviewLine(
                line.number,
                tuple(map(as_text, line.values)),
                line.number in self.header_rows,
                line.number in self.people,
            )
            for line in self.sheet.lines[:count]
        )

    def value(self, row: int, one: Field) -> Value:
        """What stands in the cell of a field."""
        column = self.columns.get(one)
        return None if column is None else self.people[row].at(column)

    def text(self, row: int, one: Field) -> str:
        """What stands in the cells of a person's field, as the file has it."""
        if one is Field.FULL_NAME:
            return " ".join(filter(None, (self._cell(row, part) for part in NAME_PARTS)))
        if one is Field.BORN:
            return self._birth(row)
        return self._cell(row, one)

    def _cell(self, row: int, one: Field) -> str:
        return as_text(self.value(row, one))

    def _birth(self, row: int) -> str:
        """The birth date from whichever columns hold it."""
        births = (Field.BORN, Field.BORN_MALE, Field.BORN_FEMALE)
        whole = [text for text in (self._cell(row, one) for one in births) if text]
        parts = [text for text in (self._cell(row, one) for one in BIRTH_PARTS) if text]
        return " ".join(whole) or "/".join(parts)
