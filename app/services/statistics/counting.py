"""Counting by class, by year and in all: each figure once, in SQL."""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import (
    Select,
    distinct,
    func,
    or_,
    select,
    tuple_,
)
from sqlalchemy.orm import Session

from app.models import (
    Certificate,
    ClassSession,
    Enrolment,
    Lecturer,
    Programme,
    ProgrammeVersion,
    Student,
    TeachingAssignment,
    TrainingClass,
)
from app.services import guard
from app.services.statistics.by_class import ASKED, YEAR, by_class, counts, of_class
from app.services.statistics.figures import Clash, ClassFigures, Statistics, Totals, YearFigures
from app.terms import (
    CertificateStatus,
    Employment,
    HalfDay,
    Permission,
    StaffGroup,
)

COMMUNE = (StaffGroup.COMMUNE_CADRE, StaffGroup.COMMUNE_SERVANT)


def _taught(*columns: Any) -> Select[Any]:
    """Select from who teaches which class session of the classes asked for."""
    joined = select(*columns).select_from(TeachingAssignment)
    joined = joined.join(ClassSession, ClassSession.id == TeachingAssignment.class_session_id)
    joined = joined.join(TrainingClass, TrainingClass.id == ClassSession.training_class_id)
    return joined.where(ASKED)


# Made once: the making takes as long as the asking.
_IS_COMMUNE = Student.staff_group.in_(COMMUNE)
_ENROLLED = of_class(Enrolment.student_id)
_ONES = select(
    select(func.count()).select_from(Student).scalar_subquery(),
    select(func.count()).where(Lecturer.employment == Employment.PART_TIME).scalar_subquery(),
    select(func.count()).where(_IS_COMMUNE).scalar_subquery(),
    select(func.count()).where(_IS_COMMUNE, Student.id.in_(_ENROLLED)).scalar_subquery(),
    of_class(func.count(distinct(Enrolment.student_id))).scalar_subquery(),
)
_CERTIFICATES = (
    select(Certificate.register_year, func.count())
    .where(
        Certificate.status == CertificateStatus.ISSUED,
        or_(YEAR.is_(None), Certificate.register_year == YEAR),
    )
    .group_by(Certificate.register_year)
)
_PERSONS = of_class(TrainingClass.year, func.count(distinct(Enrolment.student_id))).group_by(
    TrainingClass.year
)
_PROGRAMMES = (
    select(TrainingClass.year, Programme.code, func.count())
    .join(ProgrammeVersion, ProgrammeVersion.id == TrainingClass.version_id)
    .join(Programme, Programme.id == ProgrammeVersion.programme_id)
    .where(ASKED)
    .group_by(TrainingClass.year, Programme.code)
)
_PERIODS = _taught(
    TrainingClass.year, TeachingAssignment.lecturer_id, func.sum(ClassSession.periods)
).group_by(TrainingClass.year, TeachingAssignment.lecturer_id)
_LECTURERS = select(Lecturer.id, Lecturer.code, Lecturer.full_name)
_MOMENT = (TeachingAssignment.lecturer_id, ClassSession.held_on, ClassSession.half_day)
_TWICE = _taught(*_MOMENT).group_by(*_MOMENT).having(func.count() > 1)
_CLASHES = (
    _taught(*_MOMENT, Lecturer.full_name, TrainingClass.id, ClassSession.number)
    .join(Lecturer, Lecturer.id == TeachingAssignment.lecturer_id)
    .where(tuple_(*_MOMENT).in_(_TWICE))
    .order_by(TrainingClass.id, ClassSession.number)
)


def statistics(db: Session, year: int | None = None) -> Statistics:
    """Count everything, or only what belongs to one year."""
    guard.read(db, Permission.READ)
    classes = by_class(db, year)
    certificates = dict(db.execute(_CERTIFICATES, {"year": year}).all())
    return Statistics(
        _totals(db, year, classes, certificates),
        tuple(classes),
        tuple(_years(db, year, classes, certificates)),
        tuple(_clashes(db, year)),
    )


def _years(
    db: Session,
    year: int | None,
    classes: Iterable[ClassFigures],
    certificates: Mapping[int, int],
) -> list[YearFigures]:
    by_year: dict[int, list[ClassFigures]] = defaultdict(list)
    for one in classes:
        by_year[one.year].append(one)
    persons: dict[int, int] = dict(db.execute(_PERSONS, {"year": year}).all())
    programmes, periods = counts(db, _PROGRAMMES, year), _periods(db, year)
    return [
        YearFigures(
            year=intake,
            classes=len(held),
            learners=sum(one.learners for one in held),
            people=persons.get(intake, 0),
            completed=sum(one.completed for one in held),
            certificates=certificates.get(intake, 0),
            women=sum(one.women for one in held),
            programmes=programmes[intake],
            periods=periods[intake],
        )
        for intake, held in sorted(by_year.items())
    ]


def _periods(db: Session, year: int | None) -> dict[int, dict[str, int]]:
    """Return by year what every lecturer taught, also nothing."""
    codes = {one: code or f"{name} ({one})" for one, code, name in db.execute(_LECTURERS)}
    by_code: dict[int, dict[str, int]] = defaultdict(lambda: dict.fromkeys(codes.values(), 0))
    for intake, taught in counts(db, _PERIODS, year).items():
        by_code[intake].update({codes[one]: periods for one, periods in taught.items()})
    return by_code


def _totals(
    db: Session,
    year: int | None,
    classes: Sequence[ClassFigures],
    certificates: Mapping[int, int],
) -> Totals:
    registered, part_time, staff, staff_taught, people = db.execute(_ONES, {"year": year}).one()
    return Totals(
        classes=len(classes),
        learners=sum(one.learners for one in classes),
        people=people,
        registered=registered,
        part_time_lecturers=part_time,
        commune_staff=staff,
        commune_staff_taught=staff_taught,
        certificates=sum(certificates.values()),
        sessions=sum(one.sessions for one in classes),
        absence_records=sum(one.excused + one.absent + one.late for one in classes),
        turns=sum(one.turns for one in classes),
    )


def _clashes(db: Session, year: int | None) -> list[Clash]:
    """Return where a lecturer stands in two class sessions of one half day (RULES R04)."""
    found: dict[tuple[int, datetime.date, HalfDay, str], list[tuple[int, int]]] = defaultdict(list)
    for *moment, class_id, number in db.execute(_CLASHES, {"year": year}):
        lecturer_id, held_on, half_day, name = moment
        found[lecturer_id, held_on, half_day, name].append((class_id, number))
    clashes = [
        Clash(lecturer_id, name, held_on, half_day, tuple(places))
        for (lecturer_id, held_on, half_day, name), places in found.items()
    ]
    return sorted(clashes, key=lambda one: (one.lecturer_id, one.held_on, one.half_day.label))
