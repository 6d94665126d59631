"""Counting by class, by year and in all: each figure once, in SQL."""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    distinct,
    func,
    select,
    true,
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
from app.services.statistics.by_class import by_class, counts, of_class
from app.services.statistics.figures import Clash, ClassFigures, Statistics, Totals, YearFigures
from app.terms import (
    CertificateStatus,
    Employment,
    HalfDay,
    Permission,
    StaffGroup,
)

COMMUNE = (StaffGroup.COMMUNE_CADRE, StaffGroup.COMMUNE_SERVANT)


def statistics(db: Session, year: int | None = None) -> Statistics:
    """Count everything, or only what belongs to one year."""
    guard.read(db, Permission.READ)
    asked = true() if year is None else TrainingClass.year == year
    classes = by_class(db, asked)
    certificates = _certificates(db, year)
    return Statistics(
        _totals(db, asked, classes, certificates),
        tuple(classes),
        tuple(_years(db, asked, classes, certificates)),
        tuple(_clashes(db, asked)),
    )


def _certificates(db: Session, year: int | None) -> dict[int, int]:
    """Return the valid certificates by the year of their numbers."""
    query = select(Certificate.register_year, func.count()).where(
        Certificate.status == CertificateStatus.ISSUED,
        true() if year is None else Certificate.register_year == year,
    )
    return dict(db.execute(query.group_by(Certificate.register_year)).all())


def _years(
    db: Session,
    asked: ColumnElement[bool],
    classes: Iterable[ClassFigures],
    certificates: dict[int, int],
) -> list[YearFigures]:
    by_year: dict[int, list[ClassFigures]] = defaultdict(list)
    for one in classes:
        by_year[one.year].append(one)
    people = of_class(TrainingClass.year, func.count(distinct(Enrolment.student_id)))
    persons: dict[int, int] = dict(
        db.execute(people.where(asked).group_by(TrainingClass.year)).all()
    )
    programmes = counts(
        db,
        select(TrainingClass.year, Programme.code, func.count())
        .join(ProgrammeVersion, ProgrammeVersion.id == TrainingClass.version_id)
        .join(Programme, Programme.id == ProgrammeVersion.programme_id)
        .where(asked)
        .group_by(TrainingClass.year, Programme.code),
    )
    periods = _periods(db, asked)
    return [
        YearFigures(
            year=year,
            classes=len(held),
            learners=sum(one.learners for one in held),
            people=persons.get(year, 0),
            completed=sum(one.completed for one in held),
            certificates=certificates.get(year, 0),
            women=sum(one.women for one in held),
            programmes=programmes[year],
            periods=periods[year],
        )
        for year, held in sorted(by_year.items())
    ]


def _periods(db: Session, asked: ColumnElement[bool]) -> dict[int, dict[str, int]]:
    """Return by year what every lecturer taught, also nothing."""
    key = (TrainingClass.year, TeachingAssignment.lecturer_id)
    taught = counts(db, _taught(*key, func.sum(ClassSession.periods)).where(asked).group_by(*key))
    lecturers = db.execute(select(Lecturer.id, Lecturer.code, Lecturer.full_name))
    codes = {one: code or f"{name} ({one})" for one, code, name in lecturers}
    return defaultdict(
        lambda: dict.fromkeys(codes.values(), 0),
        {
            year: {code: of_year.get(one, 0) for one, code in codes.items()}
            for year, of_year in taught.items()
        },
    )


def _totals(
    db: Session,
    asked: ColumnElement[bool],
    classes: Sequence[ClassFigures],
    certificates: dict[int, int],
) -> Totals:
    enrolled = of_class(Enrolment.student_id).where(asked)
    staff = select(func.count()).where(Student.staff_group.in_(COMMUNE))
    return Totals(
        classes=len(classes),
        learners=sum(one.learners for one in classes),
        people=_number(db, of_class(func.count(distinct(Enrolment.student_id))).where(asked)),
        registered=_number(db, select(func.count()).select_from(Student)),
        part_time_lecturers=_number(
            db, select(func.count()).where(Lecturer.employment == Employment.PART_TIME)
        ),
        commune_staff=_number(db, staff),
        commune_staff_taught=_number(db, staff.where(Student.id.in_(enrolled))),
        certificates=sum(certificates.values()),
        sessions=sum(one.sessions for one in classes),
        absence_records=sum(one.excused + one.absent + one.late for one in classes),
        turns=sum(one.turns for one in classes),
    )


def _number(db: Session, query: Any) -> int:
    return int(db.scalar(query) or 0)


def _clashes(db: Session, asked: ColumnElement[bool]) -> list[Clash]:
    """Return where a lecturer stands in two class sessions of one half day (RULES R04)."""
    moment = (TeachingAssignment.lecturer_id, ClassSession.held_on, ClassSession.half_day)
    twice = _taught(*moment).where(asked).group_by(*moment).having(func.count() > 1)
    query = (
        _taught(*moment, Lecturer.full_name, TrainingClass.id, ClassSession.number)
        .join(Lecturer, Lecturer.id == TeachingAssignment.lecturer_id)
        .where(asked, tuple_(*moment).in_(twice))
        .order_by(TrainingClass.id, ClassSession.number)
    )
    found: dict[tuple[int, datetime.date, HalfDay, str], list[tuple[int, int]]] = defaultdict(list)
    for lecturer_id, held_on, half_day, name, class_id, number in db.execute(query):
        found[lecturer_id, held_on, half_day, name].append((class_id, number))
    clashes = [
        Clash(lecturer_id, name, held_on, half_day, tuple(places))
        for (lecturer_id, held_on, half_day, name), places in found.items()
    ]
    return sorted(clashes, key=lambda one: (one.lecturer_id, one.held_on, one.half_day.label))


def _taught(*columns: Any) -> Select[Any]:
    """Select from who teaches which class session."""
    joined = select(*columns).select_from(TeachingAssignment)
    joined = joined.join(ClassSession, ClassSession.id == TeachingAssignment.class_session_id)
    return joined.join(TrainingClass, TrainingClass.id == ClassSession.training_class_id)
