"""Which persons are worth comparing: those who share a key, so that 100,000 take seconds.

Keys by the number, by the phone; by the whole birth date; by the words of the name with the year,
or with day and month. Whoever's birth is rough or unknown also meets those of the same year with
the same family and given name or of the same unit, and those with the same words.
"""

from collections.abc import Callable, Hashable, Iterator, Sequence
from itertools import combinations, product
from typing import NamedTuple

from app.rules.likeness import Person, is_rough

LARGE = 60  # people of one key beyond which only those of one given name are compared


class Kind(NamedTuple):
    """One kind of key; a pair is compared when at least one of the two is `wanted`."""

    key: Callable[[Person], Hashable]  # None: the person has none
    is_wanted: Callable[[Person], bool]


def keys(person: Person) -> Iterator[tuple[int, Hashable, bool]]:
    """Give the keys of a person: the kind, the key, and whether it asks for company."""
    for place, kind in enumerate(KINDS):
        if (key := kind.key(person)) is not None:
            yield place, key, kind.is_wanted(person)


def pairs(people: Sequence[Person], kind: Kind) -> Iterator[tuple[int, int]]:
    """Give the places of people who share a key of one kind."""
    blocks: dict[Hashable, list[int]] = {}
    for place, person in enumerate(people):
        if (key := kind.key(person)) is not None:
            blocks.setdefault(key, []).append(place)
    for block in blocks.values():
        for part in _parts(people, block):
            wanted = [place for place in part if kind.is_wanted(people[place])]
            yield from combinations(wanted, 2)
            if len(wanted) < len(part):
                yield from product(wanted, sorted({*part} - {*wanted}))


def _parts(people: Sequence[Person], block: list[int]) -> Iterator[list[int]]:
    """Cut a large block by the given name."""
    if len(block) < 2:
        return
    if len(block) <= LARGE:
        yield block
        return
    parts: dict[str, list[int]] = {}
    for place in block:
        parts.setdefault(people[place].words[-1], []).append(place)
    yield from parts.values()


def _number(person: Person) -> Hashable:
    return person.number or None


def _phone(person: Person) -> Hashable:
    return person.phone or None


def _day(person: Person) -> Hashable:
    born = person.born
    return (born.year, born.month, born.day) if born and born.is_exact and person.words else None


def _words_and_year(person: Person) -> Hashable:
    return (_words(person), person.born.year) if person.born else None


def _words_and_day(person: Person) -> Hashable:
    born = person.born
    return (_words(person), born.month, born.day) if born and not is_rough(born) else None


def _ends_and_year(person: Person) -> Hashable:
    if person.born is None or not person.words:
        return None
    return person.words[0], person.words[-1], person.born.year


def _unit_and_year(person: Person) -> Hashable:
    return (person.unit, person.born.year) if person.born and person.unit else None


def _words(person: Person) -> Hashable:
    return " ".join(sorted(person.words)) or None


def _always(_person: Person) -> bool:
    return True


def _has_rough_birth(person: Person) -> bool:
    return is_rough(person.born)


def _has_no_birth(person: Person) -> bool:
    return person.born is None


KINDS = (
    Kind(_number, _always),
    Kind(_phone, _always),
    Kind(_day, _always),
    Kind(_words_and_year, _always),
    Kind(_words_and_day, _always),
    Kind(_ends_and_year, _has_rough_birth),
    Kind(_unit_and_year, _has_rough_birth),
    Kind(_words, _has_no_birth),
)
