"""Báo cáo tổng kết lớp: the class-closing report as justified text with tables (FORMATS §3)."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from app.printing import document, letterhead
from app.printing.document import MM, Align
from app.printing.flow import Block, Panel, Run, bound, extent, paragraph, placed, rule
from app.printing.fonts import SERIF, SERIF_BOLD, SERIF_BOLD_ITALIC, SERIF_ITALIC
from app.printing.letterhead import Letterhead, Signer
from app.printing.pages import Frame, Page, paginate, write
from app.printing.table import Column, Look, Table, scaled
from app.printing.working_paper import journal_foot
from app.terms import DocumentFamily

if TYPE_CHECKING:  # reportlab is imported when the first paper is drawn
    from reportlab.pdfgen.canvas import Canvas

FRAME = Frame(document.A4, left=30 * MM, right=15 * MM, top=20 * MM, bottom=20 * MM)
BODY_SIZE = 14.0
LEADING = 19.0
INDENT = 10 * MM
GAP = 6.0
PAGE_NUMBER_BASELINE = 13.2 * MM  # a 14 pt figure whose top is 10 mm under the edge
TABLE_LOOK = Look()


@dataclass(frozen=True)
class Heading:
    """A heading in bold, e.g. "I- QUÁ TRÌNH TỔ CHỨC LỚP HỌC"."""

    text: str


@dataclass(frozen=True)
class RunIn:
    """A paragraph that begins with a bold label, e.g. "1. Giảng viên:"."""

    label: str
    text: str


@dataclass(frozen=True)
class Body:
    """Plain paragraphs; a line break in the text begins another one."""

    text: str


@dataclass(frozen=True)
class DataTable:
    """A captioned table; without `align` the second column is left, the others centred."""

    caption: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths_mm: tuple[float, ...]
    align: tuple[Align, ...] = ()
    bold_rows: tuple[int, ...] = ()


Item = Heading | RunIn | Body | DataTable


@dataclass(frozen=True)
class Annex:
    """Pages after the signature; a title line in parentheses is printed in italics."""

    title_lines: tuple[str, ...]
    items: tuple[Item, ...]


@dataclass(frozen=True)
class ClosingReportSheet:
    """A finished report: every string is printed as it stands."""

    letterhead: Letterhead
    title: str
    subject_lines: tuple[str, ...]
    opening: str
    items: tuple[Item, ...]
    closing: str
    recipients: tuple[str, ...]
    signer: Signer
    annexes: tuple[Annex, ...] = field(default=())
    journal_mark: str = ""


def render(sheet: ClosingReportSheet) -> bytes:
    """The report as PDF."""
    pages = paginate(_report(sheet), FRAME.height)
    for annex in sheet.annexes:
        pages += paginate(_annex(annex), FRAME.height)
    title = " ".join((sheet.title, *sheet.subject_lines))
    author = sheet.letterhead.centre_name

    def furniture(canvas: "Canvas", index: int, pages: list[Page]) -> None:
        _page_number(canvas, index)
        if index == len(pages) - 1:
            journal_foot(canvas, FRAME, sheet.journal_mark)

    return write(FRAME, pages, furniture, title, author, sheet.letterhead.number)


def _page_number(canvas: "Canvas", index: int) -> None:
    """The page number in the top margin, from the second page on."""
    if index:
        centre = (FRAME.left + FRAME.width / 2) / MM
        number, y = str(index + 1), PAGE_NUMBER_BASELINE / MM
        document.draw_text(canvas, centre, y, number, SERIF, 14, "center")


def _report(sheet: ClosingReportSheet) -> list[Block]:
    """All blocks of the report proper; the signature stays with the last lines."""
    family = sheet.letterhead.family
    text = [
        *_title(sheet),
        *_paragraphs(sheet.opening),
        *_flowing(sheet.items),
        *_paragraphs(sheet.closing),
    ]
    return [
        letterhead.heading(sheet.letterhead, FRAME.width),
        *bound(text, 2),
        letterhead.signing(family, sheet.signer, sheet.recipients, FRAME.width),
    ]


def _title(sheet: ClosingReportSheet) -> list[Block]:
    """Kind and subject of the paper with the mark that ends them."""
    family = sheet.letterhead.family
    kind_size, subject_size = (16, 14.5) if family is DocumentFamily.PARTY else (14, 14)
    kind = _centred(sheet.title, SERIF_BOLD, kind_size, gap=9)
    subject = [
        line for text in sheet.subject_lines for line in _centred(text, SERIF_BOLD, subject_size)
    ]
    last = sheet.subject_lines[-1] if sheet.subject_lines else sheet.title
    return [*kind, *subject, _title_end(family, extent(last, SERIF_BOLD, subject_size))]


def _title_end(family: DocumentFamily, line: float) -> Panel:
    """Five hyphens in a Party paper, a short rule in a State one."""
    if family is DocumentFamily.PARTY:
        mark = placed("-----", SERIF, BODY_SIZE, 12, FRAME.width / 2)
        return Panel(height=14, keep=True, texts=(mark,))
    length = min(line, FRAME.width) * letterhead.RULE_SHARE
    stroke = rule((FRAME.width - length) / 2, 5, length)
    return Panel(height=8, keep=True, texts=(), strokes=stroke)


def _centred(text: str, font: str, size: float, gap: float = 0) -> list[Block]:
    """Centred lines that stay with what follows."""
    run = Run(text, font, size)
    lines = paragraph([run], FRAME.width, LEADING, align="center", gap=gap, keep=True)
    return bound(lines, len(lines))


def _flowing(items: Sequence[Item]) -> list[Block]:
    """The blocks of the items, in order."""
    blocks: list[Block] = []
    after_table = False
    for item in items:
        made = _item(item)
        if after_table and made:
            made[0] = replace(made[0], gap=max(made[0].gap, 10))
        blocks += made
        after_table = isinstance(item, DataTable)
    return blocks


def _item(item: Item) -> list[Block]:
    """The blocks of one item."""
    match item:
        case Heading(text):
            run = Run(text, SERIF_BOLD, BODY_SIZE)
            lines = paragraph([run], FRAME.width, LEADING, indent=INDENT, gap=9, keep=True)
            return bound(lines, len(lines))
        case RunIn(label, text):
            return _paragraphs(text, label)
        case Body(text):
            return _paragraphs(text)
        case DataTable():
            return _table(item)


def _paragraphs(text: str, label: str = "") -> list[Block]:
    """Justified paragraphs with the first line indented; the label begins the first one."""
    blocks: list[Block] = []
    for number, part in enumerate(text.splitlines() or ([""] if label else [])):
        runs = [Run(part, SERIF, BODY_SIZE)]
        if label and number == 0:
            runs.insert(0, Run(label, SERIF_BOLD, BODY_SIZE))
        blocks += paragraph(runs, FRAME.width, LEADING, indent=INDENT, gap=GAP)
    return blocks


def _table(data: DataTable) -> list[Block]:
    """Caption, heading and rows; too wide a table is made as wide as the text."""
    aligns = data.align or tuple("left" if n == 1 else "center" for n in range(len(data.headings)))
    columns = tuple(
        Column(text, width * MM, align)
        for text, width, align in zip(data.headings, data.widths_mm, aligns, strict=True)
    )
    total = sum(column.width for column in columns)
    if total > FRAME.width:
        columns, total = scaled(columns, FRAME.width), FRAME.width
    table = Table(columns, TABLE_LOOK, indent=(FRAME.width - total) / 2, limit=FRAME.height - 120)
    rows = [
        part
        for number, cells in enumerate(data.rows)
        for part in table.row(cells, bold=number in data.bold_rows)
    ]
    caption = paragraph(
        [Run(data.caption, SERIF_BOLD_ITALIC, 13)], FRAME.width, 16, align="center", gap=7
    )
    return [*bound(caption, len(caption)), replace(table.heading, gap=3), *rows]


def _annex(annex: Annex) -> list[Block]:
    """The blocks of an annex."""
    titles = [
        line
        for text in annex.title_lines
        for line in _centred(text, SERIF_ITALIC if text.startswith("(") else SERIF_BOLD, 14)
    ]
    return [*titles, *_flowing(annex.items)]
