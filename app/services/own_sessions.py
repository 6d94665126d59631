"""What a lecturer sees: the own sessions, and which of them can be marked."""

import datetime
from dataclasses import dataclass

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from app.models import AttendanceRecord, ClassSession, Enrolment, TeachingAssignment, TrainingClass
from app.services import guard
from app.terms import ClassStatus, HalfDay, Permission


@dataclass(frozen=True)
class OwnSession:
    """One session the user teaches, with how many learners are marked in it."""

    id: int
    class_id: int
    class_title: str
    status: ClassStatus
    venue: str
    number: int
    held_on: datetime.date
    half_day: HalfDay
    title: str
    periods: int
    marked: int
    learners: int

    @property
    def is_open(self) -> bool:
        """Whether attendance can still be written."""
        return self.status.step < ClassStatus.FINALISED.step

    @property
    def is_marked(self) -> bool:
        """Whether nobody is left to mark."""
        return 0 < self.learners <= self.marked


def own_sessions(db: Session) -> list[OwnSession]:
    """Return the sessions the signed-in lecturer teaches, in order of time."""
    user = guard.read(db, Permission.READ_OWN)
    marked = (
        select(func.count())
        .where(AttendanceRecord.class_session_id == ClassSession.id)
        .correlate(ClassSession)
        .scalar_subquery()
    )
    learners = (
        select(func.count())
        .where(
            Enrolment.training_class_id == ClassSession.training_class_id,
            func.coalesce(Enrolment.entered_on, ClassSession.held_on) <= ClassSession.held_on,
            func.coalesce(Enrolment.left_on, ClassSession.held_on) >= ClassSession.held_on,
        )
        .correlate(ClassSession)
        .scalar_subquery()
    )
    known = case((TrainingClass.is_absences_only, learners), else_=marked)
    query = (
        select(ClassSession, TrainingClass, known, learners)
        .join(TrainingClass, TrainingClass.id == ClassSession.training_class_id)
        .join(TeachingAssignment, TeachingAssignment.class_session_id == ClassSession.id)
        .where(TeachingAssignment.lecturer_id == user.lecturer_id)
    )
    rows = [_row(*found) for found in db.execute(query)]
    return sorted(rows, key=lambda row: (row.held_on, row.half_day.order, row.class_id))


def markable(db: Session, class_id: int) -> frozenset[int]:
    """Return the sessions of a class in which the user may write attendance."""
    guard.read_class(db, class_id)
    user = guard.user_of(db)
    query = select(ClassSession.id).where(ClassSession.training_class_id == class_id)
    if user.may(Permission.MARK_ATTENDANCE):
        return frozenset(db.scalars(query))
    if not user.may(Permission.MARK_OWN_ATTENDANCE):
        return frozenset()
    own = TeachingAssignment.lecturer_id == user.lecturer_id
    return frozenset(db.scalars(query.join(TeachingAssignment).where(own)))


def _row(session: ClassSession, row: TrainingClass, marked: int, learners: int) -> OwnSession:
    return OwnSession(
        id=session.id,
        class_id=row.id,
        class_title=row.title,
        status=row.status,
        venue=session.venue or row.venue,
        number=session.number,
        held_on=session.held_on,
        half_day=session.half_day,
        title=session.title,
        periods=session.periods,
        marked=marked,
        learners=learners,
    )
