"""The figures of every class."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Integer,
    Select,
    Text,
    bindparam,
    case,
    cast,
    func,
    or_,
    select,
)
from sqlalchemy.orm import Session

from app.models import (
    AssessmentResult,
    AttendanceRecord,
    ClassSession,
    Enrolment,
    Student,
    TrainingClass,
)
from app.rules import profile
from app.rules.profile import Person
from app.services.statistics.figures import ClassFigures
from app.terms import AttendanceStatus, PartyStatus, Sex, Verdict

MEMBERS = (PartyStatus.PROBATIONARY, PartyStatus.FULL)
OPEN = tuple(verdict for verdict in Verdict if verdict.is_open)
YEAR = bindparam("year", type_=Integer)  # none: every year
ASKED = or_(YEAR.is_(None), TrainingClass.year == YEAR)


def of_class(*columns: Any) -> Select[Any]:
    """Select from the enrolments of the classes asked for."""
    joined = select(*columns).select_from(Enrolment)
    joined = joined.join(TrainingClass, TrainingClass.id == Enrolment.training_class_id)
    return joined.where(ASKED)


def counts(db: Session, query: Any, year: int | None) -> dict[int, dict[Any, int]]:
    """Return (key, name, count) rows as counts by name for each key."""
    counted: dict[int, dict[Any, int]] = defaultdict(dict)
    for key, name, count in db.execute(query, {"year": year}):
        counted[key][name] = count
    return counted


def _is_member() -> ColumnElement[int]:
    """A Party member when the class began: as noted for the class, else by the day of joining."""
    joined = cast(Student.party_joined, Text) <= cast(TrainingClass.starts_on, Text)
    return case(
        (Enrolment.party_status.in_(MEMBERS), 1),
        (Enrolment.party_status == PartyStatus.NONE, 0),
        (joined, 1),
        else_=0,
    )


def _sum(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.sum(case((condition, 1), else_=0))


def _per_class(
    column: Any, owner: type[AssessmentResult | AttendanceRecord] | None = None
) -> Select[Any]:
    """Count the enrolments of each class, or what hangs on them, by the value of a column."""
    query = of_class(Enrolment.training_class_id, column, func.count())
    if owner:
        query = query.join(owner, owner.enrolment_id == Enrolment.id)
    return query.group_by(Enrolment.training_class_id, column)


# Made once: the making takes as long as the asking.
_PEOPLE = (
    of_class(
        Enrolment.training_class_id,
        Student.ethnicity,
        func.count(),
        _sum(Student.sex == Sex.FEMALE),
        func.sum(_is_member()),
        _sum(AssessmentResult.verdict == Verdict.QUALIFIED),
        _sum(AssessmentResult.verdict.not_in((Verdict.QUALIFIED, *OPEN))),
    )
    .join(Student, Student.id == Enrolment.student_id)
    .outerjoin(AssessmentResult, AssessmentResult.enrolment_id == Enrolment.id)
    .group_by(Enrolment.training_class_id, Student.ethnicity)
)
_UNITS = _per_class(Enrolment.unit)
_BANDS = _per_class(AssessmentResult.classification, AssessmentResult)
_MARKS = _per_class(AttendanceRecord.status, AttendanceRecord)
_SESSIONS = select(ClassSession.training_class_id, func.count()).group_by(
    ClassSession.training_class_id
)
_CLASSES = select(TrainingClass).where(ASKED).order_by(TrainingClass.id)


def by_class(db: Session, year: int | None) -> list[ClassFigures]:
    """Return the figures of the classes asked for, in the order of their ids."""
    people: dict[int, list[Any]] = defaultdict(list)
    for row in db.execute(_PEOPLE, {"year": year}):
        people[row[0]].append(row)
    units, bands, marks = (counts(db, query, year) for query in (_UNITS, _BANDS, _MARKS))
    sessions = dict(db.execute(_SESSIONS).all())
    return [
        _class(
            row,
            people[row.id],
            units[row.id],
            {name: count for name, count in bands[row.id].items() if name},
            marks[row.id],
            sessions.get(row.id, 0),
        )
        for row in db.scalars(_CLASSES, {"year": year})
    ]


def _class(
    row: TrainingClass,
    people: Sequence[Any],
    units: dict[str, int],
    bands: dict[str, int],
    marks: dict[AttendanceStatus, int],
    sessions: int,
) -> ClassFigures:
    groups = {name or profile.UNKNOWN: count for _, name, count, *_ in people}
    learners = sum(groups.values())
    women, members, completed, not_completed = (
        sum(one[at] for one in people) for at in range(3, 7)
    )
    return ClassFigures(
        id=row.id,
        code=row.code,
        title=row.title,
        year=row.year,
        learners=learners,
        women=women,
        minorities=sum(
            count * profile.minorities([Person(ethnicity=name)]) for _, name, count, *_ in people
        ),
        party_members=members,
        completed=completed,
        not_completed=not_completed,
        bands=bands,
        excused=marks.get(AttendanceStatus.EXCUSED, 0),
        absent=marks.get(AttendanceStatus.ABSENT, 0),
        late=marks.get(AttendanceStatus.LATE, 0),
        sessions=sessions,
        turns=learners * sessions if row.is_absences_only else sum(marks.values()),
        units=units,
        ethnicities=groups,
    )
