"""Personal identification numbers: 12 digits (CCCD) or 9 (old CMND), never a guess."""

import re

from app.spreadsheets.findings import Finding, Reading, shown
from app.spreadsheets.sheets import Value, as_text

LENGTH = 12
OLD_LENGTH = 9
_SHORTEST_NUMBER = 7
_NOISE = re.compile(r"[\s.\-–'\"`’‘]+")
_DECIMAL_ZERO = re.compile(r"\.0+$")
_SCIENTIFIC = re.compile(r"\d(?:[.,]\d+)?[eE]\+?\d+")
_NUMBERS = re.compile(r"(?<![\dA-Za-z])(?:\d{12}|\d{9})(?![\dA-Za-z])", re.ASCII)
_BLANK = re.compile(r"[\s\-–—_.…/?]*|0+|không(?: có)?|chưa(?: có)?", re.IGNORECASE)
_ROUNDED = "00000"

Identity = Reading[str]


def read_identity(value: Value, number_format: str = "General") -> Identity:
    """The number as stored, or nothing and the reason; an unreadable number is never stored."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return _from_number(value, number_format)
    text = as_text(value)
    if _BLANK.fullmatch(text):
        return Reading("")
    return _from_text(text)


def _from_number(value: int, number_format: str) -> Identity:
    """Excel drops the zeros at the front of a number: 10 or 11 digits were 12."""
    digits = str(value)
    if value < 0 or digits.endswith(_ROUNDED):
        return _unreadable(digits)
    if len(digits) == LENGTH:
        return Reading(digits)
    if OLD_LENGTH < len(digits) < LENGTH or number_format == "0" * LENGTH:
        return _restored(digits.zfill(LENGTH), digits)
    if _SHORTEST_NUMBER <= len(digits) <= OLD_LENGTH:
        old = _old(digits.zfill(OLD_LENGTH))
        return old if len(digits) == OLD_LENGTH else _also(old, _restored(old.value, digits))
    return _invalid(digits)


def _from_text(text: str) -> Identity:
    """A typed number; only spaces, dots and quotes may be taken away."""
    if _SCIENTIFIC.fullmatch(text):
        return _unreadable(text)
    digits = _NOISE.sub("", _DECIMAL_ZERO.sub("", text))
    if digits.isdecimal() and digits.isascii() and len(digits) in (LENGTH, OLD_LENGTH):
        found = Reading(digits) if len(digits) == LENGTH else _old(digits)
        return found if digits == text else _also(found, _normalised(digits, text))
    found_numbers = _NUMBERS.findall(text)
    if len(set(found_numbers)) == 1:
        return _also(_from_text(found_numbers[0]), _normalised(found_numbers[0], text))
    if len(found_numbers) == 2:
        return _two(found_numbers, text)
    return _invalid(text)


def _two(numbers: list[str], text: str) -> Identity:
    """An old and a new number in one cell: the new one counts; two new ones are undecidable."""
    new = [number for number in numbers if len(number) == LENGTH]
    said = f"Ô ghi hai số {shown(text)}. "
    said += f"Lấy số {new[0]}; kiểm tra lại." if len(new) == 1 else "Chọn một số rồi ghi lại."
    return Reading(new[0] if len(new) == 1 else "", (Finding("two_ids", said),))


def _old(digits: str) -> Identity:
    text = f"Số {digits} là chứng minh nhân dân cũ (9 số). Bổ sung số định danh khi có."
    return Reading(digits, (Finding("cmnd_9_digits", text),))


def _restored(number: str, written: str) -> Identity:
    text = f"Excel làm mất số 0 ở đầu ({written}), đã thêm lại: {number}. Kiểm tra lại."
    return Reading(number, (Finding("id_leading_zero_restored", text),))


def _normalised(number: str, written: str) -> Identity:
    text = f"{shown(written)} được ghi gọn thành {number}."
    return Reading(number, (Finding("id_normalised", text),))


def _unreadable(written: str) -> Identity:
    text = (
        f"Excel đã làm tròn số định danh ({shown(written)}), không khôi phục được. Hỏi lại rồi ghi."
    )
    return Reading("", (Finding("id_unreadable", text),))


def _invalid(written: str) -> Identity:
    """The person stays, the number does not."""
    digits = _NOISE.sub("", written)
    if digits.isdecimal():
        text = f"Số định danh có {len(digits)} chữ số, cần 12 (hoặc CMND 9). Hỏi lại rồi ghi."
    else:
        text = f"Số định danh {shown(written)} có ký tự không phải chữ số. Hỏi lại rồi ghi."
    return Reading("", (Finding("invalid_id", text),))


def _also(first: Identity, second: Identity) -> Identity:
    """The value of the first with what both say."""
    return Reading(first.value, (*first.findings, *second.findings))
