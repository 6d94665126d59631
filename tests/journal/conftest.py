"""Short ways to read the journal, and a small class to act on."""

import shutil
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import select

from app import database as database_room
from app.database import Database
from app.models import JournalAct, JournalChange
from app.services import classes, enrolment, lecturers, programmes, timetable
from app.services.classes import ClassForm, DecisionForm
from app.services.lecturers import LecturerForm
from app.services.timetable import Pattern
from app.terms import ClassStatus, Employment
from tests.journal import acts

LEARNERS = 4
Entry = tuple[JournalAct, list[JournalChange]]


@pytest.fixture
def last_entry(database: Database) -> Callable[[], Entry]:
    """Return the newest act with its changes."""

    def read() -> Entry:
        with database.reading() as db:
            act = db.scalars(select(JournalAct).order_by(JournalAct.id.desc()).limit(1)).one()
            query = select(JournalChange).where(JournalChange.act_id == act.id)
            changes = list(db.scalars(query.order_by(JournalChange.position)))
            db.expunge_all()
        return act, changes

    return read


@pytest.fixture(scope="session")
def small_class(centre_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A centre with a running class of a few learners; its class is number 1."""
    path = tmp_path_factory.mktemp("small") / "centre.sqlite"
    shutil.copy(centre_file, path)
    opened = database_room.open_existing(path)
    with opened.writing("Mở lớp") as db:
        programme = programmes.programme_list(db)[0]
        decided = DecisionForm("09-QĐ/TTCT", acts.START)
        form = ClassForm(
            programme.current.id, programme.name, "khóa I", acts.START, acts.START,
            opening_decision=decided,
        )  # fmt: skip
        assert classes.open_class(db, form) == 1
        timetable.generate(db, 1, Pattern(acts.START))
        for seed in range(LEARNERS):
            enrolment.register(db, 1, acts.person(Random(seed)))
        classes.set_status(db, 1, ClassStatus.RECRUITING)
        classes.set_status(db, 1, ClassStatus.RUNNING)
        lecturers.save_lecturer(db, LecturerForm("Hoàng Văn Tuấn", Employment.FULL_TIME))
    opened.close()
    return path
