import io
from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from app.dates import PartialDate
from app.spreadsheets.lists import write_list

HEADINGS = ("STT", "Họ và tên", "Ngày sinh")


def sheet_of(data: bytes) -> Worksheet:
    book = load_workbook(io.BytesIO(data))
    return book.worksheets[0]


def test_a_list_is_read_back_as_it_was() -> None:
    rows = [(1, "Nông Văn An", date(1988, 9, 5)), (2, "Lý Thị Bình", None)]
    sheet = sheet_of(write_list(None, "Danh sách lớp", HEADINGS, rows))
    assert sheet.title == "Danh sách lớp"
    assert [list(row) for row in sheet.iter_rows(values_only=True)] == [
        ["Danh sách lớp", None, None],
        list(HEADINGS),
        [1, "Nông Văn An", datetime(1988, 9, 5)],  # noqa: DTZ001
        [2, "Lý Thị Bình", None],
    ]
    assert sheet["C3"].number_format == "dd/mm/yyyy"


@pytest.mark.parametrize("text", ['=HYPERLINK("http://x","y")', "+84912345678", "-2+3", "@SUM(1)"])
def test_text_is_never_a_formula(text: str) -> None:
    cell = sheet_of(write_list(None, "X", ("Họ tên",), [(text,)]))["A3"]
    assert (cell.value, cell.data_type, cell.quotePrefix) == (text, "s", True)


def test_parts_of_dates_stay_parts() -> None:
    rows = [(PartialDate(1985),), (PartialDate(1985, 5),), (PartialDate(1985, 5, 9),)]
    sheet = sheet_of(write_list(None, "X", ("Sinh",), [*rows, (date(1885, 1, 2),)]))
    found = [sheet.cell(row, 1).value for row in range(3, 7)]
    assert found == ["1985", "05/1985", datetime(1985, 5, 9), "02/01/1885"]  # noqa: DTZ001


def test_control_characters_and_long_texts_are_cut_not_refused() -> None:
    sheet = sheet_of(
        write_list(None, "a/b:c[d]" * 9, ("Họ tên",), [("N\x01ông",), ("x" * 40_000,)])
    )
    assert sheet["A3"].value == "Nông"
    assert len(str(sheet["A4"].value)) == 32_767
    assert len(sheet.title) <= 31


@pytest.mark.parametrize(("width", "orientation"), [(20, None), (40, "landscape")])
def test_printed_a_list_is_as_wide_as_the_page_and_repeats_its_heading(
    width: int, orientation: str | None
) -> None:
    rows = [(1, "Nông Văn An", None)]
    sheet = sheet_of(write_list(None, "X", HEADINGS, rows, widths=(width,) * 3))
    assert sheet.print_title_rows == "$1:$2"
    assert sheet.sheet_properties.pageSetUpPr
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert (sheet.page_setup.fitToHeight, sheet.page_setup.orientation) == (0, orientation)


def test_columns_fit_their_contents_unless_told_otherwise() -> None:
    rows = [(1, "Nguyễn Trần Thị Phương Thảo", None)]
    fitting = sheet_of(write_list(None, "X", HEADINGS, rows))
    assert fitting.column_dimensions["B"].width > fitting.column_dimensions["A"].width
    told = sheet_of(write_list(None, "X", HEADINGS, rows, widths=(5, 40, 12)))
    assert [told.column_dimensions[letter].width for letter in "ABC"] == [5, 40, 12]


def test_a_file_and_a_buffer_get_the_same_bytes(tmp_path: Path) -> None:
    path, buffer = tmp_path / "x.xlsx", io.BytesIO()
    assert write_list(path, "X", ("A",), [("a",)]) == path.read_bytes()
    assert write_list(buffer, "X", ("A",), [("a",)]) == buffer.getvalue()
