import unicodedata
from io import BytesIO

import pypdf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from reportlab import rl_config

from app.printing import document, fonts


def one_line(text: str, font: str = fonts.SERIF) -> bytes:
    """A page with one drawn line."""
    buffer = BytesIO()
    canvas = document.new_canvas(buffer, document.A4, "Tiêu đề", "Trung tâm", "Chủ đề")
    document.draw_text(canvas, 20, 30, text, font, 14)
    canvas.save()
    return buffer.getvalue()


def read(pdf: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(BytesIO(pdf))


def test_text_comes_back_composed() -> None:
    name = "Đặng Thị Hường"
    assert read(one_line(unicodedata.normalize("NFD", name))).pages[0].extract_text() == name


def test_markup_is_printed_literally() -> None:
    name = "Lý <b>Văn</b> & Cường"
    assert read(one_line(name)).pages[0].extract_text() == name


def test_a_character_without_a_shape_is_refused() -> None:
    with pytest.raises(fonts.MissingGlyph):
        one_line("Nguyễn 🙂 An")


def test_only_our_fonts_are_named_and_they_are_embedded_in_part() -> None:
    resources = read(one_line("Ấ")).pages[0]["/Resources"]
    (font,) = (entry.get_object() for entry in resources["/Font"].values())  # type: ignore[index]
    assert font["/BaseFont"].endswith("+LiberationSerif")
    assert "/FontFile2" in font["/FontDescriptor"].get_object()
    assert b"Helvetica" not in one_line("Ấ")


def test_language_and_titles_are_set() -> None:
    reader = read(one_line("Ấ"))
    meta = reader.metadata
    assert reader.trailer["/Root"]["/Lang"] == "vi-VN"  # type: ignore[index]
    assert meta
    assert (meta.title, meta.author, meta.subject) == ("Tiêu đề", "Trung tâm", "Chủ đề")
    assert meta.creator == "Sổ Lớp"


def test_the_same_drawing_gives_the_same_bytes() -> None:
    assert one_line("Nguyễn Văn An") == one_line("Nguyễn Văn An")


def test_streams_are_binary_and_markup_may_not_fetch_files() -> None:
    assert b"ASCII85" not in one_line("Ấ")
    assert rl_config.trustedSchemes == ["data"]


@pytest.mark.parametrize(
    ("align", "left"), [("left", 0.0), ("center", -0.5), ("right", -1.0)], ids=str
)
def test_a_line_is_aligned_about_its_place(align: document.Align, left: float) -> None:
    buffer = BytesIO()
    canvas = document.new_canvas(buffer, document.A4, "Thử")
    extent = document.draw_text(canvas, 100, 30, "An Bình", fonts.SERIF, 14, align)
    canvas.save()
    places: list[tuple[float, float]] = []

    def note(text: str, _cm: object, matrix: list[float], _font: object, _size: float) -> None:
        if text.strip():
            places.append((matrix[4], matrix[5]))

    read(buffer.getvalue()).pages[0].extract_text(visitor_text=note)
    x, y = places[-1]
    assert x == pytest.approx(100 * document.MM + left * extent, abs=0.01)
    assert y == pytest.approx((297 - 30) * document.MM, abs=0.01)


def test_tracking_widens_the_line_between_letters_only() -> None:
    canvas = document.new_canvas(BytesIO(), document.A4, "Thử")
    plain = document.draw_text(canvas, 20, 30, "ABC", fonts.TITLE, 37)
    tracked = document.draw_text(canvas, 20, 50, "ABC", fonts.TITLE, 37, tracking=1.6)
    assert tracked - plain == pytest.approx(3.2)


@given(st.text(alphabet="aăbcdđ ệừ", max_size=80), st.floats(40, 200))
def test_wrapped_lines_fit_and_keep_every_letter(text: str, width: float) -> None:
    lines = document.wrap(text, fonts.SERIF, 12, width)
    assert all(fonts.width(line, fonts.SERIF, 12) <= width for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())


def test_wrapping_keeps_whole_words_where_they_fit() -> None:
    lines = document.wrap("Chi bộ thôn Đồng Tâm", fonts.SERIF, 14, 70)
    assert lines == ["Chi bộ thôn", "Đồng Tâm"]


def test_an_empty_text_has_no_lines() -> None:
    assert document.wrap("  ", fonts.SERIF, 14, 70) == []
