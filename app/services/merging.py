"""Two records of one person become one: each field chosen, everything earned carried over.

Only people's own tables and enrolments are touched: marks, attendance and certificates hang on the
enrolment and stay as they are, so that the merge can be undone in one step.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from enum import Enum
from typing import Any

from sqlalchemy import Column, Select, Table, func, or_, select
from sqlalchemy.orm import Session

from app.dates import PartialDate
from app.errors import RuleError
from app.models import (
    AssessmentResult,
    AttendanceRecord,
    Base,
    Certificate,
    DifferentPeople,
    Enrolment,
    KnownAs,
    Student,
)
from app.services import enrolment, guard, history_words, matching, personal, students
from app.services.students import StudentForm
from app.spreadsheets.rows import RosterRow
from app.terms import ClassStatus, Permission, Term

COMBINED = {"note", "phone", "email", "position"}
"""Fields that hold what both records say, one after the other."""


class Take(Enum):
    """What becomes of one field."""

    KEPT = "A"
    OTHER = "B"
    BOTH = "AB"


@dataclass(frozen=True)
class FieldChoice:
    """One field of the two records."""

    name: str
    label: str
    kept: str
    other: str
    take: Take  # what is proposed
    can_combine: bool
    is_private: bool

    @property
    def differs(self) -> bool:
        """Whether both say something, and not the same."""
        return bool(self.kept and self.other and self.kept != self.other)


@dataclass(frozen=True)
class MergePlan:
    """What merging two records would do."""

    kept_id: int
    gone_id: int
    kept: StudentForm
    gone: StudentForm
    choices: tuple[FieldChoice, ...]
    moved: tuple[tuple[int, str], ...]  # "2 lượt học", …
    shared: tuple[str, ...]  # classes in which both are; one of the two enrolments is empty

    @property
    def shows_numbers(self) -> bool:
        """Whether identity or phone numbers must be seen in full to choose."""
        return any(choice.is_private and choice.differs for choice in self.choices)


def plan(db: Session, kept_id: int, gone_id: int) -> MergePlan:
    """Return what would be chosen and moved; refuse two records that cannot become one."""
    guard.read(db, Permission.EDIT_PEOPLE)
    _check_both(db, kept_id, gone_id)
    empty = _empty_enrolments(db, kept_id, gone_id)
    known = students.forms(db, (kept_id, gone_id))
    kept, gone = (personal.for_user(db, known[one]) for one in (kept_id, gone_id))
    choices = tuple(_choice(field.name, kept, gone) for field in fields(StudentForm))
    shared = tuple(row.training_class.title for row in empty)
    return MergePlan(kept_id, gone_id, kept, gone, choices, _moved(db, gone_id), shared)


def merge(db: Session, kept_id: int, gone_id: int, takes: Mapping[str, Take] | None = None) -> None:
    """Make two records one, with what `takes` says of each field; the proposal decides the rest."""
    guard.permit(db, Permission.EDIT_PEOPLE)
    kept, gone = _check_both(db, kept_id, gone_id)
    for row in _empty_enrolments(db, kept_id, gone_id):
        enrolment.withdraw(db, row.training_class_id, [row.id])
    known = students.forms(db, (kept_id, gone_id))
    form = _merged(known[kept_id], known[gone_id], takes or {})
    staff_group = kept.staff_group or gone.staff_group
    for move in MOVES.values():
        move(db, kept_id, gone_id)
    _check_nothing_left(db, gone_id)
    db.delete(gone)
    db.flush()
    students.save_student(db, form, kept_id)
    kept.staff_group = staff_group
    db.flush()
    for old in (known[kept_id], known[gone_id]):
        matching.remember_same(db, kept_id, _as_row(old))


def _check_both(db: Session, kept_id: int, gone_id: int) -> tuple[Student, Student]:
    if kept_id == gone_id:
        raise RuleError("Đây là cùng một hồ sơ. Chọn hai hồ sơ khác nhau.")
    return (
        guard.existing(db, Student, kept_id, "người"),
        guard.existing(db, Student, gone_id, "người"),
    )


# fields ----------------------------------------------------------------------
def _choice(name: str, kept: StudentForm, other: StudentForm) -> FieldChoice:
    """Propose what is known; of two births the fuller one, of two notes both."""
    one, two = getattr(kept, name), getattr(other, name)
    take = Take.KEPT if one or not two else Take.OTHER
    if isinstance(one, PartialDate) and isinstance(two, PartialDate) and one.may_be(two):
        take = Take.OTHER if len(two.iso) > len(one.iso) else Take.KEPT
    if name == "note" and one and two and one != two:
        take = Take.BOTH
    return FieldChoice(
        name,
        history_words.word("student", name),
        _shown(one),
        _shown(two),
        take,
        name in COMBINED,
        name in history_words.PRIVATE,
    )


def _shown(value: object) -> str:
    """Return a value as the screens write it."""
    if isinstance(value, PartialDate):
        return value.grid
    return value.label if isinstance(value, Term) else str(value or "")


def _merged(kept: StudentForm, gone: StudentForm, takes: Mapping[str, Take]) -> StudentForm:
    """Return the one record."""
    choices = {field.name: _choice(field.name, kept, gone) for field in fields(StudentForm)}
    both = {name: _joined(choices[name]) for name in COMBINED}
    sources = {
        Take.KEPT: kept,
        Take.OTHER: gone,
        Take.BOTH: StudentForm(**{name: getattr(kept, name) for name in choices} | both),
    }
    return StudentForm(
        **{
            name: getattr(sources[takes.get(name, choice.take)], name)
            for name, choice in choices.items()
        }
    )


def _joined(choice: FieldChoice) -> str:
    """Return what both say, once."""
    parts = dict.fromkeys((choice.kept, choice.other))
    return "; ".join(part for part in parts if part)


def _as_row(form: StudentForm) -> RosterRow:
    """Return how a record wrote the person, as a roster would."""
    return RosterRow(
        0, form.full_name, form.born, identity_number=form.identity_number, unit=form.unit
    )


# what hangs on a person --------------------------------------------------------
def _moved(db: Session, gone_id: int) -> tuple[tuple[int, str], ...]:
    """Count what comes over with the enrolments."""

    def count(query: Select[int]) -> int:
        return db.scalar(query) or 0

    own = Enrolment.student_id == gone_id
    hanging = (
        ("buổi điểm danh", AttendanceRecord.enrolment_id),
        ("kết quả", AssessmentResult.enrolment_id),
        ("giấy chứng nhận", Certificate.enrolment_id),
    )
    figures = [(count(select(func.count()).select_from(Enrolment).where(own)), "lượt học")]
    for words, column in hanging:
        query = select(func.count()).select_from(column.class_)
        figures.append((count(query.join(Enrolment, Enrolment.id == column).where(own)), words))
    return tuple(figures)


def _empty_enrolments(db: Session, kept_id: int, gone_id: int) -> list[Enrolment]:
    """Return the enrolments to drop where both are in one class; refuse when both earned there."""
    query = select(Enrolment).where(Enrolment.student_id.in_((kept_id, gone_id)))
    by_class: dict[int, list[Enrolment]] = {}
    for row in db.scalars(query):
        by_class.setdefault(row.training_class_id, []).append(row)
    return [_empty_one(db, rows, gone_id) for rows in by_class.values() if len(rows) > 1]


def _empty_one(db: Session, rows: Sequence[Enrolment], gone_id: int) -> Enrolment:
    training_class = rows[0].training_class
    empty = [row for row in rows if not enrolment.has_earned(db, row)]
    if not empty:
        raise RuleError(
            f"Cả hai hồ sơ đều có điểm danh, điểm hoặc giấy chứng nhận ở lớp "
            f"{training_class.title}. Xóa phần ghi nhầm của một hồ sơ ở lớp đó rồi gộp lại."
        )
    if training_class.status in (ClassStatus.FINALISED, ClassStatus.CLOSED):
        raise RuleError(
            f"Cả hai hồ sơ cùng ở lớp {training_class.title}, lớp đã chốt kết quả. "
            "Mở lại lớp hoặc bỏ chốt, đưa một hồ sơ ra khỏi lớp rồi gộp lại."
        )
    return next((row for row in empty if row.student_id == gone_id), empty[0])


def _move_enrolments(db: Session, kept_id: int, gone_id: int) -> None:
    for row in db.scalars(select(Enrolment).where(Enrolment.student_id == gone_id)):
        row.student_id = kept_id
    db.flush()


def _move_spellings(db: Session, kept_id: int, gone_id: int) -> None:
    for row in db.scalars(select(KnownAs).where(KnownAs.student_id == gone_id)):
        row.student_id = kept_id
    db.flush()


def _move_differences(db: Session, kept_id: int, gone_id: int) -> None:
    """Whoever is another person than the one is another than the other."""
    query = select(DifferentPeople).where(
        or_(DifferentPeople.first_id == gone_id, DifferentPeople.second_id == gone_id)
    )
    for row in db.scalars(query).all():
        other = row.second_id if row.first_id == gone_id else row.first_id
        db.delete(row)
        db.flush()
        if other != kept_id:
            matching.remember_different(db, kept_id, other)


# Every column that refers to a person; a test compares it with the schema.
MOVES: dict[tuple[str, ...], Callable[[Session, int, int], None]] = {
    ("enrolment.student_id",): _move_enrolments,
    ("known_as.student_id",): _move_spellings,
    ("different_people.first_id", "different_people.second_id"): _move_differences,
}


def references() -> Iterator[tuple[Table, Column[Any]]]:
    """Give every column of the schema that refers to a person, with its table."""
    for table in Base.metadata.sorted_tables:
        for key in table.foreign_keys:
            if key.column.table.name == Student.__tablename__:
                yield table, key.parent


def _check_nothing_left(db: Session, gone_id: int) -> None:
    """A record goes only when nothing hangs on it; anything else is a bug."""
    for table, column in references():
        if db.scalar(select(func.count()).select_from(table).where(column == gone_id)):
            raise RuntimeError(f"{table.name} still refers to the person merged away")
