"""Who the learners of a class are: the rows of "Cơ cấu học viên" (RULES §6.2, FORMATS §3.3)."""

import datetime
import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from app.dates import PartialDate
from app.terms import PartyStatus, Sex
from app.text import fold

UNKNOWN = "Chưa rõ"
AGE_BANDS = ((30, "Dưới 30 tuổi"), (41, "Từ 30 đến 40 tuổi"), (51, "Từ 41 đến 50 tuổi"))
OLDEST = "Trên 50 tuổi"
EDUCATION = (
    (
        "Sau đại học",
        (
            *("sau dai hoc", "tren dai hoc", "cao hoc", "ths", "ts"),
            *("thac si", "thac sy", "tien si", "tien sy"),
        ),
    ),
    ("Đại học", ("dai hoc", "cu nhan", "ky su", "bac si", "bac sy", "dh")),
    ("Cao đẳng", ("cao dang", "cd")),
    ("Trung cấp trở xuống", ("trung cap", "so cap", "tc", "thpt", "thcs", "pho thong")),
)
_SCHOOL_YEARS = re.compile(r" ([1-9]|1[0-2])/1[02] ")
_MAJORITY = {"kinh", "dan toc kinh", "viet", "kinh viet"}
_NOT_NOTED = {"", "khong", "khong ro", "chua ro", "k"}


@dataclass(frozen=True)
class Person:
    """What is known of a learner on the last day of the class."""

    sex: Sex | None = None
    born: PartialDate | None = None
    ethnicity: str = ""
    party_status: PartyStatus | None = None
    education: str = ""


def age_on(born: PartialDate, on: datetime.date) -> int:
    """Return completed years; of a birth known only by year or month, by the year alone."""
    had_birthday = born.date is None or (on.month, on.day) >= (born.date.month, born.date.day)
    return on.year - born.year - (0 if had_birthday else 1)


def age_band(born: PartialDate | None, on: datetime.date) -> str:
    """Return the row of the age table."""
    if born is None:
        return UNKNOWN
    age = age_on(born, on)
    return next((name for limit, name in AGE_BANDS if age < limit), OLDEST)


def education_band(education: str) -> str:
    """Return the row of the education table; what is not understood stays unknown."""
    written = f" {_words(education)} "
    spaced = written.replace("/", " ")
    for name, signs in EDUCATION:
        if any(f" {sign} " in spaced for sign in signs):
            return name
    return EDUCATION[-1][0] if _SCHOOL_YEARS.search(written) else UNKNOWN


def minorities(people: Iterable[Person]) -> int:
    """Count those whose ethnic group is known and is not Kinh."""
    return sum(_words(person.ethnicity) not in _MAJORITY | _NOT_NOTED for person in people)


def groups_unknown(people: Iterable[Person]) -> int:
    """Count those whose ethnic group is not noted."""
    return sum(_words(person.ethnicity) in _NOT_NOTED for person in people)


def _words(written: str) -> str:
    """Folded words without punctuation; a slash stays, for "12/12"."""
    return " ".join(re.findall(r"[a-z0-9/]+", fold(written)))


def by_age(people: Sequence[Person], on: datetime.date) -> list[tuple[str, int]]:
    """Return the age partition; it always adds up to all."""
    order = [name for _, name in AGE_BANDS] + [OLDEST]
    return _partition(people, lambda person: age_band(person.born, on), order)


def by_party(people: Sequence[Person]) -> list[tuple[str, int]]:
    """Return the partition by relation to the Party."""
    names = {
        PartyStatus.FULL: "Đảng viên chính thức",
        PartyStatus.PROBATIONARY: "Đảng viên dự bị",
        PartyStatus.NONE: "Quần chúng",
    }
    return _partition(
        people,
        lambda person: names[person.party_status] if person.party_status else UNKNOWN,
        list(names.values()),
    )


def by_education(people: Sequence[Person]) -> list[tuple[str, int]]:
    """Return the partition by professional education, highest first."""
    order = [name for name, _ in EDUCATION]
    return _partition(people, lambda person: education_band(person.education), order)


def _partition(
    people: Sequence[Person], row: Callable[[Person], str], order: list[str]
) -> list[tuple[str, int]]:
    counted = Counter(row(person) for person in people)
    rows = [(name, counted[name]) for name in order]
    return [*rows, (UNKNOWN, counted[UNKNOWN])] if counted[UNKNOWN] else rows
