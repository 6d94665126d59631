"""Reading a roster: the sheet is chosen, the table found, every person read, nothing lost."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from app.spreadsheets.columns import Field
from app.spreadsheets.content import settled_columns, swapped_dates
from app.spreadsheets.duplicates import find_duplicates
from app.spreadsheets.files import open_book
from app.spreadsheets.guess import guess_header
from app.spreadsheets.header import Header, find_header, require_single_columns
from app.spreadsheets.layout import Body, read_body
from app.spreadsheets.people import PeopleReader
from app.spreadsheets.rows import Roster, RosterProblem, RosterRow
from app.spreadsheets.sheets import (
    Book,
    Progress,
    Sheet,
    SheetName,
    UnreadableFile,
    legacy_font,
    letter,
)
from app.text import fold

PEEKED_ROWS = 120
PEEKED_SHEETS = 40
_BIRTHS = {Field.BORN, Field.BORN_MALE, Field.BORN_FEMALE, Field.BIRTH_YEAR}


def read_roster(
    path: Path | str, sheet: str | None = None, progress: Progress | None = None
) -> Roster:
    """The roster in a workbook; `sheet` is a name or a 1-based number, else it is found.

    Raises UnreadableFile (a FileError) when there is no roster to read; what is wrong with
    single rows is told in `problems`.
    """
    book = open_book(Path(path))
    chosen, others = _choose(book, sheet)
    table = _table(book.read(chosen.name, progress=progress))
    return _roster(table, others)


@dataclass(frozen=True)
class _Table:
    """A sheet with its heading and its people."""

    sheet: Sheet
    header: Header
    body: Body


def _choose(book: Book, wanted: str | None) -> tuple[SheetName, tuple[SheetName, ...]]:
    """The sheet to read and the other sheets that hold a roster too."""
    if not book.sheets:
        raise UnreadableFile("Tệp không có trang tính nào.", "no_rows")
    if len(book.sheets) == 1 and wanted is None:
        return book.sheets[0], ()
    with_people = [name for name in book.sheets[:PEEKED_SHEETS] if _has_people(book, name)]
    chosen = _named(book, wanted) if wanted else _first_shown(book, with_people)
    return chosen, tuple(name for name in with_people if name != chosen)


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


def _has_people(book: Book, name: SheetName) -> bool:
    """Whether the first rows of a sheet hold a heading and a person."""
    sheet = book.read(name.name, PEEKED_ROWS)
    header = find_header(sheet) or guess_header(sheet)
    return header is not None and bool(read_body(sheet, header).entries)


def _table(sheet: Sheet) -> _Table:
    """The table of a sheet, or the reason why there is none."""
    if not sheet.lines:
        raise UnreadableFile(f"Trang tính “{sheet.name}” không có dữ liệu.", "no_rows")
    if font := legacy_font(sheet):
        text = f"Danh sách viết bằng phông chữ cũ {font}, chữ sẽ sai nếu nhập. Chuyển sang Unicode"
        raise UnreadableFile(f"{text} bằng Unikey (Ctrl+Shift+F6) rồi lưu lại.", "legacy_encoding")
    header = find_header(sheet) or guess_header(sheet)
    if header is None:
        text = f"Không thấy cột “Họ và tên” trong trang tính “{sheet.name}”. Thêm dòng tiêu đề cột"
        raise UnreadableFile(f"{text} (STT, Họ và tên, Ngày sinh…) rồi chọn lại.", "no_name_column")
    require_single_columns(header)
    body = read_body(sheet, header)
    if not body.entries:
        text = f"Trang tính “{sheet.name}” chỉ có tiêu đề, chưa có học viên nào."
        raise UnreadableFile(text, "no_rows")
    return _Table(sheet, header, body)


def _roster(table: _Table, others: tuple[SheetName, ...]) -> Roster:
    """Every person of a table, sorted into those who can be imported and those who cannot."""
    columns = settled_columns(table.header, table.body.entries)
    lines = tuple(entry.line for entry in table.body.entries)
    reader = PeopleReader(table.sheet, columns, lines)
    people = [reader.read(entry) for entry in table.body.entries]
    problems = [problem for _, found in people for problem in found]
    refused = {problem.row for problem in problems if problem.is_error}
    repeated = list(find_duplicates(row for row, _ in people if row.row not in refused))
    refused |= {problem.row for problem in repeated if problem.is_error}
    more = [*repeated, *swapped_dates(columns, table.body.entries)]
    rows = tuple(_warned([row for row, _ in people], more))
    return Roster(
        sheet=table.sheet.name,
        rows=tuple(row for row in rows if row.row not in refused),
        rejected=tuple(row for row in rows if row.row in refused),
        problems=(*_of_file(table, columns, others), *sorted(problems + more, key=_row)),
        columns={field.value: letter(column) for field, column in columns.items()},
        header_rows=table.header.rows,
        other_sheets=tuple(sheet.name for sheet in others),
    )


def _row(problem: RosterProblem) -> int:
    return problem.row


def _warned(rows: list[RosterRow], problems: list[RosterProblem]) -> Iterator[RosterRow]:
    """The rows with the codes of problems that only the whole roster shows."""
    codes: dict[int, list[str]] = {}
    for problem in problems:
        codes.setdefault(problem.row, []).append(problem.code)
    for row in rows:
        more = codes.get(row.row)
        yield replace(row, warnings=(*row.warnings, *more)) if more else row


def _of_file(
    table: _Table, columns: dict[Field, int], others: tuple[SheetName, ...]
) -> Iterator[RosterProblem]:
    """What is to be said about the file as a whole."""
    if not table.header.rows:
        text = "Bảng không có dòng tiêu đề; các cột được đoán theo nội dung. Kiểm tra lại từng cột."
        yield RosterProblem(0, "", text, "columns_guessed")
    if others:
        names = ", ".join(f"“{one.name}”{' (đang ẩn)' if one.hidden else ''}" for one in others)
        text = f"Trang tính khác cũng có danh sách: {names}. Nhập riêng nếu cần."
        yield RosterProblem(0, "", text, "other_sheets_with_tables")
    if left_out := table.body.left_out:
        text = f"Dưới bảng còn {len(left_out)} dòng giống học viên (từ dòng {left_out[0]}), không"
        yield RosterProblem(0, "", f"{text} nhập. Kiểm tra lại.", "second_table_on_sheet")
    for field, column in columns.items():
        if column in table.sheet.hidden_columns:
            text = f"Cột {letter(column)} đang bị ẩn trong Excel nhưng vẫn được đọc."
            yield RosterProblem(0, field.value, text, "hidden_column")
    if not columns.keys() & _BIRTHS:
        text = "Danh sách không có cột ngày sinh. Bổ sung sau khi nhập."
        yield RosterProblem(0, "born", text, "no_birth_column")
