"""Workbooks as archives: parts replaced, added and renamed; what reading such a file ends in."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from app.errors import FileError
from app.spreadsheets.roster import read_roster
from app.spreadsheets.sheets import UnreadableFile

HEAD = ("STT", "Họ và tên", "Ngày sinh")
AN = (1, "Nông Văn An", "05/09/1988")
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def refusal(path: Path) -> UnreadableFile:
    with pytest.raises(UnreadableFile) as caught:
        read_roster(path)
    return caught.value


def outcome(path: Path) -> str:
    """What became of a file: its roster, or the sentence of its refusal; nothing else may rise."""
    try:
        return repr(read_roster(path))
    except FileError as error:
        return str(error)


def with_sheet(path: Path, sheet_xml: str) -> Path:
    """The workbook with the XML of its only sheet replaced."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            is_sheet = name == "xl/worksheets/sheet1.xml"
            new.writestr(name, sheet_xml.encode() if is_sheet else old.read(name))
    path.write_bytes(buffer.getvalue())
    return path


def rebuilt(
    path: Path,
    changes: dict[str, tuple[str, str]],
    more: dict[str, str] | None = None,
    name: Callable[[str], str] = str,
) -> Path:
    """The workbook with pieces of its parts replaced, parts added and parts renamed."""
    with zipfile.ZipFile(path) as archive:
        parts = {part: archive.read(part) for part in archive.namelist()}
    for part, (old, new) in changes.items():
        assert old.encode() in parts[part]
        parts[part] = parts[part].replace(old.encode(), new.encode(), 1)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, content in (
            parts | {key: text.encode() for key, text in (more or {}).items()}
        ).items():
            archive.writestr(name(part), content)
    return path


def inline(place: str, text: str) -> str:
    return f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>'


def sheet_xml(rows: str, before: str = "", after: str = "") -> str:
    return f'<worksheet xmlns="{MAIN}">{before}<sheetData>{rows}</sheetData>{after}</worksheet>'


HEADING = f'<row r="1">{inline("A1", "STT")}{inline("B1", "Họ và tên")}{inline("C1", "Sinh")}</row>'
PERSON = f'<row r="2"><c r="A2"><v>1</v></c>{inline("B2", "Nông Văn An")}</row>'
