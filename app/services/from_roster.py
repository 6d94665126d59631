"""What a roster row tells the register about a person."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from app import text
from app.dates import PartialDate
from app.errors import RuleError
from app.models import Student, Workplace
from app.services import guard, students, workplaces
from app.services.matching import Match, RosterMatch
from app.services.students import StudentForm
from app.spreadsheets.rows import RosterRow
from app.terms import PartyStatus, Permission, Term

_PLAIN = (
    "phone", "email", "position", "ethnicity", "religion", "general_education", "education",
    "political_education", "sex", "party_joined", "party_confirmed", "party_status",
)  # fmt: skip
LABELS = {
    "full_name": "Họ và tên",
    "born": "Ngày sinh",
    "sex": "Giới tính",
    "identity_number": "Số định danh",
    "phone": "Điện thoại",
    "email": "Thư điện tử",
    "unit": "Đơn vị",
    "position": "Chức vụ",
    "ethnicity": "Dân tộc",
    "religion": "Tôn giáo",
    "party_status": "Đảng viên",
    "party_joined": "Ngày vào Đảng",
    "party_confirmed": "Ngày chính thức",
    "general_education": "Trình độ văn hóa",
    "education": "Trình độ chuyên môn",
    "political_education": "Lý luận chính trị",
}
"""What a roster may tell anew about a person who is known."""

Updates = Mapping[int, Collection[str]]
"""The fields to take from the roster, by row; the fields of any other row fill gaps only."""


@dataclass(frozen=True)
class FieldChange:
    """What a row says otherwise than the register about a person who is known."""

    row: int
    full_name: str
    field: str
    before: str
    after: str
    fills_gap: bool

    @property
    def label(self) -> str:
        """What the field is called on the screen."""
        return LABELS[self.field]


def changes(row: RosterRow, known: StudentForm) -> list[FieldChange]:
    """Return what a row would change about a person, field by field."""
    form = person(row)
    found = []
    for field in LABELS:
        before, after = getattr(known, field), getattr(form, field)
        if not after or _shown(before) == _shown(after):
            continue
        fills_gap = not before
        if field == "born" and before:
            fills_gap = fuller_birth(before, after) == after
            if before.may_be(after) and not fills_gap:
                continue
        change = FieldChange(
            row.row, known.full_name, field, _shown(before), _shown(after), fills_gap
        )
        found.append(change)
    return found


def take_over(
    db: Session,
    student: Student,
    row: RosterRow,
    units: Mapping[str, Workplace],
    fields: Collection[str] | None = None,
) -> None:
    """Write what the roster knows about a person; without `fields` nothing known is overwritten.

    `units` has the workplaces by `text.word_key` of their names.
    """
    guard.permit(db, Permission.EDIT_PEOPLE)
    form, known = person(row), student
    wanted = set(fields) if fields is not None else _gaps(student, form)
    for field in (*_PLAIN, "full_name", "born"):
        if field in wanted and getattr(form, field):
            setattr(known, field, getattr(form, field))
    if "identity_number" in wanted:
        known.identity_number = form.identity_number or None
    if "unit" in wanted:
        known.workplace = units.get(text.word_key(text.clean(form.unit))) or known.workplace


def _gaps(student: Student, form: StudentForm) -> set[str]:
    """The fields the register has nothing in; a birth known by its year gains day and month."""
    empty = {field for field in (*_PLAIN, "identity_number") if not getattr(student, field)}
    if not student.workplace:
        empty.add("unit")
    if fuller_birth(student.born, form.born) != student.born:
        empty.add("born")
    return empty


def _shown(value: object) -> str:
    """A value as screens show it."""
    if isinstance(value, PartialDate):
        return value.grid
    if isinstance(value, Term):
        return value.label
    return text.clean(str(value or ""))


def fuller_birth(known: PartialDate | None, read: PartialDate | None) -> PartialDate | None:
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
        unit=row.stated_unit,
        position=row.stated_position,
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


def people(
    db: Session,
    matches: Sequence[RosterMatch],
    known: Mapping[int, Student],
    updates: Updates,
) -> list[Student]:
    """Return the person of each row: the known one with what is taken over, or a new one."""
    guard.permit(db, Permission.EDIT_PEOPLE)
    units = workplaces.listed(db, [match.row.stated_unit for match in matches])
    forms = [person(match.row) for match in matches if _is_new(match)]
    new = iter(students.stored_many(db, forms))
    found = []
    for match in matches:
        student = next(new) if _is_new(match) else known.get(match.student_id or 0)
        if student is None:
            raise RuleError(f"Dòng {match.row.row}: hồ sơ đã có không còn. Đọc lại tệp rồi nhập.")
        if not _is_new(match):
            take_over(db, student, match.row, units, updates.get(match.row.row))
        found.append(student)
    return found


def _is_new(match: RosterMatch) -> bool:
    return match.match is Match.NEW or match.student_id is None
