"""The bundled fonts: registered once, measured, and checked so that no box is ever printed."""

from functools import cache
from typing import TYPE_CHECKING

from app import paths
from app.errors import FileError

if TYPE_CHECKING:  # reportlab costs 70 ms to import: only when the first paper is drawn
    from reportlab.pdfbase.ttfonts import TTFont

SERIF = "LiberationSerif"
SERIF_BOLD = "LiberationSerif-Bold"
SERIF_ITALIC = "LiberationSerif-Italic"
SERIF_BOLD_ITALIC = "LiberationSerif-BoldItalic"
TITLE = "PlayfairDisplay-Bold"

_FILES = {
    SERIF: "LiberationSerif-Regular.ttf",
    SERIF_BOLD: "LiberationSerif-Bold.ttf",
    SERIF_ITALIC: "LiberationSerif-Italic.ttf",
    SERIF_BOLD_ITALIC: "LiberationSerif-BoldItalic.ttf",
    TITLE: "PlayfairDisplay_700Bold.ttf",
}
NAMES = tuple(_FILES)


class MissingGlyph(FileError):  # noqa: N818 - says what is wrong, as the other kinds do
    """A font has no shape for a character: printing it would leave a box on the paper."""

    def __init__(self, character: str, text: str) -> None:
        code = f"U+{ord(character):04X}"
        super().__init__(
            f"Phông chữ in không có ký tự “{character}” ({code}) trong “{text}”. "
            "Hãy sửa ký tự đó rồi in lại."
        )
        self.character = character


@cache
def register() -> dict[str, "TTFont"]:
    """Make the faces known to ReportLab once; returns them by name."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFError, TTFont

    faces = {}
    for name, file in _FILES.items():
        path = paths.resources() / "fonts" / file
        try:
            faces[name] = TTFont(name, str(path))
        except (OSError, TTFError) as error:
            raise FileError(
                f"Không đọc được phông chữ {file}. Hãy cài lại chương trình."
            ) from error
        pdfmetrics.registerFont(faces[name])
    pdfmetrics.registerFontFamily(SERIF, SERIF, SERIF_BOLD, SERIF_ITALIC, SERIF_BOLD_ITALIC)
    return faces


def width(text: str, font: str, size: float) -> float:
    """Advance width of a text, in points."""
    return float(register()[font].stringWidth(text, size))


def missing_glyphs(text: str, font: str) -> tuple[str, ...]:
    """The characters of a text that a font cannot draw, each once, in order."""
    drawable = register()[font].face.charToGlyph
    return tuple(dict.fromkeys(c for c in text if ord(c) not in drawable))


def require_glyphs(text: str, font: str) -> None:
    """Raise MissingGlyph, naming the character and the text, unless every character is drawable."""
    missing = missing_glyphs(text, font)
    if missing:
        raise MissingGlyph(missing[0], text)
