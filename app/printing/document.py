"""What every paper shares: a canvas set up for Vietnamese, checked text, line breaking."""

from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, BinaryIO, Literal

from app import text as texts
from app.printing import fonts

if TYPE_CHECKING:  # reportlab costs 70 ms to import: only when the first paper is drawn
    from reportlab.pdfgen.canvas import Canvas

MM = 72 / 25.4
A4 = (210 * MM, 297 * MM)
A4_LANDSCAPE = (297 * MM, 210 * MM)
BLACK = "#000000"
CREATOR = "Sổ Lớp"

Align = Literal["left", "center", "right"]


def new_canvas(
    buffer: BinaryIO,
    page_size: tuple[float, float],
    title: str,
    author: str = "",
    subject: str = "",
) -> "Canvas":
    """Return a canvas for Vietnamese papers; the same drawing always gives the same bytes."""
    _configure()
    from reportlab.pdfgen.canvas import Canvas

    canvas = Canvas(
        buffer,
        pagesize=page_size,
        pageCompression=1,
        invariant=1,
        lang="vi-VN",
    )
    canvas.setTitle(texts.clean(title))
    canvas.setAuthor(texts.clean(author))
    canvas.setSubject(texts.clean(subject))
    canvas.setCreator(CREATOR)
    canvas.setProducer(CREATOR)
    return canvas


def _configure() -> None:
    """Set ReportLab up: our fonts, binary streams, and no file or URL fetched by markup."""
    from reportlab import rl_config

    fonts.register()
    rl_config.useA85 = 0
    rl_config.trustedSchemes = ["data"]
    rl_config.trustedHosts = []
    rl_config.canvas_basefontname = fonts.SERIF  # else every file names an unembedded Helvetica


@lru_cache(maxsize=4096)
def printable(text: str, font: str) -> str:
    """Return the text as it goes on paper (NFC, tidy spaces); raise MissingGlyph if it cannot."""
    cleaned: str = texts.clean(text)
    fonts.require_glyphs(cleaned, font)
    return cleaned


def draw_text(
    canvas: "Canvas",
    x_mm: float,
    y_mm_from_top: float,
    text: str,
    font: str,
    size: float,
    align: Align = "left",
    colour: str = BLACK,
    tracking: float = 0,
) -> float:
    """Draw one line with its baseline y mm below the top edge; returns its width in points."""
    line = printable(text, font)
    extent = fonts.width(line, font, size) + tracking * max(len(line) - 1, 0)
    shift = {"left": 0.0, "center": extent / 2, "right": extent}[align]
    words = canvas.beginText(x_mm * MM - shift, from_top(canvas, y_mm_from_top))
    words.setFont(font, size)
    words.setFillColor(rgb(colour))
    if tracking:
        words.setCharSpace(tracking)
    words.textOut(line)
    if tracking:
        words.setCharSpace(0)
    canvas.drawText(words)
    return extent


def from_top(canvas: "Canvas", y_mm: float) -> float:
    """The PDF ordinate, in points, of a height given in mm below the top edge."""
    height: float = canvas._pagesize[1]  # type: ignore[attr-defined]  # absent from the stubs
    return height - y_mm * MM


@lru_cache(maxsize=64)
def rgb(code: str) -> tuple[float, float, float]:
    """The three shares, 0 to 1, of a #RRGGBB colour."""
    red, green, blue = bytes.fromhex(code.removeprefix("#"))
    return red / 255, green / 255, blue / 255


def wrap(text: str, font: str, size: float, max_width: float) -> list[str]:
    """Break a text at spaces into lines of at most max_width points; a longer word is broken."""
    lines: list[str] = []
    line = ""
    for word in _fitting_words(printable(text, font), font, size, max_width):
        longer = f"{line} {word}" if line else word
        if line and fonts.width(longer, font, size) > max_width:
            lines.append(line)
            longer = word
        line = longer
    return [*lines, line] if line else lines


def _fitting_words(text: str, font: str, size: float, max_width: float) -> Iterator[str]:
    """The words of a text; one that is wider than a whole line comes in pieces."""
    for word in text.split():
        piece = ""
        for character in word:
            if piece and fonts.width(piece + character, font, size) > max_width:
                yield piece
                piece = ""
            piece += character
        yield piece
