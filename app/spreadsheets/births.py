"""Dates of birth and of joining the Party in every form that is sent; day before month, always.

A date that no calendar has in d/m/y is refused, never swapped; a year alone stays a year alone.
"""

import contextlib
import re
from datetime import date, datetime, timedelta

from app.dates import PartialDate, parse
from app.errors import InputError
from app.spreadsheets.findings import Finding, Reading, shown
from app.spreadsheets.sheets import EXCEL_EPOCH, Value, as_text

EARLIEST_YEAR = 1900
LATEST_YEAR = 2014
"""Who was born later is too young to be a learner; such dates are typing slips."""

_YEARS = range(EARLIEST_YEAR, 2100)
_SERIALS = range(2_100, 60_000)
_QUOTES = re.compile(r"^[\s'\"`’‘“”]+|[\s'\"`’‘“”.;,]+$")
_AROUND = re.compile(r"\s*([/.,\-\\])\s*")
_TIME = re.compile(r"(?<=\d)[ T]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?: ?[AaPp][Mm])?$")
_YEAR_OF = re.compile(r"^(?:sn|ns|s/n|th?)[\s.:]*(?=\d)", re.IGNORECASE)
_UNSURE = re.compile(r"^(?:khoảng|chừng|~|≈)\s*|\s*\?+$", re.IGNORECASE)
_DAY_FIRST = re.compile(r"(\d{1,2})\D+(\d{1,2})\D+\d{2,4}")
_COMMON = re.compile(r"(0?[1-9]|[12]\d|3[01])/(0?[1-9]|1[0-2])/([12]\d{3})", re.ASCII)
_SHORT_YEAR = re.compile(r"\d{1,2}\D+\d{1,2}\D+\d{2}|\d{6}")
_NOTHING = re.compile(r"[\s\-–—_.…/?0]*|x+")
_LONGEST = 200
_HAS_DIGIT = re.compile(r"\d")

Birth = Reading[PartialDate | None]


def read_birth(value: Value, epoch: datetime = EXCEL_EPOCH) -> Birth:
    """A birth date with everything worth saying about it."""
    reading = read_date(value, epoch)
    born = reading.value
    if born is None or EARLIEST_YEAR <= born.year <= LATEST_YEAR:
        if reading.value is None and not reading.findings:
            return Reading(None, (_missing(),))
        return Reading(born, (*_incomplete(born), *reading.findings))
    text = f"Năm sinh {born.year} không hợp lý. Xem lại ngày sinh {shown(as_text(value))}."
    return Reading(None, (Finding("implausible_birth_date", text, is_error=True),))


def read_date(value: Value, epoch: datetime = EXCEL_EPOCH) -> Birth:
    """A date, part of a date, or nothing, from a cell of any kind."""
    if isinstance(value, datetime | date):
        return _from_calendar(value, epoch)
    if isinstance(value, float) and not value.is_integer():
        value = str(value)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _from_number(int(value), epoch)
    return _from_text(as_text(value), epoch)


def has_digit(value: Value) -> bool:
    """Whether something that might be a date stands in a cell."""
    return bool(_HAS_DIGIT.search(as_text(value)))


def join_parts(day: Value, month: Value, year: Value) -> str:
    """Day, month and year from three columns as one text."""
    if not as_text(year):
        return "/".join(part for part in (as_text(day), as_text(month)) if part)
    return f"{as_text(day) or '0'}/{as_text(month) or '0'}/{as_text(year)}"


def _from_calendar(value: date, epoch: datetime) -> Birth:
    """A real date; a year typed into a cell formatted as a date shows as a day in 1905."""
    day = value.date() if isinstance(value, datetime) else value
    serial = (day - epoch.date()).days
    if serial in _YEARS:
        return Reading(PartialDate(serial))
    return Reading(PartialDate.of(day))


def _from_number(number: int, epoch: datetime) -> Birth:
    """A year, a day number that lost its format, or a date typed without separators."""
    if number == 0:
        return Reading(None)
    if number < _SERIALS.start:
        return _from_text(str(number), epoch) if number > 999 else _refused(str(number))
    if number in _SERIALS:
        day = (epoch + timedelta(days=number)).date()
        text = f"Ô ghi số {number}, hiểu là ngày {PartialDate.of(day).grid}. Kiểm tra lại."
        return Reading(PartialDate.of(day), (Finding("date_from_serial", text),))
    digits = str(number)
    return _from_text(digits.zfill(8 if len(digits) > 6 else 6), epoch)


def _from_text(written: str, epoch: datetime) -> Birth:
    """A typed date; the commonest form by the shortest way."""
    if common := _COMMON.fullmatch(written):
        with contextlib.suppress(InputError):
            return Reading(PartialDate(int(common[3]), int(common[2]), int(common[1])))
    text = _TIME.sub("", _QUOTES.sub("", written))
    if _NOTHING.fullmatch(text):
        return Reading(None)
    sure = _UNSURE.sub("", text)
    plain = _AROUND.sub(r"\1", _YEAR_OF.sub("", sure)).replace("\\", "/").replace(",", "/")
    if plain.isdecimal() and len(plain) in (5, 7):
        return _from_number(int(plain), epoch)
    try:
        found = parse(plain, LATEST_YEAR)
    except InputError as error:
        return _refused(written, plain, str(error))
    return Reading(found, tuple(_doubts(found, plain, is_sure=sure == text)))


def _doubts(found: PartialDate, plain: str, *, is_sure: bool) -> list[Finding]:
    """What should be looked at although the date could be read."""
    doubts = []
    if _SHORT_YEAR.fullmatch(plain):
        text = f"Năm chỉ ghi hai chữ số, hiểu là {found.grid}. Kiểm tra lại."
        doubts.append(Finding("two_digit_year", text))
    if not is_sure:
        text = f"Ngày ghi chưa chắc chắn, tạm hiểu là {found.grid}. Hỏi lại đơn vị."
        doubts.append(Finding("birth_date_uncertain", text))
    return doubts


def _refused(written: str, plain: str = "", reason: str = "") -> Birth:
    """No date in day/month/year order; month and day swapped is said, not repaired."""
    parts = _DAY_FIRST.fullmatch(plain)
    if parts and int(parts[2]) > 12 >= int(parts[1]) >= 1 and int(parts[2]) <= 31:
        text = f"{shown(written)} không có theo thứ tự ngày/tháng/năm. Xem lại rồi ghi ngày trước."
        return Reading(None, (Finding("ambiguous_date", text, is_error=True),))
    text = reason if len(reason) < _LONGEST else ""
    text = text or f"{shown(written)} không phải là ngày. Ghi ngày/tháng/năm, ví dụ 05/09/1998."
    return Reading(None, (Finding("invalid_birth_date", text, is_error=True),))


def _incomplete(born: PartialDate | None) -> list[Finding]:
    """What is not known of a birth date."""
    if born is None or born.is_exact:
        return []
    text = f"Chỉ biết sinh {born.spoken}. Giữ nguyên, không tự điền ngày tháng."
    return [Finding("birth_year_only", text)]


def _missing() -> Finding:
    return Finding("missing_birth_date", "Thiếu ngày sinh. Hỏi đơn vị rồi bổ sung.")
