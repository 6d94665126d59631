"""The XML of Excel 2003, which web portals save under .xls: values, fonts, what is hidden."""

import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from xml.etree.ElementTree import Element, ParseError, iterparse

from app.spreadsheets.findings import Finding
from app.spreadsheets.limits import Deadline
from app.spreadsheets.sheets import (
    MAX_BLANK_ROWS,
    MAX_COLUMNS,
    MAX_ROWS,
    CellStyle,
    Line,
    LineMaker,
    Merge,
    Progress,
    RichText,
    Sheet,
    SheetName,
    UnreadableFile,
    Value,
    plain_number,
)
from app.spreadsheets.stream import Stream

_KIND = "urn:schemas-microsoft-com:office:spreadsheet"
_START = 65_536
_NAMESPACE = f"{{{_KIND}}}"
_FACE = "{http://www.w3.org/TR/REC-html40}Face"
_DAY = "%Y-%m-%dT%H:%M:%S"


def is_xml_book(data: bytes) -> bool:
    """Whether a page of markup is a workbook of Excel 2003."""
    return _KIND.encode() in data[:_START].replace(b"\0", b"")


@dataclass
class _Found:
    """A sheet as far as it is read."""

    is_hidden: bool = False
    last: int = 0
    lines: list[Line] = field(default_factory=list)
    merges: list[Merge] = field(default_factory=list)


class XmlBook:
    """Every sheet of an XML workbook."""

    def __init__(self, data: bytes, notes: tuple[Finding, ...] = ()) -> None:
        self.notes = notes
        self._styles = [CellStyle()]
        self._numbers = {"Default": 0}
        self._maker = LineMaker()
        self._found: dict[str, _Found] = {}
        self._take(data)
        self.sheets = tuple(SheetName(name, one.is_hidden) for name, one in self._found.items())

    def read(self, name: str, rows: int | None = None, progress: Progress | None = None) -> Sheet:
        """One sheet, or its first `rows` rows."""
        Deadline(1, progress).check(1)
        found = self._found[name]
        lines = tuple(line for line in found.lines if not rows or line.number <= rows)
        return Sheet(name, lines, dict(enumerate(self._styles)), tuple(found.merges))

    def _take(self, data: bytes) -> None:
        """Read every sheet."""
        try:
            stream = Stream(io.BytesIO(data), Deadline(len(data)))
            sheet = _Found()
            for event, element in iterparse(stream, ("start", "end")):
                if event == "end":
                    self._ended(element, sheet, stream)
                elif element.tag == f"{_NAMESPACE}Worksheet":
                    sheet = self._found.setdefault(_said(element, "Name"), _Found())
        except (ParseError, ValueError, LookupError) as error:
            text = "Tệp XML bị hỏng, không đọc được. Mở bằng Excel rồi lưu lại dạng .xlsx."
            raise UnreadableFile(text, "corrupt") from error

    def _ended(self, element: Element, sheet: _Found, stream: Stream) -> None:
        """A style, a row or what is said about a sheet is complete."""
        if element.tag == f"{_NAMESPACE}Row":
            self._row(element, sheet)
            element.clear()
            stream.part_done()
        elif element.tag == f"{_NAMESPACE}Style":
            self._style(element)
        elif element.tag.endswith("}Visible"):
            sheet.is_hidden = (element.text or "").strip() != "SheetVisible"

    def _style(self, element: Element) -> None:
        """Font and strike of a style, its parent's where it says nothing."""
        parent = self._styles[self._numbers.get(_said(element, "Parent"), 0)]
        font = element.find(f"{_NAMESPACE}Font")
        name = _said(font, "FontName") if font is not None else ""
        is_struck = font is not None and _said(font, "StrikeThrough") == "1"
        style = CellStyle("General", name or parent.font, is_struck or parent.struck)
        if _said(element, "ID") == "Default":
            self._styles[0] = style
        else:
            self._numbers[_said(element, "ID")] = len(self._styles)
            self._styles.append(style)

    def _row(self, row: Element, sheet: _Found) -> None:
        """A row in its place; one that says it is far below the others is left."""
        sheet.last = place = int(_said(row, "Index") or sheet.last + 1)
        above = sheet.lines[-1].number if sheet.lines else 0
        if place - above > MAX_BLANK_ROWS:
            return
        if place > MAX_ROWS:
            text = "Bảng quá dài (hơn 20.000 dòng). Chia thành nhiều tệp."
            raise UnreadableFile(text, "too_large")
        values: list[Value] = []
        styles: list[int] = []
        for column, width, cell in _cells(row):
            values += [None] * (column - len(values)) + [_value(cell)]
            name = _said(cell, "StyleID") or _said(row, "StyleID")
            styles += [0] * (column - len(styles)) + [self._numbers.get(name, 0)]
            height = int(_said(cell, "MergeDown") or 0)
            if width > 1 or height:
                sheet.merges.append(Merge(place, column, place + height, column + width - 1))
        line = self._maker.line(place, values, styles, hidden=_said(row, "Hidden") == "1")
        if any(value is not None for value in line.values):
            sheet.lines.append(line)


def _said(element: Element, name: str) -> str:
    return element.get(f"{_NAMESPACE}{name}", "")


def _cells(row: Element) -> Iterator[tuple[int, int, Element]]:
    """Column, width and element of every cell; cells may say where they stand."""
    column = 0
    for cell in row.iterfind(f"{_NAMESPACE}Cell"):
        column = max(int(_said(cell, "Index") or column + 1) - 1, column)
        if column >= MAX_COLUMNS:
            return
        width = int(_said(cell, "MergeAcross") or 0) + 1
        yield column, width, cell
        column += width


def _value(cell: Element) -> Value:
    """The value of a cell by its kind; a comment is none."""
    data = cell.find(f"{_NAMESPACE}Data")
    if data is None:
        return None
    text, kind = "".join(data.itertext()), _said(data, "Type")
    if kind == "Number":
        return plain_number(float(text))
    if kind == "DateTime":
        return datetime.strptime(text[:19], _DAY)  # noqa: DTZ007 - a sheet's dates have no zone
    runs = tuple(_runs(data, ""))
    return RichText.of(runs) if any(font for _, font in runs) else text


def _runs(element: Element, font: str) -> Iterator[tuple[str, str]]:
    """The pieces of a text with the fonts they name."""
    font = element.get(_FACE, font)
    if element.text:
        yield element.text, font
    for one in element:
        yield from _runs(one, font)
        if one.tail:
            yield one.tail, font
