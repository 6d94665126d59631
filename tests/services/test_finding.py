"""Finding people: without accents, by initials, units of any name, whole numbers, filters."""

import pytest

from app import text
from app.database import Database
from app.dates import PartialDate
from app.services import finding, students
from app.services.finding import Wanted
from app.services.people_order import Order
from app.services.students import StudentForm
from app.terms import PartyStatus

PEOPLE = (
    StudentForm(
        "Nguyễn Văn Đạt", PartialDate(1985, 7, 2), identity_number="019085001412",
        phone="0912 345 678", unit="Chi bộ thôn 12", party_status=PartyStatus.FULL,
    ),
    StudentForm("Nông Văn Dũng", PartialDate(1990), phone="0987654321", unit="Trạm Y tế"),
    StudentForm("Ngô Thị Vân", PartialDate(2001, 1, 9), unit="Chi bộ thôn 2"),
    StudentForm("Vi Thị Hoà", unit="Trạm Y tế"),
)  # fmt: skip


@pytest.fixture
def people(database: Database) -> Database:
    with database.writing("Thêm") as db:
        for person in PEOPLE:
            students.save_student(db, person)
    return database


def names(opened: Database, wanted: Wanted | str) -> list[str]:
    with opened.reading() as db:
        ids = finding.found(db, Wanted(wanted) if isinstance(wanted, str) else wanted)
        return [row.full_name for row in finding.rows(db, ids)]


@pytest.mark.parametrize("query", ["dat", "ĐẠT", "nguyen dat", "đ ng"])
def test_a_name_is_found_by_the_beginnings_of_its_words(people: Database, query: str) -> None:
    assert names(people, query)[0] == "Nguyễn Văn Đạt"


@pytest.mark.parametrize("query", ["nvđ", "NVD", "nvd"])
def test_initials_find_a_name(people: Database, query: str) -> None:
    assert names(people, query) == ["Nông Văn Dũng", "Nguyễn Văn Đạt"]  # d before đ


def test_initials_are_those_of_the_whole_name(people: Database) -> None:
    assert names(people, "nd") == []


def test_both_ways_to_put_the_tone_find_the_name(people: Database) -> None:
    assert names(people, "hòa") == names(people, "hoà") == ["Vi Thị Hoà"]


def test_words_may_be_of_the_name_and_of_the_unit(people: Database) -> None:
    assert names(people, "van tram") == ["Nông Văn Dũng"]
    assert names(people, "chi bo 12") == ["Nguyễn Văn Đạt"]


def test_those_found_by_name_come_before_those_found_by_unit(people: Database) -> None:
    with people.writing("Thêm") as db:
        students.save_student(db, StudentForm("Vi Linh Chi"))
    assert names(people, "chi") == ["Vi Linh Chi", "Nguyễn Văn Đạt", "Ngô Thị Vân"]


@pytest.mark.parametrize("query", ["", "v", "van", "nguyen van d", "chi", "zz"])
def test_the_beginning_is_how_the_whole_list_begins(people: Database, query: str) -> None:
    with people.reading() as db:
        whole = finding.found(db, Wanted(query))
        first, all_by_name = (finding.begin(db, Wanted(query), limit) for limit in (2, 99))
        assert first is not None
        assert all_by_name is not None
        assert whole[: len(first)] == first == all_by_name[:2]
        assert finding.found(db, Wanted(query), all_by_name) == whole


def test_two_letters_find_names_but_no_units(people: Database) -> None:
    assert names(people, "tr") == []


@pytest.mark.parametrize(
    "query", ["019085001412", "019 085 001 412", "0912345678", "0912.345.678", "+84 912345678"]
)
def test_a_whole_number_finds_its_owner(people: Database, query: str) -> None:
    assert names(people, query) == ["Nguyễn Văn Đạt"]


@pytest.mark.parametrize("query", ["01908500141", "091234567", "1908500"])
def test_a_part_of_a_number_finds_nobody(people: Database, query: str) -> None:
    assert names(people, query) == []


def test_party_members_alone_are_found(people: Database) -> None:
    assert names(people, Wanted(party_status=PartyStatus.FULL)) == ["Nguyễn Văn Đạt"]


def test_programme_year_and_unit_narrow_the_list(demo: Database) -> None:
    with demo.reading() as db:
        offered = finding.choices(db)
        everybody = finding.everybody(db)
        by_year = {year: finding.found(db, Wanted(year=year)) for year in offered.years}
        by_programme = [
            finding.found(db, Wanted(programme_id=one)) for one, _ in offered.programmes
        ]
        by_unit = [len(finding.found(db, Wanted(workplace_id=one))) for one, _ in offered.units]
    assert all(0 < len(ids) <= everybody for ids in by_year.values())
    assert set().union(*by_year.values()) == set().union(*by_programme)
    assert sum(by_unit) == everybody
    assert [name for _, name in offered.units] == sorted(
        (name for _, name in offered.units), key=text.word_key
    )


@pytest.mark.parametrize(
    ("order", "first"),
    [
        (Order.NAME, "Nông Văn Dũng"),
        (Order.BORN, "Nguyễn Văn Đạt"),
        (Order.UNIT, "Nguyễn Văn Đạt"),
        (Order.CLASSES, "Nông Văn Dũng"),
    ],
)
def test_every_order_begins_where_it_should(people: Database, order: Order, first: str) -> None:
    assert names(people, Wanted(order=order))[0] == first


def test_who_has_no_birth_date_comes_last_both_ways(people: Database) -> None:
    both = (Wanted(order=Order.BORN, is_descending=on) for on in (False, True))
    upwards, downwards = (names(people, each) for each in both)
    assert upwards[-1] == downwards[-1] == "Vi Thị Hoà"
    assert upwards[:-1] == downwards[:-1][::-1]


def test_a_given_name_is_found_by_its_first_letters(people: Database) -> None:
    with people.reading() as db:
        found = finding.by_given_name(db, "vâ")
        assert [row.full_name for row in finding.rows(db, sorted(found))] == ["Ngô Thị Vân"]
