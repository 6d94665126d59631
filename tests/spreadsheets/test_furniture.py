"""Rows that are no people: groups, totals, page marks, what stands above a table."""

from collections.abc import Callable

import pytest

from app.spreadsheets.rows import Roster

Read = Callable[..., Roster]
HEAD = ("STT", "Họ và tên", "Ngày sinh", "Chức vụ")
AN = (1, "Nông Văn An", "05/09/1988", "Trưởng thôn")
BINH = (2, "Lý Thị Bình", "14/2/1991", "Công an viên")
CHI = (3, "Vi Thị Chi", "30.11.1979", "Bí thư")


def names(roster: Roster) -> list[str]:
    return [row.full_name for row in roster.all_rows]


def units(roster: Roster) -> list[str]:
    return [row.unit for row in roster.all_rows]


@pytest.mark.parametrize("number", [None, 1, "2."])
@pytest.mark.parametrize("group", ["Chi bộ Nà Làng", "* Chi bộ Nà Làng", "+ Chi bộ Nà Làng: 2 đ/c"])
def test_a_group_may_be_counted_like_a_person_or_begin_with_a_star(
    read: Read, number: object, group: str
) -> None:
    roster = read([HEAD, (number, group), AN, BINH])
    assert names(roster) == ["Nông Văn An", "Lý Thị Bình"]
    assert units(roster) == ["Chi bộ Nà Làng", "Chi bộ Nà Làng"]


@pytest.mark.parametrize("numeral", ["I", "II.", "III/", "IV)"])
def test_the_count_of_a_group_may_stand_in_a_column_of_its_own(read: Read, numeral: str) -> None:
    head = (*HEAD, "Đơn vị", "Ghi chú")
    group = (numeral, "Mặt trận và đoàn thể", None, None, None, "02 đ/c")
    roster = read([head, group, AN, (None, "Chi bộ 1", None, None, None, "mới lập"), BINH])
    assert names(roster) == ["Nông Văn An", "Lý Thị Bình"]
    assert units(roster) == ["Mặt trận và đoàn thể", "Chi bộ 1"]


def test_a_row_that_says_how_to_fill_in_the_columns_is_no_person(read: Read) -> None:
    how = (None, "(Ghi chữ in hoa)", "(dd/mm/yyyy)", "(Đảng, chính quyền)")
    roster = read([HEAD, how, AN, BINH])
    assert names(roster) == ["Nông Văn An", "Lý Thị Bình"]


def test_a_numbered_person_named_like_a_unit_stays_a_person(read: Read) -> None:
    bare = read([("STT", "Họ và tên"), (1, "Hội Văn Tư"), (2, "Trường A Páo"), (3, "Các Thị Mẩy")])
    assert names(bare) == ["Hội Văn Tư", "Trường A Páo", "Các Thị Mẩy"]


@pytest.mark.parametrize(
    "mark",
    [
        ("- 2 -",),
        (None, "- 2 -"),
        ("2/5",),
        ("Trang số: 3",),
        ("Page 3 of 5",),
        ("(tiếp theo)",),
        ("Tiếp theo trang 2",),
        ("(tiếp)",),
        (None, "(Xem tiếp trang sau)"),
        (None, "Mang sang trang 2"),
    ],
)
def test_a_mark_at_the_end_of_a_page_is_neither_a_person_nor_a_unit(
    read: Read, mark: tuple[object, ...]
) -> None:
    roster = read([HEAD, ("I. Xã Mẫu Sơn",), AN, mark, BINH])
    assert names(roster) == ["Nông Văn An", "Lý Thị Bình"]
    assert units(roster) == ["Xã Mẫu Sơn", "Xã Mẫu Sơn"]


def test_a_missing_name_beside_a_number_is_no_page_mark(read: Read) -> None:
    roster = read([("STT", "Họ và tên", "Năm sinh"), (1, "Nông An", 1988), (2, None, 1991)])
    assert [problem.code for problem in roster.errors] == ["missing_name"]


def test_a_name_that_begins_like_a_total_is_kept_when_a_birth_date_stands_beside(
    read: Read,
) -> None:
    rows = [HEAD[1:3], ("Cộng A Sình", "05/09/1988"), ("Vi Chi", "1/2/1980"), ("Cộng:", 2)]
    assert names(read(rows)) == ["Cộng A Sình", "Vi Chi"]


@pytest.mark.parametrize("first", [0, 1])
def test_titles_and_signatures_around_a_table_without_a_heading_are_left_out(
    read: Read, first: int
) -> None:
    people = [(*row, "Nam", "Tày")[first:] for row in (AN, BINH, CHI)]
    roster = read(
        [
            ("ĐẢNG BỘ HUYỆN CAO LỘC",),
            ("Số: 15-DS/ĐU",),
            ("Danh sách cán bộ đi học",),
            (),
            ("I. Xã Tân Liên",),
            *people,
            (),
            (None, None, "Tân Liên, ngày 1 tháng 2 năm 2024"),
            (None, None, "Người lập"),
            (None, None, "Lý Văn Lập"),
        ]
    )
    assert names(roster) == ["Nông Văn An", "Lý Thị Bình", "Vi Thị Chi"]
    assert roster.problems[0].code == "columns_guessed"


@pytest.mark.parametrize("total", ["Tổng cộng", "TỔNG SỐ: 2 người", "Cộng:"])
def test_a_total_may_stand_beside_a_number(read: Read, total: str) -> None:
    assert names(read([HEAD, AN, BINH, (2, total)])) == ["Nông Văn An", "Lý Thị Bình"]


@pytest.mark.parametrize("title", ["TỔNG HỢP THEO ĐƠN VỊ", None])
def test_a_table_of_counts_below_is_told_and_not_read(read: Read, title: str | None) -> None:
    counts = [("STT", "Đơn vị", "Số lượng", "Ghi chú"), (1, "Xã Gia Cát", 12), (2, "Xã Hải Yến", 7)]
    roster = read([HEAD, AN, BINH, (), (title,), *counts])
    assert names(roster) == ["Nông Văn An", "Lý Thị Bình"]
    assert [problem.code for problem in roster.problems] == ["second_table_on_sheet"]


def test_who_approves_right_below_the_table_is_no_learner(read: Read) -> None:
    for left, right in [("Người duyệt", "Chi ủy chi bộ"), ("VĂN PHÒNG", "T.M BAN CHẤP HÀNH")]:
        below = [(None, left, None, right), (), (None, "Hà Duyệt", None, "Vi Ủy")]
        assert names(read([HEAD, AN, BINH, *below])) == ["Nông Văn An", "Lý Thị Bình"]


def test_a_woman_with_the_unit_of_a_signature_is_a_learner(read: Read) -> None:
    rows = [
        ("Họ và tên", "Năm sinh", None, "Đơn vị"),
        (None, "Nam", "Nữ", None),
        ("Nông Văn An", 1988, None, "Xã Tân Văn"),
        ("Lý Thị Bình", None, 1991, "Ban Chấp hành"),
    ]
    assert names(read(rows)) == ["Nông Văn An", "Lý Thị Bình"]
