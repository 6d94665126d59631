"""Dates on paper and on screen, and dates of which a part is unknown (FORMATS §8.1)."""

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.dates import (
    PartialDate,
    grid,
    long,
    parse,
    parse_exact,
    short,
    span,
    weekday,
    weekday_short,
)
from app.errors import InputError

SOME = settings(max_examples=100, deadline=None)
days = st.dates(date(1900, 1, 1), date(2199, 12, 31))


@pytest.mark.parametrize(
    ("day", "written"),
    [
        (date(2024, 9, 5), "05/9/2024"),
        (date(2026, 2, 3), "03/02/2026"),
        (date(2025, 11, 24), "24/11/2025"),
        (date(2020, 10, 9), "09/10/2020"),
        (date(2026, 5, 27), "27/5/2026"),
    ],
)
def test_on_paper_days_below_ten_and_months_one_and_two_take_a_zero(
    day: date, written: str
) -> None:
    assert short(day) == written


@pytest.mark.parametrize(
    ("day", "written"),
    [
        (date(2024, 9, 5), "ngày 05 tháng 9 năm 2024"),
        (date(2026, 2, 15), "ngày 15 tháng 02 năm 2026"),
        (date(2026, 5, 27), "ngày 27 tháng 5 năm 2026"),
    ],
)
def test_the_long_form_follows_the_same_zeros(day: date, written: str) -> None:
    assert long(day) == written


def test_screens_show_two_digits_always() -> None:
    assert grid(date(2024, 9, 5)) == "05/09/2024"
    assert span(date(2026, 10, 7), date(2026, 10, 19)) == "07/10 – 19/10/2026"
    assert span(date(2025, 12, 30), date(2026, 1, 2)) == "30/12/2025 – 02/01/2026"
    assert span(date(2026, 1, 2), date(2026, 1, 2)) == "02/01/2026"


def test_weekdays_are_named_from_monday_to_sunday() -> None:
    week = [date(2026, 10, 12 + i) for i in range(7)]
    assert [weekday_short(day) for day in week] == ["T2", "T3", "T4", "T5", "T6", "T7", "CN"]
    assert weekday(week[0]) == "thứ Hai"
    assert weekday(week[3]) == "thứ Năm"
    assert weekday(week[6]) == "Chủ nhật"


@pytest.mark.parametrize(
    "text",
    [
        *("2/7/1985", "02/07/1985", "2.7.1985", "2-7-85", "2/7/85", " 02 / 07 / 1985 ", "02071985"),
        *(
            "020785",
            "1985-07-02",
            "1985-07-02 00:00:00",
            "ngày 02 tháng 7 năm 1985",
            "2 7 1985",
            "2,7,1985",
            r"02\07\1985",
            "'2/7/1985",
        ),
    ],
)
def test_a_whole_date_is_read_in_every_usual_form(text: str) -> None:
    assert parse_exact(text) == date(1985, 7, 2)


@pytest.mark.parametrize(
    "text", ["1985", "00/00/1985", "/ /1985", "0/0/1985", "…/…/1985", "__/__/1985", "năm 1985"]
)
def test_a_year_alone_stays_a_year(text: str) -> None:
    found = parse(text)
    assert found == PartialDate(1985)
    assert found.date is None
    assert not found.is_exact


@pytest.mark.parametrize("text", ["3/1985", "03.1985", "00/03/1985", "/3/1985", "1985-03"])
def test_a_month_and_year_stay_without_a_day(text: str) -> None:
    assert parse(text) == PartialDate(1985, 3)


@pytest.mark.parametrize(
    ("text", "year"), [("1/1/85", 1985), ("1/1/26", 2026), ("1/1/39", 2039), ("1/1/40", 1940)]
)
def test_a_year_of_two_digits_is_the_latest_up_to_the_pivot(text: str, year: int) -> None:
    assert parse(text).year == year


def test_the_pivot_can_be_the_year_of_today() -> None:
    assert parse("1/1/30", latest_year=2026).year == 1930


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("31/02/1997", "Ngày 31/02 không có. Sửa lại hoặc chỉ ghi năm 1997."),
        ("29/2/1997", "Ngày 29/02 không có trong năm 1997. Sửa lại hoặc chỉ ghi năm 1997."),
        (
            "12/25/1997",
            "Tháng 25 không có (ngày ghi trước, tháng ghi sau). Sửa lại hoặc chỉ ghi năm 1997.",
        ),
        ("5/ /1997", "Ngày “5/ /1997” thiếu tháng. Ghi thêm tháng hoặc chỉ ghi năm."),
        ("5/0/1997", "Có ngày 5 nhưng thiếu tháng. Sửa lại hoặc chỉ ghi năm 1997."),
        ("", "Chưa ghi ngày. Ghi ngày/tháng/năm, ví dụ 05/09/1998."),
        ("hôm qua", "“hôm qua” không phải là ngày. Ghi ngày/tháng/năm, ví dụ 05/09/1998."),
    ],
)
def test_a_date_that_is_none_is_refused_with_a_way_out(text: str, sentence: str) -> None:
    with pytest.raises(InputError) as refusal:
        parse(text)
    assert str(refusal.value) == sentence


@pytest.mark.parametrize(
    "text", ["85", "9/85", "5/9", "1/2/3/4", "7/1985/3", "36408", "00/00/0000", "1/1/198", "1985 a"]
)
def test_what_is_unclear_is_not_guessed(text: str) -> None:
    with pytest.raises(InputError):
        parse(text)


def test_a_part_of_a_date_is_not_exact() -> None:
    with pytest.raises(InputError, match="chưa đủ ngày, tháng, năm"):
        parse_exact("3/1985")


def test_partial_dates_are_written_with_what_is_known() -> None:
    whole, month, year = PartialDate(1998, 9, 5), PartialDate(1985, 3), PartialDate(1985)
    assert [p.iso for p in (whole, month, year)] == ["1998-09-05", "1985-03", "1985"]
    assert [p.short for p in (whole, month, year)] == ["05/9/1998", "3/1985", "1985"]
    assert [p.grid for p in (whole, month, year)] == ["05/09/1998", "03/1985", "1985"]
    assert [p.spoken for p in (whole, month, year)] == [
        "ngày 05 tháng 9 năm 1998",
        "tháng 3 năm 1985",
        "năm 1985",
    ]


def test_an_unknown_part_comes_first_in_order() -> None:
    year, month, day = PartialDate(1985), PartialDate(1985, 1), PartialDate(1985, 1, 1)
    assert sorted([PartialDate(1986), day, month, year]) == [year, month, day, PartialDate(1986)]


@pytest.mark.parametrize("text", ["05/09/1998", "1998-9-5", "1998-09-05-01", "98", ""])
def test_only_the_stored_form_is_read_back(text: str) -> None:
    with pytest.raises(InputError):
        PartialDate.from_iso(text)


@pytest.mark.parametrize(
    ("year", "month", "day"),
    [(1998, None, 5), (1998, 13, None), (0, None, None), (10000, None, None), (1998, 2, 30)],
)
def test_an_impossible_partial_date_cannot_be_made(
    year: int, month: int | None, day: int | None
) -> None:
    with pytest.raises(InputError):
        PartialDate(year, month, day)


@SOME
@given(days)
def test_every_written_form_is_read_back(day: date) -> None:
    for text in (short(day), grid(day), long(day), day.isoformat(), f"{day:%d%m%Y}"):
        assert parse_exact(text) == day


@SOME
@given(days, st.integers(1, 3))
def test_partial_dates_survive_being_stored_and_written(day: date, known: int) -> None:
    month = day.month if known > 1 else None
    partial = PartialDate(day.year, month, day.day if known > 2 else None)
    assert PartialDate.from_iso(partial.iso) == partial
    assert parse(partial.short) == parse(partial.grid) == parse(partial.spoken) == partial


@SOME
@given(st.integers(1, 12), st.integers(1, 12), st.integers(1900, 2100))
def test_the_first_number_is_always_the_day(day: int, month: int, year: int) -> None:
    assert parse_exact(f"{day}/{month}/{year}") == date(year, month, day)


@SOME
@given(st.text(max_size=20))
def test_any_text_is_a_date_or_a_refusal(text: str) -> None:
    with suppress(InputError):
        assert 1000 <= parse(text).year <= 9999
