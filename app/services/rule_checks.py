"""What is wrong across the stored rows: what no constraint of the file refuses."""

from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise

from sqlalchemy import func, select
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
from app.rules import eligibility
from app.services import centre, certificates, learning_rules, presence
from app.services.findings import Finding, Row, about
from app.terms import CertificateStatus, ClassStatus, DecisionKind, Verdict

FINAL = (ClassStatus.FINALISED, ClassStatus.CLOSED)
# Classes whose results were made final by this program, not taken over from an old register.
JUDGED_HERE = (
    TrainingClass.status.in_(FINAL),
    TrainingClass.is_from_register.is_(False),
    TrainingClass.frozen_rules.is_not(None),
)


def _register_gaps(db: Session) -> Iterator[Finding]:
    """Numbers run without a gap from the first one taken by the program (RULES R16)."""
    query = select(Certificate.register_year, Certificate.register_sequence)
    by_year: dict[int, list[int]] = {}
    for year, sequence in db.execute(query.order_by(*query.selected_columns)):
        by_year.setdefault(year, []).append(sequence)
    stated: dict[int, int] = {}
    for form in centre.identities(db):
        used = stated.get(form.numbers_used_year, 0)
        stated[form.numbers_used_year] = max(used, form.numbers_used)
    old = select(Certificate.register_year, func.max(Certificate.register_sequence))
    for year, used in db.execute(
        old.where(Certificate.layout == certificates.NOT_OURS).group_by(Certificate.register_year)
    ):
        stated[year] = max(stated.get(year, 0), used)
    for year, sequences in by_year.items():
        yield from _gaps(year, sequences, stated.get(year, sequences[0] - 1))


def _gaps(year: int, sequences: list[int], on_paper: int) -> Iterator[Finding]:
    """Numbers up to `on_paper` were taken in the paper register, before or beside the program."""
    for before, after in pairwise([on_paper, *sequences]):
        last = max(before, on_paper)
        if after > last + 1:
            yield Finding(
                f"Sổ chứng nhận {year}: sau số {last} là số {after}, thiếu ở giữa.",
                frozenset(number_taken(year, missing) for missing in range(last + 1, after)),
            )


def number_taken(year: int, sequence: int) -> Row:
    """Return how findings call a number of the register."""
    return ("register_number", f"{year}/{sequence}")


def _frozen_sheets(db: Session) -> Iterator[Finding]:
    for row in db.scalars(select(Certificate)):
        if certificates.hash_of(row.sheet) != row.sheet_hash:
            yield Finding(
                f"Giấy chứng nhận {row.register_number}: nội dung lưu đã bị sửa.",
                about(Certificate, row.id),
            )


def _certificate_days(db: Session) -> Iterator[Finding]:
    query = (
        select(
            Certificate.id,
            Certificate.register_number,
            Certificate.issued_on,
            Decision.signed_on,
            Decision.id,
        )
        .join(Enrolment, Enrolment.id == Certificate.enrolment_id)
        .join(Decision, Decision.training_class_id == Enrolment.training_class_id)
        .where(
            Decision.kind == DecisionKind.RECOGNITION,
            Certificate.issued_on < Decision.signed_on,
        )
    )
    for key, number, issued_on, signed_on, decision in db.execute(query):
        yield Finding(
            f"Giấy chứng nhận {number}: ngày cấp {dates.grid(issued_on)} trước ngày quyết định "
            f"{dates.grid(signed_on)}.",
            about(Certificate, key) | about(Decision, decision),
        )


def _certificates_without_right(db: Session) -> Iterator[Finding]:
    query = (
        select(Enrolment.id, Certificate.register_number, Student.full_name)
        .select_from(Certificate)
        .join(Enrolment, Enrolment.id == Certificate.enrolment_id)
        .join(Student, Student.id == Enrolment.student_id)
        .outerjoin(AssessmentResult, AssessmentResult.enrolment_id == Enrolment.id)
        .where(
            Certificate.status == CertificateStatus.ISSUED,
            func.coalesce(AssessmentResult.verdict, Verdict.FAILED) != Verdict.QUALIFIED,
        )
    )
    for key, number, name in db.execute(query):
        yield Finding(
            f"Giấy chứng nhận {number} của {name}: kết quả không đủ điều kiện cấp.",
            about(AssessmentResult, key),
        )


def _revocations(db: Session) -> Iterator[Finding]:
    """A revoked line says when and why; a valid one says nothing of the kind."""
    for row in db.scalars(select(Certificate)):
        is_revoked = row.status is CertificateStatus.REVOKED
        if is_revoked and not (row.revoked_on and row.revocation_reason):
            fault = "đã thu hồi mà không ghi ngày hoặc lý do"
        elif row.status.is_live and (row.revoked_on or row.revocation_reason):
            fault = "còn hiệu lực mà có ghi thu hồi"
        elif row.revoked_on and row.revoked_on < row.issued_on:
            fault = "ngày thu hồi trước ngày cấp"
        else:
            continue
        yield Finding(
            f"Giấy chứng nhận {row.register_number}: {fault}.", about(Certificate, row.id)
        )


def _marks_outside_class(db: Session) -> Iterator[Finding]:
    query = (
        select(Enrolment.id, Student.full_name, ClassSession.number, ClassSession.id)
        .select_from(AttendanceRecord)
        .join(Enrolment, Enrolment.id == AttendanceRecord.enrolment_id)
        .join(Student, Student.id == Enrolment.student_id)
        .join(ClassSession, ClassSession.id == AttendanceRecord.class_session_id)
        .where(ClassSession.training_class_id != Enrolment.training_class_id)
    )
    for key, name, number, session in db.execute(query):
        yield Finding(
            f"Điểm danh của {name} ở buổi {number} thuộc lớp khác.",
            about(AttendanceRecord, key) | about(Enrolment, key) | about(ClassSession, session),
        )


def _present_outside(db: Session) -> Iterator[Finding]:
    for one in presence.outside(db):
        yield Finding(
            one.sentence,
            about(AttendanceRecord, f"{one.enrolment_id}/{one.class_session_id}")
            | about(Enrolment, one.enrolment_id)
            | about(ClassSession, one.class_session_id),
        )


def _closed_classes(db: Session) -> Iterator[Finding]:
    query = select(TrainingClass).where(TrainingClass.status.in_(FINAL))
    for row in db.scalars(query):
        if row.frozen_rules is None:
            yield Finding(
                f"Lớp {row.title}: đã chốt mà không lưu quy tắc xét.", about(TrainingClass, row.id)
            )
        elif _rule_of(row) is None:
            yield Finding(
                f"Lớp {row.title}: quy tắc xét đã lưu không đọc được.",
                about(TrainingClass, row.id),
            )
        if row.status is ClassStatus.CLOSED and row.closed_on is None:
            yield Finding(
                f"Lớp {row.title}: đã bế giảng mà không có ngày bế giảng.",
                about(TrainingClass, row.id),
            )


def _open_results(db: Session) -> Iterator[Finding]:
    """Final results leave nobody open but those whose certificate was revoked."""
    revoked = select(Certificate.enrolment_id).where(
        Certificate.status == CertificateStatus.REVOKED
    )
    query = (
        select(Enrolment.id, Student.full_name, TrainingClass)
        .select_from(Enrolment)
        .join(Student, Student.id == Enrolment.student_id)
        .join(TrainingClass, TrainingClass.id == Enrolment.training_class_id)
        .outerjoin(AssessmentResult, AssessmentResult.enrolment_id == Enrolment.id)
        .where(
            *JUDGED_HERE,
            AssessmentResult.verdict.is_(None),
            Enrolment.id.not_in(revoked),
        )
    )
    for key, name, training_class in db.execute(query):
        yield Finding(
            f"Lớp {training_class.title}: đã chốt mà kết quả của {name} còn để trống.",
            about(AssessmentResult, key) | about(Enrolment, key),
        )


def _unlike_marks(db: Session) -> Iterator[Finding]:
    """A final result follows from its mark by the rules frozen with it (RULES R08, R10)."""
    query = (
        select(AssessmentResult, Student.full_name, TrainingClass)
        .join(Enrolment, Enrolment.id == AssessmentResult.enrolment_id)
        .join(Student, Student.id == Enrolment.student_id)
        .join(TrainingClass, TrainingClass.id == Enrolment.training_class_id)
        .where(
            *JUDGED_HERE,
            AssessmentResult.verdict.in_((Verdict.QUALIFIED, Verdict.FAILED)),
            AssessmentResult.mark.is_not(None),
        )
    )
    for result, name, training_class in db.execute(query):
        rule = _rule_of(training_class)
        if rule and rule.is_assessed and not _follows(result, rule):
            yield Finding(
                f"Lớp {training_class.title}: kết quả đã chốt của {name} không khớp điểm.",
                about(AssessmentResult, result.enrolment_id),
            )


def _rule_of(row: TrainingClass) -> eligibility.ResultRule | None:
    """Return the frozen rules; None where they cannot be read."""
    try:
        return learning_rules.of_class(row)
    except (ValueError, TypeError, LookupError, ArithmeticError):
        return None


def _follows(result: AssessmentResult, rule: eligibility.ResultRule) -> bool:
    assert result.mark is not None
    outcome = eligibility.judge_mark(result.mark, rule)
    frozen = (result.verdict, result.rounded, result.classification)
    return frozen == (outcome.verdict, outcome.rounded, outcome.band)


Check = Callable[[Session], Iterable[Finding]]
ACROSS_ROWS: tuple[Check, ...] = (
    _register_gaps,
    _certificate_days,
    _certificates_without_right,
    _present_outside,
    _closed_classes,
)
CHECKS: tuple[Check, ...] = (
    _register_gaps,
    _frozen_sheets,
    _certificate_days,
    _certificates_without_right,
    _revocations,
    _marks_outside_class,
    _present_outside,
    _closed_classes,
    _open_results,
    _unlike_marks,
)
