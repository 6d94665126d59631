"""Reading the CSV set of old registers: every line is taken or said not to be."""

import csv
import io
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from app.errors import Cancelled, FileError, InputError
from app.spreadsheets.delimited import SEPARATOR_LINE
from app.spreadsheets.registers import fitting
from app.spreadsheets.registers.rows import RegisterProblem, Registers
from app.spreadsheets.registers.tables import TABLES, Column, Table
from app.spreadsheets.rows import shown
from app.spreadsheets.sheets import Progress
from app.text import clean

MAX_SIZE = 50 * 1024 * 1024
_MARKS = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
_NOT_TAKEN = "Chưa nạp dòng này; sửa rồi nạp lại."
_LEFT_OUT = "Đã để trống ô này; sửa rồi nạp lại."


def read_registers(folder: Path, progress: Progress | None = None) -> Registers:
    """Read the whole set; `progress(done, total)` stops it by returning False.

    Raises FileError when the folder holds none of the files.
    """
    if not any((folder / table.file).is_file() for table in TABLES):
        raise FileError(
            f"Không thấy sổ cũ trong “{folder.name}”. Chọn thư mục có các tệp "
            f"{', '.join(table.file for table in TABLES)}."
        )
    problems: list[RegisterProblem] = []
    parts: dict[str, Any] = {}
    lines = []
    for done, table in enumerate(TABLES):
        if progress and not progress(done, len(TABLES)):
            raise Cancelled("Đã hủy đọc sổ cũ. Chưa có gì được ghi.")
        rows = _records(folder / table.file, table, problems)
        if rows is None:
            continue
        torn = sum(problem.is_refused for problem in problems if problem.file == table.file)
        lines.append((table.file, len(rows) + torn))
        parts[table.part] = tuple(_understood(rows, table, problems))
    found = Registers(folder.name, **parts, problems=tuple(problems), lines=tuple(lines))
    return fitting.fit(found)


Record = tuple[int, dict[str, str]]


def _records(path: Path, table: Table, problems: list[RegisterProblem]) -> list[Record] | None:
    """Return the lines of a file by header; None when the file is not there or not readable."""
    try:
        text = _text(path)
    except FileNotFoundError:
        said = f"Không có tệp {table.file}: không nạp {table.what} nào. Thêm tệp rồi nạp lại."
        problems.append(RegisterProblem(table.file, 0, said))
        return None
    except InputError as error:
        problems.append(RegisterProblem(table.file, 0, f"{table.file}: {error}"))
        return None
    return _lines(text, table, problems)


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > MAX_SIZE:
            raise InputError("Tệp lớn hơn 50 MB, không đọc. Chia nhỏ rồi nạp từng phần.")
        data = path.read_bytes()
    except FileNotFoundError:
        raise
    except OSError as error:
        raise InputError("Không đọc được tệp. Đóng tệp đó trong Excel rồi thử lại.") from error
    try:
        return data.decode(_MARKS.get(data[:2], "utf-8-sig"))
    except UnicodeDecodeError as error:
        raise InputError("Tệp không phải UTF-8. Lưu lại dạng “CSV UTF-8” rồi nạp lại.") from error


def _lines(text: str, table: Table, problems: list[RegisterProblem]) -> list[Record] | None:
    lines, stated = io.StringIO(text, newline=""), SEPARATOR_LINE.match(text)
    skipped = int(bool(stated and lines.readline()))
    delimiter = stated[1] if stated else _delimiter(text)
    reader = csv.reader(lines, delimiter=delimiter)
    headers = [clean(cell).casefold() for cell in next(reader, [])]
    if not _has_columns(headers, table, problems):
        return None
    return list(_below(reader, skipped, headers, table, problems))


def _below(
    reader: Any,
    skipped: int,
    headers: Sequence[str],
    table: Table,
    problems: list[RegisterProblem],
) -> Iterator[Record]:
    """Give the lines below the headers that fit them."""
    while True:
        before = skipped + reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            said = f"Dòng hỏng, không tách được ô. {_NOT_TAKEN}"
            problems.append(RegisterProblem(table.file, before, said, True))
            continue
        if any(cells) and _fits(cells, headers, before, table, problems):
            yield before, dict(zip(headers, map(clean, cells), strict=True))


def _delimiter(text: str) -> str:
    header = text.partition("\n")[0]
    return max(",;\t", key=header.count)


def _has_columns(headers: Sequence[str], table: Table, problems: list[RegisterProblem]) -> bool:
    """Say which columns are missing or not known; without a required one nothing can be read."""
    known = {column.header: column for column in table.columns}
    if twice := [header for header in known if headers.count(header) > 1]:
        said = f"{table.file}: có hai cột {', '.join(twice)}, không nạp tệp này. Bỏ bớt cột."
        problems.append(RegisterProblem(table.file, 0, said))
        return False
    missing = [column for header, column in known.items() if header not in headers]
    if needed := [column.header for column in missing if column.is_required]:
        said = f"{table.file}: thiếu cột {', '.join(needed)}, không nạp tệp này. Thêm cột."
        problems.append(RegisterProblem(table.file, 0, said))
        return False
    for column in missing:
        said = f"{table.file}: không có cột {column.header}, mục này để trống."
        problems.append(RegisterProblem(table.file, 0, said))
    for header in headers:
        if header not in known:
            said = f"{table.file}: không hiểu cột {shown(header)}, không nạp cột này."
            problems.append(RegisterProblem(table.file, 0, said))
    return True


def _fits(
    cells: Sequence[str],
    headers: Sequence[str],
    line: int,
    table: Table,
    problems: list[RegisterProblem],
) -> bool:
    if len(cells) == len(headers):
        return True
    said = f"Có {len(cells)} ô, tiêu đề có {len(headers)}: thừa hoặc thiếu dấu phẩy. {_NOT_TAKEN}"
    problems.append(RegisterProblem(table.file, line, said, True))
    return False


def _understood(
    records: list[Record], table: Table, problems: list[RegisterProblem]
) -> Iterator[Any]:
    """Return the lines that are something; a wrong cell that is not needed stays empty."""
    for line, record in records:
        values: dict[str, object] = {"line": line}
        faults: list[tuple[Column, str]] = []
        for column in table.columns:
            faults += _read(column, record.get(column.header, ""), values)
        told = [f"Cột {column.header}: {fault}" for column, fault in faults]
        if any(column.is_required for column, _ in faults):
            said = " ".join((*told, _NOT_TAKEN))
            problems.append(RegisterProblem(table.file, line, said, True))
            continue
        problems += [RegisterProblem(table.file, line, f"{one} {_LEFT_OUT}") for one in told]
        yield table.row(**values)


def _read(column: Column, written: str, values: dict[str, object]) -> Iterator[tuple[Column, str]]:
    """Put the value of a cell among the others, or return what is wrong with it."""
    if not column.field:
        return
    if not written:
        if column.is_required:
            yield column, "còn trống."
        return
    try:
        values[column.field] = column.read(written)
    except InputError as error:
        yield column, str(error)
