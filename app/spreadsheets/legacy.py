"""Vietnamese of the old fonts: TCVN3 (.VnTime) and VNI-Windows (VNI-Times) to Unicode.

Such a text holds ordinary Latin-1 letters that only its font draws as Vietnamese. TCVN3 has one
letter for each, after TCVN 5712:1993; its capitals with tones exist in the fonts .Vn…H only. VNI
writes a vowel and then its marks as a second letter, so two letters are looked at before one.
"""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

GRAVE, HOOK, TILDE, ACUTE, DOT = "\u0300\u0309\u0303\u0301\u0323"
CIRCUMFLEX, BREVE, HORN = "\u0302\u0306\u031b"

_TCVN3_RUNS = (
    (0xA1, "ĂÂÊÔƠƯĐăâêôơưđ"),
    (0xB0, GRAVE + HOOK + TILDE + ACUTE + DOT),
    (0xB5, "àảãáạ"),
    (0xBB, "ằẳẵắ"),
    (0xC6, "ặầẩẫấậè"),
    (0xCE, "ẻẽéẹềểễếệìỉ"),
    (0xDC, "ĩíịò"),
    (0xE1, "ỏõóọồổỗốộờởỡớợù"),
    (0xF1, "ủũúụừửữứựỳỷỹýỵ"),
)
TCVN3 = {
    chr(first + place): letter for first, run in _TCVN3_RUNS for place, letter in enumerate(run)
}

_TONES = (ACUTE, GRAVE, HOOK, TILDE, DOT)
_VNI_PLAIN = dict(zip("ùøûõï", _TONES, strict=True))
_VNI_CIRCUMFLEX = {"â": CIRCUMFLEX} | {
    mark: CIRCUMFLEX + tone for mark, tone in zip("áàåãä", _TONES, strict=True)
}
_VNI_BREVE = {"ê": BREVE} | {mark: BREVE + tone for mark, tone in zip("éèúüë", _TONES, strict=True)}
_VNI_ALONE = {"ô": "ơ", "ö": "ư", "ñ": "đ"} | dict(zip("íìæóòî", "íìỉĩịỵ", strict=True))
_VNI_BASES = {"ô": "o" + HORN, "ö": "u" + HORN} | {base: base for base in "aeouy"}


def _vni_pairs() -> dict[str, str]:
    """Every pair of a vowel and a mark, in either case of both."""
    pairs = {}
    for base, letter in _VNI_BASES.items():
        marks = dict(_VNI_PLAIN)
        if base in "aeo":
            marks |= _VNI_CIRCUMFLEX
        if base == "a":
            marks |= _VNI_BREVE
        for mark, meaning in marks.items():
            small = unicodedata.normalize("NFC", letter + meaning)
            for second in (mark, mark.upper()):
                pairs[base + second] = small
                pairs[base.upper() + second] = small.upper()
    return pairs


VNI_PAIRS = _vni_pairs()
VNI_ALONE = _VNI_ALONE | {mark.upper(): letter.upper() for mark, letter in _VNI_ALONE.items()}
_VNI_FIRST = "".join({pair[0]: "" for pair in VNI_PAIRS})
_VNI_SECOND = "".join({pair[1]: "" for pair in VNI_PAIRS})
_VNI_TOKEN = re.compile(f"[{_VNI_FIRST}][{_VNI_SECOND}]|[{''.join(VNI_ALONE)}]")
_FONT_TCVN3 = re.compile(r"\.vn|vn(?:time|arial|courier)", re.IGNORECASE)
_FONT_VNI = re.compile(r"vni[-_ ]", re.IGNORECASE)
_FONT_CAPITALS = re.compile(r".*h\s*$", re.IGNORECASE)


class LegacyChoice(StrEnum):
    """What the text of a sheet is written in."""

    TCVN3 = "tcvn3"
    TCVN3_CAPITALS = "tcvn3_capitals"
    VNI = "vni"
    UNICODE = "unicode"

    @property
    def label(self) -> str:
        """The words shown to the user."""
        return _LABELS[self]


_LABELS = {
    LegacyChoice.TCVN3: "TCVN3 (phông .VnTime)",
    LegacyChoice.TCVN3_CAPITALS: "TCVN3 chữ hoa (phông .VnTimeH)",
    LegacyChoice.VNI: "VNI (phông VNI-Times)",
    LegacyChoice.UNICODE: "Giữ nguyên, đã là Unicode",
}


OFFERED = (LegacyChoice.TCVN3, LegacyChoice.VNI, LegacyChoice.UNICODE)
"""The answers to a LegacyQuestion."""


@dataclass(frozen=True)
class LegacySample:
    """A text of the file and what it would become, by choice."""

    row: int
    before: str
    after: dict[LegacyChoice, str]


@dataclass(frozen=True)
class LegacyQuestion:
    """Text that seems to be of an old font while nothing in the file says of which."""

    proposed: LegacyChoice
    texts: int
    samples: tuple[LegacySample, ...]


def first_font(family: str) -> str:
    """The font that a list of families begins with."""
    return family.partition(",")[0].strip(" '\"")


def encoding_of_font(font: str) -> LegacyChoice | None:
    """The encoding that a font stands for; None for the fonts of Unicode."""
    if _FONT_VNI.match(font.strip()):
        return LegacyChoice.VNI
    if not _FONT_TCVN3.match(font.strip()):
        return None
    is_capital = _FONT_CAPITALS.fullmatch(font)
    return LegacyChoice.TCVN3_CAPITALS if is_capital else LegacyChoice.TCVN3


def to_unicode(text: str, encoding: LegacyChoice) -> str:
    """A text of an old encoding as Unicode (NFC)."""
    if encoding is LegacyChoice.UNICODE:
        return text
    if encoding is LegacyChoice.VNI:
        changed = _VNI_TOKEN.sub(_vni_letters, text)
    else:
        changed = "".join(TCVN3.get(letter, letter) for letter in text)
    if encoding is LegacyChoice.TCVN3_CAPITALS:
        changed = changed.upper()
    return unicodedata.normalize("NFC", changed)


def _vni_letters(token: re.Match[str]) -> str:
    """The letters of a pair; a pair that means nothing is two letters."""
    text = token[0]
    if text in VNI_PAIRS:
        return VNI_PAIRS[text]
    return "".join(VNI_ALONE.get(letter, letter) for letter in text)


def may_be(text: str, encoding: LegacyChoice) -> bool:
    """Whether every letter of a text exists in an encoding: "Hồng" is no TCVN3."""
    if encoding is LegacyChoice.VNI:
        rest = _VNI_TOKEN.sub(lambda token: "" if _is_vni(token[0]) else token[0], text)
        return not any(letter.isalpha() and letter > "\x7f" for letter in rest)
    return all(letter <= "\x7f" or letter in TCVN3 or not letter.isalpha() for letter in text)


def _is_vni(token: str) -> bool:
    """Whether a token is a known pair or letters that stand alone."""
    return token in VNI_PAIRS or all(one in VNI_ALONE or one <= "\x7f" for one in token)
