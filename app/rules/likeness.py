"""How alike two persons are: points for what agrees, for what nearly agrees, against the rest.

A number decides, a name and a whole birth date nearly do; everything else is a question. Nothing
here links anybody: `Likely.SAME` only says that nothing speaks against it. A CMND of nine digits
and a CCCD of twelve may be one person's, whatever their digits are.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple

from app import text
from app.dates import PartialDate
from app.terms import Sex

ASK_FROM = 13
"""Points from which a clerk is asked: the same name and year, in another unit."""

GENERATION = 15  # years
_LETTER_I = {f"{start}y": f"{start}i" for start in ("h", "k", "l", "m", "qu", "s", "t", "v")}
_EVEN_ODDS, _DOUBLES_ODDS = 9, 2.5  # points of 50 %, and how many more double the odds


class Likely(Enum):
    """What the points say."""

    SAME = "same"
    ASK = "ask"
    DIFFERENT = "different"


class Person(NamedTuple):
    """What persons are compared by, with its keys computed once."""

    name_key: str
    words: tuple[str, ...]
    born: PartialDate | None = None
    sex: Sex | None = None
    number: str = ""
    phone: str = ""
    unit: str = ""


class _Sign(NamedTuple):
    """One thing compared: its points, and what is the same, nearly the same or not."""

    points: int
    same: str = ""
    near: str = ""
    other: str = ""


@dataclass(frozen=True)
class Likeness:
    """How alike two persons are, and why."""

    points: int
    verdict: Likely
    same: tuple[str, ...] = ()
    near: tuple[str, ...] = ()
    other: tuple[str, ...] = ()

    @property
    def percent(self) -> int:
        """What the screens show: 75 where the questions begin, never 100."""
        odds = 2 ** ((self.points - _EVEN_ODDS) / _DOUBLES_ODDS)
        return min(99, round(100 * odds / (1 + odds)))

    @property
    def reasons(self) -> str:
        """In words: "cùng họ tên và ngày sinh; khác đơn vị"."""
        parts = (
            f"cùng {_listed(self.same)}" if self.same else "",
            ", ".join(self.near),
            f"khác {_listed(self.other)}" if self.other else "",
        )
        return "; ".join(part for part in parts if part)


NOTHING = _Sign(0)
_OTHER_NAME = _Sign(-10, other="họ tên")
_UNLIKE = Likeness(-10, Likely.DIFFERENT, other=("họ tên",))


def person(
    full_name: str,
    born: PartialDate | None = None,
    sex: Sex | None = None,
    number: str = "",
    phone: str = "",
    unit: str = "",
) -> Person:
    """Return what a person as written is compared by."""
    words = loose_words(text.fold(full_name))
    unit_key = text.word_key(unit) if unit else ""
    return Person(text.sort_key(full_name), words, born, sex, number, plain_phone(phone), unit_key)


def loose_words(folded: str) -> tuple[str, ...]:
    """The words of a folded name, Lý as Lí, "Ng." as Nguyễn."""
    words = folded.replace(".", " ").split()
    if words and words[0] == "ng":
        words[0] = "nguyen"
    return tuple([_LETTER_I.get(word, word) for word in words])


def plain_phone(phone: str) -> str:
    """The digits of a number, +84 as 0; too few digits are no number."""
    digits = phone if phone.isdecimal() else "".join(sign for sign in phone if sign.isdecimal())
    if digits.startswith("84") and len(digits) > 10:
        digits = "0" + digits[2:]
    return digits if len(digits) >= 9 else ""


def compare(one: Person, other: Person) -> Likeness:
    """Weigh two persons; the same identity number is always worth a question."""
    has_same_number = bool(one.number) and one.number == other.number
    name = _name(one, other)
    if name == _OTHER_NAME and not has_same_number:
        return _UNLIKE  # nothing else outweighs it
    birth = _birth(one.born, other.born)
    number = _number(one.number, other.number)
    phone = _equal(one.phone, other.phone, "điện thoại", 8, 0)
    unit = _equal(one.unit, other.unit, "đơn vị", 5, -1)
    sex = _equal(one.sex, other.sex, "giới tính", 0, -6)
    signs = (name, birth, number, phone, unit, sex)
    points = sum(sign.points for sign in signs)
    if has_same_number:
        points = max(points, ASK_FROM)
    return Likeness(
        points,
        _verdict(points, (name, birth, number, sex), has_same_number or _is_sure(one, unit)),
        tuple(sign.same for sign in signs if sign.same and sign is not sex),
        tuple(sign.near for sign in signs if sign.near),
        tuple(sign.other for sign in signs if sign.other),
    )


def are_two_numbers(one: str, other: str) -> bool:
    """Two numbers of one kind are two people; a CMND and a CCCD may be one person's."""
    return one != other and bool(one) and len(one) == len(other)


def one_slip(one: str, other: str) -> bool:
    """Whether one sign is wrong, missing or too many, or two neighbours are swapped."""
    if abs(len(one) - len(other)) > 1 or one == other:
        return False
    if len(one) > len(other):
        one, other = other, one
    at = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), len(one))
    if len(one) < len(other):
        return one[at:] == other[at + 1 :]
    swapped = one[at + 1 : at + 2] + one[at : at + 1] + one[at + 2 :]
    return one[at + 1 :] == other[at + 1 :] or swapped == other[at:]


def is_rough(born: PartialDate | None) -> bool:
    """Whether day or month are unknown; the first of January is often written for a year."""
    return born is None or not born.is_exact or (born.month, born.day) == (1, 1)


def _verdict(points: int, decisive: Sequence[_Sign], is_sure: bool) -> Likely:
    if points < ASK_FROM:
        return Likely.DIFFERENT
    speaks_against = any(sign.near or sign.other for sign in decisive)
    return Likely.SAME if is_sure and not speaks_against else Likely.ASK


def _is_sure(one: Person, unit: _Sign) -> bool:
    """A year of birth alone needs the same unit beside the name."""
    return one.born is not None and (one.born.is_exact or bool(unit.same))


def _name(one: Person, other: Person) -> _Sign:
    if one.name_key == other.name_key:
        return _Sign(10, same="họ tên")
    if one.words == other.words:
        is_bare = text.is_bare(one.name_key) or text.is_bare(other.name_key)
        return _Sign(10 if is_bare else 7, near="họ tên chỉ khác dấu")
    if not one.words or not other.words:
        return _OTHER_NAME
    if one.words[0] == other.words[0] and one.words[-1] == other.words[-1]:
        return _middle(one.words[1:-1], other.words[1:-1])
    if len(one.words) == len(other.words) and sorted(one.words) == sorted(other.words):
        return _Sign(6, near="họ tên đảo chữ")
    return _spelling("".join(one.words), "".join(other.words))


def _spelling(one: str, other: str) -> _Sign:
    one, other = one.replace("y", "i"), other.replace("y", "i")
    if one == other:
        return _Sign(7, near="họ tên chỉ khác dấu cách")
    if one_slip(one, other):
        return _Sign(4, near="họ tên khác một chữ cái")
    return _OTHER_NAME


def _middle(one: tuple[str, ...], other: tuple[str, ...]) -> _Sign:
    """Compare middle names where family and given name are the same."""
    shorter, longer = sorted((one, other), key=len)
    if len(shorter) < len(longer) and _is_part(shorter, longer):
        return _Sign(6, near="một bên thiếu tên đệm")
    if sorted(one) == sorted(other):
        return _Sign(6, near="tên đệm đảo chữ")
    if len(one) == len(other) and all(map(_may_stand_for, one, other)):
        return _Sign(6, near="tên đệm viết tắt")
    if one_slip("".join(one), "".join(other)):
        return _Sign(4, near="tên đệm khác một chữ cái")
    return _Sign(-1, other="tên đệm")


def _is_part(shorter: Sequence[str], longer: Sequence[str]) -> bool:
    """Whether the words occur in this order."""
    rest = iter(longer)
    return all(word in rest for word in shorter)


def _may_stand_for(one: str, other: str) -> bool:
    """Whether two words are the same, or one is the first letter of the other."""
    return one == other or (1 in (len(one), len(other)) and one[0] == other[0])


def _birth(one: PartialDate | None, other: PartialDate | None) -> _Sign:
    if one is None or other is None:
        return NOTHING
    if one == other:
        return _Sign(10, same="ngày sinh") if one.is_exact else _Sign(4, same="năm sinh")
    if one.may_be(other):
        return _Sign(4, near="cùng năm sinh (một bên chưa rõ ngày)")
    if one.year == other.year and (is_rough(one) or is_rough(other)):
        return _Sign(4, near="cùng năm sinh (một bên ghi 01/01)")
    if not (one.is_exact and other.is_exact):
        return _Sign(_apart(one, other), other="năm sinh")
    if (one.year, one.month, one.day) == (other.year, other.day, other.month):
        return _Sign(5, near="ngày và tháng sinh đổi chỗ")
    if one_slip(one.iso.replace("-", ""), other.iso.replace("-", "")):
        return _Sign(4, near="ngày sinh khác một chữ số")
    if one.year == other.year and (one.month == other.month or one.day == other.day):
        return _Sign(-2, near="cùng năm sinh, khác ngày hoặc tháng")
    return _Sign(_apart(one, other), other="ngày sinh")


def _apart(one: PartialDate, other: PartialDate) -> int:
    """Points against; parent and child may share name, unit and telephone."""
    return -12 if abs(one.year - other.year) >= GENERATION else -6


def _number(one: str, other: str) -> _Sign:
    if not one or not other:
        return NOTHING
    if one == other:
        return _Sign(20, same="số định danh")
    if not are_two_numbers(one, other):
        return _Sign(0, near="CMND và CCCD")
    if one_slip(one, other):
        return _Sign(4, near="số định danh khác một chữ số")  # hardly by chance
    return _Sign(-20, other="số định danh")


def _equal(one: object, other: object, word: str, equal: int, unequal: int) -> _Sign:
    """Compare what is written in one way only; what one side lacks says nothing."""
    if not one or not other:
        return NOTHING
    return _Sign(equal, same=word) if one == other else _Sign(unequal, other=word)


def _listed(words: Sequence[str]) -> str:
    """Join words as a sentence does: "họ tên, ngày sinh và đơn vị"."""
    *first, last = words
    return f"{', '.join(first)} và {last}" if first else last
