"""Who a roster row is: somebody new, somebody known, or a question for the clerk."""

from collections.abc import Iterator, Sequence
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
    candidates = _candidates(db, rows)
    forms = students.forms(db, {ids[0] for ids in candidates if ids})
    matches = [_match(row, ids, forms, enrolled) for row, ids in zip(rows, candidates, strict=True)]
    return list(_told_apart(matches))


def as_new(match: RosterMatch) -> RosterMatch:
    """Decide that the row is somebody else than the person found.

    An id number that belongs to the person found is left out: it cannot be both people's.
    """
    row, explanation = match.row, "Người khác, lập hồ sơ mới."
    if match.known and row.identity_number and row.identity_number == match.known.identity_number:
        row = replace(row, identity_number="")
        explanation = "Người khác, lập hồ sơ mới, không ghi số định danh. Bổ sung sau."
    return replace(match, row=row, match=Match.NEW, student_id=None, explanation=explanation)


def as_known(match: RosterMatch) -> RosterMatch:
    """Decide that the row is the person found; what is known about the person stays."""
    return replace(match, match=Match.KNOWN, explanation="Dùng hồ sơ đã có, không tạo mới.")


def _candidates(db: Session, rows: Sequence[RosterRow]) -> list[list[int]]:
    """People each row may be, the likeliest first."""
    by_number: dict[str, int] = {}
    by_name: dict[tuple[str, PartialDate | None], list[int]] = {}
    query = select(Student.id, Student.identity_number, Student.sort_key, Student.born)
    for student_id, number, sort_key, born in db.execute(query):
        if number:
            by_number[number] = student_id
        by_name.setdefault((sort_key, born), []).append(student_id)
    found = []
    for row in rows:
        same_name = by_name.get((text.sort_key(row.full_name), row.born), []) if row.born else []
        owner = by_number.get(row.identity_number) if row.identity_number else None
        others = [student_id for student_id in same_name if student_id != owner]
        found.append([owner, *others] if owner is not None else others)
    return found


def _match(
    row: RosterRow, candidates: list[int], forms: dict[int, StudentForm], enrolled: set[int]
) -> RosterMatch:
    if not candidates:
        return RosterMatch(row, Match.NEW)
    found = candidates[0]
    known = forms[found]
    owns_number = bool(row.identity_number) and row.identity_number == known.identity_number
    conflict = _conflict(row, known)
    if not conflict and len(candidates) > 1 and not owns_number:
        conflict = "Có nhiều người cùng tên, cùng ngày sinh."
    if conflict:
        return RosterMatch(row, Match.CONFLICT, found, known, conflict)
    if found in enrolled:
        return RosterMatch(row, Match.ENROLLED, found, known, "Đã có trong danh sách lớp.")
    return RosterMatch(row, Match.KNOWN, found, known, "Dùng hồ sơ đã có, không tạo mới.")


def _told_apart(matches: list[RosterMatch]) -> Iterator[RosterMatch]:
    """Two rows cannot be the same person: the later one becomes a question."""
    taken: dict[int, int] = {}
    for match in matches:
        known = match.match is Match.KNOWN and match.student_id is not None
        if known and (earlier := taken.get(match.student_id or 0)):
            yield replace(
                match,
                match=Match.CONFLICT,
                explanation=f"Dòng {earlier} trong tệp cũng là người này.",
            )
            continue
        if known:
            taken[match.student_id or 0] = match.row.row
        yield match


def _conflict(row: RosterRow, known: StudentForm) -> str:
    """Tell what speaks against the row being this person (same id, other name or birth)."""
    if text.sort_key(row.full_name) != text.sort_key(known.full_name):
        return f"Số định danh này trong sổ là của {known.full_name}."
    if row.born and known.born and row.born != known.born:
        return f"Trong sổ ghi sinh {known.born.grid}."
    if row.identity_number and known.identity_number not in ("", row.identity_number):
        return "Cùng tên, cùng ngày sinh nhưng khác số định danh."
    return ""
