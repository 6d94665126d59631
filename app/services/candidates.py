"""Whom rows of a roster may be: everybody with the number, the name or the likeness of a row."""

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from sqlalchemy import Text, select, type_coerce
from sqlalchemy.orm import Session

from app import text
from app.dates import PartialDate
from app.models import KnownAs, Student, Workplace
from app.rules import blocking, likeness
from app.rules.likeness import Likely, Likeness, Person
from app.services import guard, workplaces
from app.services.students import StudentForm
from app.spreadsheets.rows import RosterRow
from app.terms import Permission

ALIKE_AT_MOST = 8  # people a row is asked about, the most alike first


@dataclass(frozen=True)
class Candidates:
    """Whom one row may be."""

    row: Person  # what the row is compared by
    named: tuple[int, ...] = ()  # by number, by an earlier answer, by name and birth
    owner: int | None = None  # whose number it is, or was
    told: frozenset[int] = frozenset()  # by an earlier answer
    alike: tuple[tuple[Likeness, int], ...] = ()  # the others worth a question


def _of_row(row: RosterRow, units: Mapping[str, str]) -> Person:
    """Return what a row is compared by; an old name of a unit stands for that of today."""
    number, unit = row.identity_number, row.stated_unit
    found = likeness.person(row.full_name, row.born, row.sex, number, row.phone, unit)
    return found._replace(unit=units.get(found.unit, found.unit))


def of_form(form: StudentForm) -> Person:
    """Return what a known person is compared by."""
    number = form.identity_number
    return likeness.person(form.full_name, form.born, form.sex, number, form.phone, form.unit)


def everybody(db: Session) -> Iterator[tuple[int, Person]]:
    """Give every person of the register with what persons are compared by."""
    guard.read(db, Permission.READ)
    born = type_coerce(Student.born, Text)
    query = select(
        Student.id, Student.sort_key, Student.fold, born, Student.sex,
        Student.identity_number, Student.phone, Workplace.name,
    )  # fmt: skip
    date_of, unit_key = cache(PartialDate.from_iso), cache(text.word_key)
    for one, name_key, fold, born_text, sex, number, phone, unit in db.execute(
        query.outerjoin(Workplace, Workplace.id == Student.workplace_id)
    ):
        yield (
            one,
            Person(
                name_key,
                likeness.loose_words(fold),
                date_of(born_text) if born_text else None,
                sex,
                number or "",
                likeness.plain_phone(phone) if phone else "",
                unit_key(unit) if unit else "",
            ),
        )


def in_register(db: Session, rows: Sequence[RosterRow]) -> list[Candidates]:
    """Return for each row whom of the register it may be."""
    known = db.scalars(select(KnownAs)).all()
    names = {*(row.stated_unit for row in rows), *(one.unit for one in known)}
    index = _Index(rows, workplaces.keys_today(db, names))
    index.add(everybody(db))
    index.add_known(known)
    return index.found()


def among(people: dict[int, StudentForm], rows: Sequence[RosterRow]) -> list[Candidates]:
    """Return for each row whom of some people it may be."""
    index = _Index(rows, {})
    index.add((one, of_form(form)) for one, form in people.items())
    return index.found()


class _Index:
    """The part of the register that shares a number, a name or a key with some rows."""

    def __init__(self, rows: Sequence[RosterRow], units: Mapping[str, str]) -> None:
        self._units = units
        self._rows = [_of_row(row, units) for row in rows]
        self._numbers: dict[str, int | None] = dict.fromkeys(row.number for row in self._rows)
        self._names: dict[str, list[int]] = {row.name_key: [] for row in self._rows}
        self._blocks: dict[tuple[int, Hashable], list[tuple[int, bool]]] = {
            (place, key): [] for row in self._rows for place, key, _ in blocking.keys(row)
        }
        self._people: dict[int, Person] = {}
        self._told: dict[tuple[str, PartialDate | None], list[tuple[int, str]]] = {}
        self._old_numbers: dict[int, set[str]] = {}

    def add(self, people: Iterable[tuple[int, Person]]) -> None:
        """Take up who shares anything with a row."""
        for one, person in people:
            is_near = person.number in self._numbers and bool(person.number)
            if is_near:
                self._numbers[person.number] = one
            if person.born and person.name_key in self._names:
                self._names[person.name_key].append(one)
                is_near = True
            for place, kind in enumerate(blocking.KINDS):
                if (block := self._blocks.get((place, kind.key(person)))) is not None:
                    block.append((one, kind.is_wanted(person)))
                    is_near = True
            if is_near:
                self._people[one] = person

    def add_known(self, spellings: Iterable[KnownAs]) -> None:
        """Take up what the clerk has said about spellings and old numbers."""
        for known in spellings:
            unit = text.word_key(known.unit)
            told = known.student_id, self._units.get(unit, unit)
            self._told.setdefault((known.sort_key, known.born), []).append(told)
            if known.identity_number:
                self._old_numbers.setdefault(known.student_id, set()).add(known.identity_number)
                if self._numbers.get(known.identity_number, 0) is None:
                    self._numbers[known.identity_number] = known.student_id

    def found(self) -> list[Candidates]:
        """Return whom each row may be, in the order of the rows."""
        return [self._candidates(row) for row in self._rows]

    def _candidates(self, row: Person) -> Candidates:
        owner = self._numbers[row.number] if row.number else None
        told = [one for one in self._said(row) if one == owner or self._fits(row, one)]
        first = [] if owner is None else [owner]
        named = tuple(dict.fromkeys([*first, *told, *self._namesakes(row)]))
        alike = () if named else tuple(self._alike(row))
        return Candidates(row, named, owner, frozenset(told), alike)

    def _said(self, row: Person) -> Iterator[int]:
        """People of whom the clerk said that they are written like the row."""
        is_exact = row.born is not None and row.born.is_exact
        for one, unit in self._told.get((row.name_key, row.born), []):
            if is_exact or unit == row.unit:
                yield one

    def _fits(self, row: Person, one: int) -> bool:
        """Whether the number of the row says nothing against the person."""
        person = self._people.get(one)
        return not row.number or person is None or person.number in ("", row.number)

    def _namesakes(self, row: Person) -> list[int]:
        """People of that name born on that very day, else those whose birth may be the same."""
        if row.born is None:
            return []
        known = [(one, self._people[one].born) for one in self._names[row.name_key]]
        same = [one for one, born in known if born == row.born]
        if same and row.born.is_exact:
            return same
        return [one for one, born in known if born and row.born.may_be(born)]

    def _alike(self, row: Person) -> list[tuple[Likeness, int]]:
        """People who share a key with the row and are like it, the most alike first."""
        near = {
            one
            for place, key, asks in blocking.keys(row)
            for one, is_wanted in self._blocks[place, key]
            if asks or is_wanted
        }
        weighed = [(likeness.compare(row, self._people[one]), one) for one in sorted(near)]
        asked = [one for one in weighed if one[0].verdict is not Likely.DIFFERENT]
        return sorted(asked, key=lambda one: -one[0].points)[:ALIKE_AT_MOST]
