"""The hash chain: an edited, removed or moved entry is found, a cut tail by its mark on paper."""

import hashlib
import json
from collections.abc import Iterator, Sequence
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
    line = json.dumps([values[name] for name in names], ensure_ascii=False)
    return line.encode() + b"\n"


def findings(db: Session) -> Iterator[str]:
    """Return one Vietnamese sentence for each fault of the chain."""
    changes = _changes_by_act(db)
    number, previous = 0, ""
    told: set[int] = set()
    acts = table_of(JournalAct)
    for act in db.connection().execute(select(acts).order_by(acts.c.id)).mappings().all():
        if act["id"] != number + 1:
            told |= set(range(number + 1, act["id"]))
            yield f"Nhật ký: thiếu mục {number + 1} đến {act['id'] - 1}."
        elif act["previous_hash"] != previous:
            yield f"Nhật ký: mục {act['id']} không nối tiếp mục trước, có mục bị đổi chỗ hoặc sửa."
        if hash_of(act, changes.pop(act["id"], [])) != act["hash"]:
            yield f"Nhật ký: mục {act['id']} “{act['name']}” đã bị sửa."
        number, previous = act["id"], act["hash"]
    if left := changes.keys() - told:
        yield f"Nhật ký: có {len(left)} mục bị xóa mà còn chi tiết (mục {min(left)})."


def _changes_by_act(db: Session) -> dict[int, Sequence[Row]]:
    table = table_of(JournalChange)
    query = select(table).order_by(table.c.act_id, table.c.position)
    rows = db.connection().execute(query).mappings()
    return {act: list(group) for act, group in groupby(rows, lambda row: int(row["act_id"]))}
