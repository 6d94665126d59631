"""Class sessions: created from the programme, changed by hand, and who teaches them."""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from sqlalchemy import func, select, tuple_
from sqlalchemy.orm import Session, selectinload

from app.errors import InputError, RuleError
from app.models import (
    AttendanceRecord,
    ClassSession,
    Enrolment,
    Lecturer,
    ProgrammeVersion,
    TeachingAssignment,
    TrainingClass,
)
from app.rules import timetable
from app.services import guard, presence
from app.terms import HalfDay, Permission, SessionKind


@dataclass(frozen=True)
class Pattern:
    """How sessions follow each other: the half days used and the weekdays (Monday is 0)."""

    starts_on: datetime.date
    half_days: tuple[HalfDay, ...] = (HalfDay.MORNING, HalfDay.AFTERNOON)
    weekdays: frozenset[int] = frozenset(range(5))
    days_off: frozenset[datetime.date] = frozenset()


@dataclass(frozen=True)
class SessionForm:
    """One class session as the clerk edits it."""

    held_on: datetime.date
    half_day: HalfDay
    title: str
    kind: SessionKind
    periods: int
    venue: str = ""
    lecturer_ids: tuple[int, ...] = ()


@dataclass(frozen=True)
class SessionRow(SessionForm):
    """A stored class session."""

    id: int = 0
    number: int = 0
    lecturers: tuple[str, ...] = ()
    marked: int = 0
    clashes: tuple[str, ...] = field(default=())


def session_list(db: Session, class_id: int) -> list[SessionRow]:
    """Return the sessions of a class in order, with every double booking named."""
    guard.read_class(db, class_id)
    query = (
        select(ClassSession)
        .where(ClassSession.training_class_id == class_id)
        .options(selectinload(ClassSession.assignments).joinedload(TeachingAssignment.lecturer))
        .order_by(ClassSession.number)
    )
    marked, clashes = _marked(db, class_id), _clashes(db, class_id)
    return [_row(row, marked, clashes) for row in db.scalars(query)]


def generate(db: Session, class_id: int, pattern: Pattern) -> int:
    """Create the sessions of the programme; refused when the class already has some."""
    guard.permit(db, Permission.EDIT_CLASSES)
    training_class = guard.class_before_final(db, class_id)
    if training_class.sessions:
        raise RuleError("Lớp đã có lịch học. Sửa từng buổi, hoặc xóa hết buổi rồi sinh lại.")
    slots = _slots(training_class.version, pattern)
    topics = training_class.version.topics
    for slot in slots:
        training_class.sessions.append(
            ClassSession(
                number=slot.number,
                held_on=slot.held_on,
                half_day=slot.half_day,
                title=slot.title,
                kind=slot.kind,
                periods=slot.periods,
                venue=training_class.venue,
                topic_id=topics[slot.topic].id,
            )
        )
    _fit_dates(training_class)
    db.flush()
    return len(slots)


def last_day(db: Session, version_id: int, pattern: Pattern) -> datetime.date:
    """Tell on which day the last session of a programme would be held."""
    guard.read(db, Permission.READ)
    version = guard.existing(db, ProgrammeVersion, version_id, "bản chương trình")
    return max((slot.held_on for slot in _slots(version, pattern)), default=pattern.starts_on)


def busy_lecturers(
    db: Session, times: Iterable[tuple[datetime.date, HalfDay]], session_ids: Iterable[int] = ()
) -> dict[int, str]:
    """Name, by lecturer, a class that already has them at one of these times (R04)."""
    guard.read(db, Permission.READ)
    query = (
        select(TeachingAssignment.lecturer_id, ClassSession, TrainingClass)
        .join(ClassSession, ClassSession.id == TeachingAssignment.class_session_id)
        .join(TrainingClass, TrainingClass.id == ClassSession.training_class_id)
        .where(
            tuple_(ClassSession.held_on, ClassSession.half_day).in_(list(times)),
            ClassSession.id.not_in(list(session_ids)),
        )
        .order_by(ClassSession.held_on.desc())
    )
    return {
        lecturer_id: f"{training_class.title} (buổi {session.number})"
        for lecturer_id, session, training_class in db.execute(query)
    }


def save_session(
    db: Session, class_id: int, form: SessionForm, session_id: int | None = None
) -> int:
    """Add or change a session; sessions are renumbered by date."""
    guard.permit(db, Permission.EDIT_CLASSES)
    training_class = guard.class_before_final(db, class_id)
    row = _own_session(training_class, session_id) if session_id else ClassSession(number=0)
    row.title = guard.required(form.title, "nội dung buổi học", "title")
    if form.periods < 1:
        raise InputError("Số tiết phải từ 1.", "periods")
    row.held_on, row.half_day, row.kind = form.held_on, form.half_day, form.kind
    row.periods, row.venue = form.periods, form.venue.strip()
    if session_id is None:
        row.number = 1 + max((other.number for other in training_class.sessions), default=0)
        training_class.sessions.append(row)
    db.flush()
    for one in presence.outside(db, ClassSession.id == row.id):
        raise RuleError(one.sentence)
    _assign(db, row, form.lecturer_ids)
    _renumber(db, training_class)
    return row.id


def remove_session(db: Session, class_id: int, session_id: int) -> None:
    """Remove a session nobody has been marked in."""
    guard.permit(db, Permission.EDIT_CLASSES)
    training_class = guard.class_before_final(db, class_id)
    row = _own_session(training_class, session_id)
    if _marked(db, class_id).get(row.id):
        raise RuleError(f"Buổi {row.number} đã điểm danh. Xóa điểm danh của buổi trước.")
    db.delete(row)
    db.flush()
    db.expire(training_class, ["sessions"])
    _renumber(db, training_class)


def assign_lecturers(
    db: Session, class_id: int, session_ids: Sequence[int], lecturer_ids: Sequence[int]
) -> None:
    """Let these lecturers teach these sessions, instead of whoever did."""
    guard.permit(db, Permission.EDIT_CLASSES)
    training_class = guard.class_before_final(db, class_id)
    for session_id in session_ids:
        _assign(db, _own_session(training_class, session_id), lecturer_ids)


def _slots(version: ProgrammeVersion, pattern: Pattern) -> list[timetable.Slot]:
    return timetable.session_slots(
        pattern.starts_on,
        version.topics,
        half_days=pattern.half_days,
        weekdays=pattern.weekdays,
        holidays=pattern.days_off,
    )


def _assign(db: Session, row: ClassSession, lecturer_ids: Iterable[int]) -> None:
    wanted = dict.fromkeys(lecturer_ids)
    for lecturer_id in wanted:
        guard.existing(db, Lecturer, lecturer_id, "giảng viên")
    kept = {assignment.lecturer_id: assignment for assignment in row.assignments}
    row.assignments = [
        kept.get(lecturer_id) or TeachingAssignment(lecturer_id=lecturer_id)
        for lecturer_id in wanted
    ]
    db.flush()


def _own_session(training_class: TrainingClass, session_id: int) -> ClassSession:
    for row in training_class.sessions:
        if row.id == session_id:
            return row
    raise RuleError("Không còn buổi học này. Tải lại màn hình (F5) rồi chọn lại.")


def _renumber(db: Session, training_class: TrainingClass) -> None:
    """Number sessions by day; in two passes, because numbers are unique in the class."""
    rows = sorted(
        training_class.sessions, key=lambda row: (row.held_on, row.half_day.order, row.id)
    )
    for offset in (1_000_000, 0):
        for number, row in enumerate(rows, 1):
            row.number = number + offset
        db.flush()
    _fit_dates(training_class)


def _fit_dates(training_class: TrainingClass) -> None:
    """Keep the class's days in step with its sessions; its year of intake stays."""
    days = [row.held_on for row in training_class.sessions]
    if days:
        training_class.starts_on, training_class.ends_on = min(days), max(days)


def _marked(db: Session, class_id: int) -> dict[int, int]:
    """Count by session who is marked; where only absences are noted, that is everybody."""
    sessions = select(ClassSession.id).where(ClassSession.training_class_id == class_id)
    noted = sessions.join(ClassSession.training_class).where(TrainingClass.is_absences_only)
    if all_marked := db.scalars(noted).all():
        learners = select(func.count()).where(Enrolment.training_class_id == class_id)
        return dict.fromkeys(all_marked, db.scalar(learners) or 0)
    query = (
        select(AttendanceRecord.class_session_id, func.count())
        .join(ClassSession, ClassSession.id == AttendanceRecord.class_session_id)
        .where(ClassSession.training_class_id == class_id)
        .group_by(AttendanceRecord.class_session_id)
    )
    return dict(db.execute(query).all())


def _clashes(db: Session, class_id: int) -> dict[int, list[str]]:
    """Name every other session a lecturer of this class teaches at the same time (R04)."""
    mine, other = ClassSession.__table__.alias(), ClassSession.__table__.alias()
    us, them = TeachingAssignment.__table__.alias(), TeachingAssignment.__table__.alias()
    query = (
        select(
            mine.c.id, Lecturer.full_name, TrainingClass.name, TrainingClass.intake, other.c.number
        )
        .join_from(mine, us, us.c.class_session_id == mine.c.id)
        .join(
            them,
            (them.c.lecturer_id == us.c.lecturer_id)
            & (them.c.class_session_id != us.c.class_session_id),
        )
        .join(
            other,
            (other.c.id == them.c.class_session_id)
            & (other.c.held_on == mine.c.held_on)
            & (other.c.half_day == mine.c.half_day),
        )
        .join(Lecturer, Lecturer.id == us.c.lecturer_id)
        .join(TrainingClass, TrainingClass.id == other.c.training_class_id)
        .where(mine.c.training_class_id == class_id)
    )
    clashes: dict[int, list[str]] = {}
    for session_id, lecturer, name, intake, number in db.execute(query):
        text = f"{lecturer} đã có lịch ở lớp {name}, {intake} (buổi {number})"
        clashes.setdefault(session_id, []).append(text)
    return clashes


def _row(row: ClassSession, marked: dict[int, int], clashes: dict[int, list[str]]) -> SessionRow:
    names = [assignment.lecturer for assignment in row.assignments]
    return SessionRow(
        held_on=row.held_on, half_day=row.half_day, title=row.title, kind=row.kind,
        periods=row.periods, venue=row.venue, id=row.id, number=row.number,
        lecturer_ids=tuple(lecturer.id for lecturer in names),
        lecturers=tuple(lecturer.full_name for lecturer in names),
        marked=marked.get(row.id, 0), clashes=tuple(clashes.get(row.id, ())),
    )  # fmt: skip
