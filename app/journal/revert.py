"""Taking an act back: the images of before are put in place again, or it is said what is newer."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import ForeignKeyConstraint, Table, exists, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, aliased

from app.errors import RuleError
from app.journal import images
from app.journal.images import Image
from app.journal.record import Recording
from app.models import JournalAct, JournalChange
from app.terms import ActKind

AT_ONCE = 400  # keys in one query: SQLite takes 999 values
MOVED = (
    "Không {verb} được “{name}”: dữ liệu đã đổi khác từ đó. Chưa đổi gì; sửa tay ở màn hình của nó."
)


@dataclass(frozen=True)
class Obstacle:
    """A newer act that touched the same row, or hung something on it."""

    act_id: int
    name: str
    actor: str
    happened_at: str


@cache  # to put it together takes as long as to ask it, after every act
def is_live() -> Any:
    """Return the condition that an act of `JournalAct` has not been taken back."""
    undo, redo = aliased(JournalAct), aliased(JournalAct)
    redone = exists().where(redo.undoes == undo.id)
    return ~exists().where(undo.undoes == JournalAct.id, ~redone)


def obstacles(db: Session, act_id: int) -> list[Obstacle]:
    """Return the newer acts, still in force, that stand on what this act changed; oldest first.

    `act_id` is an ordinary act to be undone, or an undoing to be taken back (redo).
    """
    act = db.get_one(JournalAct, act_id)
    root = act.undoes if act.kind is ActKind.UNDO and act.undoes else act_id
    found = {one.id: one for one in _touching(db, root)}
    found |= {one.id: one for one in _hanging_on(db, act_id) if one.id > root}
    return [
        Obstacle(one.id, one.name, one.actor, one.happened_at) for _, one in sorted(found.items())
    ]


def _touching(db: Session, root: int) -> Iterator[JournalAct]:
    mine, newer = aliased(JournalChange), aliased(JournalChange)
    query = (
        select(JournalAct)
        .join(newer, newer.act_id == JournalAct.id)
        .join(mine, (mine.table_name == newer.table_name) & (mine.row_key == newer.row_key))
        .where(
            mine.act_id == root,
            newer.act_id > root,
            JournalAct.kind.not_in((ActKind.UNDO, ActKind.REDO)),
            is_live(),
        )
        .distinct()
    )
    yield from db.scalars(query)


def _hanging_on(db: Session, act_id: int) -> Iterator[JournalAct]:
    """Acts that inserted rows referring to rows which would be deleted again."""
    tables = images.journalled_tables()
    query = select(JournalChange.table_name, JournalChange.row_key, JournalChange.before.is_(None))
    added: dict[str, set[str]] = defaultdict(set)
    mine: dict[str, set[str]] = defaultdict(set)  # what the act changed goes back with it
    for table, key, is_new in db.execute(query.where(JournalChange.act_id == act_id)):
        mine[table].add(key)
        if is_new:
            added[table].add(key)
    for child in tables.values():
        for link in child.foreign_key_constraints:
            if keys := added.get(link.referred_table.name):
                stray = set(_children(db, child, link, keys)) - mine[child.name]
                yield from _inserters(db, child.name, stray)


def _children(
    db: Session, child: Table, link: ForeignKeyConstraint, keys: Iterable[str]
) -> Iterator[str]:
    """Keys of the rows of `child` that refer to these rows through a one-column key."""
    (column,) = link.columns
    for chunk in _chunks(keys):
        (target,) = (element.column for element in link.elements)
        wanted = [images.key_values(target.table, key)[0] for key in chunk]
        query = select(*child.primary_key.columns).where(column.in_(wanted))
        for row in db.connection().execute(query):
            yield "/".join(str(getattr(value, "value", value)) for value in row)


def _inserters(db: Session, table: str, keys: Iterable[str]) -> Iterator[JournalAct]:
    for chunk in _chunks(keys):
        query = (
            select(JournalAct)
            .join(JournalChange, JournalChange.act_id == JournalAct.id)
            .where(JournalChange.table_name == table, JournalChange.row_key.in_(chunk))
            .distinct()
        )
        yield from db.scalars(query)


def _chunks(keys: Iterable[str]) -> Iterator[list[str]]:
    ordered = sorted(keys)
    return (ordered[at : at + AT_ONCE] for at in range(0, len(ordered), AT_ONCE))


def revert(db: Session, act_id: int) -> None:
    """Put the rows of an act back as they were before it; the act under way journals that.

    Raises RuleError and writes nothing when a row is no longer as the act left it.
    """
    act = db.get_one(JournalAct, act_id)
    verb = "làm lại" if act.kind is ActKind.UNDO else "hoàn tác"
    query = select(JournalChange).where(JournalChange.act_id == act_id)
    changes = db.scalars(query.order_by(JournalChange.position.desc())).all()
    moved = RuleError(MOVED.format(verb=verb, name=act.name))
    try:
        applied = all(_take_back(db, change) for change in changes)
    except IntegrityError as error:
        raise moved from error
    if not applied:
        raise moved
    db.expire_all()  # what was read before is no longer so


def _take_back(db: Session, change: JournalChange) -> bool:
    """Reverse one change; False when the row is not as the change left it."""
    table = images.journalled_tables()[change.table_name]
    before, after = images.read(change.before), images.read(change.after)
    statement, values = _reversal(table, change.row_key, before, after)
    if db.connection().exec_driver_sql(statement, tuple(values)).rowcount != 1:
        return False
    recording: Recording = db.info["recording"]
    recording.add(change.table_name, change.row_key, after, before)
    return True


def _reversal(
    table: Table, key: str, before: Image | None, after: Image | None
) -> tuple[str, Sequence[Any]]:
    """Return the statement that turns `after` into `before`, on the row just as `after` says."""
    name = table.name
    if after is None:
        assert before is not None
        marks = ", ".join("?" * len(before))
        return f"INSERT INTO {name} ({', '.join(before)}) VALUES ({marks})", [*before.values()]
    same = " AND ".join([images.where_key(table), *(f"{column} IS ?" for column in after)])
    where = [*images.key_values(table, key), *after.values()]
    if before is None:
        return f"DELETE FROM {name} WHERE {same}", where
    puts = ", ".join(f"{column} = ?" for column in before)
    return f"UPDATE {name} SET {puts} WHERE {same}", [*before.values(), *where]
