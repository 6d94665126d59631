"""The journal: every act and the rows it changed, chained so that a changed entry shows."""

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, HasId, TermType, term_check
from app.terms import ActKind


class JournalAct(HasId, Base):
    """One act of one user; its number only grows, whatever the clock says."""

    __tablename__ = "journal_act"
    __table_args__ = (
        term_check("kind", ActKind),
        CheckConstraint("undoes IS NULL OR undoes < id", name="undoes"),
    )

    name: Mapped[str]  # "Nhập danh sách D01.xlsx"
    subject: Mapped[str]  # the class it is about: "Bồi dưỡng nhận thức về Đảng, khóa V/2026"
    kind: Mapped[ActKind] = mapped_column(TermType(ActKind))
    actor: Mapped[str]
    account_id: Mapped[int | None]  # no foreign key: the entry outlives the account
    machine: Mapped[str]
    reason: Mapped[str]
    happened_at: Mapped[str]  # "2026-11-22T08:12:03.125Z", of that machine's clock
    undoes: Mapped[int | None] = mapped_column(ForeignKey("journal_act.id"), index=True)
    permissions: Mapped[str]  # codes of the rights that were asked, space between
    previous_hash: Mapped[str]
    hash: Mapped[str]  # SHA-256 of all the above and of the changes


class JournalChange(Base):
    """One row an act inserted, changed or deleted, in the order it happened."""

    __tablename__ = "journal_change"
    __table_args__ = (
        Index("ix_journal_change_row", "table_name", "row_key"),
        {"sqlite_with_rowid": False},
    )

    act_id: Mapped[int] = mapped_column(ForeignKey("journal_act.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    table_name: Mapped[str]
    row_key: Mapped[str]  # values of the primary key: "12", "12/7"
    before: Mapped[str | None]  # JSON as stored; None: the row was inserted
    after: Mapped[str | None]  # JSON as stored; None: the row was deleted
