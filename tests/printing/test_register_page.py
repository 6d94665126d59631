"""Pages of the certificate register, read back from their PDF."""

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from app.printing.register_page import RegisterRow, RegisterSheet, render
from app.printing.working_paper import WorkingHeader

if TYPE_CHECKING:
    from tests.printing.conftest import Paper

Read = Callable[[bytes], "Paper"]
HEADER = WorkingHeader(
    "ĐẢNG ỦY XÃ AN BÌNH", "TRUNG TÂM CHÍNH TRỊ", "SỔ CẤP GIẤY CHỨNG NHẬN", "Năm 2026"
)


def _row(number: int) -> RegisterRow:
    return RegisterRow(
        f"{number:03d}/2026",
        f"Người {number:03d}",
        "05/12/1998",
        "x",
        "Chi bộ Trường Trung học cơ sở Nà Ngần" if number % 3 else "Chi bộ Thôn 3",
        "Đảng viên mới, khóa I/2026",
        "Trung bình" if number % 4 else "Giỏi",
        f"{number:03d}-GCN/TTCT",
        "12-QĐ/TTCT, ngày 14/3/2026",
        "16/3/2026",
        "Cấp lại (bị mất)" if number == 2 else "",
    )


def _sheet(count: int, first_page: int = 1) -> RegisterSheet:
    rows = tuple(_row(number) for number in range(1, count + 1))
    return RegisterSheet(HEADER, rows, first_page=first_page)


@pytest.mark.parametrize("count", [0, 1, 22, 100, 300])
def test_lines_stand_in_order_and_every_page_counts_its_own(read: Read, count: int) -> None:
    paper = read(render(_sheet(count, first_page=12)))
    numbers = [f"{n:03d}/2026Người{n:03d}05/12/1998x" for n in range(1, count + 1)]
    places = [paper.text.find(text) for text in numbers]
    assert -1 not in places
    assert places == sorted(places)
    for number, page in enumerate(paper.pages, start=12):
        lines = page.text.count("/2026Người")
        assert page.find(f"Trang {number} có {lines} số").right == pytest.approx(287, abs=0.5)
        assert len(page.every("Số vào sổ")) == 1
        assert min(glyph.left for glyph in page.inked) >= 24.7
        assert max(glyph.right for glyph in page.inked) <= 287.3
    assert [page.text.count("NGƯỜIGHISỔ") for page in paper.pages][:-1] == [0] * (
        len(paper.pages) - 1
    )
    assert paper.pages[-1].text.count("/2026Người") >= min(count, 3)
    assert "NGƯỜIGHISỔ" in paper.pages[-1].text


def test_a_line_that_goes_on_over_pages_is_counted_once(read: Read) -> None:
    words = " ".join(f"ghi{n:03d}" for n in range(300))
    rows = (_row(1), replace(_row(2), note=words), _row(3))
    paper = read(render(RegisterSheet(HEADER, rows)))
    assert all(f"ghi{n:03d}" in paper.text for n in range(300))
    counts = [int(page.text.rpartition("có")[2].partition("số")[0]) for page in paper.pages]
    assert sum(counts) == 3


def test_a_reissue_is_noted_and_no_number_is_cut(read: Read) -> None:
    page = read(render(_sheet(3))).pages[0]
    assert all(word in page.text for word in ("Cấplại", "(bịmất)"))
    assert "002-GCN/TTCT" in page.text
    assert "12-QĐ/TTCT,ngày14/3/2026" in page.text


def test_pages_before_a_new_line_stay_as_they_were(read: Read) -> None:
    before, after = (read(render(_sheet(count))).pages for count in (100, 101))
    assert len(before) > 3
    for old, new in zip(before[:-2], after, strict=False):
        assert old.text == new.text


def test_the_pages_are_embedded_and_repeatable(read: Read) -> None:
    pdf = render(_sheet(22))
    paper = read(pdf)
    assert pdf == render(_sheet(22))
    assert all(paper.fonts.values())
    assert (paper.title, paper.language) == ("SỔ CẤP GIẤY CHỨNG NHẬN Năm 2026", "vi-VN")
    assert not [word for word in ("None", "nan", "{") if word in paper.text]


def test_the_last_page_carries_the_mark_of_the_journal(read: Read) -> None:
    paper = read(render(replace(_sheet(60), journal_mark="1.234 · 9F3A-77C1-20BE")))
    assert len(paper.pages) > 1
    found = paper.pages[-1].find("Nhật ký: 1.234 · 9F3A-77C1-20BE")
    assert found.left == pytest.approx(25, abs=0.5)
    assert not any("Nhậtký" in page.text for page in paper.pages[:-1])
