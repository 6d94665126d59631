"""Explaining the columns of a table: for each one what it holds, how sure that is, and why."""

from collections.abc import Sequence
from hashlib import sha256

from app.spreadsheets.columns import field_nearly, field_of, squash
from app.spreadsheets.fields import Field
from app.spreadsheets.findings import shown
from app.spreadsheets.guess import TESTS
from app.spreadsheets.guesses import Certainty, ColumnGuess
from app.spreadsheets.layout import Entry
from app.spreadsheets.sheets import Line, as_text, letter
from app.spreadsheets.tables import Table, Wishes

SAMPLES = 5
TESTED = 60
_SHARE = 0.5
_BIRTHS = (Field.BORN, Field.BORN_MALE, Field.BORN_FEMALE, Field.BIRTH_YEAR)
_GENERIC = {"trinhdo", "ma", "id", "dt", "cc", "truong", "que", "ten", "noisinh"}
_MARKS = {
    Field.FEMALE_MARK: "Ô có đánh dấu là Nữ, để trống là Nam.",
    Field.MALE_MARK: "Ô có đánh dấu là Nam, để trống là Nữ.",
}

Judgement = tuple[Certainty, str]


def column_guesses(table: Table, wishes: Wishes) -> tuple[ColumnGuess, ...]:
    """Every column of a table that has a heading or holds anything."""
    lines = _people(table)
    fields = {column: field for field, column in table.columns.items()}
    wished = wishes.places
    found = []
    for column in range(max((len(line.values) for line in lines), default=0)):
        samples = [text for line in lines if (text := line.text(column))]
        heading = table.header.headings.get(column, "").replace("\n", " / ")
        if not samples and not heading:
            continue
        field = fields.get(column)
        certainty, reason = (
            (Certainty.CHOSEN, "Đã chọn cho cột này.")
            if column in wished
            else _judgement(table, column, field, lines)
        )
        is_hidden = column in table.sheet.hidden_columns
        first = tuple(samples[:SAMPLES])
        guess = ColumnGuess(letter(column), heading, first, field, certainty, reason, is_hidden)
        found.append(guess)
    return tuple(found)


def signature(table: Table) -> str:
    """A stable mark of a heading: the same columns with the same words in the same places."""
    headings = sorted(table.header.headings.items())
    words = [f"{column}:{squash(text)}" for column, text in headings if squash(text)]
    if not words:
        words = [f"{column}={field}" for field, column in sorted(table.columns.items())]
    return sha256("|".join(words).encode()).hexdigest()[:16]


def _people(table: Table) -> Sequence[Line]:
    """The first people, or the first lines below the heading while none are known."""
    entries: Sequence[Entry] = table.body.entries[:TESTED]
    if entries:
        return [entry.line for entry in entries]
    below = [line for line in table.sheet.lines if line.number > table.header.last_row]
    return below[:TESTED]


def _judgement(table: Table, column: int, field: Field | None, lines: Sequence[Line]) -> Judgement:
    """How sure a guess is, and why it was made."""
    heading = table.header.headings.get(column, "")
    words = shown(heading.replace("\n", " / "))
    if doubled := _doubled(table, column):
        return Certainty.DOUBTFUL, doubled
    if field is None:
        said = f"Không rõ tiêu đề {words}." if heading else "Cột không có tiêu đề."
        return Certainty.UNUSED, f"{said} Chọn trường nếu cần."
    if field is Field.NUMBER:
        return Certainty.UNUSED, "Số thứ tự, không cần nhập."
    if doubt := _misfit(field, column, lines):
        return Certainty.DOUBTFUL, doubt
    if field in _MARKS:
        return Certainty.LIKELY, _MARKS[field]
    if not any(map(field_of, (heading, *heading.split("\n"), heading.replace("\n", " ")))):
        if field_nearly(heading.split("\n")[-1]):
            return Certainty.GUESSED, f"Tiêu đề {words} gần giống “{field.label}”."
        return Certainty.GUESSED, f"Đoán theo nội dung các ô: giống {field.label.lower()}."
    if squash(heading) in _GENERIC and field is not Field.GIVEN:
        return Certainty.LIKELY, f"Tiêu đề {words} có thể hiểu nhiều cách."
    return Certainty.SURE, f"Theo tiêu đề {words}."


def _doubled(table: Table, column: int) -> str:
    """What to say when another column has the same heading."""
    places = next((places for _, places in table.header.doubled if column in places), ())
    others = ", ".join(letter(place) for place in places if place != column)
    return f"Cột {others} cũng có tiêu đề này." if others else ""


def _misfit(field: Field, column: int, lines: Sequence[Line]) -> str:
    """What to say when most of what stands in a column is not what its heading says."""
    test = TESTS.get(Field.BORN if field in _BIRTHS else field)
    filled = [line.at(column) for line in lines if as_text(line.at(column))]
    if test is None or field is Field.CODE or not filled:
        return ""
    fitting = sum(map(test, filled))
    if fitting >= _SHARE * len(filled):
        return ""
    return f"Chỉ {fitting}/{len(filled)} ô đọc được là {field.label.lower()}."
