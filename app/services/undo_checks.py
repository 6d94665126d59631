"""What an undoing may not bring about: faults that show only across rows."""

from sqlalchemy import ColumnElement, exists, or_, select
from sqlalchemy.orm import Session

from app import dates
from app.errors import RuleError
from app.models import (
    AttendanceRecord,
    Certificate,
    ClassSession,
    Decision,
    Enrolment,
    Student,
)
from app.services import centre, checks
from app.terms import AttendanceStatus, CertificateStatus, DecisionKind


def faults(db: Session) -> set[str]:
    """Return what is wrong across rows now, as sentences."""
    return {
        *checks.broken_rules(db),
        *_without_decision(db),
        *_present_outside(db),
        *_without_centre(db),
    }


def refuse_new_faults(db: Session, before: set[str]) -> None:
    """Refuse what has just been put back when it breaks a rule that held before."""
    if added := sorted(faults(db) - before):
        raise RuleError(f"Làm vậy thì sai quy tắc, nên chưa đổi gì. {added[0]}")


def _without_centre(db: Session) -> set[str]:
    """A centre that was written down stays; one that was left for later hinders nothing."""
    if centre.is_set_up(db):
        return set()
    return {"Văn bản sẽ không còn tên trung tâm; muốn đổi tên thì sửa ở Cài đặt, mục Trung tâm."}


def _without_decision(db: Session) -> set[str]:
    """Certificates whose class has lost the decision they rest on."""
    decided = exists().where(
        Decision.training_class_id == Enrolment.training_class_id,
        Decision.kind == DecisionKind.RECOGNITION,
    )
    query = (
        select(Certificate.register_number)
        .join(Enrolment, Enrolment.id == Certificate.enrolment_id)
        .where(Certificate.status != CertificateStatus.REVOKED, ~decided)
    )
    return {
        f"Giấy chứng nhận {number} đã cấp theo quyết định công nhận này."
        for number in db.scalars(query)
    }


def _present_outside(db: Session) -> set[str]:
    """Learners marked present on a day on which they were not in the class."""
    query = (
        select(Student.full_name, ClassSession.held_on)
        .select_from(Enrolment)
        .join(Student, Student.id == Enrolment.student_id)
        .join(AttendanceRecord, AttendanceRecord.enrolment_id == Enrolment.id)
        .join(ClassSession, ClassSession.id == AttendanceRecord.class_session_id)
        .where(
            or_(Enrolment.entered_on.is_not(None), Enrolment.left_on.is_not(None)),
            AttendanceRecord.status.in_([one for one in AttendanceStatus if one.attends]),
            _is_outside(),
        )
    )
    return {
        f"{name} đã được điểm danh có mặt ngày {dates.grid(day)}. Sửa điểm danh trước."
        for name, day in db.execute(query)
    }


def _is_outside() -> ColumnElement[bool]:
    return or_(
        ClassSession.held_on < Enrolment.entered_on, ClassSession.held_on > Enrolment.left_on
    )
