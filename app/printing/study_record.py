"""Quá trình học tập: what one person learnt at the centre, on upright A4 pages."""

from dataclasses import dataclass

from app.printing import document
from app.printing.document import MM
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

FRAME = Frame(document.A4, left=20 * MM, right=15 * MM, top=15 * MM, bottom=15 * MM)
LOOK = Look(
    size=11.0,
    leading=13.2,
    row_height=20.0,
    side=3.0,
    heading_size=10.5,
    heading_height=20.0,
)
_COLUMNS = (
    Column("TT", 9, "center"),
    Column("Lớp", 51),
    Column("Thời gian", 34, "center"),
    Column("Đơn vị khi học", 34),
    Column("Kết quả", 20, "center"),
    Column("Giấy chứng nhận", 30, "center"),
)


@dataclass(frozen=True)
class StudyRow:
    """One class; a certificate that is no longer valid says so in its cell."""

    class_title: str
    period: str
    unit: str = ""
    result: str = ""
    certificate: str = ""


@dataclass(frozen=True)
class StudyRecordSheet:
    """The classes of a person, the oldest first; the header names the person."""

    header: WorkingHeader
    rows: tuple[StudyRow, ...]
    closing: str = ""
    signatures: tuple[SignatureBox, ...] = (
        SignatureBox("NGƯỜI LẬP"),
        SignatureBox("GIÁM ĐỐC"),
    )


def render(sheet: StudyRecordSheet) -> bytes:
    """The record as PDF."""
    pages = paginate(_blocks(sheet), FRAME.height)
    title = f"{sheet.header.title} {sheet.header.class_title}"
    return write(FRAME, pages, page_count(FRAME), title, sheet.header.centre_name, "")


def _blocks(sheet: StudyRecordSheet) -> list[Block]:
    """Heading, numbered classes and places to sign."""
    table = Table(scaled(_COLUMNS, FRAME.width), LOOK, limit=FRAME.height - 60)
    rows = [
        part
        for serial, row in enumerate(sheet.rows, start=1)
        for part in table.row(
            (str(serial), row.class_title, row.period, row.unit, row.result, row.certificate)
        )
    ]
    return [
        working_heading(sheet.header, FRAME.width),
        *signed([table.heading, *rows], sheet.closing, sheet.signatures, FRAME.width),
    ]
