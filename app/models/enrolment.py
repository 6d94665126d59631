"""A learner in a class and what the learner earned there."""

import datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.base import Base, HasId, Hundredths, TermType, now, term_check
from app.models.person import Student
from app.models.training_class import TrainingClass
from app.terms import AttendanceStatus, CertificateStatus, PartyStatus, Verdict


class Enrolment(HasId, Base):
    """Everything earned hangs on it; unit and position are as they were at the time."""

    __tablename__ = "enrolment"
    __table_args__ = (
        UniqueConstraint("training_class_id", "student_id"),
        CheckConstraint(
            "left_on IS NULL OR entered_on IS NULL OR left_on >= entered_on", name="dates"
        ),
        term_check("party_status", PartyStatus, optional=True),
    )

    training_class_id: Mapped[int] = mapped_column(ForeignKey("training_class.id"))
    student_id: Mapped[int] = mapped_column(ForeignKey("student.id"), index=True)
    entered_on: Mapped[datetime.date | None]  # later than the first day
    left_on: Mapped[datetime.date | None]
    unit: Mapped[str] = mapped_column(default="")
    position: Mapped[str] = mapped_column(default="")
    party_status: Mapped[PartyStatus | None] = mapped_column(TermType(PartyStatus))
    note: Mapped[str] = mapped_column(default="")
    student: Mapped[Student] = relationship()
    training_class: Mapped[TrainingClass] = relationship()
    result: Mapped["AssessmentResult | None"] = relationship(back_populates="enrolment")


class AttendanceRecord(Base):
    """How one learner was in one class session.

    No record means not yet marked, or present where the class notes absences only.
    """

    __tablename__ = "attendance_record"
    __table_args__ = (
        term_check("status", AttendanceStatus),
        CheckConstraint(
            "minutes_late IS NULL OR (status = 'late' AND minutes_late > 0)", name="minutes_late"
        ),
        Index("ix_attendance_record_session", "class_session_id"),
        {"sqlite_with_rowid": False},
    )

    enrolment_id: Mapped[int] = mapped_column(ForeignKey("enrolment.id"), primary_key=True)
    class_session_id: Mapped[int] = mapped_column(ForeignKey("class_session.id"), primary_key=True)
    status: Mapped[AttendanceStatus] = mapped_column(TermType(AttendanceStatus))
    minutes_late: Mapped[int | None]
    note: Mapped[str] = mapped_column(default="")


class AssessmentResult(Base):
    """The mark, and from the day the results are final the frozen outcome."""

    __tablename__ = "assessment_result"
    __table_args__ = (
        CheckConstraint("mark IS NULL OR mark BETWEEN 0 AND 1000", name="mark"),
        term_check("verdict", Verdict, optional=True),
    )

    enrolment_id: Mapped[int] = mapped_column(ForeignKey("enrolment.id"), primary_key=True)
    mark: Mapped[Decimal | None] = mapped_column(Hundredths)
    note: Mapped[str] = mapped_column(default="")
    verdict: Mapped[Verdict | None] = mapped_column(TermType(Verdict))
    reason: Mapped[str] = mapped_column(default="")
    rounded: Mapped[Decimal | None] = mapped_column(Hundredths)
    classification: Mapped[str] = mapped_column(default="")
    enrolment: Mapped[Enrolment] = relationship(back_populates="result")


class Certificate(HasId, Base):
    """A line of the register: number, and every printed value as it was at the time of issue."""

    __tablename__ = "certificate"
    __table_args__ = (
        UniqueConstraint("register_year", "register_sequence"),
        CheckConstraint("register_sequence > 0", name="register_sequence"),
        term_check("status", CertificateStatus),
        Index(
            "uq_certificate_live",
            "enrolment_id",
            unique=True,
            sqlite_where=text("status = 'issued'"),
            postgresql_where=text("status = 'issued'"),
        ),
    )

    enrolment_id: Mapped[int] = mapped_column(ForeignKey("enrolment.id"), index=True)
    status: Mapped[CertificateStatus] = mapped_column(TermType(CertificateStatus))
    register_year: Mapped[int]
    register_sequence: Mapped[int]
    register_number: Mapped[str] = mapped_column(unique=True)  # "027/2026"
    number: Mapped[str]  # "027-GCN/TTCT"
    issued_on: Mapped[datetime.date]
    layout: Mapped[str]  # empty: issued before this program, which cannot print it again
    sheet: Mapped[str]  # JSON of the CertificateSheet
    sheet_hash: Mapped[str]  # SHA-256 of that text
    printed_at: Mapped[datetime.datetime | None]
    issued_at: Mapped[datetime.datetime] = mapped_column(default=now)
    revoked_on: Mapped[datetime.date | None]
    revocation_reason: Mapped[str] = mapped_column(default="", server_default="")
    revocation_decision: Mapped[str] = mapped_column(default="", server_default="")
    enrolment: Mapped[Enrolment] = relationship()
