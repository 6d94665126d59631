"""Old registers become rows: in one act, through the unit of work, so that the journal keeps it."""

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy.orm import Session

from app import text
from app.errors import Cancelled
from app.models import Base
from app.services import guard, setup, workplaces
from app.services.registers import classes, gaps, learning, names, people, plan, programmes
from app.services.registers.plan import Plan
from app.spreadsheets.registers import rows
from app.spreadsheets.registers.rows import RegisterProblem, Registers
from app.terms import Permission

Progress = Callable[[int, int], bool]
KeyT = TypeVar("KeyT", bound=Hashable)
RowT = TypeVar("RowT", bound=Any)
WRITTEN_AT_ONCE = 500  # rows between two questions whether to go on


@dataclass(frozen=True)
class PartCount:
    """What became of the lines of one file."""

    file: str
    read: int
    new: int
    known: int
    refused: int


@dataclass(frozen=True)
class LoadReport:
    """What was taken, or would be, and everything that was not."""

    parts: tuple[PartCount, ...]
    problems: tuple[RegisterProblem, ...]

    @property
    def refused(self) -> int:
        """How many lines were not taken."""
        return sum(part.refused for part in self.parts)

    @property
    def new(self) -> int:
        """How many lines are new to the file."""
        return sum(part.new for part in self.parts)


def check(db: Session, registers: Registers) -> LoadReport:
    """Tell what `load` would do; nothing is written."""
    guard.read(db, Permission.READ)
    return _report(registers, _plan(db, registers))


def load(db: Session, registers: Registers, progress: Progress | None = None) -> LoadReport:
    """Take the registers in; what the file already has is linked, never doubled.

    `progress(done, total)` stops the act by returning False: nothing is then kept.
    """
    guard.permit(db, Permission.EDIT_CENTRE)
    setup.seed_catalogue(db)
    made = _plan(db, registers)
    _Loading(db, registers, made, progress).run()
    return _report(registers, made)


def _plan(db: Session, registers: Registers) -> Plan:
    made = Plan()
    plan.note_fresh(db, made)
    plan.count_names(db, made, registers)
    people.plan_lecturers(db, made, registers.lecturers)
    people.plan_students(db, made, registers)
    plan.plan_classes(db, made, registers.classes)
    plan.plan_sessions(db, made, registers.sessions)
    plan.plan_enrolments(db, made, registers.enrolments)
    plan.plan_absences(db, made, registers.absences)
    plan.plan_certificates(db, made, registers.certificates)
    gaps.tell_differences(db, made)
    return made


def _report(registers: Registers, made: Plan) -> LoadReport:
    problems = sorted(
        [*registers.problems, *made.problems],
        key=lambda one: (rows.FILES.index(one.file), one.line),
    )
    return LoadReport(
        tuple(_part(file, read, made, problems) for file, read in registers.lines),
        tuple(problems),
    )


def _part(file: str, read: int, made: Plan, problems: Sequence[RegisterProblem]) -> PartCount:
    refused = sum(one.is_refused for one in problems if one.file == file)
    known = made.known.get(file, 0)
    return PartCount(file, read, read - known - refused, known, refused)


class _Loading:
    """Writes a plan, part by part, each row once its parents have ids."""

    def __init__(
        self, db: Session, registers: Registers, made: Plan, progress: Progress | None
    ) -> None:
        self._db, self._registers, self._plan = db, registers, made
        self._progress = progress
        self._done = 0

    def run(self) -> None:
        """Write everything."""
        names.keep_names(self._db, self._registers.classes)
        self._write_people()
        self._write_classes()
        self._write_learning()

    def _write_people(self) -> None:
        units = workplaces.listed(self._db, self._unit_names())
        for unit in self._registers.units:
            found = units[text.word_key(unit.name)]
            found.kind = found.kind or unit.kind
        made = self._plan
        people.fill_gaps(self._db, made, units)
        lecturers = {row.key: people.new_lecturer(row) for row in made.lecturers}
        made.lecturer_ids |= self._put(lecturers, rows.LECTURERS)
        students = {row.key: people.new_student(row, units) for row in made.students}
        made.student_ids |= self._put(students, rows.STUDENTS)

    def _unit_names(self) -> Iterator[str]:
        yield from (unit.name for unit in self._registers.units)
        yield from (row.unit for row in self._registers.students)

    def _write_classes(self) -> None:
        made, registers = self._plan, self._registers
        versions = programmes.versions(self._db, registers)
        opened = {
            row.key: classes.new_class(row, versions[row.programme], registers)
            for row in made.classes
        }
        made.class_ids |= self._put(opened, rows.CLASSES)
        sessions = {
            (row.class_key, row.number): classes.new_session(row, made) for row in made.sessions
        }
        made.session_ids |= self._put(sessions, rows.SESSIONS)

    def _write_learning(self) -> None:
        made, registers = self._plan, self._registers
        enrolments = {row.place: learning.new_enrolment(row, made) for row in made.enrolments}
        made.enrolment_ids |= self._put(enrolments, rows.ENROLMENTS)
        self._add([learning.new_result(row, made) for row in made.enrolments])
        gaps.fill(self._db, made, registers)
        self._add([learning.new_absence(row, made) for row in made.absences])
        self._add(learning.new_certificates(registers, made))

    def _put(self, written: Mapping[KeyT, RowT], file: str) -> dict[KeyT, int]:
        """Write rows and return their ids; where the table was empty the old keys stay."""
        if file in self._plan.fresh:
            for key, row in written.items():
                row.id = key
        self._add(list(written.values()))
        return {key: row.id for key, row in written.items()}

    def _add(self, written: Sequence[Base]) -> None:
        for start in range(0, len(written), WRITTEN_AT_ONCE):
            if self._progress and not self._progress(self._done, self._plan.steps):
                raise Cancelled("Đã hủy nạp sổ cũ. Chưa ghi gì vào dữ liệu.")
            chunk = written[start : start + WRITTEN_AT_ONCE]
            self._db.add_all(chunk)
            self._db.flush()
            self._done += len(chunk)
