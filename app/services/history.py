"""What was done and by whom: the centre's acts, and the changes of one record."""

import datetime
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import Session

from app import journal, text
from app.models import JournalAct, JournalChange
from app.services import guard, history_records, history_rules
from app.services import history_words as words
from app.services.history_names import Names
from app.terms import ActKind, Permission, RecordKind

READ_AT_ONCE = 500


@dataclass(frozen=True)
class ActFilter:
    """What acts to list; an empty value lets everything through."""

    actor: str = ""
    since: datetime.date | None = None
    until: datetime.date | None = None
    kind: ActKind | None = None
    record: RecordKind | None = None
    query: str = ""
    limit: int = 500


@dataclass(frozen=True)
class ActLine:
    """One act of the journal; times are this machine's."""

    id: int
    name: str
    subject: str  # the class it is about, if any
    kind: ActKind
    actor: str
    machine: str
    reason: str
    happened_at: datetime.datetime
    changes: int
    is_undone: bool
    final_reason: str  # why it cannot be undone; empty when it can


@dataclass(frozen=True)
class ChangeLine:
    """One value an act changed, in words; empty `before` or `after` where there was nothing."""

    act: ActLine
    record: str
    field: str
    before: str
    after: str


def act_list(db: Session, wanted: ActFilter) -> list[ActLine]:
    """Return acts, newest first."""
    guard.permit(db, Permission.READ_JOURNAL)
    return [*_lines(db, list(islice(_numbers(db, wanted), wanted.limit)))]


def actors(db: Session) -> list[str]:
    """Return everybody who has an act in the journal."""
    guard.permit(db, Permission.READ_JOURNAL)
    query = select(JournalAct.actor).distinct().order_by(JournalAct.actor)
    return [name for name in db.scalars(query) if name]


def act_changes(db: Session, act_id: int, limit: int = 500) -> list[ChangeLine]:
    """Return what an act changed, in the order it did."""
    guard.permit(db, Permission.READ_JOURNAL)
    query = select(JournalChange).where(JournalChange.act_id == act_id)
    ordered = query.order_by(JournalChange.position)
    return _change_lines(db, db.scalars(ordered.limit(limit)).all(), limit)


def changes_of_acts(db: Session, acts: Sequence[ActLine]) -> dict[int, list[ChangeLine]]:
    """Return everything these acts changed, by act: for an export, some hundreds at a time."""
    guard.permit(db, Permission.READ_JOURNAL)
    found: dict[int, list[ChangeLine]] = {act.id: [] for act in acts}
    by_id = {act.id: act for act in acts}
    names = Names(db)
    query = select(JournalChange).where(JournalChange.act_id.in_(by_id))
    for row in db.scalars(query.order_by(JournalChange.act_id, JournalChange.position)):
        found[row.act_id] += _values(by_id[row.act_id], row, names)
    return found


def record_history(db: Session, kind: str, key: int | str, limit: int = 500) -> list[ChangeLine]:
    """Return the changes of a record and of what hangs on it, newest first.

    `kind` is one of `history_records.SUBJECTS`: "student", "enrolment", "training_class"…;
    one cell of the attendance sheet is "attendance_record" with "enrolment/session".
    """
    guard.permit(db, Permission.READ)
    rows = history_records.rows_of(db, kind, key)
    where = or_(
        *(
            and_(JournalChange.table_name == table, JournalChange.row_key.in_(keys))
            for table, keys in rows.items()
        )
    )
    query = select(JournalChange).where(where)
    newest = query.order_by(JournalChange.act_id.desc(), JournalChange.position)
    return _change_lines(db, db.scalars(newest.limit(limit)).all(), limit)


def next_undo(db: Session, after: int) -> ActLine | None:
    """Return this user's newest act since entry `after` that is in force; perhaps a final one."""
    query = select(JournalAct).where(
        JournalAct.id > after, JournalAct.kind == ActKind.CHANGE, _of_user(db), journal.is_live()
    )
    return _newest(db, query)


def next_redo(db: Session, after: int) -> ActLine | None:
    """Return this user's newest undoing since entry `after`, unless something was done since."""
    since = select(func.max(JournalAct.id)).where(JournalAct.kind == ActKind.CHANGE, _of_user(db))
    newest = max(after, db.scalar(since) or 0)
    query = select(JournalAct).where(
        JournalAct.id > newest, JournalAct.kind == ActKind.UNDO, _of_user(db), journal.is_live()
    )
    return _newest(db, query)


def is_in_force(db: Session, act_id: int) -> bool:
    """Tell whether an act was not taken back."""
    guard.read(db, Permission.READ)
    query = select(JournalAct.id).where(JournalAct.id == act_id, journal.is_live())
    return db.scalar(query) is not None


def undo(db: Session, act_id: int) -> None:
    """Take an act back within the act under way; refused in words when that cannot be."""
    act = guard.existing(db, JournalAct, act_id, "việc")
    history_rules.check_undo(db, act)
    _revert(db, act)


def redo(db: Session, act_id: int) -> None:
    """Do again what the undoing `act_id` took back; refused in words when that cannot be."""
    act = guard.existing(db, JournalAct, act_id, "việc")
    history_rules.check_redo(db, act)
    _revert(db, act)


def _revert(db: Session, act: JournalAct) -> None:
    from app.services import undo_checks  # it knows every service: slow to import at the start

    before = undo_checks.faults(db)
    if act.subject:
        journal.concerns(db, act.subject)
    journal.revert(db, act.id)
    undo_checks.refuse_new_faults(db, before)


def _of_user(db: Session) -> ColumnElement[bool]:
    user = db.info["user"]
    return and_(
        JournalAct.actor == user.name, JournalAct.account_id.is_not_distinct_from(user.account_id)
    )


def _conditions(wanted: ActFilter) -> Iterator[ColumnElement[bool]]:
    if wanted.actor:
        yield JournalAct.actor == wanted.actor
    if wanted.kind:
        yield JournalAct.kind == wanted.kind
    if wanted.record:
        yield history_records.touches(wanted.record)
    if wanted.since:
        yield JournalAct.happened_at >= _start(wanted.since)
    if wanted.until:
        yield JournalAct.happened_at < _start(wanted.until + datetime.timedelta(days=1))


def _start(day: datetime.date) -> str:
    """Return the first instant of a day of this machine as the journal writes instants."""
    local = datetime.datetime.combine(day, datetime.time()).astimezone()
    return local.astimezone(datetime.UTC).isoformat(timespec="milliseconds")[:-6] + "Z"


def _numbers(db: Session, wanted: ActFilter) -> Iterator[int]:
    """Give the numbers of the acts, newest first, without reading more of them than is asked."""
    columns = (
        JournalAct.id,
        JournalAct.name,
        JournalAct.subject,
        JournalAct.reason,
        JournalAct.actor,
    )
    query = select(*columns).where(*_conditions(wanted)).order_by(JournalAct.id.desc())
    folded = cache(text.fold)  # thousands of acts have the same name
    with db.execute(query.execution_options(yield_per=READ_AT_ONCE)) as rows:
        for number, *said in rows:
            if not wanted.query or text.matches(wanted.query, " ".join(map(folded, said))):
                yield number


def _lines(db: Session, numbers: Sequence[int]) -> Iterator[ActLine]:
    """Read acts, newest first, some at a time: a journal may hold hundreds of thousands."""
    for at in range(0, len(numbers), READ_AT_ONCE):
        query = select(JournalAct).where(JournalAct.id.in_(numbers[at : at + READ_AT_ONCE]))
        yield from _act_lines(db, db.scalars(query.order_by(JournalAct.id.desc())))


def _newest(db: Session, query: Select[JournalAct]) -> ActLine | None:
    rows = db.scalars(query.order_by(JournalAct.id.desc()).limit(1)).all()
    return next(iter(_act_lines(db, rows)), None)


def _act_lines(db: Session, acts: Iterable[JournalAct]) -> list[ActLine]:
    rows = list(acts)
    ids = [row.id for row in rows]
    if not ids:
        return []
    of_these = JournalChange.act_id.in_(ids)
    query = select(JournalChange.act_id, func.count()).where(of_these)
    counts = {row[0]: row[1] for row in db.execute(query.group_by(JournalChange.act_id))}
    among = JournalAct.id.in_(ids)
    live = set(db.scalars(select(JournalAct.id).where(among, journal.is_live())))
    final = history_rules.final_reasons(db, rows)
    return [
        _act_line(row, counts.get(row.id, 0), row.id not in live, final[row.id]) for row in rows
    ]


def _act_line(row: JournalAct, changes: int, is_undone: bool, final_reason: str) -> ActLine:
    moment = datetime.datetime.fromisoformat(row.happened_at).astimezone()
    return ActLine(
        id=row.id,
        name=row.name,
        subject=row.subject,
        kind=row.kind,
        actor=row.actor,
        machine=row.machine,
        reason=row.reason,
        happened_at=moment,
        changes=changes,
        is_undone=is_undone,
        final_reason=final_reason,
    )


def _change_lines(db: Session, changes: Iterable[JournalChange], limit: int) -> list[ChangeLine]:
    rows = list(changes)
    wanted = {row.act_id for row in rows}
    by_id = {line.id: line for line in _lines(db, sorted(wanted, reverse=True))}
    names = Names(db)
    lines = (line for row in rows for line in _values(by_id[row.act_id], row, names))
    return [line for line, _ in zip(lines, range(limit), strict=False)]


def _values(act: ActLine, change: JournalChange, names: Names) -> Iterator[ChangeLine]:
    """Give a line for every value worth reading; a row that came or went gives at least one."""
    record = names.of(change.table_name, change.row_key)
    before, after = journal.read_image(change.before), journal.read_image(change.after)
    told = False
    for name, column in words.table_columns(change.table_name).items():
        was = words.shown(column, (before or {}).get(name))
        now = words.shown(column, (after or {}).get(name))
        if words.is_shown(column) and (was != now or was == journal.SECRET):
            told = True
            yield ChangeLine(act, record, words.word(change.table_name, name), was, now)
    if not told and (before is None or after is None):
        yield ChangeLine(act, record, "", "" if before is None else "có", "có" if after else "")
