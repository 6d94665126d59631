""".xls: values and looks, cells far below, what is damaged, locked or of Excel 95."""

import os
import struct
from collections.abc import Iterable
from pathlib import Path

import pytest

from app.spreadsheets import biff_sheet
from app.spreadsheets.biff_globals import Encrypted
from app.spreadsheets.compound import Compound
from app.spreadsheets.old_workbook import OldWorkbook
from app.spreadsheets.roster import read_roster
from app.spreadsheets.sheets import Merge, RichText, Sheet, UnreadableFile

ROSTERS = Path(__file__).parent.parent / "data" / "rosters"
BIFF5, BIFF8 = 0x500, 0x600
NUMBER, RK, MANY_RK, LABEL, RICH, TRUTH, FORMULA, TEXT = 3, 0x7E, 0xBD, 4, 0xD6, 5, 6, 7


def record(kind: int, data: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(data)) + data


def cell(kind: int, row: int, column: int, data: bytes, style: int = 0) -> bytes:
    number = {NUMBER: 0x203, RK: 0x27E, LABEL: 0x204, TRUTH: 0x205}.get(kind, kind)
    return record(number, struct.pack("<HHH", row, column, style) + data)


def label(row: int, column: int, text: str, style: int = 0) -> bytes:
    data = struct.pack("<HB", len(text), 1) + text.encode("utf-16-le")
    return cell(LABEL, row, column, data, style)


def workbook(cells: Iterable[bytes], before: bytes = b"", biff: int = BIFF8) -> bytes:
    """The stream of a workbook of one sheet called A."""
    name = b"\1A" if biff == BIFF5 else b"\1\0A"
    start = record(0x809, struct.pack("<HH12x", biff, 5)) + before
    place = len(start) + 4 + 6 + len(name) + 4
    sheet = record(0x809, struct.pack("<HH12x", biff, 16)) + b"".join(cells) + record(0x0A)
    return start + record(0x85, struct.pack("<IBB", place, 0, 0) + name) + record(0x0A) + sheet


def read(stream: bytes) -> Sheet:
    return OldWorkbook(stream, "x.xls").read("A")


def test_an_xls_keeps_fonts_runs_hidden_rows_and_struck_names() -> None:
    roster = read_roster(ROSTERS / "own_looks.xls")
    assert (roster.sheet, roster.other_sheets) == ("Danh sách", ("Cũ",))
    assert [row.full_name for row in roster.rows] == [
        "Nguyễn Văn Đức",
        "Lý Thị Bưởi",
        "Vi Văn Cường",
        "LÊ THỊ Ngọc",
    ]
    assert [row.unit for row in roster.rows] == ["Xã Hòa Bình"] * 3 + ["Xã Bình La"]
    assert roster.rows[0].identity_number == "020090000001"
    told = [{"hidden_row", "struck_through"} & set(row.warnings) for row in roster.rows]
    assert told == [set(), {"hidden_row"}, {"struck_through"}, set()]
    assert "hidden_column" in {problem.code for problem in roster.problems}


def test_strings_cut_over_many_records_keep_their_runs() -> None:
    roster = read_roster(ROSTERS / "own_many_strings.xls")
    assert len(roster.rows) == 699
    assert {row.full_name for row in roster.rows} == {f"Nguyễn Văn Ửng{x}" for x in "abcdefghij"}


def test_values_of_every_kind_of_record_are_read() -> None:
    day = record(0x41E, struct.pack("<HHB", 200, 10, 0) + b"dd/mm/yyyy")
    styles = record(0xE0, struct.pack("<HH16x", 0, 0)) + record(0xE0, struct.pack("<HH16x", 0, 200))
    text_follows = struct.pack("<BxxxxxH", 0, 0xFFFF)
    truth, error = struct.pack("<BxBxxxH", 1, 1, 0xFFFF), struct.pack("<BxBxxxH", 2, 42, 0xFFFF)
    many = struct.pack("<HHHiHiH", 0, 4, 0, 7 << 2 | 2, 1, 32390 << 2 | 2, 5)
    cells = [
        cell(NUMBER, 0, 0, struct.pack("<d", 20079000102.0)),
        cell(RK, 0, 1, struct.pack("<i", 12345 << 2 | 3)),
        cell(TRUTH, 0, 2, b"\1\0"),
        cell(TRUTH, 0, 3, b"\x2a\1"),
        record(MANY_RK, many),
        cell(FORMULA, 1, 0, text_follows + bytes(8)),
        record(0x207, struct.pack("<HB", 2, 0) + b"An"),
        cell(FORMULA, 1, 1, truth + bytes(8)),
        cell(FORMULA, 1, 2, error + bytes(8)),
        cell(FORMULA, 1, 3, struct.pack("<d", 1.5) + bytes(8)),
    ]
    first, second = read(workbook(cells, day + styles)).lines
    assert first.values[:5] == (20079000102, 123.45, True, None, 7)
    assert first.text(5) == "04/09/1988"
    assert second.values == ("An", True, None, 1.5)


def test_texts_of_excel_95_are_read_by_code_page_and_old_fonts_by_theirs() -> None:
    def text(row: int, column: int, data: bytes, style: int = 0, kind: int = LABEL) -> bytes:
        return cell(kind, row, column, struct.pack("<H", len(data)) + data, style)

    fonts = b"".join(
        record(0x31, bytes(14) + bytes([len(name)]) + name) for name in (b"Arial", b".VnTime")
    )
    styles = b"".join(record(0xE0, struct.pack("<HH12x", font, 0)) for font in (0, 1))
    before = record(0x42, struct.pack("<H", 1258)) + fonts + styles
    rich = struct.pack("<H", 6) + b"An \xa7\xf8c" + bytes([1, 3, 1])
    cells = [text(0, 0, b"Tr\xe2\xcc"), text(0, 1, b"\xa7\xd2", 1), cell(RICH, 0, 2, rich)]
    sheet = read(workbook(cells, before, BIFF5))
    assert sheet.lines[0].values == ("Trầ", "§Ò", "An §øc")
    runs = sheet.lines[0].written[2]
    assert isinstance(runs, RichText)
    assert runs.runs == (("An ", ""), ("§øc", ".VnTime"))


@pytest.mark.parametrize(("row", "column"), [(65535, 0), (65535, 255), (30000, 3), (2, 255)])
def test_a_stray_cell_and_a_false_size_cost_nothing(row: int, column: int) -> None:
    size = record(0x200, struct.pack("<IIHHH", 0, 65536, 0, 256, 0))
    sheet = read(workbook([size, label(row, column, "lạc"), label(0, 0, "Họ tên")]))
    assert [line.values for line in sheet.lines] == [("Họ tên",)]


def test_cells_in_any_order_are_rows_in_order() -> None:
    cells = [label(row, 0, f"{row}") for row in (150, 300, 0)]
    assert [line.number for line in read(workbook(cells)).lines] == [1, 151, 301]


def test_endless_sheets_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(UnreadableFile, match="quá dài"):
        read(workbook(label(row, 0, "x") for row in range(0, 30_000, 100)))
    monkeypatch.setattr(biff_sheet, "MAX_CELLS", 3)
    with pytest.raises(UnreadableFile, match="quá nhiều ô"):
        read(workbook([label(0, 3, "x")]))


def test_merged_cells_are_taken_up_to_a_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(biff_sheet, "MAX_MERGES", 2)
    merged = record(0xE5, struct.pack("<HHHHH", 1, 1, 2, 0, 0))
    assert read(workbook([merged] * 9)).merges == (Merge(2, 0, 3, 0),) * 2


def test_a_locked_workbook_is_told() -> None:
    with pytest.raises(Encrypted):
        OldWorkbook(workbook([], record(0x2F, bytes(54))), "x.xls")


@pytest.mark.parametrize(
    "bad",
    [
        workbook([label(0, 0, "x")])[:-4],
        workbook([cell(0xFD, 0, 0, struct.pack("<I", 9))]),
        workbook([record(0x203, b"\0")]),
        workbook([label(0, 0, "x")]).replace(b"\1\0A", b"\1"),
        b"",
    ],
)
def test_a_damaged_workbook_is_one_sentence(bad: bytes) -> None:
    with pytest.raises(UnreadableFile, match="bị hỏng"):
        read(bad)


def test_damaged_compound_files_end() -> None:
    data = bytearray((ROSTERS / "D07_plain_old_excel.xls").read_bytes())
    for place in range(44, 512, 4):
        for word in (b"\xff\xff\xff\x7f", b"\0\0\0\0"):
            damaged = data.copy()
            damaged[place : place + 4] = word
            assert len(Compound(bytes(damaged)).stream("Workbook")) < len(data) * 2
    with pytest.raises(UnreadableFile):
        Compound(os.urandom(10))
