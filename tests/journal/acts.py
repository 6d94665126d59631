"""Acts of every kind through the real services, chosen by chance; some are refused, as in life."""

import datetime
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from random import Random

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.dates import PartialDate
from app.models import Enrolment, Student
from app.services import (
    attendance,
    centre,
    certificates,
    classes,
    enrolment,
    lecturers,
    matching,
    programmes,
    reports,
    results,
    settings,
    students,
    timetable,
)
from app.services.attendance import Mark
from app.services.classes import ClassForm, DecisionForm
from app.services.lecturers import LecturerForm
from app.services.report_form import ReportForm
from app.services.students import StudentForm
from app.services.timetable import Pattern, SessionForm, SessionRow
from app.spreadsheets.rows import RosterRow
from app.terms import (
    AttendanceStatus,
    ClassStatus,
    DecisionKind,
    Employment,
    HalfDay,
    PartyStatus,
    SessionKind,
    Sex,
)

START = datetime.date(2026, 3, 9)
GIVEN = ("Mai", "Đức", "Ẩn", "Bình", "Hoà", "Thuý")
UNITS = ("", "Chi bộ Nà Lừa", "chi bộ nà lừa", "Trạm Y tế", "Công an xã")

ActOfChance = Callable[[Session, int, Random], object]


def person(chance: Random) -> StudentForm:
    """Somebody of few names and units, so that people meet."""
    day = PartialDate(1990 + chance.randrange(4), 1 + chance.randrange(12), 3)
    return StudentForm(
        f"Lò Thị {chance.choice(GIVEN)}",
        chance.choice((None, PartialDate(1985), day)),
        sex=chance.choice((None, Sex.MALE, Sex.FEMALE)),
        identity_number=chance.choice(("", "", f"0191840034{chance.randrange(10, 14)}")),
        unit=chance.choice(UNITS),
        note=chance.choice(("", "nói “lẽ ra” \\ 'đã' \u2028 😀")),
        party_status=chance.choice((None, *PartyStatus)),
    )


def learner(db: Session, class_id: int, chance: Random) -> int:
    """An enrolment of the class."""
    query = select(Enrolment.id).where(Enrolment.training_class_id == class_id)
    return chance.choice(db.scalars(query.order_by(Enrolment.id)).all())


def somebody(db: Session, chance: Random) -> int:
    """A person in the register."""
    return chance.choice(db.scalars(select(Student.id).order_by(Student.id)).all())


def day(chance: Random) -> datetime.date:
    """A day around those of the class."""
    return START + datetime.timedelta(days=chance.randrange(-1, 8))


def register(db: Session, class_id: int, chance: Random) -> object:
    return enrolment.register(db, class_id, person(chance))


def save_person(db: Session, _class_id: int, chance: Random) -> object:
    return students.save_student(db, person(chance), chance.choice((None, somebody(db, chance))))


def enrol(db: Session, class_id: int, chance: Random) -> object:
    return enrolment.enrol_student(db, class_id, somebody(db, chance))


def correct(db: Session, class_id: int, chance: Random) -> None:
    enrolment.correct(db, learner(db, class_id, chance), person(chance))


def change_period(db: Session, class_id: int, chance: Random) -> None:
    days = (chance.choice((None, day(chance))), chance.choice((None, day(chance))))
    enrolment.change_period(db, learner(db, class_id, chance), *days, "vào muộn")


def withdraw(db: Session, class_id: int, chance: Random) -> None:
    enrolment.withdraw(db, class_id, [learner(db, class_id, chance)])


def import_roster(db: Session, class_id: int, chance: Random) -> object:
    forms = [person(chance) for _ in range(chance.randrange(1, 6))]
    rows = [
        RosterRow(number, form.full_name, form.born, form.sex, unit=form.unit)
        for number, form in enumerate(forms, 1)
    ]
    matches = matching.match_roster(db, class_id, rows)
    decided = [
        matching.as_new(one) if one.match is matching.Match.CONFLICT else one for one in matches
    ]
    return enrolment.enrol_roster(db, class_id, decided)


def mark_attendance(db: Session, class_id: int, chance: Random) -> object:
    grid = attendance.grid(db, class_id)
    cells = [(one.enrolment_id, held.id) for one in grid.learners for held in grid.sessions]
    some = chance.sample(cells, chance.randrange(1, len(cells)))
    statuses = (None, *AttendanceStatus)
    return attendance.mark(db, class_id, [Mark(*cell, chance.choice(statuses)) for cell in some])


def mark_rest(db: Session, class_id: int, chance: Random) -> object:
    held = chance.choice(attendance.grid(db, class_id).sessions)
    return attendance.mark_rest_present(db, class_id, held.id)


def save_mark(db: Session, class_id: int, chance: Random) -> None:
    mark = chance.choice((None, Decimal(chance.randrange(1001)) / 100))
    results.save_mark(db, class_id, learner(db, class_id, chance), mark)


def session(db: Session, class_id: int, chance: Random) -> SessionRow:
    """A session of the class."""
    return chance.choice(timetable.session_list(db, class_id))


def save_session(db: Session, class_id: int, chance: Random) -> object:
    form = SessionForm(
        day(chance),
        chance.choice((HalfDay.MORNING, HalfDay.AFTERNOON)),
        f"Bài {chance.randrange(9)}",
        SessionKind.LECTURE,
        chance.randrange(1, 6),
    )
    old = chance.choice((None, session(db, class_id, chance).id))
    return timetable.save_session(db, class_id, form, old)


def remove_session(db: Session, class_id: int, chance: Random) -> None:
    timetable.remove_session(db, class_id, session(db, class_id, chance).id)


def assign(db: Session, class_id: int, chance: Random) -> None:
    known = [row.id for row in lecturers.lecturer_list(db, 2026)]
    chosen = chance.sample(known, chance.randrange(len(known) + 1))
    timetable.assign_lecturers(db, class_id, [session(db, class_id, chance).id], chosen)


def save_lecturer(db: Session, _class_id: int, chance: Random) -> object:
    known = [None, *(row.id for row in lecturers.lecturer_list(db, 2026))]
    form = LecturerForm(f"Đặng Hữu {chance.choice(GIVEN)}", chance.choice(list(Employment)))
    return lecturers.save_lecturer(db, form, chance.choice(known))


def save_class(db: Session, class_id: int, chance: Random) -> None:
    detail = classes.class_detail(db, class_id)
    fields = {name: getattr(detail, name) for name in ClassForm.__dataclass_fields__}
    form = ClassForm(**fields)
    form = replace(form, venue=f"Hội trường {chance.randrange(5)}", convened=chance.randrange(99))
    classes.save_class(db, class_id, form)


def open_class(db: Session, _class_id: int, chance: Random) -> None:
    version = chance.choice(programmes.programme_list(db)).current
    opened = classes.open_class(
        db, ClassForm(version.id, "Lớp thử", f"đợt {chance.randrange(9)}", START, START)
    )
    timetable.generate(db, opened, Pattern(START))


def decide(db: Session, class_id: int, chance: Random) -> None:
    form = DecisionForm(f"{chance.randrange(99)}-QĐ/TTCT", day(chance))
    classes.record_decision(db, class_id, chance.choice(list(DecisionKind)), form)


def step(db: Session, class_id: int, chance: Random) -> None:
    steps = (ClassStatus.PLANNED, ClassStatus.RECRUITING, ClassStatus.RUNNING)
    classes.set_status(db, class_id, chance.choice(steps))


def finalise(db: Session, class_id: int, _chance: Random) -> None:
    """Mark whoever is not yet marked and make the results final."""
    for held in timetable.session_list(db, class_id):
        attendance.mark_rest_present(db, class_id, held.id)
    for row in results.result_list(db, class_id):
        if row.mark is None:
            results.save_mark(db, class_id, row.enrolment_id, Decimal("7.5"))
    results.finalise(db, class_id)


def unfreeze(db: Session, class_id: int, _chance: Random) -> None:
    results.unfreeze(db, class_id)


def report(db: Session, class_id: int, chance: Random) -> None:
    reports.save_report(db, class_id, ReportForm(number=str(chance.randrange(99)), lessons="Một."))


def change_rules(db: Session, _class_id: int, chance: Random) -> object:
    version = programmes.programme_list(db)[0].current
    rule = replace(version.rule, pass_mark=Decimal(chance.randrange(3, 7)))
    form = {name: getattr(version, name) for name in programmes.VersionForm.__dataclass_fields__}
    return programmes.save_version(db, version.id, programmes.VersionForm(**form | {"rule": rule}))


def name_centre(db: Session, _class_id: int, chance: Random) -> object:
    form = replace(centre.latest(db), phone=str(chance.randrange(999)))
    return centre.save(db, replace(form, numbers_used=chance.choice((20, 26, 26, 40))))


def set_minutes(db: Session, _class_id: int, chance: Random) -> None:
    settings.save(db, replace(settings.load(db), idle_minutes=chance.randrange(60)))


def recognise(db: Session, class_id: int, chance: Random) -> None:
    """Make the results final and record the decision certificates rest on."""
    if classes.class_detail(db, class_id).status is not ClassStatus.FINALISED:
        finalise(db, class_id, chance)
    form = DecisionForm("12-QĐ/TTCT", day(chance))
    classes.record_decision(db, class_id, DecisionKind.RECOGNITION, form)


def issue(db: Session, class_id: int, chance: Random) -> None:
    waiting = [row.enrolment_id for row in certificates.certificate_list(db, class_id) if row.waits]
    certificates.issue(db, class_id, waiting[: chance.randrange(1, 3)], day(chance))


def issue_to_first(db: Session, class_id: int, issued_on: datetime.date) -> None:
    """Give the first learner who waits a certificate of that day."""
    first = next(row for row in certificates.certificate_list(db, class_id) if row.waits)
    certificates.issue(db, class_id, [first.enrolment_id], issued_on)


def state_used(db: Session, numbers: int) -> None:
    """State how many numbers the paper register of the year has."""
    centre.save(db, replace(centre.latest(db), numbers_used=numbers, numbers_used_year=2026))


UNDOABLE: tuple[ActOfChance, ...] = (
    register,
    save_person,
    enrol,
    correct,
    change_period,
    withdraw,
    import_roster,
    mark_attendance,
    mark_rest,
    save_mark,
    save_session,
    remove_session,
    assign,
    save_lecturer,
    save_class,
    open_class,
    decide,
    step,
    finalise,
    unfreeze,
    report,
    change_rules,
    name_centre,
    set_minutes,
)
ALL: tuple[ActOfChance, ...] = (*UNDOABLE, *(recognise, issue) * 5)
