"""Who of old registers is known already: a person exists once, for life."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import text
from app.dates import PartialDate
from app.models import KnownAs, Lecturer, Student, Workplace
from app.rules.likeness import are_two_numbers
from app.services import from_roster, guard, students, workplaces
from app.services.registers.plan import KEPT, Plan
from app.spreadsheets.registers import rows
from app.spreadsheets.registers.rows import LecturerLine, Registers, StudentLine
from app.terms import Permission


@dataclass(frozen=True)
class _Person:
    """What tells one person from another."""

    id: int
    name: str  # the sort key
    born: PartialDate | None
    number: str
    code: str
    unit_id: int | None

    def may_be(self, row: StudentLine) -> bool:
        """Whether the number of a line says nothing against it."""
        return not (row.identity_number and self.number and row.identity_number != self.number)


@dataclass
class _Known:
    """The people of the file by what may name them."""

    by_number: dict[str, _Person] = field(default_factory=dict)
    by_name: defaultdict[str, list[_Person]] = field(default_factory=lambda: defaultdict(list))
    unit_ids: dict[str, int] = field(default_factory=dict)  # by the key of any name of a unit

    def add(self, person: _Person) -> None:
        """Keep one."""
        self.by_name[person.name].append(person)
        if person.number:
            self.by_number.setdefault(person.number, person)

    def unit_of(self, name: str) -> int | None:
        """Return the unit of today that is, or was, called so."""
        return self.unit_ids.get(text.word_key(name))

    def namesakes(self, row: StudentLine) -> list[_Person]:
        """Return the people of that name, also those who have another number."""
        return self.by_name.get(text.sort_key(row.full_name), [])


def plan_lecturers(db: Session, plan: Plan, lines: Iterable[LecturerLine]) -> None:
    """A lecturer is known by code and name, else by the name alone when one has it."""
    known = defaultdict(list)
    query = select(Lecturer.id, Lecturer.sort_key, Lecturer.code, Lecturer.born)
    for lecturer_id, name, code, born in db.execute(query):
        known[name].append((lecturer_id, code, born))
    for row in lines:
        same = known[text.sort_key(row.full_name)]
        by_code = [one for one, code, _ in same if code == row.code and code]
        free = [
            one
            for one, code, born in same
            if not (code and row.code) and not _are_two_births(born, row.born)
        ]
        found = by_code or free
        if len(found) > 1:
            said = f"Trong chương trình có {len(found)} giảng viên tên {row.full_name}."
            plan.refuse(rows.LECTURERS, row.line, said)
        elif found:
            plan.lecturer_ids[row.key] = found[0]
            plan.skip(rows.LECTURERS)
        else:
            plan.lecturers.append(row)


def _are_two_births(one: PartialDate | None, other: PartialDate | None) -> bool:
    return one is not None and other is not None and not one.may_be(other)


def plan_students(db: Session, plan: Plan, registers: Registers) -> None:
    """A person is known by number, by code and name, by name and birth (a year needs the unit)."""
    known = _stored(db, registers.students)
    plan.known[rows.STUDENTS] = registers.repeated
    taken: dict[int, int] = {}
    for line in registers.students:
        row = _with_own_number(plan, line, known)
        owner = known.by_number.get(row.identity_number)
        found = [owner] if owner else _same(row, known)
        if said := _doubt(row, found, known):
            plan.refuse(rows.STUDENTS, row.line, said)
        elif found and (earlier := taken.setdefault(found[0].id, row.line)) != row.line:
            said = f"Trùng với dòng {earlier}: cùng là một người trong chương trình."
            plan.refuse(rows.STUDENTS, row.line, said)
        elif found:
            _link(plan, row, found[0])
        else:
            _add(plan, row, known)


def _with_own_number(plan: Plan, row: StudentLine, known: _Known) -> StudentLine:
    """Leave out a number that is somebody else's."""
    owner = known.by_number.get(row.identity_number)
    if owner is None or owner.name == text.sort_key(row.full_name):
        return row
    said = "Cột cccd: số định danh này là của người khác trong chương trình. Để trống ô này."
    plan.say(rows.STUDENTS, row.line, said)
    return replace(row, identity_number="")


def _link(plan: Plan, row: StudentLine, person: _Person) -> None:
    plan.student_ids[row.key] = person.id
    plan.known_students.append(row)
    plan.skip(rows.STUDENTS)
    if row.born and person.born and _are_two_births(person.born, row.born):
        said = f"Sinh {row.born.grid}, trong chương trình ghi {person.born.grid}. {KEPT}"
        plan.say(rows.STUDENTS, row.line, said)


def _add(plan: Plan, row: StudentLine, known: _Known) -> None:
    """Plan a new person; a namesake born the same day who has another number is told."""
    plan.students.append(row)
    for one in known.namesakes(row):
        if _is_exactly(row, one):
            are_two = are_two_numbers(row.identity_number, one.number)
            said = "khác số định danh" if are_two else "một bên ghi CMND, một bên ghi CCCD"
            said = f"Trong chương trình có người cùng tên, cùng ngày sinh, {said}."
            plan.say(rows.STUDENTS, row.line, f"{said} Đã lập hồ sơ mới; xem trang Người trùng.")
            return


def _stored(db: Session, lines: Sequence[StudentLine]) -> _Known:
    known = _Known()
    spellings = db.scalars(select(KnownAs)).all()
    names = {*(row.unit for row in lines), *(spelt.unit for spelt in spellings)}
    known.unit_ids = {key: unit.id for key, unit in workplaces.resolved(db, names).items()}
    query = select(
        Student.id, Student.sort_key, Student.born, Student.identity_number, Student.code,
        Student.workplace_id,
    )  # fmt: skip
    for key, name, born, number, code, unit_id in db.execute(query):
        known.add(_Person(key, name, born, number or "", code, unit_id))
    for spelt in spellings:  # also what was merged into another record
        unit_id, number = known.unit_of(spelt.unit), spelt.identity_number
        known.add(_Person(spelt.student_id, spelt.sort_key, spelt.born, number, "", unit_id))
    return known


def _same(row: StudentLine, known: _Known) -> list[_Person]:
    """Return the people the line may be who have no other number."""
    people = [one for one in known.namesakes(row) if one.may_be(row)]
    by_code = [one for one in people if row.code and one.code == row.code]
    by_birth = [one for one in people if _is_exactly(row, one)]
    unit_id = known.unit_of(row.unit)
    by_unit = [one for one in people if unit_id and one.unit_id == unit_id and _is_near(row, one)]
    return list({one.id: one for one in by_code or by_birth or by_unit}.values())


def _is_exactly(row: StudentLine, one: _Person) -> bool:
    """Whether the whole birth date is the same."""
    return row.born is not None and row.born.is_exact and one.born == row.born


def _is_near(row: StudentLine, one: _Person) -> bool:
    """Whether births of which one at least is not whole may be the same, or are both unknown."""
    if row.born is None or one.born is None:
        return row.born is one.born
    return row.born.may_be(one.born)


def _doubt(row: StudentLine, found: Sequence[_Person], known: _Known) -> str:
    """Tell why it is not clear who a line is."""
    if len(found) > 1:
        return f"Có {len(found)} người trùng tên, ngày sinh. Ghi số định danh rồi nạp lại."
    if found or row.unit or (row.code and row.identity_number):
        return ""
    if any(
        one.unit_id is None and one.may_be(row) and _is_near(row, one)
        for one in known.namesakes(row)
    ):
        return "Có người cùng tên, chưa rõ ngày sinh, đơn vị. Ghi ngày sinh đủ rồi nạp lại."
    return ""


def new_student(row: StudentLine, units: Mapping[str, Workplace]) -> Student:
    """Return a person as the register has it."""
    return Student(
        full_name=row.full_name,
        identity_number=row.identity_number or None,
        workplace=units.get(text.word_key(row.unit)),
        **{name: getattr(row, name) for name in _COPIED},
    )


_COPIED = (
    "code", "born", "sex", "ethnicity", "phone", "position", "staff_group", "party_joined",
    "education", "political_education",
)  # fmt: skip


def fill_gaps(db: Session, plan: Plan, units: Mapping[str, Workplace]) -> None:
    """Add what the register knows about known people and the file does not."""
    guard.permit(db, Permission.EDIT_PEOPLE)
    stored = students.many(db, plan.student_ids.values())
    for row in plan.known_students:
        person = stored[plan.student_ids[row.key]]
        for name in _COPIED:
            if not getattr(person, name) and (told := getattr(row, name)):
                setattr(person, name, told)
        person.born = from_roster.fuller_birth(person.born, row.born)
        person.identity_number = person.identity_number or row.identity_number or None
        person.workplace = person.workplace or units.get(text.word_key(row.unit))


def new_lecturer(row: LecturerLine) -> Lecturer:
    """Return a lecturer as the register has it."""
    names = (
        "full_name", "code", "sex", "born", "ethnicity", "position", "academic_title",
        "political_education", "employment", "phone",
    )  # fmt: skip
    return Lecturer(**{name: getattr(row, name) for name in names})
