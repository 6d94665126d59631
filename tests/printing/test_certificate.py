"""What one certificate shows, read back from the PDF (FORMATS §2, §10)."""

import json
import unicodedata
from collections.abc import Iterator
from dataclasses import astuple, dataclass, fields, replace
from io import BytesIO
from pathlib import Path

import pypdf
import pypdfium2 as pdfium  # type: ignore[import-untyped]  # it ships no types
import pytest

from app.errors import Cancelled, InputError
from app.printing.certificate import CertificateSheet, Problem, load_layout, preflight, render
from app.printing.fonts import MissingGlyph

DATA = Path(__file__).parents[1] / "data"
CASES = json.loads((DATA / "render_cases.json").read_text("utf-8"))["cases"]
NAMES = [case for case in CASES if "ho_ten" in case]
A4 = load_layout("a4")
MM = 72 / 25.4

SHEET = CertificateSheet(**json.loads((DATA / "certificate_sheet.json").read_text("utf-8")))
DEPUTY = replace(SHEET, authority="K/T GIÁM ĐỐC", signer_title="PHÓ GIÁM ĐỐC")
STATE = replace(SHEET, family="state", parent_name="Ủy ban nhân dân xã An Bình")
LONG_UNIT = next(case["don_vi"] for case in CASES if case["id"] == "long_unit")
LONG_CLASS = next(case["ten_lop"] for case in CASES if case["id"] == "long_class")


@dataclass(frozen=True)
class Line:
    """A drawn text: start, end and baseline in mm from the top left, size in points."""

    text: str
    left: float
    right: float
    y: float
    size: float
    font: str


def lines(pdf: bytes, index: int = 0) -> list[Line]:
    """The texts drawn on a page, in the order of drawing."""
    opened = pdfium.PdfDocument(pdf)
    page = opened[index]
    textpage = page.get_textpage()
    try:
        return list(_lines(page, textpage))
    finally:
        textpage.close()
        page.close()
        opened.close()


def _lines(page: pdfium.PdfPage, textpage: pdfium.PdfTextPage) -> Iterator[Line]:
    height = page.get_height()
    for found in page.get_objects(filter=[pdfium.raw.FPDF_PAGEOBJ_TEXT], textpage=textpage):
        matrix, bounds = found.get_matrix(), found.get_bounds()
        yield Line(
            found.extract(),
            bounds[0] / MM,
            bounds[2] / MM,
            (height - matrix.f) / MM,
            found.get_font_size(),
            found.get_font().get_base_name(),
        )


def printed(sheet: CertificateSheet) -> list[Line]:
    return lines(render([sheet], A4))


def line(sheet: CertificateSheet, start: str) -> Line:
    """The only line that starts so."""
    (found,) = (line for line in printed(sheet) if line.text.startswith(start))
    return found


def words(pdf: bytes, index: int = 0) -> str:
    """The text of a page with single spaces."""
    return " ".join(pypdf.PdfReader(BytesIO(pdf)).pages[index].extract_text().split())


@pytest.mark.parametrize("case", NAMES, ids=lambda case: case["id"])
def test_every_name_comes_back_as_it_is(case: dict[str, str]) -> None:
    expected = unicodedata.normalize("NFC", case.get("expected", case["ho_ten"]))
    for name in (case["ho_ten"], unicodedata.normalize("NFD", case["ho_ten"])):
        assert f"Đồng chí {expected} Sinh" in words(render([replace(SHEET, full_name=name)], A4))


@pytest.mark.parametrize(
    ("field", "text"),
    [("unit", LONG_UNIT), ("course_title", LONG_CLASS), ("born", "Sinh năm 1985")],
)
def test_long_and_unusual_values_come_back_whole(field: str, text: str) -> None:
    sheet = replace(SHEET, **{field: text})
    assert text.upper() in words(render([sheet], A4)).upper()


@pytest.mark.parametrize("sheet", [SHEET, DEPUTY, STATE], ids=["party", "deputy", "state"])
def test_every_field_is_printed(sheet: CertificateSheet) -> None:
    text = words(render([sheet], A4)).upper()
    texts = [getattr(sheet, field.name) for field in fields(sheet) if field.name != "family"]
    assert [value for value in texts if value.upper() not in text] == []


@pytest.mark.parametrize(
    ("start", "y", "size", "font"),
    [
        ("ĐẢNG ỦY XÃ AN BÌNH", 31, 13, ""),
        ("TRUNG TÂM CHÍNH TRỊ", 37, 13, "-Bold"),
        ("*", 42.4, 13, ""),
        ("ĐẢNG CỘNG SẢN VIỆT NAM", 31, 14, "-Bold"),
        ("GIÁM ĐỐC TRUNG TÂM", 73.5, 14, "-Bold"),
        ("chứng nhận", 80.5, 14.5, "-Italic"),
        ("Đồng chí", 93, 16, ""),
        ("Nguyễn Thị", 93, 23, "-Bold"),
        ("Sinh ngày", 102, 15, ""),
        ("Đơn vị: Chi bộ", 110, 15, ""),
        ("Đã hoàn thành", 119, 15, ""),
        ("BỒI DƯỠNG", 127.5, 16, "-Bold"),
        ("Từ ngày", 135.5, 15, ""),
        ("Xếp loại:", 143.5, 15, ""),
        ("Giỏi", 143.5, 15.5, "-Bold"),
        ("An Bình, ngày", 151.5, 14, "-Italic"),
        ("Hoàng Văn Tuấn", 186.5, 14, "-Bold"),
        ("Số 027", 174.5, 12, ""),
        ("Quyết định", 180.5, 12, ""),
        ("Số vào sổ", 186.5, 12, ""),
    ],
)
def test_lines_stand_where_the_format_says(start: str, y: float, size: float, font: str) -> None:
    found = line(SHEET, start)
    assert found.y == pytest.approx(y, abs=0.3)
    assert found.size == pytest.approx(size)
    assert found.font == f"LiberationSerif{font}"


def test_the_title_is_centred_in_its_own_face() -> None:
    title = line(SHEET, "GIẤY CHỨNG NHẬN")
    assert (title.font, title.size) == ("PlayfairDisplay-Bold", 37)
    assert title.y == pytest.approx(62.5, abs=0.3)
    assert (title.left + title.right) / 2 == pytest.approx(148.5, abs=0.5)


def test_the_state_heading_replaces_the_party_heading() -> None:
    text = words(render([STATE], A4))
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập - Tự do - Hạnh phúc" in text
    assert "ĐẢNG CỘNG SẢN" not in text
    assert "*" not in text
    assert "CỘNG HÒA" not in words(render([SHEET], A4))


def rules(sheet: CertificateSheet) -> list[tuple[float, float]]:
    """Centre and length, in mm, of each rule of a page."""
    page = pypdf.PdfReader(BytesIO(render([sheet], A4))).pages[0]
    contents = page.get_contents()
    assert contents is not None
    found, start = [], 0.0
    for operands, operator in contents.operations:
        if operator == b"m":
            start = float(operands[0])
        elif operator == b"l":
            end = float(operands[0])
            found.append(((start + end) / 2 / MM, (end - start) / MM))
    return found


def test_the_party_rule_is_as_long_as_its_text() -> None:
    heading = line(SHEET, "ĐẢNG CỘNG SẢN VIỆT NAM")
    ((centre, length),) = rules(SHEET)
    assert centre == pytest.approx(215, abs=0.1)
    assert length == pytest.approx(heading.right - heading.left, abs=0.4)


def test_the_state_form_has_a_short_rule_under_the_centre_and_a_full_one_under_the_motto() -> None:
    centre, motto = line(STATE, "TRUNG TÂM"), line(STATE, "Độc lập")
    (left, short), (right, full) = rules(STATE)
    assert (left, right) == pytest.approx((82, 215), abs=0.1)
    assert 1 / 3 <= short / (centre.right - centre.left) <= 1 / 2
    assert full == pytest.approx(motto.right - motto.left, abs=0.4)


@pytest.mark.parametrize("sheet", [SHEET, DEPUTY, STATE], ids=["party", "deputy", "state"])
def test_there_is_room_for_signature_and_seal(sheet: CertificateSheet) -> None:
    title = next(found for found in printed(sheet) if found.text == sheet.signer_title)
    signer = line(sheet, "Hoàng Văn Tuấn")
    assert signer.y - title.y >= 27
    assert signer.y <= 192


def test_a_deputy_signs_under_the_authority_line() -> None:
    authority, title = line(DEPUTY, "K/T GIÁM ĐỐC"), line(DEPUTY, "PHÓ GIÁM ĐỐC")
    assert 4.9 <= title.y - authority.y <= 6.5
    assert authority.y - 151.5 >= 5


@pytest.mark.parametrize(("field", "gone"), [("classification", "Xếp loại"), ("unit", "Đơn vị")])
def test_an_empty_optional_value_hides_its_line(field: str, gone: str) -> None:
    assert gone not in words(render([replace(SHEET, **{field: ""})], A4))


def test_an_unknown_family_is_a_bug() -> None:
    with pytest.raises(ValueError, match="DANG"):
        replace(SHEET, family="DANG")


def test_nothing_to_print_is_refused() -> None:
    with pytest.raises(InputError, match="Chưa chọn"):
        render([], A4)


def test_a_missing_glyph_stops_the_print_and_names_the_person() -> None:
    with pytest.raises(MissingGlyph, match=r"của Nguyễn Văn 漢: .* không có ký tự “漢”"):
        render([SHEET, replace(SHEET, full_name="Nguyễn Văn 漢")], A4)


def test_progress_is_told_and_can_stop_the_print() -> None:
    calls: list[tuple[int, int]] = []

    def watch(done: int, total: int) -> bool:
        calls.append((done, total))
        return done < 50

    with pytest.raises(Cancelled):
        render([SHEET] * 60, A4, watch)
    assert calls == [(25, 60), (50, 60)]


def test_preflight_is_silent_about_good_sheets() -> None:
    assert preflight([SHEET, DEPUTY, STATE], A4) == ()


def test_preflight_lists_every_trouble_with_the_person() -> None:
    bad = replace(SHEET, full_name="Lý 漢", signer_name="", decision="Quyết định " * 20)
    problems = preflight([SHEET, bad], A4)
    assert [(p.index, p.full_name, p.field) for p in problems] == [
        (1, "Lý 漢", "Họ tên người ký"),
        (1, "Lý 漢", "Họ và tên"),
        (1, "Lý 漢", "Quyết định công nhận kết quả"),
    ]
    assert problems[0].text == "Còn thiếu họ tên người ký."
    assert all(isinstance(problem, Problem) for problem in problems)


def test_sheets_are_plain_texts() -> None:
    assert all(isinstance(value, str) for value in astuple(SHEET))
