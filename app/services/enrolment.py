"""Enrolment: a roster or a single person comes into a class; known people are linked."""

import datetime
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import text
from app.dates import PartialDate
from app.errors import RuleError
from app.models import (
    AttendanceRecord,
    Certificate,
    Enrolment,
    Student,
)
from app.services import from_roster, guard, matching, personal, presence, students
from app.services.matching import Match, RosterMatch
from app.services.students import StudentForm
from app.terms import ClassStatus, PartyStatus, Permission, Sex

WRITTEN_AT_ONCE = 250  # rows between two questions whether to go on


@dataclass(frozen=True)
class EnrolSummary:
    """What an import did."""

    enrolment_ids: tuple[int, ...]
    created: int
    linked: int
    skipped: int


@dataclass(frozen=True)
class RollRow:
    """One learner of the class list."""

    enrolment_id: int
    student_id: int
    full_name: str
    sort_key: str
    fold: str
    born: PartialDate | None
    sex: Sex | None
    unit: str
    position: str
    ethnicity: str
    phone: str
    party_status: PartyStatus | None
    party_joined: PartialDate | None
    entered_on: datetime.date | None
    left_on: datetime.date | None
    note: str
    religion: str = ""
    identity_number: str = ""


def class_roll(db: Session, class_id: int) -> list[RollRow]:
    """Return the learners of a class by given name."""
    guard.read_class(db, class_id)
    query = (
        select(Enrolment, Student)
        .join(Student, Student.id == Enrolment.student_id)
        .where(Enrolment.training_class_id == class_id)
        .order_by(Student.sort_key, Student.born, Enrolment.id)
    )
    rows = (_roll_row(enrolment, student) for enrolment, student in db.execute(query))
    return [personal.for_user(db, row) for row in rows]


def enrol_roster(
    db: Session,
    class_id: int,
    matches: Sequence[RosterMatch],
    progress: Callable[[int, int], bool] | None = None,
    updates: from_roster.Updates | None = None,
) -> EnrolSummary:
    """Bring confirmed rows into the class; whoever is known is linked, not created again.

    `updates` names by row what the roster may change about a known person; else gaps are filled.
    `progress(done, total)` stops the act by returning False: nothing is then kept.
    """
    guard.permit(db, Permission.ENROL)
    training_class = guard.class_before_final(db, class_id)
    taken = [match for match in matches if match.match is not Match.ENROLLED]
    _refuse_unclear(db, class_id, taken)
    known = students.many(db, {match.student_id for match in taken if match.student_id})
    ids = []
    for done in range(0, len(taken), WRITTEN_AT_ONCE):
        if progress and not progress(done, len(taken)):
            raise RuleError("Đã hủy nhập, chưa ghi gì vào lớp.")
        ids += _enrol_rows(db, class_id, taken[done : done + WRITTEN_AT_ONCE], known, updates or {})
    if training_class.status is ClassStatus.PLANNED and ids:
        training_class.status = ClassStatus.RECRUITING
    created = sum(match.match is Match.NEW for match in taken)
    return EnrolSummary(tuple(ids), created, len(ids) - created, len(matches) - len(ids))


def _refuse_unclear(db: Session, class_id: int, taken: Sequence[RosterMatch]) -> None:
    """Every row must be one person, and no person may come twice."""
    waiting = [match.row.row for match in taken if match.match is Match.CONFLICT]
    if waiting:
        raise RuleError(f"Dòng {waiting[0]} chưa rõ là người nào. Chọn trước khi nhập.")
    if late := matching.outdated(db, class_id, taken):
        raise RuleError(
            f"Dòng {late.row.row}: {late.row.full_name} vừa có trong sổ. Đọc lại tệp rồi nhập."
        )
    query = select(Enrolment.student_id).where(Enrolment.training_class_id == class_id)
    inside = set(db.scalars(query))
    for match in taken:
        if match.match is Match.KNOWN and match.student_id is not None:
            if match.student_id in inside:
                raise RuleError(
                    f"Dòng {match.row.row}: {match.row.full_name} đã có trong lớp, hoặc ở dòng "
                    "khác của tệp. Chọn “Đây là người khác” hoặc bỏ dòng này."
                )
            inside.add(match.student_id)


def enrol_student(db: Session, class_id: int, student_id: int) -> int:
    """Bring a known person into the class; return the enrolment id."""
    guard.permit(db, Permission.ENROL)
    guard.class_before_final(db, class_id)
    student = guard.existing(db, Student, student_id, "người")
    where = (Enrolment.training_class_id == class_id, Enrolment.student_id == student_id)
    if db.scalar(select(Enrolment.id).where(*where)) is not None:
        raise RuleError(f"{student.full_name} đã có trong danh sách lớp này.")
    unit = student.workplace.name if student.workplace else ""
    row = _enrolment(class_id, student, unit, student.position, student.party_status)
    db.add(row)
    db.flush()
    return row.id


def register(db: Session, class_id: int, form: StudentForm) -> int:
    """Register a new person by hand and bring the person into the class."""
    guard.permit(db, Permission.ENROL)
    guard.class_before_final(db, class_id)
    if known := matching.known_person(db, form):
        raise RuleError(
            f"Đã có {known.full_name}, sinh {known.born.grid if known.born else '?'}, "
            f"{known.unit or 'chưa rõ đơn vị'}. Dùng “Ghi danh người đã có”, hoặc ghi số định danh "
            "của cả hai nếu là người khác."
        )
    return enrol_student(db, class_id, students.save_student(db, form))


def correct(db: Session, enrolment_id: int, form: StudentForm) -> None:
    """Correct a learner: the person, and unit, position and Party status within the class."""
    guard.permit(db, Permission.ENROL)
    row = guard.existing(db, Enrolment, enrolment_id, "học viên trong lớp")
    guard.class_before_final(db, row.training_class_id)
    students.save_student(db, form, row.student_id)
    row.unit, row.position = text.clean(form.unit), text.clean(form.position)
    row.party_status = form.party_status
    db.flush()


def change_period(
    db: Session,
    enrolment_id: int,
    entered_on: datetime.date | None,
    left_on: datetime.date | None,
    note: str,
) -> None:
    """Note that a learner came later or left earlier than the class."""
    guard.permit(db, Permission.ENROL)
    row = guard.existing(db, Enrolment, enrolment_id, "học viên trong lớp")
    guard.class_before_final(db, row.training_class_id)
    if entered_on and left_on and left_on < entered_on:
        raise RuleError("Ngày thôi học trước ngày vào học. Sửa lại một trong hai.")
    row.entered_on, row.left_on, row.note = entered_on, left_on, text.clean(note)
    db.flush()
    for one in presence.outside(db, Enrolment.id == row.id):
        raise RuleError(one.sentence)


def withdraw(db: Session, class_id: int, enrolment_ids: Iterable[int]) -> None:
    """Take learners off the list who have neither attendance, mark nor certificate."""
    guard.permit(db, Permission.ENROL)
    guard.class_before_final(db, class_id)
    for enrolment_id in enrolment_ids:
        row = guard.existing(db, Enrolment, enrolment_id, "học viên trong lớp")
        if row.training_class_id != class_id:
            raise RuleError("Học viên này không thuộc lớp. Tải lại màn hình (F5).")
        if has_earned(db, row):
            raise RuleError(
                f"{row.student.full_name} đã có điểm danh hoặc điểm. Ghi ngày học cuối, đừng xóa."
            )
        if row.result:
            db.delete(row.result)
        db.delete(row)
    db.flush()


def has_earned(db: Session, row: Enrolment) -> bool:
    """Tell whether attendance, a mark or a certificate hangs on an enrolment."""
    if row.result and (row.result.mark is not None or row.result.note or row.result.verdict):
        return True
    return any(
        db.scalar(select(model.enrolment_id).where(model.enrolment_id == row.id).limit(1))
        for model in (AttendanceRecord, Certificate)
    )


def _enrol_rows(
    db: Session,
    class_id: int,
    matches: Sequence[RosterMatch],
    known: dict[int, Student],
    updates: from_roster.Updates,
) -> list[int]:
    """Register and enrol some rows of a roster; return the enrolment ids in their order."""
    people = from_roster.people(db, matches, known, updates)
    rows = []
    for match, student in zip(matches, people, strict=True):
        row = match.row
        party_status = from_roster.person(row).party_status or student.party_status
        unit, position = row.stated_unit, row.stated_position
        one = _enrolment(class_id, student, unit, position, party_status, row.note)
        rows.append(one)
    db.add_all(rows)
    db.flush()
    for match, student in zip(matches, people, strict=True):
        matching.remember(db, match, student.id)
    return [row.id for row in rows]


def _enrolment(
    class_id: int,
    student: Student,
    unit: str,
    position: str,
    party_status: PartyStatus | None,
    note: str = "",
) -> Enrolment:
    return Enrolment(
        training_class_id=class_id,
        student_id=student.id,
        unit=text.clean(unit),
        position=text.clean(position),
        party_status=party_status,
        note=text.clean(note),
    )


def _roll_row(enrolment: Enrolment, student: Student) -> RollRow:
    return RollRow(
        enrolment_id=enrolment.id,
        student_id=student.id,
        full_name=student.full_name,
        sort_key=student.sort_key,
        fold=f"{student.fold} {text.fold(enrolment.unit)}",
        born=student.born,
        sex=student.sex,
        unit=enrolment.unit,
        position=enrolment.position,
        ethnicity=student.ethnicity,
        phone=student.phone,
        party_status=enrolment.party_status,
        party_joined=student.party_joined,
        entered_on=enrolment.entered_on,
        left_on=enrolment.left_on,
        note=enrolment.note,
        religion=student.religion,
        identity_number=student.identity_number or "",
    )
