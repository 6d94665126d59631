"""Invented people with Vietnamese names, and second records as registers really have them."""

import datetime
import random
import unicodedata
from collections.abc import Callable
from dataclasses import replace

from app import text
from app.dates import PartialDate
from app.services.students import StudentForm
from app.terms import Sex

FAMILIES = (
    ("Nguyễn", 30), ("Trần", 10), ("Lê", 9), ("Phạm", 7), ("Hoàng", 6), ("Vũ", 4), ("Nông", 5),
    ("Lý", 5), ("Lò", 4), ("Bàn", 3), ("Đặng", 3), ("Bùi", 3), ("Đỗ", 3), ("Hồ", 2), ("Vi", 2),
    ("Lương", 2), ("Triệu", 2), ("Hứa", 2), ("Dương", 2), ("Mông", 1),
)  # fmt: skip
MIDDLES = {
    Sex.MALE: ("Văn", "Văn", "Văn", "Hữu", "Đức", "Quốc", "Mạnh", "Xuân", "Trọng", "Anh", ""),
    Sex.FEMALE: ("Thị", "Thị", "Thị", "Thị Thu", "Thị Ngọc", "Thúy", "Kim", "Thị Minh", "Hồng", ""),
}  # fmt: skip
GIVEN = {
    Sex.MALE: (
        "Nam", "Hùng", "Dũng", "Tuấn", "Sơn", "Thắng", "Cường", "Bình", "Hải", "Quý", "Kỳ", "Đạt",
        "Long", "Toàn", "Hòa", "Phúc", "Vinh", "Khánh", "Tâm", "Ẩn", "Ửng", "Chiến", "Lợi", "Duy",
    ),
    Sex.FEMALE: (
        "Hương", "Lan", "Hoa", "Mai", "Thúy", "Thủy", "Hạnh", "Hằng", "Nga", "Loan", "Yến", "Lý",
        "Hòa", "Bình", "Phương", "Oanh", "Quyên", "Mỹ", "Ánh", "Huệ", "Thảo", "Trang", "Vy", "Tâm",
    ),
}  # fmt: skip
UNITS = tuple(
    f"{kind} {place}"
    for kind in ("Chi bộ thôn", "Trường Tiểu học", "Trạm Y tế xã", "UBND xã")
    for place in ("Nà Lừa", "Cò Mạ", "Khuôn Hẻ", "Đồng Tâm", "Tân Văn", "Hồng Thái", "Bình La")
)
Rng = random.Random
Change = Callable[[StudentForm, Rng], StudentForm]


def people(count: int, rng: Rng) -> list[StudentForm]:
    """People no two of whom are one; every id number and phone once."""
    return [_person(rng) for _ in range(count)]


def _person(rng: Rng) -> StudentForm:
    sex = rng.choice(list(Sex))
    (family,) = rng.choices([name for name, _ in FAMILIES], [share for _, share in FAMILIES])
    name = " ".join(f"{family} {rng.choice(MIDDLES[sex])} {rng.choice(GIVEN[sex])}".split())
    day = datetime.date(1958, 1, 1) + datetime.timedelta(days=rng.randrange(365 * 48))
    born = PartialDate(day.year) if rng.random() < 0.1 else PartialDate.of(day)
    number = _cccd(born.year, sex, rng) if rng.random() < 0.75 else ""
    phone = f"09{rng.randrange(10**8):08d}" if rng.random() < 0.6 else ""
    known_sex = sex if rng.random() < 0.9 else None
    return StudentForm(name, born, known_sex, number, phone, unit=rng.choice(UNITS))


def _cccd(year: int, sex: Sex, rng: Rng) -> str:
    century = (sex is Sex.FEMALE) + 2 * (year >= 2000)
    return f"020{century}{year % 100:02d}{rng.randrange(10**6):06d}"


# second records ------------------------------------------------------------------
def again(person: StudentForm, rng: Rng) -> tuple[str, StudentForm]:
    """Write a person a second time, in one odd way and with other facts about life."""
    fitting = [change for change in CHANGES if change(person, Rng(1)) != person]
    change = rng.choice(fitting)
    other = change(person, rng)
    if change is not slip_in_number:
        other = replace(other, identity_number=_other_number(person.identity_number, rng))
    if rng.random() < 0.4:
        other = replace(other, unit=rng.choice(UNITS))
    if rng.random() < 0.5:
        other = replace(other, phone=rng.choice(("", f"08{rng.randrange(10**8):08d}")))
    return change.__name__, other


def _other_number(number: str, rng: Rng) -> str:
    """The same number, none, or the old one of nine digits."""
    return rng.choice((number, "", "", f"0{rng.randrange(10**8):08d}"))


def capitals(person: StudentForm, _rng: Rng) -> StudentForm:
    """Capitals, decomposed letters, two spaces."""
    name = unicodedata.normalize("NFD", person.full_name.upper()).replace(" ", "  ", 1)
    return replace(person, full_name=name)


def tones(person: StudentForm, _rng: Rng) -> StudentForm:
    """The other place of the tone, the other letter for one sound."""
    name = person.full_name
    for one, other in (
        ("òa", "oà"),
        ("úy", "uý"),
        ("ủy", "uỷ"),
        ("Lý", "Lí"),
        ("Mỹ", "Mĩ"),
        ("Quý", "Quí"),
        ("Kỳ", "Kì"),
        ("Vy", "Vi"),
    ):
        name = name.replace(one, other)
    return replace(person, full_name=name)


def no_marks(person: StudentForm, _rng: Rng) -> StudentForm:
    """No marks at all."""
    return replace(person, full_name=text.fold(person.full_name).title())


def middle_missing(person: StudentForm, _rng: Rng) -> StudentForm:
    """One middle name left out."""
    words = person.full_name.split()
    return replace(person, full_name=" ".join([words[0], *words[2:]])) if words[2:] else person


def middle_added(person: StudentForm, rng: Rng) -> StudentForm:
    """One more middle name."""
    *words, given = person.full_name.split()
    name = " ".join([*words, rng.choice(("Thu", "Minh", "Thanh")), given])
    return replace(person, full_name=name)


def middle_short(person: StudentForm, _rng: Rng) -> StudentForm:
    """The first middle name by its letter."""
    words = person.full_name.split()
    if not words[2:]:
        return person
    return replace(person, full_name=" ".join([words[0], f"{words[1][0]}.", *words[2:]]))


def swapped(person: StudentForm, _rng: Rng) -> StudentForm:
    """The given name first."""
    words = person.full_name.split()
    return replace(person, full_name=" ".join([words[-1], *words[:-1]]))


def slip_in_name(person: StudentForm, rng: Rng) -> StudentForm:
    """One letter left out or typed twice."""
    name = person.full_name
    places = [place for place, sign in enumerate(name) if sign.isalpha()]
    at = rng.choice(places[1:])
    typed = rng.choice(("", name[at] * 2))
    return replace(person, full_name=name[:at] + typed + name[at + 1 :])


def year_only(person: StudentForm, _rng: Rng) -> StudentForm:
    """Nothing but the year of birth."""
    return replace(person, born=PartialDate(person.born.year)) if person.born else person


def first_of_january(person: StudentForm, _rng: Rng) -> StudentForm:
    """The year written as its first day."""
    return replace(person, born=PartialDate(person.born.year, 1, 1)) if person.born else person


def day_and_month(person: StudentForm, _rng: Rng) -> StudentForm:
    """Day and month in the other order."""
    born = person.born
    if born is None or born.day is None or born.day > 12:
        return person
    return replace(person, born=PartialDate(born.year, born.day, born.month))


def slip_in_date(person: StudentForm, rng: Rng) -> StudentForm:
    """One digit of the day or of the year wrong."""
    born = person.born
    if born is None or born.day is None:
        return person
    if rng.random() < 0.5:
        day = born.day + 1 if born.day % 10 < 8 and born.day < 28 else born.day - 1
        return replace(person, born=PartialDate(born.year, born.month, day))
    year = born.year - born.year % 10 + (born.year + 4) % 10
    is_leap_day = (born.month, born.day) == (2, 29)
    return person if is_leap_day else replace(person, born=PartialDate(year, born.month, born.day))


def slip_in_number(person: StudentForm, rng: Rng) -> StudentForm:
    """One digit of the number wrong."""
    number = person.identity_number
    if not number:
        return person
    at = rng.randrange(6, len(number))
    wrong = str((int(number[at]) + 1 + rng.randrange(8)) % 10)
    return replace(person, identity_number=number[:at] + wrong + number[at + 1 :])


def as_before(person: StudentForm, _rng: Rng) -> StudentForm:
    """The same spelling; only life has gone on."""
    return replace(person, note="Sổ cũ")


CHANGES: tuple[Change, ...] = (
    as_before, capitals, tones, no_marks, middle_missing, middle_added, middle_short, swapped,
    slip_in_name, year_only, first_of_january, day_and_month, slip_in_date, slip_in_number,
)  # fmt: skip


# people who only look alike --------------------------------------------------------
def stranger(person: StudentForm, rng: Rng) -> tuple[str, StudentForm]:
    """Somebody else who shares much with a person."""
    kind = rng.choice((namesake, twin, same_day_other_number, colleague))
    return kind.__name__, kind(person, rng)


def namesake(person: StudentForm, rng: Rng) -> StudentForm:
    """The same name and unit, born in other years."""
    born = PartialDate(
        1958 + (person.born.year - 1958 + 13) % 48 if person.born else 1970,
        rng.randint(1, 12),
        rng.randint(2, 28),
    )
    return replace(person, born=born, identity_number="", phone="")


def twin(person: StudentForm, rng: Rng) -> StudentForm:
    """Family, birth, unit and phone of the house, another given name."""
    *rest, given = person.full_name.split()
    others = [name for name in GIVEN[person.sex or Sex.MALE] if len(name) > len(given) + 1]
    name = " ".join([*rest, rng.choice(others or ["Khuyên"])])
    return replace(person, full_name=name, identity_number="")


def same_day_other_number(person: StudentForm, rng: Rng) -> StudentForm:
    """The same name and birth, and both have a number of their own."""
    year = person.born.year if person.born else 1970
    number = _cccd(year, person.sex or Sex.MALE, rng) if person.identity_number else ""
    born = person.born if number else PartialDate(year - 7, 3, 17)
    return replace(person, identity_number=number, born=born, phone="")


def colleague(person: StudentForm, rng: Rng) -> StudentForm:
    """Another person of the same unit born on the same day."""
    return replace(_person(rng), born=person.born, unit=person.unit)
