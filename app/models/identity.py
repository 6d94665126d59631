"""What has been decided about people and units, so that nobody is asked twice."""

import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, validates

from app import text
from app.dates import PartialDate
from app.models.base import Base, HasId, PartialDateType, now


class WorkplaceName(HasId, Base):
    """Another name of a unit: an abbreviation, or what it was called before a merger."""

    __tablename__ = "workplace_name"

    workplace_id: Mapped[int] = mapped_column(ForeignKey("workplace.id"), index=True)
    name: Mapped[str]
    fold: Mapped[str] = mapped_column(index=True)
    valid_to: Mapped[datetime.date | None]  # last day of an old name; None for an abbreviation

    @validates("name")
    def _keep_fold(self, _key: str, name: str) -> str:
        self.fold = text.fold(name)
        return name


class KnownAs(HasId, Base):
    """How rosters write a person who is known otherwise: the clerk said it is the same one."""

    __tablename__ = "known_as"
    __table_args__ = (Index("ix_known_as_same", "sort_key", "born"),)

    student_id: Mapped[int] = mapped_column(ForeignKey("student.id"), index=True)
    full_name: Mapped[str]
    sort_key: Mapped[str]
    born: Mapped[PartialDate | None] = mapped_column(PartialDateType)
    identity_number: Mapped[str] = mapped_column(default="", index=True)  # an old one: a CMND
    unit: Mapped[str] = mapped_column(default="")  # decides where the birth is a year only

    @validates("full_name")
    def _keep_key(self, _key: str, full_name: str) -> str:
        self.sort_key = text.sort_key(full_name)
        return full_name


class DifferentPeople(Base):
    """Two people who look alike and are two: seen, not the same."""

    __tablename__ = "different_people"
    __table_args__ = (CheckConstraint("first_id < second_id", name="order"),)

    first_id: Mapped[int] = mapped_column(ForeignKey("student.id"), primary_key=True)
    second_id: Mapped[int] = mapped_column(ForeignKey("student.id"), primary_key=True, index=True)
    decided_at: Mapped[datetime.datetime] = mapped_column(default=now)


class ColumnChoice(Base):
    """What the columns of a sender's form mean, as corrected the last time."""

    __tablename__ = "column_choice"

    signature: Mapped[str] = mapped_column(primary_key=True)  # of the heading
    sender: Mapped[str] = mapped_column(primary_key=True)  # folded unit, or empty for any
    columns: Mapped[str]  # JSON: letter to field code, null for "leave out"
    chosen_at: Mapped[datetime.datetime] = mapped_column(default=now)


class ImportDraft(HasId, Base):
    """Rows of a roster that wait to be put right, with what was typed so far."""

    __tablename__ = "import_draft"

    training_class_id: Mapped[int] = mapped_column(ForeignKey("training_class.id"), index=True)
    file_name: Mapped[str]
    content: Mapped[str]  # JSON of the rows as edited
    saved_at: Mapped[datetime.datetime] = mapped_column(default=now)
