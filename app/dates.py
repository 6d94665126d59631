"""Dates as Vietnamese papers write them, and dates of which only a part is known (FORMATS §8.1)."""

import calendar
import re
from dataclasses import dataclass
from datetime import date
from functools import total_ordering

from app.errors import InputError
from app.text import clean

LATEST_SHORT_YEAR = 2039
"""A year of two digits is the latest one up to this with those digits: 26 → 2026, 85 → 1985."""

_WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")
_WORDS = re.compile(r"ngày|tháng|năm|sinh", re.IGNORECASE)
_MIDNIGHT = re.compile(r"(?<=\d)[ T]00:00(:00(\.0+)?)?$")
_SHAPE = re.compile(r"['’]?[\s/\\.,_…?xX:-]*")
_SEPARATOR = re.compile(r"[/\\.,-]")


@total_ordering
@dataclass(frozen=True)
class PartialDate:
    """A date of which the day, or the day and the month, may be unknown."""

    year: int
    month: int | None = None
    day: int | None = None

    def __post_init__(self) -> None:
        _check(self.year, self.month, self.day)

    def __lt__(self, other: "PartialDate") -> bool:
        return self._order < other._order

    @property
    def _order(self) -> tuple[int, int, int]:
        """An unknown part comes before a known one."""
        return self.year, self.month or 0, self.day or 0

    @classmethod
    def of(cls, day: date) -> "PartialDate":
        """The same day with nothing unknown."""
        return cls(day.year, day.month, day.day)

    @classmethod
    def from_iso(cls, text: str) -> "PartialDate":
        """Back from `iso`."""
        if not re.fullmatch(r"\d{4}(-\d{2}){0,2}", text):
            raise InputError(f"Ngày lưu “{text}” sai dạng. Nhập lại ngày này.")
        return cls(*map(int, text.split("-")))

    @property
    def iso(self) -> str:
        """The stored form: "1998-09-05", "1998-09" or "1998"."""
        parts = [f"{self.year:04d}"]
        parts += [f"{part:02d}" for part in (self.month, self.day) if part]
        return "-".join(parts)

    @property
    def date(self) -> date | None:
        """The calendar day, when it is known."""
        if self.month and self.day:
            return date(self.year, self.month, self.day)
        return None

    @property
    def is_exact(self) -> bool:
        """Whether day and month are known."""
        return self.day is not None

    def may_be(self, other: "PartialDate") -> bool:
        """Whether the known parts of both agree: "1985" may be "02/07/1985"."""
        pairs = zip((self.month, self.day), (other.month, other.day), strict=True)
        return self.year == other.year and all(a == b or not (a and b) for a, b in pairs)

    @property
    def short(self) -> str:
        """For printed text and tables: "05/9/1998", "3/1998" or "1985"."""
        return "/".join(self._parts(printed=True))

    @property
    def grid(self) -> str:
        """For screens: "05/09/1998", "03/1998" or "1985"."""
        return "/".join(self._parts(printed=False))

    @property
    def spoken(self) -> str:
        """In full: "ngày 05 tháng 9 năm 1998", "tháng 3 năm 1985" or "năm 1985"."""
        words = ("ngày", "tháng", "năm")
        parts = self._parts(printed=True)
        pairs = zip(words[-len(parts) :], parts, strict=True)
        return " ".join(f"{word} {part}" for word, part in pairs)

    def _parts(self, *, printed: bool) -> list[str]:
        """Day, month and year as written, known parts only; on paper months 3–12 take no zero."""
        parts = [f"{self.day:02d}"] if self.day else []
        if self.month:
            parts.append(f"{self.month:02d}" if self.month < 3 or not printed else str(self.month))
        return [*parts, f"{self.year:04d}"]


def short(d: date) -> str:
    """For printed text and tables: "05/9/2024"; days below 10 and months 1, 2 take a zero."""
    return PartialDate.of(d).short


def grid(d: date) -> str:
    """For screens: "05/09/2024"."""
    return f"{d.day:02d}/{d.month:02d}/{d.year:04d}"


def long(d: date) -> str:
    """In full: "ngày 05 tháng 9 năm 2024"."""
    return PartialDate.of(d).spoken


def weekday(d: date) -> str:
    """From "thứ Hai" to "Chủ nhật"."""
    return _WEEKDAYS[d.weekday()]


def weekday_short(d: date) -> str:
    """From "T2" to "T7", then "CN"."""
    return "CN" if d.weekday() == 6 else f"T{d.weekday() + 2}"


def span(first: date, last: date) -> str:
    """For screens: "07/10 – 19/10/2026", with both years when they differ."""
    if first == last:
        return grid(first)
    start = grid(first) if first.year != last.year else grid(first)[:5]
    return f"{start} – {grid(last)}"


def parse(text: str, latest_year: int = LATEST_SHORT_YEAR) -> PartialDate:
    """A date as typed: day before month, never swapped; unknown parts may be blank or zero.

    Takes d/m/yyyy, d.m.yyyy, d-m-yy, 02071985, yyyy-mm-dd, m/yyyy, yyyy, "/ /1985", "00/00/1985"
    and the spoken form. A year of two digits is the latest such year up to `latest_year`.
    """
    plain = _MIDNIGHT.sub("", clean(_WORDS.sub(" ", clean(text))))
    numbers = re.findall(r"[0-9]+", plain)
    if not _SHAPE.fullmatch(re.sub(r"[0-9]", "", plain)) or not 1 <= len(numbers) <= 3:
        raise _unreadable(text)
    if len(numbers) == 1:
        numbers = _cut(numbers[0])
    if len(numbers[0]) == 4:
        numbers = numbers[::-1]
    if len(numbers) == 2 and len(_SEPARATOR.findall(_between(plain))) > 1:
        raise InputError(f"Ngày “{clean(text)}” thiếu tháng. Ghi thêm tháng hoặc chỉ ghi năm.")
    *rest, year = numbers
    if len(year) == 2 and len(rest) == 2:
        year = str(_full_year(int(year), latest_year))
    if len(year) != 4 or int(year) < 1000 or any(len(part) > 2 for part in rest):
        raise _unreadable(text)
    return PartialDate(int(year), *(int(part) or None for part in reversed(rest)))


def parse_exact(text: str, latest_year: int = LATEST_SHORT_YEAR) -> date:
    """A whole date as typed; a part of a date is refused."""
    found = parse(text, latest_year).date
    if found is None:
        raise InputError(f"“{clean(text)}” chưa đủ ngày, tháng, năm. Ghi đủ, ví dụ 05/09/2026.")
    return found


def _cut(digits: str) -> list[str]:
    """Digits without separators: ddmmyyyy, ddmmyy; anything else stays whole."""
    if len(digits) in (6, 8):
        return [digits[:2], digits[2:4], digits[4:]]
    return [digits]


def _between(plain: str) -> str:
    """What stands between the first and the last number."""
    return re.sub(r"^[^0-9]*[0-9]+|[0-9]+[^0-9]*$", "", plain)


def _full_year(short_year: int, latest_year: int) -> int:
    """The latest year up to `latest_year` that ends in these two digits."""
    return latest_year - (latest_year - short_year) % 100


def _check(year: int, month: int | None, day: int | None) -> None:
    """Refuse a date that no calendar has, with a way out."""
    way_out = f"Sửa lại hoặc chỉ ghi năm {year}."
    if not 1 <= year <= 9999:
        raise InputError(f"Năm {year} không có. Ghi năm bằng bốn chữ số.")
    if month is None:
        if day is not None:
            raise InputError(f"Có ngày {day} nhưng thiếu tháng. {way_out}")
        return
    if not 1 <= month <= 12:
        raise InputError(f"Tháng {month} không có (ngày ghi trước, tháng ghi sau). {way_out}")
    if day is None or 1 <= day <= calendar.monthrange(year, month)[1]:
        return
    where = f" trong năm {year}" if (day, month) == (29, 2) else ""
    raise InputError(f"Ngày {day:02d}/{month:02d} không có{where}. {way_out}")


def _unreadable(text: str) -> InputError:
    """The sentence for a text that is no date."""
    shown = clean(text)
    if not shown:
        return InputError("Chưa ghi ngày. Ghi ngày/tháng/năm, ví dụ 05/09/1998.")
    return InputError(f"“{shown}” không phải là ngày. Ghi ngày/tháng/năm, ví dụ 05/09/1998.")
