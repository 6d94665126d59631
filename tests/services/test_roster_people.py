"""Known people from JSON: linked, filled in or asked about, by the rules of the register."""

import pytest

from app.dates import PartialDate
from app.errors import InputError
from app.services import roster_people
from app.spreadsheets.rows import RosterRow

PEOPLE = [
    {"id": 7, "ho_ten": "Lành Thị Mỹ Anh", "ngay_sinh": "1986-03-19", "cccd": "020186726568"},
    {"id": 9, "ho_ten": "Hứa Xuân Hưng", "nam_sinh": 1973, "gioi_tinh": "Nam", "don_vi": "Xã A"},
]


def told(row: RosterRow) -> RosterRow:
    (found,) = roster_people.with_known([row], roster_people.people_of(PEOPLE))
    return found


def test_people_are_read_with_what_is_known_of_them() -> None:
    people = roster_people.people_of(PEOPLE)
    assert people[7].born == PartialDate(1986, 3, 19)
    assert (people[9].born, people[9].unit) == (PartialDate(1973), "Xã A")


def test_a_person_found_by_name_and_birth_gets_the_number_of_the_register() -> None:
    row = told(RosterRow(3, "LÀNH THỊ MỸ ANH", PartialDate(1986, 3, 19), warnings=("missing_id",)))
    assert row.identity_number == "020186726568"
    assert row.warnings == ("missing_id", "exists_in_db")


def test_the_same_number_with_another_name_or_birth_is_asked_about() -> None:
    number = "020186726568"
    other_name = RosterRow(3, "Vi Văn Bo", PartialDate(1986, 3, 19), identity_number=number)
    assert told(other_name).warnings == ("db_conflict_name",)
    other_birth = RosterRow(3, "Lành Thị Mỹ Anh", PartialDate(1990), identity_number=number)
    assert told(other_birth).warnings == ("db_conflict_birth",)


def test_somebody_new_stays_as_read() -> None:
    row = RosterRow(3, "Vi Văn Bo", PartialDate(1990, 1, 2), identity_number="020190000001")
    assert told(row) == row


@pytest.mark.parametrize("data", [{}, ["Vi Văn Bo"], None])
def test_another_kind_of_json_is_refused(data: object) -> None:
    with pytest.raises(InputError, match="danh sách JSON"):
        roster_people.people_of(data)
