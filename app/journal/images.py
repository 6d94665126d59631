"""Rows as the journal keeps them: column values as SQLite stores them, written as JSON."""

import hashlib
import json
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from sqlalchemy import Column, Connection, RowMapping, Table
from sqlalchemy.dialects import sqlite

from app.models import Base, JournalAct, JournalChange

Image = dict[str, Any]
Row = Mapping[str, Any] | RowMapping
SECRET = "•••"
_DIALECT = sqlite.dialect()
_write = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode


@cache
def journalled_tables() -> dict[str, Table]:
    """Return the tables whose changes are kept: all but the journal's own."""
    own = {JournalAct.__tablename__, JournalChange.__tablename__}
    return {table.name: table for table in Base.metadata.sorted_tables if table.name not in own}


def table_of(model: type[Base]) -> Table:
    """Return the table of a model."""
    table = model.__table__
    assert isinstance(table, Table)
    return table


def written(image: Image | None) -> str | None:
    """Return the image as the journal stores it."""
    return None if image is None else _write(image)


def read(stored: str | None) -> Image | None:
    """Return an image the journal stored."""
    return None if stored is None else json.loads(stored)


def row_key(table: Table, image: Row) -> str:
    """Return the values of the primary key: "12", "12/7"."""
    return "/".join(str(image[column.name]) for column in table.primary_key.columns)


def key_values(table: Table, key: str) -> tuple[Any, ...]:
    """Return the primary key as the database compares it."""
    columns = table.primary_key.columns
    return tuple(
        int(part) if column.type.python_type is int else part
        for column, part in zip(columns, key.split("/", len(columns) - 1), strict=True)
    )


@cache
def storing(column: "Column[Any]") -> Callable[[Any], Any]:
    """Return what turns a value of the program into the value SQLite stores."""
    if is_secret(column):
        return _fingerprint
    kind = column.type.dialect_impl(_DIALECT)
    return kind.bind_processor(_DIALECT) or _same


def stored_row(connection: Connection, table: Table, key: str) -> Image | None:
    """Return a row as it is in the file, passwords veiled; None when there is none."""
    query = f"SELECT * FROM {table.name} WHERE {where_key(table)}"
    found = connection.exec_driver_sql(query, key_values(table, key)).mappings().first()
    return None if found is None else veiled(table, found)


def veiled(table: Table, row: Row) -> Image:
    """Return the columns of the table without what must not be kept."""
    return {
        column.name: storing(column)(row[column.name]) if is_secret(column) else row[column.name]
        for column in table.columns
        if column.name in row
    }


def where_key(table: Table) -> str:
    """Return the condition that names one row by its primary key."""
    return " AND ".join(f"{column.name} = ?" for column in table.primary_key.columns)


def _fingerprint(value: str) -> str:
    """Show that a password was changed, also behind the program's back, and nothing of it."""
    return SECRET + hashlib.sha256(value.encode()).hexdigest()[:16] if value else ""


def is_secret(column: "Column[Any]") -> bool:
    """Tell whether the journal must not hold what is in the column."""
    return bool(column.info.get("secret"))


def _same(value: Any) -> Any:
    return value
