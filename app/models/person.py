"""People and where they work: a person exists once, for life."""

import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship, validates

from app import text
from app.dates import PartialDate
from app.models.base import Base, HasId, PartialDateType, TermType, now, term_check
from app.terms import Employment, PartyStatus, Sex, StaffGroup, WorkplaceKind


class Workplace(HasId, Base):
    """A unit that sends learners: chi bộ, đảng bộ, cơ quan, xã."""

    __tablename__ = "workplace"
    __table_args__ = (term_check("kind", WorkplaceKind, optional=True),)

    name: Mapped[str]
    fold: Mapped[str] = mapped_column(index=True)  # "Nà Lừa" and "Nà Lứa" are two units
    kind: Mapped[WorkplaceKind | None] = mapped_column(TermType(WorkplaceKind))
    successor_id: Mapped[int | None] = mapped_column(ForeignKey("workplace.id"), index=True)

    @validates("name")
    def _keep_fold(self, _key: str, name: str) -> str:
        self.fold = text.fold(name)
        return name


class _Named:
    """A person's name with the keys for sorting and search computed once."""

    full_name: Mapped[str]
    sort_key: Mapped[str]
    fold: Mapped[str]

    @validates("full_name")
    def _keep_keys(self, _key: str, full_name: str) -> str:
        self.sort_key, self.fold = text.sort_key(full_name), text.fold(full_name)
        return full_name


class Student(HasId, _Named, Base):
    """A learner; what a class knew of the learner's unit stays on the enrolment."""

    __tablename__ = "student"
    __table_args__ = (
        term_check("sex", Sex, optional=True),
        term_check("party_status", PartyStatus, optional=True),
        term_check("staff_group", StaffGroup, optional=True),
        CheckConstraint(
            "identity_number IS NULL OR length(identity_number) IN (9, 12)", name="identity_number"
        ),
        # holds all that searching asks of a person, so that it never reads the table
        Index("ix_student_list", "sort_key", "born", "fold", "workplace_id", "party_status"),
        Index("ix_student_same", "fold", "born"),
    )

    born: Mapped[PartialDate | None] = mapped_column(PartialDateType)
    sex: Mapped[Sex | None] = mapped_column(TermType(Sex))
    ethnicity: Mapped[str] = mapped_column(default="")
    religion: Mapped[str] = mapped_column(default="")
    identity_number: Mapped[str | None] = mapped_column(unique=True)
    phone: Mapped[str] = mapped_column(default="")
    email: Mapped[str] = mapped_column(default="")
    home_town: Mapped[str] = mapped_column(default="")
    position: Mapped[str] = mapped_column(default="")
    workplace_id: Mapped[int | None] = mapped_column(ForeignKey("workplace.id"), index=True)
    staff_group: Mapped[StaffGroup | None] = mapped_column(TermType(StaffGroup))
    party_status: Mapped[PartyStatus | None] = mapped_column(TermType(PartyStatus))
    party_joined: Mapped[PartialDate | None] = mapped_column(PartialDateType)
    party_confirmed: Mapped[PartialDate | None] = mapped_column(PartialDateType)
    general_education: Mapped[str] = mapped_column(default="")
    education: Mapped[str] = mapped_column(default="")
    political_education: Mapped[str] = mapped_column(default="")
    code: Mapped[str] = mapped_column(default="")
    note: Mapped[str] = mapped_column(default="")
    created_at: Mapped[datetime.datetime] = mapped_column(default=now)
    workplace: Mapped[Workplace | None] = relationship()


class Lecturer(HasId, _Named, Base):
    """Somebody who teaches: giảng viên kiêm chức, chuyên trách or mời."""

    __tablename__ = "lecturer"
    __table_args__ = (
        term_check("employment", Employment),
        term_check("sex", Sex, optional=True),
    )

    code: Mapped[str] = mapped_column(default="", server_default="")  # of the old registers
    born: Mapped[PartialDate | None] = mapped_column(PartialDateType)
    sex: Mapped[Sex | None] = mapped_column(TermType(Sex))
    ethnicity: Mapped[str] = mapped_column(default="", server_default="")
    political_education: Mapped[str] = mapped_column(default="", server_default="")
    employment: Mapped[Employment] = mapped_column(TermType(Employment))
    academic_title: Mapped[str] = mapped_column(default="")
    position: Mapped[str] = mapped_column(default="")
    workplace: Mapped[str] = mapped_column(default="")
    phone: Mapped[str] = mapped_column(default="")
    appointment: Mapped[str] = mapped_column(default="")  # decision that names the lecturer
    is_active: Mapped[bool] = mapped_column(default=True)
    note: Mapped[str] = mapped_column(default="")
