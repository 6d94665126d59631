"""Text files and XML of Excel 2003: encodings, delimiters, quotes; and text that is pasted."""

from pathlib import Path

import pytest

from app.spreadsheets import delimited
from app.spreadsheets.encodings import decode, is_text
from app.spreadsheets.roster import read_pasted, read_roster
from app.spreadsheets.rows import Roster
from app.spreadsheets.sheets import ReadingCancelled, UnreadableFile

HEAD = "STT;Họ và tên;Ngày sinh;Đơn vị\n"
AN = "1;Nông Văn Ẩn;05/09/1988;Xã Tân Văn\n"
BINH = '2;Lý Thị Bình;1991;"Xã ""Hòa"" Bình;\nthôn 2"\n'


def read(tmp_path: Path, text: str | bytes, encoding: str = "utf-8", name: str = "x.csv") -> Roster:
    path = tmp_path / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode(encoding))
    return read_roster(path)


@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-16-be-mark", "utf-32"],
)
def test_every_unicode_encoding_is_read(tmp_path: Path, encoding: str) -> None:
    mark = b"\xfe\xff" if encoding.endswith("mark") else b""
    data = mark + (HEAD + AN + BINH).encode(encoding.removesuffix("-mark"))
    roster = read(tmp_path, data)
    assert [row.full_name for row in roster.rows] == ["Nông Văn Ẩn", "Lý Thị Bình"]
    assert roster.rows[1].unit == 'Xã "Hòa" Bình; thôn 2'


def test_marks_of_windows_1258_are_combined() -> None:
    assert decode("Nguyê\u0303n Ha\u0309i".encode("cp1258")) == "Nguyễn Hải"
    assert decode("NguyÔn ThÞ H¶i".encode("cp1252")) == "NguyÔn ThÞ H¶i"


@pytest.mark.parametrize("delimiter", list(delimited.DELIMITERS))
def test_the_delimiter_is_found(tmp_path: Path, delimiter: str) -> None:
    text = (HEAD + AN + AN.replace("1;", "2;", 1).replace("Ẩn", "Bưởi")).replace(";", delimiter)
    roster = read(tmp_path, text, name="x.txt")
    assert roster.columns == {"number": "A", "full_name": "B", "born": "C", "unit": "D"}
    assert [row.row for row in roster.rows] == [2, 3]


def test_the_line_that_names_the_separator_is_a_record(tmp_path: Path) -> None:
    roster = read(tmp_path, "sep=|\n" + (HEAD + AN).replace(";", "|"))
    assert (roster.header_rows, roster.rows[0].row) == ((2,), 3)


def test_a_quote_that_never_ends_swallows_nobody(tmp_path: Path) -> None:
    lines = "".join(
        f"{row};Nông Văn {'ABCDEG'[row % 6]}{row};19{row};Xã\n" for row in range(10, 90)
    )
    roster = read(tmp_path, HEAD + '1;Vi An;1980;"Xã Tân Văn\n' + lines)
    assert len(roster.rows) == 81


def test_excel_text_formulas_keep_their_zeros(tmp_path: Path) -> None:
    text = 'Họ tên,Số CCCD\nVi An,"=""020090000001"""\nVi Bo,="020090000002"\n'
    numbers = [row.identity_number for row in read(tmp_path, text).rows]
    assert numbers == ["020090000001", "020090000002"]


def test_long_and_endless_files_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(delimited, "MAX_ROWS", 5)
    with pytest.raises(UnreadableFile, match="quá dài"):
        read(tmp_path, HEAD + AN * 9)
    with pytest.raises(UnreadableFile, match="ô quá dài"):
        read(tmp_path, HEAD + "x" * 1_100_000)


def test_a_broken_encoding_is_said(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="bị hỏng"):
        read(tmp_path, b"\xff\xfe" + b"\x00\xd8" * 9)
    assert not is_text(b"\x00\x01\x02\x03")
    assert not is_text(bytes(99))


@pytest.mark.parametrize("padding", ["\x1a", "\0" * 300, "\x1a" + "\0" * 7])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-16", "utf-32", "cp1258"])
def test_what_fills_the_end_of_a_file_is_no_text(
    tmp_path: Path, padding: str, encoding: str
) -> None:
    roster = read(tmp_path, "Ho ten;Que quan\nVi An;Tân Vân" + padding, encoding)
    assert [(row.full_name, row.row) for row in roster.rows] == [("Vi An", 2)]
    assert roster.source.sheet.lines[-1].text(1) == "Tân Vân"


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("ending", ["\n", "\r", "\r\n"])
def test_a_letter_spoilt_in_utf_8_is_named_by_its_line(
    tmp_path: Path, mark: bytes, ending: str
) -> None:
    good = (HEAD + AN).replace("\n", ending).encode()
    for bad in (b"2;L\xfd V\xc4\x83n;1990;Xa" + ending.encode(), "2;Vi Thị Ử".encode()[:-1]):
        with pytest.raises(UnreadableFile, match="dòng 3") as caught:
            read(tmp_path, mark + good + bad)
        assert caught.value.code == "corrupt"


def test_reading_text_can_be_stopped(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text(HEAD + AN, "utf-8")
    with pytest.raises(ReadingCancelled):
        read_roster(path, progress=lambda _done, _total: False)


def test_a_block_copied_from_excel_is_read_with_or_without_its_heading() -> None:
    rows = "1\tNông Văn An\t5/6/1980\n2\tLý Thị Bình\t1981\n3\tVi Văn Cường\t3/4/1990\n"
    plain = read_pasted(rows)
    assert [row.row for row in plain.rows] == [1, 2, 3]
    assert plain.problems[0].code == "columns_guessed"
    with_head = read_pasted("TT\tHọ tên\tNgày sinh\n" + rows)
    assert [row.full_name for row in with_head.rows] == [row.full_name for row in plain.rows]


XML = """<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"
 xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="Lớp"><Table>
<Row ss:Index="3"><Cell><Data ss:Type="String">Họ tên</Data></Cell>
<Cell ss:Index="3"><Data ss:Type="String">Năm sinh</Data></Cell></Row>
<Row><Cell><Data ss:Type="String">Nông An</Data></Cell>
<Cell ss:Index="3"><Data ss:Type="Number">1980</Data></Cell></Row></Table></Worksheet></Workbook>"""


def test_xml_of_excel_2003_is_read_in_its_places(tmp_path: Path) -> None:
    roster = read(tmp_path, XML, name="x.xls")
    assert (roster.sheet, roster.rows[0].row, roster.columns["born"]) == ("Lớp", 4, "C")
    for bad in (XML.replace("<Workbook", "<!DOCTYPE a><Workbook"), XML[:-20]):
        with pytest.raises(UnreadableFile, match="XML bị hỏng"):
            read(tmp_path, bad, name="x.xls")


def test_xml_of_excel_2003_keeps_kinds_fonts_comments_and_what_is_hidden(tmp_path: Path) -> None:
    style = '<Styles><Style ss:ID="s"><Font ss:FontName="VNI-Times" ss:StrikeThrough="1"/></Style>'
    row = (
        '<Row ss:Hidden="1"><Cell ss:StyleID="s"><Data ss:Type="String">Lyù Ñöùc</Data>'
        "<Comment><Data>xem</Data></Comment></Cell>"
        '<Cell><Data ss:Type="Number">20079000102</Data></Cell>'
        '<Cell><Data ss:Type="DateTime">1980-05-06T00:00:00.000</Data></Cell></Row>'
    )
    heading = "</Row>".join(XML.split("</Row>")[:1]).replace(
        "</Cell>", '</Cell><Cell ss:Index="2"><Data ss:Type="String">Số CCCD</Data></Cell>', 1
    )
    text = heading.replace("<Worksheet", f"{style}</Styles><Worksheet") + "</Row>" + row
    text += "</Table></Worksheet></Workbook>"
    for encoding in ("utf-8", "utf-16"):
        person = read(tmp_path, text, encoding, name="x.xls").rows[0]
        assert (person.full_name, person.identity_number) == ("Lý Đức", "020079000102")
        assert person.born
        assert person.born.iso == "1980-05-06"
        assert {"hidden_row", "struck_through"} <= set(person.warnings)
