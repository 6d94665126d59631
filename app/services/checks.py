"""What is wrong in the stored data: one finding a line, nothing on a clean database."""

from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from app import dates
from app.models import (
    AssessmentResult,
    AttendanceRecord,
    Certificate,
    ClassSession,
    Decision,
    Enrolment,
    Student,
    TrainingClass,
)
from app.services import centre, certificates
from app.terms import CertificateStatus, ClassStatus, DecisionKind, Verdict


def findings(db: Session) -> list[str]:
    """Return every finding as a Vietnamese sentence."""
    return [finding for check in CHECKS for finding in check(db)]


def _integrity(db: Session) -> Iterator[str]:
    for (answer,) in db.execute(text("PRAGMA integrity_check")):
        if answer != "ok":
            yield f"Tệp dữ liệu: {answer}."
    for table, row_id, parent, _ in db.execute(text("PRAGMA foreign_key_check")):
        yield f"Bảng {table}, dòng {row_id}: không còn dòng tương ứng ở bảng {parent}."


def _register_gaps(db: Session) -> Iterator[str]:
    """Numbers run without a gap from the first one taken by the program (RULES R16)."""
    query = select(Certificate.register_year, Certificate.register_sequence)
    by_year: dict[int, list[int]] = {}
    for year, sequence in db.execute(query.order_by(*query.selected_columns)):
        by_year.setdefault(year, []).append(sequence)
    stated = {form.numbers_used_year: form.numbers_used for form in centre.identities(db)[::-1]}
    for year, sequences in by_year.items():
        yield from _gaps(year, sequences, stated.get(year, sequences[0] - 1))


def _gaps(year: int, sequences: list[int], on_paper: int) -> Iterator[str]:
    """Numbers up to `on_paper` were taken in the paper register, before or beside the program."""
    for before, after in pairwise([on_paper, *sequences]):
        last = max(before, on_paper)
        if after > last + 1:
            yield f"Sổ chứng nhận {year}: sau số {last} là số {after}, thiếu ở giữa."


def _frozen_sheets(db: Session) -> Iterator[str]:
    for row in db.scalars(select(Certificate)):
        if certificates.hash_of(row.sheet) != row.sheet_hash:
            yield f"Giấy chứng nhận {row.register_number}: nội dung lưu đã bị sửa."


def _certificate_days(db: Session) -> Iterator[str]:
    query = (
        select(Certificate.register_number, Certificate.issued_on, Decision.signed_on)
        .join(Enrolment, Enrolment.id == Certificate.enrolment_id)
        .join(Decision, Decision.training_class_id == Enrolment.training_class_id)
        .where(
            Decision.kind == DecisionKind.RECOGNITION,
            Certificate.issued_on < Decision.signed_on,
        )
    )
    for number, issued_on, signed_on in db.execute(query):
        yield (
            f"Giấy chứng nhận {number}: ngày cấp {dates.grid(issued_on)} trước ngày quyết định "
            f"{dates.grid(signed_on)}."
        )


def _certificates_without_right(db: Session) -> Iterator[str]:
    query = (
        select(Certificate.register_number, Student.full_name)
        .join(Enrolment, Enrolment.id == Certificate.enrolment_id)
        .join(Student, Student.id == Enrolment.student_id)
        .outerjoin(AssessmentResult, AssessmentResult.enrolment_id == Enrolment.id)
        .where(
            Certificate.status == CertificateStatus.ISSUED,
            func.coalesce(AssessmentResult.verdict, Verdict.FAILED) != Verdict.QUALIFIED,
        )
    )
    for number, name in db.execute(query):
        yield f"Giấy chứng nhận {number} của {name}: kết quả không đủ điều kiện cấp."


def _marks_outside_class(db: Session) -> Iterator[str]:
    query = (
        select(Student.full_name, ClassSession.number)
        .select_from(AttendanceRecord)
        .join(Enrolment, Enrolment.id == AttendanceRecord.enrolment_id)
        .join(Student, Student.id == Enrolment.student_id)
        .join(ClassSession, ClassSession.id == AttendanceRecord.class_session_id)
        .where(ClassSession.training_class_id != Enrolment.training_class_id)
    )
    for name, number in db.execute(query):
        yield f"Điểm danh của {name} ở buổi {number} thuộc lớp khác."


def _closed_classes(db: Session) -> Iterator[str]:
    final = (ClassStatus.FINALISED, ClassStatus.CLOSED)
    query = select(TrainingClass).where(TrainingClass.status.in_(final))
    for row in db.scalars(query):
        if row.frozen_rules is None:
            yield f"Lớp {row.title}: đã chốt mà không lưu quy tắc xét."
        if row.status is ClassStatus.CLOSED and row.closed_on is None:
            yield f"Lớp {row.title}: đã bế giảng mà không có ngày bế giảng."


CHECKS: tuple[Callable[[Session], Iterable[str]], ...] = (
    _integrity,
    _register_gaps,
    _frozen_sheets,
    _certificate_days,
    _certificates_without_right,
    _marks_outside_class,
    _closed_classes,
)
