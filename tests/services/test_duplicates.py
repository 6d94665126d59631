"""The finder of people who may be one, and what it is told."""

import pytest

from app.database import Database
from app.dates import PartialDate
from app.errors import PermissionDenied
from app.rules.permissions import User
from app.services import duplicates, enrolment, students
from app.services.students import StudentForm
from app.terms import Role

HANH = StudentForm(
    "Nguyễn Thị Hạnh", PartialDate(1986, 2, 22), unit="Quân sự xã", phone="0912345678"
)
YEAR = StudentForm("Nguyễn Thị Hạnh", PartialDate(1986), unit="Chi bộ thôn Nà Lừa")
MIDDLE = StudentForm("Nguyễn Hạnh", PartialDate(1986, 2, 22))
STRANGER = StudentForm("Lò Văn Pản", PartialDate(1986, 2, 22))


@pytest.fixture
def people(database: Database) -> list[int]:
    with database.writing("Thêm") as db:
        return [students.save_student(db, one) for one in (HANH, YEAR, MIDDLE, STRANGER)]


def found(database: Database) -> list[tuple[str, int]]:
    with database.reading() as db:
        suspicions = duplicates.find(db)
    assert suspicions is not None
    assert suspicions.count == len(suspicions.shown)
    return [(one.key, one.likeness.percent) for one in suspicions.shown]


def test_pairs_come_the_most_alike_first(database: Database, people: list[int]) -> None:
    hanh, year, middle, _ = people
    keys, shares = zip(*found(database), strict=True)
    assert keys == (f"{hanh}/{middle}", f"{hanh}/{year}")
    assert shares[0] > shares[1]


def test_two_said_to_be_two_are_not_shown_again(database: Database, people: list[int]) -> None:
    hanh, year, middle, _ = people
    with database.writing("Không trùng") as db:
        duplicates.mark_different(db, middle, hanh)
        duplicates.mark_different(db, hanh, middle)
    assert [key for key, _ in found(database)] == [f"{hanh}/{year}"]
    with database.reading() as db:
        assert [one.key for one in duplicates.of_person(db, middle)] == []


def test_one_person_s_page_tells_the_same_as_the_whole_search(
    database: Database, people: list[int]
) -> None:
    everything = dict(found(database))
    with database.reading() as db:
        for one in people:
            told = {pair.key: pair.likeness.percent for pair in duplicates.of_person(db, one)}
            assert told == {
                key: share for key, share in everything.items() if str(one) in key.split("/")
            }


def test_the_one_in_more_classes_comes_first(database: Database, class_id: int) -> None:
    with database.writing("Thêm") as db:
        older = students.save_student(db, HANH)
        younger = students.save_student(db, MIDDLE)
        enrolment.enrol_student(db, class_id, younger)
        (pair,) = duplicates.of_person(db, older)
    assert [(side.id, side.classes) for side in (pair.first, pair.second)] == [
        (younger, 1),
        (older, 0),
    ]


def test_the_search_stops_when_asked(database: Database, people: list[int]) -> None:
    asked: list[int] = []

    def stop(done: int, total: int) -> bool:
        asked.append(done)
        return False

    with database.reading() as db:
        assert duplicates.find(db, stop) is None
    assert asked == [0]


def test_a_lecturer_may_neither_search_nor_decide(database: Database, people: list[int]) -> None:
    database.sign_in(User("Cô giáo", frozenset({Role.LECTURER}), 1, 1))
    with pytest.raises(PermissionDenied), database.reading() as db:
        duplicates.find(db)
    with pytest.raises(PermissionDenied), database.writing("Không trùng") as db:
        duplicates.mark_different(db, people[0], people[1])
