"""Known people given as JSON instead of a register, and what they say about a roster."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from app import text
from app.dates import PartialDate
from app.errors import InputError
from app.services.matching import Match, RosterMatch, match_people
from app.services.students import StudentForm
from app.spreadsheets.rows import RosterRow
from app.terms import Sex

_CONFLICTS = ("db_conflict_name", "db_conflict_birth", "db_conflict_id", "db_conflict_doubt")
_SEXES = {sex.label: sex for sex in Sex}


def people_of(data: object) -> dict[int, StudentForm]:
    """The people of a list of objects under the field names of the roster command's result."""
    if not isinstance(data, list) or not all(isinstance(one, dict) for one in data):
        raise InputError("Tệp người đã có phải là một danh sách JSON. Xem lại tệp.")
    return {int(one.get("id") or place): _person(one) for place, one in enumerate(data, start=1)}


def with_known(rows: Sequence[RosterRow], people: dict[int, StudentForm]) -> Iterator[RosterRow]:
    """The rows; who is known gets the number the register has, who may be is marked."""
    for match in match_people(rows, people):
        row, known = match.row, match.known
        if match.match is Match.NEW or known is None:
            yield row
            continue
        code = conflict(match) if match.match is Match.CONFLICT else "exists_in_db"
        number = row.identity_number
        if match.match is not Match.CONFLICT:
            number = number or known.identity_number
        yield replace(row, identity_number=number, warnings=(*row.warnings, code))


def conflict(match: RosterMatch) -> str:
    """What differs between a row and the person it may be, as a code."""
    row, known = match.row, match.known
    if known is None:
        return _CONFLICTS[3]
    differs = (
        text.sort_key(row.full_name) != text.sort_key(known.full_name),
        bool(row.born and known.born and not row.born.may_be(known.born)),
        bool(row.identity_number and known.identity_number not in ("", row.identity_number)),
        True,
    )
    return _CONFLICTS[differs.index(True)]


def _person(said: Mapping[str, object]) -> StudentForm:
    """One person; what is not said or odd is not known."""

    def word(name: str) -> str:
        return str(said.get(name) or "")

    return StudentForm(
        full_name=word("ho_ten"),
        born=_date(said.get("ngay_sinh") or said.get("nam_sinh")),
        sex=_SEXES.get(word("gioi_tinh")),
        identity_number=word("cccd"),
        phone=word("dien_thoai"),
        unit=word("don_vi"),
        position=word("chuc_vu"),
        ethnicity=word("dan_toc"),
        religion=word("ton_giao"),
        party_joined=_date(said.get("ngay_vao_dang")),
        education=word("trinh_do_cm"),
        political_education=word("trinh_do_ll"),
        code=word("ma_hv"),
    )


def _date(said: object) -> PartialDate | None:
    return PartialDate.from_iso(str(said)) if said else None
