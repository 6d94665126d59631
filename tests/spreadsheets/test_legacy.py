"""TCVN3 and VNI to Unicode: every letter, per cell, per run, and asked where no font tells."""

import csv
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

from app.spreadsheets import legacy_sheets
from app.spreadsheets.fields import Field
from app.spreadsheets.legacy import (
    TCVN3,
    VNI_PAIRS,
    LegacyChoice,
    encoding_of_font,
    may_be,
    to_unicode,
)
from app.spreadsheets.roster import read_roster
from app.spreadsheets.rows import Roster

Read = Callable[..., Roster]
FILES = sorted((Path(__file__).parent.parent / "data" / "legacy").glob("*.truth.csv"))
HEAD = ("STT", "Hä vµ tªn", "Ngµy sinh", "§¬n vÞ")
TCVN3_CSV = (
    "STT;Hä vµ tªn;Ngµy sinh;§¬n vÞ\n1;NguyÔn V¨n §øc;5/6/1977;X· Hßa B×nh\n"
    "2;Lª ThÞ Hång;1980;X· T©n V¨n\n"
)


def cells() -> list[dict[str, str]]:
    found = []
    for path in FILES:
        with path.open(encoding="utf-8", newline="") as file:
            found += [row for row in csv.DictReader(file) if encoding_of_font(row["font"])]
    return found


def in_font(name: str, *rows: int) -> Callable[[Worksheet], None]:
    def dress(sheet: Worksheet) -> None:
        for row in rows:
            for cell in sheet[row]:
                cell.font = Font(name=name)

    return dress


def test_every_cell_of_the_samples_is_converted_by_its_font() -> None:
    truths = cells()
    assert len(truths) > 700
    for truth in truths:
        encoding = encoding_of_font(truth["font"])
        assert encoding
        got, wanted = to_unicode(truth["stored_text"], encoding), truth["expected_unicode"]
        if truth["compare"] == "casefold":
            got, wanted = got.casefold(), wanted.casefold()
        assert got == wanted
        assert may_be(truth["stored_text"], encoding)


def test_tables_are_whole() -> None:
    letters = set(TCVN3.values()) | set(VNI_PAIRS.values())
    assert len([letter for letter in TCVN3.values() if letter.isalpha()]) == 74
    for letter in "ăâđêôơưĂÂÊÔƠƯ":
        assert letter in letters | {"đ", "ơ", "ư", "Ơ", "Ư"}
    assert all(unicodedata.is_normalized("NFC", letter) for letter in VNI_PAIRS.values())


@pytest.mark.parametrize(
    ("font", "encoding"),
    [
        (".VnTime", LegacyChoice.TCVN3),
        (".VnArial Narrow", LegacyChoice.TCVN3),
        (".VnTimeH", LegacyChoice.TCVN3_CAPITALS),
        (".VNARIALH", LegacyChoice.TCVN3_CAPITALS),
        ("VNI-Times", LegacyChoice.VNI),
        ("VNI Helve", LegacyChoice.VNI),
        ("Times New Roman", None),
        ("Vnesa Unicode", None),
    ],
)
def test_the_font_names_the_encoding(font: str, encoding: LegacyChoice | None) -> None:
    assert encoding_of_font(font) is encoding


def test_vni_looks_at_two_letters_before_one() -> None:
    vni = LegacyChoice.VNI
    assert to_unicode("Traàn Thò Höôøng ñi", vni) == "Trần Thị Hường đi"
    assert to_unicode("NGUYEÃN ÑÖÙC", vni) == "NGUYỄN ĐỨC"
    assert not may_be("Nguyễn", vni)
    assert not may_be("Hà", vni)


def test_only_cells_of_an_old_font_are_converted(read: Read) -> None:
    rows = [
        HEAD,
        (1, "NguyÔn V¨n §øc", "5/6/1977", "X· Hßa B×nh"),
        (2, "Lê Thị Hồng", "1980", "Xã Tân Văn"),
        (3, "Lý THÞ HOµI", "1981", "x· t©n v¨n"),
    ]

    def dress(sheet: Worksheet) -> None:
        in_font(".VnTime", 1, 2, 3)(sheet)
        in_font(".VnTimeH", 4)(sheet)

    roster = read(rows, (), dress)
    assert [row.full_name for row in roster.rows] == [
        "Nguyễn Văn Đức",
        "Lê Thị Hồng",
        "LÝ THỊ HOÀI",
    ]
    assert [row.unit for row in roster.rows] == ["Xã Hòa Bình", "Xã Tân Văn", "XÃ TÂN VĂN"]
    converted = ["legacy_encoding_converted" in row.warnings for row in roster.rows]
    assert converted == [True, False, True]
    assert roster.legacy_question is None


def test_runs_of_one_cell_are_converted_each_by_its_font(read: Read) -> None:
    def dress(sheet: Worksheet) -> None:
        old, new = InlineFont(rFont=".VnTime"), InlineFont(rFont="Times New Roman")
        sheet["B2"] = CellRichText(TextBlock(old, "NguyÔn V¨n "), TextBlock(new, "Đức"))

    head = ("STT", "Họ và tên", "Ngày sinh")
    assert read([head, (1, "", 1980)], (), dress).rows[0].full_name == "Nguyễn Văn Đức"


def test_unicode_under_an_old_font_stays_when_most_of_it_is(read: Read) -> None:
    head = ("STT", "Họ và tên", "Ngày sinh", "Đơn vị")
    rows = [head, (1, "Nguyễn Văn Hòa", 1980, "Xã Hòa Bình"), (2, "Hòa", 1981, "Xã Tân Văn")]
    roster = read(rows, (), in_font(".VnTime", 1, 2, 3))
    assert [row.full_name for row in roster.rows] == ["Nguyễn Văn Hòa", "Hòa"]


def test_without_a_font_it_is_asked_and_the_answer_converts(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_bytes(TCVN3_CSV.encode("cp1252"))
    asked = read_roster(path)
    question = asked.legacy_question
    assert question
    assert question.proposed is LegacyChoice.TCVN3
    assert "Họ và tên" in [one.after[LegacyChoice.TCVN3] for one in question.samples]
    assert asked.rows[0].full_name == "NguyÔn V¨n §øc"
    assert "legacy_encoding_suspected" in asked.rows[0].warnings
    assert asked.problems[0].code == "legacy_encoding_suspected"
    answered = read_roster(path, legacy=LegacyChoice.TCVN3)
    assert [row.full_name for row in answered.rows] == ["Nguyễn Văn Đức", "Lê Thị Hồng"]
    assert answered.legacy_question is None
    kept = read_roster(path, legacy=LegacyChoice.UNICODE, columns={"B": Field.FULL_NAME})
    assert kept.legacy_question is None


def test_foreign_names_alone_are_no_old_font(read: Read) -> None:
    head = ("STT", "Họ và tên", "Năm sinh", "Đơn vị")
    people = ((1, "François Müller", 1980, "Xã Tân Văn"), (2, "Lý Thị Bưởi", 1981, "Xã Tân Văn"))
    roster = read([head, *people])
    assert roster.legacy_question is None
    assert roster.rows[0].full_name == "François Müller"


def test_a_column_of_lost_fonts_beside_unicode_is_asked_about_and_alone_converted(
    read: Read,
) -> None:
    head = ("STT", "Họ và tên", "Ngày sinh", "Đơn vị", "Quê quán")
    old = ("NguyÔn ThÞ Hång", "Lý V¨n §øc", "Hoµng ThÞ H¬ng", "Ph¹m V¨n B×nh")
    rows = [(i, name, 1980 + i, "Xã Tân Văn", "Xã Hoà") for i, name in enumerate(old, 1)]
    asked = read([head, *rows])
    assert asked.legacy_question
    assert all("legacy_encoding_suspected" in row.warnings for row in asked.rows)
    assert [row.full_name for row in asked.rows] == list(old)
    sheet = legacy_sheets.by_choice(asked.source.sheet, LegacyChoice.TCVN3)
    assert sheet.lines[1].values[1:] == ("Nguyễn Thị Hồng", 1981, "Xã Tân Văn", "Xã Hoà")


def test_a_font_named_with_spaces_around_is_the_same_font() -> None:
    assert encoding_of_font(" VNI-Times ") is LegacyChoice.VNI


def test_old_text_that_could_be_unicode_is_told_and_converted_with_its_column(read: Read) -> None:
    head = ("STT", "Họ và tên", "Năm sinh")
    names = ("Leâ Thò Höôøng", "Traàn Quoác", "Hoàng", "Lyù Vaên Ñöùc")
    asked = read([head, *((i, name, 1980 + i) for i, name in enumerate(names, 1))])
    assert all("legacy_encoding_suspected" in row.warnings for row in asked.rows)
    sheet = legacy_sheets.by_choice(asked.source.sheet, LegacyChoice.VNI)
    converted = [line.values[1] for line in sheet.lines[1:]]
    assert converted == ["Lê Thị Hường", "Trần Quốc", "Hồng", "Lý Văn Đức"]


def test_two_names_of_vietnamese_letters_in_no_vietnamese_order_are_asked_about(read: Read) -> None:
    head = ("STT", "Họ và tên", "Năm sinh", "Đơn vị")
    names = ("Traàn Vaân", "Traàn Quoác", "Lý Thị Ửng", "Vi Văn Đức", "Hà Thị Bưởi")
    rows = [(i, name, 1980 + i, "Xã Bưởi") for i, name in enumerate(names, 1)]
    told = ["legacy_encoding_suspected" in row.warnings for row in read([head, *rows]).rows]
    assert told == [True, True, False, False, False]


def test_numbers_and_short_forms_in_addresses_are_no_old_font(read: Read) -> None:
    head = ("STT", "Họ và tên", "Năm sinh", "Địa chỉ", "Mã")
    places = ("118/13, P. An Bình Q. Phú Hòa\xa0", "H. Cù Lao Dung", "X. Krông Ana-Hòa", "Tổ 1")
    roster = read([head, *((i, "Vi An", 1980 + i, one, "x") for i, one in enumerate(places, 1))])
    assert roster.legacy_question is None


def test_what_could_be_both_is_old_in_an_old_row_and_told_elsewhere(read: Read) -> None:
    head = ("STT", "Họ", "Tên", "Năm sinh", "Đơn vị")
    people = [("Lª ThÞ", "Hêng"), ("Lý V¨n", "§øc"), ("Nguyễn Thị", "Hêng"), ("Vi Văn", "Hồng")]
    people += [("Hoàng Thị", "Bưởi"), ("Phạm Văn", "Đức"), ("NguyÔn V¨n", "B×nh")]
    rows = [(i, *name, 1980 + i, "Xã Tân") for i, name in enumerate(people, 1)]
    asked = read([head, *rows])
    told = ["legacy_encoding_suspected" in row.warnings for row in asked.rows]
    assert told == [True, True, True, False, False, False, True]
    sheet = legacy_sheets.by_choice(asked.source.sheet, LegacyChoice.TCVN3)
    assert [line.text(2) for line in sheet.lines[1:4]] == ["Hờng", "Đức", "Hêng"]
    assert {line.text(4) for line in sheet.lines[1:]} == {"Xã Tân"}
