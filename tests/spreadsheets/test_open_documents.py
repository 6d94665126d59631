""".ods: values, fonts, what is struck, hidden or far away, and documents that are odd."""

import io
import zipfile
from collections.abc import Sequence
from pathlib import Path

import pytest

from app.spreadsheets import open_document
from app.spreadsheets.roster import read_roster
from app.spreadsheets.sheets import SheetName, UnreadableFile

NAMES = "urn:oasis:names:tc:opendocument:xmlns"
KIND = "application/vnd.oasis.opendocument.spreadsheet"
MANIFEST = (
    f'<manifest:manifest xmlns:manifest="{NAMES}:manifest:1.0"><manifest:file-entry '
    f'manifest:full-path="/" manifest:media-type="{KIND}"/></manifest:manifest>'
)
CONTENT = f"""<?xml version="1.0" encoding="UTF-8"?><office:document-content
 xmlns:office="{NAMES}:office:1.0" xmlns:style="{NAMES}:style:1.0" xmlns:text="{NAMES}:text:1.0"
 xmlns:table="{NAMES}:table:1.0" xmlns:fo="{NAMES}:xsl-fo-compatible:1.0"
 xmlns:svg="{NAMES}:svg-compatible:1.0"
 xmlns:number="{NAMES}:datastyle:1.0" office:version="1.2"
 xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0">
<office:automatic-styles>%s
<style:style style:name="old" style:family="table-cell">
<style:text-properties style:font-name=".VnTime"/></style:style>
<style:style style:name="struck" style:family="table-cell" style:parent-style-name="old">
<style:text-properties style:text-line-through-style="solid"/></style:style>
</office:automatic-styles><office:body><office:spreadsheet>%s<table:table table:name="Trang 1"%s>
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


def archive(parts: dict[str, str]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as opened:
        for part, text in parts.items():
            opened.writestr(part, text)
    return buffer.getvalue()


def document(rows: str, styles: str = "", about: str = "", settings: str = "") -> bytes:
    content = (CONTENT % (styles, settings, about, rows)).replace("\n", "")
    return archive({"mimetype": KIND, "META-INF/manifest.xml": MANIFEST, "content.xml": content})


HEAD = row(("STT", "Hä vµ tªn", "N¨m sinh"), each=' table:style-name="old"')


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
    rows = row(("STT", "Họ tên", "Năm sinh")) + row((1, name, 1980))
    face = '<style:font-face style:name="F1" svg:font-family="\'VNI-Times\', serif"/>'
    run = (
        '<style:style style:name="run" style:family="text">'
        '<style:text-properties style:font-name="F1"/></style:style>'
    )
    path.write_bytes(document(rows, face + run))
    assert [row.full_name for row in read_roster(path).rows] == ["Đức Văn Ba"]


def test_looks_of_spans_leave_the_font_of_the_cell_and_strike_it(tmp_path: Path) -> None:
    bold = '<style:style style:name="bold" style:family="text"><style:text-properties/>'
    struck = bold.replace('"bold"', '"gone"').replace(
        "<style:text-properties", '<style:text-properties style:text-line-through-style="solid"'
    )
    span = '<text:span text:style-name="%s">%s</text:span>'
    rows = HEAD + row((1, span % ("bold", "Hång"), 1980), each=' table:style-name="old"')
    rows += row((2, span % ("gone", "Lª ThÞ An"), 1981), each=' table:style-name="old"')
    path = tmp_path / "x.ods"
    path.write_bytes(document(rows, f"{bold}</style:style>{struck}</style:style>"))
    people = read_roster(path).rows
    assert [person.full_name for person in people] == ["Hồng", "Lê Thị An"]
    assert ["struck_through" in person.warnings for person in people] == [False, True]


@pytest.mark.parametrize(
    ("said", "born"), [(' table:date-value="1904-01-01"', "1964-06-18"), ("", "1960-06-17")]
)
def test_a_day_without_its_format_counts_from_the_day_the_document_says(
    tmp_path: Path, said: str, born: str
) -> None:
    rows = row(("STT", "Họ tên", "Ngày sinh")) + row((1, "Vi An", 22084))
    settings = f"<table:calculation-settings><table:null-date{said}/></table:calculation-settings>"
    path = tmp_path / "x.ods"
    path.write_bytes(document(rows, settings=settings))
    person = read_roster(path).rows[0]
    assert person.born
    assert person.born.iso == born


def test_values_of_an_ods_are_those_of_its_attributes(tmp_path: Path) -> None:
    zeros = (
        '<number:number-style style:name="N9"><number:number number:min-integer-digits="9"/>'
        '</number:number-style><style:style style:name="id" style:family="table-cell"'
        ' style:data-style-name="N9"/>'
    )
    day = cell("5.9.88").replace('"string"', '"date" office:date-value="1988-09-05T00:00:00"')
    broken = cell("#N/A").replace(
        "<table:table-cell", '<table:table-cell calcext:value-type="error"'
    )
    person = cell(1) + cell("Vi An") + day + cell(12345678, ' table:style-name="id"') + broken
    rows = row(("STT", "Họ tên", "Ngày sinh", "Số CMND", "Ghi chú"))
    path = tmp_path / "x.ods"
    path.write_bytes(document(f"{rows}<table:table-row>{person}</table:table-row>", zeros))
    found = read_roster(path).rows[0]
    assert found.born
    assert (found.born.iso, found.identity_number, found.note) == ("1988-09-05", "012345678", "")


@pytest.mark.parametrize("column", [0, 199, 900])
def test_a_stray_cell_in_the_last_row_of_an_ods_costs_nothing(tmp_path: Path, column: int) -> None:
    path = tmp_path / "x.ods"
    blank = ' table:number-rows-repeated="1048000"'
    rows = HEAD + row((1, "Vi An", 1980)) + row((None,), blank) + row((*([None] * column), "lạc"))
    path.write_bytes(document(rows))
    assert [person.full_name for person in read_roster(path).rows] == ["Vi An"]


def test_a_document_of_endless_rows_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "x.ods"
    path.write_bytes(document(HEAD + row((1, "Vi An"), ' table:number-rows-repeated="1000000"')))
    with pytest.raises(UnreadableFile, match="quá dài"):
        read_roster(path)
    monkeypatch.setattr(open_document, "MAX_HELD", 1000)
    with pytest.raises(UnreadableFile, match="quá nhiều chữ"):
        read_roster(path)


def test_a_hidden_sheet_of_an_ods_is_not_picked(tmp_path: Path) -> None:
    hidden = (
        '<style:style style:name="ta" style:family="table">'
        '<style:table-properties table:display="false"/></style:style>'
    )
    path = tmp_path / "x.ods"
    rows = HEAD + row((1, "Vi An", 1980))
    path.write_bytes(document(rows, hidden, ' table:style-name="ta"'))
    assert read_roster(path).sheets == (SheetName("Trang 1", hidden=True),)


def test_a_table_within_a_cell_is_no_row(tmp_path: Path) -> None:
    inner = '<table:table table:name="trong">' + row(("2", "Lạc", 1990)) + "</table:table>"
    path = tmp_path / "x.ods"
    rows = HEAD + row((1, "Vi An", 1980)).replace(
        "</table:table-cell>", inner + "</table:table-cell>", 1
    )
    path.write_bytes(document(rows))
    roster = read_roster(path)
    assert [person.full_name for person in roster.rows] == ["Vi An"]
    assert len(roster.sheets) == 1


def test_an_ods_without_its_mimetype_is_read_and_an_encrypted_one_told(tmp_path: Path) -> None:
    path = tmp_path / "x.ods"
    content = (CONTENT % ("", "", "", HEAD + row((1, "Vi An", 1980)))).replace("\n", "")
    path.write_bytes(archive({"META-INF/manifest.xml": MANIFEST, "content.xml": content}))
    assert len(read_roster(path).rows) == 1
    locked = MANIFEST.replace("/></", "><manifest:encryption-data/></manifest:file-entry></")
    path.write_bytes(archive({"META-INF/manifest.xml": locked, "content.xml": "x"}))
    with pytest.raises(UnreadableFile) as caught:
        read_roster(path)
    assert caught.value.code == "password_protected"


@pytest.mark.parametrize("content", ["<broken", "<!DOCTYPE a [<!ENTITY b 'x'>]><a>&b;</a>", ""])
def test_a_damaged_ods_is_one_sentence(tmp_path: Path, content: str) -> None:
    path = tmp_path / "x.ods"
    path.write_bytes(archive({"mimetype": KIND, "content.xml": content}))
    with pytest.raises(UnreadableFile, match="bị hỏng"):
        read_roster(path)
