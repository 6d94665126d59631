"""Who a roster row is: somebody new, somebody known, or a question for the clerk.

A row is linked by the id number, by name and whole birth date, by name, year and unit, or because
the clerk has said so before. Whoever is only alike (`rules/likeness.py`) is a question. What the
clerk answers is kept by `remember`, so that nobody is asked twice.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import text
from app.models import DifferentPeople, Enrolment, KnownAs, Student
from app.rules import likeness
from app.rules.likeness import Likely, Likeness, are_two_numbers
from app.services import candidates, guard, personal, students, workplaces
from app.services.candidates import Candidates
from app.services.students import StudentForm
from app.spreadsheets.rows import RosterRow
from app.terms import Permission

OTHER_NUMBER = "Cùng tên nhưng khác số định danh: người khác, lập hồ sơ mới."
SEVERAL = "Có nhiều người cùng tên, cùng ngày sinh."
LINKED = "Dùng hồ sơ đã có, không tạo mới."


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
    percent: int = 0  # how alike row and person are
    asked_id: int | None = None  # whom the clerk said the row is not


def match_roster(db: Session, class_id: int, rows: Sequence[RosterRow]) -> list[RosterMatch]:
    """Find for each row the person already known, or whom it may be."""
    guard.read(db, Permission.READ)
    enrolled = set(
        db.scalars(select(Enrolment.student_id).where(Enrolment.training_class_id == class_id))
    )
    found = candidates.in_register(db, rows)
    return _matches(rows, found, students.forms(db, _mentioned(found)), enrolled)


def match_people(rows: Sequence[RosterRow], people: dict[int, StudentForm]) -> list[RosterMatch]:
    """Find for each row the person among some that are known without a register."""
    return _matches(rows, candidates.among(people, rows), people, set())


def _matches(
    rows: Sequence[RosterRow],
    found: Sequence[Candidates],
    forms: dict[int, StudentForm],
    enrolled: set[int],
) -> list[RosterMatch]:
    matches = [_match(row, one, forms, enrolled) for row, one in zip(rows, found, strict=True)]
    return list(_told_apart(matches))


def _mentioned(found: Sequence[Candidates]) -> set[int]:
    """Whoever must be shown: those named, and the one most alike."""
    return {one for row in found for one in (*row.named, *(other for _, other in row.alike))}


def known_person(db: Session, form: StudentForm) -> StudentForm | None:
    """Return whom a form filled in by hand repeats; a year of birth alone needs the same unit."""
    if form.born is None:
        return None
    same = students.forms(db, students.same_person(db, form.full_name, form.born))
    unit = text.word_key(form.unit)
    unit = workplaces.keys_today(db, [form.unit]).get(unit, unit)
    for known in same.values():
        is_sure = form.born.is_exact or _is_unit(unit, known)
        if is_sure and not are_two_numbers(form.identity_number, known.identity_number):
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
        asked_id=match.student_id,
    )


def as_known(match: RosterMatch) -> RosterMatch:
    """Decide that the row is the person found; what is known about the person stays."""
    return replace(match, match=Match.KNOWN, explanation=LINKED, is_answered=True)


def remember(db: Session, match: RosterMatch, student_id: int) -> None:
    """Keep what the clerk answered about a row, once the row's person is stored or linked.

    `enrolment.enrol_roster` calls it for every answered row; whoever writes rows otherwise calls
    it in the same act, after `from_roster.fill_gaps`.
    """
    if match.is_answered and match.match is Match.KNOWN:
        remember_same(db, student_id, match.row)
    elif match.is_answered and match.asked_id:
        remember_different(db, match.asked_id, student_id)


def remember_same(db: Session, student_id: int, row: RosterRow) -> None:
    """Keep that a row written like this is the person, so that the next one is linked unasked.

    Nothing is kept where the register says all of it already. A number that is another person's
    is left out.
    """
    guard.permit(db, Permission.EDIT_PEOPLE, Permission.ENROL)
    known = guard.existing(db, Student, student_id, "người")
    number = row.identity_number if row.identity_number != known.identity_number else ""
    if number and db.scalar(select(Student.id).where(Student.identity_number == number)):
        number = ""
    is_same = text.sort_key(row.full_name) == known.sort_key and row.born == known.born
    if is_same and known.born and known.born.is_exact and not number:
        return
    unit = text.clean(row.stated_unit)
    spelt = KnownAs(full_name=text.clean(row.full_name), born=row.born, unit=unit)
    spelt.student_id, spelt.identity_number = student_id, number
    same = select(KnownAs).where(
        KnownAs.student_id == student_id,
        KnownAs.sort_key == spelt.sort_key,
        KnownAs.born == spelt.born,
        KnownAs.identity_number == number,
    )
    keys = {text.word_key(one.unit) for one in db.scalars(same)}
    if text.word_key(unit) not in keys:
        db.add(spelt)
        db.flush()


def remember_different(db: Session, one_id: int, other_id: int) -> None:
    """Keep that two people who look alike are two; the finder of duplicates leaves them out."""
    guard.permit(db, Permission.EDIT_PEOPLE, Permission.ENROL)
    first, second = sorted((one_id, other_id))
    if first != second and db.get(DifferentPeople, (first, second)) is None:
        db.add(DifferentPeople(first_id=first, second_id=second))
        db.flush()


def outdated(db: Session, class_id: int, matches: Sequence[RosterMatch]) -> RosterMatch | None:
    """Return the first row taken for somebody new who has come into the register since."""
    new = [match for match in matches if match.match is Match.NEW and not match.is_answered]
    again = match_roster(db, class_id, [match.row for match in new])
    return next((match for match in again if match.match is not Match.NEW), None)


def _match(
    row: RosterRow, found: Candidates, forms: dict[int, StudentForm], enrolled: set[int]
) -> RosterMatch:
    people = [
        one
        for one in found.named
        if one == found.owner
        or not are_two_numbers(row.identity_number, forms[one].identity_number)
    ]
    if not people:
        return (_other_number if found.named else _alike)(row, found, forms)
    one = _likeliest(people, forms, found)
    known, percent = forms[one], _likeness(found, forms[one]).percent
    if question := _question(row, one, people, forms, found):
        return RosterMatch(row, Match.CONFLICT, one, known, question, percent=percent)
    if one in enrolled:
        return RosterMatch(row, Match.ENROLLED, one, known, "Đã có trong danh sách lớp.")
    return RosterMatch(row, Match.KNOWN, one, known, LINKED, percent=percent)


def _question(
    row: RosterRow, one: int, people: list[int], forms: dict[int, StudentForm], found: Candidates
) -> str:
    """Tell what the clerk must decide; nothing where the clerk has decided before."""
    is_owner = one == found.owner
    if one in found.told:
        rivals = [] if is_owner else [forms[each] for each in people if each not in found.told]
        return SEVERAL if any(_is_exactly(row, rival) for rival in rivals) else ""
    conflict = _conflict(row, forms[one], is_owner=is_owner)
    if conflict or is_owner:
        return conflict
    return _doubt(row, [forms[each] for each in people], forms[one], found.row.unit)


def _likeness(found: Candidates, known: StudentForm) -> Likeness:
    return likeness.compare(found.row, candidates.of_form(known))


def _other_number(row: RosterRow, found: Candidates, forms: dict[int, StudentForm]) -> RosterMatch:
    """Ask about a namesake born the same day, or with nearly the number; others are others."""
    weighed = {one: _likeness(found, forms[one]) for one in found.named}
    asked = [
        one
        for one, like in weighed.items()
        if _is_exactly(row, forms[one]) or like.verdict is not Likely.DIFFERENT
    ]
    if not asked:
        return RosterMatch(row, Match.NEW, explanation=OTHER_NUMBER)
    one = max(asked, key=lambda one: weighed[one].points)
    said = f"{_conflict(row, forms[one], is_owner=False)} Số ghi nhầm thì dùng hồ sơ đã có."
    return RosterMatch(row, Match.CONFLICT, one, forms[one], said, percent=weighed[one].percent)


def _alike(row: RosterRow, found: Candidates, forms: dict[int, StudentForm]) -> RosterMatch:
    """Ask about the person most like the row, if anybody is like it."""
    if not found.alike:
        return RosterMatch(row, Match.NEW)
    best, one = found.alike[0]
    others = len(found.alike) - 1
    more = f" Còn {others} người nữa cũng giống." if others else ""
    told = f"Giống {forms[one].full_name}: {best.reasons}.{more}"
    return RosterMatch(row, Match.CONFLICT, one, forms[one], told, percent=best.percent)


def _likeliest(people: list[int], forms: dict[int, StudentForm], found: Candidates) -> int:
    """The owner of the number, else who was said to be it, else of the same unit, else anybody."""
    said = [one for one in people if one in found.told]
    near = [one for one in people if _is_unit(found.row.unit, forms[one])]
    owner = [found.owner] if found.owner is not None else []
    return (*owner, *said, *near, *people)[0]


def _is_unit(key: str, known: StudentForm) -> bool:
    """Whether a person is of a unit, given by the key of its name of today."""
    return bool(key) and key == text.word_key(known.unit)


def _is_exactly(row: RosterRow, known: StudentForm) -> bool:
    """Whether name and whole birth date are the same."""
    is_named = text.sort_key(row.full_name) == text.sort_key(known.full_name)
    return is_named and row.born is not None and row.born.is_exact and known.born == row.born


def _doubt(row: RosterRow, people: list[StudentForm], known: StudentForm, unit: str) -> str:
    """Tell why name and birth alone do not say which person this is."""
    if row.born and row.born.is_exact and known.born == row.born:
        return SEVERAL if len(people) > 1 else ""
    if sum(_is_unit(unit, one) for one in people) == 1:
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


def _conflict(row: RosterRow, known: StudentForm, *, is_owner: bool) -> str:
    """Tell what speaks against the row being this person (same id, other name or birth)."""
    if text.sort_key(row.full_name) != text.sort_key(known.full_name):
        return f"Số định danh này trong sổ là của {known.full_name}."
    if row.born and known.born and not row.born.may_be(known.born):
        return f"Trong sổ ghi sinh {known.born.grid}."
    if not is_owner and row.identity_number and known.identity_number:
        hidden = personal.mask(known.identity_number)
        return f"Cùng tên, ngày sinh nhưng trong sổ ghi số định danh {hidden}."
    return ""
