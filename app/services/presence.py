"""Learners marked present on a day on which they were not in the class."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from app import dates
from app.models import AttendanceRecord, ClassSession, Enrolment, Student
from app.terms import AttendanceStatus


@dataclass(frozen=True)
class Presence:
    """A learner who was there before entering the class or after leaving it."""

    enrolment_id: int
    class_session_id: int
    full_name: str
    day: datetime.date

    @property
    def sentence(self) -> str:
        """Say what is wrong and what to change."""
        return (
            f"{self.full_name} đã được điểm danh có mặt ngày {dates.grid(self.day)}, ngoài thời "
            "gian học. Sửa điểm danh hoặc sửa ngày vào học, thôi học."
        )


def outside(db: Session, *of: ColumnElement[bool]) -> Iterator[Presence]:
    """Give them all, or those of one enrolment or class session."""
    day = ClassSession.held_on
    query = (
        select(Enrolment.id, ClassSession.id, Student.full_name, day)
        .select_from(Enrolment)
        .join(Student, Student.id == Enrolment.student_id)
        .join(AttendanceRecord, AttendanceRecord.enrolment_id == Enrolment.id)
        .join(ClassSession, ClassSession.id == AttendanceRecord.class_session_id)
        .where(
            or_(day < Enrolment.entered_on, day > Enrolment.left_on),
            AttendanceRecord.status.in_([one for one in AttendanceStatus if one.attends]),
            *of,
        )
        .order_by(day, ClassSession.id, Enrolment.id)
    )
    return (Presence(*row) for row in db.execute(query))
