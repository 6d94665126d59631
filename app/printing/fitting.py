"""Where each line of one certificate stands: shrinking, breaking, and making room in a stack."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from app.errors import RuleError
from app.printing import fonts
from app.printing.document import MM, printable, wrap
from app.printing.layout import FONTS, Box, CertificateLayout, Stack

ASCENT, DESCENT = 0.916, 0.216  # of the tallest and deepest Vietnamese letter, in em
AIR = 0.3  # mm between two lines that have been moved together
LEADING = 1.2
STEP = 0.5  # points by which a size goes down


class DoesNotFit(RuleError):  # noqa: N818 - says what is wrong, as the other kinds do
    """A text is too long for its place even at the smallest allowed size."""

    def __init__(self, heading: str, text: str) -> None:
        super().__init__(
            f"{heading} quá dài, không vừa khung in: “{text}”. Hãy rút gọn rồi in lại."
        )
        self.heading = heading


@dataclass(frozen=True)
class Run:
    """A piece of a line in one font; width in points."""

    text: str
    font: str
    size: float
    width: float


@dataclass(frozen=True)
class Fitted:
    """The lines of a box at the size that fits."""

    lines: tuple[tuple[Run, ...], ...]
    size: float

    @property
    def leading(self) -> float:
        """Distance between its own lines, in mm."""
        return LEADING * self.size / MM

    @property
    def text(self) -> str:
        """All its lines as one text."""
        return " ".join("".join(run.text for run in line) for line in self.lines)

    @property
    def extra(self) -> float:
        """Height below its first baseline, in mm."""
        return self.leading * (len(self.lines) - 1)


@dataclass(frozen=True)
class Placed:
    """A fitted box with its first baseline, in mm from the top."""

    name: str
    box: Box
    fitted: Fitted
    y: float


class Composer:
    """Composes certificates of one layout; equal texts are measured once."""

    def __init__(self, layout: CertificateLayout) -> None:
        self._layout = layout
        self._fits: dict[tuple[str, str, str], Fitted] = {}

    def compose(self, values: Mapping[str, str]) -> list[Placed]:
        """Place every visible box; raise DoesNotFit or MissingGlyph if one cannot be printed."""
        placed: dict[str, Placed] = {}
        stacked: dict[str, list[Placed]] = {}
        for name, box in self._layout.boxes.items():
            if is_shown(box, values):
                placed[name] = Placed(name, box, self._fit(name, box, values), box.y)
                stacked.setdefault(box.stack, []).append(placed[name])
        for name, stack in self._layout.stacks.items():
            placed.update((member.name, member) for member in place(stack, stacked.get(name, [])))
        return list(placed.values())

    def problems(self, values: Mapping[str, str]) -> Iterator[tuple[str, str]]:
        """Heading and reason of each box that cannot be printed."""
        found = False
        for name, box in self._layout.boxes.items():
            if is_shown(box, values):
                try:
                    self._fit(name, box, values)
                except (DoesNotFit, fonts.MissingGlyph) as error:
                    found = True
                    yield box.heading, str(error)
        if not found:
            try:
                self.compose(values)
            except DoesNotFit as error:
                yield error.heading, str(error)

    def _fit(self, name: str, box: Box, values: Mapping[str, str]) -> Fitted:
        text, label = box.text.format_map(values), box.label.format_map(values)
        key = (name, text, label)
        if key not in self._fits:
            self._fits[key] = fit(box, text, label)
        return self._fits[key]


def is_shown(box: Box, values: Mapping[str, str]) -> bool:
    """Whether a box is printed: its conditions hold and its field is not empty."""
    if (box.when and not values[box.when]) or (box.unless and values[box.unless]):
        return False
    return not box.field or bool(values[box.field])


def fit(box: Box, text: str, label: str = "") -> Fitted:
    """Break and shrink a text by the rules of its box; raise DoesNotFit if it stays too long."""
    font = FONTS[box.font]
    body = printable(text.upper() if box.upper else text, font)
    head = _label(box, label)
    for size, most in _attempts(box):
        lines = _broken(box, body, size, most, sum(run.width for run in head))
        if lines:
            runs = [(Run(line, font, size, _width(box, line, size)),) for line in lines]
            return Fitted(((*head, *runs[0]), *runs[1:]), max(size, *(run.size for run in head), 0))
    raise DoesNotFit(box.heading, body)


def _label(box: Box, label: str) -> tuple[Run, ...]:
    """The words before the text in their own font, with the space between."""
    font = FONTS[box.label_font]
    words = printable(label, font)
    if not words:
        return ()
    return (Run(f"{words} ", font, box.label_size, fonts.width(f"{words} ", font, box.label_size)),)


def _attempts(box: Box) -> Iterator[tuple[float, int]]:
    """Sizes and numbers of lines to try, the most wanted first."""
    steps = int((box.size - (box.min_size or box.size)) / STEP)
    sizes = [box.size - STEP * step for step in range(steps + 1)]
    if box.breaking == "last_two_words":
        yield from ((size, 1) for size in sizes)
        yield sizes[-1], box.lines
        return
    yield from ((size, box.lines) for size in sizes)
    if box.last_resort_lines:
        yield from ((size, box.last_resort_lines) for size in sizes)


def _broken(box: Box, text: str, size: float, most: int, label_width: float) -> list[str]:
    """The text in at most so many lines within the width of its box, or nothing."""
    limit = box.width * MM - label_width
    if not box.width or _width(box, text, size) <= limit:
        return [text]
    if most == 1:
        return []
    lines = _balanced(text, FONTS[box.font], size, limit, most)
    if box.breaking == "last_two_words":
        return _before_last_two_words(box, text, size, limit) or lines
    return lines


def _before_last_two_words(box: Box, text: str, size: float, limit: float) -> list[str]:
    words = text.split()
    lines = [" ".join(words[:-2]), " ".join(words[-2:])]
    fits = len(words) > 2 and all(_width(box, line, size) <= limit for line in lines)
    return lines if fits else []


def _balanced(text: str, font: str, size: float, limit: float, most: int) -> list[str]:
    """Lines as equal as possible; two lines part after a comma where that is nearly as even."""
    lines = wrap(text, font, size, limit)
    if len(lines) > most or " ".join(lines) != text:  # too many, or a word was broken
        return []
    if len(lines) == 2 and (parted := _at_comma(text, font, size, limit)):
        return parted
    low, high = 0.0, limit
    while high - low > size / 4:
        middle = (low + high) / 2
        if len(wrap(text, font, size, middle)) > len(lines):
            low = middle
        else:
            high = middle
    return wrap(text, font, size, high)


def _at_comma(text: str, font: str, size: float, limit: float) -> list[str]:
    """Two lines parted after the comma that makes the longer one shortest, if not too uneven."""
    pieces = text.split(", ")
    choices = [
        [", ".join(pieces[:count]) + ",", ", ".join(pieces[count:])]
        for count in range(1, len(pieces))
    ]
    measured = [sorted(fonts.width(line, font, size) for line in lines) for lines in choices]
    even = [
        (widths[1], lines)
        for widths, lines in zip(measured, choices, strict=True)
        if widths[1] <= limit and widths[0] >= 0.7 * widths[1]
    ]
    return min(even)[1] if even else []


def _width(box: Box, text: str, size: float) -> float:
    tracked = box.tracking * max(len(text) - 1, 0)
    return fonts.width(text, FONTS[box.font], size) + tracked


def place(stack: Stack, members: Sequence[Placed]) -> list[Placed]:
    """Baselines of a stack: added lines push down to its bottom, then the gaps give way."""
    added = sum(member.fitted.extra for member in members)
    if not added:
        return list(members)
    gaps = [below.y - above.y for above, below in pairwise(members)]
    need = members[-1].y + added - stack.bottom
    if need > 0:
        gaps = _squeezed(stack, members, gaps, need)
    moved = []
    y = members[0].y
    for member, gap in zip(members, [*gaps, 0.0], strict=True):
        moved.append(replace(member, y=round(y, 3)))
        y += member.fitted.extra + gap
    return moved


def _squeezed(
    stack: Stack, members: Sequence[Placed], gaps: list[float], need: float
) -> list[float]:
    """Gaps after giving up `need` mm: the upper first, then the lower, then all that is left."""
    spare = [
        max(gap - (DESCENT * above.fitted.size + ASCENT * below.fitted.size) / MM - AIR, 0.0)
        for gap, (above, below) in zip(gaps, pairwise(members), strict=True)
    ]
    upper = [member.y <= stack.gives_until for member in members[1:]]
    for group, most in ((True, stack.gives), (False, need), (True, need)):
        offer = [
            amount if side == group else 0.0 for amount, side in zip(spare, upper, strict=True)
        ]
        taken = min(need, most, sum(offer))
        share = taken / sum(offer) if taken else 0.0
        gaps = [gap - share * amount for gap, amount in zip(gaps, offer, strict=True)]
        spare = [left - share * amount for left, amount in zip(spare, offer, strict=True)]
        need -= taken
    if need > 0.01:
        tallest = max(members, key=lambda member: member.fitted.extra)
        raise DoesNotFit(tallest.box.heading, tallest.fitted.text)
    return gaps
