"""Working papers: lists and grids with a small heading, page counts and places to sign."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.printing import document
from app.printing.document import MM
from app.printing.flow import Block, Panel, Run, Text, bound, fit, paragraph, placed
from app.printing.fonts import SERIF, SERIF_BOLD, SERIF_ITALIC
from app.printing.pages import Frame, Furniture, Page

if TYPE_CHECKING:  # reportlab is imported when the first paper is drawn
    from reportlab.pdfgen.canvas import Canvas

FOOT_BASELINE = 7 * MM  # above the lower edge
FOOT_SIZE = 9.5
KEPT_ROWS = 3  # stay with the places to sign


@dataclass(frozen=True)
class WorkingHeader:
    """The small heading of lists and grids: no number, title on the right."""

    parent_name: str
    centre_name: str
    title: str
    class_title: str
    note: str = ""


@dataclass(frozen=True)
class SignatureBox:
    """One place to sign under a list; the name and the date may be left to the pen."""

    title: str
    name: str = ""
    place_and_date: str = ""


def working_heading(header: WorkingHeader, width: float) -> Panel:
    """The heading of a list or a grid: parent and centre left, title and class right."""
    left, right = 76 * MM, width - 84 * MM
    issuer = _stack(
        [(header.parent_name, SERIF, 12), (header.centre_name, SERIF_BOLD, 12)], left / 2, left
    )
    titles = _stack(
        [
            (header.title, SERIF_BOLD, 14),
            (header.class_title, SERIF_BOLD, 12),
            (header.note, SERIF_ITALIC, 11),
        ],
        width - right / 2,
        right,
    )
    lowest = max((text.y for text in (*issuer, *titles)), default=0)
    return Panel(height=lowest + 11, keep=True, texts=(*issuer, *titles))


def _stack(lines: Sequence[tuple[str, str, float]], centre: float, room: float) -> list[Text]:
    """Centred lines under each other, each wrapped to the room."""
    y = 0.0
    texts = []
    for text, font, size in lines:
        for line in document.wrap(text, font, size, room):
            y += size * 1.22 if y else size
            texts.append(placed(line, font, size, y, centre))
    return texts


def signature_row(boxes: Sequence[SignatureBox], width: float) -> Panel:
    """Places to sign side by side, 28 mm high with the names."""
    room = width / len(boxes)
    dated = 16.0 if any(box.place_and_date for box in boxes) else 0.0
    texts = []
    for number, box in enumerate(boxes):
        centre = room * (number + 0.5)
        for text, font, y in (
            (box.place_and_date, SERIF_ITALIC, 12.0),
            (box.title, SERIF_BOLD, 12.0 + dated),
            (box.name, SERIF_BOLD, 12.0 + dated + 24 * MM),
        ):
            lines, size = fit(text, font, 12, room - 8, 9)
            texts += [
                placed(line, font, size, y + 14 * row, centre) for row, line in enumerate(lines)
            ]
    return Panel(height=28 * MM + dated, gap=10, texts=tuple(texts))


def note(text: str, width: float, size: float = 11.0) -> list[Block]:
    """A remark in italics under a table; nothing for an empty text."""
    lines = paragraph([Run(text, SERIF_ITALIC, size)], width, size * 1.3, align="left", gap=6)
    return bound(lines, len(lines))


def signed(
    blocks: list[Block],
    remark: str,
    boxes: Sequence[SignatureBox],
    width: float,
    kept_rows: int = KEPT_ROWS,
) -> list[Block]:
    """The blocks with a remark and the places to sign, which stay with the last rows."""
    kept = bound(blocks, kept_rows)
    return [*kept, *note(remark, width), signature_row(boxes, width)]


def page_count(frame: Frame) -> Furniture:
    """Writes "Trang 1/4" in the lower right corner."""

    def draw(canvas: "Canvas", index: int, pages: list[Page]) -> None:
        foot(canvas, frame, f"Trang {index + 1}/{len(pages)}")

    return draw


def foot(canvas: "Canvas", frame: Frame, text: str) -> None:
    """A line in the lower right corner of a page."""
    right = (frame.size[0] - frame.right) / MM
    y = (frame.size[1] - FOOT_BASELINE) / MM
    document.draw_text(canvas, right, y, text, SERIF, FOOT_SIZE, "right")


def journal_foot(canvas: "Canvas", frame: Frame, mark: str) -> None:
    """The newest journal entry in the lower left corner: proof later that none was cut off."""
    if mark:
        y = (frame.size[1] - FOOT_BASELINE) / MM
        text = f"Nhật ký: {mark}"
        document.draw_text(canvas, frame.left / MM, y, text, SERIF, FOOT_SIZE, "left")
