"""One small class at every stage of its life, for the tabs that work on it."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from app import database as store
from app.database import Database
from app.dates import PartialDate
from app.rules.permissions import User, alone
from app.services import (
    attendance,
    certificates,
    classes,
    enrolment,
    programmes,
    results,
    setup,
    timetable,
)
from app.services.attendance import Mark
from app.services.centre import CentreForm, SignatoryForm
from app.services.classes import ClassForm, DecisionForm
from app.services.students import StudentForm
from app.services.timetable import Pattern
from app.terms import AttendanceStatus, ClassStatus, DecisionKind, DocumentFamily
from app.ui.tasks import Task

FAMILIES = ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Đặng", "Bùi", "Vũ", "Hồ", "Đỗ")
MIDDLES = ("Văn", "Thị", "Ngọc", "Quốc", "Minh", "Thu", "Mạnh")
GIVEN = ("Ẩn", "Bình", "Chi", "Diễm", "Dũng", "Đào", "Hải", "Lan", "Mai", "Phúc", "Yến")
FIRST_DAY = datetime.date(2026, 9, 21)
DECIDED_ON = datetime.date(2026, 9, 28)
TODAY = datetime.date(2026, 9, 30)
LEARNERS = 30
CLASS_ID = 1
CENTRE = CentreForm(
    name="Trung tâm Chính trị xã An Bình",
    parent_line="ĐẢNG ỦY XÃ AN BÌNH",
    centre_line="TRUNG TÂM CHÍNH TRỊ",
    place_name="An Bình",
    short_code="TTCT",
    document_family=DocumentFamily.PARTY,
    valid_from=datetime.date(2025, 7, 1),
    numbers_used=1159,
    numbers_used_year=2026,
)
DIRECTOR = SignatoryForm("Hoàng Văn Tuấn", "GIÁM ĐỐC", datetime.date(2025, 7, 1))
MARKS = ("7", "6", "8", "6.5", "9", "7.5", "7", "8.5", "7", "5")
STAGES = ("running", "marked", "graded", "final", "decided", "issued")


@dataclass
class Window:
    """Stands in for the window around a page and notes what it was asked."""

    opened: list[tuple[object, ...]] = field(default_factory=list)
    saves: int = 0

    def open(self, place: str, *args: object) -> bool:
        self.opened.append((place, *args))
        return True

    def back(self) -> None:
        self.opened.append(("back",))

    def reload(self) -> None:
        self.opened.append(("reload",))

    def saved(self) -> None:
        self.saves += 1

    def unsaved(self) -> None:
        self.saves -= 1

    def renew_centre(self) -> None:
        self.opened.append(("renew_centre",))

    def renew_copies(self) -> None:
        self.opened.append(("renew_copies",))

    def sign_in(self, user: User) -> None:
        self.opened.append(("sign_in", user))

    def replace_file(
        self,
        title: str,
        work: Callable[[Task], object],
        done: Callable[[Any], object],
        steps: object = None,
    ) -> None:
        self.opened.append(("replace_file", title))

    def toast(
        self, text: str, action_text: str = "", action: Callable[[], object] | None = None
    ) -> None:
        self.opened.append(("toast", text))


def person(number: int) -> StudentForm:
    """An invented person; no two are the same."""
    words = (FAMILIES[number * 7 % 10], MIDDLES[number * 5 % 7], GIVEN[number * 3 % 11])
    born = PartialDate(1980 + number % 20, 1 + number % 12, 1 + number % 28)
    return StudentForm(" ".join(words), born, unit=f"Chi bộ thôn {1 + number % 9}")


def build(path: Path, stage: str, learners: int = LEARNERS) -> Path:
    """Make a file whose only class has come to this stage."""
    made = store.create(path, user=alone("Giáo vụ"))
    with made.writing("Chuẩn bị lớp") as db:
        _running(db, learners)
        for step in STAGES[1 : STAGES.index(stage) + 1]:
            _STEPS[step](db)
    made.close()
    return path


def opened(path: Path) -> Database:
    """The file as the program opens it."""
    return store.open_existing(path, user=alone("Giáo vụ"))


def _running(db: Session, learners: int) -> None:
    setup.set_up(db, CENTRE, DIRECTOR)
    programme = next(row for row in programmes.programme_list(db) if row.code == "NTVD")
    form = ClassForm(
        programme.current.id,
        programme.name,
        "khóa V",
        FIRST_DAY,
        FIRST_DAY,
        opening_decision=DecisionForm("24-QĐ/TTCT", datetime.date(2026, 9, 14)),
    )
    assert classes.open_class(db, form) == CLASS_ID
    timetable.generate(db, CLASS_ID, Pattern(FIRST_DAY))
    for number in range(learners):
        enrolment.register(db, CLASS_ID, person(number))
    classes.set_status(db, CLASS_ID, ClassStatus.RECRUITING)
    classes.set_status(db, CLASS_ID, ClassStatus.RUNNING)


def _marked(db: Session) -> None:
    """Everybody is there, but the seventh of the list misses four sessions of ten."""
    shown = attendance.grid(db, CLASS_ID)
    away = shown.learners[6].enrolment_id
    attendance.mark(
        db,
        CLASS_ID,
        [
            Mark(
                learner.enrolment_id,
                session.id,
                AttendanceStatus.ABSENT
                if learner.enrolment_id == away and session.number <= 4
                else AttendanceStatus.PRESENT,
            )
            for learner in shown.learners
            for session in shown.sessions
        ],
    )


def _graded(db: Session) -> None:
    for at, row in enumerate(results.result_list(db, CLASS_ID)):
        mark = Decimal("4.5") if at == 9 else Decimal(MARKS[at % len(MARKS)])
        results.save_mark(db, CLASS_ID, row.enrolment_id, mark)


def _final(db: Session) -> None:
    results.finalise(db, CLASS_ID)


def _decided(db: Session) -> None:
    decision = DecisionForm("31-QĐ/TTCT", DECIDED_ON)
    classes.record_decision(db, CLASS_ID, DecisionKind.RECOGNITION, decision)


def _issued(db: Session) -> None:
    waiting = [row.enrolment_id for row in certificates.certificate_list(db, CLASS_ID) if row.waits]
    certificates.issue(db, CLASS_ID, waiting, TODAY)


_STEPS = {
    "marked": _marked,
    "graded": _graded,
    "final": _final,
    "decided": _decided,
    "issued": _issued,
}
