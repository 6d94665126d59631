"""The demo centre with people who have two records, in a real window."""

from dataclasses import replace

import pytest

from app.database import Database
from app.dates import PartialDate
from app.services import enrolment, students
from app.services.students import StudentForm
from app.ui.frame import MainWindow
from tests.ui.conftest import OpenWindow

PLANNED_CLASS = 4
OLDER = StudentForm(
    "Nguyễn Thị Hạnh", PartialDate(1986, 2, 22), identity_number="019086000412",
    phone="0912345418", unit="Quân sự xã Phú Lộc", position="Phó Bí thư chi bộ", note="Sổ 2024",
)  # fmt: skip
YOUNGER = StudentForm(
    "Nguyễn Hạnh", PartialDate(1986), identity_number="090012345", phone="0987654321",
    unit="Chi bộ thôn Nà Lừa", ethnicity="Tày", note="Sổ 2019",
)  # fmt: skip


@pytest.fixture
def doubles(demo: Database) -> list[int]:
    """Three records of one person, and two of another."""
    with demo.writing("Thêm") as db:
        older = students.save_student(db, OLDER)
        enrolment.enrol_student(db, PLANNED_CLASS, older)
        forms = (
            replace(YOUNGER, full_name="Nguyễn Thị Hạnh"),
            replace(YOUNGER, born=OLDER.born, identity_number="", unit=OLDER.unit),
            StudentForm("Lò Văn Pản", PartialDate(1990, 2, 7), unit="Trạm Y tế"),
            StudentForm("Lò Văn Pản", PartialDate(1990, 7, 2), unit="Công an xã"),
        )
        return [older, *(students.save_student(db, form) for form in forms)]


@pytest.fixture
def window(open_window: OpenWindow, demo: Database, doubles: list[int]) -> MainWindow:
    return open_window(demo, "students")
