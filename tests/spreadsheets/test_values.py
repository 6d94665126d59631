from datetime import date

import pytest

from app.spreadsheets.columns import Field, field_of
from app.spreadsheets.names import read_name
from app.spreadsheets.sheets import Value
from app.spreadsheets.values import (
    is_ditto,
    read_ethnicity,
    read_religion,
    read_schooling,
    read_sex,
    read_words,
)
from app.terms import Sex


@pytest.mark.parametrize(
    ("name", "codes"),
    [
        ("Nông Văn An", []),
        ("H'Nhung Niê", []),
        ("NÔNG VĂN AN", ["name_all_caps"]),
        ("nông văn an", ["name_case"]),
        ("<b>Vi Thị Hoa</b>", ["odd_name"]),
        ("Hoa", ["single_word_name"]),
    ],
)
def test_a_name_is_kept_as_written_and_a_doubt_is_told(name: str, codes: list[str]) -> None:
    reading = read_name([name])
    assert reading.value == name
    assert [finding.code for finding in reading.findings] == codes


@pytest.mark.parametrize("name", ["x" * 101, "Nông Văn 😀 An", "①②③", "+84912345678", "ㅤ"])
def test_what_is_no_name_is_refused(name: str) -> None:
    assert [finding.code for finding in read_name([name]).findings] == ["invalid_name"]


def test_numbering_before_a_name_is_taken_off() -> None:
    assert read_name(["1. Nông Văn An"]).value == "Nông Văn An"


def test_capitals_come_with_a_proposal() -> None:
    (finding,) = read_name(["LÊ THỊ HOÀ"]).findings
    assert "“Lê Thị Hoà”" in finding.text


@pytest.mark.parametrize(
    ("written", "official"),
    [
        ("TÀY", "Tày"),
        ("nùng", "Nùng"),
        ("dân tộc Tày", "Tày"),
        ("DT Nùng", "Nùng"),
        ("Hmông", "Mông"),
        ("H'mông", "Mông"),
        ("Cao Lan", "Sán Chay"),
        ("Thổ", "Thổ"),
        ("Lào", "Lào"),
        ("Sán dìu", "Sán Dìu"),
        ("Việt kiều", "Việt kiều"),
        ("", ""),
    ],
)
def test_peoples_get_their_official_names(written: str, official: str) -> None:
    assert read_ethnicity(written) == official


def test_religions_get_their_official_names() -> None:
    assert [read_religion(word) for word in ("ko", "PHẬT GIÁO", "công giáo", "")] == [
        "Không",
        "Phật giáo",
        "Công giáo",
        "",
    ]


def test_sexes_are_read_and_a_shifted_row_is_refused() -> None:
    assert read_sex("NỮ ".strip()).value is Sex.FEMALE
    assert read_sex("nam").value is Sex.MALE
    assert read_sex(None).findings == ()
    assert [finding.code for finding in read_sex("2001-09-24").findings] == ["columns_shifted"]
    assert [finding.code for finding in read_sex("Kinh").findings] == ["sex_unreadable"]


def test_codes_keep_the_zeros_of_their_format() -> None:
    assert read_words(57, "00000") == "00057"
    assert read_words(5837087) == "5837087"


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("Họ và tên", Field.FULL_NAME),
        ("HỌ VÀ TÊN\n(viết in hoa)", Field.FULL_NAME),
        ("HoTen", Field.FULL_NAME),
        ("Họ, tên học viên", Field.FULL_NAME),
        ("Họ và tên đệm", Field.FAMILY_MIDDLE),
        ("Họ đệm", Field.FAMILY_MIDDLE),
        ("Ngày, tháng,\nnăm sinh", Field.BORN),
        ("Sinh ngày", Field.BORN),
        ("Ngày sinh (dd/mm/yyyy)", Field.BORN),
        ("Năm sinh", Field.BIRTH_YEAR),
        ("Số CCCD/CMND", Field.IDENTITY_NUMBER),
        ("Số căn cước công dân", Field.IDENTITY_NUMBER),
        ("Số định danh cá nhân", Field.IDENTITY_NUMBER),
        ("SĐT", Field.PHONE),
        ("Nơi công tác", Field.UNIT),
        ("Chức vụ, đơn vị công tác", Field.POSITION_AND_UNIT),
        ("Chức danh", Field.POSITION),
        ("Ngày vào Đảng", Field.PARTY_JOINED),
        ("Ngày chính thức", Field.PARTY_CONFIRMED),
        ("Trình độ LLCT", Field.POLITICAL_EDUCATION),
        ("Mã HV", Field.CODE),
        ("Nam", Field.MALE_MARK),
        ("Năm", None),
        ("Họ tên cha", None),
        ("Ngày cấp", None),
        ("Tên ngành", None),
        ("Tên đầy đủ", None),
    ],
)
def test_headings_are_known_by_their_words(heading: str, field: Field | None) -> None:
    assert field_of(heading) is field


@pytest.mark.parametrize(
    "text",
    [
        "nt",
        "-nt-",
        "N/T",
        "…nt…",
        "“nt”",
        "như trên",
        '"',
        "''",
        "//",
        "-//-",
        '- " -',
        '-"-"-',
        ",,",
    ],
)
def test_every_usual_sign_for_as_above_is_known(text: str) -> None:
    assert is_ditto(text)


@pytest.mark.parametrize("text", ["", "-", "/", ",", "…", "Trần Nt", "12/12"])
def test_a_blank_sign_or_a_word_is_not_as_above(text: str) -> None:
    assert not is_ditto(text)


def test_classes_of_school_that_excel_took_for_a_day_are_classes_again() -> None:
    written: list[Value] = ["9/12", date(2024, 12, 9), date(2024, 10, 7), 12]
    assert [read_schooling(value) for value in written] == ["9/12", "9/12", "7/10", "12"]
