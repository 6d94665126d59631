"""A small invented centre with classes in every state, so that the program can be tried."""

import datetime
import random
from collections.abc import Mapping, Sequence
from decimal import Decimal

from sqlalchemy.orm import Session

from app.services import (
    attendance,
    certificates,
    classes,
    enrolment,
    lecturers,
    matching,
    programmes,
    reports,
    results,
    setup,
    timetable,
)
from app.services.attendance import Mark
from app.services.centre import CentreForm, SignatoryForm
from app.services.classes import ClassForm, DecisionForm
from app.services.lecturers import LecturerForm
from app.services.report_form import ReportForm
from app.services.timetable import Pattern
from app.spreadsheets.rows import RosterRow
from app.terms import (
    AttendanceStatus,
    ClassStatus,
    DecisionKind,
    DocumentFamily,
    Employment,
    SessionKind,
    Verdict,
)

NEW_MEMBERS = "dang-vien-moi-khoa-1-2026.xlsx"
CANDIDATES = "nhan-thuc-ve-dang-khoa-2-2026.xlsx"
ROSTERS = (NEW_MEMBERS, CANDIDATES)

CENTRE = CentreForm(
    name="Trung tâm Chính trị xã An Bình",
    parent_line="ĐẢNG ỦY XÃ AN BÌNH",
    centre_line="TRUNG TÂM CHÍNH TRỊ",
    place_name="An Bình",
    short_code="TTCT",
    document_family=DocumentFamily.PARTY,
    valid_from=datetime.date(2025, 7, 1),
    communes_served="An Bình; Tân Hòa; Phú Lộc",
    report_recipients=(
        "Thường trực Đảng ủy xã (để báo cáo)\nBan Xây dựng Đảng Đảng ủy xã\n"
        "Các chi bộ, đảng bộ cử học viên"
    ),
    numbers_used=26,
    numbers_used_year=2026,
)
DIRECTOR = SignatoryForm("Hoàng Văn Tuấn", "GIÁM ĐỐC", datetime.date(2025, 7, 1))
LECTURERS = (
    LecturerForm("Hoàng Văn Tuấn", Employment.FULL_TIME, position="Giám đốc Trung tâm"),
    LecturerForm("Nông Thị Hiền", Employment.FULL_TIME, position="Phó Giám đốc Trung tâm"),
    LecturerForm("Phạm Đình Lộc", position="Chỉ huy trưởng Ban Chỉ huy Quân sự xã"),
    LecturerForm("Đặng Hữu Nghị", position="Chủ nhiệm Ủy ban Kiểm tra Đảng ủy"),
    LecturerForm("Bùi Thanh Xuân", position="Trưởng Công an xã"),
    LecturerForm("Lê Thị Minh Tâm", position="Phó Chủ tịch Ủy ban nhân dân xã"),
    LecturerForm("Vũ Thị Thu Hằng", position="Hiệu trưởng Trường Trung học cơ sở An Bình"),
    LecturerForm("Ngô Thị Lan Phương", position="Chủ tịch Hội Liên hiệp Phụ nữ xã"),
)
HALL = "Hội trường Trung tâm Chính trị xã"
PLAN = (
    "Kế hoạch số 08-KH/ĐU, ngày 15/01/2026 của Ban Thường vụ Đảng ủy xã An Bình về công tác giáo "
    "dục lý luận chính trị năm 2026"
)
DIRECTOR_ISSUES = "Giám đốc Trung tâm Chính trị xã"


def build(db: Session, rosters: Mapping[str, Sequence[RosterRow]]) -> int:
    """Fill an empty database from the bundled rosters, the same every time.

    Return the id of the closed class, whose papers are complete.
    """
    chance = random.Random(2026)
    setup.set_up(db, CENTRE, DIRECTOR)
    teachers = [lecturers.save_lecturer(db, form) for form in LECTURERS]
    closed = _new_members(db, rosters[NEW_MEMBERS], teachers, chance)
    _candidates(db, rosters[CANDIDATES], teachers, chance)
    _refresher(db, rosters[NEW_MEMBERS][:30], teachers, chance)
    _planned(db)
    return closed


def _new_members(
    db: Session, rows: Sequence[RosterRow], teachers: list[int], chance: random.Random
) -> int:
    """Make a class from opening to closing."""
    class_id = _open(db, "DVM", "khóa I", datetime.date(2026, 3, 2), "09-QĐ/TTCT", len(rows) + 2)
    _fill(db, class_id, rows, teachers)
    _mark_sessions(db, class_id, chance)
    _mark_papers(db, class_id, chance)
    _finish(db, class_id, "12-QĐ/TTCT", datetime.date(2026, 3, 16))
    day = datetime.date(2026, 3, 17)
    reports.save_report(db, class_id, ReportForm(number="15", signed_on=day))
    reports.close_class(db, class_id, day)
    return class_id


def _candidates(
    db: Session, rows: Sequence[RosterRow], teachers: list[int], chance: random.Random
) -> None:
    """Make a class in the middle of its sessions."""
    class_id = _open(db, "NTVD", "khóa II", datetime.date(2026, 11, 16), "31-QĐ/TTCT", len(rows))
    _fill(db, class_id, rows, teachers)
    _mark_sessions(db, class_id, chance, only=7)


def _refresher(
    db: Session, rows: Sequence[RosterRow], teachers: list[int], chance: random.Random
) -> None:
    """Make a class whose results are final and whose certificates are not issued yet."""
    class_id = _open(db, "CUV", "đợt 2", datetime.date(2026, 9, 10), "24-QĐ/TTCT", len(rows))
    _fill(db, class_id, rows, teachers)
    _mark_sessions(db, class_id, chance)
    _mark_papers(db, class_id, chance)
    results.finalise(db, class_id)
    decision = DecisionForm("29-QĐ/TTCT", datetime.date(2026, 9, 14), issuer=DIRECTOR_ISSUES)
    classes.record_decision(db, class_id, DecisionKind.RECOGNITION, decision)


def _planned(db: Session) -> None:
    """Make a class that is only planned."""
    row = _programme(db, "NTVD")
    start = datetime.date(2026, 12, 14)
    classes.open_class(
        db, ClassForm(row.current.id, row.name, "khóa III", start, start, venue=HALL)
    )


def _programme(db: Session, code: str) -> programmes.ProgrammeRow:
    return next(row for row in programmes.programme_list(db) if row.code == code)


def _open(
    db: Session, code: str, intake: str, start: datetime.date, number: str, convened: int
) -> int:
    row = _programme(db, code)
    decided = DecisionForm(number, start - datetime.timedelta(days=7), issuer=DIRECTOR_ISSUES)
    form = ClassForm(
        version_id=row.current.id,
        name=row.name,
        intake=intake,
        starts_on=start,
        ends_on=start,
        venue=HALL,
        manager="Nông Thị Hiền",
        partner="Ban Xây dựng Đảng Đảng ủy xã",
        plan=PLAN,
        convened=convened,
        opening_decision=decided,
    )
    class_id = classes.open_class(db, form)
    timetable.generate(db, class_id, Pattern(start))
    return class_id


def _fill(db: Session, class_id: int, rows: Sequence[RosterRow], teachers: list[int]) -> None:
    enrolment.enrol_roster(db, class_id, matching.match_roster(db, class_id, rows))
    classes.set_status(db, class_id, ClassStatus.RUNNING)
    for place, session in enumerate(timetable.session_list(db, class_id)):
        if session.kind is not SessionKind.ASSESSMENT:
            teacher = teachers[place % len(teachers)]
            timetable.assign_lecturers(db, class_id, [session.id], [teacher])


def _mark_sessions(
    db: Session, class_id: int, chance: random.Random, only: int | None = None
) -> None:
    """Mark sessions: most are there, a few late or away, and one learner too often away."""
    shown = attendance.grid(db, class_id)
    often_away = shown.learners[-1].enrolment_id
    marks = [
        _mark(learner.enrolment_id, session.id, chance, learner.enrolment_id == often_away)
        for session in shown.sessions[:only]
        for learner in shown.learners
    ]
    attendance.mark(db, class_id, marks)


def _mark(enrolment_id: int, session_id: int, chance: random.Random, often_away: bool) -> Mark:
    draw = chance.random() * (0.06 if often_away else 1)
    if draw < 0.02:
        return Mark(enrolment_id, session_id, AttendanceStatus.EXCUSED)
    if draw < 0.025:
        return Mark(enrolment_id, session_id, AttendanceStatus.ABSENT)
    if draw < 0.04:
        return Mark(enrolment_id, session_id, AttendanceStatus.LATE, chance.choice((5, 10, 15)))
    return Mark(enrolment_id, session_id, AttendanceStatus.PRESENT)


def _mark_papers(db: Session, class_id: int, chance: random.Random) -> None:
    for row in results.result_list(db, class_id):
        if row.outcome.verdict is Verdict.TOO_ABSENT:
            continue
        mark = chance.choice(("6", "6.5", "7", "7", "7.5", "7.5", "8", "8", "8.5", "9"))
        results.save_mark(db, class_id, row.enrolment_id, Decimal(mark))


def _finish(db: Session, class_id: int, number: str, issued_on: datetime.date) -> None:
    results.finalise(db, class_id)
    decided = DecisionForm(number, issued_on - datetime.timedelta(days=2), issuer=DIRECTOR_ISSUES)
    classes.record_decision(db, class_id, DecisionKind.RECOGNITION, decided)
    waiting = [r.enrolment_id for r in certificates.certificate_list(db, class_id) if r.waits]
    certificates.issue(db, class_id, waiting, issued_on)
    certificates.note_printed(db, certificates.class_certificates(db, class_id))
