"""Numbers of certificates, of the register and of documents (RULES R16, §4.5; FORMATS §1).

No rule for the numbers of a centre's certificates was found; the default patterns are common
practice and therefore settings.
"""

import re
from collections.abc import Iterable

from app.errors import InputError
from app.terms import DocumentFamily

REGISTER_PATTERN = "{seq:03d}/{yyyy}"
CERTIFICATE_PATTERN = "{seq:03d}-GCN/{code}"

_TOKEN = re.compile(r"\{([^{}]*)\}")
_SEQUENCE = re.compile(r"seq(:0[1-9]d)?")
_EXAMPLE = "Dùng {seq:03d} cho số, {yyyy} cho năm, {code} cho ký hiệu Trung tâm."


def next_sequence(used: Iterable[int], used_before: int = 0) -> int:
    """One more than the highest number ever used: gaps stay, nothing is used again (R16).

    `used_before` is the last number of the paper register, before the program came.
    """
    return max((used_before, *used)) + 1


def register_number(sequence: int, year: int, pattern: str = REGISTER_PATTERN) -> str:
    """The number in the register: "027/2026"."""
    return _fill(pattern, sequence, year, "")


def certificate_number(
    sequence: int, year: int, code: str, pattern: str = CERTIFICATE_PATTERN
) -> str:
    """The number on the certificate: "027-GCN/TTCT"."""
    return _fill(pattern, sequence, year, code)


def check_pattern(pattern: str, field: str = "", *, needs_year: bool = False) -> None:
    """Refuse a pattern without a running number, with unknown tokens or with stray braces.

    A register that starts again each year needs the year in its numbers to keep them unique.
    """
    tokens = _TOKEN.findall(pattern)
    unknown = [token for token in tokens if not _is_token(token)]
    if unknown:
        raise InputError(f"Mẫu số có phần không hiểu: {{{unknown[0]}}}. {_EXAMPLE}", field)
    if "{" in _TOKEN.sub("", pattern) or "}" in _TOKEN.sub("", pattern):
        raise InputError(f"Mẫu số “{pattern}” thừa hoặc thiếu dấu ngoặc {{ }}. {_EXAMPLE}", field)
    if sum(1 for token in tokens if _SEQUENCE.fullmatch(token)) != 1:
        raise InputError(f"Mẫu số “{pattern}” phải có một số thứ tự. {_EXAMPLE}", field)
    if needs_year and not {"yyyy", "yy"} & set(tokens):
        raise InputError(f"Mẫu số “{pattern}” phải có năm để không trùng. {_EXAMPLE}", field)


def document_reference(number: int, kind: str, short_code: str, family: DocumentFamily) -> str:
    """The number as other papers cite it: "15-BC/TTCT" (Party), "15/BC-TTCT" (State)."""
    if family is DocumentFamily.PARTY:
        return f"{number:02d}-{kind}/{short_code}"
    return f"{number:02d}/{kind}-{short_code}"


def document_number(number: int, kind: str, short_code: str, family: DocumentFamily) -> str:
    """The number line: "Số 15-BC/TTCT" by HD 05-HD/VPTW, "Số: 15/BC-TTCT" by NĐ 30/2020."""
    word = "Số" if family is DocumentFamily.PARTY else "Số:"
    return f"{word} {document_reference(number, kind, short_code, family)}"


def _is_token(token: str) -> bool:
    """Whether a pattern may contain this token."""
    return token in {"yyyy", "yy", "code"} or _SEQUENCE.fullmatch(token) is not None


def _fill(pattern: str, sequence: int, year: int, code: str) -> str:
    """Put the values into a checked pattern."""
    check_pattern(pattern)
    return pattern.format(seq=sequence, yyyy=f"{year:04d}", yy=f"{year % 100:02d}", code=code)
