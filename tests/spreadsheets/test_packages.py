"""Archives that are no longer quite .xlsx: what can be read is read, the rest is one sentence."""

import os
import zipfile
from pathlib import Path

import pytest
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

from app.spreadsheets import files, package
from app.spreadsheets.roster import read_roster
from tests.spreadsheets.conftest import Build
from tests.spreadsheets.packages import (
    AN,
    HEAD,
    HEADING,
    PERSON,
    rebuilt,
    refusal,
    sheet_xml,
    with_sheet,
)


@pytest.mark.parametrize(
    ("part", "old", "new"),
    [
        ("xl/styles.xml", "<fonts", '<fonts><font><color rgb="FF00"/></font></fonts><fonts'),
        ("xl/styles.xml", "<fills", "<fills><fill/></fills><fills"),
        ("xl/styles.xml", 'fontId="0"', 'fontId="77"'),
        ("xl/styles.xml", 'numFmtId="0"', 'numFmtId="200"'),
        ("xl/workbook.xml", "<workbookView", '<workbookView windowWidth="x"/><workbookView'),
        ("xl/workbook.xml", "</sheets>", '<sheet name="Lost" id="rId99"/></sheets>'),
        ("xl/workbook.xml", "</sheets>", "</sheets><definedNames><x/></definedNames>"),
    ],
)
def test_oddities_beside_the_table_cost_no_roster(
    build: Build, part: str, old: str, new: str
) -> None:
    path = rebuilt(build([HEAD, AN]), {part: (old, new)})
    assert [row.full_name for row in read_roster(path).rows] == ["Nông Văn An"]


@pytest.mark.parametrize("name", ["xl\\{}", "/xl/{}", "XL/{}"])
def test_parts_are_found_however_their_names_are_written(build: Build, name: str) -> None:
    path = rebuilt(build([HEAD, AN]), {}, name=lambda part: part.replace("xl/", name.format("")))
    assert len(read_roster(path).rows) == 1


def test_equal_fonts_in_the_styles_do_not_shift_the_others(build: Build) -> None:
    def dress(sheet: Worksheet) -> None:
        sheet["B2"].font = Font(name=".VnTime")

    path = build([HEAD, (1, "NguyÔn V¨n An", "05/09/1988")], dress=dress)
    with zipfile.ZipFile(path) as archive:
        styles = archive.read("xl/styles.xml").decode()
    first = styles[styles.index("<font>") : styles.index("</font>") + 7]
    shifted = styles.replace(first, first * 3, 1).replace('fontId="1"', 'fontId="3"')
    rebuilt(path, {"xl/styles.xml": (styles, shifted)})
    assert read_roster(path).rows[0].full_name == "Nguyễn Văn An"


def test_junk_among_the_merged_ranges_is_passed_over(build: Build) -> None:
    merges = '<mergeCells><mergeCell ref="junk"/><mergeCell/></mergeCells>'
    path = with_sheet(build([HEAD]), sheet_xml(HEADING + PERSON, after=merges))
    assert len(read_roster(path).rows) == 1


def test_archives_of_countless_or_locked_entries_are_refused(
    build: Build, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = build([HEAD, AN])
    data = path.read_bytes()
    entries = data.index(b"PK\x01\x02")
    path.write_bytes(data[: entries + 8] + b"\x01" + data[entries + 9 :])
    assert refusal(path).code == "password_protected"
    monkeypatch.setattr(files, "MAX_ENTRIES", 3)
    assert refusal(path).code == "too_large"


def test_a_part_of_countless_tags_is_refused(build: Build, monkeypatch: pytest.MonkeyPatch) -> None:
    path = rebuilt(build([HEAD, AN]), {"xl/workbook.xml": ("</sheets>", "</sheets>" + "<a/>" * 99)})
    monkeypatch.setattr(package, "MAX_TAGS", 60)
    assert refusal(path).code == "too_large"


def test_what_is_no_file_is_said(tmp_path: Path) -> None:
    assert refusal(tmp_path).code == "wrong_type"
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "x.xlsx")
        assert refusal(tmp_path / "x.xlsx").code == "wrong_type"
