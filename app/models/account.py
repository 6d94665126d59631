"""Who may sign in, and what the centre has set for this program."""

import datetime

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.base import Base, HasId, TermType, term_check
from app.terms import Role


class Account(HasId, Base):
    """A user with a password; without any active account the program asks for none."""

    __tablename__ = "account"
    __table_args__ = (CheckConstraint("failures >= 0", name="failures"),)

    full_name: Mapped[str] = mapped_column(unique=True)
    password: Mapped[str] = mapped_column(default="", info={"secret": True})  # scrypt, or none
    lecturer_id: Mapped[int | None] = mapped_column(ForeignKey("lecturer.id"), index=True)
    is_active: Mapped[bool] = mapped_column(default=True)
    failures: Mapped[int] = mapped_column(default=0)  # wrong passwords since the last right one
    failed_at: Mapped[datetime.datetime | None]
    roles: Mapped[list["AccountRole"]] = relationship(
        cascade="all, delete-orphan", order_by="AccountRole.role"
    )


class AccountRole(Base):
    """One of the roles of an account."""

    __tablename__ = "account_role"
    __table_args__ = (term_check("role", Role),)

    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), primary_key=True)
    role: Mapped[Role] = mapped_column(TermType(Role), primary_key=True)


class Setting(Base):
    """One value of the settings of this centre."""

    __tablename__ = "setting"

    name: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str]
