"""Headings as clerks write them: without accents, misspelt, in English, over several rows."""

from collections.abc import Callable

import pytest

from app.dates import PartialDate
from app.spreadsheets.columns import field_nearly, field_of
from app.spreadsheets.fields import Field
from app.spreadsheets.guesses import Certainty
from app.spreadsheets.roster import UndecidedColumns
from app.spreadsheets.rows import Roster
from app.terms import Sex

Read = Callable[..., Roster]


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("Date of birth", Field.BORN),
        ("N.sinh", Field.BORN),
        ("ID number", Field.IDENTITY_NUMBER),
        ("Số CMND", Field.OLD_IDENTITY_NUMBER),
        ("CMND/CCCD", Field.IDENTITY_NUMBER),
        ("Position", Field.POSITION),
        ("Chức vụ Đảng, chính quyền, đoàn thể", Field.POSITION),
        ("Chức vụ/ĐV công tác", Field.POSITION_AND_UNIT),
        ("Nghề nghiệp, nơi làm việc", Field.POSITION_AND_UNIT),
        ("Organization", Field.UNIT),
        ("Vào Đảng ngày", Field.PARTY_JOINED),
        ("Trình độ học vấn, chuyên môn", Field.EDUCATION),
        ("Remarks", Field.NOTE),
        ("Ngày sinh của đảng viên", Field.BORN),
        ("Đơn vị cử đi học", Field.UNIT),
        ("Nơi công tác, sinh hoạt", Field.UNIT),
        ("Vị trí việc làm", Field.POSITION),
        ("Ngày vào ĐCSVN", Field.PARTY_JOINED),
        ("Thời gian vào Đảng", Field.PARTY_JOINED),
        ("Chuyên môn đào tạo", Field.EDUCATION),
        ("Họ và", Field.FAMILY_MIDDLE),
        ("Last name", Field.FAMILY_MIDDLE),
    ],
)
def test_usual_headings_name_their_fields(heading: str, field: Field) -> None:
    assert field_of(heading) is field


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("Nghày sinh", Field.BORN),
        ("Ngày tháng năn sinh", Field.BORN),
        ("Ngyà sinh", Field.BORN),
        ("Chứ vụ", Field.POSITION),
        ("Đơn vị công tác/Nơi cư trú", Field.UNIT),
        ("Nơi sinh", None),
        ("Ngày vào Đoàn", None),
        ("Ngày cấp", None),
        ("Hồ Văn Tên", None),
    ],
)
def test_one_slip_in_a_usual_heading_is_understood_and_no_more(
    heading: str, field: Field | None
) -> None:
    assert field_nearly(heading) is field


def test_a_misspelt_heading_is_read_and_shown(read: Read) -> None:
    roster = read([("STT", "Họ và tên", "Nghày sinh"), (1, "Nông An", "5/9/1988")])
    assert roster.rows[0].born == PartialDate(1988, 9, 5)
    assert [problem.code for problem in roster.problems] == ["columns_guessed"]
    assert roster.guesses[2].certainty is Certainty.GUESSED
    assert "gần giống" in roster.guesses[2].reason


def test_a_name_and_more_in_one_column_is_never_taken_for_a_name(read: Read) -> None:
    with pytest.raises(UndecidedColumns):
        read([("STT", "Họ tên/Năm sinh", "Đơn vị"), (1, "Nông An/1988", "Xã A")])


def test_capitals_without_accents_tell_year_from_man(read: Read) -> None:
    parts = read(
        [
            ("STT", "HO TEN", "NGAY THANG NAM SINH", None, None),
            (None, None, "NGAY", "THANG", "NAM"),
            (1, "Nông An", 5, 9, 1988),
        ]
    )
    assert parts.rows[0].born == PartialDate(1988, 9, 5)
    sexes = read(
        [
            ("STT", "HO TEN", "NAM SINH", None),
            (None, None, "NAM", "NU"),
            (1, "Nông An", 1988, None),
            (2, "Lý Bình", None, 1991),
        ]
    )
    assert [row.sex for row in sexes.rows] == [Sex.MALE, Sex.FEMALE]


def test_day_month_and_year_may_each_have_a_heading_of_their_own(read: Read) -> None:
    head = ("STT", "Họ và tên", "Ngày sinh", "Tháng sinh", "Năm sinh")
    roster = read([head, (1, "Nông An", 5, 9, 1988), (2, "Lý Bình", None, None, 1991)])
    assert [row.born for row in roster.rows] == [PartialDate(1988, 9, 5), PartialDate(1991)]


def test_a_heading_above_the_heading_of_a_birth_date_hides_nothing(read: Read) -> None:
    roster = read(
        [
            ("TT", "Thông tin chung", None, None),
            (None, "Họ và tên", "Ngày, tháng, năm sinh", None),
            (None, None, "Nam", "Nữ"),
            (1, "Nông An", "5/9/1988", None),
            (2, "Lý Bình", None, "14/2/1991"),
        ]
    )
    assert [row.born for row in roster.rows] == [PartialDate(1988, 9, 5), PartialDate(1991, 2, 14)]
    assert [row.sex for row in roster.rows] == [Sex.MALE, Sex.FEMALE]


@pytest.mark.parametrize(
    "head", [("TT", "Họ và", "tên", "Năm sinh"), ("No", "Last name", "First name", "Birthday")]
)
def test_a_name_whose_heading_is_cut_in_two_is_joined(read: Read, head: tuple[str, ...]) -> None:
    roster = read([head, (1, "Nông Văn", "An", 1988), (2, "Lý Thị", "Bình", 1991)])
    assert [row.full_name for row in roster.rows] == ["Nông Văn An", "Lý Thị Bình"]


@pytest.mark.parametrize("whole", [True, False])
def test_a_name_written_whole_and_in_parts_is_read_once(read: Read, whole: bool) -> None:
    people = [("Nông Văn", "An", "Nông Văn An"), ("Lý Thị", "Bình", "Lý Thị Bình")]
    rows = [
        (n, family, given, full if whole else None, 1988)
        for n, (family, given, full) in enumerate(people, start=1)
    ]
    roster = read([("STT", "Họ đệm", "Tên", "Họ và tên", "Năm sinh"), *rows])
    assert [row.full_name for row in roster.rows] == ["Nông Văn An", "Lý Thị Bình"]


def test_the_old_card_speaks_where_the_new_number_is_missing(read: Read) -> None:
    head = ("STT", "Họ và tên", "Năm sinh", "Số CMND", "Số CCCD")
    roster = read(
        [
            head,
            (1, "Nông An", 1988, "081104201", "020088111222"),
            (2, "Lý Bình", 1991, "081104202", None),
            (3, "Vi Chi", 1979, None, None),
        ]
    )
    assert [row.identity_number for row in roster.rows] == ["020088111222", "081104202", ""]
    alone = read([head[:4], (1, "Nông An", 1988, "081104201")])
    assert alone.rows[0].identity_number == "081104201"


def test_phones_are_kept_beside_a_column_dt_of_peoples(read: Read) -> None:
    head = ("STT", "Họ và tên", "DT", "SĐT")
    (row,) = read([head, (1, "Nông An", "Tày", "0912345678")]).rows
    assert (row.ethnicity, row.phone) == ("Tày", "0912345678")


@pytest.mark.parametrize(
    "head",
    [
        ("TT", "Họ và tên", "Nam", "Nữ"),
        ("TT", "Họ và tên", "Năm sinh (Nam)", "Năm sinh (Nữ)"),
        ("TT", "Họ và tên", "Ngày sinh nam", "Ngày sinh nữ"),
    ],
)
def test_births_of_men_and_women_may_have_headings_of_their_own(
    read: Read, head: tuple[str, ...]
) -> None:
    roster = read([head, (1, "Nông An", 1988, None), (2, "Lý Bình", None, "14/2/1991")])
    assert [row.born for row in roster.rows] == [PartialDate(1988), PartialDate(1991, 2, 14)]
    assert [row.sex for row in roster.rows] == [Sex.MALE, Sex.FEMALE]
