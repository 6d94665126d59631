"""Rounding and bands (RULES R10, §3.4)."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.errors import InputError
from app.rules.classification import (
    SCALE_A,
    Band,
    check_bands,
    classify,
    describe,
    round_mark,
)

SOME = settings(max_examples=100, deadline=None)


@pytest.mark.parametrize(
    ("mark", "places", "rounded"),
    [
        ("8.95", 1, "9.0"),
        ("8.94", 1, "8.9"),
        ("8.25", 1, "8.3"),
        ("6.5", 0, "7"),
        ("7.25", 2, "7.25"),
    ],
)
def test_marks_are_rounded_half_up(mark: str, places: int, rounded: str) -> None:
    assert str(round_mark(Decimal(mark), places)) == rounded


@pytest.mark.parametrize(
    ("mark", "name"),
    [
        *(("10", "Xuất sắc"), ("9", "Xuất sắc"), ("8.9", "Giỏi"), ("8", "Giỏi"), ("7.9", "Khá")),
        *(("7", "Khá"), ("6.9", "Trung bình"), ("5", "Trung bình"), ("4.9", "Không đạt")),
        ("0", "Không đạt"),
    ],
)
def test_a_band_begins_at_its_lower_bound(mark: str, name: str) -> None:
    band = classify(Decimal(mark), SCALE_A)
    assert band is not None
    assert band.name == name


def test_below_every_band_there_is_none() -> None:
    assert classify(Decimal(4), SCALE_A[:4]) is None
    assert classify(Decimal(4), ()) is None


def test_scale_a_counts_as_good_from_kha_on() -> None:
    check_bands(SCALE_A)
    assert [band.name for band in SCALE_A if band.counts_as_good] == ["Xuất sắc", "Giỏi", "Khá"]
    assert [band.name for band in SCALE_A if not band.passes] == ["Không đạt"]
    assert describe(SCALE_A) == "Xuất sắc từ 9,0 · Giỏi từ 8,0 · Khá từ 7,0 · Trung bình từ 5,0"


def band(name: str, lower: str, *, passes: bool = True, good: bool = False) -> Band:
    """A band for the tests below."""
    return Band(name, Decimal(lower), passes, good)


@pytest.mark.parametrize(
    ("bands", "sentence"),
    [
        ((band("Đạt", "5"), band("Khá", "7")), "phải thấp hơn mức “Đạt” từ 5,0"),
        ((band("Giỏi", "8"), band("Khá", "8")), "“Khá” từ 8,0 phải thấp hơn"),
        ((band("Khá", "7"), band("khá", "5")), "trùng tên"),
        ((band(" ", "5"),), "chưa có tên"),
        ((band("Đạt", "10.5"),), "từ điểm 0 đến 10"),
        ((band("Đạt", "-1"),), "từ điểm 0 đến 10"),
        ((band("Kém", "8", passes=False), band("Đạt", "5")), "“Kém” cao hơn “Đạt” mà bị xét kém"),
        ((band("Giỏi", "8"), band("Khá", "7", good=True)), "“Giỏi” cao hơn “Khá” mà bị xét kém"),
        ((band("Yếu", "5", passes=False, good=True),), "không đạt mà tính là khá trở lên"),
    ],
)
def test_bands_that_contradict_each_other_are_refused(
    bands: tuple[Band, ...], sentence: str
) -> None:
    with pytest.raises(InputError, match=sentence) as refusal:
        check_bands(bands)
    assert refusal.value.field == "bands"


def test_a_programme_without_bands_is_allowed() -> None:
    check_bands(())
    assert classify(Decimal(9), ()) is None


@SOME
@given(st.decimals(0, 10, places=2), st.decimals(0, 10, places=2))
def test_a_better_mark_never_falls_into_a_lower_band(first: Decimal, second: Decimal) -> None:
    lower, higher = (classify(mark, SCALE_A) for mark in sorted((first, second)))
    assert lower is not None
    assert higher is not None
    assert lower.lower <= higher.lower


@SOME
@given(st.decimals(0, 10, places=2), st.integers(0, 2))
def test_rounding_moves_a_mark_by_at_most_half_a_step(mark: Decimal, places: int) -> None:
    step = Decimal(1).scaleb(-places)
    assert abs(round_mark(mark, places) - mark) * 2 <= step
