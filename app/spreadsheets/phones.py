"""Telephone numbers, stored as digits that begin with 0."""

import re

from app.spreadsheets.findings import Finding, Reading, shown
from app.spreadsheets.sheets import Value, as_text

_NOISE = re.compile(r"[\s.\-–()'\"`’]+")
_DECIMAL_ZERO = re.compile(r"\.0+$")
_COUNTRY = re.compile(r"(?:\+|00)?84(?=0?\d{9,10}$)")
_VALID = re.compile(r"0[1-9]\d{8,9}")
_BETWEEN = re.compile(r"[;,/|&\n]|\s+(?:hoặc|và|-|–)\s+")
_WITHIN = re.compile(r"(?<!\w)(?:\+?84|0)(?:[\s.\-]?\d){9,10}(?!\w)", re.ASCII)
_BLANK = re.compile(r"[\s\-–—_.…/?0]*|không(?: có)?", re.IGNORECASE)

Phone = Reading[str]


def read_phone(value: Value) -> Phone:
    """The number, with lost zeros restored; of two numbers the first."""
    text = _DECIMAL_ZERO.sub("", as_text(value))
    if _BLANK.fullmatch(text):
        return Reading("")
    whole = _one(text)
    if whole.value:
        return whole
    parts = [part for part in _BETWEEN.split(text) if part.strip()]
    if len(parts) > 1 and (first := _one(parts[0])).value:
        return _first_of_several(first, text)
    return _among_words(text) or whole


def _first_of_several(first: Phone, text: str) -> Phone:
    """The first number of a cell, and that there are more."""
    said = f"Ô ghi nhiều số điện thoại {shown(text)}. Lấy số đầu {first.value}; kiểm tra lại."
    return Reading(first.value, (*first.findings, Finding("two_phones", said)))


def _among_words(text: str) -> Phone | None:
    """The number beside which words stand: "ĐT: 0912 345 678 (Zalo)"."""
    numbers = [number for part in _WITHIN.findall(text) if (number := _one(part)).value]
    if len(numbers) > 1:
        return _first_of_several(numbers[0], text)
    if not numbers:
        return None
    said = f"{shown(text)} được ghi gọn thành {numbers[0].value}."
    return Reading(numbers[0].value, (Finding("phone_normalised", said),))


def _one(text: str) -> Phone:
    """A single number."""
    digits = _COUNTRY.sub("", _NOISE.sub("", text))
    if _VALID.fullmatch(digits):
        return Reading(digits)
    if _VALID.fullmatch(f"0{digits}"):
        if digits != _NOISE.sub("", text):
            return Reading(f"0{digits}")
        said = f"Thiếu số 0 ở đầu ({digits}), đã thêm lại: 0{digits}."
        return Reading(f"0{digits}", (Finding("phone_leading_zero_restored", said),))
    said = f"Số điện thoại {shown(text)} không đúng. Cần 10 chữ số, bắt đầu bằng 0."
    return Reading("", (Finding("invalid_phone", said),))
