"""The people of old registers: who stands in several lines under one number is one person."""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import fields, replace

from app import text
from app.spreadsheets.registers import rows
from app.spreadsheets.registers.rows import Registers, StudentLine
from app.spreadsheets.registers.sifting import Sifting, by_key


def one_each(work: Sifting, found: Registers) -> tuple[tuple[StudentLine, ...], Mapping[int, int]]:
    """Return the people, and by key those who are the same person as an earlier line."""
    owners: dict[str, int] = {}
    same: dict[int, int] = {}
    kept: dict[int, StudentLine] = {}
    for row in work.sift(rows.STUDENTS, found.students, once=[by_key()]):
        key = owners.setdefault(row.identity_number, row.key) if row.identity_number else row.key
        owner = kept.get(key)
        if owner is None:
            kept[row.key] = row
        elif text.sort_key(owner.full_name) == text.sort_key(row.full_name):
            same[row.key] = key
            kept[key] = _completed(owner, row)
            work.say(rows.STUDENTS, row.line, _one_person(owner, row))
        else:
            kept[row.key] = replace(row, identity_number="")
            said = (
                f"Số định danh trùng với {owner.full_name} ở dòng {owner.line}. Đã để trống ô này."
            )
            work.say(rows.STUDENTS, row.line, said)
    _tell_namesakes(work, kept.values())
    return tuple(kept.values()), same


def _tell_namesakes(work: Sifting, people: Iterable[StudentLine]) -> None:
    """Name and birth date alone do not make two lines one person here: each has its own key."""
    first: dict[Hashable, StudentLine] = {}
    for row in people:
        if row.born is None or not row.born.is_exact:
            continue
        other = first.setdefault((text.sort_key(row.full_name), row.born), row)
        if other is not row and not (row.identity_number and other.identity_number):
            said = f"Cùng tên, cùng ngày sinh với dòng {other.line}, không đủ số định danh."
            work.say(rows.STUDENTS, row.line, f"{said} Đã lập hai hồ sơ; xem trang Người trùng.")


def _completed(owner: StudentLine, row: StudentLine) -> StudentLine:
    """Add what only the later line of a person knows."""
    missing = {
        one.name: getattr(row, one.name) for one in fields(owner) if not getattr(owner, one.name)
    }
    return replace(owner, **missing)


def _one_person(owner: StudentLine, row: StudentLine) -> str:
    """Tell that two lines are one person, and a birth that is given up."""
    said = f"Cùng tên, cùng số định danh với dòng {owner.line}: một người, gộp vào dòng đó."
    if row.born and owner.born and row.born != owner.born:
        said += f" Dòng này ghi sinh {row.born.grid}, đã giữ {owner.born.grid}."
    return said
