"""Who the learners are: education and ethnic group as clerks write them, ages by the year."""

import datetime

import pytest

from app.dates import PartialDate
from app.rules import profile
from app.rules.profile import Person


@pytest.mark.parametrize(
    ("written", "band"),
    [
        ("Sau đại học", "Sau đại học"),
        ("Trên đại học", "Sau đại học"),
        ("Thạc sỹ Luật", "Sau đại học"),
        ("ThS.", "Sau đại học"),
        ("Đại học; Thạc sĩ", "Sau đại học"),
        ("ĐH", "Đại học"),
        ("Cao đẳng/Đại học", "Đại học"),
        ("Bác sỹ", "Đại học"),
        ("CĐ", "Cao đẳng"),
        ("12/12", "Trung cấp trở xuống"),
        ("7/10", "Trung cấp trở xuống"),
        ("Chưa qua đào tạo", "Chưa rõ"),
        ("12/2020", "Chưa rõ"),
        ("", "Chưa rõ"),
    ],
)
def test_an_education_is_counted_in_its_band(written: str, band: str) -> None:
    assert profile.education_band(written) == band


@pytest.mark.parametrize(
    ("written", "is_minority"),
    [
        ("Kinh", False),
        ("Dân tộc Kinh", False),
        ("Kinh (Việt)", False),
        ("", False),
        ("-", False),
        ("Không rõ", False),
        ("Tày", True),
        ("Dân tộc Dao", True),
    ],
)
def test_only_a_known_other_group_is_a_minority(written: str, is_minority: bool) -> None:
    assert profile.minorities([Person(ethnicity=written)]) == is_minority


@pytest.mark.parametrize(
    ("born", "age"),
    [
        (PartialDate(1996, 3, 13), 30),
        (PartialDate(1996, 3, 14), 29),
        (PartialDate(1996), 30),
        (PartialDate(1996, 12), 30),
        (PartialDate(1996, 2, 29), 30),
    ],
)
def test_an_age_is_in_completed_years_or_by_the_year_alone(born: PartialDate, age: int) -> None:
    assert profile.age_on(born, datetime.date(2026, 3, 13)) == age
