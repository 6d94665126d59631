"""Tables as clerks lay them out: headings, group rows, totals, signatures, split names."""

from collections.abc import Callable
from datetime import datetime

from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

from app.dates import PartialDate
from app.spreadsheets.fields import Field
from app.spreadsheets.recheck import raw_texts, recheck
from app.spreadsheets.rows import Roster
from app.terms import Sex

Read = Callable[..., Roster]
HEAD = ("STT", "Họ và tên", "Ngày sinh", "Đơn vị")
AN = (1, "Nông Văn An", "05/09/1988", "Xã Tân Văn")
BINH = (2, "Lý Thị Bình", "14/2/1991", "Xã Tân Văn")
CHI = (3, "Vi Thị Chi", "30.11.1979", "Xã Bình La")


def names(roster: Roster) -> list[str]:
    return [row.full_name for row in roster.rows]


def units(roster: Roster) -> list[str]:
    return [row.unit for row in roster.rows]


def test_title_rows_above_and_a_signature_below_are_no_people(read: Read) -> None:
    roster = read(
        [
            ("ĐẢNG ỦY XÃ TÂN VĂN",),
            (None, None, "ĐẢNG CỘNG SẢN VIỆT NAM"),
            (),
            ("DANH SÁCH HỌC VIÊN NĂM 2021",),
            HEAD,
            AN,
            BINH,
            (),
            (None, None, None, "Tân Văn, ngày 10 tháng 3 năm 2021"),
            (None, "NGƯỜI LẬP", None, "T/M ĐẢNG ỦY"),
            (None, None, None, "BÍ THƯ"),
            (None, "Nông Thị Lập", None, "Lương Văn Ký"),
        ]
    )
    assert names(roster) == ["Nông Văn An", "Lý Thị Bình"]
    assert roster.header_rows == (5,)
    assert roster.problems == ()


def test_group_rows_give_the_unit_to_the_people_below(read: Read) -> None:
    roster = read(
        [
            ("STT", "Họ và tên", "Năm sinh"),
            ("I. Xã Hồng Thái",),
            (1, "Nông Văn An", 1988),
            ("II", "Thị trấn Bình Gia: 2 đồng chí"),
            (2, "Lý Thị Bình", 1991),
            (3, "Vi Thị Chi", 1979),
            (None, "XÃ TÂN VĂN"),
            (4, "Hà Văn Dũng", 1970),
            ("B. KHỐI CƠ QUAN",),
            (5, "Tô Văn Em", 1971),
        ]
    )
    assert units(roster) == [
        "Xã Hồng Thái",
        "Thị trấn Bình Gia",
        "Thị trấn Bình Gia",
        "XÃ TÂN VĂN",
        "KHỐI CƠ QUAN",
    ]


def test_a_unit_of_its_own_goes_before_the_group_row(read: Read) -> None:
    roster = read([HEAD, ("I. Xã Hồng Thái",), AN, (2, "Lý Thị Bình", "14/2/1991", None)])
    assert units(roster) == ["Xã Tân Văn", "Xã Hồng Thái"]


def test_totals_page_marks_repeated_headings_and_column_numbers_are_no_people(read: Read) -> None:
    roster = read(
        [
            HEAD,
            (1, 2, 3, 4),
            AN,
            (None, "Cộng: 1 đồng chí"),
            (None, None, "Trang 2"),
            HEAD,
            BINH,
            ("Tổng số: 2 đồng chí./.",),
        ]
    )
    assert names(roster) == ["Nông Văn An", "Lý Thị Bình"]
    assert roster.rejected == ()


def test_a_second_table_is_told_and_not_imported(read: Read) -> None:
    roster = read(
        [
            HEAD,
            AN,
            BINH,
            (),
            ("DANH SÁCH VẮNG MẶT (không tính)",),
            ("STT", "Họ tên", "Lý do"),
            (1, "Phùng A Phin", "Ốm"),
        ]
    )
    assert names(roster) == ["Nông Văn An", "Lý Thị Bình"]
    assert [problem.code for problem in roster.problems] == ["second_table_on_sheet"]


def test_a_table_that_goes_on_counting_after_a_signature_is_read_on(read: Read) -> None:
    rows = [HEAD, AN, (None, "NGƯỜI LẬP"), (None, "Nông Thị Lập"), HEAD, BINH]
    assert names(read(rows)) == ["Nông Văn An", "Lý Thị Bình"]


def test_a_heading_of_two_rows_may_be_merged(read: Read) -> None:
    roster = read(
        [
            ("TT", "Họ và tên", "Ngày, tháng, năm sinh", None, "Trình độ", None),
            (None, None, "Nam", "Nữ", "Chuyên môn", "LLCT"),
            (1, "Nông Văn An", "05/09/1988", None, "Đại học", "Sơ cấp"),
            (2, "Lý Thị Bình", None, 1991, "Trung cấp", None),
        ],
        merges=["C1:D1", "E1:F1", "A1:A2", "B1:B2"],
    )
    first, second = roster.rows
    assert (first.sex, first.born) == (Sex.MALE, PartialDate(1988, 9, 5))
    assert (second.sex, second.born) == (Sex.FEMALE, PartialDate(1991))
    assert (first.education, first.political_education) == ("Đại học", "Sơ cấp")
    assert roster.columns["born_female"] == "D"


def test_a_heading_of_three_rows_with_day_month_and_year_apart(read: Read) -> None:
    roster = read(
        [
            ("Số", "Thông tin cá nhân", None, None, None, "Đơn vị"),
            ("TT", "Họ và tên", "Ngày sinh", None, None, "công tác"),
            (None, None, "Ngày", "Tháng", "Năm", None),
            (1, "Nông Văn An", 5, 9, 1988, "Xã Tân Văn"),
            (2, "Lý Thị Bình", None, None, 1991, "Xã Tân Văn"),
            (3, "Vi Thị Chi", 31, 2, 1979, "Xã Bình La"),
        ]
    )
    assert [row.born for row in roster.rows] == [PartialDate(1988, 9, 5), PartialDate(1991)]
    assert [problem.code for problem in roster.errors] == ["invalid_birth_date"]


def test_ticks_below_gioi_tinh_give_the_sex(read: Read) -> None:
    roster = read(
        [
            ("STT", "Họ và tên", "Giới tính", None, "Năm sinh"),
            (None, None, "Nam", "Nữ", None),
            (1, "Nông Văn An", "x", None, 1988),
            (2, "Lý Thị Bình", None, "X", 1991),
            (3, "Vi Chi", None, None, 1979),
        ]
    )
    assert [row.sex for row in roster.rows] == [Sex.MALE, Sex.FEMALE, None]


def test_an_empty_column_of_ticks_says_nothing(read: Read) -> None:
    roster = read([("STT", "Họ và tên", "Nữ"), (1, "Nông Văn An"), (2, "Lý Thị Bình")])
    assert [row.sex for row in roster.rows] == [None, None]


def test_a_name_in_two_columns_under_one_heading_is_joined(read: Read) -> None:
    roster = read(
        [
            ("STT", "Họ và tên", None, "Năm sinh"),
            (1, "Nông Văn", "An", 1988),
            (2, "Lý Thị", "Bình", 1991),
        ],
        merges=["B1:C1"],
    )
    assert names(roster) == ["Nông Văn An", "Lý Thị Bình"]
    assert roster.columns["given"] == "C"


def test_sexes_beside_the_names_are_no_given_names(read: Read) -> None:
    roster = read(
        [("STT", "Họ và tên", None, "Năm sinh"), (1, "Nông An", "Nam", 1988), (2, "Lý B", "Nữ", 70)]
    )
    assert names(roster)[0] == "Nông An"


def test_a_table_may_stand_anywhere_on_the_sheet(read: Read) -> None:
    shifted = [(None, None, None, *row) for row in (HEAD, AN, BINH, CHI)]
    roster = read([(), (), ("DANH SÁCH",), (), *shifted])
    assert names(roster) == ["Nông Văn An", "Lý Thị Bình", "Vi Thị Chi"]
    assert roster.columns["full_name"] == "E"


def test_as_above_and_merged_cells_repeat_the_unit(read: Read) -> None:
    roster = read(
        [
            HEAD,
            AN,
            (2, "Lý Thị Bình", "14/2/1991", "nt"),
            (3, "Vi Thị Chi", "30/11/1979", "Xã Bình La"),
            (4, "Hà Văn Dũng", "1/1/1970", None),
            (5, "Tô Văn Em", "2/1/1970", None),
        ],
        merges=["D4:D5"],
    )
    assert units(roster) == ["Xã Tân Văn", "Xã Tân Văn", "Xã Bình La", "Xã Bình La", ""]


def test_as_above_and_merged_cells_repeat_sex_party_date_and_note(read: Read) -> None:
    roster = read(
        [
            ("STT", "Họ và tên", "Giới tính", "Ngày vào Đảng", "Ghi chú"),
            (1, "Nông An", "Nam", "03/02/2010", "Ở xa"),
            (2, "Lý Bình", "nt", "-nt-", '"'),
            (3, "Vi Chi", "Nữ", datetime(2011, 5, 19), "Có đơn"),  # noqa: DTZ001
            (4, "Hà Dung", None, None, None),
        ],
        merges=["C4:C5", "D4:D5", "E4:E5"],
    )
    joined = [row.party_joined.iso for row in roster.rows if row.party_joined]
    assert [row.sex for row in roster.rows] == [Sex.MALE, Sex.MALE, Sex.FEMALE, Sex.FEMALE]
    assert joined == ["2010-02-03", "2010-02-03", "2011-05-19", "2011-05-19"]
    assert [row.note for row in roster.rows] == ["Ở xa", "Ở xa", "Có đơn", "Có đơn"]
    assert raw_texts(roster, 5)[Field.PARTY_JOINED] == "19/05/2011"
    assert recheck(roster, 3, {Field.PHONE: "0912345678"}).row.sex is Sex.MALE


def test_prepared_empty_rows_are_no_people_but_a_missing_name_is_told(read: Read) -> None:
    roster = read([HEAD, AN, (2, None, "14/2/1991", "Xã Tân Văn"), (3,), (4,)])
    assert names(roster) == ["Nông Văn An"]
    assert [(problem.row, problem.code) for problem in roster.errors] == [(3, "missing_name")]


def test_names_without_anything_else_are_people(read: Read) -> None:
    assert len(read([("Họ và tên",), ("Nông Văn An",), ("Lý Thị Bình",)]).rows) == 2


def test_a_bare_name_in_the_middle_or_at_the_end_is_not_lost(read: Read) -> None:
    rows = [HEAD, AN, (None, "Lý Thị Bình"), CHI, (None, "Hà Văn Dũng")]
    assert len(read(rows).rows) == 4


def test_hidden_and_struck_rows_are_read_and_shown(read: Read) -> None:
    def dress(sheet: Worksheet) -> None:
        sheet.row_dimensions[2].hidden = True
        sheet["B3"].font = Font(strike=True)
        sheet.column_dimensions["D"].hidden = True

    roster = read([HEAD, AN, BINH, CHI], dress=dress)
    assert [row.warnings for row in roster.rows] == [("hidden_row",), ("struck_through",), ()]
    assert roster.problems[0].code == "hidden_column"


def test_a_table_without_a_heading_is_guessed_and_the_guess_is_told(read: Read) -> None:
    roster = read(
        [
            (1, "Nông Văn An", "05/09/1988", "Nam", "Tày", "Xã Tân Văn"),
            (2, "Lý Thị Bình", "14/2/1991", "Nữ", "Nùng", "Xã Tân Văn"),
            (3, "Vi Thị Chi", "30.11.1979", "Nữ", "Tày", "Xã Bình La"),
            (4, "Hà Văn Dũng", 1970, "Nam", "Tày", "Xã Bình La"),
        ]
    )
    assert roster.rows[1].born == PartialDate(1991, 2, 14)
    assert roster.rows[2].ethnicity == "Tày"
    assert units(roster)[:2] == ["Xã Tân Văn", "Xã Tân Văn"]
    assert [problem.code for problem in roster.problems if not problem.row] == ["columns_guessed"]


def test_the_heading_dt_is_settled_by_what_stands_below(read: Read) -> None:
    people = read([("STT", "Họ và tên", "DT"), (1, "Nông Văn An", "Tày"), (2, "Lý Bình", "Dao")])
    assert [row.ethnicity for row in people.rows] == ["Tày", "Dao"]
    phones = read([("STT", "Họ và tên", "ĐT"), (1, "Nông Văn An", "0912345678")])
    assert phones.rows[0].phone == "0912345678"


def test_dates_that_excel_may_have_turned_round_are_shown(read: Read) -> None:
    real = [(row, f"Nông Văn {'ABC'[row]}", datetime(1980 + row, 5, 6)) for row in range(3)]  # noqa: DTZ001
    typed = [(row, f"Lý Thị {'DEG'[row - 3]}", f"{row + 20}/6/1990") for row in range(3, 6)]
    rows = read([("STT", "Họ và tên", "Ngày sinh"), *real, *typed]).rows
    assert [row.warnings for row in rows] == [("birth_date_uncertain",)] * 3 + [()] * 3
    mixed = read([("STT", "Họ và tên", "Ngày sinh"), *real, *typed, (9, "Vi An", "1/2/1990")])
    assert all(row.warnings == () for row in mixed.rows)


def test_counts_after_the_name_of_a_group_are_left_out(read: Read) -> None:
    head = ("TT", "Họ và tên", "Năm sinh", "Chức vụ")
    groups = ["Chi bộ thôn Nà Pò (3 đồng chí)", "Chi bộ Trường TH số 2: 14", "Thôn Bản Huấn (5)"]
    rows = [line for group in groups for line in ((None, group), (1, "Nông Văn An", 1980, "x"))]
    assert units(read([head, *rows])) == [
        "Chi bộ thôn Nà Pò",
        "Chi bộ Trường TH số 2",
        "Thôn Bản Huấn",
    ]
