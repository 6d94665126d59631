"""Bảng điểm danh: names against class sessions, empty for the pen or filled (FORMATS §5)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from math import ceil

from app.printing import document
from app.printing.document import MM
from app.printing.flow import Block, Panel, bound
from app.printing.pages import Frame, Page, paginate, write
from app.printing.table import Box, Column, Look, Table
from app.printing.working_paper import (
    KEPT_ROWS,
    SignatureBox,
    WorkingHeader,
    note,
    page_count,
    signed,
    working_heading,
)

FRAME = Frame(document.A4_LANDSCAPE, left=20 * MM, right=15 * MM, top=13 * MM, bottom=10 * MM)
LEGEND = "Ký hiệu: x – có mặt; P – vắng có phép; K – vắng không phép; M – đi muộn."
MOST_SESSIONS = 14  # on one page; more are split into parts side by side
ROW_HEIGHTS = (18.0, 16.5, 15.0, 13.5)  # points; the tallest that keeps a class on one page
USUAL_ROW = 16.5

LOOK = Look(size=11, leading=12.7, padding=0.8, side=2.8, heading_size=10.5, least=5)

_NAMES = (  # widths in mm
    Column("TT", 9, "center"),
    Column("Họ và tên", 37, joined=True),
    Column("", 17),
    Column("Năm sinh", 14, "center"),
    Column("Đơn vị", 38),
)
_SESSION, _TOTAL, _LEAST_NOTE = 10.6, 9.0, 14.0
_HEAD_ROWS = (16.0, 14.0)
_COUNT_ROW, _SIGN_ROW = 15.5, 23.0
_KEPT = KEPT_ROWS + 1  # and the foot of the grid
_ONE_PAGE = 24  # more people never stand on one page


@dataclass(frozen=True)
class SessionColumn:
    """A class session: day as printed ("09/3"), half-day letter, "19/20" present or ""."""

    day: str
    half: str
    present: str = ""


@dataclass(frozen=True)
class AttendanceRow:
    """One person with a mark for every session; "" leaves the place to the pen."""

    family_middle: str
    given: str
    born: str
    unit: str
    marks: tuple[str, ...]
    excused: str = ""
    absent: str = ""
    note: str = ""


@dataclass(frozen=True)
class AttendanceSheet:
    """A finished grid; the totals of the foot are printed as given."""

    header: WorkingHeader
    sessions: tuple[SessionColumn, ...]
    rows: tuple[AttendanceRow, ...]
    excused_total: str = ""
    absent_total: str = ""
    legend: str = LEGEND
    signatures: tuple[SignatureBox, ...] = (
        SignatureBox("NGƯỜI LẬP BẢNG"),
        SignatureBox("CHỦ NHIỆM LỚP"),
        SignatureBox("GIÁM ĐỐC"),
    )


def render(sheet: AttendanceSheet) -> bytes:
    """The grid as PDF; the parts of a long class follow each other."""
    parts = _parts(sheet.sessions)
    pages: list[Page] = []
    for number in range(len(parts)):
        pages += _pages(sheet, parts, number)
    title = f"{sheet.header.title} {sheet.header.class_title}"
    author = sheet.header.centre_name
    return write(FRAME, pages, page_count(FRAME), title, author, sheet.header.note)


def _parts(sessions: Sequence[SessionColumn]) -> list[range]:
    """Sessions page by page, about equally many."""
    count = len(sessions)
    parts: list[range] = []
    start = 0
    while start < count:
        left = max(ceil(count / MOST_SESSIONS) - len(parts), 1)
        stop = _day_end(sessions, start, start + ceil((count - start) / left))
        parts.append(range(start, stop))
        start = stop
    return parts or [range(0)]


def _day_end(sessions: Sequence[SessionColumn], start: int, stop: int) -> int:
    """The end of a day next to `stop`, so that no day is divided unless it fills a page."""
    most = min(start + MOST_SESSIONS, len(sessions))
    ends = [
        index
        for index in range(start + 1, most + 1)
        if index == len(sessions) or sessions[index].day != sessions[index - 1].day
    ]
    return min(ends, key=lambda end: (abs(end - stop), -end), default=most)


def _pages(sheet: AttendanceSheet, parts: list[range], number: int) -> list[Page]:
    """The pages of a part; a small class is set closer to stand on one."""
    for row_height in ROW_HEIGHTS if len(sheet.rows) <= _ONE_PAGE else ():
        pages = paginate(_part(sheet, parts, number, row_height), FRAME.height)
        if len(pages) == 1:
            return pages
    return paginate(_part(sheet, parts, number, USUAL_ROW), FRAME.height)


def _part(
    sheet: AttendanceSheet, parts: list[range], number: int, row_height: float
) -> list[Block]:
    """One part: heading, rows, foot; only the last one has totals and places to sign."""
    part, last = parts[number], number == len(parts) - 1
    heading = working_heading(_part_header(sheet, parts, number), FRAME.width)
    sessions = tuple(sheet.sessions[index] for index in part)
    table = _table(sessions, last, row_height)
    grid: list[Block] = [table.heading]
    for serial, row in enumerate(sheet.rows, start=1):
        grid += table.row(_cells(serial, row, part, last))
    grid.append(_foot(table, sheet, sessions, last))
    if last:
        return [heading, *signed(grid, sheet.legend, sheet.signatures, FRAME.width, _KEPT)]
    return [heading, *bound(grid, _KEPT), *note(sheet.legend, FRAME.width)]


def _part_header(sheet: AttendanceSheet, parts: list[range], number: int) -> WorkingHeader:
    """The heading of a part says which one it is."""
    header = sheet.header
    if len(parts) == 1:
        return header
    part = parts[number]
    first, last = sheet.sessions[part[0]].day, sheet.sessions[part[-1]].day
    text = f"Phần {number + 1}/{len(parts)}: từ {first} đến {last}"
    return WorkingHeader(
        header.parent_name,
        header.centre_name,
        header.title,
        header.class_title,
        f"{header.note} – {text}" if header.note else text,
    )


def _table(sessions: Sequence[SessionColumn], totals: bool, row_height: float) -> Table:
    """The grid of one part, under a heading of two rows."""
    spare = FRAME.width / MM - sum(column.width for column in _NAMES) - 2 * _TOTAL * totals
    count = len(sessions)
    session = min(_SESSION, (spare - _LEAST_NOTE) / count) if count else 0.0
    columns = (
        *_NAMES,
        *(Column(session_column.half, session, "center") for session_column in sessions),
        *(Column(letter, _TOTAL, "center") for letter in "PK" if totals),
        Column("Ghi chú", spare - session * count),
    )
    inked = tuple(replace(column, width=column.width * MM) for column in columns)
    table = Table(inked, replace(LOOK, row_height=row_height), limit=FRAME.height - 80)
    return replace(table, head=_heading(table, sessions, totals))


def _heading(table: Table, sessions: Sequence[SessionColumn], totals: bool) -> Panel:
    """Days over half-days, with the other headings as tall as both."""
    upper, lower = _HEAD_ROWS
    first = len(_NAMES)

    def over(start: int, stop: int, text: str, y: float = 0, height: float = upper) -> Box:
        left, right = table.edges[start], table.edges[stop]
        return Box(left, y, right - left, height, text, bold=True)

    def tall(start: int, stop: int) -> Box:
        return over(start, stop, table.columns[start].heading, 0, upper + lower)

    boxes = [tall(0, 1), tall(1, 3), tall(3, 4), tall(4, 5)]
    index = first
    for day, columns in groupby(sessions, key=lambda session: session.day):
        stop = index + len(list(columns))
        boxes.append(over(index, stop, day))
        index = stop
    if totals:
        boxes.append(over(index, index + 2, "Vắng"))
    last = len(table.columns) - 1
    boxes += [
        over(column, column + 1, table.columns[column].heading, upper, lower)
        for column in range(first, last)
    ]
    return table.panel([*boxes, tall(last, last + 1)])


def _cells(serial: int, row: AttendanceRow, part: range, totals: bool) -> list[str]:
    """The strings of a row; totals and note stand in the last part."""
    names = [str(serial), row.family_middle, row.given, row.born, row.unit]
    marks = [row.marks[index] for index in part]
    return [*names, *marks, *((row.excused, row.absent, row.note) if totals else ("",))]


def _foot(
    table: Table, sheet: AttendanceSheet, sessions: Sequence[SessionColumn], totals: bool
) -> Panel:
    """How many were present, and where the lecturers sign."""
    first = len(_NAMES)
    width = table.edges[first]
    counts = [session.present for session in sessions]
    counts += [sheet.excused_total, sheet.absent_total, ""] if totals else [""]
    boxes = [
        Box(0, 0, width, _COUNT_ROW, "Số có mặt/tổng số", bold=True),
        Box(0, _COUNT_ROW, width, _SIGN_ROW, "Giảng viên ký xác nhận", size=LOOK.size),
    ]
    for index, count in enumerate(counts, start=first):
        left, right = table.edges[index], table.edges[index + 1]
        boxes += [
            Box(left, 0, right - left, _COUNT_ROW, count, bold=True),
            Box(left, _COUNT_ROW, right - left, _SIGN_ROW),
        ]
    return replace(table.panel(boxes), head=table.heading)
