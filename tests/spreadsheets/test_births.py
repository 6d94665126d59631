from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.dates import PartialDate
from app.spreadsheets.births import read_birth, read_date
from app.spreadsheets.findings import Reading
from app.spreadsheets.sheets import EXCEL_EPOCH, Value


def codes(value: Value) -> list[str]:
    return [finding.code for finding in read_birth(value).findings]


@pytest.mark.parametrize(
    "written",
    [
        "03/01/1979",
        "3/1/1979",
        "3.1.1979",
        "3-1-1979",
        " 03 / 01 / 1979 ",
        "3,1,1979",
        "03\\01\\1979",
        "'03/01/1979",
        "03011979",
        3011979,
        "1979-01-03",
        "1979-01-03 00:00:00",
        "ngày 03 tháng 01 năm 1979",
        datetime(1979, 1, 3, 7, 30),  # noqa: DTZ001
        date(1979, 1, 3),
    ],
)
def test_a_whole_date_is_read_in_every_usual_form(written: Value) -> None:
    assert read_birth(written).value == PartialDate(1979, 1, 3)
    assert codes(written) == []


@pytest.mark.parametrize(
    ("written", "born"),
    [
        (1985, PartialDate(1985)),
        ("1985", PartialDate(1985)),
        ("năm 1985", PartialDate(1985)),
        ("SN 1985", PartialDate(1985)),
        ("T9/1985", PartialDate(1985, 9)),
        ("/ /1985", PartialDate(1985)),
        ("…/…/1985", PartialDate(1985)),
        ("00/00/1985", PartialDate(1985)),
        ("5/1985", PartialDate(1985, 5)),
        ("00/05/1985", PartialDate(1985, 5)),
        (5.1985, PartialDate(1985, 5)),
        (datetime(1905, 6, 7), PartialDate(1985)),  # noqa: DTZ001 - 1985 formatted as a date
    ],
)
def test_what_is_not_known_stays_unknown(written: Value, born: PartialDate) -> None:
    assert read_birth(written).value == born
    assert codes(written) == ["birth_year_only"]


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("31/02/1997", "invalid_birth_date"),
        ("29/02/1990", "invalid_birth_date"),
        ("không rõ", "invalid_birth_date"),
        (12, "invalid_birth_date"),
        ("03/25/1990", "ambiguous_date"),
        ("32/25/1990", "invalid_birth_date"),
        ("02/09/1885", "implausible_birth_date"),
        (datetime(2019, 8, 11), "implausible_birth_date"),  # noqa: DTZ001
        (2021, "implausible_birth_date"),
    ],
)
def test_what_no_calendar_has_is_refused_and_never_swapped(written: Value, code: str) -> None:
    reading = read_birth(written)
    assert reading.value is None
    assert [(finding.code, finding.is_error) for finding in reading.findings] == [(code, True)]


def test_the_sentence_says_what_is_wrong_and_what_to_do() -> None:
    (finding,) = read_birth("31/02/1997").findings
    assert finding.text == "Ngày 31/02 không có. Sửa lại hoặc chỉ ghi năm 1997."


@pytest.mark.parametrize("written", [None, "", "-", "…", "/", " / / ", "00/00/0000", 0])
def test_no_birth_date_keeps_nobody_out(written: Value) -> None:
    assert read_birth(written).value is None
    assert codes(written) == ["missing_birth_date"]


@pytest.mark.parametrize(
    ("written", "born", "code"),
    [
        ("22/01/67", PartialDate(1967, 1, 22), "two_digit_year"),
        ("220167", PartialDate(1967, 1, 22), "two_digit_year"),
        ("1/2/05", PartialDate(2005, 2, 1), "two_digit_year"),
        (25715, PartialDate(1970, 5, 27), "date_from_serial"),
        ("23910", PartialDate(1965, 6, 17), "date_from_serial"),
        ("2/3/1965?", PartialDate(1965, 3, 2), "birth_date_uncertain"),
    ],
)
def test_a_doubt_is_told(written: Value, born: PartialDate, code: str) -> None:
    assert read_birth(written).value == born
    assert codes(written) == [code]


def test_a_workbook_of_the_1904_system_counts_from_1904() -> None:
    epoch = datetime(1904, 1, 1)  # noqa: DTZ001
    assert read_date(25715, epoch).value == PartialDate.of(date(1904, 1, 1) + timedelta(25715))
    assert read_date(epoch + timedelta(1990), epoch).value == PartialDate(1990)


@given(st.dates(date(1925, 1, 1), date(2014, 12, 31)), st.sampled_from(["/", ".", "-", " / "]))
def test_text_and_day_numbers_mean_the_same_day(day: date, separator: str) -> None:
    written = f"{day.day}{separator}{day.month}{separator}{day.year}"
    serial = (day - EXCEL_EPOCH.date()).days
    assert read_birth(written).value == read_birth(serial).value == PartialDate.of(day)


@given(st.one_of(st.text(), st.integers(), st.floats(), st.datetimes(), st.none(), st.booleans()))
def test_nothing_in_a_cell_stops_the_reading(value: Value) -> None:
    assert isinstance(read_birth(value), Reading)
