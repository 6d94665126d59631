"""Which lines of old registers are to be written, and the ids of what the file already has."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import text
from app.models import (
    AttendanceRecord,
    Certificate,
    ClassSession,
    Enrolment,
    Lecturer,
    Programme,
    ProgrammeVersion,
    Student,
    TrainingClass,
)
from app.services import workplaces
from app.spreadsheets.registers import rows
from app.spreadsheets.registers.rows import (
    AbsenceLine,
    CertificateLine,
    ClassLine,
    EnrolmentLine,
    LecturerLine,
    RegisterProblem,
    Registers,
    SessionLine,
    StudentLine,
)
from app.terms import CertificateStatus

OLD_VERSION = 0  # of a programme: what the old registers say was taught
NOT_TAKEN = "Chưa nạp dòng này."
KEPT = "Đã giữ như trong chương trình."
Place = tuple[int, int]  # keys of class and learner, or of class and number of the session


@dataclass
class Plan:
    """Lines to write; by the keys of the registers the ids of what is there; what is refused."""

    lecturers: list[LecturerLine] = field(default_factory=list)
    students: list[StudentLine] = field(default_factory=list)
    classes: list[ClassLine] = field(default_factory=list)
    sessions: list[SessionLine] = field(default_factory=list)
    enrolments: list[EnrolmentLine] = field(default_factory=list)
    absences: list[AbsenceLine] = field(default_factory=list)
    certificates: list[CertificateLine] = field(default_factory=list)
    lecturer_ids: dict[int, int] = field(default_factory=dict)
    student_ids: dict[int, int] = field(default_factory=dict)
    class_ids: dict[int, int] = field(default_factory=dict)
    session_ids: dict[Place, int] = field(default_factory=dict)
    enrolment_ids: dict[Place, int] = field(default_factory=dict)
    known_students: list[StudentLine] = field(default_factory=list)
    known_classes: list[ClassLine] = field(default_factory=list)
    known_sessions: list[SessionLine] = field(default_factory=list)
    known_enrolments: list[EnrolmentLine] = field(default_factory=list)
    known: dict[str, int] = field(default_factory=dict)  # lines of a file that are there already
    problems: list[RegisterProblem] = field(default_factory=list)
    fresh: set[str] = field(default_factory=set)  # files whose keys may become the ids

    @property
    def steps(self) -> int:
        """How many rows are to be written."""
        people = len(self.lecturers) + len(self.students)
        learning = 2 * len(self.enrolments) + len(self.absences) + len(self.certificates)
        return people + len(self.classes) + len(self.sessions) + learning

    def say(self, file: str, line: int, said: str) -> None:
        """Keep something to look at about a line that is taken."""
        self.problems.append(RegisterProblem(file, line, said))

    def refuse(self, file: str, line: int, said: str) -> None:
        """Say why a line is not taken."""
        self.problems.append(RegisterProblem(file, line, f"{said} {NOT_TAKEN}", True))

    def skip(self, file: str) -> None:
        """Count a line the file already has."""
        self.known[file] = self.known.get(file, 0) + 1


def note_fresh(db: Session, plan: Plan) -> None:
    """Where the file has no row yet, the keys of the registers are kept as they are."""
    tables = {
        rows.CLASSES: TrainingClass.id,
        rows.LECTURERS: Lecturer.id,
        rows.STUDENTS: Student.id,
    }
    plan.fresh = {file for file, key in tables.items() if db.scalar(select(key).limit(1)) is None}


def count_names(db: Session, plan: Plan, registers: Registers) -> None:
    """Units and programmes are known by name and by code."""
    units = workplaces.resolved(db, (unit.name for unit in registers.units))
    old = ProgrammeVersion.number == OLD_VERSION
    query = select(Programme.code).join(ProgrammeVersion).where(old)
    programmes = set(db.scalars(query))
    for unit in registers.units:
        if text.word_key(unit.name) in units:
            plan.skip(rows.UNITS)
    for programme in registers.programmes:
        if programme.code in programmes:
            plan.skip(rows.PROGRAMMES)


def plan_classes(db: Session, plan: Plan, lines: Iterable[ClassLine]) -> None:
    """A class is known by its code; one that was opened in the program is not touched."""
    query = select(TrainingClass.code, TrainingClass.id, TrainingClass.is_from_register)
    stored = {code: (key, from_register) for code, key, from_register in db.execute(query)}
    for row in lines:
        found, is_from_register = stored.get(row.code, (0, False))
        if not found:
            plan.classes.append(row)
        elif is_from_register:
            plan.class_ids[row.key] = found
            plan.known_classes.append(row)
            plan.skip(rows.CLASSES)
        else:
            plan.refuse(
                rows.CLASSES, row.line, f"Mã lớp {row.code} là của một lớp mở trong chương trình."
            )


def plan_sessions(db: Session, plan: Plan, lines: Iterable[SessionLine]) -> None:
    """A class session is known by its number in the class."""
    query = select(ClassSession.training_class_id, ClassSession.number, ClassSession.id)
    stored = {(class_id, number): key for class_id, number, key in db.execute(query)}
    taken = _taken_classes(plan)
    for row in lines:
        if row.class_key not in taken:
            plan.refuse(rows.SESSIONS, row.line, f"Lớp {row.class_key} chưa nạp được.")
        elif found := stored.get((plan.class_ids.get(row.class_key, 0), row.number)):
            plan.session_ids[row.class_key, row.number] = found
            plan.known_sessions.append(row)
            plan.skip(rows.SESSIONS)
        else:
            plan.sessions.append(row)


def plan_enrolments(db: Session, plan: Plan, lines: Iterable[EnrolmentLine]) -> None:
    """A learner is known in a class once."""
    query = select(Enrolment.training_class_id, Enrolment.student_id, Enrolment.id)
    stored = {(class_id, student_id): key for class_id, student_id, key in db.execute(query)}
    classes = _taken_classes(plan)
    people = set(plan.student_ids) | {row.key for row in plan.students}
    for row in lines:
        ids = plan.class_ids.get(row.class_key, 0), plan.student_ids.get(row.student_key, 0)
        if row.class_key not in classes:
            plan.refuse(rows.ENROLMENTS, row.line, f"Lớp {row.class_key} chưa nạp được.")
        elif row.student_key not in people:
            plan.refuse(rows.ENROLMENTS, row.line, f"Học viên {row.student_key} chưa nạp được.")
        elif found := stored.get(ids):
            plan.enrolment_ids[row.place] = found
            plan.known_enrolments.append(row)
            plan.skip(rows.ENROLMENTS)
        else:
            plan.enrolments.append(row)


def plan_absences(db: Session, plan: Plan, lines: Iterable[AbsenceLine]) -> None:
    """One record for a learner in a class session."""
    query = select(AttendanceRecord.enrolment_id, AttendanceRecord.class_session_id)
    stored = {(enrolment, session) for enrolment, session in db.execute(query)}
    places = _taken_places(plan)
    for row in lines:
        place = row.place
        ids = (
            plan.enrolment_ids.get(place, 0),
            plan.session_ids.get((row.class_key, row.session), 0),
        )
        if place not in places:
            plan.refuse(rows.ABSENCES, row.line, "Lượt ghi danh của học viên chưa nạp được.")
        elif ids in stored:
            plan.skip(rows.ABSENCES)
        else:
            plan.absences.append(row)


def plan_certificates(db: Session, plan: Plan, lines: Iterable[CertificateLine]) -> None:
    """A number is used once, and a learner has one valid certificate of a class."""
    stored = db.execute(
        select(
            Certificate.register_number,
            Certificate.register_year,
            Certificate.register_sequence,
            Certificate.enrolment_id,
            Certificate.status,
        )
    ).all()
    by_number = {number: owner for number, _, _, owner, _ in stored}
    taken = {(year, sequence) for _, year, sequence, _, _ in stored}
    live = {owner for *_, owner, status in stored if status is CertificateStatus.ISSUED}
    places = _taken_places(plan)
    for row in lines:
        place = row.place
        enrolment_id = plan.enrolment_ids.get(place, 0)
        if place not in places:
            said = "Lượt ghi danh của học viên chưa nạp được."
        elif by_number.get(row.number, -1) == enrolment_id:
            plan.skip(rows.CERTIFICATES)
            continue
        elif row.number in by_number or (row.year, row.sequence) in taken:
            said = f"Số {row.number} (số vào sổ {row.sequence}) đã cấp cho người khác."
        elif enrolment_id in live:
            said = "Học viên này đã có giấy chứng nhận khác của lớp này."
        else:
            plan.certificates.append(row)
            continue
        plan.refuse(rows.CERTIFICATES, row.line, said)


def _taken_classes(plan: Plan) -> Collection[int]:
    return set(plan.class_ids) | {row.key for row in plan.classes}


def _taken_places(plan: Plan) -> Collection[Place]:
    new = {row.place for row in plan.enrolments}
    return set(plan.enrolment_ids) | new
