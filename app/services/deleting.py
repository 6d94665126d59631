"""Deleting a person who was entered by mistake: only where nothing hangs on the person."""

from sqlalchemy import ColumnElement, Table, func, or_, select
from sqlalchemy.orm import Session

from app.errors import RuleError
from app.models import Base, DifferentPeople, KnownAs, Student
from app.services import guard
from app.services.history_words import TABLES
from app.terms import Permission

_DECISIONS = (KnownAs, DifferentPeople)  # say something about the person and go with it


def what_hangs(db: Session, student_id: int) -> str:
    """Return what keeps a person from being deleted: "2 ghi danh"; empty when nothing does."""
    guard.read(db, Permission.READ)
    decided = {model.__tablename__ for model in _DECISIONS}
    parts = []
    for table in Base.metadata.sorted_tables:
        if table.name not in decided and (columns := _columns_to_person(table)):
            query = select(func.count()).select_from(table)
            count = db.scalar(query.where(_refers(columns, student_id))) or 0
            parts += [f"{count} {TABLES[table.name].lower()}"] if count else []
    return ", ".join(parts)


def refuse_hanging(db: Session, student_id: int) -> Student:
    """Return the person, or refuse in words that say what hangs on the person."""
    guard.read(db, Permission.READ)
    row = guard.existing(db, Student, student_id, "người")
    if hanging := what_hangs(db, student_id):
        raise RuleError(
            f"Chưa xóa được {row.full_name}: còn {hanging}. Xóa khỏi lớp trước; người đã có điểm "
            "danh, điểm hoặc giấy chứng nhận thì giữ hồ sơ."
        )
    return row


def delete_student(db: Session, student_id: int) -> None:
    """Delete a person nothing hangs on; the journal can bring the person back."""
    guard.permit(db, Permission.EDIT_PEOPLE)
    row = refuse_hanging(db, student_id)
    for model in _DECISIONS:
        columns = _columns_to_person(Base.metadata.tables[model.__tablename__])
        for decision in db.scalars(select(model).where(_refers(columns, student_id))):
            db.delete(decision)
    db.delete(row)
    db.flush()


def _columns_to_person(table: Table) -> list[ColumnElement[int]]:
    """Columns that refer to a person, in whatever table there may be."""
    person = Student.__tablename__
    return [key.parent for key in table.foreign_keys if key.column.table.name == person]


def _refers(columns: list[ColumnElement[int]], student_id: int) -> ColumnElement[bool]:
    return or_(*(column == student_id for column in columns))
