"""Files that are not what they seem: each ends with one sentence, quickly, and no traceback."""

import random
import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook

from app.spreadsheets import limits, scan, sheets, stream, strings
from app.spreadsheets.roster import read_roster
from app.spreadsheets.sheets import ReadingCancelled, UnreadableFile
from tests.spreadsheets.conftest import Build
from tests.spreadsheets.packages import (
    AN,
    HEAD,
    HEADING,
    MAIN,
    PERSON,
    inline,
    outcome,
    rebuilt,
    refusal,
    sheet_xml,
    with_sheet,
)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty_file"),
        (b"PK\x03\x04 cut off", "corrupt"),
        (b"\x89PNG\r\n\x1a\n rest", "wrong_type"),
        (b"%PDF-1.7", "wrong_type"),
        (b"<html><table>", "wrong_type"),
        (b"STT;Ho va ten\n", "no_rows"),
        (b"\x00\x01\x02\x03", "wrong_type"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "corrupt"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "password_protected",
        ),
    ],
)
def test_the_first_bytes_tell_the_kind(tmp_path: Path, data: bytes, code: str) -> None:
    path = tmp_path / "danh sách.xlsx"
    path.write_bytes(data)
    assert refusal(path).code == code


def test_the_name_of_the_file_does_not_matter(build: Build) -> None:
    path = build([HEAD, AN])
    assert len(read_roster(path.rename(path.with_suffix(".xls"))).rows) == 1


def test_a_missing_file_and_a_lock_file_are_said(tmp_path: Path) -> None:
    assert refusal(tmp_path / "không có.xlsx").code == "not_found"
    lock = tmp_path / "~$danh sách.xlsx"
    lock.write_bytes(b"\x04Mai" + b"\0" * 161)
    assert "tệp tạm" in str(refusal(lock))


@pytest.mark.parametrize(
    ("part", "code"),
    [("word/document.xml", "wrong_type"), ("content.xml", "wrong_type"), ("xl/a.xml", "corrupt")],
)
def test_other_zip_archives_are_refused(tmp_path: Path, part: str, code: str) -> None:
    path = tmp_path / "x.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(part, "<x/>")
    assert refusal(path).code == code


def test_what_unpacks_to_too_much_is_not_unpacked(tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(3):
            archive.writestr(f"xl/worksheets/sheet{number}.xml", b" " * (70 * 1024 * 1024))
    assert refusal(path).code == "too_large"


def test_entities_and_outside_files_are_refused(build: Build, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("Nông Văn Bí Mật")
    for entity in ('"' + "x" * 99 + '"', f'SYSTEM "{secret.as_uri()}"'):
        doctype = f"<!DOCTYPE a [<!ENTITY e {entity}><!ENTITY f '&e;&e;'>]>"
        rows = HEADING + PERSON.replace("Nông Văn An", "&e;&f;")
        path = with_sheet(build([HEAD]), doctype + sheet_xml(rows))
        assert "Bí Mật" not in outcome(path)


def test_a_wrong_dimension_and_odd_things_below_do_not_matter(build: Build) -> None:
    odd = '<dataValidations count="1"><dataValidation type="nonsense"/></dataValidations>'
    xml = sheet_xml(HEADING + PERSON, '<dimension ref="A1:XFD1048576"/>', odd)
    assert len(read_roster(with_sheet(build([HEAD]), xml)).rows) == 1


def test_reading_stops_after_a_run_of_empty_rows(build: Build) -> None:
    stray = f'<row r="1048576">{inline("XFD1048576", "lạc")}</row>'
    blank = inline("A{0}", " ")
    empty = "".join(f'<row r="{row}">{blank.format(row)}</row>' for row in range(3, 5000))
    path = with_sheet(build([HEAD]), sheet_xml(HEADING + PERSON + empty + stray))
    assert len(read_roster(path).rows) == 1


def test_a_list_of_too_many_rows_is_refused_not_cut(
    build: Build, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scan, "MAX_ROWS", 30)
    path = build([HEAD, *[(row, f"Nông Văn {row}", 1980) for row in range(40)]])
    assert refusal(path).code == "too_large"


def test_columns_beyond_the_limit_are_left_alone(build: Build) -> None:
    path = build([HEAD + ("x",) * 400, AN + ("y",) * 400])
    assert len(read_roster(path).rows) == 1


def test_a_row_that_never_ends_is_given_up(build: Build) -> None:
    endless = "<c/>" * (stream.MAX_PART // 3)
    path = with_sheet(build([HEAD]), sheet_xml(HEADING + f'<row r="2">{endless}</row>'))
    assert refusal(path).code == "too_large"


def test_the_time_is_limited(build: Build, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_SECONDS", -1)
    assert refusal(build([HEAD, AN])).code == "too_large"


def test_progress_is_told_and_can_stop_the_reading(build: Build) -> None:
    path = build([HEAD, AN])
    told: list[tuple[int, int]] = []

    def listen(done: int, total: int) -> bool:
        told.append((done, total))
        return True

    read_roster(path, progress=listen)
    assert told
    assert told[-1][0] == told[-1][1]
    with pytest.raises(ReadingCancelled, match="Đã hủy"):
        read_roster(path, progress=lambda _done, _total: False)


def test_empty_headless_and_doubtful_tables_are_said(build: Build) -> None:
    assert refusal(build([])).code == "no_rows"
    assert refusal(build([HEAD])).code == "no_rows"
    assert refusal(build([("Kính gửi: Ban Thường vụ",)])).code == "no_name_column"
    two = [("STT", "Họ và tên", "Họ và tên"), (1, "Nông Văn An", "Lý Thị Bình")]
    assert "(cột B, C)" in str(refusal(build(two)))


def several_sheets(path: Path) -> Path:
    book = Workbook()
    book.worksheets[0].title = "Bìa"
    book.worksheets[0]["C5"] = "DANH SÁCH HỌC VIÊN"
    for title, state in (("Cũ", "hidden"), ("Lớp A", "visible"), ("Lớp B", "visible")):
        sheet = book.create_sheet(title)
        sheet.append(HEAD)
        sheet.append((1, f"Nông Văn {title[-1]}", 1980))
        sheet.sheet_state = state
    book.save(path)
    book.close()
    return path


def test_the_first_shown_sheet_with_people_is_read_and_the_others_are_told(tmp_path: Path) -> None:
    roster = read_roster(several_sheets(tmp_path / "x.xlsx"))
    assert roster.sheet == "Lớp A"
    assert roster.other_sheets == ("Cũ", "Lớp B")
    assert "“Cũ” (đang ẩn)" in roster.problems[0].text


def test_a_sheet_is_chosen_by_name_or_number(tmp_path: Path) -> None:
    path = several_sheets(tmp_path / "x.xlsx")
    chosen = [read_roster(path, sheet) for sheet in ("Cũ", "lop b", "3")]
    assert [roster.sheet for roster in chosen] == ["Cũ", "Lớp B", "Lớp A"]
    with pytest.raises(UnreadableFile, match="Tệp có: “Bìa”"):
        read_roster(path, "Lớp C")


def test_damaged_workbooks_never_end_in_a_traceback(build: Build, tmp_path: Path) -> None:
    chance = random.Random(20)
    whole = build([HEAD, AN, (2, "Lý Thị Bình", 1991)]).read_bytes()
    path = tmp_path / "hỏng.xlsx"
    for _ in range(120):
        damaged = bytearray(whole)
        for _ in range(chance.randint(1, 20)):
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        path.write_bytes(damaged)
        assert outcome(path)


def test_damaged_parts_never_end_in_a_traceback(build: Build) -> None:
    chance = random.Random(4)
    original = build([HEAD, AN, (2, "Lý Thị Bình", 1991)])
    with zipfile.ZipFile(original) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    for _ in range(120):
        damaged = dict(parts)
        name = chance.choice(list(parts))
        data = bytearray(parts[name])
        for _ in range(chance.randint(1, 3)):
            data[chance.randrange(len(data))] = chance.choice(b'<>"/=0aZ \xff')
        damaged[name] = bytes(data)
        with zipfile.ZipFile(original, "w") as archive:
            for part, content in damaged.items():
                archive.writestr(part, content)
        assert outcome(original)


def test_error_values_of_excel_are_blank(build: Build) -> None:
    roster = read_roster(build([HEAD, (1, "#REF!", "05/09/1988"), (2, "Nông Văn An", "#N/A")]))
    assert [problem.code for problem in roster.problems] == ["missing_name", "missing_birth_date"]
    assert sheets.as_text(True) == ""


def with_strings(path: Path, shared: str) -> Path:
    """The workbook with one person whose name is the first shared string."""
    person = '<row r="2"><c r="A2"><v>1</v></c><c r="B2" t="s"><v>0</v></c></row>'
    with_sheet(path, sheet_xml(HEADING + person))
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"
    relation = f'<Relationship Id="s" Type="{kind}" Target="shared.xml"/></Relationships>'
    relations = "xl/_rels/workbook.xml.rels"
    return rebuilt(
        path,
        {relations: ("</Relationships>", relation)},
        {"xl/shared.xml": shared},
    )


def test_shared_strings_in_runs_are_joined_without_reading_aids(build: Build) -> None:
    runs = "<r><t>Nông </t></r><r><rPr/><t>Văn_x000D_ An</t></r><rPh><t>aid</t></rPh>"
    path = with_strings(build([HEAD]), f'<sst xmlns="{MAIN}"><si>{runs}</si></sst>')
    assert read_roster(path).rows[0].full_name == "Nông Văn An"


def test_too_many_or_too_long_strings_are_refused(
    build: Build, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(strings, "MAX_STRINGS", 3)
    shared = f'<sst xmlns="{MAIN}">{"<si><t>Nông Văn An</t></si>" * 5}</sst>'
    assert refusal(with_strings(build([HEAD]), shared)).code == "too_large"


def test_a_sheet_of_endless_text_is_refused(build: Build, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scan, "MAX_TEXT", 1000)
    assert refusal(build([HEAD, (1, "Nông Văn An", "x" * 1000)])).code == "too_large"


def test_a_workbook_of_the_strict_kind_is_read(build: Build) -> None:
    path = build([HEAD, AN])
    names = {
        MAIN: "http://purl.oclc.org/ooxml/spreadsheetml/main",
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships": (
            "http://purl.oclc.org/ooxml/officeDocument/relationships"
        ),
    }
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w") as archive:
        for part, content in parts.items():
            for known, strict in names.items():
                content = content.replace(known.encode(), strict.encode())
            archive.writestr(part, content)
    assert [row.full_name for row in read_roster(path).rows] == ["Nông Văn An"]
