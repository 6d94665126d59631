"""The declarative base and the column types that keep the schema portable."""

import datetime
from decimal import Decimal
from typing import Any, TypeVar

from sqlalchemy import (
    CheckConstraint,
    Dialect,
    Integer,
    MetaData,
    Table,
    Text,
    TypeDecorator,
    event,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, Mapper, mapped_column

from app.dates import PartialDate
from app.terms import Term

TermT = TypeVar("TermT", bound=Term)


class Base(DeclarativeBase):
    """Parent of every stored thing; constraints get stable names."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {str: Text}  # noqa: RUF012 - SQLAlchemy reads it from the class


class PartialDateType(TypeDecorator[PartialDate]):
    """A date known to the day, month or year, stored as "1998-09-05", "1998-09" or "1998"."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: PartialDate | None, dialect: Dialect) -> str | None:
        """Store the ISO text."""
        return None if value is None else value.iso

    def process_result_value(self, value: Any | None, dialect: Dialect) -> PartialDate | None:
        """Read the ISO text."""
        return None if value is None else PartialDate.from_iso(value)


class Hundredths(TypeDecorator[Decimal]):
    """A decimal with two places stored as a whole number, so that no mark is ever rounded."""

    impl = Integer
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> int | None:
        """Store hundredths."""
        return None if value is None else int((value * 100).to_integral_exact())

    def process_result_value(self, value: Any | None, dialect: Dialect) -> Decimal | None:
        """Read hundredths."""
        return None if value is None else Decimal(value) / 100


class TermType(TypeDecorator[TermT]):
    """A word of a closed vocabulary stored as its code."""

    impl = Text
    cache_ok = True

    def __init__(self, term: type[TermT]) -> None:
        super().__init__()
        self.term = term

    def process_bind_param(self, value: TermT | None, dialect: Dialect) -> str | None:
        """Store the code; an unknown word is refused here."""
        return None if value is None else self.term.of(value).value

    def process_result_value(self, value: Any | None, dialect: Dialect) -> TermT | None:
        """Read the code."""
        return None if value is None else self.term.of(value)


def term_check(column: str, term: type[Term], *, optional: bool = False) -> CheckConstraint:
    """Let the schema itself refuse a word outside the vocabulary."""
    words = ", ".join(f"'{member.value}'" for member in term)
    rule = f"{column} IN ({words})"
    return CheckConstraint(f"{column} IS NULL OR {rule}" if optional else rule, name=column)


def now() -> datetime.datetime:
    """Return the instant in UTC without a zone, as it is stored."""
    return datetime.datetime.now(datetime.UTC).replace(tzinfo=None, microsecond=0)


class HasId:
    """A surrogate key; that of a deleted row is never given again, so that history stays true."""

    id: Mapped[int] = mapped_column(primary_key=True)


@event.listens_for(Base, "instrument_class", propagate=True)
def _never_reuse_keys(mapper: Mapper[Any], cls: type) -> None:
    table = mapper.local_table
    if issubclass(cls, HasId) and isinstance(table, Table):
        table.dialect_options["sqlite"]["autoincrement"] = True
