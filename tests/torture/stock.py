"""A centre file for hard work: a class to mark, one to fill, and classes that wait for numbers."""

import datetime
import shutil
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.orm import Session

from app import database as database_room
from app.dates import PartialDate
from app.models import AssessmentResult, Decision, Enrolment, Student, TrainingClass
from app.services import classes, enrolment, learning_rules, matching, programmes, timetable
from app.services.classes import ClassForm
from app.services.timetable import Pattern
from app.spreadsheets.rows import RosterRow
from app.terms import ClassStatus, DecisionKind, Verdict
from tests.conftest import raw_writing

START = datetime.date(2026, 3, 9)
DECIDED = datetime.date(2026, 3, 14)
ISSUED = datetime.date(2026, 3, 16)
IN_ONE_CLASS = 100


@dataclass(frozen=True)
class Stock:
    """The file and what is in it."""

    path: Path
    marked: int
    filled: int
    waiting: tuple[int, ...]  # classes whose certificates have no numbers yet

    def copy(self, folder: Path) -> "Stock":
        """The same in a file of its own."""
        path = folder / self.path.name
        shutil.copy(self.path, path)
        return Stock(path, self.marked, self.filled, self.waiting)


def build(empty: Path, path: Path, waiting: int) -> Stock:
    """Fill a copy of a centre without classes; `waiting` learners may get certificates."""
    shutil.copy(empty, path)
    opened = database_room.open_existing(path)
    with opened.writing("Mở lớp") as db:
        marked, filled = _running(db, "khóa I"), _running(db, "khóa II")
        fill(db, marked, "Học viên", 40)
    with raw_writing(opened) as db:
        numbers = range(waiting // IN_ONE_CLASS)
        classes_waiting = tuple(_finalised(db, filled, number) for number in numbers)
    opened.close()
    return Stock(path, marked, filled, classes_waiting)


def fill(db: Session, class_id: int, name: str, count: int) -> None:
    """Import invented people who are not known yet."""
    rows = [
        RosterRow(
            row=number,
            full_name=f"{name} {number}",
            born=PartialDate(1980 + number % 20, 1 + number % 12, 1 + number % 28),
            unit=f"Chi bộ thôn {number % 7}",
        )
        for number in range(1, count + 1)
    ]
    found = matching.match_roster(db, class_id, rows)
    decided = [
        matching.as_new(match) if match.match is matching.Match.CONFLICT else match
        for match in found
    ]
    enrolment.enrol_roster(db, class_id, decided)


def _running(db: Session, intake: str) -> int:
    programme = programmes.programme_list(db)[0]
    form = ClassForm(programme.current.id, programme.name, intake, START, START)
    class_id = classes.open_class(db, form)
    timetable.generate(db, class_id, Pattern(START))
    return class_id


def _finalised(db: Session, like: int, number: int) -> int:
    """A class with final results and a decision, written directly: services would take minutes."""
    model = db.get_one(TrainingClass, like)
    row = TrainingClass(
        code=f"CHO-{number}",
        version=model.version,
        name=model.name,
        intake=f"đợt {number}",
        year=START.year,
        starts_on=START,
        ends_on=DECIDED,
        status=ClassStatus.FINALISED,
        frozen_rules=learning_rules.freeze(learning_rules.of_class(model)),
    )
    row.decisions.append(
        Decision(kind=DecisionKind.RECOGNITION, number="12-QĐ/TTCT", signed_on=DECIDED)
    )
    db.add(row)
    for place in range(IN_ONE_CLASS):
        student = Student(full_name=f"Người {number} Chờ {place}", born=PartialDate(1990))
        result = AssessmentResult(verdict=Verdict.QUALIFIED, classification="Khá")
        db.add(Enrolment(student=student, training_class=row, result=result))
    db.flush()
    return row.id
