"""The looks of cells from the styles of an .xlsx: font, strike and number format, nothing more.

openpyxl builds every fill, border and colour too, and gives up a book when one of them is odd.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from openpyxl.styles.numbers import (
    BUILTIN_FORMATS_MAX_SIZE,
    builtin_format_code,
    is_date_format,
    is_timedelta_format,
)

from app.spreadsheets.package import local, number
from app.spreadsheets.sheets import CellStyle

_OFF = ("0", "false", "off")


@dataclass(frozen=True)
class Styles:
    """The look of cells by the style index of a cell, and which of these are dates."""

    cells: dict[int, CellStyle] = field(default_factory=dict)
    dates: set[int] = field(default_factory=set)
    spans: set[int] = field(default_factory=set)


def read_styles(root: Element) -> Styles:
    """The styles of a workbook."""
    fonts = [_font(font) for font in _children(root, "fonts")]
    formats = {
        number(one, "numFmtId"): local(one, "formatCode") for one in _children(root, "numFmts")
    }
    styles = Styles()
    for index, look in enumerate(_children(root, "cellXfs")):
        place = number(look, "fontId")
        name, is_struck = fonts[place] if place < len(fonts) else ("", False)
        code = _format(number(look, "numFmtId"), formats)
        styles.cells[index] = CellStyle(code, name, is_struck)
        if is_date_format(code):
            styles.dates.add(index)
        if is_timedelta_format(code):
            styles.spans.add(index)
    return styles


def _children(root: Element, name: str) -> Iterator[Element]:
    """The elements in a list of the styles."""
    return (one for group in root.iterfind(f"{{*}}{name}") for one in group)


def _font(font: Element) -> tuple[str, bool]:
    """Name of a font, and whether it is struck."""
    name, strike = font.find("{*}name"), font.find("{*}strike")
    is_struck = strike is not None and local(strike, "val") not in _OFF
    return (local(name, "val") if name is not None else ""), is_struck


def _format(place: int, own: dict[int, str]) -> str:
    """A number format by its id: one of the workbook, or Excel's own."""
    known = builtin_format_code(place) if place < BUILTIN_FORMATS_MAX_SIZE else None
    return own.get(place) or known or "General"
