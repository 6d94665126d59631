"""What is wrong with the file itself: its structure, its chain, values and references."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from sqlalchemy import CheckConstraint, Column, Date, DateTime, Table, Text, select, text
from sqlalchemy.orm import Session

from app import journal
from app.models import Base, ClosingReport
from app.models.base import PartialDateType, TermType
from app.services import frozen
from app.services import history_words as words
from app.services.findings import Finding, Row, listed

ALL_TABLES = Base.metadata.sorted_tables
OF_ROWS = ("CHECK constraint failed", "NULL value in")  # told with the rows by `values`
NOT_OURS = "name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND name <> 'alembic_version'"
KINDS = {"table": "bảng", "index": "chỉ mục", "trigger": "lệnh tự chạy", "view": "bảng ảo"}
REMEDY = "Phục hồi từ bản sao tốt mới nhất."


def structure(db: Session) -> Iterator[Finding]:
    """Compare tables, columns and indexes with those the program has made."""
    query = text(f"SELECT type, name FROM sqlite_master WHERE {NOT_OURS}")
    stored = {(str(kind), str(name)) for kind, name in db.execute(query)}
    tables = [table for table in ALL_TABLES if ("table", table.name) in stored]
    wanted = {("table", table.name) for table in ALL_TABLES}
    wanted |= {("index", str(index.name)) for table in tables for index in table.indexes}
    for kind, name in sorted(wanted - stored):
        yield Finding(f"Tệp dữ liệu: thiếu {KINDS[kind]} {name}. {REMEDY}")
    for kind, name in sorted(stored - wanted):
        yield Finding(f"Tệp dữ liệu: có {KINDS[kind]} {name} không do chương trình lập.")
    for table in tables:
        yield from _columns(db, table)


def _columns(db: Session, table: Table) -> Iterator[Finding]:
    found = db.connection().exec_driver_sql(f"PRAGMA table_info({table.name})").mappings()
    stored, wanted = {str(column["name"]) for column in found}, {*table.columns.keys()}
    faults = [f"thiếu cột {name}" for name in sorted(wanted - stored)]
    faults += [f"có cột lạ {name}" for name in sorted(stored - wanted)]
    if faults:  # a renamed column is both
        yield Finding(f"Tệp dữ liệu: bảng {table.name} {', '.join(faults)}. {REMEDY}")


def integrity(db: Session) -> Iterator[Finding]:
    """Let SQLite look at every page; however many places are damaged, it is one fault."""
    answers = [str(answer) for (answer,) in db.execute(text("PRAGMA integrity_check"))]
    faults = [one for one in answers if one != "ok" and not one.startswith(OF_ROWS)]
    if faults:
        rest = f" và {len(faults) - 1} chỗ khác" if faults[1:] else ""
        yield Finding(f"Tệp dữ liệu hỏng bên trong (SQLite báo: {faults[0]}{rest}). {REMEDY}")


def chain(db: Session) -> Iterable[Finding]:
    """A torn chain is told once: what papers say of it adds nothing then."""
    return [Finding(fault) for fault in journal.findings(db)] or _marks_on_papers(db)


def _marks_on_papers(db: Session) -> Iterator[Finding]:
    """A frozen report names the newest journal entry of its day: that entry must still be there."""
    query = select(ClosingReport.training_class_id, ClosingReport.frozen_sheet)
    for class_id, stored in db.execute(query.where(ClosingReport.frozen_sheet.is_not(None))):
        try:
            sheet = frozen.thaw(stored or "")
        except (ValueError, TypeError, KeyError, AttributeError):
            yield Finding(f"Báo cáo tổng kết của lớp số {class_id}: nội dung lưu không đọc được.")
            continue
        if sheet.journal_mark and not journal.knows(db, sheet.journal_mark):
            yield Finding(
                f"Báo cáo tổng kết {sheet.letterhead.number} in mã nhật ký {sheet.journal_mark} "
                "mà nhật ký không còn mục ấy: nhật ký đã bị cắt hoặc sửa."
            )


def values(db: Session) -> Iterator[Finding]:
    """Name the rows whose values no screen could have stored, one line for each column."""
    for table in journal.tables().values():
        for columns, condition in _conditions(table):
            rows = [(table.name, key) for key in _keys(db, table, condition)]
            if rows:
                yield Finding(
                    f"{_worded(table, columns)} có giá trị không hợp lệ: {listed(db, rows)}.",
                    frozenset(rows),
                )


def _keys(db: Session, table: Table, condition: str) -> list[str]:
    key = " || '/' || ".join(column.name for column in table.primary_key.columns)
    query = f"SELECT {key} FROM {table.name} WHERE {condition}"
    return [str(found) for (found,) in db.connection().exec_driver_sql(query)]


def _conditions(table: Table) -> Iterator[tuple[list[str], str]]:
    """Give what no value may be, as SQL, with the columns it speaks of.

    A row is told by one condition only: the rules of the table are asked of readable values.
    """
    unreadable = {column.name: _unreadable(column) for column in table.columns}
    for name, condition in unreadable.items():
        yield [name], condition
    for constraint in table.constraints:
        if isinstance(constraint, CheckConstraint):
            rule = str(constraint.sqltext)
            about = [name for name in unreadable if re.search(rf"\b{name}\b", rule)]
            readable = [f"NOT ({unreadable[name]})" for name in about]
            yield about, " AND ".join([f"NOT ({rule})", *readable])


def _unreadable(column: "Column[object]") -> str:
    """Return the condition under which the program cannot read what is stored."""
    name, kind = column.name, column.type
    stored = kind.impl_instance if isinstance(kind, PartialDateType | TermType) else kind
    wrong = [f"typeof({name}) <> '{'text' if _is_text(stored) else 'integer'}'"]
    if isinstance(kind, TermType):
        wrong.append(f"{name} NOT IN ({', '.join(repr(term.value) for term in kind.term)})")
    elif isinstance(kind, PartialDateType):
        first = f"substr({name} || '-01-01', 1, 10)"
        wrong.append(f"date({first}, '+0 days') IS NOT {first}")
    elif isinstance(kind, DateTime):
        wrong.append(f"datetime({name}, '+0 days') IS NOT substr({name}, 1, 19)")
    elif isinstance(kind, Date):
        wrong.append(f"date({name}, '+0 days') IS NOT {name}")
    missing = "" if column.nullable else f"{name} IS NULL OR "
    return f"{missing}{name} IS NOT NULL AND ({' OR '.join(wrong)})"


def _is_text(kind: object) -> bool:
    return isinstance(kind, Text | Date | DateTime)


def _worded(table: Table, columns: Iterable[str]) -> str:
    known = [words.word(table.name, name) for name in columns if words.has_word(table.name, name)]
    return f"Ô {', '.join(known)}" if known else f"Bảng {words.TABLES[table.name]}"


def orphans(db: Session) -> Iterator[Finding]:
    """Name each lost row once, with the tables that refer to it; the chain tells its own."""
    broken = db.connection().exec_driver_sql("PRAGMA foreign_key_check").all()
    links = {(row[0], row[2], row[3]) for row in broken if row[0] in journal.tables()}
    lost: dict[Row, set[Row]] = defaultdict(set)
    for child, parent, link in links:
        for key, row_key in _stray(db, child, parent, link):
            lost[parent, key].add((child, row_key))
    for parent_row, rows in sorted(lost.items()):
        names = ", ".join(sorted({words.TABLES[table].removesuffix(" của") for table, _ in rows}))
        yield Finding(
            f"{listed(db, [parent_row])}: không còn dòng tương ứng, mà {names} vẫn ghi theo.",
            frozenset({parent_row, *rows}),
        )


def _stray(db: Session, child: str, parent: str, link: int) -> list[tuple[str, str]]:
    """Return the keys that a reference names in vain, each with the key of the row naming it."""
    connection = db.connection()
    links = connection.exec_driver_sql(f"PRAGMA foreign_key_list({child})").mappings()
    column, target = next((one["from"], one["to"]) for one in links if one["id"] == link)
    own = " || '/' || ".join(one.name for one in journal.tables()[child].primary_key.columns)
    query = (
        f"SELECT {column}, {own} FROM {child} WHERE typeof({column}) = 'integer' "
        f"AND {column} NOT IN (SELECT {target} FROM {parent})"
    )
    return [(str(key), str(row)) for key, row in connection.exec_driver_sql(query)]
