"""Finding people as one types: ids of everybody who matches, then the rows that are shown."""

import re
from array import array
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from typing import Any

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    SQLColumnExpression,
    Text,
    and_,
    case,
    false,
    func,
    literal,
    not_,
    or_,
    select,
    true,
    type_coerce,
    union,
)
from sqlalchemy.orm import Session

from app import text
from app.dates import PartialDate
from app.models import (
    Enrolment,
    Programme,
    ProgrammeVersion,
    Student,
    TrainingClass,
    Workplace,
    WorkplaceName,
)
from app.services import guard
from app.terms import PartyStatus, Permission, Sex

SHORTEST_NUMBER = 9  # digits: whole numbers are found, parts of them are nobody's business
_INITIALS = range(2, 7)
_ASKED_AT_ONCE = 500
_NOT_DIGITS = re.compile(r"[\s.()+-]")


class Order(Enum):
    """What a list of people is ordered by."""

    NAME = "name"
    BORN = "born"
    UNIT = "unit"
    CLASSES = "classes"


@dataclass(frozen=True)
class Wanted:
    """Whom to find; an empty value lets everybody through."""

    query: str = ""
    workplace_id: int | None = None
    programme_id: int | None = None
    year: int | None = None
    party_status: PartyStatus | None = None
    order: Order = Order.NAME
    is_descending: bool = False

    @property
    def is_everybody(self) -> bool:
        """Whether nothing narrows the list."""
        return replace(self, order=Order.NAME, is_descending=False) == Wanted()


@dataclass(frozen=True)
class StudentRow:
    """One line of the list of people."""

    id: int
    full_name: str
    sort_key: str
    born: PartialDate | None
    sex: Sex | None
    unit: str
    classes: int


@dataclass(frozen=True)
class Choices:
    """What the filters offer, by key."""

    units: tuple[tuple[int, str], ...]
    programmes: tuple[tuple[int, str], ...]
    years: tuple[int, ...]


def found(db: Session, wanted: Wanted) -> "array[int]":
    """Return the ids of everybody who matches, in order.

    Every word of the query begins a word of the name or of a name the unit has or had; or the
    query is the initials of a name, or a whole identity or telephone number. Those whose name
    alone has every word come first.
    """
    guard.read(db, Permission.READ)
    words = text.fold(wanted.query).split()
    in_name = and_(true(), *(_begins_a_word(Student.fold, word) for word in words))
    inner = (
        select(Student.id, in_name.label("in_name"))
        .where(_matching(wanted.query, words), *_filters(wanted))
        .order_by(Student.sort_key, Student.fold, Student.id)
        .subquery()
    )
    first, others = db.execute(
        select(
            func.group_concat(case((inner.c.in_name, inner.c.id))),
            func.group_concat(case((not_(inner.c.in_name), inner.c.id))),
        )
    ).one()
    ids = _numbers(first) + _numbers(others)
    if wanted.order is not Order.NAME:
        ids = _ordered(db, ids, wanted)
    elif wanted.is_descending:
        ids.reverse()
    return ids


def everybody(db: Session) -> int:
    """Count all the people there are."""
    guard.read(db, Permission.READ)
    return db.scalar(select(func.count()).select_from(Student)) or 0


def rows(db: Session, ids: Sequence[int]) -> list[StudentRow]:
    """Return the lines of some people, in the order of their ids; who is gone is left out."""
    guard.read(db, Permission.READ)
    classes = (
        select(func.count())
        .where(Enrolment.student_id == Student.id)
        .correlate(Student)
        .scalar_subquery()
    )
    query = select(
        Student.id,
        Student.full_name,
        Student.sort_key,
        Student.born,
        Student.sex,
        func.coalesce(Workplace.name, ""),
        classes,
    ).outerjoin(Workplace, Workplace.id == Student.workplace_id)
    known: dict[int, StudentRow] = {}
    for start in range(0, len(ids), _ASKED_AT_ONCE):
        chunk = query.where(Student.id.in_(ids[start : start + _ASKED_AT_ONCE]))
        known |= {row.id: StudentRow(*row) for row in db.execute(chunk)}
    return [known[one] for one in ids if one in known]


def by_given_name(db: Session, typed: str) -> Collection[int]:
    """Return the ids of everybody whose given name begins with these letters."""
    guard.read(db, Permission.READ)
    begins = f"% {text.fold(typed)}%"
    fold = literal(" ") + Student.fold
    query = select(func.group_concat(Student.id)).where(
        fold.like(begins), not_(fold.like(f"{begins} %"))
    )
    return set(_numbers(db.scalar(query)))


def choices(db: Session) -> Choices:
    """Return units with people, programmes and years with classes."""
    guard.read(db, Permission.READ)
    people = select(Student.workplace_id).distinct()
    units = db.execute(select(Workplace.id, Workplace.name).where(Workplace.id.in_(people)))
    programmes = (
        select(Programme.id, Programme.short_name)
        .where(Programme.versions.any(ProgrammeVersion.id.in_(select(TrainingClass.version_id))))
        .order_by(Programme.short_name)
    )
    years = select(TrainingClass.year).distinct().order_by(TrainingClass.year.desc())
    return Choices(
        tuple(sorted(((row[0], row[1]) for row in units), key=lambda unit: text.word_key(unit[1]))),
        tuple((row[0], row[1]) for row in db.execute(programmes)),
        tuple(db.scalars(years)),
    )


def _matching(query: str, words: Sequence[str]) -> ColumnElement[bool]:
    """Tell who is found by what was typed."""
    digits = _NOT_DIGITS.sub("", query)
    if digits.isascii() and digits.isdigit() and len(digits) >= SHORTEST_NUMBER:
        return Student.id.in_(_owners_of(digits))
    everywhere = [
        or_(_begins_a_word(Student.fold, word), Student.workplace_id.in_(_units_called(word)))
        for word in words
    ]
    return or_(and_(true(), *everywhere), _has_initials(words))


def _begins_a_word(fold: SQLColumnExpression[str], word: str) -> ColumnElement[bool]:
    return func.instr(literal(" ") + fold, f" {word}") > 0


def _units_called(word: str) -> CompoundSelect[int]:
    """Select units that are, or were once, called so."""
    return union(
        select(Workplace.id).where(_begins_a_word(Workplace.fold, word)),
        select(WorkplaceName.workplace_id).where(_begins_a_word(WorkplaceName.fold, word)),
    )


def _has_initials(words: Sequence[str]) -> ColumnElement[bool]:
    """Tell whose names begin with these letters: "nvd" is Nguyễn Văn Đạt."""
    letters = words[0] if len(words) == 1 else ""
    if len(letters) not in _INITIALS or not (letters.isascii() and letters.isalpha()):
        return false()
    spaces = func.length(Student.fold) - func.length(func.replace(Student.fold, " ", ""))
    pattern = " ".join(f"{letter}*" for letter in letters)
    return and_(Student.fold.op("GLOB")(pattern), spaces == len(letters) - 1)


def _owners_of(digits: str) -> CompoundSelect[int]:
    """Select whose identity or telephone number this is, however the latter is written."""
    phone: SQLColumnExpression[str] = Student.phone
    for mark in (" ", ".", "-"):
        phone = func.replace(phone, mark, "")
    local = f"0{digits[2:]}" if digits.startswith("84") else digits
    return union(
        select(Student.id).where(Student.identity_number == digits),
        select(Student.id).where(Student.phone != "", phone == local),
    )


def _filters(wanted: Wanted) -> Iterator[ColumnElement[bool]]:
    if wanted.workplace_id is not None:
        yield Student.workplace_id == wanted.workplace_id
    if wanted.party_status is not None:
        yield Student.party_status == wanted.party_status
    if wanted.programme_id is None and wanted.year is None:
        return
    learners = select(Enrolment.student_id).join(TrainingClass)
    if wanted.year is not None:
        learners = learners.where(TrainingClass.year == wanted.year)
    if wanted.programme_id is not None:
        learners = learners.join(
            ProgrammeVersion, ProgrammeVersion.id == TrainingClass.version_id
        ).where(ProgrammeVersion.programme_id == wanted.programme_id)
    yield Student.id.in_(learners)


def _ordered(db: Session, ids: "array[int]", wanted: Wanted) -> "array[int]":
    """Order ids, already by name, by something else; who has nothing there comes last."""
    keys = _KEYS[wanted.order](db, ids)
    known = sorted(
        (one for one in ids if one in keys), key=keys.__getitem__, reverse=wanted.is_descending
    )
    return array("q", known + [one for one in ids if one not in keys])


def _births(db: Session, ids: "array[int]") -> dict[int, str]:
    query = select(Student.id, type_coerce(Student.born, Text)).where(Student.born.is_not(None))
    return {row[0]: row[1] for row in db.execute(query.where(_among(ids)))}


def _unit_places(db: Session, ids: "array[int]") -> dict[int, int]:
    """Return the place of everybody's unit in the order of the alphabet."""
    units = [(row[0], row[1]) for row in db.execute(select(Workplace.id, Workplace.name))]
    units.sort(key=lambda unit: text.word_key(unit[1]))
    places = {unit: place for place, (unit, _) in enumerate(units)}
    query = select(Student.id, Student.workplace_id).where(_among(ids))
    return {row[0]: places[row[1]] for row in db.execute(query) if row[1] is not None}


def _class_counts(db: Session, ids: "array[int]") -> dict[int, int]:
    query = select(Enrolment.student_id, func.count()).group_by(Enrolment.student_id)
    counts = {row[0]: row[1] for row in db.execute(query)}
    return {one: counts.get(one, 0) for one in ids}


def _among(ids: "array[int]") -> ColumnElement[bool]:
    """Narrow to these people where they are few."""
    return Student.id.in_(ids) if len(ids) <= _ASKED_AT_ONCE else true()


def _numbers(joined: str | None) -> "array[int]":
    return array("q", map(int, joined.split(",")) if joined else ())


_KEYS: dict[Order, Callable[[Session, "array[int]"], Mapping[int, Any]]] = {
    Order.BORN: _births,
    Order.UNIT: _unit_places,
    Order.CLASSES: _class_counts,
}
