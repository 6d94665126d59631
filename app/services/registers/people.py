"""Who of old registers is known already: a person exists once, for life."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import text
from app.dates import PartialDate
from app.models import KnownAs, Lecturer, Student, Workplace
from app.services import guard, students
from app.services.registers.plan import Plan
from app.spreadsheets.registers import rows
from app.spreadsheets.registers.rows import LecturerLine, StudentLine
from app.terms import Permission


@dataclass(frozen=True)
class _Person:
    """What tells one person from another."""

    id: int
    name: str  # the sort key
    born: PartialDate | None
    number: str
    code: str


@dataclass
class _Known:
    """The people of the file by what may name them."""

    by_number: dict[str, _Person] = field(default_factory=dict)
    by_name: defaultdict[str, list[_Person]] = field(default_factory=lambda: defaultdict(list))

    def add(self, person: _Person) -> None:
        """Keep one."""
        self.by_name[person.name].append(person)
        if person.number:
            self.by_number.setdefault(person.number, person)


def plan_lecturers(db: Session, plan: Plan, lines: Iterable[LecturerLine]) -> None:
    """A lecturer is known by code and name, else by the name alone when one has it."""
    known = defaultdict(list)
    query = select(Lecturer.id, Lecturer.sort_key, Lecturer.code)
    for lecturer_id, name, code in db.execute(query):
        known[name].append((lecturer_id, code))
    for row in lines:
        same = known[text.sort_key(row.full_name)]
        by_code = [one for one, code in same if code == row.code and code]
        free = [one for one, code in same if not code or not row.code]
        found = by_code or free
        if len(found) > 1:
            said = f"Trong chương trình có {len(found)} giảng viên tên {row.full_name}."
            plan.refuse(rows.LECTURERS, row.line, said)
        elif found:
            plan.lecturer_ids[row.key] = found[0]
            plan.skip(rows.LECTURERS)
        else:
            plan.lecturers.append(row)


def plan_students(db: Session, plan: Plan, lines: Iterable[StudentLine]) -> None:
    """A person is known by number, by code and name, or by name and day of birth."""
    known = _stored(db)
    taken: dict[int, int] = {}
    for row in lines:
        owner = known.by_number.get(row.identity_number)
        if owner and owner.name != text.sort_key(row.full_name):
            said = (
                "Cột cccd: số định danh này là của người khác trong chương trình. Để trống ô này."
            )
            plan.say(rows.STUDENTS, row.line, said)
            row, owner = replace(row, identity_number=""), None
        found = [owner] if owner else _same(row, known)
        if len(found) > 1:
            said = f"Có {len(found)} người trùng tên, ngày sinh. Ghi số định danh rồi nạp lại."
            plan.refuse(rows.STUDENTS, row.line, said)
        elif found and (earlier := taken.setdefault(found[0].id, row.line)) != row.line:
            said = f"Trùng với dòng {earlier}: cùng là một người trong chương trình."
            plan.refuse(rows.STUDENTS, row.line, said)
        elif found:
            plan.student_ids[row.key] = found[0].id
            plan.known_students.append(row)
            plan.skip(rows.STUDENTS)
        else:
            plan.students.append(row)


def _stored(db: Session) -> _Known:
    known = _Known()
    query = select(
        Student.id, Student.sort_key, Student.born, Student.identity_number, Student.code
    )
    for key, name, born, number, code in db.execute(query):
        known.add(_Person(key, name, born, number or "", code))
    for spelt in db.scalars(select(KnownAs)):  # also what was merged into another record
        known.add(_Person(spelt.student_id, spelt.sort_key, spelt.born, spelt.identity_number, ""))
    return known


def _same(row: StudentLine, known: _Known) -> list[_Person]:
    """Return the people the line may be who have no other number."""
    people = [
        one
        for one in known.by_name.get(text.sort_key(row.full_name), ())
        if not (row.identity_number and one.number and row.identity_number != one.number)
    ]
    by_code = [one for one in people if row.code and one.code == row.code]
    by_birth = [one for one in people if row.born and row.born.is_exact and one.born == row.born]
    return list({one.id: one for one in by_code or by_birth}.values())


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
        person.identity_number = person.identity_number or row.identity_number or None
        person.workplace = person.workplace or units.get(text.word_key(row.unit))


def new_lecturer(row: LecturerLine) -> Lecturer:
    """Return a lecturer as the register has it."""
    names = (
        "full_name", "code", "sex", "born", "ethnicity", "position", "academic_title",
        "political_education", "employment", "phone",
    )  # fmt: skip
    return Lecturer(**{name: getattr(row, name) for name in names})
