"""Vietnamese text: one normal form, folding for search, the order of names, proposals of case.

Sources: FORMATS §8.4 (alphabet, tones, given name first) and FINDINGS C.1.6 (NFC, Ð/ð, đ).
Text in a legacy encoding (TCVN3, VNI) must be decoded before it comes here, because
`clean` takes Ð and ð for Đ and đ.
"""

import unicodedata
from functools import cache

_ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_TONES = {"\u0300": 1, "\u0309": 2, "\u0303": 3, "\u0301": 4, "\u0323": 5}
_INVISIBLE = (
    *range(0x00, 0x09),
    *range(0x0E, 0x1C),
    *range(0x7F, 0x85),
    *range(0x86, 0xA0),
    0xAD,
    *range(0x200B, 0x2010),
    *range(0x202A, 0x202F),
    *range(0x2060, 0x2065),
    *range(0x2066, 0x2070),
    0xFEFF,
    *range(0xD800, 0xE000),
)
_CLEANING: dict[int, str | None] = {**dict.fromkeys(_INVISIBLE, None), 0xD0: "Đ", 0xF0: "đ"}
_FOLDING: dict[int, str | None] = {**dict.fromkeys(range(0x0300, 0x0370), None), 0x0111: "d"}
_APOSTROPHES = "'’‘ʼ`´"

# The sort keys are plain strings of these marks, lowest first: the gap between given name and
# the rest, the tone that ends a syllable, punctuation, digits, letters, everything else.
_GAP = " "
_TONE_MARKS = '!"#$%&'
_LETTER_MARKS = {letter: chr(0x41 + place) for place, letter in enumerate(_ALPHABET)}
_FOREIGN = "~"
_MARKED = frozenset(_TONE_MARKS[1:]).union(_LETTER_MARKS[letter] for letter in "ăâđêôơư")


def clean(s: str) -> str:
    """NFC with Ð/ð as Đ/đ, no invisible characters, single spaces, trimmed."""
    return unicodedata.normalize("NFC", " ".join(s.translate(_CLEANING).split()))


def fold(s: str) -> str:
    """For search: no case, no marks, đ as d, so that hoà, hòa and hoa are one."""
    plain = unicodedata.normalize("NFD", clean(s).casefold()).translate(_FOLDING)
    return clean(plain)


def matches(query: str, folded: str) -> bool:
    """Whether every word of the query occurs in a text that is already folded."""
    return all(word in folded for word in fold(query).split())


def split_name(full_name: str) -> tuple[str, str]:
    """Family and middle names, and the given name: split at the last space."""
    family_middle, _, given = clean(full_name).rpartition(" ")
    return family_middle, given


def sort_key(full_name: str) -> str:
    """Order of people: by given name, then by family and middle names."""
    family_middle, given = split_name(full_name)
    return word_key(given) + _GAP + word_key(family_middle)


def is_bare(key: str) -> bool:
    """Whether a sort key is that of text written without any Vietnamese mark."""
    return _MARKED.isdisjoint(key)


def word_key(s: str) -> str:
    """Vietnamese order of any text read from the left: letters first, then tone, by syllable."""
    return "".join(_syllable_key(syllable) for syllable in clean(s).casefold().split())


def proper_case(s: str) -> str:
    """The proposal "Nguyễn Văn An" for "nguyễn văn an" or "NGUYỄN VĂN AN"."""
    return clean(s).title()


def initials(s: str) -> str:
    """The folded first letters: "nva" for "Nguyễn Văn An"."""
    return "".join(word[0] for word in fold(s).split())


def _syllable_key(syllable: str) -> str:
    """Marks of the letters, then one mark per tone, so that hoà equals hòa."""
    marks = [_marks(character) for character in syllable]
    tones = "".join(tone for _, tone in marks)
    return "".join(letter for letter, _ in marks) + (tones or _TONE_MARKS[0])


@cache
def _marks(character: str) -> tuple[str, str]:
    """The marks of a letter and of its tone; the tone is empty when there is none."""
    parts = unicodedata.normalize("NFD", character)
    tones = [_TONE_MARKS[_TONES[part]] for part in parts if part in _TONES]
    letter = "".join(part for part in parts if part not in _TONES)
    return _letter_mark(unicodedata.normalize("NFC", letter)), "".join(tones)


def _letter_mark(letter: str) -> str:
    """The mark that stands for one toneless letter in a key."""
    if letter in _LETTER_MARKS:
        return _LETTER_MARKS[letter]
    if letter in _APOSTROPHES:
        return "'"
    if letter in "0123456789":
        return letter
    base = unicodedata.normalize("NFD", letter)[:1]
    if base in _LETTER_MARKS:
        return _LETTER_MARKS[base]
    return _FOREIGN + letter if letter.isalnum() else "-"
