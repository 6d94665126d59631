"""The styles of an .ods: fonts, struck text, numbers with zeros before, sheets that are hidden."""

from dataclasses import replace
from xml.etree.ElementTree import Element

from app.spreadsheets.legacy import first_font
from app.spreadsheets.sheets import PLAIN, CellStyle

NAMESPACE = "urn:oasis:names:tc:opendocument:xmlns:"
STYLE = f"{{{NAMESPACE}style:1.0}}"
_TABLE = f"{{{NAMESPACE}table:1.0}}"
_NUMBER = f"{{{NAMESPACE}datastyle:1.0}}"
_FORMATTING = f"{{{NAMESPACE}xsl-fo-compatible:1.0}}"
_DRAWING = f"{{{NAMESPACE}svg-compatible:1.0}}"
_CELL, _SPAN, _SHEET = "table-cell", "text", "table"
_MOST_ZEROS = 20


class OpenStyles:
    """Styles by the names that cells, spans and sheets call them."""

    def __init__(self) -> None:
        self.cells: dict[int, CellStyle] = {0: PLAIN}
        self.hidden_sheets: set[str] = set()
        self._spans: dict[str, CellStyle] = {}
        self._numbers: dict[str, int] = {}
        self._struck: dict[int, int] = {}
        self._faces: dict[str, str] = {}
        self._formats: dict[str, str] = {}

    def take(self, element: Element) -> None:
        """Remember a style, a font or a number format."""
        name = element.get(f"{STYLE}name", "")
        if element.tag == f"{STYLE}font-face":
            self._faces[name] = first_font(element.get(f"{_DRAWING}font-family", ""))
        elif element.tag == f"{_NUMBER}number-style":
            self._formats[name] = _zeros(element)
        elif element.tag in (f"{STYLE}style", f"{STYLE}default-style"):
            self._style(element, name)

    def number(self, name: str) -> int:
        """The number of a style of cells."""
        return self._numbers.get(name, 0)

    def span(self, name: str) -> CellStyle:
        """The look of a piece of text; "" is the font of the cell."""
        return self._spans.get(name, PLAIN)

    def struck(self, number: int) -> int:
        """The style of cells that is like another one and struck."""
        if self.cells[number].struck:
            return number
        if number not in self._struck:
            self._struck[number] = self._added(replace(self.cells[number], struck=True))
        return self._struck[number]

    def _style(self, element: Element, name: str) -> None:
        """A style by the kind of thing it is for."""
        family = element.get(f"{STYLE}family")
        if family == _CELL:
            parent = self.number(element.get(f"{STYLE}parent-style-name", ""))
            style = self._look(element, self.cells[parent])
            if name:
                self._numbers[name] = self._added(style)
            else:
                self.cells[0] = style
        elif family == _SPAN:
            parent_name = element.get(f"{STYLE}parent-style-name", "")
            self._spans[name] = self._look(element, self.span(parent_name))
        elif family == _SHEET:
            about = element.find(f"{STYLE}table-properties")
            if about is not None and about.get(f"{_TABLE}display") == "false":
                self.hidden_sheets.add(name)

    def _added(self, style: CellStyle) -> int:
        number = len(self.cells)
        self.cells[number] = style
        return number

    def _look(self, element: Element, inherited: CellStyle) -> CellStyle:
        """What a style says, its parent's where it says nothing."""
        text = element.find(f"{STYLE}text-properties")
        said = dict(text.items()) if text is not None else {}
        face = said.get(f"{STYLE}font-name", "")
        font = (
            self._faces.get(face) or face or first_font(said.get(f"{_FORMATTING}font-family", ""))
        )
        struck = said.get(f"{STYLE}text-line-through-style", "")
        is_struck = struck != "none" if struck else inherited.struck
        code = self._formats.get(element.get(f"{STYLE}data-style-name", ""))
        return CellStyle(code or inherited.number_format, font or inherited.font, is_struck)


def _zeros(element: Element) -> str:
    """A number format as many zeros as digits are shown at least."""
    digits = element.find(f"{_NUMBER}number")
    least = digits.get(f"{_NUMBER}min-integer-digits", "") if digits is not None else ""
    return "0" * min(int(least), _MOST_ZEROS) if least.isdecimal() else ""
