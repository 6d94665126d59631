"""What a roster row tells the register about a person."""

from collections.abc import Mapping

from sqlalchemy.orm import Session

from app import text
from app.dates import PartialDate
from app.models import Student, Workplace
from app.services import guard
from app.services.students import StudentForm
from app.spreadsheets.rows import RosterRow
from app.terms import PartyStatus, Permission

_GAPS = (
    "phone", "email", "ethnicity", "religion", "general_education", "education",
    "political_education",
)  # fmt: skip


def fill_gaps(
    db: Session, student: Student, row: RosterRow, units: Mapping[str, Workplace]
) -> None:
    """Add what the roster knows and the register does not; nothing known is overwritten.

    `units` has the workplaces by `text.word_key` of their names.
    """
    guard.permit(db, Permission.EDIT_PEOPLE)
    form = person(row)
    for field in _GAPS:
        if not getattr(student, field):
            setattr(student, field, getattr(form, field))
    student.identity_number = student.identity_number or form.identity_number or None
    student.born, student.sex = _better(student.born, form.born), student.sex or form.sex
    student.party_joined = student.party_joined or form.party_joined
    student.party_confirmed = student.party_confirmed or form.party_confirmed
    student.party_status = student.party_status or form.party_status
    student.workplace = student.workplace or units.get(text.word_key(text.clean(form.unit)))
    student.position = student.position or form.position


def _better(known: PartialDate | None, read: PartialDate | None) -> PartialDate | None:
    """A birth known by its year gains day and month; another birth changes nothing."""
    if known is None or read is None:
        return known or read
    return read if known.may_be(read) and len(read.iso) > len(known.iso) else known


def person(row: RosterRow) -> StudentForm:
    """Return what a row tells about a person."""
    return StudentForm(
        full_name=row.full_name,
        born=row.born,
        sex=row.sex,
        identity_number=row.identity_number,
        phone=row.phone,
        email=row.email,
        unit=unit(row),
        position=row.position,
        ethnicity=row.ethnicity,
        religion=row.religion,
        home_town=row.home,
        party_status=PartyStatus.FULL if row.party_confirmed else None,
        party_joined=row.party_joined,
        party_confirmed=row.party_confirmed,
        general_education=row.general_education,
        education=row.education,
        political_education=row.political_education,
        code=row.code,
        note=row.note,
    )


def unit(row: RosterRow) -> str:
    """Return the unit, or the column that holds position and unit together."""
    return row.unit or row.position_and_unit
