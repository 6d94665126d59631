""".xls and .ods: values from a child process, looks read here, and children that misbehave."""

import io
import os
import zipfile
from collections.abc import Sequence
from pathlib import Path

import pytest

from app.spreadsheets import calamine_book, calamine_child, limits
from app.spreadsheets.calamine_book import read_in_child
from app.spreadsheets.compound import Compound
from app.spreadsheets.limits import Deadline
from app.spreadsheets.open_document import looks_of_ods
from app.spreadsheets.roster import read_roster
from app.spreadsheets.sheets import ReadingCancelled, UnreadableFile
from tests.spreadsheets import children

ROSTERS = Path(__file__).parent.parent / "data" / "rosters"
NAMES = "urn:oasis:names:tc:opendocument:xmlns"
KIND = "application/vnd.oasis.opendocument.spreadsheet"
MANIFEST = (
    f'<manifest:manifest xmlns:manifest="{NAMES}:manifest:1.0"><manifest:file-entry '
    f'manifest:full-path="/" manifest:media-type="{KIND}"/></manifest:manifest>'
)
CONTENT = f"""<?xml version="1.0" encoding="UTF-8"?><office:document-content
 xmlns:office="{NAMES}:office:1.0" xmlns:style="{NAMES}:style:1.0" xmlns:text="{NAMES}:text:1.0"
 xmlns:table="{NAMES}:table:1.0" xmlns:fo="{NAMES}:xsl-fo-compatible:1.0" office:version="1.2">
<office:automatic-styles>
<style:style style:name="old" style:family="table-cell">
<style:text-properties style:font-name=".VnTime"/></style:style>
<style:style style:name="struck" style:family="table-cell" style:parent-style-name="old">
<style:text-properties style:text-line-through-style="solid"/></style:style>
</office:automatic-styles><office:body><office:spreadsheet><table:table table:name="Trang 1">
<table:table-column table:number-columns-repeated="2" table:default-cell-style-name="old"/>
<table:table-column table:visibility="collapse"/>
<table:table-column table:number-columns-repeated="16381"/>%s
<table:table-row table:number-rows-repeated="1048570">
<table:table-cell table:number-columns-repeated="16384"/></table:table-row>
</table:table></office:spreadsheet></office:body></office:document-content>"""


def cell(value: object, attributes: str = "") -> str:
    if value is None:
        return "<table:table-cell/>"
    kind = "string" if isinstance(value, str) else "float"
    number = "" if kind == "string" else f' office:value="{value}"'
    return (
        f'<table:table-cell office:value-type="{kind}"{number}{attributes}>'
        f"<text:p>{value}</text:p></table:table-cell>"
    )


def row(cells: Sequence[object], attributes: str = "", each: str = "") -> str:
    inside = "".join(cell(value, each) for value in cells)
    return f"<table:table-row{attributes}>{inside}</table:table-row>"


def document(rows: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("mimetype", KIND)
        archive.writestr("META-INF/manifest.xml", MANIFEST)
        archive.writestr("content.xml", (CONTENT % rows).replace("\n", ""))
    return buffer.getvalue()


HEAD = row(("STT", "Hä vµ tªn", "N¨m sinh"), each=' table:style-name="old"')


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


def test_an_ods_keeps_fonts_and_hidden_rows(tmp_path: Path) -> None:
    path = tmp_path / "x.ods"
    rows = [
        row(("DANH S¸CH",), ' table:number-rows-repeated="2"'),
        HEAD,
        row((1, "NguyÔn V¨n §øc", 1980)),
        row((2, "Lª ThÞ Hång", 1981), ' table:visibility="collapse"'),
        row((3, "Vi V¨n C­êng", 1982), each=' table:style-name="struck"'),
    ]
    path.write_bytes(document("".join(rows)))
    roster = read_roster(path)
    assert [row.row for row in roster.rows] == [4, 5, 6]
    assert [row.full_name for row in roster.rows] == [
        "Nguyễn Văn Đức",
        "Lê Thị Hồng",
        "Vi Văn Cường",
    ]
    assert "hidden_row" in roster.rows[1].warnings
    assert "struck_through" in roster.rows[2].warnings
    assert roster.guesses[2].is_hidden


def test_an_ods_keeps_faces_spans_and_new_lines(tmp_path: Path) -> None:
    path = tmp_path / "x.ods"
    name = '<text:span text:style-name="run">Ñöùc</text:span><text:line-break/>Văn Ba'
    text = (
        f'<table:table-cell office:value-type="string"><text:p>{name}</text:p></table:table-cell>'
    )
    rows = row(("STT", "Họ tên", "Năm sinh")) + f"<table:table-row>{cell(1)}{text}{cell(1980)}"
    face = '<style:font-face style:name="F1" svg:font-family="\'VNI-Times\', serif"/>'
    run = (
        '<style:style style:name="run"><style:text-properties style:font-name="F1"/></style:style>'
    )
    svg = f' xmlns:svg="{NAMES}:svg-compatible:1.0"><office:automatic-styles>{face}{run}'
    with zipfile.ZipFile(io.BytesIO(document(rows + "</table:table-row>"))) as archive:
        parts = {part: archive.read(part).decode() for part in archive.namelist()}
    parts["content.xml"] = parts["content.xml"].replace("><office:automatic-styles>", svg, 1)
    with zipfile.ZipFile(path, "w") as archive:
        for part in reversed(parts):
            archive.writestr(part, parts[part])
    assert [row.full_name for row in read_roster(path).rows] == ["Đức Văn Ba"]


def test_looks_of_a_damaged_document_are_plain() -> None:
    assert looks_of_ods(document("<broken"), Deadline(1)).sheets == {}
    assert looks_of_ods(b"no archive", Deadline(1)).styles == {}


def test_a_far_stray_cell_of_an_ods_does_not_take_the_program_down(tmp_path: Path) -> None:
    path = tmp_path / "x.ods"
    blank = ' table:number-rows-repeated="1000000"'
    path.write_bytes(document(HEAD + row((None,), blank) + row((*([None] * 900), "lạc"))))
    with pytest.raises(UnreadableFile, match="quá lớn"):
        read_roster(path)


@pytest.mark.parametrize("serve", [children.abort, children.refuse_to_listen])
def test_a_child_that_dies_is_one_sentence(serve: calamine_book.Serve) -> None:
    with pytest.raises(UnreadableFile, match="bị hỏng hoặc quá lớn") as caught:
        read_in_child(b"x", "danh sách.xls", serve=serve)
    assert caught.value.code == "corrupt"


def test_a_child_that_hangs_is_ended_in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_SECONDS", 0.3)
    with pytest.raises(UnreadableFile) as caught:
        read_in_child(b"x", "danh sách.xls", serve=children.hang)
    assert caught.value.code == "too_large"


def test_waiting_for_a_child_can_be_stopped() -> None:
    with pytest.raises(ReadingCancelled):
        read_in_child(b"x", "x.xls", lambda _done, _size: False, serve=children.hang)


def test_codes_of_the_child_become_sentences() -> None:
    data = (ROSTERS / "D07_plain_old_excel.xls").read_bytes()
    with pytest.raises(UnreadableFile, match="bị hỏng"):
        read_in_child(data[:3000], "x.xls")
    limited = calamine_child.Limits(rows=5, columns=2, blank_rows=200, seconds=30)
    sheets = calamine_child._sheets(data, limited)
    assert not isinstance(sheets, str)
    assert sheets[0].is_too_long
    assert {len(cells) for _, cells in sheets[0].rows} <= {1, 2}


def test_damaged_compound_files_end() -> None:
    data = bytearray((ROSTERS / "D07_plain_old_excel.xls").read_bytes())
    for place in range(44, 512, 4):
        for word in (b"\xff\xff\xff\x7f", b"\0\0\0\0"):
            damaged = data.copy()
            damaged[place : place + 4] = word
            assert len(Compound(bytes(damaged)).stream("Workbook")) < len(data) * 2
    with pytest.raises(UnreadableFile):
        Compound(os.urandom(10))
