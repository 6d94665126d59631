"""Pages of HTML: spans, open ends, looks, tables within tables, and single files of pages."""

import base64
import quopri
from pathlib import Path

import pytest

from app.spreadsheets import markup
from app.spreadsheets.roster import read_roster
from app.spreadsheets.rows import Roster
from app.spreadsheets.sheets import UnreadableFile


def read(tmp_path: Path, text: str | bytes, name: str = "x.xls") -> Roster:
    path = tmp_path / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_roster(path)


PAGE = """<html><head><title>x</title><style>td {}</style></head><body>
<table><tr><td>menu</td></tr></table>
<table><tr><th rowspan="2">STT</th><th rowspan="2">Họ và tên</th><th colspan="2">Ngày sinh</th></tr>
<tr><th>Nam</th><th>Nữ</th></tr>
<tr><td>1</td><td>Nông Văn<br>An</td><td>05/09/1988</td><td></td></tr>
<tr><td>2<td>Vi Thị <b>Bưởi</b> &amp; con<td><td>1990<script>alert(1)</script></tr></table>"""


def test_tables_of_a_page_are_sheets(tmp_path: Path) -> None:
    roster = read(tmp_path, PAGE)
    assert roster.sheet == "Bảng 2"
    assert [row.full_name for row in roster.rows] == ["Nông Văn An", "Vi Thị Bưởi & con"]
    assert roster.rows[1].born
    assert roster.rows[1].sex
    assert roster.header_rows == (1, 2)


def test_a_page_without_a_table_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="không có bảng nào"):
        read(tmp_path, "<html><p>Xin chào")


@pytest.mark.parametrize("unit", ["<!--", "<a ", "<", "</td ", "<td a='", "<script>", "&#"])
def test_a_page_of_open_ends_is_read_through_once(tmp_path: Path, unit: str) -> None:
    text = "<table><tr><td>Họ tên<tr><td>Vi An</table>" + unit * 60_000
    assert [row.full_name for row in read(tmp_path, text).rows] == ["Vi An"]


def test_a_page_of_too_many_tags_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(markup, "MAX_TOKENS", 50)
    with pytest.raises(UnreadableFile, match="quá dài"):
        read(tmp_path, "<table>" + "<tr><td>Vi An" * 30)


@pytest.mark.parametrize("start", ["<style>td {}</style>", "<div>", "<BODY>"])
def test_a_page_may_begin_with_any_tag(tmp_path: Path, start: str) -> None:
    text = f"{start}<table><tr><td>Họ tên<tr><td>Vi An</table>"
    assert [row.full_name for row in read(tmp_path, text).rows] == ["Vi An"]


HEAD = "<tr><td>STT<td>Họ tên<td>Năm sinh"


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("<tr><td>1<td>Vi An<td>1980", set()),
        ("<tr style='height:0; display : NONE'><td>1<td>Vi An<td>1980", {"hidden_row"}),
        ("<TR HIDDEN><td>1<td>Vi An<td>1980", {"hidden_row"}),
        ("<tr title='a hidden b'><td>1<td>Vi An<td>1980", set()),
        ("<tbody class='c gone'><tr><td>1<td>Vi An<td>1980</tbody>", {"hidden_row"}),
        ("<tr><td>1<td><strike>Vi An</strike><td>1980", {"struck_through"}),
        ("<tr><td>1<td><del><b>Vi</b> An</del><td>1980", {"struck_through"}),
        (
            "<tr><td>1<td style='text-decoration:underline line-through'>Vi An<td>1980",
            {"struck_through"},
        ),
        ("<tr class=cut><td>1<td>Vi An<td>1980", {"struck_through"}),
        ("<tr class=cut><td>1<td style='text-decoration:none'>Vi An<td>1980", set()),
        ("<tr><td><s>1</s><td>Vi An<td>1980", set()),
        ("<tr><td>1<td><span hidden>An Vi</span>Vi An<td>1980", set()),
    ],
)
def test_what_a_page_hides_or_strikes_is_told(tmp_path: Path, row: str, told: set[str]) -> None:
    style = (
        "<style><!-- .gone {display:none}\ntd.x, .cut\n{text-decoration:line-through} --></style>"
    )
    person = read(tmp_path, f"{style}<table>{HEAD}{row}</table>").rows[0]
    assert person.full_name == "Vi An"
    assert {"hidden_row", "struck_through"} & set(person.warnings) == told


def test_hidden_columns_of_a_page_are_told(tmp_path: Path) -> None:
    text = f"<table><col><col style='display:none'>{HEAD}<tr><td>1<td>Vi An<td>1980</table>"
    assert "hidden_column" in {problem.code for problem in read(tmp_path, text).problems}


def test_fonts_of_a_page_convert_its_cells(tmp_path: Path) -> None:
    style = '<style>.old {font-family:".VnTime", serif;}</style>'
    rows = "<tr><td>1<td class=old>NguyÔn V¨n §øc<td>1980"
    rows += "<tr><td>2<td><font face='VNI-Times'>Lyù <b>Ñöùc</b></font><td>1981"
    roster = read(tmp_path, f"{style}<table>{HEAD}{rows}</table>")
    assert [row.full_name for row in roster.rows] == ["Nguyễn Văn Đức", "Lý Đức"]


def test_a_table_within_a_layout_is_a_sheet_and_within_a_cell_its_text(tmp_path: Path) -> None:
    name = "<table><tr><td>Vi</td><td><s>An</s></td></tr></table>"
    inner = f"<table>{HEAD}<tr><td>1<td>{name}</td><td>1980</table>"
    roster = read(tmp_path, f"<table><tr><td>Sở Nội vụ</td><td>{inner}</td></tr></table>")
    assert (roster.sheet, len(roster.sheets)) == ("Bảng 2", 2)
    assert [row.full_name for row in roster.rows] == ["Vi An"]
    assert "struck_through" in roster.rows[0].warnings


@pytest.mark.parametrize("encoding", ["quoted-printable", "base64", "8bit"])
def test_a_single_file_of_pages_is_read(tmp_path: Path, encoding: str) -> None:
    page = f"<html><table>{HEAD}<tr><td>1<td>Vi Thị Ửng<td>1980</table></html>".encode()
    bodies = {
        "quoted-printable": quopri.encodestring(page),
        "base64": base64.encodebytes(page),
        "8bit": page,
    }
    part = f'Content-Transfer-Encoding: {encoding}\nContent-Type: text/html;\n charset="utf-8"\n\n'
    heads = 'MIME-Version: 1.0\nContent-Type: multipart/related;\n boundary="=_b"\n\n--=_b\n'
    other = b"\n--=_b\nContent-Type: image/png\n\n<table><tr><td>x</table>\n--=_b--"
    roster = read(tmp_path, heads.encode() + part.encode() + bodies[encoding] + other)
    assert [row.full_name for row in roster.rows] == ["Vi Thị Ửng"]
    assert len(roster.sheets) == 1
    with pytest.raises(UnreadableFile, match="không có bảng nào"):
        read(tmp_path, heads + "x")
