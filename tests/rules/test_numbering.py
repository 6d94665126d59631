"""Numbers of the register, certificates and documents (RULES R16, §4.5; FORMATS §1)."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.errors import InputError
from app.rules.numbering import (
    certificate_number,
    check_pattern,
    document_number,
    document_reference,
    next_sequence,
    register_number,
)
from app.terms import DocumentFamily

SOME = settings(max_examples=100, deadline=None)


def test_a_number_is_one_more_than_the_highest_ever_used() -> None:
    assert next_sequence([]) == 1
    assert next_sequence([1, 2, 5]) == 6
    assert next_sequence([], used_before=26) == 27
    assert next_sequence([27, 28], used_before=26) == 29


def test_numbers_are_written_by_their_pattern() -> None:
    assert register_number(27, 2026) == "027/2026"
    assert certificate_number(27, 2026, "TTCT") == "027-GCN/TTCT"
    assert certificate_number(7, 2026, "TTCT", "{seq}/GCN-{code} {yy}") == "7/GCN-TTCT 26"
    assert register_number(1234, 2026) == "1234/2026"


@pytest.mark.parametrize(
    ("pattern", "sentence"),
    [
        ("{so}/{yyyy}", "không hiểu: {so}"),
        ("{seq:03d}/{0}", "không hiểu: {0}"),
        ("{seq:>9999999d}", "không hiểu"),
        ("{seq.real}", "không hiểu"),
        ("{}", "không hiểu"),
        ("GCN/{code}", "phải có một số thứ tự"),
        ("{seq}{seq}", "phải có một số thứ tự"),
        ("{seq}/{yyyy", "thừa hoặc thiếu dấu ngoặc"),
        ("{seq}}/{yyyy}", "thừa hoặc thiếu dấu ngoặc"),
        ("{{seq}}", "thừa hoặc thiếu dấu ngoặc"),
    ],
)
def test_a_pattern_that_cannot_be_filled_is_refused(pattern: str, sentence: str) -> None:
    with pytest.raises(InputError, match=sentence) as refusal:
        check_pattern(pattern, "register_pattern")
    assert refusal.value.field == "register_pattern"


def test_a_register_may_need_the_year_in_its_numbers() -> None:
    check_pattern("{seq}/{yy}", needs_year=True)
    with pytest.raises(InputError, match="phải có năm"):
        check_pattern("{seq}-GCN", needs_year=True)


def test_party_and_state_papers_are_numbered_differently() -> None:
    assert document_number(15, "BC", "TTCT", DocumentFamily.PARTY) == "Số 15-BC/TTCT"
    assert document_number(15, "BC", "TTCT", DocumentFamily.STATE) == "Số: 15/BC-TTCT"
    assert document_number(7, "QĐ", "TTCT", DocumentFamily.PARTY) == "Số 07-QĐ/TTCT"
    assert document_reference(120, "QĐ", "TTCT", DocumentFamily.STATE) == "120/QĐ-TTCT"


@SOME
@given(st.lists(st.integers(1, 5000)), st.integers(0, 5000))
def test_a_used_number_is_never_given_again(used: list[int], used_before: int) -> None:
    given_now = next_sequence(used, used_before)
    assert given_now not in used
    assert given_now > used_before


@SOME
@given(st.integers(1, 99999), st.integers(1, 99999), st.integers(2000, 2100))
def test_different_numbers_are_written_differently(first: int, second: int, year: int) -> None:
    assert (register_number(first, year) == register_number(second, year)) == (first == second)


@SOME
@given(st.text(max_size=20))
def test_any_pattern_is_filled_or_refused(pattern: str) -> None:
    try:
        check_pattern(pattern)
    except InputError:
        return
    assert "{" not in certificate_number(1, 2026, "TTCT", pattern)
