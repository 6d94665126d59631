"""Every row the unit of work writes, kept with the act in the same transaction."""

import datetime
import platform
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from sqlalchemy import Connection, event, insert, inspect, select
from sqlalchemy.orm import Mapper, Session, object_session
from sqlalchemy.orm.attributes import History

from app.journal import chain, images
from app.journal.images import Image
from app.models import Base, JournalAct, JournalChange
from app.terms import ActKind, Permission

NAMED = 3  # subjects of one act


@dataclass(frozen=True)
class Act:
    """What the user does, in Vietnamese; one act is one transaction and one journal entry."""

    name: str
    kind: ActKind = ActKind.CHANGE
    reason: str = ""
    undoes: int | None = None


@dataclass
class Recording:
    """What the act under way has changed so far, in the order it reached the database."""

    act: Act
    actor: str
    account_id: int | None
    changes: list[dict[str, Any]] = field(default_factory=list)
    permissions: set[Permission] = field(default_factory=set)
    subjects: dict[str, None] = field(default_factory=dict)  # in the order they came up

    def add(self, table: str, key: str, before: Image | None, after: Image | None) -> None:
        """Keep one change."""
        self.changes.append(
            {
                "position": len(self.changes),
                "table_name": table,
                "row_key": key,
                "before": images.written(before),
                "after": images.written(after),
            }
        )


def begin(db: Session, act: Act, actor: str, account_id: int | None) -> None:
    """Journal everything this session writes from now on."""
    db.info["recording"] = Recording(act, actor, account_id)


def permitted(db: Session, permission: Permission) -> None:
    """Note that the act under way was allowed by this right."""
    if recording := db.info.get("recording"):
        recording.permissions.add(permission)


def concerns(db: Session, subject: str) -> None:
    """Note what the act under way is about, such as the title of a class."""
    if recording := db.info.get("recording"):
        recording.subjects[subject] = None


def store(db: Session) -> None:
    """Write the act into the journal; an ordinary act that changed nothing leaves no entry.

    Raises RuntimeError for an act no service asked a permission for: that is a bug, and
    nothing of it may be kept.
    """
    recording: Recording = db.info["recording"]
    if recording.act.kind is ActKind.CHANGE:
        if not recording.changes:
            return
        if not recording.permissions:
            raise RuntimeError(f"“{recording.act.name}” was written without asking a permission")
    _write(db, recording)


def _write(db: Session, recording: Recording) -> None:
    query = select(JournalAct.id, JournalAct.hash).order_by(JournalAct.id.desc()).limit(1)
    last_id, last_hash = db.execute(query).first() or (0, "")
    act = {
        "id": last_id + 1,
        "name": recording.act.name,
        "subject": _listed(recording.subjects),
        "kind": recording.act.kind,
        "actor": recording.actor,
        "account_id": recording.account_id,
        "machine": machine(),
        "reason": recording.act.reason,
        "happened_at": instant(),
        "undoes": recording.act.undoes,
        "permissions": " ".join(sorted(right.value for right in recording.permissions)),
        "previous_hash": last_hash,
    }
    act["hash"] = chain.hash_of(act, recording.changes)
    db.connection().execute(insert(images.table_of(JournalAct)), act)
    if recording.changes:
        rows = [{"act_id": act["id"], **change} for change in recording.changes]
        db.connection().execute(insert(images.table_of(JournalChange)), rows)


def _listed(subjects: Iterable[str]) -> str:
    """Return the first subjects; an act about many, such as a loaded register, names a few."""
    names = list(subjects)
    return "; ".join(names[:NAMED]) + ("…" if len(names) > NAMED else "")


def instant() -> str:
    """Return this moment as the journal writes it: "2026-11-22T08:12:03.125Z"."""
    moment = datetime.datetime.now(datetime.UTC).isoformat(timespec="milliseconds")
    return moment.replace("+00:00", "Z")


@cache
def machine() -> str:
    """Return the name of this machine."""
    return platform.node()


@event.listens_for(Base, "after_insert", propagate=True)
def _inserted(mapper: Mapper[Any], _connection: Connection, target: Base) -> None:
    table, values = images.table_of(mapper.class_), inspect(target).dict
    image = {name: store(values.get(key)) for name, key, store in _columns(mapper)}
    _recording(target).add(table.name, images.row_key(table, image), None, image)


@event.listens_for(Base, "before_update", propagate=True)
def _before_update(mapper: Mapper[Any], connection: Connection, target: Base) -> None:
    """Read the old row where the program has not: what is overwritten must be known."""
    changed = _changed(mapper, target)
    if any(not history.deleted for history in changed.values()):
        inspect(target).info["old"] = _stored_row(mapper, connection, target)


@event.listens_for(Base, "after_update", propagate=True)
def _updated(mapper: Mapper[Any], _connection: Connection, target: Base) -> None:
    old = inspect(target).info.pop("old", {})
    before: Image = {}
    after: Image = {}
    for key, history in _changed(mapper, target).items():
        column = mapper.columns[key]
        store = images.storing(column)
        before[column.name] = old[column.name] if old else store(next(iter(history.deleted)))
        after[column.name] = store(next(iter(history.added)))
    if before:
        table = images.table_of(mapper.class_)
        _recording(target).add(table.name, _key(mapper, target), before, after)


@event.listens_for(Base, "before_delete", propagate=True)
def _before_delete(mapper: Mapper[Any], connection: Connection, target: Base) -> None:
    inspect(target).info["old"] = _stored_row(mapper, connection, target)


@event.listens_for(Base, "after_delete", propagate=True)
def _deleted(mapper: Mapper[Any], _connection: Connection, target: Base) -> None:
    table, image = images.table_of(mapper.class_), inspect(target).info.pop("old")
    _recording(target).add(table.name, images.row_key(table, image), image, None)


@cache
def _columns(mapper: Mapper[Any]) -> tuple[tuple[str, str, Callable[[Any], Any]], ...]:
    """Return column name, attribute and what turns its value into the stored one."""
    return tuple(
        (column.name, mapper.get_property_by_column(column).key, images.storing(column))
        for column in images.table_of(mapper.class_).columns
    )


def _changed(mapper: Mapper[Any], target: Base) -> dict[str, History]:
    """Return what was set to another value, by attribute."""
    state = inspect(target)
    histories = {
        key: state.attrs[key].history for key in state.committed_state if key in mapper.columns
    }
    return {key: history for key, history in histories.items() if history.has_changes()}


def _stored_row(mapper: Mapper[Any], connection: Connection, target: Base) -> Image:
    """Return the row as it is in the file."""
    row = images.stored_row(connection, images.table_of(mapper.class_), _key(mapper, target))
    assert row is not None
    return row


def _key(mapper: Mapper[Any], target: Base) -> str:
    return "/".join(str(value) for value in mapper.primary_key_from_instance(target))


def _recording(target: Base) -> Recording:
    db = object_session(target)
    if db is None or "recording" not in db.info:
        raise RuntimeError(f"{target!r} was written outside Database.writing()")
    recording: Recording = db.info["recording"]
    return recording
