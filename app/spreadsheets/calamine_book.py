"""Books that calamine reads, .xls and .ods, in a child process under limits."""

from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess

from app.spreadsheets import calamine_child
from app.spreadsheets.calamine_child import Answer, Limits, RawSheet
from app.spreadsheets.findings import Finding
from app.spreadsheets.limits import MAX_SECONDS, Deadline
from app.spreadsheets.looks import Looks, SheetLooks
from app.spreadsheets.sheets import (
    MAX_BLANK_ROWS,
    MAX_COLUMNS,
    MAX_ROWS,
    Line,
    LineMaker,
    Merge,
    Progress,
    Sheet,
    SheetName,
    UnreadableFile,
    Value,
)

_PATIENCE = 0.05
_WHOLE = 10**15
"""Whole numbers up to this size are exact as floating point, the only kind calamine knows."""

Serve = Callable[[Connection, Limits], None]


class CalamineBook:
    """An .xls or .ods file as the child process read it."""

    def __init__(
        self, sheets: Sequence[RawSheet], looks: Looks, notes: tuple[Finding, ...] = ()
    ) -> None:
        self._looks = looks
        self.notes = notes
        self._sheets = {one.name: one for one in sheets}
        self.sheets = tuple(SheetName(one.name, one.is_hidden) for one in self._sheets.values())

    def read(self, name: str, rows: int | None = None, progress: Progress | None = None) -> Sheet:
        """One sheet, or its first `rows` rows."""
        raw = self._sheets[name]
        if raw.is_too_long:
            text = f"Trang tính “{name}” quá dài (hơn 20.000 dòng). Chia thành nhiều tệp."
            raise UnreadableFile(text, "too_large")
        looks = self._looks.sheet(name)
        maker = LineMaker()
        wanted = [one for one in raw.rows if not rows or one[0] <= rows]
        lines = [_line(maker, number, cells, looks) for number, cells in wanted]
        Deadline(1, progress).check(1)
        return Sheet(
            name,
            tuple(line for line in lines if any(value is not None for value in line.values)),
            self._looks.styles,
            _merges(raw, looks),
            looks.hidden_columns,
            self._looks.epoch,
        )


def _line(maker: LineMaker, number: int, cells: list[object], looks: SheetLooks) -> Line:
    """A row with what the file says about the look of its cells."""
    values = [_value(cell) for cell in cells]
    for column, value in enumerate(values) if looks.rich else ():
        rich = looks.rich.get((number, column))
        if rich is not None and isinstance(value, str) and _letters(rich) == _letters(value):
            values[column] = rich
    styles = looks.styles_of(number, len(values))
    return maker.line(number, values, styles, hidden=number in looks.hidden_rows)


def _letters(text: str) -> str:
    """A text without its spaces: calamine leaves some out."""
    return "".join(text.split())


def _value(cell: object) -> Value:
    """A value of calamine as openpyxl would give it: whole numbers whole, nothing as None."""
    if cell == "":
        return None
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < _WHOLE:
        return int(cell)
    if isinstance(cell, str | int | float | bool | datetime | date | time | timedelta):
        return cell
    return None


def _merges(raw: RawSheet, looks: SheetLooks) -> tuple[Merge, ...]:
    """Merged ranges with rows from 1."""
    found = [Merge(top + 1, left, end + 1, right) for (top, left), (end, right) in raw.merges]
    return tuple(found) or looks.merges


def read_in_child(
    data: bytes, name: str, progress: Progress | None = None, serve: Serve = calamine_child.serve
) -> list[RawSheet]:
    """The sheets of a file as the child reads them, or UnreadableFile."""
    context = get_context("spawn")
    ours, theirs = context.Pipe()
    limits = Limits(MAX_ROWS, MAX_COLUMNS, MAX_BLANK_ROWS, MAX_SECONDS)
    child = context.Process(target=serve, args=(theirs, limits), daemon=True)
    child.start()
    theirs.close()
    try:
        answer = _answer(ours, data, Deadline(1, progress))
    finally:
        ours.close()
        _end(child)
    if isinstance(answer, str):
        raise _refusal(answer, name)
    return answer


def _answer(connection: Connection, data: bytes, deadline: Deadline) -> Answer:
    """What the child says; a child that dies says nothing."""
    try:
        connection.send_bytes(data)
        while not connection.poll(_PATIENCE):
            deadline.check(0)
        answer: Answer = connection.recv()
    except (EOFError, OSError):
        return "corrupt"
    return answer


def _end(child: BaseProcess) -> None:
    """A child that has answered ends by itself; another is ended."""
    child.join(_PATIENCE)
    if child.is_alive():
        child.kill()
        child.join()
    child.close()


def _refusal(code: str, name: str) -> UnreadableFile:
    """Why a file cannot be read, and the way out."""
    if code == "password_protected":
        text = f"Tệp “{name}” có mật khẩu. Mở bằng Excel, xóa mật khẩu, lưu lại rồi chọn lại."
    elif code == "too_large":
        text = f"Tệp “{name}” quá lớn, không mở. Chép danh sách sang tệp mới."
    else:
        text = f"Tệp “{name}” bị hỏng hoặc quá lớn, không đọc được. Mở bằng Excel, chép danh sách"
        text += " sang tệp mới dạng .xlsx rồi chọn lại."
    return UnreadableFile(text, code)
