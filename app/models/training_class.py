"""A class, its sessions, who teaches them, and the papers it rests on."""

import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.base import Base, HasId, TermType, now, term_check
from app.models.person import Lecturer
from app.models.programme import ProgrammeVersion
from app.terms import ClassStatus, DecisionKind, HalfDay, SessionKind


class TrainingClass(HasId, Base):
    """A class opened from a programme version; closing it freezes everything it holds.

    An old register notes only who was away or late: where `is_absences_only` is set, a learner
    without a record in a class session was there.
    """

    __tablename__ = "training_class"
    __table_args__ = (
        term_check("status", ClassStatus),
        CheckConstraint("ends_on >= starts_on", name="dates"),
        Index("ix_training_class_year", "year", "starts_on"),
    )

    code: Mapped[str] = mapped_column(unique=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("programme_version.id"), index=True)
    name: Mapped[str]  # "Bồi dưỡng nhận thức về Đảng"
    intake: Mapped[str]  # "khóa I"
    year: Mapped[int]
    starts_on: Mapped[datetime.date]
    ends_on: Mapped[datetime.date]
    closed_on: Mapped[datetime.date | None]
    venue: Mapped[str] = mapped_column(default="")
    manager: Mapped[str] = mapped_column(default="")
    partner: Mapped[str] = mapped_column(default="")  # đơn vị phối hợp
    plan: Mapped[str] = mapped_column(default="")  # "Kế hoạch số 08-KH/ĐU, ngày 15/01/2026 của …"
    convened: Mapped[int | None]  # số triệu tập
    status: Mapped[ClassStatus] = mapped_column(TermType(ClassStatus), default=ClassStatus.PLANNED)
    frozen_rules: Mapped[str | None]  # JSON, from the day the results are final
    is_from_register: Mapped[bool] = mapped_column(default=False, server_default=false())
    is_absences_only: Mapped[bool] = mapped_column(default=False, server_default=false())
    created_at: Mapped[datetime.datetime] = mapped_column(default=now)
    version: Mapped[ProgrammeVersion] = relationship()
    sessions: Mapped[list["ClassSession"]] = relationship(
        order_by="ClassSession.number", back_populates="training_class"
    )
    decisions: Mapped[list["Decision"]] = relationship(back_populates="training_class")

    @property
    def title(self) -> str:
        """Name as screens show it: "Bồi dưỡng …, khóa I/2026"."""
        return f"{self.name}, {self.intake}/{self.year}" if self.intake else self.name

    @property
    def printed_title(self) -> str:
        """Name as papers write it: "Lớp bồi dưỡng …, khóa I năm 2026"."""
        name = self.name
        if not name.startswith("Lớp "):
            name = f"Lớp {name[:1].lower() if name[1:2].islower() else name[:1]}{name[1:]}"
        return f"{name}, {self.intake} năm {self.year}" if self.intake else name


class ClassSession(HasId, Base):
    """One buổi học: a date, a half day, what is taught and how many periods."""

    __tablename__ = "class_session"
    __table_args__ = (
        UniqueConstraint("training_class_id", "number"),
        CheckConstraint("periods > 0", name="periods"),
        term_check("half_day", HalfDay),
        term_check("kind", SessionKind),
        Index("ix_class_session_day", "held_on", "half_day"),
    )

    training_class_id: Mapped[int] = mapped_column(ForeignKey("training_class.id"))
    number: Mapped[int]
    held_on: Mapped[datetime.date]
    half_day: Mapped[HalfDay] = mapped_column(TermType(HalfDay))
    title: Mapped[str]
    kind: Mapped[SessionKind] = mapped_column(TermType(SessionKind))
    periods: Mapped[int]
    venue: Mapped[str] = mapped_column(default="")
    topic_id: Mapped[int | None] = mapped_column(ForeignKey("topic.id"))
    training_class: Mapped[TrainingClass] = relationship(back_populates="sessions")
    assignments: Mapped[list["TeachingAssignment"]] = relationship(cascade="all, delete-orphan")


class TeachingAssignment(Base):
    """A lecturer teaches a class session."""

    __tablename__ = "teaching_assignment"

    class_session_id: Mapped[int] = mapped_column(ForeignKey("class_session.id"), primary_key=True)
    lecturer_id: Mapped[int] = mapped_column(ForeignKey("lecturer.id"), primary_key=True)
    lecturer: Mapped[Lecturer] = relationship()


class Decision(HasId, Base):
    """A decision of the class: opening, or recognition of the results."""

    __tablename__ = "decision"
    __table_args__ = (
        UniqueConstraint("training_class_id", "kind"),
        term_check("kind", DecisionKind),
    )

    training_class_id: Mapped[int] = mapped_column(ForeignKey("training_class.id"))
    kind: Mapped[DecisionKind] = mapped_column(TermType(DecisionKind))
    number: Mapped[str]  # "12-QĐ/TTCT"
    signed_on: Mapped[datetime.date]
    signatory: Mapped[str] = mapped_column(default="")
    issuer: Mapped[str] = mapped_column(default="")  # "Giám đốc Trung tâm Chính trị xã An Bình"
    training_class: Mapped[TrainingClass] = relationship(back_populates="decisions")


class ClosingReport(Base):
    """What the clerk writes into the closing report; its figures come from the class."""

    __tablename__ = "closing_report"

    training_class_id: Mapped[int] = mapped_column(
        ForeignKey("training_class.id"), primary_key=True
    )
    number: Mapped[str] = mapped_column(default="")
    signed_on: Mapped[datetime.date | None]
    strengths: Mapped[str] = mapped_column(default="")
    limitations: Mapped[str] = mapped_column(default="")
    causes: Mapped[str] = mapped_column(default="")
    lessons: Mapped[str] = mapped_column(default="")
    proposals: Mapped[str] = mapped_column(default="")
    commendations: Mapped[str] = mapped_column(default="")
    frozen_sheet: Mapped[str | None]  # JSON of everything printed, from the day the class closes
