"""One fault of the stored data in one line, however many rows show it."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.models import Base
from app.services import history_words as words
from app.services.history_names import Names

TOLD_AT_ONCE = 5
Row = tuple[str, str]  # table and key


@dataclass(frozen=True)
class Finding:
    """One fault, and the rows it speaks of: these are not told a second time."""

    text: str
    rows: frozenset[Row] = frozenset()


def about(model: type[Base], key: object) -> frozenset[Row]:
    """Return the row a finding speaks of."""
    return frozenset({(model.__tablename__, str(key))})


def merged(found: Iterable[Finding]) -> Iterator[Finding]:
    """Tell findings of one kind that rest on the same row as one."""
    found = list(found)
    frequent = Counter(one for finding in found for one in finding.rows)
    groups: dict[object, list[Finding]] = defaultdict(list)
    for finding in found:
        shared = max(sorted(finding.rows), key=frequent.__getitem__, default=None)
        groups[shared or finding].append(finding)
    for first, *others in groups.values():
        rest = f" Cùng lỗi này còn {len(others)} dòng." if others else ""
        rows = first.rows.union(*(other.rows for other in others))
        yield Finding(first.text + rest, rows)


def listed(db: Session, rows: Sequence[Row]) -> str:
    """Name the first rows as the screens do: "Học viên Lò Thị Mai; Buổi 3, lớp …"."""
    names = Names(db)
    some = "; ".join(_name(names, *one) for one in rows[:TOLD_AT_ONCE])
    return some + ("…" if len(rows) > TOLD_AT_ONCE else "")


def _name(names: Names, table: str, key: str) -> str:
    """Return what a row is called, its key where its values say nothing."""
    try:
        name = names.of(table, key)
    except ValueError:
        name = ""
    says_nothing = name in ("", words.TABLES[table]) or "?" in name
    return f"{words.TABLES[table]} số {key}" if says_nothing else name
