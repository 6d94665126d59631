"""Reading a roster: the sheet is chosen, the table found, every person read, nothing lost."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from app.spreadsheets.assembling import assembled
from app.spreadsheets.columns import Field
from app.spreadsheets.content import swapped_dates
from app.spreadsheets.delimited import TextTable
from app.spreadsheets.files import open_book
from app.spreadsheets.findings import Finding
from app.spreadsheets.guesses import Certainty, ColumnGuess
from app.spreadsheets.legacy import LegacyChoice
from app.spreadsheets.legacy_sheets import CONVERTED, SUSPECTED
from app.spreadsheets.mapping import column_guesses, signature
from app.spreadsheets.people import PeopleReader
from app.spreadsheets.rows import Roster, RosterProblem
from app.spreadsheets.sheets import (
    Book,
    Progress,
    SheetName,
    UnreadableFile,
    letter,
)
from app.spreadsheets.source import Source
from app.spreadsheets.tables import Table, Wishes, find_table, has_people
from app.text import fold

PEEKED_ROWS = 120
PEEKED_SHEETS = 40
_BIRTHS = {Field.BORN, Field.BORN_MALE, Field.BORN_FEMALE, Field.BIRTH_YEAR}


class UndecidedColumns(UnreadableFile):
    """The user has to map columns first; `draft` is the roster without people, to do it by."""

    def __init__(self, text: str, code: str, draft: Roster) -> None:
        super().__init__(text, code)
        self.draft = draft


@dataclass(frozen=True)
class _Choice:
    """The sheet to read, and the others of its book."""

    sheet: SheetName
    others: tuple[SheetName, ...]
    all: tuple[SheetName, ...]


def read_roster(
    path: Path | str,
    sheet: str | None = None,
    progress: Progress | None = None,
    *,
    columns: Mapping[str, Field | None] | None = None,
    header_row: int | None = None,
    legacy: LegacyChoice | None = None,
) -> Roster:
    """The roster in a file; `sheet` is a name or a 1-based number, else it is found.

    `columns` corrects guesses by column letter (None leaves a column out), `header_row` is the
    last row of the heading (0: there is none), `legacy` answers the roster's `legacy_question`.
    Raises UnreadableFile (a FileError) when there is no roster to read, UndecidedColumns when the
    user has to map columns first; what is wrong with single rows is told in `problems`.
    """
    wishes = Wishes(columns or {}, header_row, legacy)
    return _read(open_book(Path(path), progress), sheet, progress, wishes)


def read_pasted(
    text: str,
    *,
    columns: Mapping[str, Field | None] | None = None,
    header_row: int | None = None,
    legacy: LegacyChoice | None = None,
) -> Roster:
    """The roster in a block of cells copied from Excel; rows count from the first one copied."""
    book = TextTable(text.encode(errors="replace"), "Dán từ Excel")
    return _read(book, None, None, Wishes(columns or {}, header_row, legacy))


def _read(book: Book, sheet: str | None, progress: Progress | None, wishes: Wishes) -> Roster:
    """The roster of the chosen sheet of a book."""
    choice = _choose(book, sheet)
    content = book.read(choice.sheet.name, progress=progress)
    if not content.lines:
        raise UnreadableFile(f"Trang tính “{content.name}” không có dữ liệu.", "no_rows")
    table = find_table(content, wishes)
    if table.fault:
        raise UndecidedColumns(table.fault_text, table.fault, _roster(table, choice, wishes))
    if not table.body.entries:
        text = f"Trang tính “{content.name}” chỉ có tiêu đề, chưa có học viên nào."
        raise UnreadableFile(text, "no_rows")
    return _roster(table, choice, wishes, book.notes)


def _choose(book: Book, wanted: str | None) -> _Choice:
    """The sheet to read and the other sheets that hold a roster too."""
    if not book.sheets:
        raise UnreadableFile("Tệp không có trang tính nào.", "no_rows")
    if len(book.sheets) == 1 and wanted is None:
        return _Choice(book.sheets[0], (), book.sheets)
    with_people = [name for name in book.sheets[:PEEKED_SHEETS] if _has_people(book, name)]
    chosen = _named(book, wanted) if wanted else _first_shown(book, with_people)
    others = tuple(name for name in with_people if name != chosen)
    return _Choice(chosen, others, book.sheets)


def _has_people(book: Book, name: SheetName) -> bool:
    """Whether the first rows of a sheet hold a heading and a person."""
    return has_people(book.read(name.name, PEEKED_ROWS))


def _named(book: Book, wanted: str) -> SheetName:
    """The sheet of that name or number."""
    for place, sheet in enumerate(book.sheets, start=1):
        if sheet.name == wanted or fold(sheet.name) == fold(wanted) or str(place) == wanted:
            return sheet
    names = ", ".join(f"“{sheet.name}”" for sheet in book.sheets)
    raise UnreadableFile(f"Không có trang tính “{wanted}”. Tệp có: {names}.", "no_sheet")


def _first_shown(book: Book, with_people: list[SheetName]) -> SheetName:
    """The first sheet with people that Excel shows; a hidden one is only ever offered."""
    shown = [sheet for sheet in book.sheets if not sheet.hidden]
    for sheet in with_people:
        if not sheet.hidden:
            return sheet
    if with_people:
        text = f"Chỉ trang tính ẩn “{with_people[0].name}” có danh sách. Chọn đích danh trang đó"
        raise UnreadableFile(f"{text} nếu muốn nhập.", "only_hidden_sheets")
    return _first_filled(book, shown or list(book.sheets))


def _first_filled(book: Book, sheets: list[SheetName]) -> SheetName:
    """The first sheet with anything on it: the error will speak of that one."""
    filled = (sheet for sheet in sheets if book.read(sheet.name, PEEKED_ROWS).lines)
    return next(filled, sheets[0])


def _roster(
    table: Table, choice: _Choice, wishes: Wishes, notes: tuple[Finding, ...] = ()
) -> Roster:
    """Every person of a table, sorted into those who can be imported and those who cannot."""
    entries = table.body.entries
    people = {entry.line.number: entry.line for entry in entries}
    reader = PeopleReader(table.sheet, table.columns, tuple(people.values()))
    read = [reader.read(entry) for entry in entries]
    problems = [problem for _, found in read for problem in found]
    guesses = column_guesses(table, wishes)
    blank = Roster(
        sheet=table.sheet.name,
        rows=(),
        problems=(*_noted(notes), *_of_file(table, choice.others), *_guessed(table, guesses)),
        columns={field.value: letter(column) for field, column in table.columns.items()},
        header_rows=table.header.rows,
        other_sheets=tuple(sheet.name for sheet in choice.others),
        sheets=choice.all,
        guesses=guesses,
        signature=signature(table),
        legacy_question=table.question,
        source=Source(table.sheet, table.header.rows, table.header.headings, table.columns, people),
    )
    problems += swapped_dates(table.columns, entries)
    return assembled(blank, [row for row, _ in read], problems)


def _noted(notes: tuple[Finding, ...]) -> Iterator[RosterProblem]:
    """What opening the file brought to light."""
    return (RosterProblem(0, "", note.text, note.code) for note in notes)


def _of_file(table: Table, others: tuple[SheetName, ...]) -> Iterator[RosterProblem]:
    """What is to be said about the file as a whole."""
    if not table.header.rows:
        text = "Bảng không có dòng tiêu đề; các cột được đoán theo nội dung. Kiểm tra lại từng cột."
        yield RosterProblem(0, "", text, "columns_guessed")
    if table.question:
        text = f"{table.question.texts} ô chữ có vẻ viết bằng phông cũ (TCVN3 hoặc VNI) mà tệp"
        yield RosterProblem(0, "", f"{text} không cho biết. Chọn bảng mã rồi đọc lại.", SUSPECTED)
    if converted := sum(entry.line.legacy == CONVERTED for entry in table.body.entries):
        text = (
            f"{converted} dòng viết bằng phông cũ đã chuyển sang Unicode. Xem lại chữ hoa có dấu."
        )
        yield RosterProblem(0, "", text, CONVERTED)
    if others:
        names = ", ".join(f"“{one.name}”{' (đang ẩn)' if one.hidden else ''}" for one in others)
        text = f"Trang tính khác cũng có danh sách: {names}. Nhập riêng nếu cần."
        yield RosterProblem(0, "", text, "other_sheets_with_tables")
    if left_out := table.body.left_out:
        text = f"Dưới bảng còn {len(left_out)} dòng giống học viên (từ dòng {left_out[0]}), không"
        yield RosterProblem(0, "", f"{text} nhập. Kiểm tra lại.", "second_table_on_sheet")
    yield from _of_columns(table)


def _guessed(table: Table, guesses: tuple[ColumnGuess, ...]) -> Iterator[RosterProblem]:
    """Columns whose headings say nothing and whose contents do."""
    for guess in guesses if table.header.rows else ():
        if guess.certainty is Certainty.GUESSED and guess.field:
            text = f"Cột {guess.letter} không rõ tiêu đề, đoán là “{guess.field.label}”."
            yield RosterProblem(0, guess.field, f"{text} Kiểm tra lại.", "columns_guessed")


def _of_columns(table: Table) -> Iterator[RosterProblem]:
    """What is to be said about the columns."""
    for field, column in table.columns.items():
        if column in table.sheet.hidden_columns:
            text = f"Cột {letter(column)} đang bị ẩn trong Excel nhưng vẫn được đọc."
            yield RosterProblem(0, field.value, text, "hidden_column")
    if not table.columns.keys() & _BIRTHS:
        text = "Danh sách không có cột ngày sinh. Bổ sung sau khi nhập."
        yield RosterProblem(0, "born", text, "no_birth_column")
