"""One cell of an old register as a value; InputError says in Vietnamese what is wrong with it."""

import datetime
import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import TypeVar

from app import dates, numbers
from app.dates import PartialDate
from app.errors import InputError
from app.spreadsheets.identity import read_identity
from app.spreadsheets.phones import read_phone
from app.spreadsheets.registers.rows import YEARS
from app.spreadsheets.rows import shown
from app.terms import AttendanceStatus, Employment, HalfDay, Sex, StaffGroup, WorkplaceKind
from app.text import fold

T = TypeVar("T")
_YEARS_OF_BIRTH = range(1900, 2015)
_WHOLE = re.compile(r"[0-9]{1,9}")
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}")


def words(written: str) -> str:
    """Any text."""
    return written


def whole(written: str) -> int:
    """A whole number from 0."""
    plain = written.removesuffix(".0")
    if not _WHOLE.fullmatch(plain):
        raise InputError(f"{shown(written)} không phải số nguyên.")
    return int(plain)


def positive(written: str) -> int:
    """A whole number from 1."""
    number = whole(written)
    if not number:
        raise InputError("Số phải từ 1.")
    return number


def year(written: str) -> int:
    """A year a class was held in."""
    number = whole(written)
    if number not in YEARS:
        raise InputError(f"Năm {number} không hợp lý.")
    return number


def day(written: str) -> datetime.date:
    """A day, written 2018-09-05 or 05/09/2018; never guessed, never swapped."""
    found = partial(written).date
    if found is None:
        raise InputError(f"Ngày {shown(written)} thiếu ngày hoặc tháng.")
    if found.year not in YEARS:
        raise InputError(f"Năm {found.year} không hợp lý.")
    return found


def partial(written: str) -> PartialDate:
    """A date of which day and month may be unknown."""
    if _ISO.fullmatch(written):
        try:
            return PartialDate.of(datetime.date.fromisoformat(written))
        except ValueError as error:
            raise InputError(f"Ngày {shown(written)} không có trong lịch.") from error
    return dates.parse(written)


def birth(written: str) -> PartialDate:
    """A date of birth."""
    born = partial(written)
    if born.year not in _YEARS_OF_BIRTH:
        raise InputError(f"Năm sinh {born.year} không hợp lý.")
    return born


def mark(written: str) -> Decimal:
    """A mark of 0 to 10."""
    return numbers.parse_mark(written)


def identity(written: str) -> str:
    """An identity number of 12 or 9 digits; any other is nobody's."""
    found = read_identity(written)
    if not found.value and found.findings:
        raise InputError(found.findings[0].text)
    return found.value


def phone(written: str) -> str:
    """A telephone number."""
    found = read_phone(written)
    if not found.value and found.findings:
        raise InputError(found.findings[0].text)
    return found.value


def _one_of(meanings: Mapping[str, T]) -> Callable[[str], T]:
    known = {fold(word).replace("_", " "): meaning for word, meaning in meanings.items()}

    def read(written: str) -> T:
        plain = fold(written).replace("_", " ")
        if plain not in known:
            raise InputError(f"Không hiểu {shown(written)}. Dùng một trong: {', '.join(meanings)}.")
        return known[plain]

    return read


sex = _one_of({"Nam": Sex.MALE, "Nữ": Sex.FEMALE})
half_day = _one_of({one.label: one for one in HalfDay})
unit_kind = _one_of({"xa": WorkplaceKind.COMMUNE, "co_quan": WorkplaceKind.AGENCY})
completed = _one_of({"hoan_thanh": True, "khong_hoan_thanh": False})
absence = _one_of(
    {one.code: one for one in AttendanceStatus if one is not AttendanceStatus.PRESENT}
)
employment = _one_of(
    {
        "giang_vien_kiem_chuc": Employment.PART_TIME,
        "giang_vien_chuyen_trach": Employment.FULL_TIME,
        "giang_vien_moi": Employment.INVITED,
    }
)
staff_group = _one_of(
    {
        "can_bo": StaffGroup.COMMUNE_CADRE,
        "cong_chuc": StaffGroup.COMMUNE_SERVANT,
        "khong_chuyen_trach": StaffGroup.PART_TIME,
        "cap_huyen": StaffGroup.UPPER_LEVEL,
    }
)
_AUDIENCES = {
    "quan_chung": "Quần chúng",
    "dang_vien": "Đảng viên",
    "tat_ca": "Mọi đối tượng",
    "nu": "Phụ nữ",
    "tre": "Thanh niên",
    "giao_vien": "Giáo viên",
}


def audience(written: str) -> str:
    """For whom a programme was held; an unknown word stays as written."""
    return _AUDIENCES.get(written, written)
