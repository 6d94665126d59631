"""Programmes, their versions with topics, and the rules a version carries."""

import datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.base import Base, HasId, Hundredths, TermType, term_check
from app.terms import CompletionDocument, CountingUnit, SessionKind


class Programme(HasId, Base):
    """A programme of the catalogue, for instance "Bồi dưỡng nhận thức về Đảng"."""

    __tablename__ = "programme"
    __table_args__ = (term_check("document", CompletionDocument),)

    code: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    short_name: Mapped[str]
    certificate_title: Mapped[str]
    document: Mapped[CompletionDocument] = mapped_column(TermType(CompletionDocument))
    report_group: Mapped[str] = mapped_column(default="")
    audience: Mapped[str] = mapped_column(default="", server_default="")  # for whom it is held
    is_active: Mapped[bool] = mapped_column(default=True)
    position: Mapped[int] = mapped_column(default=0)
    versions: Mapped[list["ProgrammeVersion"]] = relationship(
        back_populates="programme", order_by="ProgrammeVersion.number"
    )


class ProgrammeVersion(HasId, Base):
    """What a programme contains from a date on; a class keeps the version it was opened with."""

    __tablename__ = "programme_version"
    __table_args__ = (UniqueConstraint("programme_id", "number"),)

    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"))
    number: Mapped[int]  # 0: what the old registers say was taught
    legal_basis: Mapped[str] = mapped_column(default="")
    valid_from: Mapped[datetime.date | None]
    assessment_name: Mapped[str] = mapped_column(default="bài thu hoạch")
    assumptions: Mapped[str] = mapped_column(default="")  # what the centre has still to confirm
    confirmed_at: Mapped[datetime.datetime | None]
    confirmed_by: Mapped[str] = mapped_column(default="")
    programme: Mapped[Programme] = relationship(back_populates="versions")
    topics: Mapped[list["Topic"]] = relationship(
        back_populates="version", order_by="Topic.position", cascade="all, delete-orphan"
    )
    rule: Mapped["LearningRule"] = relationship(
        back_populates="version", cascade="all, delete-orphan"
    )
    bands: Mapped[list["ClassificationBand"]] = relationship(
        order_by="ClassificationBand.lower.desc()", cascade="all, delete-orphan"
    )


class Topic(HasId, Base):
    """One piece of a programme version with its periods and class sessions."""

    __tablename__ = "topic"
    __table_args__ = (
        UniqueConstraint("version_id", "position"),
        CheckConstraint("periods > 0", name="periods"),
        CheckConstraint("sessions > 0", name="sessions"),
        term_check("kind", SessionKind),
    )

    version_id: Mapped[int] = mapped_column(ForeignKey("programme_version.id"))
    position: Mapped[int]
    title: Mapped[str]
    kind: Mapped[SessionKind] = mapped_column(TermType(SessionKind))
    periods: Mapped[int]
    sessions: Mapped[int]
    version: Mapped[ProgrammeVersion] = relationship(back_populates="topics")


class LearningRule(Base):
    """Attendance and pass limits of a programme version (RULES R07-R10: settings, not law)."""

    __tablename__ = "learning_rule"
    __table_args__ = (
        term_check("unit", CountingUnit),
        CheckConstraint("minimum_share BETWEEN 0 AND 10000", name="minimum_share"),
        CheckConstraint("pass_mark BETWEEN 0 AND 1000", name="pass_mark"),
    )

    version_id: Mapped[int] = mapped_column(ForeignKey("programme_version.id"), primary_key=True)
    minimum_share: Mapped[Decimal] = mapped_column(Hundredths)  # percent
    unit: Mapped[CountingUnit] = mapped_column(TermType(CountingUnit))
    absent_limit: Mapped[int | None]
    excused_limit: Mapped[int | None]
    is_assessed: Mapped[bool] = mapped_column(default=True)
    pass_mark: Mapped[Decimal] = mapped_column(Hundredths)
    mark_places: Mapped[int] = mapped_column(default=1)
    version: Mapped[ProgrammeVersion] = relationship(back_populates="rule")


class ClassificationBand(HasId, Base):
    """One band of the classification: name and lower bound, inclusive (RULES §3.4)."""

    __tablename__ = "classification_band"
    __table_args__ = (
        UniqueConstraint("version_id", "name"),
        UniqueConstraint("version_id", "lower"),
    )

    version_id: Mapped[int] = mapped_column(ForeignKey("programme_version.id"))
    name: Mapped[str]
    lower: Mapped[Decimal] = mapped_column(Hundredths)
    passes: Mapped[bool]
    counts_as_good: Mapped[bool]
