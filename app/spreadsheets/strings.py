"""Texts of a workbook: the table of shared strings, and texts that stand in their cells."""

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element, iterparse

from openpyxl.xml.constants import SHEET_MAIN_NS

from app.spreadsheets.sheets import RichText, UnreadableFile
from app.spreadsheets.stream import Stream

MAX_STRINGS = 500_000
MAX_TEXT = 20_000_000
_RUN = 60
_STRING_TAG = f"{{{SHEET_MAIN_NS}}}si"
_TEXT_TAG = f"{{{SHEET_MAIN_NS}}}t"
_RUN_TAG = f"{{{SHEET_MAIN_NS}}}r"
_FONT_PATH = f"{{{SHEET_MAIN_NS}}}rPr/{{{SHEET_MAIN_NS}}}rFont"
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
        size += weight(strings[-1])
        if len(strings) > MAX_STRINGS or size > MAX_TEXT:
            raise UnreadableFile("Tệp có quá nhiều chữ. Chép danh sách sang tệp mới.", "too_large")
    return strings


def text_of(element: Element) -> str:
    """The text of a string element; its runs are joined, reading aids left out."""
    if len(element) == 1 and element[0].tag == _TEXT_TAG:
        text = element[0].text or ""
    else:
        runs = [(_unescaped(run.text), _font(parent)) for parent, run in _runs(element)]
        if any(font for _, font in runs):
            return RichText.of(runs)
        text = "".join(run for run, _ in runs)
    return _unescaped(text)


def weight(text: str) -> int:
    """How much room a text takes, counted in letters."""
    return len(text) + (_RUN * len(text.runs) if isinstance(text, RichText) else 0)


def _runs(element: Element) -> Iterator[tuple[Element, Element]]:
    """The texts of a string with the elements they stand in."""
    for parent in (element, *element.findall(_RUN_TAG)):
        for text in parent.findall(_TEXT_TAG):
            yield parent, text


def _font(run: Element) -> str:
    """The font a run names, if any."""
    font = run.find(_FONT_PATH)
    return font.get("val", "") if font is not None else ""


def _unescaped(text: str | None) -> str:
    """A text with the characters that Excel wrote as _x000D_."""
    return _ESCAPED.sub(_character, text) if text and "_x" in text else text or ""


def _character(escaped: re.Match[str]) -> str:
    """The character that Excel wrote as _x000D_."""
    return chr(int(escaped[1], 16))
