"""Sổ cấp giấy chứng nhận: pages of the register, bound on the left (FORMATS §5)."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.printing import document
from app.printing.document import MM
from app.printing.flow import Block, Panel
from app.printing.pages import Frame, Page, paginate, write
from app.printing.table import Column, Look, Table, scaled
from app.printing.working_paper import (
    SignatureBox,
    WorkingHeader,
    foot,
    journal_foot,
    signed,
    working_heading,
)

if TYPE_CHECKING:  # reportlab is imported when the first paper is drawn
    from reportlab.pdfgen.canvas import Canvas

FRAME = Frame(document.A4_LANDSCAPE, left=25 * MM, right=10 * MM, top=13 * MM, bottom=13 * MM)
LOOK = Look(
    size=10.5,
    leading=12.6,
    row_height=24.0,
    side=2.6,
    heading_size=10.0,
    heading_height=20.0,
)
_COLUMNS = (
    Column("Số vào sổ", 16, "center"),
    Column("Họ và tên", 37),
    Column("Ngày sinh", 20, "center"),
    Column("Nữ", 7, "center"),
    Column("Đơn vị", 35),
    Column("Lớp, khóa", 37),
    Column("Xếp loại", 13, "center"),
    Column("Số hiệu GCN", 23, "center"),
    Column("Quyết định số, ngày", 26, "center"),
    Column("Ngày cấp", 18, "center"),
    Column("Ký nhận", 18),
    Column("Ghi chú", 15),
)


@dataclass(frozen=True)
class RegisterRow:
    """One line of the register; a revoked or replaced certificate says so in `note`."""

    register_number: str
    full_name: str
    born: str = ""
    female: str = ""
    unit: str = ""
    class_title: str = ""
    classification: str = ""
    certificate_number: str = ""
    decision: str = ""
    issued_on: str = ""
    note: str = ""


@dataclass(frozen=True)
class RegisterSheet:
    """Lines of the register; pages are numbered on from `first_page`."""

    header: WorkingHeader
    rows: tuple[RegisterRow, ...]
    first_page: int = 1
    closing: str = ""
    journal_mark: str = ""
    signatures: tuple[SignatureBox, ...] = (
        SignatureBox("NGƯỜI GHI SỔ"),
        SignatureBox("GIÁM ĐỐC"),
    )


def render(sheet: RegisterSheet) -> bytes:
    """The pages of the register as PDF."""
    pages = paginate(_blocks(sheet), FRAME.height)

    def furniture(canvas: "Canvas", index: int, pages: list[Page]) -> None:
        lines = sum(isinstance(b, Panel) and b.counted for _, b in pages[index])
        foot(canvas, FRAME, f"Trang {sheet.first_page + index} có {lines} số")
        if index == len(pages) - 1:
            journal_foot(canvas, FRAME, sheet.journal_mark)

    title = f"{sheet.header.title} {sheet.header.class_title}"
    return write(FRAME, pages, furniture, title, sheet.header.centre_name, sheet.header.note)


def _blocks(sheet: RegisterSheet) -> list[Block]:
    """Heading, the lines of the register and places to sign."""
    table = Table(scaled(_COLUMNS, FRAME.width), LOOK, limit=FRAME.height - 60)
    rows = [part for row in sheet.rows for part in table.row(_cells(row), counted=True)]
    return [
        working_heading(sheet.header, FRAME.width),
        *signed([table.heading, *rows], sheet.closing, sheet.signatures, FRAME.width),
    ]


def _cells(row: RegisterRow) -> tuple[str, ...]:
    """The strings of a line, with an empty place to sign for the receipt."""
    return (
        row.register_number,
        row.full_name,
        row.born,
        row.female,
        row.unit,
        row.class_title,
        row.classification,
        row.certificate_number,
        row.decision,
        row.issued_on,
        "",
        row.note,
    )
