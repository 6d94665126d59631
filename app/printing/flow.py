"""What papers are made of: text broken into lines, and panels of placed strings and rules."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple
from weakref import WeakKeyDictionary

from app.printing import document, fonts
from app.printing.document import Align

if TYPE_CHECKING:  # reportlab is imported when the first paper is drawn
    from reportlab.pdfgen.canvas import Canvas

ASCENT = 0.916  # of the size: the tallest Vietnamese capital, Ễ (FORMATS §9)
SQUEEZE = 0.88  # a line is shrunk so far before it is broken
SLACK = 0.01  # points; forgives the rounding of sums


_SHOWN: WeakKeyDictionary["Canvas", dict[tuple[str, str, float], str]] = WeakKeyDictionary()


class Run(NamedTuple):
    """A stretch of text in one face."""

    text: str
    font: str
    size: float


class Text(NamedTuple):
    """One placed string: x from the left edge of its block, y from its top to the baseline."""

    x: float
    y: float
    text: str
    font: str
    size: float


@dataclass(frozen=True, kw_only=True)
class Block(ABC):
    """A piece that is never divided; `keep` binds it to the next, `head` is repeated above it."""

    height: float
    gap: float = 0.0
    keep: bool = False
    head: "Block | None" = None

    @abstractmethod
    def draw(self, canvas: "Canvas", x: float, top: float) -> None:
        """Draw the block with its top left corner at a place of the canvas."""


@dataclass(frozen=True, kw_only=True)
class Line(Block):
    """One line of a paragraph; `stretch` is added to every space to justify it."""

    runs: tuple[Run, ...]
    indent: float = 0.0
    stretch: float = 0.0

    def draw(self, canvas: "Canvas", x: float, top: float) -> None:
        """Draw the runs one after the other on one baseline."""
        drop = ASCENT * max((run.size for run in self.runs), default=0)
        words = canvas.beginText(x + self.indent, top - drop)
        words.setWordSpace(self.stretch)
        for run in self.runs:
            words.setFont(run.font, run.size)
            words.textOut(run.text)
        words.setWordSpace(0)  # the spacing would outlive this text
        canvas.drawText(words)


@dataclass(frozen=True, kw_only=True)
class Panel(Block):
    """Placed strings over ready path operators: a table row, a heading, a signing block."""

    texts: tuple[Text, ...]
    strokes: str = ""
    counted: bool = False

    def draw(self, canvas: "Canvas", x: float, top: float) -> None:
        """Draw the rules, then every string."""
        if self.strokes:
            canvas.addLiteral(f"q 1 0 0 1 {x:.3f} {top:.3f} cm {self.strokes} Q")
        for left, drop, text, font, size in self.texts:
            shown = _shown(canvas, text, font, size)
            canvas.addLiteral(f"q 1 0 0 1 {x + left:.3f} {top - drop:.3f} cm {shown} Q")


def _shown(canvas: "Canvas", text: str, font: str, size: float) -> str:
    """Operators that show a string at the origin; lists repeat most of theirs."""
    known = _SHOWN.setdefault(canvas, {})
    code = known.get((text, font, size))
    if code is None:
        words = canvas.beginText(0, 0)
        words.setFont(font, size)
        words.textLine(text)  # textOut would measure it once more
        code = known[text, font, size] = str(words.getCode())
    return code


@lru_cache(maxsize=8192)
def extent(text: str, font: str, size: float) -> float:
    """Width of a text in points, remembered."""
    return fonts.width(text, font, size)


def rule(x: float, y: float, length: float, thickness: float = 0.75) -> str:
    """Path operators of a horizontal rule y points under the top of its block."""
    return f"{thickness:g} w {x:.3f} {-y:.3f} m {x + length:.3f} {-y:.3f} l S"


def placed(text: str, font: str, size: float, y: float, x: float, align: Align = "center") -> Text:
    """A checked string put left of, right of or around x."""
    line = document.printable(text, font)
    shift = {"left": 0.0, "center": 0.5, "right": 1.0}[align]
    return Text(x - shift * extent(line, font, size), y, line, font, size)


@lru_cache(maxsize=8192)
def fit(
    text: str, font: str, size: float, width: float, least: float
) -> tuple[tuple[str, ...], float]:
    """Lines for a width: whole, a little smaller, else broken; a long word shrinks to `least`."""
    line = document.printable(text, font)
    natural = extent(line, font, size)
    if natural <= width:
        return (line,) if line else (), size
    if natural * SQUEEZE > width:
        natural = max(extent(word, font, size) for word in line.split())
    smaller = max(least, int(size * width / natural * 10) / 10) if natural > width else size
    rows = _broken(_words([Run(line, font, smaller)], width), width)
    return tuple(" ".join(word.text for word in row) for row in rows), smaller


def paragraph(
    runs: Sequence[Run],
    width: float,
    leading: float,
    *,
    align: Align | None = None,
    indent: float = 0.0,
    gap: float = 0.0,
    keep: bool = False,
) -> list[Block]:
    """Break runs into lines, justified unless an alignment is given; no line is left alone."""
    rows = list(_broken(_words(runs, width), width, indent))
    last = len(rows) - 1
    lonely = {0, last - 1}
    lines: list[Block] = []
    for index, row in enumerate(rows):
        start = indent if index == 0 else 0.0
        spare = width - start - _natural(row)
        lines.append(
            Line(
                height=leading,
                gap=gap if index == 0 else 0.0,
                keep=keep if index == last else index in lonely,
                runs=_joined(row),
                indent=start + _shift(align) * spare,
                stretch=spare / (len(row) - 1) if _stretches(align, row, index, last) else 0.0,
            )
        )
    return lines


def _stretches(align: Align | None, row: list[Run], index: int, last: int) -> bool:
    """True for an inner line of a justified paragraph."""
    return align is None and index < last and len(row) > 1


def _shift(align: Align | None) -> float:
    """The share of the spare width that goes to the left of a line."""
    return {"left": 0.0, "center": 0.5, "right": 1.0, None: 0.0}[align]


def _words(runs: Sequence[Run], width: float) -> Iterator[Run]:
    """Every word with its face; one wider than a line comes in pieces."""
    for run in runs:
        for word in document.printable(run.text, run.font).split():
            if extent(word, run.font, run.size) <= width:
                yield Run(word, run.font, run.size)
            else:
                for piece in document.wrap(word, run.font, run.size, width):
                    yield Run(piece, run.font, run.size)


def _broken(words: Iterable[Run], width: float, indent: float = 0.0) -> Iterator[list[Run]]:
    """Fill lines with as many words as go in."""
    row: list[Run] = []
    used = indent
    for word in words:
        space = extent(" ", *row[-1][1:]) if row else 0.0
        length = extent(*word)
        if row and used + space + length > width + SLACK:
            yield row
            row, used, space = [], 0.0, 0.0
        row.append(word)
        used += space + length
    if row:
        yield row


def _natural(row: list[Run]) -> float:
    """Width of a line before justification."""
    return sum(extent(*word) for word in row) + sum(extent(" ", *word[1:]) for word in row[:-1])


def _joined(row: list[Run]) -> tuple[Run, ...]:
    """One run for neighbours in the same face."""
    runs = [
        Run(" ".join(word.text for word in words), *face)
        for face, words in groupby(row, key=lambda word: word[1:])
    ]
    return (*(run._replace(text=f"{run.text} ") for run in runs[:-1]), *runs[-1:])


def bound(blocks: list[Block], count: int) -> list[Block]:
    """The blocks, with the last ones (and what they hang on) kept with what follows."""
    start = max(len(blocks) - count, 0)
    return [*blocks[:start], *(replace(block, keep=True) for block in blocks[start:])]
