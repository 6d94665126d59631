"""Tables: columns, wrapped cells, headings that are repeated, rows that are never divided."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from typing import NamedTuple

from app.printing.document import Align
from app.printing.flow import ASCENT, Panel, Text, fit, placed
from app.printing.fonts import SERIF, SERIF_BOLD

GRID = 0.5  # points, FORMATS §3.3


@dataclass(frozen=True)
class Column:
    """A column; `joined` draws no line before the next one and puts one heading over both."""

    heading: str
    width: float
    align: Align = "left"
    joined: bool = False


@dataclass(frozen=True)
class Look:
    """Sizes of a table in points; a row is at least `row_height`, a long word at least `least`."""

    size: float = 12.5
    leading: float = 15.5
    row_height: float = 20.9
    padding: float = 5.4
    side: float = 4.2
    heading_size: float = 12.5
    heading_height: float = 20.9
    least: float = 7.0


class Box(NamedTuple):
    """A framed cell at any place of a heading or a foot, in points from its top left corner."""

    x: float
    y: float
    width: float
    height: float
    text: str = ""
    bold: bool = False
    align: Align = "center"
    size: float = 0.0


def scaled(columns: Sequence[Column], width: float) -> tuple[Column, ...]:
    """The same columns in the same proportions, as wide as asked."""
    share = width / sum(column.width for column in columns)
    return tuple(
        Column(column.heading, column.width * share, column.align, column.joined)
        for column in columns
    )


@dataclass(frozen=True)
class Table:
    """A grid `indent` points from the left; a row taller than `limit` goes on in another row."""

    columns: tuple[Column, ...]
    look: Look
    indent: float = 0.0
    limit: float = 400.0
    head: Panel | None = None

    @cached_property
    def edges(self) -> tuple[float, ...]:
        """Left edges of the columns and the right edge of the last."""
        widths = (column.width for column in self.columns)
        return tuple(accumulate(widths, initial=self.indent))

    @cached_property
    def spans(self) -> tuple[tuple[int, int], ...]:
        """First and last column of every framed cell of a row."""
        spans: list[tuple[int, int]] = []
        start = 0
        for index, column in enumerate(self.columns):
            if not column.joined:
                spans.append((start, index))
                start = index + 1
        return tuple(spans)

    @cached_property
    def heading(self) -> Panel:
        """The heading row; it stays with the first row and is repeated on every page."""
        if self.head:
            return self.head
        look = self.look
        cells = [(*self._across(span), self.columns[span[0]].heading) for span in self.spans]
        lines = max(len(self._heading_lines(text, width)) for _, width, text in cells)
        height = look.heading_height + (lines - 1) * look.heading_size * 1.2
        return self.panel([Box(x, 0, width, height, text, bold=True) for x, width, text in cells])

    def row(
        self, cells: Sequence[str], *, bold: bool = False, counted: bool = False
    ) -> list[Panel]:
        """One row of cells, or several when the text needs more than a page."""
        font = SERIF_BOLD if bold else SERIF
        fitted = [
            fit(text, font, self.look.size, column.width - 2 * self.look.side, self.look.least)
            for text, column in zip(cells, self.columns, strict=True)
        ]
        most = max(int((self.limit - self.look.padding) / self.look.leading), 1)
        pages = max(-(-len(lines) // most) for lines, _ in fitted) or 1
        return [
            self._part(
                [(lines[page * most : (page + 1) * most], size) for lines, size in fitted],
                font,
                counted=counted and page == 0,
            )
            for page in range(pages)
        ]

    def panel(self, boxes: Sequence[Box]) -> Panel:
        """Framed cells at their places, for headings of several rows and for feet."""
        texts: list[Text] = []
        for box in boxes:
            texts += self._boxed(box)
        frames = " ".join(_frame(box.x, box.y, box.width, box.height) for box in boxes)
        height = max(box.y + box.height for box in boxes)
        return Panel(height=height, keep=True, texts=tuple(texts), strokes=_stroked(frames))

    def _part(
        self, cells: list[tuple[tuple[str, ...], float]], font: str, *, counted: bool
    ) -> Panel:
        """A row of wrapped cells, each in the middle of the height."""
        height = self._room(max((len(lines) for lines, _ in cells), default=1))
        texts: list[Text] = []
        for column, x, (lines, size) in zip(self.columns, self.edges, cells, strict=False):
            top = (height - len(lines) * self.look.leading) / 2
            for number, line in enumerate(lines):
                y = top + number * self.look.leading + self._drop(size)
                texts.append(self._placed(line, font, size, y, x, column))
        return Panel(
            height=height,
            head=self.heading,
            texts=tuple(texts),
            strokes=self._grid(height),
            counted=counted,
        )

    def _placed(
        self, line: str, font: str, size: float, y: float, x: float, column: Column
    ) -> Text:
        """A line of a cell at its side of the column."""
        side = self.look.side
        at = {"left": side, "center": column.width / 2, "right": column.width - side}
        return placed(line, font, size, y, x + at[column.align], column.align)

    def _room(self, lines: int) -> float:
        """Height of a row with so many lines."""
        return max(self.look.row_height, lines * self.look.leading + self.look.padding)

    def _drop(self, size: float) -> float:
        """From the top of a line to its baseline, letters in the middle of the leading."""
        return (self.look.leading - size * 1.132) / 2 + ASCENT * size

    def _across(self, span: tuple[int, int]) -> tuple[float, float]:
        """Left edge and width of a framed cell."""
        left, right = self.edges[span[0]], self.edges[span[1] + 1]
        return left, right - left

    def _grid(self, height: float) -> str:
        """The frames of one row; the strings of equal rows are shared."""
        known = self._grids.get(height)
        if known is None:
            cells = (self._across(span) for span in self.spans)
            frames = " ".join(_frame(x, 0, width, height) for x, width in cells)
            known = self._grids[height] = _stroked(frames)
        return known

    @cached_property
    def _grids(self) -> dict[float, str]:
        """Row frames by height."""
        return {}

    def _heading_lines(self, text: str, width: float) -> tuple[str, ...]:
        """The lines of a heading."""
        size = self.look.heading_size
        return fit(text, SERIF_BOLD, size, width - self.look.side, self.look.least)[0]

    def _boxed(self, box: Box) -> list[Text]:
        """The text of a framed cell, wrapped and in the middle."""
        font = SERIF_BOLD if box.bold else SERIF
        asked = box.size or self.look.heading_size
        lines, size = fit(box.text, font, asked, box.width - self.look.side, self.look.least)
        leading = asked * 1.2
        top = box.y + (box.height - len(lines) * leading) / 2
        first = top + (leading - size * 1.132) / 2 + ASCENT * size
        at = {
            "left": box.x + self.look.side,
            "center": box.x + box.width / 2,
            "right": box.x + box.width - self.look.side,
        }[box.align]
        return [
            placed(line, font, size, first + number * leading, at, box.align)
            for number, line in enumerate(lines)
        ]


def _frame(x: float, y: float, width: float, height: float) -> str:
    """Path operators of a rectangle under the top of its block."""
    return f"{x:.3f} {-y - height:.3f} {width:.3f} {height:.3f} re"


def _stroked(frames: str) -> str:
    """The frames drawn with the line of a table."""
    return f"{GRID:g} w {frames} S"
