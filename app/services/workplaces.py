"""Units that send learners, found by name whatever its capitals."""

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import text
from app.models import Workplace
from app.services import guard
from app.terms import Permission

LOADED_AT_ONCE = 500


def listed(db: Session, names: Iterable[str]) -> dict[str, Workplace]:
    """Return workplaces by `text.word_key` of the name, whatever its capitals; adds new ones."""
    guard.permit(db, Permission.EDIT_PEOPLE)
    wanted = {text.word_key(name): name for name in map(text.clean, names) if name}
    folds = sorted({text.fold(name) for name in wanted.values()})
    known: dict[str, Workplace] = {}
    for start in range(0, len(folds), LOADED_AT_ONCE):
        chunk = folds[start : start + LOADED_AT_ONCE]
        for row in db.scalars(select(Workplace).where(Workplace.fold.in_(chunk))):
            known.setdefault(text.word_key(row.name), row)
    added = {key: Workplace(name=name) for key, name in wanted.items() if key not in known}
    db.add_all(added.values())
    db.flush()
    return known | added
