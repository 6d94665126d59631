"""What the files say about each other: a line that names what is not there is not taken."""

from collections.abc import Callable, Collection, Hashable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Generic, TypeVar

from app import text
from app.spreadsheets.registers import comparing, rows
from app.spreadsheets.registers.rows import (
    AbsenceLine,
    CertificateLine,
    ClassLine,
    EnrolmentLine,
    RegisterProblem,
    Registers,
    SessionLine,
    StudentLine,
)

LineT = TypeVar("LineT", bound=Any)
_NOT_TAKEN = "Chưa nạp dòng này; sửa rồi nạp lại."


@dataclass
class _Once(Generic[LineT]):
    """No two lines may say the same."""

    key: Callable[[LineT], Hashable]
    words: Callable[[LineT], str]
    seen: dict[Hashable, int] = field(default_factory=dict)

    def fault(self, row: LineT) -> str:
        """Name the line that said it first."""
        first = self.seen.get(self.key(row))
        return f"{self.words(row)} đã có ở dòng {first}." if first else ""

    def keep(self, row: LineT) -> None:
        """Remember a line that is taken."""
        self.seen[self.key(row)] = row.line


Fault = Callable[[LineT], str]


class _Fitting:
    """Sifts the lines file by file and keeps what is said about them."""

    def __init__(self, found: Registers) -> None:
        self.problems = list(found.problems)

    def sift(
        self,
        file: str,
        lines: Iterable[LineT],
        faults: Iterable[Fault[LineT]] = (),
        once: Iterable[_Once[LineT]] = (),
    ) -> tuple[LineT, ...]:
        """Return the lines without a fault; each other line is refused with the first one."""
        tests = [*faults, *(one.fault for one in once)]
        kept = []
        for row in lines:
            said = next((said for test in tests if (said := test(row))), "")
            if said:
                self.say(file, row.line, f"{said} {_NOT_TAKEN}", is_refused=True)
                continue
            for one in once:
                one.keep(row)
            kept.append(row)
        return tuple(kept)

    def say(self, file: str, line: int, said: str, *, is_refused: bool = False) -> None:
        """Keep a problem."""
        self.problems.append(RegisterProblem(file, line, said, is_refused))


def fit(found: Registers) -> Registers:
    """Return what fits together, with every line that does not among the problems."""
    work = _Fitting(found)
    people, same = _people(work, found)
    lecturers = work.sift(rows.LECTURERS, found.lecturers, once=[_by_key()])
    programmes = work.sift(
        rows.PROGRAMMES,
        found.programmes,
        once=[_Once(lambda row: row.code, lambda row: f"Mã chương trình {row.code}")],
    )
    teachers = {row.key for row in lecturers}
    classes = _classes(work, found, {row.code for row in programmes}, teachers)
    known = {row.key for row in classes}
    sessions = _sessions(work, found, known, teachers)
    learners = {row.key for row in people}
    enrolments = _enrolments(work, found, known, learners, same)
    absences = _absences(work, found, sessions, enrolments, same)
    certificates = _certificates(work, found, enrolments, same)
    fitted = replace(
        found,
        units=work.sift(
            rows.UNITS,
            found.units,
            once=[_Once(lambda row: text.word_key(row.name), lambda row: f"Đơn vị {row.name}")],
        ),
        lecturers=lecturers,
        programmes=programmes,
        classes=classes,
        sessions=sessions,
        students=people,
        enrolments=enrolments,
        absences=absences,
        certificates=certificates,
    )
    order = {file: place for place, file in enumerate(rows.FILES)}
    problems = [*work.problems, *comparing.disagreements(fitted)]
    told = sorted(problems, key=lambda one: (order[one.file], one.line))
    return replace(fitted, problems=tuple(told))


def _by_key() -> _Once[Any]:
    return _Once(lambda row: row.key, lambda row: f"Mã số id {row.key}")


def _missing(key: Callable[[LineT], Any], known: Collection[Any], words: str) -> Fault[LineT]:
    """A line that names what no taken line of the other file is."""
    return lambda row: "" if key(row) in known else words.format(key(row))


NO_CLASS = f"Lớp {{}} không có, hoặc chưa nạp được, trong {rows.CLASSES}."
NO_PERSON = f"Học viên {{}} không có, hoặc chưa nạp được, trong {rows.STUDENTS}."
NOT_ENROLLED = f"Học viên này không có trong lớp theo {rows.ENROLMENTS}."


def _people(work: _Fitting, found: Registers) -> tuple[tuple[StudentLine, ...], Mapping[int, int]]:
    """Return the people, and by key those who are the same person as an earlier line."""
    owners: dict[str, StudentLine] = {}
    same: dict[int, int] = {}
    kept = []
    for row in work.sift(rows.STUDENTS, found.students, once=[_by_key()]):
        owner = owners.setdefault(row.identity_number, row) if row.identity_number else row
        if owner is row:
            kept.append(row)
        elif text.sort_key(owner.full_name) == text.sort_key(row.full_name):
            same[row.key] = owner.key
            work.say(
                rows.STUDENTS,
                row.line,
                f"Cùng tên, cùng số định danh với dòng {owner.line}: một người, gộp vào dòng đó.",
            )
        else:
            kept.append(replace(row, identity_number=""))
            said = (
                f"Số định danh trùng với {owner.full_name} ở dòng {owner.line}. Đã để trống ô này."
            )
            work.say(rows.STUDENTS, row.line, said)
    return tuple(kept), same


def _classes(
    work: _Fitting, found: Registers, programmes: Collection[str], lecturers: Collection[int]
) -> tuple[ClassLine, ...]:
    taken = work.sift(
        rows.CLASSES,
        found.classes,
        [
            _missing(
                lambda row: row.programme,
                programmes,
                f"Chương trình {{}} không có trong {rows.PROGRAMMES}.",
            ),
            lambda row: "Bế giảng trước khai giảng." if row.ends_on < row.starts_on else "",
        ],
        [_by_key(), _Once(lambda row: row.code, lambda row: f"Mã lớp {row.code}")],
    )
    return tuple(
        _without(work, rows.CLASSES, row, "manager", lecturers, "chu_nhiem_id") for row in taken
    )


def _without(
    work: _Fitting, file: str, row: LineT, name: str, known: Collection[int], column: str
) -> LineT:
    """Leave out a lecturer who is not in the register of lecturers."""
    key = getattr(row, name)
    if key is None or key in known:
        return row
    said = f"Cột {column}: giảng viên {key} không có trong {rows.LECTURERS}. Đã để trống ô này."
    work.say(file, row.line, said)
    left: LineT = replace(row, **{name: None})
    return left


def _sessions(
    work: _Fitting, found: Registers, classes: Collection[int], lecturers: Collection[int]
) -> tuple[SessionLine, ...]:
    taken = work.sift(
        rows.SESSIONS,
        found.sessions,
        [_missing(lambda row: row.class_key, classes, NO_CLASS)],
        [_Once(lambda row: (row.class_key, row.number), lambda row: f"Buổi {row.number} của lớp")],
    )
    return tuple(
        _without(work, rows.SESSIONS, row, "lecturer", lecturers, "giang_vien_id") for row in taken
    )


def _enrolments(
    work: _Fitting,
    found: Registers,
    classes: Collection[int],
    people: Collection[int],
    same: Mapping[int, int],
) -> tuple[EnrolmentLine, ...]:
    return work.sift(
        rows.ENROLMENTS,
        _as_one(found.enrolments, same),
        [
            _missing(lambda row: row.class_key, classes, NO_CLASS),
            _missing(lambda row: row.student_key, people, NO_PERSON),
        ],
        [_Once(_place, lambda row: f"Học viên {row.student_key} trong lớp {row.class_key}")],
    )


def _as_one(lines: Iterable[LineT], same: Mapping[int, int]) -> Iterable[LineT]:
    """Let lines of one person under two keys name the same key."""
    return (
        replace(row, student_key=same[row.student_key]) if row.student_key in same else row
        for row in lines
    )


def _place(row: Any) -> tuple[int, int]:
    return row.class_key, row.student_key


def _absences(
    work: _Fitting,
    found: Registers,
    sessions: Iterable[SessionLine],
    enrolments: Iterable[EnrolmentLine],
    same: Mapping[int, int],
) -> tuple[AbsenceLine, ...]:
    held = {(row.class_key, row.number) for row in sessions}
    inside = {_place(row) for row in enrolments}
    return work.sift(
        rows.ABSENCES,
        _as_one(found.absences, same),
        [
            lambda row: (
                ""
                if (row.class_key, row.session) in held
                else f"Buổi {row.session} của lớp {row.class_key} không có trong {rows.SESSIONS}."
            ),
            lambda row: "" if _place(row) in inside else NOT_ENROLLED,
        ],
        [
            _Once(
                lambda row: (*_place(row), row.session),
                lambda row: f"Buổi {row.session} của học viên {row.student_key}",
            )
        ],
    )


def _certificates(
    work: _Fitting,
    found: Registers,
    enrolments: Iterable[EnrolmentLine],
    same: Mapping[int, int],
) -> tuple[CertificateLine, ...]:
    results = {_place(row): row.has_completed for row in enrolments}
    return work.sift(
        rows.CERTIFICATES,
        _as_one(found.certificates, same),
        [
            lambda row: "" if _place(row) in results else NOT_ENROLLED,
            lambda row: (
                ""
                if results[_place(row)]
                else f"Theo {rows.ENROLMENTS} học viên này chưa hoàn thành mà có giấy chứng nhận."
            ),
        ],
        [
            _Once(lambda row: row.number, lambda row: f"Số giấy {row.number}"),
            _Once(
                lambda row: (row.year, row.sequence),
                lambda row: f"Số vào sổ {row.sequence} năm {row.year}",
            ),
            _Once(_place, lambda row: "Giấy chứng nhận của học viên này trong lớp này"),
        ],
    )
