"""The class-closing report, read back from its PDF."""

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING
from unicodedata import normalize

import pytest

from app.printing import fonts
from app.printing.closing_report import (
    Annex,
    Body,
    ClosingReportSheet,
    DataTable,
    Heading,
    Item,
    RunIn,
    render,
)
from app.printing.letterhead import Letterhead, Signer
from app.terms import DocumentFamily

if TYPE_CHECKING:
    from tests.printing.conftest import PageRead, Paper

Read = Callable[[bytes], "Paper"]
POINT = 25.4 / 72
LONG = "Lớp học được tổ chức đúng kế hoạch, đúng đối tượng, bảo đảm nội dung, chương trình. " * 4
GRADES = DataTable(
    "Bảng 2. Kết quả xếp loại",
    ("TT", "Xếp loại", "Số lượng", "Tỷ lệ (%)"),
    (
        ("1", "Giỏi", "22", "23,4"),
        ("2", "Khá", "58", "61,7"),
        ("3", "Trung bình", "14", "14,9"),
        ("", "Cộng", "94", "100,0"),
    ),
    (12, 88, 30, 30),
    bold_rows=(3,),
)
SHEET = ClosingReportSheet(
    letterhead=Letterhead(
        DocumentFamily.PARTY,
        "ĐẢNG ỦY XÃ AN BÌNH",
        "TRUNG TÂM CHÍNH TRỊ",
        "Số 15-BC/TTCT",
        "An Bình, ngày 16 tháng 3 năm 2026",
    ),
    title="BÁO CÁO",
    subject_lines=("tổng kết Lớp bồi dưỡng đảng viên mới,", "khóa I năm 2026"),
    opening="Thực hiện Kế hoạch số 08-KH/ĐU. " + LONG,
    items=(
        Heading("I- QUÁ TRÌNH TỔ CHỨC LỚP HỌC"),
        RunIn("1. Giảng viên:", LONG),
        GRADES,
        Heading("II- KẾT QUẢ HỌC TẬP"),
        Body(LONG),
    ),
    closing="Trên đây là báo cáo tổng kết Lớp bồi dưỡng của Trung tâm Chính trị xã An Bình.",
    recipients=("- Thường trực Đảng ủy xã (để báo cáo),", "- Lưu Trung tâm Chính trị."),
    signer=Signer("GIÁM ĐỐC", "Hoàng Văn Tuấn"),
)


def _learners(count: int) -> DataTable:
    rows = tuple((str(n), f"Người {n:04d}", "x", "8,5") for n in range(1, count + 1))
    return DataTable("Danh sách", ("TT", "Họ và tên", "Nữ", "Điểm"), rows, (12, 100, 20, 30))


def _with(*items: Item) -> ClosingReportSheet:
    return replace(SHEET, items=items)


def _inside(page: "PageRead", glyphs_from: float = 20) -> None:
    """Every glyph but the page number stands within the margins 30/15/20/20."""
    body = [glyph for glyph in page.inked if glyph.baseline > glyphs_from]
    assert min(glyph.left for glyph in body) >= 29.7
    assert max(glyph.right for glyph in body) <= 195.3
    assert max(glyph.baseline for glyph in body) <= 277
    assert min(glyph.baseline for glyph in body) >= 23


def test_a_report_is_a4_in_vietnamese_with_embedded_fonts(read: Read) -> None:
    paper = read(render(SHEET))
    assert (paper.pages[0].width, paper.pages[0].height) == pytest.approx((210, 297))
    assert paper.language == "vi-VN"
    assert paper.title == "BÁO CÁO tổng kết Lớp bồi dưỡng đảng viên mới, khóa I năm 2026"
    assert paper.author == "TRUNG TÂM CHÍNH TRỊ"
    assert paper.fonts
    assert all(paper.fonts.values()), paper.fonts
    assert all("LiberationSerif" in name for name in paper.fonts)


def test_the_same_sheet_gives_the_same_bytes() -> None:
    assert render(SHEET) == render(SHEET)


def test_body_lines_are_justified_indented_and_19_points_apart(read: Read) -> None:
    page = read(render(_with(Body("Mở đầu. " + LONG)))).pages[0]
    first = page.find("Mở đầu.")
    lines = sorted(
        {
            round(glyph.baseline, 2)
            for glyph in page.inked
            if first.baseline - 0.1 < glyph.baseline < first.baseline + 35
        }
    )[:4]
    assert first.left == pytest.approx(40, abs=0.4)
    assert first.size == pytest.approx(14)
    for upper, lower in pairwise(lines):
        assert (lower - upper) / POINT == pytest.approx(19, abs=0.1)
    for line in lines[:3]:
        row = [glyph for glyph in page.inked if abs(glyph.baseline - line) < 0.1]
        assert max(glyph.right for glyph in row) == pytest.approx(195, abs=0.5)
    _inside(page)


def test_page_numbers_stand_at_the_top_from_the_second_page(read: Read) -> None:
    paper = read(render(_with(*(Body(LONG) for _ in range(30)))))
    assert len(paper.pages) > 2
    assert not [glyph for glyph in paper.pages[0].inked if glyph.baseline < 20]
    for number, page in enumerate(paper.pages[1:], start=2):
        top = [glyph for glyph in page.inked if glyph.baseline < 20]
        assert "".join(glyph.character for glyph in top) == str(number)
        assert top[0].baseline <= 15
        assert top[0].size == pytest.approx(14)
        assert (top[0].left + top[0].right) / 2 == pytest.approx(112.5, abs=0.5)
        _inside(page)


def test_a_label_runs_into_its_paragraph_in_bold(read: Read) -> None:
    page = read(render(_with(RunIn("1. Giảng viên:", "Có 07 đồng chí tham gia.")))).pages[0]
    label, text = page.find("1. Giảng viên:"), page.find("Có 07 đồng chí tham gia.")
    assert (label.font, text.font) == ("LiberationSerif-Bold", "LiberationSerif")
    assert label.baseline == text.baseline
    space = fonts.width(" ", fonts.SERIF, 14) * POINT
    assert text.left - label.right == pytest.approx(space, abs=0.8)


def test_line_breaks_in_a_narrative_begin_new_paragraphs(read: Read) -> None:
    page = read(render(_with(RunIn("1. Ưu điểm:", "Một.\nHai.\nBa.")))).pages[0]
    lines = [page.find(text) for text in ("Hai.", "Ba.")]
    assert all(line.left == pytest.approx(40, abs=0.4) for line in lines)
    assert (lines[1].baseline - lines[0].baseline) / POINT == pytest.approx(25, abs=0.1)


def test_the_title_ends_with_five_hyphens_or_in_state_form_a_short_rule(read: Read) -> None:
    party = read(render(SHEET)).pages[0]
    letterhead = replace(SHEET.letterhead, family=DocumentFamily.STATE, number="Số: 15/BC-TTCT")
    state = read(render(replace(SHEET, letterhead=letterhead))).pages[0]
    assert party.find("BÁO CÁO").size == pytest.approx(16)
    assert party.find("-----").middle == pytest.approx(112.5, abs=0.5)
    subject = state.find("khóa I năm 2026")
    assert "-----" not in state.text
    rule = max(state.rules, key=lambda rule: rule.y)
    assert 1 / 3 <= rule.length / (subject.right - subject.left) <= 1 / 2
    assert state.find("Số: 15/BC-TTCT")


def test_a_table_prints_its_figures_as_given_under_a_bold_italic_caption(read: Read) -> None:
    page = read(render(_with(GRADES))).pages[0]
    caption = page.find("Bảng 2. Kết quả xếp loại")
    assert caption.font == "LiberationSerif-BoldItalic"
    assert caption.middle == pytest.approx(112.5, abs=0.5)
    shares = [page.find(text) for text in ("23,4", "61,7", "14,9", "100,0")]
    assert all(found.middle == pytest.approx(177.5, abs=0.5) for found in shares)
    assert [found.font for found in shares[2:]] == ["LiberationSerif", "LiberationSerif-Bold"]
    assert page.find("Trung bình").left == pytest.approx(46, abs=0.6)


@pytest.mark.parametrize("count", [200, 3000])
def test_a_long_table_repeats_its_heading_and_loses_no_row(read: Read, count: int) -> None:
    paper = read(render(_with(_learners(count))))
    assert len(paper.pages) > count / 40
    text = paper.text
    places = [text.find(f"{n}Người{n:04d}x8,5") for n in range(1, count + 1)]
    assert places == sorted(places)
    assert places[0] > 0
    for page in paper.pages:
        if "Người" in page.text:
            assert len(page.every("Họ và tên")) == 1
        _inside(page)


@pytest.mark.parametrize("paragraphs", range(3, 14))
def test_the_signature_stays_with_two_lines_of_text(read: Read, paragraphs: int) -> None:
    paper = read(render(_with(*(Body(LONG) for _ in range(paragraphs)))))
    page = paper.pages[-1]
    title = page.find("GIÁM ĐỐC")
    above = {
        round(glyph.baseline, 1) for glyph in page.inked if 20 < glyph.baseline < title.baseline - 1
    }
    assert len(above) >= 2
    assert page.find("Nơi nhận:").baseline == pytest.approx(title.baseline)
    assert page.find("Hoàng Văn Tuấn")
    _inside(page)


def test_no_heading_or_caption_is_left_at_the_foot_of_a_page(read: Read) -> None:
    for lines in range(10, 40, 3):
        items: list[Item] = [Body("Một dòng.") for _ in range(lines)]
        for page in read(render(_with(*items, Heading("II- KẾT QUẢ"), GRADES))).pages:
            if "II-KẾTQUẢ" in page.text:
                assert "Bảng2.Kếtquảxếploại" in page.text
                assert "Giỏi" in page.text


def test_a_class_without_learners_prints(read: Read) -> None:
    empty = replace(GRADES, rows=(("", "Cộng", "0", "–"),), bold_rows=(0,))
    paper = read(render(_with(Body("Lớp chưa có học viên."), empty, _learners(0))))
    assert "–" in paper.text
    assert len(paper.pages) == 1


def test_markup_in_a_text_is_printed_as_it_is(read: Read) -> None:
    text = 'Chi bộ <b>A&B</b> & "C" <img src="file:///etc/passwd"/> <para>'
    paper = read(render(_with(RunIn(text, text), replace(GRADES, caption=text))))
    assert paper.text.count("".join(text.split())) == 3


def test_decomposed_letters_are_composed(read: Read) -> None:
    paper = read(render(_with(Body("Đa\u0309ng u\u0309y\u00a0xa\u0303\tAn Bi\u0300nh"))))
    assert "ĐảngủyxãAnBình" in paper.text


def test_a_character_without_a_shape_is_refused_by_name() -> None:
    with pytest.raises(fonts.MissingGlyph, match="U\\+6F22"):
        render(_with(Body("Tên có chữ 漢")))


def test_a_very_long_cell_wraps_and_goes_on_over_pages(read: Read) -> None:
    words = " ".join(f"từ{n:04d}" for n in range(2000))
    table = DataTable("Bảng", ("TT", "Nội dung"), (("1", words),), (12, 60))
    paper = read(render(_with(table)))
    assert all(f"từ{n:04d}" in paper.text for n in range(2000))
    for page in paper.pages:
        _inside(page)


def test_too_wide_a_table_is_narrowed_to_the_text(read: Read) -> None:
    table = DataTable("Bảng", ("TT", "Đơn vị", "Tên"), (("1", "A", "B"),), (20, 200, 100))
    page = read(render(_with(table))).pages[0]
    _inside(page)
    assert "Đơnvị" in page.text


def test_annexes_begin_on_their_own_pages_after_the_signature(read: Read) -> None:
    titles = ("PHỤ LỤC", "(Kèm theo Báo cáo số 15-BC/TTCT)")
    annex = Annex(titles, (_learners(3),))
    paper = read(render(replace(SHEET, annexes=(annex, annex))))
    assert "HoàngVănTuấn" in paper.pages[-3].text
    for page in paper.pages[-2:]:
        assert "PHỤLỤC" in page.text
        assert "Người0003" in page.text
        assert page.find(titles[0]).font == "LiberationSerif-Bold"
        assert page.find(titles[1]).font == "LiberationSerif-Italic"


def test_every_vietnamese_letter_is_printed_and_justified(read: Read) -> None:
    vowels = "aăâeêioôơuưy"
    tones = ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")
    small = [normalize("NFC", vowel + tone) for vowel in vowels for tone in tones] + ["đ"]
    letters = [*small, *(letter.upper() for letter in small), *"0123456789–…“”₫()/%;:,.'’"]
    text = " ".join(f"{letter}n" for letter in letters * 2)
    page = read(render(_with(Body(text)))).pages[0]
    assert text.replace(" ", "") in page.text
    edges: dict[float, float] = {}
    for glyph in page.inked:
        if glyph.size == 14 and 90 < glyph.baseline < 200:
            line = round(glyph.baseline, 1)
            edges[line] = max(edges.get(line, 0), glyph.right)
    assert sum(abs(edge - 195) < 0.5 for edge in edges.values()) >= 5


def test_nothing_unfilled_is_printed(read: Read) -> None:
    text = read(render(SHEET)).text
    assert not [word for word in ("None", "nan", "{", "}") if word in text]


def test_the_last_page_carries_the_mark_of_the_journal(read: Read) -> None:
    paper = read(render(replace(SHEET, journal_mark="1.234 · 9F3A-77C1-20BE")))
    found = paper.pages[-1].find("Nhật ký: 1.234 · 9F3A-77C1-20BE")
    assert found.left == pytest.approx(30, abs=0.5)
    assert found.baseline > 277
