"""Deleting a person entered by mistake; what was decided about the person goes too."""

import pytest

from app.database import Database
from app.dates import PartialDate
from app.errors import PermissionDenied, RuleError
from app.models import DifferentPeople, KnownAs, Student
from app.rules.permissions import User
from app.services import deleting, history, students
from app.services.students import StudentForm
from app.terms import Role
from tests.conftest import raw_writing


def test_who_is_in_a_class_stays_and_it_is_said_why(database: Database, class_id: int) -> None:
    with database.reading() as db:
        learner = students.student_list(db, "ly thi binh")[0].id
    with pytest.raises(RuleError, match="Lý Thị Bình: còn 1 ghi danh"), database.writing("X") as db:
        deleting.delete_student(db, learner)


def test_decisions_about_a_person_go_and_come_back_with_the_person(database: Database) -> None:
    with database.writing("Thêm") as db:
        one, other = (students.save_student(db, StudentForm("Lò Văn Pẩu")) for _ in range(2))
    with raw_writing(database) as db:
        db.add(KnownAs(student_id=other, full_name="Lò Pẩu", born=PartialDate(1985)))
        db.add(DifferentPeople(first_id=one, second_id=other))
    with database.writing("Xóa hồ sơ") as db:
        deleting.delete_student(db, other)
    with database.reading() as db:
        assert db.get(Student, other) is None
        assert db.query(KnownAs).count() == db.query(DifferentPeople).count() == 0
        act = history.act_list(db, history.ActFilter(query="xóa hồ sơ"))[0]
    with database.writing("Hoàn tác") as db:
        history.undo(db, act.id)
    with database.reading() as db:
        assert students.student_detail(db, other).form.full_name == "Lò Văn Pẩu"
        assert db.query(KnownAs).count() == db.query(DifferentPeople).count() == 1


def test_a_director_deletes_nobody(database: Database) -> None:
    with database.writing("Thêm") as db:
        person = students.save_student(db, StudentForm("Lò Văn Pẩu"))
    database.sign_in(User("Giám đốc", frozenset({Role.DIRECTOR})))
    with pytest.raises(PermissionDenied), database.writing("Xóa") as db:
        deleting.delete_student(db, person)
