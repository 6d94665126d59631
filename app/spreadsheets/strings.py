"""Texts of a workbook: the table of shared strings, and texts that stand in their cells."""

import re
from xml.etree.ElementTree import Element, iterparse

from openpyxl.xml.constants import SHEET_MAIN_NS

from app.spreadsheets.sheets import UnreadableFile
from app.spreadsheets.stream import Stream

MAX_STRINGS = 500_000
MAX_TEXT = 20_000_000
_STRING_TAG = f"{{{SHEET_MAIN_NS}}}si"
_TEXT_TAG = f"{{{SHEET_MAIN_NS}}}t"
_RUN_TAG = f"{{{SHEET_MAIN_NS}}}r"
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")


def read_strings(stream: Stream) -> list[str]:
    """The table of shared strings."""
    strings: list[str] = []
    size = 0
    for _, element in iterparse(stream):
        if element.tag != _STRING_TAG:
            continue
        strings.append(text_of(element))
        element.clear()
        stream.part_done()
        size += len(strings[-1])
        if len(strings) > MAX_STRINGS or size > MAX_TEXT:
            raise UnreadableFile("Tệp có quá nhiều chữ. Chép danh sách sang tệp mới.", "too_large")
    return strings


def text_of(element: Element) -> str:
    """The text of a string element; its runs are joined, reading aids left out."""
    if len(element) == 1 and element[0].tag == _TEXT_TAG:
        text = element[0].text or ""
    else:
        runs = [*element.findall(_TEXT_TAG), *element.findall(f"{_RUN_TAG}/{_TEXT_TAG}")]
        text = "".join(run.text or "" for run in runs)
    return _ESCAPED.sub(_character, text) if "_x" in text else text


def _character(escaped: re.Match[str]) -> str:
    """The character that Excel wrote as _x000D_."""
    return chr(int(escaped[1], 16))
