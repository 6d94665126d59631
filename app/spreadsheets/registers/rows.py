"""What old registers say, as plain values; `line` is the line of the file, the header being 1."""

import datetime
from dataclasses import dataclass
from decimal import Decimal

from app.dates import PartialDate
from app.terms import AttendanceStatus, Employment, HalfDay, Sex, StaffGroup, WorkplaceKind

UNITS, LECTURERS, PROGRAMMES = "don_vi.csv", "giang_vien.csv", "chuong_trinh.csv"
CLASSES, SESSIONS, STUDENTS = "lop.csv", "lich_hoc.csv", "hoc_vien.csv"
ENROLMENTS, ABSENCES, CERTIFICATES = "dang_ky.csv", "diem_danh_vang.csv", "chung_nhan.csv"
FILES = (
    *(UNITS, LECTURERS, PROGRAMMES, CLASSES, SESSIONS, STUDENTS),
    *(ENROLMENTS, ABSENCES, CERTIFICATES),
)

YEARS = range(1945, 2100)
"""In which something of an old register may have happened."""


@dataclass(frozen=True)
class RegisterProblem:
    """One thing to look at: where (line 0 is the whole file), what it is and what to do."""

    file: str
    line: int
    text: str
    is_refused: bool = False  # the whole line was not taken

    @property
    def sentence(self) -> str:
        """Place and text in one line."""
        return f"{self.file}, dòng {self.line}: {self.text}" if self.line else self.text


@dataclass(frozen=True)
class UnitLine:
    """A unit that sends learners."""

    line: int
    name: str
    kind: WorkplaceKind | None = None


@dataclass(frozen=True)
class LecturerLine:
    """Somebody who taught; other files name the lecturer by `key`."""

    line: int
    key: int
    full_name: str
    code: str = ""
    sex: Sex | None = None
    born: PartialDate | None = None
    ethnicity: str = ""
    position: str = ""
    academic_title: str = ""
    political_education: str = ""
    employment: Employment = Employment.PART_TIME
    phone: str = ""


@dataclass(frozen=True)
class ProgrammeLine:
    """A programme as it was held."""

    line: int
    code: str
    name: str
    audience: str = ""


@dataclass(frozen=True)
class ClassLine:
    """A class that was held."""

    line: int
    key: int
    code: str
    name: str
    programme: str
    year: int
    starts_on: datetime.date
    ends_on: datetime.date
    decision: str = ""
    decided_on: datetime.date | None = None
    sessions: int | None = None
    venue: str = ""
    centre: str = ""
    manager: int | None = None
    learners: int | None = None


@dataclass(frozen=True)
class SessionLine:
    """One class session."""

    line: int
    class_key: int
    number: int
    held_on: datetime.date
    half_day: HalfDay
    periods: int
    title: str = ""
    lecturer: int | None = None


@dataclass(frozen=True)
class StudentLine:
    """A person of the register; other files name the person by `key`."""

    line: int
    key: int
    full_name: str
    code: str = ""
    born: PartialDate | None = None
    sex: Sex | None = None
    ethnicity: str = ""
    identity_number: str = ""
    phone: str = ""
    unit: str = ""
    position: str = ""
    staff_group: StaffGroup | None = None
    party_joined: PartialDate | None = None
    education: str = ""
    political_education: str = ""


@dataclass(frozen=True)
class _OfLearner:
    """A line about a learner in a class."""

    line: int
    class_key: int
    student_key: int

    @property
    def place(self) -> tuple[int, int]:
        """Class and learner."""
        return self.class_key, self.student_key


@dataclass(frozen=True)
class EnrolmentLine(_OfLearner):
    """A learner in a class with what was earned there; nothing is judged anew."""

    unit: str = ""
    position: str = ""
    excused: int | None = None
    absent: int | None = None
    late: int | None = None
    mark: Decimal | None = None
    classification: str = ""
    has_completed: bool | None = None
    certificate: str = ""


@dataclass(frozen=True)
class AbsenceLine(_OfLearner):
    """A learner who was away from, or late at, one class session."""

    session: int
    status: AttendanceStatus


@dataclass(frozen=True)
class CertificateLine(_OfLearner):
    """A line of the register of certificates."""

    number: str
    sequence: int
    issued_on: datetime.date
    classification: str = ""

    @property
    def year(self) -> int:
        """The year the running number belongs to: that of the number, else of the day."""
        end = self.number.rpartition("/")[2]
        is_year = len(end) == 4 and end.isdecimal() and int(end) in YEARS
        return int(end) if is_year else self.issued_on.year


@dataclass(frozen=True)
class Registers:
    """Everything that can be taken, and everything that cannot."""

    folder: str
    units: tuple[UnitLine, ...] = ()
    lecturers: tuple[LecturerLine, ...] = ()
    programmes: tuple[ProgrammeLine, ...] = ()
    classes: tuple[ClassLine, ...] = ()
    sessions: tuple[SessionLine, ...] = ()
    students: tuple[StudentLine, ...] = ()
    enrolments: tuple[EnrolmentLine, ...] = ()
    absences: tuple[AbsenceLine, ...] = ()
    certificates: tuple[CertificateLine, ...] = ()
    problems: tuple[RegisterProblem, ...] = ()
    repeated: int = 0  # lines of people whom an earlier line has
    lines: tuple[tuple[str, int], ...] = ()  # the files that were found, with their rows

    @property
    def has_absences(self) -> bool:
        """Whether it is known who was away: only then is anybody known to have been there."""
        return any(file == ABSENCES for file, _ in self.lines)
