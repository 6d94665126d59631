"""Headings and signing blocks of official papers, Party and State form (FORMATS §1)."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.printing import document
from app.printing.document import MM
from app.printing.flow import ASCENT, Panel, Text, extent, fit, placed, rule
from app.printing.fonts import SERIF, SERIF_BOLD, SERIF_BOLD_ITALIC, SERIF_ITALIC
from app.terms import DocumentFamily

PARTY_NAME = "ĐẢNG CỘNG SẢN VIỆT NAM"
STATE_NAME = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
STATE_MOTTO = "Độc lập - Tự do - Hạnh phúc"
FIRST_BASELINE = 4.4 * MM
SIGNING_SPACE = 34 * MM  # from the title to the name: room for the signature and the seal
RULE_SHARE = 0.4  # of the issuing body's line; NĐ 30/2020 asks for 1/3 to 1/2


@dataclass(frozen=True)
class Letterhead:
    """The heading of an official paper; `number` is the whole line, e.g. "Số 15-BC/TTCT"."""

    family: DocumentFamily
    parent_name: str
    centre_name: str
    number: str
    place_and_date: str


@dataclass(frozen=True)
class Signer:
    """Who signs: `authority` is "" or "K/T GIÁM ĐỐC"; many offices print the title in bold."""

    title: str
    name: str
    authority: str = ""
    title_bold: bool = False


@dataclass(frozen=True)
class _Form:
    """Measures of one family, in points and in mm from the left edge of the text."""

    left_width: float
    left_centre: float
    right_centre: float
    parent_size: float
    centre_size: float
    number_size: float


_PARTY = _Form(75, 36, 122, 14, 14, 14)
_STATE = _Form(66, 33, 115.5, 13, 13, 13)
_DATE_SIZE = 14.0


def heading(letterhead: Letterhead, width: float) -> Panel:
    """The heading of an official paper on a text so many points wide."""
    party = letterhead.family is DocumentFamily.PARTY
    form = _PARTY if party else _STATE
    issuer, centre = _issuer(letterhead, form)
    last = issuer[-1]
    strokes = []
    if party:
        issuer = [*issuer, placed("*", SERIF, form.number_size, last.y + 18, centre)]
    else:
        length = extent(*last[2:]) * RULE_SHARE
        strokes.append(rule(centre - length / 2, last.y + 5, length))
    level = last.y + (32 if party else 24)
    nation = _nation(letterhead.family, form, strokes)
    number = placed(letterhead.number, SERIF, form.number_size, level, centre)
    dated = _dated(letterhead.place_and_date, level, form.right_centre * MM, width)
    return Panel(
        height=max(text.y for text in (number, *dated)) + 22.6,
        texts=(*issuer, *nation, number, *dated),
        strokes=" ".join(strokes),
    )


def _issuer(letterhead: Letterhead, form: _Form) -> tuple[list[Text], float]:
    """Parent and centre, at most as wide as their column; and the line they are centred on."""
    room = form.left_width * MM
    parts = (
        (letterhead.parent_name, SERIF, form.parent_size),
        (letterhead.centre_name, SERIF_BOLD, form.centre_size),
    )
    lines = [
        (line, font, size)
        for text, font, size in parts
        for line in document.wrap(text, font, size, room)
    ]
    lines = lines or [("", SERIF, form.parent_size)]
    widest = max(extent(*line) for line in lines)
    centre = max(form.left_centre * MM, widest / 2)
    return [
        placed(*line, FIRST_BASELINE + 17 * number, centre) for number, line in enumerate(lines)
    ], centre


def _nation(family: DocumentFamily, form: _Form, strokes: list[str]) -> list[Text]:
    """The right half; its rule is exactly as long as the line above it."""
    centre = form.right_centre * MM
    if family is DocumentFamily.PARTY:
        lines = [placed(PARTY_NAME, SERIF_BOLD, 15, FIRST_BASELINE, centre)]
    else:
        lines = [
            placed(STATE_NAME, SERIF_BOLD, 13, FIRST_BASELINE, centre),
            placed(STATE_MOTTO, SERIF_BOLD, 14, FIRST_BASELINE + 17, centre),
        ]
    last = lines[-1]
    strokes.append(rule(last.x, last.y + 5, extent(*last[2:])))
    return lines


def _dated(place_and_date: str, level: float, centre: float, width: float) -> list[Text]:
    """Place and date in italics, broken after the comma when one line is too short."""
    room = 2 * (width - centre)
    line = document.printable(place_and_date, SERIF_ITALIC)
    lines = [line]
    if extent(line, SERIF_ITALIC, _DATE_SIZE) > room:
        place, comma, date = line.partition(", ")
        halves = (f"{place},", date) if comma else (line,)
        lines = [
            part for half in halves for part in document.wrap(half, SERIF_ITALIC, _DATE_SIZE, room)
        ]
    return [
        placed(part, SERIF_ITALIC, _DATE_SIZE, level + 17 * number, centre)
        for number, part in enumerate(lines)
    ]


def signing(
    family: DocumentFamily, signer: Signer, recipients: Sequence[str], width: float
) -> Panel:
    """Recipients on the left; authority, title, room for the seal and name on the right."""
    first = ASCENT * 14
    centre = 122.7 * MM
    texts, strokes = _recipients(family, recipients, first)
    signed, bottom = _signed(family, signer, first, centre, 2 * (width - centre))
    lowest = max([bottom, *(text.y for text in texts)])
    return Panel(height=lowest + 6, gap=20, texts=(*texts, *signed), strokes=strokes)


def _signed(
    family: DocumentFamily, signer: Signer, first: float, centre: float, room: float
) -> tuple[list[Text], float]:
    """The lines of the signer and the lowest baseline."""
    bold = signer.title_bold or family is DocumentFamily.STATE
    above = ((signer.authority, SERIF_BOLD), (signer.title, SERIF_BOLD if bold else SERIF))
    lines = [
        (line, font, size) for text, font in above for line, size in _lines(text, font, 14, room)
    ]
    texts = [placed(*line, first + 17 * number, centre) for number, line in enumerate(lines)]
    base = (texts[-1].y if texts else first) + SIGNING_SPACE
    names = [
        placed(line, SERIF_BOLD, size, base + 17 * number, centre)
        for number, (line, size) in enumerate(_lines(signer.name, SERIF_BOLD, 14, room))
    ]
    return [*texts, *names], base + 17 * max(len(names) - 1, 0)


def _lines(text: str, font: str, size: float, room: float) -> list[tuple[str, float]]:
    """Lines that fit a room, each with its size."""
    lines, fitted = fit(text, font, size, room, 9)
    return [(line, fitted) for line in lines]


def _recipients(
    family: DocumentFamily, recipients: Sequence[str], first: float
) -> tuple[list[Text], str]:
    """The list "Nơi nhận": underlined in Party papers, bold italic in State ones."""
    if not recipients:
        return [], ""
    party = family is DocumentFamily.PARTY
    label = placed("Nơi nhận:", *_LABEL[party], first, 0, "left")
    size = 12.0 if party else 11.0
    lines = [line for text in recipients for line in document.wrap(text, SERIF, size, 78 * MM)]
    listed = [
        placed(line, SERIF, size, first + 16 + 14.5 * number, 0, "left")
        for number, line in enumerate(lines)
    ]
    underline = rule(0, first + 2.2, extent(*label[2:])) if party else ""
    return [label, *listed], underline


_LABEL = {True: (SERIF, 14.0), False: (SERIF_BOLD_ITALIC, 12.0)}
