"""A class of three learners, ready for marks."""

import contextlib
import datetime
import shutil
import sqlite3
from pathlib import Path

import pytest

from app import database as store
from app.database import Database
from app.dates import PartialDate
from app.rules.permissions import alone
from app.services import classes, enrolment, programmes, timetable
from app.services.classes import ClassForm, DecisionForm
from app.services.students import StudentForm
from app.services.timetable import Pattern
from app.terms import ClassStatus, Sex

CLASS_ID = 1
START = datetime.date(2026, 3, 9)
LEARNERS = (
    StudentForm("Nguyễn Văn Ẩn", PartialDate(1985), sex=Sex.MALE, unit="Chi bộ thôn Nà Lừa"),
    StudentForm("Lý Thị Bình", PartialDate(2002, 9, 5), sex=Sex.FEMALE, unit="Trạm Y tế"),
    StudentForm("Đặng Hữu Đường", PartialDate(2005, 3, 1), sex=Sex.MALE, unit="Công an xã"),
)


@pytest.fixture(scope="session")
def class_file(centre_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A centre whose only class runs, made once."""
    path = tmp_path_factory.mktemp("class") / "class.sqlite"
    shutil.copy(centre_file, path)
    opened = store.open_existing(path, user=alone("Người thử"))
    assert _open_class(opened) == CLASS_ID
    opened.close()
    return path


@pytest.fixture
def class_id(database: Database, class_file: Path) -> int:
    """A running class of the 61-HD programme with ten sessions and three learners."""
    with (
        contextlib.closing(sqlite3.connect(class_file)) as made,
        contextlib.closing(sqlite3.connect(database.path)) as target,
    ):
        made.backup(target)
    return CLASS_ID


def _open_class(database: Database) -> int:
    with database.writing("Mở lớp") as db:
        programme = programmes.programme_list(db)[0]
        opened = classes.open_class(
            db,
            ClassForm(
                version_id=programme.current.id,
                name=programme.name,
                intake="khóa I",
                starts_on=START,
                ends_on=START,
                opening_decision=DecisionForm("09-QĐ/TTCT", datetime.date(2026, 3, 2)),
            ),
        )
        timetable.generate(db, opened, Pattern(START))
        for learner in LEARNERS:
            enrolment.register(db, opened, learner)
        classes.set_status(db, opened, ClassStatus.RECRUITING)
        classes.set_status(db, opened, ClassStatus.RUNNING)
    return opened
