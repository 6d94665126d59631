"""Numbers, shares and words as Vietnamese papers write them (FORMATS §8.2–8.5, RULES vectors)."""

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.errors import InputError
from app.numbers import (
    count_in_sentence,
    decimal,
    grouped,
    in_words,
    mark,
    money_in_words,
    parse_mark,
    percent,
    roman,
    shares,
)

SOME = settings(max_examples=100, deadline=None)


def test_thousands_take_dots_and_decimals_a_comma() -> None:
    assert grouped(1234567) == "1.234.567"
    assert decimal(Decimal("8.5")) == "8,5"
    assert decimal(1234.5, 2) == "1.234,50"
    assert decimal(8, 0) == "8"


def test_halves_are_rounded_up() -> None:
    assert decimal(Decimal("8.25")) == "8,3"
    assert decimal(0.35) == "0,4"
    assert decimal(Decimal("2.5"), 0) == "3"
    assert decimal(Decimal("-0.04")) == "0,0"
    assert decimal(Decimal("-1.25")) == "-1,3"
    assert decimal(Fraction(2, 3), 2) == "0,67"


def test_a_mark_is_shown_without_losing_anything() -> None:
    assert [mark(Decimal(m)) for m in ("8", "8.0", "8.5", "8.25", "10", "0")] == [
        *("8", "8", "8,5", "8,25", "10", "0")
    ]
    assert mark(Decimal(8), 1) == "8,0"
    assert mark(Decimal("8.95"), 1) == "8,95"


@pytest.mark.parametrize("text", ["8.5", "8,5", " 8,50 ", "08,5"])
def test_comma_and_dot_are_the_same_in_a_mark(text: str) -> None:
    assert parse_mark(text) == Decimal("8.5")


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("11", "Điểm 11 ngoài thang 10. Nhập số từ 0 đến 10, ví dụ 8,5."),
        ("85", "Điểm 85 ngoài thang 10. Nhập số từ 0 đến 10, ví dụ 8,5."),
        ("8,555", "Điểm 8,555 có quá hai chữ số lẻ. Ghi gọn, ví dụ 8,25."),
        ("-1", "“-1” không phải là điểm. Nhập số từ 0 đến 10, ví dụ 8,5."),
        ("tám", "“tám” không phải là điểm. Nhập số từ 0 đến 10, ví dụ 8,5."),
        ("", "“” không phải là điểm. Nhập số từ 0 đến 10, ví dụ 8,5."),
        ("8,", "“8,” không phải là điểm. Nhập số từ 0 đến 10, ví dụ 8,5."),
        ("NaN", "“NaN” không phải là điểm. Nhập số từ 0 đến 10, ví dụ 8,5."),
    ],
)
def test_a_mark_that_is_none_is_refused(text: str, sentence: str) -> None:
    with pytest.raises(InputError) as refusal:
        parse_mark(text)
    assert str(refusal.value) == sentence
    assert refusal.value.field == "mark"


@pytest.mark.parametrize(
    ("counts", "places", "expected"),
    [
        ([22, 58, 14], 1, ("23,4", "61,7", "14,9")),
        ([17, 14], 2, ("54,84", "45,16")),
        ([5, 40, 20], 0, ("8", "61", "31")),
        ([56, 48, 31], 2, ("41,48", "35,56", "22,96")),
        ([3, 42, 49], 2, ("3,19", "44,68", "52,13")),
        ([19, 61], 2, ("23,75", "76,25")),
        ([19, 61], 0, ("24", "76")),
        ([1, 1, 1], 2, ("33,33", "33,33", "33,34")),
        ([0, 5, 0], 1, ("0,0", "100,0", "0,0")),
        ([0, 0], 1, ("–", "–")),
        ([], 1, ()),
    ],
)
def test_shares_follow_the_published_vectors(
    counts: list[int], places: int, expected: tuple[str, ...]
) -> None:
    assert shares(counts, places) == expected


def test_a_single_share_is_plainly_rounded() -> None:
    assert percent(92, 94) == "97,9"
    assert percent(64, 64, 0) == "100"
    assert percent(1, 3, 2) == "33,33"
    assert percent(0, 0) == "–"


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        (0, "Không đồng"),
        (1_001, "Một nghìn không trăm linh một đồng"),
        (2_025, "Hai nghìn không trăm hai mươi lăm đồng"),
        (4_800_000, "Bốn triệu tám trăm nghìn đồng"),
        (2_005_000, "Hai triệu không trăm linh năm nghìn đồng"),
        (1_000_005, "Một triệu không trăm linh năm đồng"),
        (
            12_345_678,
            "Mười hai triệu ba trăm bốn mươi lăm nghìn sáu trăm bảy mươi tám đồng",
        ),
        (1_500_000_000_000, "Một nghìn năm trăm tỷ đồng"),
        (1_000_000_001, "Một tỷ không trăm linh một đồng"),
        (10**18, "Một tỷ tỷ đồng"),
    ],
)
def test_money_is_read_out(amount: int, words: str) -> None:
    assert money_in_words(amount) == words


@pytest.mark.parametrize(
    ("n", "words"),
    [
        *((4, "bốn"), (10, "mười"), (11, "mười một"), (14, "mười bốn"), (15, "mười lăm")),
        *((20, "hai mươi"), (21, "hai mươi mốt"), (24, "hai mươi tư"), (25, "hai mươi lăm")),
        *((101, "một trăm linh một"), (104, "một trăm linh bốn"), (110, "một trăm mười")),
        *((111, "một trăm mười một"), (121, "một trăm hai mươi mốt"), (-5, "âm năm")),
    ],
)
def test_numbers_are_read_out(n: int, words: str) -> None:
    assert in_words(n) == words


def test_the_words_can_be_set() -> None:
    assert in_words(24, four="bốn") == "hai mươi bốn"
    assert in_words(101, zero="lẻ") == "một trăm lẻ một"
    assert (
        money_in_words(1_001_024, four="bốn", zero="lẻ", thousand="ngàn", unit="đồng chẵn")
        == "Một triệu không trăm lẻ một ngàn không trăm hai mươi bốn đồng chẵn"
    )


def test_counts_below_ten_take_a_zero_in_a_sentence() -> None:
    assert [count_in_sentence(n) for n in (0, 7, 10, 1234)] == ["0", "07", "10", "1.234"]


def test_roman_numerals_name_intakes() -> None:
    assert [roman(n) for n in (1, 2, 4, 9, 14, 40, 2026)] == [
        *("I", "II", "IV", "IX", "XIV", "XL", "MMXXVI")
    ]


@SOME
@given(st.lists(st.integers(0, 5000), min_size=1, max_size=12), st.integers(0, 2))
def test_shares_always_add_up_and_stay_within_one_step(counts: list[int], places: int) -> None:
    texts = shares(counts, places)
    if not sum(counts):
        assert set(texts) == {"–"}
        return
    values = [Fraction(text.replace(",", ".")) for text in texts]
    assert sum(values) == 100
    for count, value in zip(counts, values, strict=True):
        assert abs(value - Fraction(100 * count, sum(counts))) < Fraction(1, 10**places)
        assert count or not value


@SOME
@given(st.decimals(0, 10, places=2))
def test_a_mark_survives_being_shown(value: Decimal) -> None:
    assert parse_mark(mark(value)) == value


@SOME
@given(st.integers(0, 10**13), st.sampled_from([in_words, money_in_words, grouped]))
def test_different_numbers_read_differently(n: int, write: Callable[[int], str]) -> None:
    assert write(n) != write(n + 1)
    assert "  " not in write(n)
