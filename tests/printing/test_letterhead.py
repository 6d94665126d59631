"""The headings of official papers, Party and State form."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from app.printing import document, fonts
from app.printing.letterhead import Letterhead, Signer, heading, signing
from app.printing.pages import Frame, paginate, write
from app.terms import DocumentFamily

if TYPE_CHECKING:
    from tests.printing.conftest import PageRead, Paper

Read = Callable[[bytes], "Paper"]
MM = document.MM
FRAME = Frame(document.A4, 30 * MM, 15 * MM, 20 * MM, 20 * MM)
POINT = 25.4 / 72
PARTY, STATE = DocumentFamily.PARTY, DocumentFamily.STATE
NUMBERS = {PARTY: "Số 15-BC/TTCT", STATE: "Số: 15/BC-TTCT"}


def _letterhead(family: DocumentFamily, **changes: str) -> Letterhead:
    values = {
        "parent_name": "ĐẢNG ỦY XÃ AN BÌNH",
        "centre_name": "TRUNG TÂM CHÍNH TRỊ",
        "number": NUMBERS[family],
        "place_and_date": "An Bình, ngày 16 tháng 3 năm 2026",
    }
    return Letterhead(family, **(values | changes))


@pytest.fixture
def drawn(read: Read) -> Callable[..., "PageRead"]:
    """Draws a heading alone on a page and reads it back."""

    def draw(family: DocumentFamily, **changes: str) -> "PageRead":
        panel = heading(_letterhead(family, **changes), FRAME.width)
        pages = paginate([panel], FRAME.height)
        pdf = write(FRAME, pages, lambda *_: None, "Tiêu đề", "", "")
        return read(pdf).pages[0]

    return draw


@pytest.fixture
def signed(read: Read) -> Callable[..., "PageRead"]:
    """Draws a signing block alone on a page and reads it back."""

    def draw(family: DocumentFamily, signer: Signer) -> "PageRead":
        panel = signing(family, signer, ("- Ban Xây dựng Đảng,", "- Lưu Trung tâm."), FRAME.width)
        pdf = write(FRAME, paginate([panel], FRAME.height), lambda *_: None, "Ký", "", "")
        return read(pdf).pages[0]

    return draw


def test_the_rule_under_the_party_name_is_exactly_as_long_as_the_text(
    drawn: Callable[..., "PageRead"],
) -> None:
    page = drawn(PARTY)
    name = page.find("ĐẢNG CỘNG SẢN VIỆT NAM")
    (rule,) = page.rules
    assert name.size == pytest.approx(15)
    assert name.font == "LiberationSerif-Bold"
    exact = fonts.width("ĐẢNG CỘNG SẢN VIỆT NAM", fonts.SERIF_BOLD, 15)
    assert rule.length / POINT == pytest.approx(exact, abs=0.3)
    assert rule.left == pytest.approx(name.left, abs=0.3)
    assert rule.right == pytest.approx(name.right, abs=0.3)
    assert (rule.y - name.baseline) / POINT == pytest.approx(5, abs=0.1)


def test_party_lines_stand_where_the_guideline_puts_them(
    drawn: Callable[..., "PageRead"],
) -> None:
    page = drawn(PARTY)
    parent = page.find("ĐẢNG ỦY XÃ AN BÌNH")
    centre = page.find("TRUNG TÂM CHÍNH TRỊ")
    number, date = page.find("Số 15-BC/TTCT"), page.find("An Bình, ngày 16 tháng 3 năm 2026")
    star = page.find("*")
    assert parent.baseline == pytest.approx(24.4, abs=0.05)
    assert [
        round((found.baseline - parent.baseline) / POINT) for found in (centre, star, number, date)
    ] == [17, 35, 49, 49]
    assert (parent.size, centre.size, number.size, date.size) == (14, 14, 14, 14)
    assert (parent.font, centre.font) == ("LiberationSerif", "LiberationSerif-Bold")
    assert date.font == "LiberationSerif-Italic"
    assert centre.middle == pytest.approx(66, abs=0.5)
    assert date.middle == pytest.approx(152, abs=0.5)


def test_a_state_heading_has_the_motto_a_short_rule_and_no_star(
    drawn: Callable[..., "PageRead"],
) -> None:
    page = drawn(STATE)
    motto, centre = page.find("Độc lập - Tự do - Hạnh phúc"), page.find("TRUNG TÂM CHÍNH TRỊ")
    short, full = sorted(page.rules, key=lambda rule: rule.left)
    assert "*" not in page.text
    assert "ĐẢNGCỘNGSẢN" not in page.text
    assert page.find("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM").size == pytest.approx(13)
    assert full.length == pytest.approx(motto.right - motto.left, abs=0.4)
    assert 1 / 3 <= short.length / (centre.right - centre.left) <= 1 / 2
    assert page.find("Số: 15/BC-TTCT").baseline == pytest.approx(
        page.find("An Bình, ngày 16 tháng 3 năm 2026").baseline, abs=0.01
    )


def test_a_long_body_wraps_and_pushes_the_number_and_the_date_down(
    drawn: Callable[..., "PageRead"],
) -> None:
    page = drawn(
        PARTY, centre_name="TRUNG TÂM CHÍNH TRỊ ĐẶC KHU PHÚ QUÝ VÀ CÁC XÃ VÙNG BIÊN GIỚI PHÍA TÂY"
    )
    number, date = page.find("Số 15-BC/TTCT"), page.find("An Bình, ngày 16 tháng 3 năm 2026")
    assert (number.baseline - 24.4) / POINT > 60
    assert number.baseline == pytest.approx(date.baseline, abs=0.01)
    assert min(glyph.left for glyph in page.inked) >= 29.8
    assert page.find("ĐẢNG CỘNG SẢN VIỆT NAM").left > max(
        glyph.right for glyph in page.inked if glyph.right < 108
    )


def test_a_body_as_wide_as_its_column_stays_on_one_line(drawn: Callable[..., "PageRead"]) -> None:
    page = drawn(PARTY, parent_name="ĐẢNG ỦY PHƯỜNG PHÚ NHUẬN")
    parent = page.find("ĐẢNG ỦY PHƯỜNG PHÚ NHUẬN")
    assert parent.right - parent.left == pytest.approx(74.9, abs=0.5)
    assert parent.left >= 29.9


@pytest.mark.parametrize("family", [PARTY, STATE])
def test_a_long_place_and_date_breaks_after_the_comma(
    drawn: Callable[..., "PageRead"], family: DocumentFamily
) -> None:
    page = drawn(family, place_and_date="Thành phố Hồ Chí Minh, ngày 30 tháng 10 năm 2025")
    place, date = page.find("Thành phố Hồ Chí Minh,"), page.find("ngày 30 tháng 10 năm 2025")
    assert place.size == date.size == pytest.approx(14)
    assert (date.baseline - place.baseline) / POINT == pytest.approx(17, abs=0.1)
    assert place.middle == pytest.approx(date.middle, abs=0.5)
    assert max(glyph.right for glyph in page.inked) <= 195.2


def test_a_deputy_signs_for_the_director_with_room_for_the_seal(
    signed: Callable[..., "PageRead"],
) -> None:
    page = signed(PARTY, Signer("PHÓ GIÁM ĐỐC", "Lê Thị Ơn", authority="K/T GIÁM ĐỐC"))
    authority, title = page.find("K/T GIÁM ĐỐC"), page.find("PHÓ GIÁM ĐỐC")
    name, recipients = page.find("Lê Thị Ơn"), page.find("Nơi nhận:")
    assert (authority.font, title.font) == ("LiberationSerif-Bold", "LiberationSerif")
    assert 30 <= name.baseline - title.baseline <= 35
    assert name.font == "LiberationSerif-Bold"
    assert recipients.baseline == pytest.approx(authority.baseline)
    assert page.find("- Ban Xây dựng Đảng,").size == pytest.approx(12)
    (underline,) = page.rules
    assert underline.length == pytest.approx(recipients.right - recipients.left, abs=0.8)


def test_the_title_is_bold_when_the_centre_wants_it_or_the_form_is_the_states(
    signed: Callable[..., "PageRead"],
) -> None:
    bold = signed(PARTY, Signer("GIÁM ĐỐC", "Lê Thị Ơn", title_bold=True))
    state = signed(STATE, Signer("GIÁM ĐỐC", "Lê Thị Ơn"))
    assert bold.find("GIÁM ĐỐC").font == "LiberationSerif-Bold"
    assert state.find("GIÁM ĐỐC").font == "LiberationSerif-Bold"
    assert state.find("Nơi nhận:").font == "LiberationSerif-BoldItalic"
    assert state.rules == ()


def test_a_centre_without_names_yet_still_has_a_heading(drawn: Callable[..., "PageRead"]) -> None:
    page = drawn(PARTY, parent_name="", centre_name="")
    assert page.find("Số 15-BC/TTCT")
