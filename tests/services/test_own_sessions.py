"""What a lecturer teaches, and which sessions can be marked."""

import pytest

from app.database import Database
from app.rules.permissions import User, alone
from app.services import attendance, lecturers, own_sessions, timetable
from app.services.lecturers import LecturerForm
from app.terms import Role

OWN = (2, 3)


@pytest.fixture
def lecturer(database: Database, class_id: int) -> User:
    """A lecturer of the second and third session; everybody came to the second."""
    with database.writing("Phân công") as db:
        teacher = lecturers.save_lecturer(db, LecturerForm("Vũ Thị Thu Hằng"))
        own = [row.id for row in timetable.session_list(db, class_id) if row.number in OWN]
        timetable.assign_lecturers(db, class_id, own, [teacher])
        attendance.mark_rest_present(db, class_id, own[0])
    return User("Vũ Thị Thu Hằng", frozenset({Role.LECTURER}), 1, teacher)


def test_own_sessions_come_in_order_with_what_is_marked(database: Database, lecturer: User) -> None:
    database.sign_in(lecturer)
    with database.reading() as db:
        rows = own_sessions.own_sessions(db)
    assert [row.number for row in rows] == list(OWN)
    assert [(row.marked, row.learners) for row in rows] == [(3, 3), (0, 3)]
    assert [row.is_marked for row in rows] == [True, False]


def test_each_role_marks_its_sessions(database: Database, class_id: int, lecturer: User) -> None:
    director = User("Hoàng Văn Tuấn", frozenset({Role.DIRECTOR}))
    for user, numbers in ((lecturer, OWN), (alone(), range(1, 11)), (director, ())):
        database.sign_in(user)
        with database.reading() as db:
            found = own_sessions.markable(db, class_id)
            rows = timetable.session_list(db, class_id)
        assert [row.number for row in rows if row.id in found] == list(numbers)
