"""Danh sách học viên: the people of a class on A4 landscape pages (FORMATS §5)."""

from dataclasses import dataclass

from app.printing import document
from app.printing.document import MM, Align
from app.printing.flow import Block
from app.printing.pages import Frame, paginate, write
from app.printing.table import Column, Look, Table, scaled
from app.printing.working_paper import (
    SignatureBox,
    WorkingHeader,
    page_count,
    signed,
    working_heading,
)

FRAME = Frame(document.A4_LANDSCAPE, left=15 * MM, right=15 * MM, top=13 * MM, bottom=13 * MM)
LOOK = Look(
    size=11.5,
    leading=13.5,
    row_height=18.0,
    side=3.2,
    heading_size=11.0,
    heading_height=20.0,
)
OPTIONAL = ("born", "female", "ethnicity", "position", "unit", "party_joined", "phone")

_COLUMNS: dict[str, tuple[str, float, Align]] = {
    "born": ("Ngày sinh", 22, "center"),
    "female": ("Nữ", 9, "center"),
    "ethnicity": ("Dân tộc", 18, "center"),
    "position": ("Chức vụ, nơi công tác", 62, "left"),
    "unit": ("Chi bộ/Đảng bộ", 45, "left"),
    "party_joined": ("Ngày vào Đảng", 22, "center"),
    "phone": ("Điện thoại", 24, "center"),
}
_ELASTIC = ("position", "unit")  # take the room of the columns left out


@dataclass(frozen=True)
class ClassListRow:
    """One person; `female` is "x" or "", dates are printed as given."""

    family_middle: str
    given: str
    born: str = ""
    female: str = ""
    ethnicity: str = ""
    position: str = ""
    unit: str = ""
    party_joined: str = ""
    phone: str = ""


@dataclass(frozen=True)
class ClassListSheet:
    """A finished list; `columns` names the optional columns, `closing` the line under it."""

    header: WorkingHeader
    rows: tuple[ClassListRow, ...]
    closing: str = ""
    columns: tuple[str, ...] = OPTIONAL
    signatures: tuple[SignatureBox, ...] = (
        SignatureBox("NGƯỜI LẬP"),
        SignatureBox("GIÁM ĐỐC"),
    )


def render(sheet: ClassListSheet) -> bytes:
    """The list as PDF."""
    pages = paginate(_blocks(sheet), FRAME.height)
    title = f"{sheet.header.title} {sheet.header.class_title}"
    author = sheet.header.centre_name
    return write(FRAME, pages, page_count(FRAME), title, author, sheet.header.note)


def _blocks(sheet: ClassListSheet) -> list[Block]:
    """Heading, numbered rows and places to sign."""
    shown = tuple(name for name in OPTIONAL if name in sheet.columns)
    table = Table(_columns(shown), LOOK, limit=FRAME.height - 60)
    rows = [
        part
        for serial, row in enumerate(sheet.rows, start=1)
        for part in table.row(_cells(serial, row, shown))
    ]
    return [
        working_heading(sheet.header, FRAME.width),
        *signed([table.heading, *rows], sheet.closing, sheet.signatures, FRAME.width),
    ]


def _cells(serial: int, row: ClassListRow, shown: tuple[str, ...]) -> list[str]:
    """The strings of a row, numbered without a gap."""
    optional = (str(getattr(row, name)) for name in shown)
    return [str(serial), row.family_middle, row.given, *optional]


def _columns(shown: tuple[str, ...]) -> tuple[Column, ...]:
    """The columns as wide as the page: long texts get the spare room."""
    fixed = (
        Column("TT", 9 * MM, "center"),
        Column("Họ và tên", 38 * MM, joined=True),
        Column("", 18 * MM),
    )
    chosen = [(name, *_COLUMNS[name]) for name in shown]
    used = 65 * MM + sum(width * MM for _, _, width, _ in chosen)
    elastic = sum(width for name, _, width, _ in chosen if name in _ELASTIC)
    stretch = (FRAME.width - used) / elastic if elastic else 0.0
    optional = (
        Column(heading, width * (MM + (stretch if name in _ELASTIC else 0.0)), align)
        for name, heading, width, align in chosen
    )
    columns = (*fixed, *optional)
    return columns if elastic else scaled(columns, FRAME.width)
