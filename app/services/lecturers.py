"""Lecturers and what they teach."""

import datetime
from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from app import text
from app.errors import PermissionDenied
from app.models import ClassSession, Lecturer, TeachingAssignment, TrainingClass
from app.services import guard
from app.terms import Employment, HalfDay, Permission


@dataclass(frozen=True)
class LecturerForm:
    """What is known about a lecturer."""

    full_name: str
    employment: Employment = Employment.PART_TIME
    academic_title: str = ""
    position: str = ""
    workplace: str = ""
    phone: str = ""
    appointment: str = ""
    is_active: bool = True
    note: str = ""


@dataclass(frozen=True)
class LecturerRow(LecturerForm):
    """A stored lecturer; `periods` taught or planned in the asked year."""

    id: int = 0
    sort_key: str = ""
    periods: int = 0


@dataclass(frozen=True)
class TeachingRow:
    """One class session a lecturer teaches."""

    class_id: int
    class_title: str
    held_on: datetime.date
    half_day: HalfDay
    title: str
    periods: int


def lecturer_list(db: Session, year: int, *, only_active: bool = False) -> list[LecturerRow]:
    """Return lecturers by given name with their periods of the year."""
    guard.read(db, Permission.READ, Permission.MANAGE_ACCOUNTS)
    query = select(Lecturer).order_by(Lecturer.sort_key, Lecturer.id)
    if only_active:
        query = query.where(Lecturer.is_active)
    periods = _periods(db, year)
    return [_row(row, periods.get(row.id, 0)) for row in db.scalars(query)]


def teaching(db: Session, lecturer_id: int, year: int) -> list[TeachingRow]:
    """Return the class sessions of a lecturer in a year, in order of time."""
    user = guard.read(db, Permission.READ, Permission.READ_OWN)
    if user.is_only_lecturer and lecturer_id != user.lecturer_id:
        raise PermissionDenied("Chỉ xem được giờ giảng của mình. Nhờ giáo vụ xem giúp.")
    query = (
        select(ClassSession, TrainingClass)
        .join(TeachingAssignment, TeachingAssignment.class_session_id == ClassSession.id)
        .join(TrainingClass, TrainingClass.id == ClassSession.training_class_id)
        .where(TeachingAssignment.lecturer_id == lecturer_id, _within(year))
        .order_by(ClassSession.held_on, ClassSession.number)
    )
    rows = [_teaching_row(*row) for row in db.execute(query)]
    return sorted(rows, key=lambda row: (row.held_on, row.half_day.order))


def save_lecturer(db: Session, form: LecturerForm, lecturer_id: int | None = None) -> int:
    """Add or change a lecturer."""
    guard.permit(db, Permission.EDIT_PEOPLE)
    row = guard.existing(db, Lecturer, lecturer_id, "giảng viên") if lecturer_id else Lecturer()
    row.full_name = guard.required(form.full_name, "họ và tên giảng viên", "full_name")
    row.employment, row.is_active = form.employment, form.is_active
    for field in ("academic_title", "position", "workplace", "phone", "appointment", "note"):
        setattr(row, field, text.clean(getattr(form, field)))
    db.add(row)
    db.flush()
    return row.id


def _within(year: int) -> ColumnElement[bool]:
    first, last = datetime.date(year, 1, 1), datetime.date(year, 12, 31)
    return ClassSession.held_on.between(first, last)


def _periods(db: Session, year: int) -> dict[int, int]:
    query = (
        select(TeachingAssignment.lecturer_id, func.sum(ClassSession.periods))
        .join(ClassSession, ClassSession.id == TeachingAssignment.class_session_id)
        .where(_within(year))
        .group_by(TeachingAssignment.lecturer_id)
    )
    return dict(db.execute(query).all())


def _row(row: Lecturer, periods: int) -> LecturerRow:
    known = {name: getattr(row, name) for name in LecturerForm.__dataclass_fields__}
    return LecturerRow(**known, id=row.id, sort_key=row.sort_key, periods=periods)


def _teaching_row(session: ClassSession, row: TrainingClass) -> TeachingRow:
    return TeachingRow(
        row.id, row.title, session.held_on, session.half_day, session.title, session.periods
    )
