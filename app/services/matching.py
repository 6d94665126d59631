"""Who a roster row is: somebody new, somebody known, or a question for the clerk."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import text
from app.dates import PartialDate
from app.models import Enrolment, Student
from app.services import students
from app.services.students import StudentForm
from app.spreadsheets.rows import RosterRow


class Match(Enum):
    """What a roster row is to the people already known."""

    NEW = "Mới"
    KNOWN = "Đã có"
    ENROLLED = "Đã trong lớp"
    CONFLICT = "Cần xem"


@dataclass(frozen=True)
class RosterMatch:
    """A roster row with the person it belongs to and what differs."""

    row: RosterRow
    match: Match
    student_id: int | None = None
    known: StudentForm | None = None
    explanation: str = ""


def match_roster(db: Session, class_id: int, rows: Sequence[RosterRow]) -> list[RosterMatch]:
    """Find for each row the person already known: by id number, else by name and birth date."""
    enrolled = set(
        db.scalars(select(Enrolment.student_id).where(Enrolment.training_class_id == class_id))
    )
    by_number, by_name = _known_people(db)
    return [_match(db, row, enrolled, by_number, by_name) for row in rows]


def as_new(match: RosterMatch) -> RosterMatch:
    """Decide that the row is somebody else than the person found."""
    return replace(match, match=Match.NEW, student_id=None)


def as_known(match: RosterMatch) -> RosterMatch:
    """Decide that the row is the person found; what is known about the person stays."""
    return replace(match, match=Match.KNOWN)


def _known_people(
    db: Session,
) -> tuple[dict[str, int], dict[tuple[str, PartialDate | None], list[int]]]:
    by_number: dict[str, int] = {}
    by_name: dict[tuple[str, PartialDate | None], list[int]] = {}
    query = select(Student.id, Student.identity_number, Student.sort_key, Student.born)
    for student_id, number, sort_key, born in db.execute(query):
        if number:
            by_number[number] = student_id
        by_name.setdefault((sort_key, born), []).append(student_id)
    return by_number, by_name


def _match(
    db: Session,
    row: RosterRow,
    enrolled: set[int],
    by_number: dict[str, int],
    by_name: dict[tuple[str, PartialDate | None], list[int]],
) -> RosterMatch:
    same_name = by_name.get((text.sort_key(row.full_name), row.born), []) if row.born else []
    found = by_number.get(row.identity_number or "") or (same_name[0] if same_name else None)
    if found is None:
        return RosterMatch(row, Match.NEW)
    known = students.student_detail(db, found).form
    conflict = _conflict(row, known) or (
        "Có nhiều người cùng tên, cùng ngày sinh." if len(same_name) > 1 else ""
    )
    if conflict:
        return RosterMatch(row, Match.CONFLICT, found, known, conflict)
    if found in enrolled:
        return RosterMatch(row, Match.ENROLLED, found, known, "Đã có trong danh sách lớp.")
    return RosterMatch(row, Match.KNOWN, found, known, "Dùng hồ sơ đã có, không tạo mới.")


def _conflict(row: RosterRow, known: StudentForm) -> str:
    """Tell what speaks against the row being this person (same id, other name or birth)."""
    if text.sort_key(row.full_name) != text.sort_key(known.full_name):
        return f"Số định danh này trong sổ là của {known.full_name}."
    if row.born and known.born and row.born != known.born:
        return f"Trong sổ ghi sinh {known.born.grid}."
    if row.identity_number and known.identity_number not in ("", row.identity_number):
        return "Cùng tên, cùng ngày sinh nhưng khác số định danh."
    return ""
