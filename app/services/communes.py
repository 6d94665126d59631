"""The communes merged on 1 July 2025: offered where their old names stand, never done silently."""

import csv
import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from sqlalchemy.orm import Session

from app import paths, text
from app.services import guard, units, workplaces
from app.services.units import UnitRow
from app.terms import Permission

LAST_DAY = datetime.date(2025, 6, 30)
AREA = "huyện Bình Gia cũ, tỉnh Lạng Sơn"  # of resources/reference/xa_sap_nhap_2025.csv


@dataclass(frozen=True)
class Offer:
    """An old name that stands in the register or is only known, and what it became."""

    old_name: str
    new_name: str
    unit_id: int | None  # None: nobody is of the old unit, its name would only be remembered
    target_id: int | None  # None: the unit is renamed, else it goes into this one
    people: int

    @property
    def act(self) -> str:
        """What accepting does."""
        if self.unit_id is None:
            return "Nhớ tên cũ"
        return "Đổi tên" if self.target_id is None else "Gộp"


def offers(db: Session) -> list[Offer]:
    """Return what the reference says about the units there are."""
    guard.read(db, Permission.READ)
    rows = units.unit_list(db)
    return [*_of_units(db, rows), *_of_names(db, rows)]


def accept(db: Session, accepted: Iterable[Offer]) -> int:
    """Do what was accepted, as one act; return how many people are in another unit now."""
    guard.permit(db, Permission.EDIT_PEOPLE)
    moved = 0
    for offer in accepted:
        now = workplaces.resolved(db, [offer.new_name]).get(text.word_key(offer.new_name))
        if offer.unit_id is None:
            if now is not None:
                units.add_name(db, now.id, offer.old_name, LAST_DAY)
        elif now is not None and now.id != offer.unit_id:  # perhaps renamed a moment ago
            moved += units.merge(db, [offer.unit_id], now.id, LAST_DAY)
        else:
            units.rename(db, offer.unit_id, offer.new_name, LAST_DAY)
            moved += offer.people
    return moved


@cache
def changes() -> tuple[tuple[str, str], ...]:
    """Old and new names of communes whose name changed."""
    path = paths.resources() / "reference" / "xa_sap_nhap_2025.csv"
    with path.open(encoding="utf-8", newline="") as file:
        pairs = [(row["xa_cu"], row["xa_moi_2025"]) for row in csv.DictReader(file)]
    return tuple((old, new) for old, new in pairs if text.word_key(old) != text.word_key(new))


def renamed(name: str) -> str:
    """Return a unit's name with today's commune at its end; empty when nothing changed."""
    words = text.clean(name).split()
    for old, new in changes():
        length = len(old.split())
        if text.word_key(" ".join(words[-length:])) == text.word_key(old):
            before = words[:-length]
            inside = (
                new if not before or words[-length][:1].isupper() else new[:1].lower() + new[1:]
            )
            return " ".join([*before, inside])
    return ""


def _of_units(db: Session, rows: Iterable[UnitRow]) -> Iterator[Offer]:
    for row in rows:
        if new := renamed(row.name):
            target = workplaces.resolved(db, [new]).get(text.word_key(new))
            yield Offer(row.name, new, row.id, target.id if target else None, row.people)


def _of_names(db: Session, rows: Iterable[UnitRow]) -> Iterator[Offer]:
    """Give old names that would become others of units there are."""
    by_name = {text.word_key(row.name): row for row in rows}
    known = workplaces.resolved(db, [old for old, _ in changes()])
    for old, new in changes():
        row = by_name.get(text.word_key(new))
        if row and text.word_key(old) not in known:
            yield Offer(old, row.name, None, row.id, 0)
