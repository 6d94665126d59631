"""From a row of a table to a person: every field read, every doubt noted."""

from bisect import bisect_right
from datetime import datetime

from app.dates import PartialDate
from app.spreadsheets.births import join_parts, read_birth, read_date
from app.spreadsheets.columns import Field
from app.spreadsheets.findings import Finding
from app.spreadsheets.identity import read_identity
from app.spreadsheets.layout import Entry
from app.spreadsheets.legacy_sheets import CONVERTED, SUSPECTED
from app.spreadsheets.names import read_name
from app.spreadsheets.phones import read_phone
from app.spreadsheets.rows import RosterProblem, RosterRow
from app.spreadsheets.sheets import Line, Sheet, Value, as_text
from app.spreadsheets.values import (
    is_ditto,
    is_marked,
    read_ethnicity,
    read_mark,
    read_religion,
    read_schooling,
    read_sex,
    read_words,
)
from app.terms import Sex

_NAME_PARTS = (Field.FAMILY_MIDDLE, Field.MIDDLE, Field.FULL_NAME, Field.GIVEN)
_BIRTHS = (Field.BORN, Field.BORN_MALE, Field.BORN_FEMALE, Field.BIRTH_DAY, Field.BIRTH_YEAR)
_IDENTITIES = (Field.IDENTITY_NUMBER, Field.OLD_IDENTITY_NUMBER)
_WORDS = (
    Field.POSITION,
    Field.POSITION_AND_UNIT,
    Field.CLASS_NAME,
    Field.HOME,
    Field.GENERAL_EDUCATION,
    Field.EDUCATION,
    Field.POLITICAL_EDUCATION,
)


class PeopleReader:
    """Reads the people of one table in order; remembers what "nt" refers to."""

    def __init__(self, sheet: Sheet, columns: dict[Field, int], lines: tuple[Line, ...]) -> None:
        self._sheet = sheet
        self._columns = columns
        self._merged = _MergedValues(sheet, lines)
        self._above: dict[Field, Value] = {}
        self._marks_women = any(self._is_marked(line, Field.FEMALE_MARK) for line in lines)
        self._marks_men = any(self._is_marked(line, Field.MALE_MARK) for line in lines)
        self._found: list[tuple[Field, Finding]] = []
        self._words = tuple(field for field in _WORDS if field in columns)
        self._name_columns = [columns[field] for field in _NAME_PARTS if field in columns]

    def read(self, entry: Entry) -> tuple[RosterRow, tuple[RosterProblem, ...]]:
        """A person and what is to be said about the row."""
        self._found = []
        line = entry.line
        words = {field: self._same(line, field) for field in self._words}
        row = RosterRow(
            row=line.number,
            full_name=self._name(line),
            born=self._born(line),
            sex=self._sex(line),
            ethnicity=read_ethnicity(self._same(line, Field.ETHNICITY)),
            religion=read_religion(self._same(line, Field.RELIGION)),
            identity_number=self._identity(line),
            phone=self._phone(line),
            email=as_text(self._at(line, Field.EMAIL)),
            code=read_words(self._at(line, Field.CODE), self._format(line, Field.CODE)),
            position=words.get(Field.POSITION, ""),
            unit=self._same(line, Field.UNIT) or entry.unit,
            position_and_unit=words.get(Field.POSITION_AND_UNIT, ""),
            class_name=words.get(Field.CLASS_NAME, ""),
            home=words.get(Field.HOME, ""),
            party_joined=self._party_date(line, Field.PARTY_JOINED),
            party_confirmed=self._party_date(line, Field.PARTY_CONFIRMED),
            general_education=words.get(Field.GENERAL_EDUCATION, ""),
            education=words.get(Field.EDUCATION, ""),
            political_education=words.get(Field.POLITICAL_EDUCATION, ""),
            note=as_text(self._repeated(line, Field.NOTE)),
            warnings=self._codes(line),
        )
        return row, tuple(
            RosterProblem(line.number, field.value, finding.text, finding.code, finding.is_error)
            for field, finding in self._found
        )

    def _codes(self, line: Line) -> tuple[str, ...]:
        """The codes of everything found, the look of the row included; asked for last."""
        self._look(line)
        return tuple(dict.fromkeys(finding.code for _, finding in self._found))

    def _at(self, line: Line, field: Field) -> Value:
        """The value of a field; None when the table has no such column."""
        column = self._columns.get(field)
        return None if column is None else line.at(column)

    def _format(self, line: Line, field: Field) -> str:
        """The number format of a field's cell."""
        return self._sheet.style(line, self._columns.get(field, 0)).number_format

    def _note(self, field: Field, *findings: Finding) -> None:
        self._found += [(field, finding) for finding in findings]

    def _name(self, line: Line) -> str:
        parts = [line.at(column) for column in self._name_columns]
        written = [line.written.get(column, "") for column in self._name_columns]
        reading = read_name(parts, is_written_so=not any(written))
        self._note(Field.FULL_NAME, *reading.findings)
        return reading.value

    def _born(self, line: Line) -> PartialDate | None:
        """The birth date from whichever columns hold it."""
        if not any(field in self._columns for field in _BIRTHS):
            return None
        values = [self._at(line, field) for field in (Field.BORN, *_BY_SEX)]
        filled = [value for value in values if as_text(value)]
        if len(filled) > 1 and Field.BORN not in self._columns:
            text = "Cả hai cột Nam và Nữ đều ghi ngày sinh. Xóa bớt một ô."
            self._note(Field.BORN, Finding("two_birth_dates", text, is_error=True))
            return None
        reading = read_birth(filled[0] if filled else self._parts(line), self._epoch)
        self._note(Field.BORN, *reading.findings)
        return reading.value

    def _parts(self, line: Line) -> Value:
        """A birth date spread over columns, or the year from a column of its own."""
        if Field.BIRTH_DAY not in self._columns and Field.BIRTH_MONTH not in self._columns:
            return self._at(line, Field.BIRTH_YEAR)
        parts = (Field.BIRTH_DAY, Field.BIRTH_MONTH, Field.BIRTH_YEAR)
        return join_parts(*(self._at(line, part) for part in parts))

    def _sex(self, line: Line) -> Sex | None:
        """The sex from its column, from ticks, or from the column the birth date stands in."""
        if Field.SEX in self._columns:
            reading = read_sex(self._repeated(line, Field.SEX))
            self._note(Field.SEX, *reading.findings)
            return reading.value
        for field, sex in _BY_SEX.items():
            if as_text(self._at(line, field)):
                return sex
        return self._ticked(line)

    def _ticked(self, line: Line) -> Sex | None:
        """Who is not ticked in a column that ticks anybody is of the other sex."""
        if marked := read_mark(self._at(line, Field.FEMALE_MARK), Sex.FEMALE):
            return marked
        if marked := read_mark(self._at(line, Field.MALE_MARK), Sex.MALE):
            return marked
        if self._marks_women and self._marks_men:
            return None
        if self._marks_women:
            return Sex.MALE
        return Sex.FEMALE if self._marks_men else None

    def _identity(self, line: Line) -> str:
        """The number; the one of the old identity card where no other stands."""
        fields = [field for field in _IDENTITIES if field in self._columns]
        for field in fields:
            reading = read_identity(self._at(line, field), self._format(line, field))
            if reading.value or reading.findings:
                self._note(Field.IDENTITY_NUMBER, *reading.findings)
                return reading.value
        if fields:
            text = "Thiếu số định danh. Bổ sung khi có."
            self._note(Field.IDENTITY_NUMBER, Finding("missing_id", text))
        return ""

    def _phone(self, line: Line) -> str:
        if Field.PHONE not in self._columns:
            return ""
        reading = read_phone(self._at(line, Field.PHONE))
        self._note(Field.PHONE, *reading.findings)
        return reading.value

    def _party_date(self, line: Line, field: Field) -> PartialDate | None:
        """A date that keeps nobody out when it cannot be read."""
        if field not in self._columns:
            return None
        reading = read_date(self._repeated(line, field), self._epoch)
        for finding in reading.findings:
            code = "invalid_party_date" if finding.is_error else finding.code
            self._note(field, Finding(code, finding.text))
        return reading.value

    def _same(self, line: Line, field: Field) -> str:
        """Words, or those above that they repeat."""
        value = self._repeated(line, field)
        return read_schooling(value) if field is Field.GENERAL_EDUCATION else read_words(value)

    def _repeated(self, line: Line, field: Field) -> Value:
        """A value; "nt" and a cell merged with the ones above repeat what stands above."""
        column = self._columns.get(field)
        if column is None:
            return None
        value = line.at(column)
        if not as_text(value):
            value = self._merged.at(line.number, column)
        if isinstance(value, str) and is_ditto(value):
            value = self._above.get(field)
        self._above[field] = value
        return value

    def _look(self, line: Line) -> None:
        """What the look of the row says and its values do not."""
        if line.hidden:
            text = "Dòng này đang bị ẩn hoặc bị lọc trong Excel. Xem có nhập hay bỏ qua."
            self._note(Field.FULL_NAME, Finding("hidden_row", text))
        if line.legacy:
            self._note(Field.FULL_NAME, Finding(line.legacy, _LEGACY[line.legacy]))
        styles = [self._sheet.style(line, column) for column in self._name_columns]
        if any(style.struck for style in styles):
            text = "Dòng này bị gạch ngang trong tệp. Xem có nhập hay bỏ qua."
            self._note(Field.FULL_NAME, Finding("struck_through", text))

    def _is_marked(self, line: Line, field: Field) -> bool:
        return is_marked(self._at(line, field))

    @property
    def _epoch(self) -> datetime:
        return self._sheet.epoch


_LEGACY = {
    CONVERTED: "Chữ viết bằng phông cũ, đã chuyển sang Unicode. Xem lại chữ hoa ở đầu.",
    SUSPECTED: "Chữ có vẻ viết bằng phông cũ. Chọn bảng mã rồi đọc lại.",
}
_BY_SEX = {Field.BORN_MALE: Sex.MALE, Field.BORN_FEMALE: Sex.FEMALE}


class _MergedValues:
    """What a blank cell shows because it is merged with a cell above it."""

    def __init__(self, sheet: Sheet, lines: tuple[Line, ...]) -> None:
        by_number = {line.number: line for line in lines}
        self._ranges: dict[int, list[tuple[int, int, Value]]] = {}
        for merge in sheet.merges:
            top = by_number.get(merge.first_row)
            if top and merge.last_row > merge.first_row:
                found = (merge.first_row, merge.last_row, top.at(merge.first_column))
                self._ranges.setdefault(merge.first_column, []).append(found)
        for ranges in self._ranges.values():
            ranges.sort(key=lambda one: one[0])

    def at(self, row: int, column: int) -> Value:
        """The value of the merged range that covers a cell."""
        ranges = self._ranges.get(column, [])
        place = bisect_right(ranges, row, key=lambda one: one[0]) - 1
        return ranges[place][2] if place >= 0 and row <= ranges[place][1] else None
