"""Finding people as one types: ids of everybody who matches, then the rows that are shown."""

import re
from array import array
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import (
    ColumnElement,
    SQLColumnExpression,
    and_,
    func,
    literal,
    not_,
    or_,
    select,
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
from app.services import guard, people_order
from app.services.people_order import Order
from app.terms import PartyStatus, Permission, Sex

SHORTEST_UNIT = 3  # letters
SHORTEST_NUMBER = 9  # digits: whole numbers are found, parts of them are nobody's business
_INITIALS = range(2, 7)
_ASKED_AT_ONCE = 500
_NOT_DIGITS = re.compile(r"[\s.()+-]")


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


def begin(db: Session, wanted: Wanted, limit: int) -> "array[int] | None":
    """Return the first of those whose name has every word, read no further than that.

    They are how `found` begins; None where only `found` can tell.
    """
    guard.read(db, Permission.READ)
    in_order = wanted.order is Order.NAME and not wanted.is_descending
    if not in_order or _whole_number(wanted.query):
        return None
    return _ids(db, *_in_name(wanted), *_filters(wanted), limit=limit)


def found(db: Session, wanted: Wanted, by_name: "array[int] | None" = None) -> "array[int]":
    """Return the ids of everybody who matches, in order.

    Every word of the query begins a word of the name or of a name the unit has or had; or the
    query is the initials of a name, or a whole identity or telephone number. Those whose name
    alone has every word come first; they are `by_name` where `begin` has found them all.
    """
    guard.read(db, Permission.READ)
    words = text.fold(wanted.query).split()
    filters = list(_filters(wanted))
    if digits := _whole_number(wanted.query):
        ids = _ids(db, Student.id.in_(_owners_of(db, digits)), *filters)
    else:
        ids = _ids(db, *_in_name(wanted), *filters) if by_name is None else by_name[:]
        others = [*_with_units(db, words), *_has_initials(words)]
        if others:
            known = set(ids)
            more = _ids(db, or_(*others), *filters)
            ids.extend([one for one in more if one not in known])
    return people_order.ordered(db, ids, wanted.order, is_descending=wanted.is_descending)


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


def gone(student_id: int) -> StudentRow:
    """Return what stands for somebody deleted since the ids were read."""
    return StudentRow(student_id, "(đã xóa)", "", None, None, "", 0)


def namesakes(db: Session, full_name: str, born: PartialDate | None) -> list[StudentRow]:
    """Return who has this name, accents or not, and may be born then; the same birth first."""
    guard.read(db, Permission.READ)
    query = select(Student.id, Student.born).where(Student.fold == text.fold(full_name))
    people = [(one, known) for one, known in db.execute(query) if _may_be_one(born, known)]
    people.sort(key=lambda person: person[1] != born)
    return rows(db, [one for one, _ in people])


def _may_be_one(born: PartialDate | None, known: PartialDate | None) -> bool:
    return born is None or known is None or born.may_be(known)


def by_given_name(db: Session, typed: str) -> Collection[int]:
    """Return the ids of everybody whose given name begins with these letters."""
    guard.read(db, Permission.READ)
    begins = f"% {text.fold(typed)}%"
    fold = literal(" ") + Student.fold
    query = select(func.group_concat(Student.id)).where(
        fold.like(begins), not_(fold.like(f"{begins} %"))
    )
    return set(people_order.numbers(db.scalar(query)))


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


def _ids(db: Session, *conditions: ColumnElement[bool], limit: int | None = None) -> "array[int]":
    """Return everybody of whom these hold, by name; SQLite joins the ids, which is faster."""
    by_name = select(Student.id).where(*conditions).order_by(Student.sort_key, Student.born)
    ids = by_name.limit(limit).subquery()
    return people_order.numbers(db.scalar(select(func.group_concat(ids.c.id))))


def _in_name(wanted: Wanted) -> Iterator[ColumnElement[bool]]:
    return (begins_a_word(Student.fold, word) for word in text.fold(wanted.query).split())


def _whole_number(query: str) -> str:
    """Return the digits of an identity or telephone number; empty for anything else."""
    digits = _NOT_DIGITS.sub("", query)
    is_whole = digits.isascii() and digits.isdigit() and len(digits) >= SHORTEST_NUMBER
    return digits if is_whole else ""


def begins_a_word(fold: SQLColumnExpression[str], word: str) -> ColumnElement[bool]:
    """Look for the word anywhere first: most texts do not have it, and nothing is put together."""
    return and_(func.instr(fold, word) > 0, func.instr(literal(" ") + fold, f" {word}") > 0)


def _with_units(db: Session, words: Sequence[str]) -> Iterator[ColumnElement[bool]]:
    """Give who has some of the words in a name of the unit and the others in the own name.

    A letter or two are the beginning of too many units to say anything.
    """
    if sum(map(len, words)) < SHORTEST_UNIT:
        return
    has: dict[int, set[str]] = {}
    for word in words:
        units = union(
            select(Workplace.id).where(begins_a_word(Workplace.fold, word)),
            select(WorkplaceName.workplace_id).where(begins_a_word(WorkplaceName.fold, word)),
        )
        for unit in db.scalars(units):
            has.setdefault(unit, set()).add(word)
    alike: dict[frozenset[str], list[int]] = {}
    for unit, known in has.items():
        alike.setdefault(frozenset(known), []).append(unit)
    for shared, units_alike in alike.items():
        rest = [word for word in words if word not in shared]
        if not any(letter.isdigit() for word in rest for letter in word):
            others = (begins_a_word(Student.fold, word) for word in rest)
            place = func.coalesce(Student.workplace_id, 0)  # so that names stay in their order
            yield and_(place.in_(units_alike), *others)


def _has_initials(words: Sequence[str]) -> Iterator[ColumnElement[bool]]:
    """Give whose names begin with these letters: "nvd" is Nguyễn Văn Đạt."""
    letters = words[0] if len(words) == 1 else ""
    if len(letters) in _INITIALS and letters.isascii() and letters.isalpha():
        spaces = func.length(Student.fold) - func.length(func.replace(Student.fold, " ", ""))
        pattern = " ".join(f"{letter}*" for letter in letters)
        yield and_(Student.fold.op("GLOB")(pattern), spaces == len(letters) - 1)


def _owners_of(db: Session, digits: str) -> list[int]:
    """Return whose identity or telephone number this is, however the latter is written."""
    phone: SQLColumnExpression[str] = Student.phone
    for mark in (" ", ".", "-"):
        phone = func.replace(phone, mark, "")
    local = f"0{digits[2:]}" if digits.startswith("84") else digits
    owners = db.scalars(select(Student.id).where(Student.identity_number == digits)).all()
    last = func.substr(Student.phone, -2) == local[-2:]
    return [*owners, *db.scalars(select(Student.id).where(last, phone == local))]


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
