"""Rounding of marks and the bands of the classification (RULES R10, §3.4).

No BTGTW text with cut-offs was found: scale A and rounding half up to one decimal are
assumptions, modelled on QĐ 25/2006/QĐ-BGDĐT Điều 13 and on published class results.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise

from app.errors import InputError
from app.numbers import mark as written
from app.text import clean, fold


@dataclass(frozen=True)
class Band:
    """A band from its lower bound on, inclusive; `counts_as_good` means "từ khá trở lên"."""

    name: str
    lower: Decimal
    passes: bool
    counts_as_good: bool


SCALE_A = (
    Band("Xuất sắc", Decimal(9), passes=True, counts_as_good=True),
    Band("Giỏi", Decimal(8), passes=True, counts_as_good=True),
    Band("Khá", Decimal(7), passes=True, counts_as_good=True),
    Band("Trung bình", Decimal(5), passes=True, counts_as_good=False),
    Band("Không đạt", Decimal(0), passes=False, counts_as_good=False),
)
"""Scale A of RULES §3.4, an assumption until the centre confirms it."""


def round_mark(mark: Decimal, places: int = 1) -> Decimal:
    """Half up to `places` decimals (R10): 8,95 becomes 9,0, so keep the raw mark as well."""
    return mark.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


def classify(rounded: Decimal, bands: Sequence[Band]) -> Band | None:
    """The highest band whose lower bound is reached (R10); None without such a band."""
    reached = [band for band in bands if band.lower <= rounded]
    return max(reached, key=lambda band: band.lower, default=None)


def check_bands(bands: Sequence[Band]) -> None:
    """Refuse bands that are unnamed, repeated, out of order or contradictory (R10)."""
    for band in bands:
        if not clean(band.name):
            raise _wrong("Có mức xếp loại chưa có tên. Ghi tên mức hoặc bỏ dòng đó.")
        if not 0 <= band.lower <= 10:
            raise _wrong(f"Mức “{band.name}” phải từ điểm 0 đến 10. Sửa lại điểm.")
        if band.counts_as_good and not band.passes:
            raise _wrong(f"Mức “{band.name}” không đạt mà tính là khá trở lên. Bỏ một dấu chọn.")
    if len({fold(band.name) for band in bands}) < len(bands):
        raise _wrong("Hai mức xếp loại trùng tên. Đổi tên một mức.")
    for higher, lower in pairwise(bands):
        _check_pair(higher, lower)


def describe(bands: Sequence[Band]) -> str:
    """The passing bands in one line: "Xuất sắc từ 9,0 · Giỏi từ 8,0 · …"."""
    return " · ".join(f"{band.name} từ {written(band.lower, 1)}" for band in bands if band.passes)


def _check_pair(higher: Band, lower: Band) -> None:
    """Two bands that follow each other: bounds fall, and so do pass and good."""
    if lower.lower >= higher.lower:
        raise _wrong(
            f"Mức “{lower.name}” từ {written(lower.lower, 1)} phải thấp hơn mức “{higher.name}”"
            f" từ {written(higher.lower, 1)}. Sửa điểm hoặc đổi thứ tự."
        )
    if lower.passes > higher.passes or lower.counts_as_good > higher.counts_as_good:
        raise _wrong(f"Mức “{higher.name}” cao hơn “{lower.name}” mà bị xét kém hơn. Sửa lại.")


def _wrong(sentence: str) -> InputError:
    """A refusal that points to the bands of the form."""
    return InputError(sentence, "bands")
