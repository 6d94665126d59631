"""What the files say about each other: a line that names what is not there is not taken."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import replace
from typing import Any

from app import text
from app.spreadsheets.registers import comparing, rows
from app.spreadsheets.registers.people import one_each
from app.spreadsheets.registers.rows import (
    AbsenceLine,
    CertificateLine,
    ClassLine,
    EnrolmentLine,
    Registers,
    SessionLine,
)
from app.spreadsheets.registers.sifting import Fault, LineT, Once, Sifting, by_key


def fit(found: Registers) -> Registers:
    """Return what fits together, with every line that does not among the problems."""
    work = Sifting(found)
    people, same = one_each(work, found)
    lecturers = work.sift(rows.LECTURERS, found.lecturers, once=[by_key()])
    programmes = work.sift(
        rows.PROGRAMMES,
        found.programmes,
        once=[Once(lambda row: row.code, lambda row: f"Mã chương trình {row.code}")],
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
            once=[Once(lambda row: text.word_key(row.name), lambda row: f"Đơn vị {row.name}")],
        ),
        lecturers=lecturers,
        programmes=programmes,
        classes=classes,
        sessions=sessions,
        students=people,
        repeated=len(same),
        enrolments=enrolments,
        absences=absences,
        certificates=certificates,
    )
    order = {file: place for place, file in enumerate(rows.FILES)}
    problems = [*work.problems, *comparing.disagreements(fitted)]
    told = sorted(problems, key=lambda one: (order[one.file], one.line))
    return replace(fitted, problems=tuple(told))


def _missing(key: Callable[[LineT], Any], known: Collection[Any], words: str) -> Fault[LineT]:
    """A line that names what no taken line of the other file is."""
    return lambda row: "" if key(row) in known else words.format(key(row))


NO_CLASS = f"Lớp {{}} không có, hoặc chưa nạp được, trong {rows.CLASSES}."
NO_PERSON = f"Học viên {{}} không có, hoặc chưa nạp được, trong {rows.STUDENTS}."
NOT_ENROLLED = f"Học viên này không có trong lớp theo {rows.ENROLMENTS}."


def _classes(
    work: Sifting, found: Registers, programmes: Collection[str], lecturers: Collection[int]
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
        [by_key(), Once(lambda row: row.code, lambda row: f"Mã lớp {row.code}")],
    )
    return tuple(
        _without(work, rows.CLASSES, row, "manager", lecturers, "chu_nhiem_id") for row in taken
    )


def _without(
    work: Sifting, file: str, row: LineT, name: str, known: Collection[int], column: str
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
    work: Sifting, found: Registers, classes: Collection[int], lecturers: Collection[int]
) -> tuple[SessionLine, ...]:
    taken = work.sift(
        rows.SESSIONS,
        found.sessions,
        [_missing(lambda row: row.class_key, classes, NO_CLASS)],
        [Once(lambda row: (row.class_key, row.number), lambda row: f"Buổi {row.number} của lớp")],
    )
    return tuple(
        _without(work, rows.SESSIONS, row, "lecturer", lecturers, "giang_vien_id") for row in taken
    )


def _enrolments(
    work: Sifting,
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
        [
            Once(
                lambda row: row.place,
                lambda row: f"Học viên {row.student_key} trong lớp {row.class_key}",
            )
        ],
    )


def _as_one(lines: Iterable[LineT], same: Mapping[int, int]) -> Iterable[LineT]:
    """Let lines of one person under two keys name the same key."""
    return (
        replace(row, student_key=same[row.student_key]) if row.student_key in same else row
        for row in lines
    )


def _absences(
    work: Sifting,
    found: Registers,
    sessions: Iterable[SessionLine],
    enrolments: Iterable[EnrolmentLine],
    same: Mapping[int, int],
) -> tuple[AbsenceLine, ...]:
    held = {(row.class_key, row.number) for row in sessions}
    inside = {row.place for row in enrolments}
    return work.sift(
        rows.ABSENCES,
        _as_one(found.absences, same),
        [
            lambda row: (
                ""
                if (row.class_key, row.session) in held
                else f"Buổi {row.session} của lớp {row.class_key} không có trong {rows.SESSIONS}."
            ),
            lambda row: "" if row.place in inside else NOT_ENROLLED,
        ],
        [
            Once(
                lambda row: (*row.place, row.session),
                lambda row: f"Buổi {row.session} của học viên {row.student_key}",
            )
        ],
    )


def _without_right(has_completed: bool | None) -> str:
    """Tell why a result gives no right to a certificate."""
    if has_completed is None:
        return f"Cột ket_qua trong {rows.ENROLMENTS} chưa rõ mà có giấy chứng nhận."
    said = f"Theo {rows.ENROLMENTS} học viên này chưa hoàn thành mà có giấy chứng nhận."
    return "" if has_completed else said


def _certificates(
    work: Sifting,
    found: Registers,
    enrolments: Iterable[EnrolmentLine],
    same: Mapping[int, int],
) -> tuple[CertificateLine, ...]:
    results = {row.place: row.has_completed for row in enrolments}
    return work.sift(
        rows.CERTIFICATES,
        _as_one(found.certificates, same),
        [
            lambda row: "" if row.place in results else NOT_ENROLLED,
            lambda row: _without_right(results[row.place]),
        ],
        [
            Once(lambda row: row.number, lambda row: f"Số giấy {row.number}"),
            Once(
                lambda row: (row.year, row.sequence),
                lambda row: f"Số vào sổ {row.sequence} năm {row.year}",
            ),
            Once(
                lambda row: row.place, lambda row: "Giấy chứng nhận của học viên này trong lớp này"
            ),
        ],
    )
