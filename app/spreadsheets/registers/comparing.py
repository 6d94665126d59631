"""Figures that stand twice in old registers: where they differ, the single lines count."""

from collections import Counter
from collections.abc import Iterator

from app.spreadsheets.registers import rows
from app.spreadsheets.registers.rows import EnrolmentLine, RegisterProblem, Registers
from app.terms import AttendanceStatus


def disagreements(found: Registers) -> Iterator[RegisterProblem]:
    """Say where a figure of one file is not what the lines of another add up to."""
    yield from _of_classes(found)
    if found.has_absences:
        yield from _of_absences(found)
    yield from _of_certificates(found)


def _of_certificates(found: Registers) -> Iterator[RegisterProblem]:
    issued = {row.place: row for row in found.certificates}
    for row in found.enrolments:
        paper = issued.get(row.place)
        number = paper.number if paper else ""
        if row.certificate != number:
            noted, listed = row.certificate or "trống", number or "không có"
            said = f"Cột so_gcn ghi {noted}, {rows.CERTIFICATES} {listed}."
            yield RegisterProblem(rows.ENROLMENTS, row.line, f"{said} Đã lấy theo sổ chứng nhận.")
        if paper and paper.classification not in ("", row.classification):
            noted = row.classification or "trống"
            yield RegisterProblem(
                rows.CERTIFICATES,
                paper.line,
                f"Xếp loại {paper.classification}, {rows.ENROLMENTS} ghi {noted}. "
                "Đã giữ mỗi nơi như đã ghi.",
            )


def _of_classes(found: Registers) -> Iterator[RegisterProblem]:
    learners = Counter(row.class_key for row in found.enrolments)
    sessions = Counter(row.class_key for row in found.sessions)
    for row in found.classes:
        if bool(row.decision) != bool(row.decided_on):
            said = f"Quyết định thiếu {'ngày' if row.decision else 'số'}. Chưa nạp quyết định."
            yield RegisterProblem(rows.CLASSES, row.line, said)
        for column, noted, listed, file in (
            ("si_so", row.learners, learners[row.key], rows.ENROLMENTS),
            ("so_buoi", row.sessions, sessions[row.key], rows.SESSIONS),
        ):
            if noted is not None and noted != listed:
                said = f"Cột {column} ghi {noted}, {file} có {listed}. Đã lấy {listed}."
                yield RegisterProblem(rows.CLASSES, row.line, said)


def _of_absences(found: Registers) -> Iterator[RegisterProblem]:
    counted = Counter((*row.place, row.status) for row in found.absences)
    for row in found.enrolments:
        for column, status, noted in _noted(row):
            listed = counted[*row.place, status]
            if noted is not None and noted != listed:
                said = f"Cột {column} ghi {noted}, {rows.ABSENCES} có {listed}. Đã lấy {listed}."
                yield RegisterProblem(rows.ENROLMENTS, row.line, said)


def _noted(row: EnrolmentLine) -> tuple[tuple[str, AttendanceStatus, int | None], ...]:
    return (
        ("vang_co_phep", AttendanceStatus.EXCUSED, row.excused),
        ("vang_khong_phep", AttendanceStatus.ABSENT, row.absent),
        ("di_muon", AttendanceStatus.LATE, row.late),
    )
