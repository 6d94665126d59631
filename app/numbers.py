"""Numbers as Vietnamese papers write them: dots, commas, percentages, words (FORMATS §8.2–8.5)."""

import re
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from app.errors import InputError
from app.text import clean

NOTHING = "–"
"""Printed where a share has no base."""

_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_ROMAN = (
    *((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC")),
    *((50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")),
)


def grouped(n: int) -> str:
    """Thousands with dots: "1.234.567"."""
    return f"{n:,}".replace(",", ".")


def decimal(x: Decimal | Fraction | float, places: int = 1) -> str:
    """Rounded half up, decimals with a comma: "8,5", "1.234,50"."""
    exact = x if isinstance(x, Fraction) else Fraction(str(x))
    steps = _half_up(abs(exact) * 10**places)
    whole, part = divmod(steps, 10**places)
    sign = "-" if exact < 0 and steps else ""
    return sign + grouped(whole) + (f",{part:0{places}d}" if places else "")


def mark(value: Decimal, places: int = 0) -> str:
    """A mark without rounding: "8", "8,5", "8,25"; `places` is the least number of decimals."""
    exponent = value.normalize().as_tuple().exponent
    needed = -exponent if isinstance(exponent, int) else 0
    return decimal(value, max(places, needed, 0))


def parse_mark(text: str) -> Decimal:
    """A mark of 0 to 10 with at most two decimals, comma or dot."""
    typed = clean(text)
    if not re.fullmatch(r"[0-9]+([.,][0-9]+)?", typed):
        raise InputError(f"“{typed}” không phải là điểm. Nhập số từ 0 đến 10, ví dụ 8,5.", "mark")
    value = Decimal(typed.replace(",", "."))
    if value > 10:
        raise InputError(f"Điểm {typed} ngoài thang 10. Nhập số từ 0 đến 10, ví dụ 8,5.", "mark")
    if value != value.quantize(Decimal("0.01")):
        raise InputError(f"Điểm {typed} có quá hai chữ số lẻ. Ghi gọn, ví dụ 8,25.", "mark")
    return value


def percent(part: int, whole: int, places: int = 1) -> str:
    """A single share of a hundred, rounded half up: "97,9"; "–" when there is no base."""
    return decimal(Fraction(100 * part, whole), places) if whole else NOTHING


def shares(counts: Sequence[int], places: int = 1) -> tuple[str, ...]:
    """Shares of a hundred that add up to 100 by the largest remainder (FORMATS §8.3).

    Of equal remainders the larger count is rounded up, then the later one (RULES T8).
    """
    total = sum(counts)
    if not total:
        return (NOTHING,) * len(counts)
    unit = 100 * 10**places
    steps = [count * unit // total for count in counts]
    by_remainder = sorted(
        range(len(counts)), key=lambda i: (counts[i] * unit % total, counts[i], i), reverse=True
    )
    for i in by_remainder[: unit - sum(steps)]:
        steps[i] += 1
    return tuple(decimal(Fraction(step, 10**places), places) for step in steps)


def count_in_sentence(n: int) -> str:
    """A count inside a sentence: "07 giảng viên", "12 học viên" (FORMATS §7)."""
    return f"{n:02d}" if 0 < n < 10 else grouped(n)


def roman(n: int) -> str:
    """Roman numerals of an intake or a section: "II"."""
    text = ""
    for value, letters in _ROMAN:
        text += letters * (n // value)
        n %= value
    return text


def in_words(n: int, *, four: str = "tư", zero: str = "linh", thousand: str = "nghìn") -> str:
    """A whole number read out: "hai mươi mốt"; the settings are tư/bốn, linh/lẻ, nghìn/ngàn."""
    if n < 0:
        return "âm " + in_words(-n, four=four, zero=zero, thousand=thousand)
    words: list[str] = []
    billions, rest = divmod(n, 10**9)
    if billions:
        words += [in_words(billions, four=four, zero=zero, thousand=thousand), "tỷ"]
    for size, name in ((10**6, "triệu"), (10**3, thousand), (1, "")):
        group, rest = divmod(rest, size)
        if group:
            words += [*_hundreds(group, full=bool(words), four=four, zero=zero), name]
    return " ".join(filter(None, words)) or _DIGITS[0]


def money_in_words(
    n: int,
    *,
    four: str = "tư",
    zero: str = "linh",
    thousand: str = "nghìn",
    unit: str = "đồng",
) -> str:
    """An amount read out: "Bốn triệu tám trăm nghìn đồng"; `unit` may be "đồng chẵn"."""
    words = f"{in_words(n, four=four, zero=zero, thousand=thousand)} {unit}"
    return words[0].upper() + words[1:]


def _half_up(x: Fraction) -> int:
    """The nearest whole number; halves go up."""
    return int((x + Fraction(1, 2)) // 1)


def _hundreds(n: int, *, full: bool, four: str, zero: str) -> list[str]:
    """Words of 1 to 999; `full` names the missing hundreds inside a longer number."""
    hundreds, rest = divmod(n, 100)
    words = [_DIGITS[hundreds], "trăm"] if hundreds or full else []
    tens, ones = divmod(rest, 10)
    if tens == 0:
        return [*words, *([zero] if words and ones else []), *([_DIGITS[ones]] if ones else [])]
    words += ["mười"] if tens == 1 else [_DIGITS[tens], "mươi"]
    return [*words, _after_tens(tens, ones, four)] if ones else words


def _after_tens(tens: int, ones: int, four: str) -> str:
    """The last digit after tens: mốt, tư and lăm have their own words."""
    if ones == 5:
        return "lăm"
    if tens > 1 and ones in (1, 4):
        return "mốt" if ones == 1 else four
    return _DIGITS[ones]
