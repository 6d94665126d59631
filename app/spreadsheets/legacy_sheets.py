"""Old Vietnamese fonts in a sheet: cells and runs are converted by font; without a font, asked."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache, partial

from app.spreadsheets.encodings import is_vietnamese_letter
from app.spreadsheets.legacy import (
    OFFERED,
    LegacyChoice,
    LegacyQuestion,
    LegacySample,
    encoding_of_font,
    may_be,
    to_unicode,
)
from app.spreadsheets.sheets import Line, LineMaker, RichText, Sheet
from app.text import fold

FEWEST = 2
SAMPLES = 6
CONVERTED, SUSPECTED = "legacy_encoding_converted", "legacy_encoding_suspected"

Cell = tuple[str, str]
"""A text as written and the font of its cell."""

Convert = Callable[[str, str], str]
IsLeft = Callable[[Line, int, str], bool]

_IN_WORD = re.compile(r"[A-Za-z][\xa1-\xff]|[\xa1-\xff][A-Za-z]")
_WORD = re.compile(r"[^\W\d_]+")
_VOWELS = (
    "a[iouy]?|e[ou]?|i(?:a|eu?|u)?|o(?:a[ioy]?|eo?|i|o)?|u(?:ay?|e|i|o[iu]?|u|y[aeu]?)?|y(?:a|eu?)?"
)
_SYLLABLE = re.compile(
    r"(?:[bcdghklmnpqrstvx]|ngh?|gh|kh|nh|ph|th|tr|ch|gi|qu)?"
    rf"(?:{_VOWELS})(?:ch|ng|nh|[cmnpt])?"
)


def by_font(sheet: Sheet) -> Sheet:
    """The sheet with every text converted whose font is an old one."""
    if not _has_old_fonts(sheet):
        return sheet
    cells = [cell for line in sheet.lines for _, cell in _cells(sheet, line)]
    pieces = {piece for text, font in cells for piece in _pieces(text, font)}
    old = [(text, code) for text, font in pieces if (code := encoding_of_font(font))]
    surely_old = sum(may_be(text, code) and _is_foreign(text) for text, code in old)
    is_unicode = sum(not may_be(text, code) for text, code in old) > surely_old
    return _changed(sheet, partial(_by_font, is_unicode=is_unicode))


def by_choice(sheet: Sheet, choice: LegacyChoice) -> Sheet:
    """The sheet with every text converted as the user says, where it can be of that encoding.

    Where most is Unicode, only columns of old text are, and elsewhere what Unicode never writes;
    what could be both is old in an old row, if its column holds old text too.
    """
    kept = _unicode_columns(sheet)
    mixed = kept & doubtful_columns(sheet)

    def is_left(line: Line, column: int, text: str) -> bool:
        if column not in kept or _is_surely_old(text):
            return False
        return column not in mixed or not _is_old_row(sheet, line)

    return _changed(sheet, lambda text, _font: _by_choice(text, choice), is_left)


def question(sheet: Sheet) -> LegacyQuestion | None:
    """What to ask about a sheet, if much of its text, or some surely, makes no sense as Unicode."""
    rows: dict[str, int] = {}
    for line in sheet.lines:
        for _, (text, _font) in _cells(sheet, line):
            if not text.isascii():
                rows.setdefault(text, line.number)
    odd = [text for text in rows if looks_old(text)]
    if len(odd) <= sum(max(text) > "ÿ" for text in rows):
        odd = [text for text in odd if _is_surely_old(text)]
    if len(odd) < FEWEST:
        return None
    proposed = max(OFFERED[:2], key=lambda choice: sum(_sense(text, choice) for text in odd))
    return LegacyQuestion(proposed, len(odd), tuple(_samples(odd, rows)))


def doubtful_columns(sheet: Sheet) -> frozenset[int]:
    """The columns that are not mostly Unicode, and those in which some text surely is old."""
    kept = _unicode_columns(sheet)
    return frozenset(
        column
        for line in sheet.lines
        for column, (text, _font) in _cells(sheet, line)
        if column not in kept or _is_surely_old(text)
    )


def mark_suspected(sheet: Sheet, line: Line, doubtful: frozenset[int]) -> Line:
    """The line, marked when one of its texts looks old, or could be in a doubtful column."""
    for column, (text, _font) in _cells(sheet, line):
        if looks_old(text) or (column in doubtful and _may_be_old(text)):
            return replace(line, legacy=SUSPECTED)
    return line


def looks_old(text: str) -> bool:
    """Whether a word mixes ASCII letters with signs that no Vietnamese word has."""
    if text.isascii() or max(text) > "ÿ" or not _IN_WORD.search(text):
        return False
    words = (word for word in _WORD.findall(text) if not word.isascii())
    return _is_foreign(text) or not all(map(_is_syllable, words))


def _has_old_fonts(sheet: Sheet) -> bool:
    fonts = {style.font for style in sheet.styles.values()}
    if any(encoding_of_font(font) for font in fonts):
        return True
    return any(isinstance(text, RichText) for line in sheet.lines for text in line.written.values())


def _cells(sheet: Sheet, line: Line) -> Iterator[tuple[int, Cell]]:
    """The texts of a line as written, each with the font of its cell."""
    for column, value in enumerate(line.values):
        text = line.written.get(column)
        if text is not None or isinstance(value, str):
            yield column, (text or str(value), sheet.style(line, column).font)


def _pieces(text: str, font: str) -> tuple[Cell, ...]:
    """The runs of a text with their fonts; a run that names none has the font of the cell."""
    if isinstance(text, RichText):
        return tuple((run, own or font) for run, own in text.runs)
    return ((text, font),)


def _by_font(text: str, font: str, *, is_unicode: bool) -> str:
    """A text with its runs of old fonts converted; what could be both is what most of it is."""
    parts = []
    for piece, name in _pieces(text, font):
        encoding = encoding_of_font(name)
        if encoding and may_be(piece, encoding) and not (is_unicode and not _is_foreign(piece)):
            piece = to_unicode(piece, encoding)
        parts.append(piece)
    return "".join(parts)


def _by_choice(text: str, choice: LegacyChoice) -> str:
    """A text as the user says; capitals of TCVN3 whose font is lost are capitals again."""
    if text.isascii() or not may_be(text, choice):
        return text
    plain = [letter for letter in text if letter.isascii() and letter.isalpha()]
    changed = to_unicode(text, choice)
    is_capital = len(plain) > 1 and all(letter.isupper() for letter in plain)
    return changed.upper() if is_capital else changed


def _unicode_columns(sheet: Sheet) -> frozenset[int]:
    """On a sheet that is mostly Unicode, the columns that are not mostly old."""
    old: Counter[int] = Counter()
    known: Counter[int] = Counter()
    for line in sheet.lines:
        for column, (text, _font) in _cells(sheet, line):
            old[column] += looks_old(text)
            known[column] += not text.isascii() and max(text) > "ÿ"
    if old.total() > known.total():
        return frozenset()
    return frozenset(column for column in known if known[column] >= old[column])


def _changed(sheet: Sheet, convert: Convert, is_left: IsLeft = lambda *_: False) -> Sheet:
    """The sheet with other texts but for those left; lines that stay the same are kept."""
    maker = LineMaker()
    plain = cache(convert)
    lines = []
    for line in sheet.lines:
        other = {}
        for column, (text, font) in _cells(sheet, line):
            if is_left(line, column, text):
                continue
            is_rich = isinstance(text, RichText)
            changed = convert(text, font) if is_rich else plain(text, font)
            if is_rich or changed != text:
                other[column] = changed
        lines.append(_rewritten(line, other, maker) if other else line)
    return replace(sheet, lines=tuple(lines))


def _rewritten(line: Line, texts: dict[int, str], maker: LineMaker) -> Line:
    """A line with some other texts."""
    raw = [line.written.get(column, value) for column, value in enumerate(line.values)]
    is_changed = any(text != raw[column] for column, text in texts.items())
    for column, text in texts.items():
        raw[column] = text
    made = maker.line(line.number, raw, line.styles, hidden=line.hidden)
    return replace(made, legacy=CONVERTED) if is_changed else made


def _is_surely_old(text: str) -> bool:
    """Whether a text is no Vietnamese of Unicode and reads as Vietnamese of an old font."""
    return looks_old(text) and _may_be_old(text)


def _may_be_old(text: str) -> bool:
    """Whether a text reads as Vietnamese of an old font, whatever else it may be."""
    return not text.isascii() and any(_sense(text, one) for one in OFFERED[:2])


def _is_old_row(sheet: Sheet, line: Line) -> bool:
    """Whether a text of a line surely is old."""
    return any(_is_surely_old(text) for _, (text, _font) in _cells(sheet, line))


def _is_foreign(text: str) -> bool:
    """Whether a text has letters or signs that Unicode Vietnamese does not use."""
    return any("\xa0" < letter <= "ÿ" and not is_vietnamese_letter(letter) for letter in text)


def _is_syllable(word: str) -> bool:
    return bool(_SYLLABLE.fullmatch(fold(word).strip(".,:;()")))


def _sense(text: str, choice: LegacyChoice) -> bool:
    """Whether a text reads as Vietnamese once it is converted."""
    changed = to_unicode(text, choice)
    if not may_be(text, choice) or _is_foreign(changed):
        return False
    return all(_is_syllable(word) for word in changed.split() if word.isalpha())


def _samples(texts: list[str], rows: dict[str, int]) -> Iterator[LegacySample]:
    """A few texts before and after, for the user to choose by."""
    for text in texts[:SAMPLES]:
        after = {choice: _by_choice(text, choice) for choice in OFFERED}
        yield LegacySample(rows[text], text, after)
