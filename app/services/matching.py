"""Who a roster row is: somebody new, somebody known, or a question for the clerk."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import text
from app.dates import PartialDate
from app.models import Enrolment, Student
from app.services import guard, personal, students
from app.services.students import StudentForm
from app.spreadsheets.rows import RosterRow
from app.terms import Permission

Known = tuple[int, str | None, str, PartialDate | None]
"""Id, identity number, sort key and birth of a person."""

OTHER_NUMBER = "Cùng tên, cùng ngày sinh nhưng khác số định danh: người khác, lập hồ sơ mới."


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
    is_answered: bool = False  # the clerk has decided


def match_roster(db: Session, class_id: int, rows: Sequence[RosterRow]) -> list[RosterMatch]:
    """Find for each row the person already known: by id number, else by name and birth date."""
    guard.read(db, Permission.READ)
    enrolled = set(
        db.scalars(select(Enrolment.student_id).where(Enrolment.training_class_id == class_id))
    )
    query = select(Student.id, Student.identity_number, Student.sort_key, Student.born)
    known = [(one, number, key, born) for one, number, key, born in db.execute(query)]
    candidates = _candidates(known, rows)
    forms = students.forms(db, {one for ids in candidates for one in ids})
    return _matches(rows, candidates, forms, enrolled)


def match_people(rows: Sequence[RosterRow], people: dict[int, StudentForm]) -> list[RosterMatch]:
    """Find for each row the person among some that are known without a register."""
    index = [
        (one, person.identity_number or None, text.sort_key(person.full_name), person.born)
        for one, person in people.items()
    ]
    return _matches(rows, _candidates(index, rows), people, set())


def _matches(
    rows: Sequence[RosterRow],
    candidates: list[list[int]],
    forms: dict[int, StudentForm],
    enrolled: set[int],
) -> list[RosterMatch]:
    matches = [_match(row, ids, forms, enrolled) for row, ids in zip(rows, candidates, strict=True)]
    return list(_told_apart(matches))


def known_person(db: Session, form: StudentForm) -> StudentForm | None:
    """Return whom a form filled in by hand repeats; a year of birth alone needs the same unit."""
    if form.born is None:
        return None
    same = students.forms(db, students.same_person(db, form.full_name, form.born))
    for known in same.values():
        is_sure = form.born.is_exact or _are_one_unit(form.unit, known.unit)
        if is_sure and not _are_two_numbers(form.identity_number, known.identity_number):
            return known
    return None


def as_new(match: RosterMatch) -> RosterMatch:
    """Decide that the row is somebody else than the person found.

    An id number that belongs to the person found is left out: it cannot be both people's.
    """
    row, explanation = match.row, "Người khác, lập hồ sơ mới."
    if match.known and row.identity_number and row.identity_number == match.known.identity_number:
        row = replace(row, identity_number="")
        explanation = "Người khác, lập hồ sơ mới, không ghi số định danh. Bổ sung sau."
    return replace(
        match,
        row=row,
        match=Match.NEW,
        student_id=None,
        explanation=explanation,
        is_answered=True,
    )


def as_known(match: RosterMatch) -> RosterMatch:
    """Decide that the row is the person found; what is known about the person stays."""
    explanation = "Dùng hồ sơ đã có, không tạo mới."
    return replace(match, match=Match.KNOWN, explanation=explanation, is_answered=True)


def outdated(db: Session, class_id: int, matches: Sequence[RosterMatch]) -> RosterMatch | None:
    """Return the first row taken for somebody new who has come into the register since."""
    new = [match for match in matches if match.match is Match.NEW and not match.is_answered]
    again = match_roster(db, class_id, [match.row for match in new])
    return next((match for match in again if match.match is not Match.NEW), None)


def _candidates(people: Iterable[Known], rows: Sequence[RosterRow]) -> list[list[int]]:
    """People each row may be, the likeliest first."""
    by_number: dict[str, int] = {}
    by_name: dict[str, list[tuple[int, PartialDate]]] = {}
    for student_id, number, sort_key, born in people:
        if number:
            by_number[number] = student_id
        if born:
            by_name.setdefault(sort_key, []).append((student_id, born))
    found = []
    for row in rows:
        same_name = _namesakes(row, by_name.get(text.sort_key(row.full_name), []))
        owner = by_number.get(row.identity_number) if row.identity_number else None
        others = [student_id for student_id in same_name if student_id != owner]
        found.append([owner, *others] if owner is not None else others)
    return found


def _namesakes(row: RosterRow, known: list[tuple[int, PartialDate]]) -> list[int]:
    """People of that name born on that very day, else those whose birth may be the same."""
    if row.born is None:
        return []
    same = [student_id for student_id, born in known if born == row.born]
    if same and row.born.is_exact:
        return same
    return [student_id for student_id, born in known if row.born.may_be(born)]


def _match(
    row: RosterRow, candidates: list[int], forms: dict[int, StudentForm], enrolled: set[int]
) -> RosterMatch:
    people = [
        one
        for one in candidates
        if not _are_two_numbers(row.identity_number, forms[one].identity_number)
    ]
    if not people:
        return RosterMatch(row, Match.NEW, explanation=OTHER_NUMBER if candidates else "")
    found = _likeliest(row, people, forms)
    known = forms[found]
    conflict = _conflict(row, known)
    if not conflict and not _owns_number(row, known):
        conflict = _doubt(row, [forms[one] for one in people], known)
    if conflict:
        return RosterMatch(row, Match.CONFLICT, found, known, conflict)
    if found in enrolled:
        return RosterMatch(row, Match.ENROLLED, found, known, "Đã có trong danh sách lớp.")
    return RosterMatch(row, Match.KNOWN, found, known, "Dùng hồ sơ đã có, không tạo mới.")


def _owns_number(row: RosterRow, known: StudentForm) -> bool:
    return bool(row.identity_number) and row.identity_number == known.identity_number


def _likeliest(row: RosterRow, people: list[int], forms: dict[int, StudentForm]) -> int:
    """The owner of the number, else somebody of the same unit, else the first."""
    for fits in (_owns_number, _same_unit):
        for one in people:
            if fits(row, forms[one]):
                return one
    return people[0]


def _are_two_numbers(one: str, other: str) -> bool:
    """Two numbers of one kind are two people; a CMND and a CCCD may be one person's."""
    return one != other and bool(one) and len(one) == len(other)


def _same_unit(row: RosterRow, known: StudentForm) -> bool:
    return _are_one_unit(row.unit or row.position_and_unit, known.unit)


def _are_one_unit(one: str, other: str) -> bool:
    return bool(one) and text.word_key(one) == text.word_key(other)


def _doubt(row: RosterRow, people: list[StudentForm], known: StudentForm) -> str:
    """Tell why name and birth alone do not say which person this is."""
    if row.born and row.born.is_exact and known.born == row.born:
        return "Có nhiều người cùng tên, cùng ngày sinh." if len(people) > 1 else ""
    if sum(_same_unit(row, one) for one in people) == 1:
        return ""
    born = known.born.grid if known.born else "?"
    return f"Cùng tên, chưa rõ ngày sinh. Trong sổ: sinh {born}, {known.unit or 'chưa rõ đơn vị'}."


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
    if row.born and known.born and not row.born.may_be(known.born):
        return f"Trong sổ ghi sinh {known.born.grid}."
    if row.identity_number and known.identity_number not in ("", row.identity_number):
        hidden = personal.mask(known.identity_number)
        return f"Cùng tên, ngày sinh nhưng trong sổ ghi số định danh {hidden}."
    return ""
