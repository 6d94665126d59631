"""Which rows tell the history of a record: its own and those that hang on it, also deleted ones."""

from collections.abc import Iterable, Sequence

from sqlalchemy import ColumnElement, Table, and_, exists, false, func, or_, select
from sqlalchemy.orm import Session

from app import journal
from app.models import JournalAct, JournalChange
from app.terms import RecordKind

# What hangs on a record: (table, column that refers to it or to a row found before).
SUBJECTS: dict[str, tuple[tuple[str, str], ...]] = {
    "student": (
        ("enrolment", "student_id"),
        ("assessment_result", "enrolment_id"),
        ("attendance_record", "enrolment_id"),
        ("certificate", "enrolment_id"),
    ),
    "enrolment": (
        ("assessment_result", "enrolment_id"),
        ("attendance_record", "enrolment_id"),
        ("certificate", "enrolment_id"),
    ),
    "training_class": (
        ("class_session", "training_class_id"),
        ("teaching_assignment", "class_session_id"),
        ("decision", "training_class_id"),
        ("closing_report", "training_class_id"),
    ),
    "lecturer": (("teaching_assignment", "lecturer_id"),),
    "programme": (
        ("programme_version", "programme_id"),
        ("topic", "version_id"),
        ("learning_rule", "version_id"),
        ("classification_band", "version_id"),
    ),
    "assessment_result": (),
    "attendance_record": (),
    "certificate": (),
    "centre": (),
    "signatory": (),
    "account": (("account_role", "account_id"),),
}

# The tables behind every kind of record, each in one of them.
TABLES_OF: dict[RecordKind, tuple[str, ...]] = {
    RecordKind.CLASS: ("training_class", "decision", "closing_report"),
    RecordKind.TIMETABLE: ("class_session", "teaching_assignment"),
    RecordKind.STUDENT: ("student", "known_as", "different_people", "import_draft"),
    RecordKind.ENROLMENT: ("enrolment",),
    RecordKind.ATTENDANCE: ("attendance_record",),
    RecordKind.RESULT: ("assessment_result",),
    RecordKind.CERTIFICATE: ("certificate",),
    RecordKind.LECTURER: ("lecturer",),
    RecordKind.PROGRAMME: (
        "programme",
        "programme_version",
        "topic",
        "learning_rule",
        "classification_band",
    ),
    RecordKind.WORKPLACE: ("workplace", "workplace_name"),
    RecordKind.CENTRE: ("centre", "signatory"),
    RecordKind.ACCOUNT: ("account", "account_role"),
    RecordKind.SETTING: ("setting", "column_choice"),
}


def touches(kind: RecordKind) -> ColumnElement[bool]:
    """Whether an act changed a record of this kind."""
    of_act = JournalChange.act_id == JournalAct.id
    return exists().where(of_act, JournalChange.table_name.in_(TABLES_OF[kind]))


def rows_of(db: Session, kind: str, key: int | str) -> dict[str, list[str]]:
    """Return the keys of the rows by table."""
    found = {kind: [str(key)]}
    tables = journal.tables()
    for name, column in SUBJECTS[kind]:
        table = tables[name]
        (link,) = table.c[column].foreign_keys
        parents = [int(one) for one in found[link.column.table.name]]
        found[name] = sorted(
            {*_present(db, table, column, parents), *_deleted(db, table, column, parents)}
        )
    return found


def _present(db: Session, table: Table, column: str, parents: Iterable[int]) -> list[str]:
    query = select(*table.primary_key.columns).where(table.c[column].in_(parents))
    rows = db.connection().execute(query)
    return ["/".join(str(getattr(value, "value", value)) for value in row) for row in rows]


def _deleted(db: Session, table: Table, column: str, parents: Sequence[int]) -> list[str]:
    """Keys of the rows that are gone; by their key where it begins with the parent's."""
    of_table = JournalChange.table_name == table.name
    query = select(JournalChange.row_key).where(JournalChange.after.is_(None))
    if column == next(iter(table.primary_key.columns)).name:
        key = JournalChange.row_key  # "5" and "5/12": "0" is the sign after "/"
        ranges = (and_(of_table, key >= str(one), key < f"{one}0") for one in parents)
        return list(db.scalars(query.where(or_(false(), *ranges))))
    parent = func.json_extract(JournalChange.before, f"$.{column}")
    return list(db.scalars(query.where(of_table, parent.in_(parents))))
