"""Pages: blocks are placed first, so that every page knows how many there are, then drawn."""

from collections.abc import Callable, Iterator, Sequence
from io import BytesIO
from typing import TYPE_CHECKING, NamedTuple

from app.printing import document
from app.printing.flow import SLACK, Block

if TYPE_CHECKING:  # reportlab is imported when the first paper is drawn
    from reportlab.pdfgen.canvas import Canvas


class Frame(NamedTuple):
    """A page and its margins, in points."""

    size: tuple[float, float]
    left: float
    right: float
    top: float
    bottom: float

    @property
    def width(self) -> float:
        """Width of the text."""
        return self.size[0] - self.left - self.right

    @property
    def height(self) -> float:
        """Height of the text."""
        return self.size[1] - self.top - self.bottom


class Placed(NamedTuple):
    """A block and the distance from the top of the text to its own top."""

    offset: float
    block: Block


Page = list[Placed]
Furniture = Callable[["Canvas", int, list[Page]], None]


def paginate(blocks: Sequence[Block], height: float) -> list[Page]:
    """Fill pages of a height; bound blocks move together unless they need more than a page."""
    pages: list[Page] = [[]]
    for group in _groups(blocks):
        if pages[-1] and _bottom(pages[-1]) + _total(group) > height + SLACK:
            pages.append([])
        for block in group:
            if pages[-1] and _bottom(pages[-1]) + block.gap + block.height > height + SLACK:
                pages.append([])
            _place(pages[-1], block)
    return pages


def _groups(blocks: Sequence[Block]) -> Iterator[list[Block]]:
    """Runs of blocks that stay together."""
    group: list[Block] = []
    for block in blocks:
        group.append(block)
        if not block.keep:
            yield group
            group = []
    if group:
        yield group


def _total(group: list[Block]) -> float:
    """Height of a group with the gaps in it and before it."""
    return sum(block.gap + block.height for block in group)


def _bottom(page: Page) -> float:
    """Where the next block of a page may begin."""
    return page[-1].offset + page[-1].block.height if page else 0.0


def _place(page: Page, block: Block) -> None:
    """Put a block under the others; the first one of a page takes its head along, not its gap."""
    if page:
        page.append(Placed(_bottom(page) + block.gap, block))
        return
    if block.head:
        page.append(Placed(0.0, block.head))
    page.append(Placed(_bottom(page), block))


def write(
    frame: Frame, pages: list[Page], furniture: Furniture, title: str, author: str, subject: str
) -> bytes:
    """Draw the pages and what stands in their margins; returns the PDF."""
    buffer = BytesIO()
    canvas = document.new_canvas(buffer, frame.size, title, author, subject)
    for index, page in enumerate(pages):
        furniture(canvas, index, pages)
        for offset, block in page:
            block.draw(canvas, frame.left, frame.size[1] - frame.top - offset)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()
