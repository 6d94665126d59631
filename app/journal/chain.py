"""The hash chain: an edited, removed or moved entry is found, a cut tail by its mark on paper."""

import hashlib
import json
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import numbers
from app.journal.images import Row, table_of
from app.models import JournalAct, JournalChange

_SIGNED = (
    "id",
    "name",
    "subject",
    "kind",
    "actor",
    "account_id",
    "machine",
    "reason",
    "happened_at",
    "undoes",
    "permissions",
    "previous_hash",
)
_CHANGED = ("position", "table_name", "row_key", "before", "after")
_MARK_DIGITS = 12
AS_STORED = f"SELECT * FROM {JournalAct.__tablename__} ORDER BY id"  # also what no word stands for
NOTHING_LEFT: tuple[float, Sequence[Row]] = (math.inf, ())


@dataclass(frozen=True)
class Head:
    """The newest entry; its mark on paper proves later that no entry was cut off."""

    number: int
    hash: str

    @property
    def mark(self) -> str:
        """Return number and short hash as papers print them: "1.234 · 9F3A-77C1-20BE"."""
        if not self.number:
            return "0"
        digits = self.hash[:_MARK_DIGITS].upper()
        groups = "-".join(digits[at : at + 4] for at in range(0, _MARK_DIGITS, 4))
        return f"{numbers.grouped(self.number)} · {groups}"


def head(db: Session) -> Head:
    """Return the newest entry; number 0 while the journal is empty."""
    query = select(JournalAct.id, JournalAct.hash).order_by(JournalAct.id.desc()).limit(1)
    return Head(*(db.execute(query).first() or (0, "")))


def knows(db: Session, mark: str) -> bool:
    """Tell whether the entry a printed mark names is still in the journal as it was."""
    number, _, digits = mark.partition("·")
    plain = "".join(sign for sign in number if sign.isdigit())
    wanted = "".join(sign for sign in digits if sign.isalnum()).lower()
    if not plain or len(wanted) != _MARK_DIGITS:
        return False
    found = db.scalar(select(JournalAct.hash).where(JournalAct.id == int(plain)))
    return found is not None and found.startswith(wanted)


def hash_of(act: Row, changes: Sequence[Row]) -> str:
    """Return the SHA-256 over the act, what it changed and, by `previous_hash`, all before."""
    digest = hashlib.sha256(_line(act, _SIGNED))
    for change in changes:
        digest.update(_line(change, _CHANGED))
    return digest.hexdigest()


def _line(values: Row, names: Sequence[str]) -> bytes:
    line = json.dumps([values[name] for name in names], ensure_ascii=False, default=repr)
    return line.encode() + b"\n"


def findings(db: Session) -> Iterator[str]:
    """Return one Vietnamese sentence for each fault of the chain."""
    number, known = 0, {""}
    strays: list[int] = []
    faulty: dict[int, str] = {}
    for act, changes in _entries(db):
        if act is None:
            strays.append(changes[0]["act_id"])
            continue
        digest = hash_of(act, changes)
        if act["id"] > number + 1:
            strays = [stray for stray in strays if not number < stray < act["id"]]
            yield f"Nhật ký: thiếu {_span(number + 1, act['id'] - 1)}."
        elif act["previous_hash"] not in known:
            faulty[act["id"]] = "không nối tiếp mục trước, có mục bị đổi chỗ hoặc sửa"
        if digest != act["hash"]:
            faulty[act["id"]] = f"“{act['name']}” đã bị sửa"
        number, known = max(number, act["id"]), {act["hash"], digest}
    yield from _told(faulty)
    yield from _end(db, number, strays)


def _told(faulty: Mapping[int, str]) -> Iterator[str]:
    """Tell neighbours together: entries that changed places are one fault."""
    for _, run in groupby(enumerate(faulty), lambda pair: pair[1] - pair[0]):
        ids = [number for _, number in run]
        what = faulty[ids[0]] if len(ids) == 1 else "đã bị sửa hoặc đổi chỗ"
        yield f"Nhật ký: {_span(ids[0], ids[-1])} {what}."


def _span(first: int, last: int) -> str:
    return f"mục {first}" if first == last else f"mục {first} đến {last}"


def _end(db: Session, number: int, strays: Sequence[int]) -> Iterator[str]:
    """Compare the last entry with the numbers SQLite has given."""
    given = _last_number_given(db)
    if strays:
        yield f"Nhật ký: có {len(strays)} mục bị xóa mà còn chi tiết (mục {min(strays)})."
    elif number < given:
        yield f"Nhật ký: đã ghi đến mục {given} mà chỉ còn đến mục {number}, phần cuối bị cắt."
    elif number > given:
        yield f"Nhật ký: bộ đếm mục bị sửa (ghi {given}, mà đã có mục {number})."


def _last_number_given(db: Session) -> int:
    """Return the highest number SQLite has ever given to an entry."""
    query = "SELECT seq FROM sqlite_sequence WHERE name = ?"
    found = db.connection().exec_driver_sql(query, (JournalAct.__tablename__,)).scalar()
    return int(found or 0)


def _entries(db: Session) -> Iterator[tuple[Row | None, Sequence[Row]]]:
    """Give each act with its changes, one at a time; None for the act of changes without one."""
    changes = table_of(JournalChange)
    ordered = select(changes).order_by(changes.c.act_id, changes.c.position)
    groups = _groups(db.connection().execute(ordered).mappings())
    number, rows = next(groups, NOTHING_LEFT)
    for act in db.connection().exec_driver_sql(AS_STORED).mappings():
        while number < act["id"]:
            yield None, rows
            number, rows = next(groups, NOTHING_LEFT)
        if number == act["id"]:
            yield act, rows
            number, rows = next(groups, NOTHING_LEFT)
        else:
            yield act, ()
    while rows:
        yield None, rows
        number, rows = next(groups, NOTHING_LEFT)


def _groups(rows: Iterable[Row]) -> Iterator[tuple[float, Sequence[Row]]]:
    for number, group in groupby(rows, lambda row: int(row["act_id"])):
        yield number, list(group)
