"""Danh sách học viên, read back from its PDF."""

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING
from unicodedata import normalize

import pytest

from app.printing.class_list import ClassListRow, ClassListSheet, render
from app.printing.working_paper import SignatureBox, WorkingHeader

if TYPE_CHECKING:
    from tests.printing.conftest import Paper

Read = Callable[[bytes], "Paper"]
HEADER = WorkingHeader(
    "ĐẢNG ỦY XÃ AN BÌNH",
    "TRUNG TÂM CHÍNH TRỊ",
    "DANH SÁCH HỌC VIÊN",
    "Lớp bồi dưỡng lý luận chính trị dành cho đảng viên mới, khóa I năm 2026",
    "(từ ngày 09/3/2026 đến ngày 13/3/2026)",
)


def _row(number: int) -> ClassListRow:
    return ClassListRow(
        f"Nguyễn Văn{number:03d}",
        "An",
        born="05/9/1998",
        female="x" if number % 2 else "",
        ethnicity="Tày",
        position="Giáo viên Trường Trung học phổ thông Nguyễn Thị Minh Khai, xã An Bình",
        unit="Chi bộ Thôn 3",
        party_joined="03/02/2025",
        phone="0912 345 678",
    )


def _sheet(count: int) -> ClassListSheet:
    rows = tuple(_row(number) for number in range(1, count + 1))
    return ClassListSheet(HEADER, rows, closing=f"(Danh sách có {count} đồng chí)")


@pytest.mark.parametrize("count", [0, 1, 2, 22, 100, 300])
def test_every_person_is_listed_once_in_order_under_repeated_headings(
    read: Read, count: int
) -> None:
    paper = read(render(_sheet(count)))
    text = paper.text
    places = [text.find(f"{n}NguyễnVăn{n:03d}An05/9/1998") for n in range(1, count + 1)]
    assert -1 not in places
    assert places == sorted(places)
    assert text.count("NguyễnVăn") == count
    for number, page in enumerate(paper.pages, start=1):
        assert (page.width, page.height) == pytest.approx((297, 210))
        assert len(page.every("Họ và tên")) == 1
        assert page.find(f"Trang {number}/{len(paper.pages)}").right == pytest.approx(282, abs=0.5)
        assert max(glyph.right for glyph in page.inked) <= 282.3
        assert min(glyph.left for glyph in page.inked) >= 14.7


@pytest.mark.parametrize("count", [*range(8, 30), 100, 300])
def test_the_places_to_sign_stand_once_with_at_least_three_rows(read: Read, count: int) -> None:
    pages = read(render(_sheet(count))).pages
    assert [page.text.count("NGƯỜILẬP") for page in pages] == [0] * (len(pages) - 1) + [1]
    last = pages[-1]
    assert last.text.count("NguyễnVăn") >= min(3, count)
    title = last.find("GIÁM ĐỐC")
    assert title.baseline + 24 <= 197
    assert last.find(f"(Danh sách có {count} đồng chí)").baseline < title.baseline


def test_given_names_stand_in_a_column_of_their_own_without_a_line_before_it(read: Read) -> None:
    rows = (replace(_row(1), given="Hoà"), replace(_row(2), family_middle="", given="K'Brôi"))
    page = read(render(ClassListSheet(HEADER, rows))).pages[0]
    assert page.find("K'Brôi").left == pytest.approx(page.find("Hoà").left, abs=0.5)
    heading = page.find("Họ và tên")
    assert page.find("Nguyễn Văn001").left < heading.left < page.find("K'Brôi").right


def test_columns_may_be_left_out_and_the_rest_fills_the_page(read: Read) -> None:
    sheet = replace(_sheet(3), columns=("unit", "born"))
    page = read(render(sheet)).pages[0]
    assert not [word for word in ("Điệnthoại", "0912", "Dântộc", "Nữ") if word in page.text]
    assert page.find("Ngày sinh").left < page.find("Chi bộ/Đảng bộ").left
    bare = read(render(replace(sheet, columns=()))).pages[0]
    assert bare.find("Họ và tên").middle > 100


def test_long_names_wrap_or_shrink_and_are_never_cut(read: Read) -> None:
    row = ClassListRow(
        "Nguyễn Hoàng Thị Thanh Phương Thảo Thùy Dương",
        "Nghiêngnghiêngnghiêng",
        unit="Đảng bộ bộ phận các cơ quan Đảng, Mặt trận Tổ quốc và đoàn thể " * 5,
        phone="0912345678/0987654321/0123456789",
    )
    paper = read(render(ClassListSheet(HEADER, (row,))))
    for text in (row.given, row.phone):
        assert text in paper.text
    for text in (row.family_middle, row.unit):
        assert all(word in paper.text for word in text.split())


def test_names_of_every_people_are_printed_whole(read: Read) -> None:
    names = (
        ("Vi", "Ẻ"),
        ("NGUYỄN THỊ NGỌC", "ẨN"),
        ("H'Blĭk Ñĭ", "Kdăm"),
        ("Y Hŏă", "Bkrông"),
        ("H’Hen", "Niê"),
        ("Đặng Thị", "Hu\u031bo\u031b\u0300ng"),
        ("Lý <b>Văn</b> &", "Cường"),
        ("Nguyễn Hoàng Phương Thảo Nguyên Khánh", "Linh"),
    )
    rows = tuple(ClassListRow(family_middle, given) for family_middle, given in names)
    text = read(render(ClassListSheet(HEADER, rows))).text
    for family_middle, given in names:
        whole = normalize("NFC", f"{family_middle}{given}").replace(" ", "")
        assert whole in text


def test_markup_in_a_name_is_printed_as_it_is(read: Read) -> None:
    row = replace(_row(1), unit='<b>A & B</b> <a href="http://x">')
    text = read(render(ClassListSheet(HEADER, (row,)))).text
    assert '<b>A&B</b><ahref="http://x">' in text


def test_names_of_signers_and_the_date_are_printed_when_given(read: Read) -> None:
    boxes = (
        SignatureBox("NGƯỜI LẬP", "Lê Thị Ơn"),
        SignatureBox("GIÁM ĐỐC", "Hoàng Văn Tuấn", "An Bình, ngày 16 tháng 3 năm 2026"),
    )
    page = read(render(replace(_sheet(1), signatures=boxes))).pages[0]
    title, name = page.find("GIÁM ĐỐC"), page.find("Hoàng Văn Tuấn")
    assert page.find("An Bình, ngày 16 tháng 3 năm 2026").baseline < title.baseline
    assert name.baseline - title.baseline >= 20
    assert name.middle == pytest.approx(title.middle, abs=0.5)
    assert page.find("NGƯỜI LẬP").baseline == title.baseline


def test_the_list_is_embedded_and_repeatable(read: Read) -> None:
    pdf = render(_sheet(22))
    paper = read(pdf)
    assert pdf == render(_sheet(22))
    assert all(paper.fonts.values())
    assert paper.language == "vi-VN"
    assert paper.title.startswith("DANH SÁCH HỌC VIÊN Lớp bồi dưỡng")
    assert not [word for word in ("None", "nan", "{") if word in paper.text]
