"""Learners: found, shown, registered by hand; a person exists once, for life."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from app import text
from app.dates import PartialDate
from app.errors import InputError
from app.models import Student, Workplace
from app.services import finding, guard, personal, study_history, workplaces
from app.services.finding import StudentRow, Wanted
from app.services.study_history import HistoryRow
from app.terms import PartyStatus, Permission, Sex

LIST_LIMIT = 500
LOADED_AT_ONCE = 500
YEARS_OF_BIRTH = range(1900, 2015)


@dataclass(frozen=True)
class StudentForm:
    """What is known about a person; empty text where nothing is."""

    full_name: str
    born: PartialDate | None = None
    sex: Sex | None = None
    identity_number: str = ""
    phone: str = ""
    email: str = ""
    unit: str = ""
    position: str = ""
    ethnicity: str = ""
    religion: str = ""
    home_town: str = ""
    party_status: PartyStatus | None = None
    party_joined: PartialDate | None = None
    party_confirmed: PartialDate | None = None
    general_education: str = ""
    education: str = ""
    political_education: str = ""
    code: str = ""
    note: str = ""


@dataclass(frozen=True)
class StudentDetail:
    """A person with the whole history of classes, newest first."""

    id: int
    form: StudentForm
    history: tuple[HistoryRow, ...]


def student_list(db: Session, query: str = "", limit: int = LIST_LIMIT) -> list[StudentRow]:
    """Return the first of the people found by `query` as `finding.found` finds them."""
    return finding.rows(db, finding.found(db, Wanted(query))[:limit])


def student_count(db: Session, query: str = "") -> int:
    """Count the people `student_list` would find without its limit."""
    return len(finding.found(db, Wanted(query))) if query.strip() else finding.everybody(db)


def student_detail(db: Session, student_id: int) -> StudentDetail:
    """Return one person."""
    guard.read(db, Permission.READ)
    row = guard.existing(db, Student, student_id, "người")
    return StudentDetail(
        row.id, personal.for_user(db, _form(row)), tuple(study_history.classes_of(db, student_id))
    )


def forms(db: Session, student_ids: Collection[int]) -> dict[int, StudentForm]:
    """Return what is known about some people, many at a time."""
    guard.read(db, Permission.READ)
    return {student_id: _form(row) for student_id, row in many(db, student_ids).items()}


def many(db: Session, student_ids: Collection[int]) -> dict[int, Student]:
    """Load people with their workplaces for services that go on with the rows."""
    wanted = sorted(student_ids)
    found: dict[int, Student] = {}
    for start in range(0, len(wanted), LOADED_AT_ONCE):
        chunk = wanted[start : start + LOADED_AT_ONCE]
        query = select(Student).options(joinedload(Student.workplace)).where(Student.id.in_(chunk))
        found |= {row.id: row for row in db.scalars(query)}
    return found


def save_student(db: Session, form: StudentForm, student_id: int | None = None) -> int:
    """Register a person, or correct what is known; papers already issued stay as they are."""
    return stored(db, form, student_id).id


def stored(db: Session, form: StudentForm, student_id: int | None = None) -> Student:
    """Do the work of `save_student` for services that go on with the row."""
    row = guard.existing(db, Student, student_id, "người") if student_id else Student()
    _store(db, [(form, row)])
    return row


def stored_many(db: Session, forms: Iterable[StudentForm]) -> list[Student]:
    """Register many new people; what they share is looked up once."""
    pairs = [(form, Student()) for form in forms]
    _store(db, pairs)
    return [row for _, row in pairs]


def same_person(db: Session, full_name: str, born: PartialDate | None) -> list[int]:
    """Return the ids of people with this very name and birth date."""
    guard.read(db, Permission.READ)
    query = select(Student.id, Student.full_name).where(
        Student.fold == text.fold(full_name), Student.born == born
    )
    name = text.sort_key(full_name)
    return [found for found, known in db.execute(query) if text.sort_key(known) == name]


_PLAIN = (
    "phone", "email", "position", "ethnicity", "religion", "home_town",
    "general_education", "education", "political_education", "code", "note",
)  # fmt: skip


def _store(db: Session, pairs: Sequence[tuple[StudentForm, Student]]) -> None:
    guard.permit(db, Permission.EDIT_PEOPLE)
    numbers = [_checked_number(form) for form, _ in pairs]
    owners = _owners(db, numbers)
    units = workplaces.listed(db, [form.unit for form, _ in pairs])
    for (form, row), number in zip(pairs, numbers, strict=True):
        if number and (owner := owners.setdefault(number, row)) is not row:
            raise InputError(
                f"Số định danh này là của {owner.full_name}. Dùng hồ sơ đã có, hoặc xem lại số.",
                "identity_number",
            )
        _fill(row, form, number, units.get(text.word_key(text.clean(form.unit))))
    db.add_all([row for _, row in pairs])
    db.flush()


def _fill(row: Student, form: StudentForm, number: str, unit: Workplace | None) -> None:
    row.full_name = guard.required(form.full_name, "họ và tên", "full_name")
    row.born, row.sex = form.born, form.sex
    row.party_status, row.party_joined = form.party_status, form.party_joined
    row.party_confirmed = form.party_confirmed
    row.identity_number, row.workplace = number or None, unit
    for field in _PLAIN:
        setattr(row, field, text.clean(getattr(form, field)))


def _checked_number(form: StudentForm) -> str:
    """Return the identity number; refuse an odd one and an odd year of birth."""
    number = text.clean(form.identity_number)
    if number and not (number.isascii() and number.isdigit() and len(number) in (9, 12)):
        raise InputError(
            f"Số định danh có {len(number)} ký tự, cần 12 chữ số (hoặc CMND 9).",
            "identity_number",
        )
    if form.born and form.born.year not in YEARS_OF_BIRTH:
        raise InputError(f"Năm sinh {form.born.year} không hợp lý. Xem lại.", "born")
    return number


def _owners(db: Session, numbers: Iterable[str]) -> dict[str, Student]:
    """Return who has these identity numbers."""
    wanted = sorted({number for number in numbers if number})
    owners: dict[str, Student] = {}
    for start in range(0, len(wanted), LOADED_AT_ONCE):
        chunk = wanted[start : start + LOADED_AT_ONCE]
        query = select(Student).where(Student.identity_number.in_(chunk))
        owners |= {str(row.identity_number): row for row in db.scalars(query)}
    return owners


def _form(row: Student) -> StudentForm:
    return StudentForm(
        full_name=row.full_name,
        born=row.born,
        sex=row.sex,
        identity_number=row.identity_number or "",
        unit=row.workplace.name if row.workplace else "",
        party_status=row.party_status,
        party_joined=row.party_joined,
        party_confirmed=row.party_confirmed,
        **{field: getattr(row, field) for field in _PLAIN},
    )
