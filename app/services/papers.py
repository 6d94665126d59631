"""Working papers of a class as frozen sheets: class list, attendance sheet, register page."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import dates, journal, text
from app.models import Certificate, Enrolment, TrainingClass
from app.printing.attendance_sheet import AttendanceRow, AttendanceSheet, SessionColumn
from app.printing.class_list import ClassListRow, ClassListSheet
from app.printing.register_page import RegisterRow, RegisterSheet
from app.printing.working_paper import SignatureBox, WorkingHeader
from app.services import attendance, centre, certificates, enrolment, guard
from app.services.attendance import Grid, GridLearner
from app.services.enrolment import RollRow
from app.terms import AttendanceStatus, Permission, Sex

PUBLIC_COLUMNS = ("born", "female", "position", "unit")


def class_list_sheet(
    db: Session, class_id: int, columns: Sequence[str] = PUBLIC_COLUMNS
) -> ClassListSheet:
    """Return the list of learners; sensitive columns only when asked for."""
    guard.read(db, Permission.EXPORT)
    row = guard.existing_class(db, class_id)
    roll = enrolment.class_roll(db, class_id)
    women = sum(learner.sex is Sex.FEMALE for learner in roll)
    note = f"(từ ngày {dates.short(row.starts_on)} đến ngày {dates.short(row.ends_on)})"
    return ClassListSheet(
        header=_header(db, row, "DANH SÁCH HỌC VIÊN", note),
        rows=tuple(_list_row(learner) for learner in roll),
        closing=f"(Danh sách có {len(roll)} học viên, trong đó {women} nữ)",
        columns=tuple(columns),
        signatures=(SignatureBox("NGƯỜI LẬP"), _director(db, row)),
    )


def attendance_sheet(db: Session, class_id: int, *, filled: bool) -> AttendanceSheet:
    """Return the attendance sheet, blank with printed names or filled with the marks."""
    guard.read(db, Permission.EXPORT)
    row = guard.existing_class(db, class_id)
    shown = attendance.grid(db, class_id)
    learners = shown.learners
    return AttendanceSheet(
        header=_header(db, row, "BẢNG ĐIỂM DANH", _attendance_note(row)),
        sessions=tuple(
            _column(shown, index, filled=filled) for index in range(len(shown.sessions))
        ),
        rows=tuple(_attendance_row(shown, learner, filled=filled) for learner in learners),
        excused_total=str(sum(one.attended.excused for one in learners)) if filled else "",
        absent_total=str(sum(one.attended.absent for one in learners)) if filled else "",
        signatures=(
            SignatureBox("NGƯỜI LẬP BẢNG"),
            SignatureBox("CHỦ NHIỆM LỚP", row.manager),
            _director(db, row),
        ),
    )


def register_sheet(db: Session, class_id: int) -> RegisterSheet:
    """Return the lines of the register that belong to a class, in register order."""
    guard.read(db, Permission.EXPORT)
    row = guard.existing_class(db, class_id)
    query = (
        select(Certificate)
        .join(Enrolment, Enrolment.id == Certificate.enrolment_id)
        .where(Enrolment.training_class_id == class_id)
        .order_by(Certificate.register_year, Certificate.register_sequence)
    )
    rows = tuple(_register_row(row, certificate) for certificate in db.scalars(query))
    return RegisterSheet(
        header=_header(db, row, "SỔ CẤP GIẤY CHỨNG NHẬN", ""),
        rows=rows,
        closing=f"(Gồm {len(rows)} giấy chứng nhận)",
        journal_mark=journal.head(db).mark,
        signatures=(SignatureBox("NGƯỜI GHI SỔ"), _director(db, row)),
    )


def _header(db: Session, row: TrainingClass, title: str, note: str) -> WorkingHeader:
    identity = centre.identity(db, row.ends_on)
    return WorkingHeader(identity.parent_line, identity.centre_line, title, row.printed_title, note)


def _director(db: Session, row: TrainingClass) -> SignatureBox:
    signer = centre.signatory(db, row.ends_on)
    return SignatureBox(signer.title, signer.name)


def _list_row(learner: RollRow) -> ClassListRow:
    family_middle, given = text.split_name(learner.full_name)
    return ClassListRow(
        family_middle=family_middle,
        given=given,
        born=learner.born.short if learner.born else "",
        female="x" if learner.sex is Sex.FEMALE else "",
        ethnicity=learner.ethnicity,
        position=learner.position,
        unit=learner.unit,
        party_joined=learner.party_joined.short if learner.party_joined else "",
        phone=learner.phone,
    )


def _attendance_note(row: TrainingClass) -> str:
    first, last = dates.short(row.starts_on), dates.short(row.ends_on)
    return f"(từ ngày {first} đến ngày {last}; S: buổi sáng, C: buổi chiều, T: buổi tối)"


def _column(shown: Grid, index: int, *, filled: bool) -> SessionColumn:
    session = shown.sessions[index]
    return SessionColumn(
        day=dates.short(session.held_on)[:-5],
        half=session.half_day.letter,
        present=_present(shown, session.id) if filled else "",
    )


def _present(shown: Grid, session_id: int) -> str:
    """Tell "19/20": present of those who take part; empty before anybody is marked."""
    taking_part = [one for one in shown.learners if session_id not in one.outside]
    marks = [shown.marks.get((one.enrolment_id, session_id)) for one in taking_part]
    statuses = [mark.status for mark in marks if mark and mark.status]
    present = sum(status.attends for status in statuses)
    return f"{present}/{len(taking_part)}" if statuses else ""


def _attendance_row(shown: Grid, learner: GridLearner, *, filled: bool) -> AttendanceRow:
    family_middle, given = text.split_name(learner.full_name)
    attended = learner.attended
    return AttendanceRow(
        family_middle=family_middle,
        given=given,
        born=str(learner.born.year) if learner.born else "",
        unit=learner.unit,
        marks=tuple(_code(shown, learner, one.id, filled=filled) for one in shown.sessions),
        excused=str(attended.excused) if filled and attended.excused else "",
        absent=str(attended.absent) if filled and attended.absent else "",
    )


def _code(shown: Grid, learner: GridLearner, session_id: int, *, filled: bool) -> str:
    if session_id in learner.outside:
        return "–"
    mark = shown.marks.get((learner.enrolment_id, session_id))
    status: AttendanceStatus | None = mark.status if mark else None
    return status.code if filled and status else ""


def _short_title(row: TrainingClass) -> str:
    """Name a class in a narrow column: "Đảng viên mới, khóa I/2026"."""
    name = row.version.programme.short_name
    return f"{name}, {row.intake}/{row.year}" if row.intake else f"{name}, {row.year}"


def _register_row(row: TrainingClass, certificate: Certificate) -> RegisterRow:
    """Print the frozen values, not today's."""
    sheet = certificates.sheet_of(certificate)
    student = certificate.enrolment.student
    return RegisterRow(
        register_number=certificate.register_number,
        full_name=sheet.full_name,
        born=dates.parse(sheet.born).short if sheet.born else "",
        female="x" if student.sex is Sex.FEMALE else "",
        unit=sheet.unit,
        class_title=_short_title(row),
        classification=sheet.classification,
        certificate_number=certificate.number,
        decision=sheet.decision.removeprefix("Quyết định số "),
        issued_on=dates.short(certificate.issued_on),
        note=_register_note(certificate),
    )


def _register_note(certificate: Certificate) -> str:
    """Tell what became of a certificate: "Thu hồi, QĐ số 15-QĐ/TTCT, ngày 20/10/2026"."""
    if certificate.status.is_live:
        return ""
    number, day = certificate.revocation_decision, certificate.revoked_on
    parts = [certificate.status.label, f"QĐ số {number}" if number else ""]
    parts.append(f"ngày {dates.short(day)}" if day else "")
    return ", ".join(filter(None, parts))
