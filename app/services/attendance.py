"""Attendance: the grid of a class, and marks written to it."""

import datetime
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import dates, text
from app.dates import PartialDate
from app.errors import InputError, RuleError
from app.models import AttendanceRecord, ClassSession, Enrolment, Student
from app.rules import attendance as rule
from app.services import guard, learning_rules
from app.terms import AttendanceStatus, HalfDay


@dataclass(frozen=True)
class Mark:
    """How one learner was in one session; `status` None clears it."""

    enrolment_id: int
    class_session_id: int
    status: AttendanceStatus | None
    minutes_late: int | None = None
    note: str = ""

    @property
    def is_present(self) -> bool:
        """Whether the learner was there, late or not."""
        return self.status is not None and self.status.attends


@dataclass(frozen=True)
class GridSession:
    """A column of the grid."""

    id: int
    number: int
    held_on: datetime.date
    half_day: HalfDay
    periods: int
    title: str


@dataclass(frozen=True)
class GridLearner:
    """A row of the grid with the figures that follow from its marks."""

    enrolment_id: int
    full_name: str
    sort_key: str
    born: PartialDate | None
    unit: str
    attended: rule.Attended
    absences_left: int
    can_still_qualify: bool
    outside: frozenset[int]  # sessions before entering or after leaving


@dataclass(frozen=True)
class Grid:
    """Learners by given name, sessions in order, and the marks by (enrolment, session)."""

    learners: tuple[GridLearner, ...]
    sessions: tuple[GridSession, ...]
    marks: dict[tuple[int, int], Mark]
    rule: rule.AttendanceRule


def grid(db: Session, class_id: int, only: Collection[int] | None = None) -> Grid:
    """Return everything the attendance screen and sheet show; `only` names some enrolments."""
    row = guard.read_class(db, class_id)
    limits = learning_rules.of_class(row).attendance
    sessions = _sessions(db, class_id)
    marks = _marks(db, class_id, only)
    enrolments = list(_enrolments(db, class_id, only))
    if row.is_absences_only:
        _add_those_present(marks, [enrolment for enrolment, _ in enrolments], sessions)
    learners = tuple(
        _learner(enrolment, student, sessions, marks, limits) for enrolment, student in enrolments
    )
    return Grid(learners, sessions, marks, limits)


def _add_those_present(
    marks: dict[tuple[int, int], Mark],
    enrolments: Iterable[Enrolment],
    sessions: Sequence[GridSession],
) -> None:
    """Where only absences are noted, everybody else was there."""
    for enrolment in enrolments:
        for one in sessions:
            if takes_part(enrolment, one.held_on):
                key = enrolment.id, one.id
                marks.setdefault(key, Mark(*key, AttendanceStatus.PRESENT))


def share_text(attended: rule.Attended, limits: rule.AttendanceRule) -> str:
    """Return the share attended as "92 %", cut off so that 79,9 % never reads as 80 %."""
    part, whole = attended.amount(limits.unit)
    return f"{100 * part // whole} %" if whole else "–"


def attended_by_enrolment(db: Session, class_id: int) -> dict[int, rule.Attended]:
    """Return what each learner of the class has attended."""
    return {row.enrolment_id: row.attended for row in grid(db, class_id).learners}


def mark(db: Session, class_id: int, marks: Iterable[Mark]) -> int:
    """Write or clear marks of one class in one step; return how many cells were given."""
    wanted = list(marks)
    guard.permit_attendance(db, {one.class_session_id for one in wanted})
    guard.class_before_final(db, class_id)
    _check(db, class_id, wanted)
    held = {one.class_session_id for one in wanted}
    records = _records(db, class_id, held)
    known = {(row.enrolment_id, row.class_session_id): row for row in records}
    for one in wanted:
        _write(db, one, known.get((one.enrolment_id, one.class_session_id)))
    db.flush()
    return len(wanted)


def mark_rest_present(db: Session, class_id: int, class_session_id: int) -> int:
    """Mark everybody who is not yet marked in the session as present; return how many."""
    shown = grid(db, class_id)
    unset = [
        Mark(learner.enrolment_id, class_session_id, AttendanceStatus.PRESENT)
        for learner in shown.learners
        if class_session_id not in learner.outside
        and (learner.enrolment_id, class_session_id) not in shown.marks
    ]
    return mark(db, class_id, unset)


def _write(db: Session, one: Mark, record: AttendanceRecord | None) -> None:
    if one.status is None:
        if record is not None:
            db.delete(record)
        return
    if record is None:
        record = AttendanceRecord(
            enrolment_id=one.enrolment_id, class_session_id=one.class_session_id
        )
        db.add(record)
    record.status, record.minutes_late = one.status, one.minutes_late
    record.note = text.clean(one.note)


def _check(db: Session, class_id: int, marks: Sequence[Mark]) -> None:
    of_class = Enrolment.training_class_id == class_id
    learners = {row.id: row for row in db.scalars(select(Enrolment).where(of_class))}
    days = {session.id: session.held_on for session in _sessions(db, class_id)}
    for one in marks:
        if one.enrolment_id not in learners or one.class_session_id not in days:
            raise RuleError("Danh sách hoặc lịch học vừa đổi. Tải lại màn hình (F5) rồi ghi lại.")
        learner, day = learners[one.enrolment_id], days[one.class_session_id]
        if one.status is not None and not takes_part(learner, day):
            raise RuleError(
                f"{learner.student.full_name} không học ngày {dates.grid(day)}. Sửa thời gian học "
                "ở thẻ Học viên."
            )
        late = one.minutes_late
        if late is not None and (one.status is not AttendanceStatus.LATE or not 0 < late < 300):
            raise InputError(f"Số phút muộn {late} không hợp lý. Ghi từ 1 đến 299.", "minutes")


def _sessions(db: Session, class_id: int) -> tuple[GridSession, ...]:
    query = (
        select(
            ClassSession.id,
            ClassSession.number,
            ClassSession.held_on,
            ClassSession.half_day,
            ClassSession.periods,
            ClassSession.title,
        )
        .where(ClassSession.training_class_id == class_id)
        .order_by(ClassSession.number)
    )
    return tuple(GridSession(*row) for row in db.execute(query))


def _enrolments(
    db: Session, class_id: int, only: Collection[int] | None
) -> Iterable[tuple[Enrolment, Student]]:
    query = (
        select(Enrolment, Student)
        .join(Student, Student.id == Enrolment.student_id)
        .where(Enrolment.training_class_id == class_id)
        .order_by(Student.sort_key, Student.born, Enrolment.id)
    )
    if only is not None:
        query = query.where(Enrolment.id.in_(only))
    return db.execute(query)


def _records(
    db: Session, class_id: int, session_ids: Collection[int]
) -> Iterable[AttendanceRecord]:
    query = select(AttendanceRecord).join(Enrolment)
    query = query.where(AttendanceRecord.class_session_id.in_(session_ids))
    return db.scalars(query.where(Enrolment.training_class_id == class_id))


def _marks(db: Session, class_id: int, only: Collection[int] | None) -> dict[tuple[int, int], Mark]:
    record = AttendanceRecord
    query = (
        select(
            record.enrolment_id,
            record.class_session_id,
            record.status,
            record.minutes_late,
            record.note,
        )
        .join(Enrolment, Enrolment.id == record.enrolment_id)
        .where(Enrolment.training_class_id == class_id)
    )
    if only is not None:
        query = query.where(record.enrolment_id.in_(only))
    return {(row[0], row[1]): Mark(*row) for row in db.execute(query)}


def _learner(
    enrolment: Enrolment,
    student: Student,
    sessions: Sequence[GridSession],
    marks: dict[tuple[int, int], Mark],
    limits: rule.AttendanceRule,
) -> GridLearner:
    outside = frozenset(one.id for one in sessions if not takes_part(enrolment, one.held_on))
    concerned = [one for one in sessions if one.id not in outside]
    statuses = [_status(marks, enrolment.id, one.id) for one in concerned]
    attended = replace(
        rule.tally((one.periods, status) for one, status in zip(concerned, statuses, strict=True)),
        periods_outside=sum(one.periods for one in sessions if one.id in outside),
        sessions_outside=len(outside),
    )
    remaining = [
        one.periods for one, status in zip(concerned, statuses, strict=True) if status is None
    ]
    return GridLearner(
        enrolment_id=enrolment.id,
        full_name=student.full_name,
        sort_key=student.sort_key,
        born=student.born,
        unit=enrolment.unit,
        attended=attended,
        absences_left=rule.absences_left(attended, limits, remaining),
        can_still_qualify=rule.can_still_qualify(attended, limits, remaining),
        outside=outside,
    )


def _status(
    marks: dict[tuple[int, int], Mark], enrolment_id: int, session_id: int
) -> AttendanceStatus | None:
    found = marks.get((enrolment_id, session_id))
    return found.status if found else None


def takes_part(enrolment: Enrolment, day: datetime.date) -> bool:
    """Tell whether a learner is in the class on that day: the first and the last day count."""
    entered = enrolment.entered_on is None or enrolment.entered_on <= day
    return entered and (enrolment.left_on is None or day <= enrolment.left_on)
