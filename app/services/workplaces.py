"""Units that send learners, found by any name they have or had, whatever its capitals."""

from collections.abc import Iterable, Iterator, Sequence

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session

from app import text
from app.models import Workplace, WorkplaceName
from app.services import guard
from app.services.finding import begins_a_word
from app.terms import Permission

LOADED_AT_ONCE = 500


def listed(db: Session, names: Iterable[str]) -> dict[str, Workplace]:
    """Return units by `text.word_key` of the name; adds those nobody has heard of.

    A name of today goes before an old name or abbreviation, that before a unit merged away.
    """
    guard.permit(db, Permission.EDIT_PEOPLE)
    wanted = {text.word_key(name): name for name in map(text.clean, names) if name}
    known = resolved(db, wanted.values())
    added = {key: Workplace(name=name) for key, name in wanted.items() if key not in known}
    db.add_all(added.values())
    db.flush()
    return known | added


def resolved(db: Session, names: Iterable[str]) -> dict[str, Workplace]:
    """Return the units of today these names mean, by `text.word_key` of the name."""
    guard.read(db, Permission.READ)
    wanted = {text.word_key(name): text.fold(name) for name in names if text.clean(name)}
    folds = sorted(set(wanted.values()))
    known: dict[str, Workplace] = {}
    for start in range(0, len(folds), LOADED_AT_ONCE):
        for name, unit in _called(db, folds[start : start + LOADED_AT_ONCE]):
            known.setdefault(text.word_key(name), _standing(unit, db))
    return {key: unit for key, unit in known.items() if key in wanted}


def alike(db: Session, typed: str, limit: int = 3) -> list[str]:
    """Return the names of units of today that have every typed word in one of their names.

    Every word begins a word of the name; what begins as typed and adds least comes first.
    """
    guard.read(db, Permission.READ)
    words = text.fold(typed).split()
    if not words:
        return []
    by_own = and_(*(begins_a_word(Workplace.fold, word) for word in words))
    by_other = select(WorkplaceName.workplace_id).where(
        *(begins_a_word(WorkplaceName.fold, word) for word in words)
    )
    begins = func.instr(Workplace.fold, " ".join(words)) == 1
    query = (
        select(Workplace.name)
        .where(Workplace.successor_id.is_(None), or_(by_own, Workplace.id.in_(by_other)))
        .order_by(begins.desc(), func.length(Workplace.fold), Workplace.fold)
    )
    return list(db.scalars(query.limit(limit)))


def keys_today(db: Session, names: Iterable[str]) -> dict[str, str]:
    """Return the `text.word_key` of today's name by that of each name a unit has or had."""
    return {key: text.word_key(unit.name) for key, unit in resolved(db, names).items()}


def _called(db: Session, folds: Sequence[str]) -> Iterator[tuple[str, Workplace]]:
    """Give names with their units, those that count first."""
    units = db.scalars(select(Workplace).where(Workplace.fold.in_(folds))).all()
    yield from ((unit.name, unit) for unit in units if unit.successor_id is None)
    others = (
        select(WorkplaceName.name, Workplace)
        .join(Workplace, Workplace.id == WorkplaceName.workplace_id)
        .where(WorkplaceName.fold.in_(folds))
        .order_by(WorkplaceName.id)
    )
    yield from ((row[0], row[1]) for row in db.execute(others))
    yield from ((unit.name, unit) for unit in units if unit.successor_id is not None)


def _standing(unit: Workplace, db: Session) -> Workplace:
    """Return what became of a unit, after however many mergers."""
    seen = {unit.id}
    while unit.successor_id is not None and unit.successor_id not in seen:
        unit = guard.existing(db, Workplace, unit.successor_id, "đơn vị")
        seen.add(unit.id)
    return unit
