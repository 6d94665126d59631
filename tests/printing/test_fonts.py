import json
import unicodedata
from pathlib import Path

import pytest

from app.printing import fonts

CASES = json.loads(
    (Path(__file__).parents[1] / "data" / "render_cases.json").read_text(encoding="utf-8")
)


@pytest.mark.parametrize("font", fonts.NAMES)
def test_every_face_has_the_whole_vietnamese_alphabet(font: str) -> None:
    assert fonts.missing_glyphs(unicodedata.normalize("NFC", CASES["alphabet"]), font) == ()


@pytest.mark.parametrize("font", fonts.NAMES)
def test_every_face_has_the_letters_of_minority_names(font: str) -> None:
    assert fonts.missing_glyphs("H'Blĭk Ñĭ Kdăm, Y Hŏă, č Č ŭ, H’Hen Niê – …“”", font) == ()


def test_a_missing_glyph_is_refused_with_its_character_and_its_text() -> None:
    with pytest.raises(fonts.MissingGlyph, match=r"“漢” \(U\+6F22\) trong “Nguyễn 漢”") as caught:
        fonts.require_glyphs("Nguyễn 漢", fonts.SERIF)
    assert caught.value.character == "漢"


def test_missing_glyphs_are_named_once_each_in_order() -> None:
    assert fonts.missing_glyphs("字a漢字", fonts.SERIF) == ("字", "漢")


@pytest.mark.parametrize(
    ("text", "font", "size", "millimetres"),
    [
        ("ĐẢNG CỘNG SẢN VIỆT NAM", fonts.SERIF_BOLD, 15, 72.9),
        ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", fonts.SERIF_BOLD, 13, 95.7),
        ("Độc lập - Tự do - Hạnh phúc", fonts.SERIF_BOLD, 14, 60.5),
        ("TRUNG TÂM CHÍNH TRỊ", fonts.SERIF_BOLD, 14, 58.6),
        ("ĐẢNG ỦY PHƯỜNG PHÚ NHUẬN", fonts.SERIF, 14, 74.9),
        ("Thành phố Hồ Chí Minh, ngày 30 tháng 10 năm 2025", fonts.SERIF_ITALIC, 14, 106.3),
    ],
)
def test_widths_are_those_of_times_new_roman(
    text: str, font: str, size: float, millimetres: float
) -> None:
    assert fonts.width(text, font, size) / 72 * 25.4 == pytest.approx(millimetres, abs=0.06)


def test_registering_again_gives_the_same_faces() -> None:
    assert fonts.register() is fonts.register()
    assert set(fonts.register()) == set(fonts.NAMES)
