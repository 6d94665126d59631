"""The orders a list of people can have; ids only, so that 100,000 are ordered at once."""

from array import array
from collections.abc import Callable, Iterator, Mapping
from enum import Enum
from typing import Any

from sqlalchemy import SQLColumnExpression, Text, func, select, true, type_coerce
from sqlalchemy.orm import Session

from app import text
from app.models import Enrolment, Student, Workplace

_FEW = 500


class Order(Enum):
    """What a list of people is ordered by."""

    NAME = "name"
    BORN = "born"
    UNIT = "unit"
    CLASSES = "classes"


def ordered(db: Session, ids: "array[int]", order: Order, *, is_descending: bool) -> "array[int]":
    """Order ids that are by name; who has nothing to be ordered by comes last."""
    if order is Order.NAME:
        return ids[::-1] if is_descending else ids
    keys = _KEYS[order](db, ids)
    known = sorted((one for one in ids if one in keys), key=keys.__getitem__, reverse=is_descending)
    return array("q", known + [one for one in ids if one not in keys])


def _births(db: Session, ids: "array[int]") -> dict[int, str]:
    return dict(_pairs(db, type_coerce(Student.born, Text), ids))


def _unit_places(db: Session, ids: "array[int]") -> dict[int, int]:
    """Return the place of everybody's unit in the order of the alphabet."""
    units = [(row[0], row[1]) for row in db.execute(select(Workplace.id, Workplace.name))]
    units.sort(key=lambda unit: text.word_key(unit[1]))
    places = {str(unit): place for place, (unit, _) in enumerate(units)}
    return {one: places[unit] for one, unit in _pairs(db, Student.workplace_id, ids)}


def _class_counts(db: Session, ids: "array[int]") -> dict[int, int]:
    query = select(Enrolment.student_id, func.count()).group_by(Enrolment.student_id)
    counts = {row[0]: row[1] for row in db.execute(query)}
    return {one: counts.get(one, 0) for one in ids}


def _pairs(
    db: Session, column: SQLColumnExpression[Any], ids: "array[int]"
) -> Iterator[tuple[int, str]]:
    """Give ids with a value; joined by SQLite, or 100,000 rows would take as long as the rest."""
    few = Student.id.in_(ids) if len(ids) <= _FEW else true()
    query = select(func.group_concat(Student.id), func.group_concat(column))
    keys, values = db.execute(query.where(column.is_not(None), few)).one()
    return zip(numbers(keys), (values or "").split(","), strict=False)


def numbers(joined: str | None) -> "array[int]":
    """Read what SQLite's group_concat joined."""
    return array("q", map(int, joined.split(",")) if joined else ())


_KEYS: dict[Order, Callable[[Session, "array[int]"], Mapping[int, Any]]] = {
    Order.BORN: _births,
    Order.UNIT: _unit_places,
    Order.CLASSES: _class_counts,
}
