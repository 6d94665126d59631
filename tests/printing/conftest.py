"""Reading papers back: every glyph with its place, and every drawn rule."""

import ctypes
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO

import pypdfium2 as pdfium  # type: ignore[import-untyped]  # the package has no type marker
import pypdfium2.raw as raw  # type: ignore[import-untyped]
import pytest
from pypdf import PdfReader
from pypdf.generic import ContentStream, DictionaryObject

MM = 72 / 25.4


@dataclass(frozen=True)
class Glyph:
    """One character; places in mm from the top left corner, the size in points."""

    character: str
    left: float
    right: float
    baseline: float
    size: float
    font: str


@dataclass(frozen=True)
class Found:
    """A text found on a page."""

    left: float
    right: float
    baseline: float
    size: float
    font: str

    @property
    def middle(self) -> float:
        return (self.left + self.right) / 2


@dataclass(frozen=True)
class Rule:
    """A drawn horizontal line, in mm."""

    left: float
    right: float
    y: float

    @property
    def length(self) -> float:
        return self.right - self.left


@dataclass(frozen=True)
class PageRead:
    """What stands on one page."""

    width: float
    height: float
    glyphs: tuple[Glyph, ...]
    rules: tuple[Rule, ...]

    @cached_property
    def text(self) -> str:
        """All characters in the order they were drawn, without spaces."""
        return "".join(glyph.character for glyph in self.inked)

    @cached_property
    def inked(self) -> tuple[Glyph, ...]:
        return tuple(glyph for glyph in self.glyphs if not glyph.character.isspace())

    def every(self, text: str) -> list[Found]:
        """All places of a text, spaces not counted."""
        wanted = "".join(text.split())
        found, start = [], self.text.find(wanted)
        while start >= 0:
            part = self.inked[start : start + len(wanted)]
            first = part[0]
            right = max(glyph.right for glyph in part)
            found.append(Found(first.left, right, first.baseline, first.size, first.font))
            start = self.text.find(wanted, start + 1)
        return found

    def find(self, text: str) -> Found:
        """The only place of a text."""
        (found,) = self.every(text)
        return found


@dataclass(frozen=True)
class Paper:
    """A PDF read back."""

    pages: tuple[PageRead, ...]
    title: str
    author: str
    language: str
    fonts: dict[str, bool]

    @property
    def text(self) -> str:
        return "".join(page.text for page in self.pages)


@pytest.fixture(scope="session")
def read() -> Callable[[bytes], Paper]:
    """Reads a PDF back."""
    return _read


def _read(pdf: bytes) -> Paper:
    reader = PdfReader(BytesIO(pdf))
    document = pdfium.PdfDocument(pdf)
    pages = []
    for index, page in enumerate(reader.pages):
        height = float(page.mediabox.height)
        glyphs = tuple(_glyphs(document, index, height))
        operations = ContentStream(page.get_contents(), reader).operations
        rules = tuple(_rules(operations, height))
        pages.append(PageRead(float(page.mediabox.width) / MM, height / MM, glyphs, rules))
    document.close()
    meta = reader.metadata
    assert meta
    root = reader.trailer["/Root"].get_object()
    assert isinstance(root, DictionaryObject)
    return Paper(
        tuple(pages), meta.title or "", meta.author or "", str(root["/Lang"]), _fonts(reader)
    )


def _glyphs(document: pdfium.PdfDocument, index: int, height: float) -> Iterator[Glyph]:
    """Every character of a page that PDFium did not invent."""
    page = document[index]
    text = page.get_textpage()
    x, y = ctypes.c_double(), ctypes.c_double()
    name, flags = ctypes.create_string_buffer(99), ctypes.c_int()
    for place in range(text.count_chars()):
        if raw.FPDFText_IsGenerated(text, place):
            continue
        raw.FPDFText_GetCharOrigin(text, place, x, y)
        raw.FPDFText_GetFontInfo(text, place, name, 99, flags)
        left, _, right, _ = text.get_charbox(place)
        yield Glyph(
            chr(raw.FPDFText_GetUnicode(text, place)),
            left / MM,
            right / MM,
            (height - y.value) / MM,
            raw.FPDFText_GetFontSize(text, place),
            name.value.decode().rpartition("+")[2],
        )
    text.close()
    page.close()


def _rules(operations: list[tuple[list[float], bytes]], height: float) -> Iterator[Rule]:
    """Straight lines from `m` to `l`, moved by the `cm` around them."""
    dx = dy = x = y = 0.0
    for operands, operator in operations:
        if operator == b"cm":
            dx, dy = float(operands[4]), float(operands[5])
        elif operator == b"Q":
            dx = dy = 0.0
        elif operator == b"m":
            x, y = float(operands[0]), float(operands[1])
        elif operator == b"l" and abs(float(operands[1]) - y) < 0.001:
            right = float(operands[0])
            yield Rule((x + dx) / MM, (right + dx) / MM, (height - y - dy) / MM)


def _fonts(reader: PdfReader) -> dict[str, bool]:
    """Fonts by name, and whether each is embedded."""
    fonts: dict[str, bool] = {}
    for page in reader.pages:
        for entry in page["/Resources"]["/Font"].values():  # type: ignore[index]
            font = entry.get_object()
            descriptor = font.get("/FontDescriptor")
            embedded = descriptor is not None and "/FontFile2" in descriptor.get_object()
            fonts[str(font["/BaseFont"])] = embedded
    return fonts
