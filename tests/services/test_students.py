"""People: found without accents, kept once, corrected without touching what was issued."""

import pytest

from app.database import Database
from app.dates import PartialDate
from app.errors import InputError
from app.services import personal, students, workplaces
from app.services.students import StudentForm


@pytest.mark.parametrize("query", ["dang huu", "Đặng", "duong cong an", "ĐƯỜNG"])
def test_people_are_found_without_accents_by_name_and_unit(
    database: Database, class_id: int, query: str
) -> None:
    with database.reading() as db:
        assert [row.full_name for row in students.student_list(db, query)] == ["Đặng Hữu Đường"]
        assert students.student_count(db, query) == 1


def test_old_and_new_tone_placement_find_the_same_unit(database: Database) -> None:
    with database.writing("Thêm") as db:
        (first,) = workplaces.listed(db, ["Ủy ban nhân dân xã Hòa Bình", ""]).values()
        assert list(workplaces.listed(db, ["Uỷ ban nhân dân xã Hoà Bình"]).values()) == [first]


def test_an_id_number_belongs_to_one_person(database: Database) -> None:
    form = StudentForm("Bàn Tòn Phin", PartialDate(1999), identity_number="020099123456")
    with database.writing("Thêm") as db:
        students.save_student(db, form)
    other = StudentForm("Bàn Tòn Phú", identity_number="020099123456")
    with pytest.raises(InputError, match="Bàn Tòn Phin") as refused, database.writing("T") as db:
        students.save_student(db, other)
    assert refused.value.field == "identity_number"


@pytest.mark.parametrize("number", ["1234", "02009912345O", "０20099123456"])
def test_an_odd_id_number_is_refused(database: Database, number: str) -> None:
    form = StudentForm("Bàn Tòn Phin", identity_number=number)
    with pytest.raises(InputError, match="Số định danh"), database.writing("Thêm") as db:
        students.save_student(db, form)


def test_an_impossible_year_of_birth_is_refused(database: Database) -> None:
    form = StudentForm("Bàn Tòn Phin", PartialDate(2038))
    with pytest.raises(InputError, match="2038"), database.writing("Thêm") as db:
        students.save_student(db, form)


def test_a_decomposed_name_is_stored_composed(database: Database) -> None:
    with database.writing("Thêm") as db:
        student_id = students.save_student(
            db, StudentForm("Đa\u0323\u0306ng  Thi\u0323 Hươ\u0300ng")
        )
        assert students.student_detail(db, student_id).form.full_name == "Đặng Thị Hường"


def test_the_history_names_class_result_and_certificate(demo: Database) -> None:
    with demo.reading() as db:
        row = students.student_list(db, "hoang hai an")[0]
        history = students.student_detail(db, row.id).history
    assert history[-1].certificate_number == "027-GCN/TTCT"
    assert history[-1].classification
    assert len(history) == row.classes


def test_numbers_are_masked() -> None:
    assert personal.mask("019186001412") == "0191•••••412"
    assert personal.mask("090012345") == "09••••345"
    assert personal.mask("") == ""
