from io import BytesIO

import pytest

from app.errors import FileError
from app.printing import document, fonts, preview


@pytest.fixture(scope="module")
def pdf() -> bytes:
    """Two A4 pages; the second has a black bar in its upper half."""
    buffer = BytesIO()
    canvas = document.new_canvas(buffer, document.A4, "Thử")
    document.draw_text(canvas, 20, 30, "Trang một", fonts.SERIF, 14)
    canvas.showPage()
    canvas.rect(0, 150 * document.MM, 210 * document.MM, 100 * document.MM, fill=1)
    canvas.save()
    return buffer.getvalue()


def test_pages_are_counted_and_measured(pdf: bytes) -> None:
    assert preview.page_count(pdf) == 2
    assert preview.page_sizes(pdf)[1] == pytest.approx((595.276, 841.89), abs=0.01)


def test_a_page_is_drawn_at_the_width_asked_for(pdf: bytes) -> None:
    image = preview.render_page(pdf, 0, 400)
    assert (image.width, image.height) == (400, 566)
    assert len(image.pixels) == 400 * 566 * 4


def test_pixels_are_opaque_rows_from_the_top(pdf: bytes) -> None:
    image = preview.render_page(pdf, 1, 210)

    def pixel(x: int, y: int) -> tuple[int, ...]:
        start = (y * image.width + x) * 4
        return tuple(image.pixels[start : start + 4])

    assert pixel(100, 10) == (255, 255, 255, 255)
    assert pixel(100, 100) == (0, 0, 0, 255)
    assert pixel(100, 250) == (255, 255, 255, 255)


def test_colours_are_red_green_blue() -> None:
    buffer = BytesIO()
    canvas = document.new_canvas(buffer, document.A4, "Thử")
    canvas.setFillColor(document.rgb("#A8141B"))
    canvas.rect(0, 0, 600, 900, stroke=0, fill=1)
    canvas.save()
    image = preview.render_page(buffer.getvalue(), 0, 50)
    assert tuple(image.pixels[4000:4003]) == (0xA8, 0x14, 0x1B)


def test_a_broken_file_is_refused_in_words() -> None:
    with pytest.raises(FileError, match="Không mở được tệp PDF"):
        preview.page_count(b"no pdf at all")


def test_a_page_that_does_not_exist_is_a_bug(pdf: bytes) -> None:
    with pytest.raises(IndexError):
        preview.render_page(pdf, 2, 100)
