"""People who may be one, over the whole register or for one person; answers are kept."""

import datetime
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Text, and_, func, or_, select, type_coerce
from sqlalchemy.orm import Session

from app.models import DifferentPeople, Enrolment, Student, TrainingClass
from app.rules import blocking, likeness
from app.rules.likeness import Likely, Likeness, Person
from app.services import candidates, guard, matching, personal, students
from app.services.students import StudentForm
from app.terms import Permission

SHOWN_AT_MOST = 1000
ASKED_EVERY = 20_000  # pairs between two questions whether to go on
Progress = Callable[[int, int], bool]
Pair = tuple[int, int]


@dataclass(frozen=True)
class Side:
    """One of two people who may be one."""

    id: int
    form: StudentForm
    classes: int
    last_day: datetime.date | None  # of the newest class


@dataclass(frozen=True)
class Suspicion:
    """Two people who may be one, and why; the one in more classes, else the older, is first."""

    first: Side
    second: Side
    likeness: Likeness

    @property
    def key(self) -> str:
        """What tells this pair from all others."""
        first, second = _pair(self.first.id, self.second.id)
        return f"{first}/{second}"


@dataclass(frozen=True)
class Suspicions:
    """The pairs most alike, and how many there are in all."""

    shown: tuple[Suspicion, ...]
    count: int


def find(db: Session, progress: Progress | None = None) -> Suspicions | None:
    """Compare everybody with everybody who shares a key; None when `progress` said stop."""
    guard.read(db, Permission.READ)
    everybody = list(candidates.everybody(db))
    found = _alike([person for _, person in everybody], progress)
    if found is None:
        return None
    apart = _told_apart(db)
    pairs = [
        (pair, one)
        for (first, second), one in found.items()
        if (pair := _pair(everybody[first][0], everybody[second][0])) not in apart
    ]
    pairs.sort(key=lambda one: (-one[1].points, one[0]))
    return Suspicions(tuple(_described(db, pairs[:SHOWN_AT_MOST])), len(pairs))


def of_person(db: Session, student_id: int) -> list[Suspicion]:
    """Return who may be the same as one person, the most alike first; quick, for each person shown.

    Whoever shares neither birth, phone nor the ends of the name is left to `find`.
    """
    guard.read(db, Permission.READ)
    row = guard.existing(db, Student, student_id, "người")
    near = set(db.scalars(select(Student.id).where(_is_near(row), Student.id != student_id)))
    apart = _told_apart(db, student_id)
    forms = students.forms(db, near | {student_id})
    own = candidates.of_form(forms.pop(student_id))
    pairs = [
        (_pair(student_id, one), alike)
        for one, form in forms.items()
        if _pair(student_id, one) not in apart
        and _is_asked(alike := likeness.compare(own, candidates.of_form(form)))
    ]
    pairs.sort(key=lambda one: (-one[1].points, one[0]))
    return _described(db, pairs)


def mark_different(db: Session, first_id: int, second_id: int) -> None:
    """Keep that two people were looked at and are two."""
    guard.permit(db, Permission.EDIT_PEOPLE)
    matching.remember_different(db, first_id, second_id)


def _pair(one: int, other: int) -> Pair:
    return (one, other) if one < other else (other, one)


def _is_asked(alike: Likeness) -> bool:
    return alike.verdict is not Likely.DIFFERENT


def _alike(people: Sequence[Person], progress: Progress | None) -> dict[Pair, Likeness] | None:
    """Weigh every pair that shares a key; None when stopped."""
    found: dict[Pair, Likeness] = {}
    goes_on = progress or (lambda _done, _total: True)
    kinds = len(blocking.KINDS)
    for place, kind in enumerate(blocking.KINDS):
        if not goes_on(place, kinds):
            return None
        for number, (one, other) in enumerate(blocking.pairs(people, kind), start=1):
            if number % ASKED_EVERY == 0 and not goes_on(place, kinds):
                return None
            if _is_asked(alike := likeness.compare(people[one], people[other])):
                found[_pair(one, other)] = alike
    return found


def _told_apart(db: Session, student_id: int | None = None) -> set[Pair]:
    """Return the pairs of which somebody said that they are two."""
    query = select(DifferentPeople.first_id, DifferentPeople.second_id)
    if student_id is not None:
        query = query.where(
            or_(DifferentPeople.first_id == student_id, DifferentPeople.second_id == student_id)
        )
    return {(first, second) for first, second in db.execute(query)}


def _is_near(row: Student) -> ColumnElement[bool]:
    """Tell who shares the name, the birth date, the phone, or year and ends of the name."""
    words = row.fold.split()
    near = [Student.fold == row.fold]
    if row.phone:
        near.append(Student.phone == row.phone)
    if row.born and row.born.is_exact:
        near.append(Student.born == row.born)
    if row.born and words:
        year = func.substr(type_coerce(Student.born, Text), 1, 4) == f"{row.born.year:04d}"
        first = Student.fold.startswith(f"{words[0]} ", autoescape=True)
        last = Student.fold.endswith(f" {words[-1]}", autoescape=True)
        near.append(and_(year, first, last))
    return or_(*near)


def _described(db: Session, pairs: Sequence[tuple[Pair, Likeness]]) -> list[Suspicion]:
    """Show the pairs as the user may see the people."""
    sides = _sides(db, {one for pair, _ in pairs for one in pair})
    return [_suspicion([sides[one] for one in pair], alike) for pair, alike in pairs]


def _suspicion(sides: Sequence[Side], alike: Likeness) -> Suspicion:
    first, second = sorted(sides, key=_standing)
    return Suspicion(first, second, alike)


def _standing(side: Side) -> tuple[int, int]:
    return -side.classes, side.id


def _sides(db: Session, student_ids: Collection[int]) -> dict[int, Side]:
    classes = _classes(db, student_ids)
    return {
        one: Side(one, personal.for_user(db, form), *classes.get(one, (0, None)))
        for one, form in students.forms(db, student_ids).items()
    }


def _classes(
    db: Session, student_ids: Iterable[int]
) -> dict[int, tuple[int, datetime.date | None]]:
    """Return how many classes each was in, and the last day of the newest."""
    ordered = sorted(student_ids)
    found: dict[int, tuple[int, datetime.date | None]] = {}
    for start in range(0, len(ordered), students.LOADED_AT_ONCE):
        query = (
            select(Enrolment.student_id, func.count(), func.max(TrainingClass.ends_on))
            .join(TrainingClass, TrainingClass.id == Enrolment.training_class_id)
            .where(Enrolment.student_id.in_(ordered[start : start + students.LOADED_AT_ONCE]))
            .group_by(Enrolment.student_id)
        )
        found |= {one: (count, last) for one, count, last in db.execute(query)}
    return found
