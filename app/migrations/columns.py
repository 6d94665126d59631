"""Short spellings for the released steps; as frozen as they are."""

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from sqlalchemy.types import TypeEngine


def required(kind: type[TypeEngine[Any]], *names: str) -> Iterator[sa.Column[Any]]:
    """Give columns that must hold a value."""
    return (sa.Column(name, kind(), nullable=False) for name in names)


def optional(kind: type[TypeEngine[Any]], *names: str) -> Iterator[sa.Column[Any]]:
    """Give columns that may be empty."""
    return (sa.Column(name, kind(), nullable=True) for name in names)


def key(table: str, *columns: str) -> sa.PrimaryKeyConstraint:
    """Give the primary key."""
    return sa.PrimaryKeyConstraint(*columns, name=f"pk_{table}")


def unique(table: str, *columns: str) -> sa.UniqueConstraint:
    """Give a rule that no two rows share these values."""
    return sa.UniqueConstraint(*columns, name=f"uq_{table}_{'_'.join(columns)}")


def refers(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    """Give a reference to `target` ("table.column")."""
    return sa.ForeignKeyConstraint([column], [target], name=f"fk_{table}_{column}")


def check(table: str, name: str, rule: str) -> sa.CheckConstraint:
    """Give a rule every row keeps."""
    return sa.CheckConstraint(rule, name=f"ck_{table}_{name}")


def one_of(table: str, column: str, *words: str, empty: bool = False) -> sa.CheckConstraint:
    """Give the closed vocabulary of a column."""
    rule = f"{column} IN ({', '.join(repr(word) for word in words)})"
    return check(table, column, f"{column} IS NULL OR {rule}" if empty else rule)
