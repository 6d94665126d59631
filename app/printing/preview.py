"""Pages of a finished PDF as pixels, so that the preview is the paper itself (PDFium)."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

import pypdfium2 as pdfium  # type: ignore[import-untyped]  # it ships no types

from app.errors import FileError

MAX_WIDTH = 8000  # pixels; beyond any screen, keeps a wrong zoom from filling the memory


class PageImage(NamedTuple):
    """A drawn page: 4 bytes a pixel (red, green, blue, 255), rows from the top without padding."""

    width: int
    height: int
    pixels: bytes


def page_count(pdf: bytes) -> int:
    """How many pages a PDF has."""
    with _opened(pdf) as opened:
        return len(opened)


def page_sizes(pdf: bytes) -> tuple[tuple[float, float], ...]:
    """Width and height of each page, in points."""
    with _opened(pdf) as opened:
        return tuple(opened.get_page_size(index) for index in range(len(opened)))


def render_page(pdf: bytes, index: int, width_px: int) -> PageImage:
    """Draw one page so many pixels wide, on white; one call at a time (PDFium has no threads)."""
    with _opened(pdf) as opened:
        if not 0 <= index < len(opened):
            raise IndexError(index)
        page = opened[index]
        try:
            scale = max(1, min(width_px, MAX_WIDTH)) / page.get_width()
            bitmap = page.render(scale=scale, rev_byteorder=True, prefer_bgrx=True)
            try:
                return PageImage(bitmap.width, bitmap.height, bytes(bitmap.buffer))
            finally:
                bitmap.close()
        finally:
            page.close()


@contextmanager
def _opened(pdf: bytes) -> Iterator[pdfium.PdfDocument]:
    try:
        document = pdfium.PdfDocument(pdf)
    except pdfium.PdfiumError as error:
        raise FileError("Không mở được tệp PDF để xem trước. Hãy tạo lại tệp.") from error
    try:
        yield document
    finally:
        document.close()
