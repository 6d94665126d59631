"""Every figure of the closing report, counted once from the class."""

import datetime
from collections import Counter
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import text
from app.models import (
    ClassSession,
    Enrolment,
    Lecturer,
    Student,
    TeachingAssignment,
    TrainingClass,
)
from app.rules import profile
from app.rules.eligibility import ResultRule
from app.rules.profile import Person
from app.services import attendance, guard, learning_rules, results, timetable
from app.services.results import ResultRow
from app.terms import Employment, Permission, SessionKind, Sex, Verdict

COMPLETED = "Hoàn thành"
NOT_QUALIFIED = {
    Verdict.FAILED: "Không đạt",
    Verdict.TOO_ABSENT: "Không đủ điều kiện",
    Verdict.MARK_MISSING: "Chưa xét",
    Verdict.ATTENDANCE_MISSING: "Chưa xét",
}


@dataclass(frozen=True)
class Turns:
    """Attendance counted in lượt: one learner in one class session."""

    listed: int
    present: int
    excused: int
    absent: int
    unmarked: int


@dataclass(frozen=True)
class UnitResult:
    """Learners and outcomes of one sending unit."""

    unit: str
    learners: int
    outcomes: dict[str, int]


@dataclass(frozen=True)
class SessionFigures:
    """One class session of the annex."""

    title: str
    lecturers: str
    held_on: datetime.date
    half_day: str
    periods: int
    present: int
    learners: int


@dataclass(frozen=True)
class ClosingFigures:
    """What the report says in numbers; every count is of the same learners."""

    rows: tuple[ResultRow, ...]
    people: tuple[Person, ...]
    women: int
    sexes_unknown: int
    minorities: int
    groups_unknown: int
    ages: list[tuple[str, int]]
    parties: list[tuple[str, int]]
    educations: list[tuple[str, int]]
    turns: Turns
    outcomes: list[tuple[str, int]]
    good: int
    assessed: int
    lecturers: dict[Employment, int]
    lectures: int
    units: list[UnitResult]
    sessions: list[SessionFigures]
    rule: ResultRule

    @property
    def learners(self) -> int:
        """Those who took part."""
        return len(self.rows)

    @property
    def qualified(self) -> int:
        """Those who completed the programme."""
        return sum(row.outcome.qualifies for row in self.rows)


def count(db: Session, row: TrainingClass) -> ClosingFigures:
    """Count everything the report of this class needs."""
    guard.read(db, Permission.READ)
    rule = learning_rules.of_class(row)
    rows = tuple(results.result_list(db, row.id))
    people = tuple(_people(db, row.id))
    good = {band.name for band in rule.bands if band.counts_as_good}
    return ClosingFigures(
        rows=rows,
        people=people,
        women=sum(person.sex is Sex.FEMALE for person in people),
        sexes_unknown=sum(person.sex is None for person in people),
        minorities=profile.minorities(people),
        groups_unknown=profile.groups_unknown(people),
        ages=profile.by_age(people, row.ends_on),
        parties=profile.by_party(people),
        educations=profile.by_education(people),
        turns=_turns(rows),
        outcomes=_outcomes(rows, rule),
        good=sum(one.outcome.qualifies and one.outcome.band in good for one in rows),
        assessed=sum(one.mark is not None for one in rows),
        lecturers=_lecturers(db, row.id),
        lectures=sum(topic.kind is SessionKind.LECTURE for topic in row.version.topics),
        units=_units(rows, rule),
        sessions=_sessions(db, row),
        rule=rule,
    )


def outcome_name(row: ResultRow, rule: ResultRule) -> str:
    """Return the line of the results table a learner belongs to; every learner has one."""
    if not row.outcome.qualifies:
        return NOT_QUALIFIED[row.outcome.verdict]
    return row.outcome.band if rule.is_assessed and row.outcome.band else COMPLETED


def _outcomes(rows: tuple[ResultRow, ...], rule: ResultRule) -> list[tuple[str, int]]:
    """Count outcomes: every passing band and "Không đạt" always, other lines when needed."""
    counted = Counter(outcome_name(row, rule) for row in rows)
    names = [band.name for band in rule.bands if band.passes] if rule.is_assessed else [COMPLETED]
    names.append(NOT_QUALIFIED[Verdict.FAILED] if rule.is_assessed else "Không đủ điều kiện")
    others = [name for name in counted if name not in names]
    return [(name, counted[name]) for name in (*names, *sorted(others))]


def _turns(rows: tuple[ResultRow, ...]) -> Turns:
    attended = [row.attended for row in rows]
    present = sum(one.sessions_attended for one in attended)
    excused = sum(one.excused for one in attended)
    absent = sum(one.absent for one in attended)
    unmarked = sum(one.unmarked for one in attended)
    return Turns(present + excused + absent + unmarked, present, excused, absent, unmarked)


def _people(db: Session, class_id: int) -> list[Person]:
    query = (
        select(
            Student.sex,
            Student.born,
            Student.ethnicity,
            Enrolment.party_status,
            Student.education,
        )
        .join(Enrolment, Enrolment.student_id == Student.id)
        .where(Enrolment.training_class_id == class_id)
    )
    return [Person(*row) for row in db.execute(query)]


def _lecturers(db: Session, class_id: int) -> dict[Employment, int]:
    query = (
        select(Lecturer.id, Lecturer.employment)
        .join(TeachingAssignment, TeachingAssignment.lecturer_id == Lecturer.id)
        .join(ClassSession, ClassSession.id == TeachingAssignment.class_session_id)
        .where(ClassSession.training_class_id == class_id)
        .distinct()
    )
    return dict(Counter(employment for _, employment in db.execute(query)))


def _units(rows: tuple[ResultRow, ...], rule: ResultRule) -> list[UnitResult]:
    by_unit: dict[str, list[ResultRow]] = {}
    for row in rows:
        by_unit.setdefault(text.word_key(row.unit), []).append(row)
    return [
        UnitResult(
            members[0].unit or "Chưa rõ đơn vị",
            len(members),
            dict(Counter(outcome_name(member, rule) for member in members)),
        )
        for _, members in sorted(by_unit.items(), key=lambda item: (not item[0], item[0]))
    ]


def _sessions(db: Session, row: TrainingClass) -> list[SessionFigures]:
    shown = attendance.grid(db, row.id)
    figures = []
    for session in timetable.session_list(db, row.id):
        taking_part = [one for one in shown.learners if session.id not in one.outside]
        present = sum(
            bool((mark := shown.marks.get((one.enrolment_id, session.id))) and mark.is_present)
            for one in taking_part
        )
        figures.append(
            SessionFigures(
                title=session.title,
                lecturers=", ".join(session.lecturers),
                held_on=session.held_on,
                half_day=session.half_day.label.lower(),
                periods=session.periods,
                present=present,
                learners=len(taking_part),
            )
        )
    return figures
