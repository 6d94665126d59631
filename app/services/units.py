"""Units put in order: renamed, called otherwise, merged; papers keep the name of their time."""

import datetime
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app import dates, text
from app.errors import InputError, RuleError
from app.models import Student, Workplace, WorkplaceName
from app.services import guard, workplaces
from app.terms import Permission


@dataclass(frozen=True)
class OtherName:
    """Another name of a unit: one it had until a day, or an abbreviation."""

    id: int
    name: str
    valid_to: datetime.date | None

    @property
    def told(self) -> str:
        """The name with its end: "Xã Tân Hòa (đến 30/06/2025)"."""
        return f"{self.name} (đến {dates.grid(self.valid_to)})" if self.valid_to else self.name


@dataclass(frozen=True)
class UnitRow:
    """One unit of today."""

    id: int
    name: str
    people: int
    other_names: tuple[OtherName, ...]


def unit_list(db: Session) -> list[UnitRow]:
    """Return the units of today in the order of the alphabet."""
    guard.read(db, Permission.READ)
    counted = select(Student.workplace_id, func.count()).group_by(Student.workplace_id)
    people = {row[0]: row[1] for row in db.execute(counted)}
    names: dict[int, list[OtherName]] = {}
    for row in db.scalars(select(WorkplaceName).order_by(WorkplaceName.name)):
        names.setdefault(row.workplace_id, []).append(OtherName(row.id, row.name, row.valid_to))
    units = db.scalars(select(Workplace).where(Workplace.successor_id.is_(None)))
    rows = [
        UnitRow(unit.id, unit.name, people.get(unit.id, 0), tuple(names.get(unit.id, ())))
        for unit in units
    ]
    return sorted(rows, key=lambda row: text.word_key(row.name))


def rename(db: Session, unit_id: int, name: str, valid_to: datetime.date | None = None) -> None:
    """Give a unit another name; the old one is still found, with its last day when it had one."""
    guard.permit(db, Permission.EDIT_PEOPLE)
    unit = guard.existing(db, Workplace, unit_id, "đơn vị")
    new, old = guard.required(name, "tên đơn vị", "name"), unit.name
    if new == old:
        return
    _refuse_taken(db, new, unit)
    _forget_name(db, unit, new)
    unit.name = new
    db.flush()
    if text.word_key(old) != text.word_key(new):
        _remember(db, unit, old, valid_to)


def add_name(db: Session, unit_id: int, name: str, valid_to: datetime.date | None = None) -> None:
    """Let a unit be found by another name too: an abbreviation, or one it had."""
    guard.permit(db, Permission.EDIT_PEOPLE)
    unit = guard.existing(db, Workplace, unit_id, "đơn vị")
    other = guard.required(name, "tên", "name")
    _refuse_taken(db, other, None)
    _remember(db, unit, other, valid_to)


def remove_name(db: Session, name_id: int) -> None:
    """Let a unit no longer be found by a name that is not its own."""
    guard.permit(db, Permission.EDIT_PEOPLE)
    db.delete(guard.existing(db, WorkplaceName, name_id, "tên"))
    db.flush()


def merge(
    db: Session,
    unit_ids: Collection[int],
    into_id: int,
    valid_to: datetime.date | None = None,
) -> int:
    """Merge units into one that stays; give back how many people moved.

    The units merged away keep their rows, so that the journal can take all of it back.
    """
    guard.permit(db, Permission.EDIT_PEOPLE)
    stays = guard.existing(db, Workplace, into_id, "đơn vị")
    moved = 0
    for unit_id in sorted(set(unit_ids) - {into_id}):
        unit = guard.existing(db, Workplace, unit_id, "đơn vị")
        if unit.successor_id is not None or stays.successor_id is not None:
            raise RuleError(f"{unit.name} đã gộp vào đơn vị khác. Tải lại màn hình (F5).")
        people = db.scalars(select(Student).where(Student.workplace_id == unit_id)).all()
        for person in people:
            person.workplace = stays
        moved += len(people)
        for name in db.scalars(select(WorkplaceName).where(WorkplaceName.workplace_id == unit_id)):
            name.workplace_id = into_id
        unit.successor_id = into_id
        db.flush()
        _remember(db, stays, unit.name, valid_to)
    return moved


def _remember(db: Session, unit: Workplace, name: str, valid_to: datetime.date | None) -> None:
    """Keep another name of a unit, once."""
    if text.word_key(name) == text.word_key(unit.name):
        return
    query = select(WorkplaceName).where(
        WorkplaceName.workplace_id == unit.id, WorkplaceName.fold == text.fold(name)
    )
    for known in db.scalars(query):
        if text.word_key(known.name) == text.word_key(name):
            known.valid_to = valid_to or known.valid_to
            return
    db.add(WorkplaceName(workplace_id=unit.id, name=name, valid_to=valid_to))
    db.flush()


def _forget_name(db: Session, unit: Workplace, name: str) -> None:
    """Drop another name that becomes the name itself."""
    query = select(WorkplaceName).where(
        WorkplaceName.workplace_id == unit.id, WorkplaceName.fold == text.fold(name)
    )
    for known in db.scalars(query):
        if text.word_key(known.name) == text.word_key(name):
            db.delete(known)


def _refuse_taken(db: Session, name: str, unit: Workplace | None) -> None:
    """Refuse a name that means another unit already."""
    holder = workplaces.resolved(db, [name]).get(text.word_key(name))
    if holder is not None and (unit is None or holder.id != unit.id):
        raise InputError(
            f"“{name}” đang là tên của đơn vị {holder.name}. Gộp hai đơn vị, hoặc chọn tên khác.",
            "name",
        )
