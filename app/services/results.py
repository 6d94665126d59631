"""Results: marks, who qualifies and why not, and the day they become final."""

from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import numbers
from app.dates import PartialDate
from app.errors import InputError, RuleError
from app.models import AssessmentResult, Certificate, Enrolment, Student
from app.rules import attendance as attendance_rule
from app.rules import classes as class_rules
from app.rules import classification
from app.rules.classes import Condition
from app.rules.eligibility import Outcome, ResultRule, verdict
from app.services import attendance, guard, learning_rules
from app.terms import CertificateStatus, ClassStatus, Permission, Verdict

NOT_NOTED = "sổ cũ không ghi; kết quả giữ như trong sổ"


@dataclass(frozen=True)
class ResultRow:
    """One learner's result; figures of an open class change with every mark."""

    enrolment_id: int
    student_id: int
    full_name: str
    sort_key: str
    born: PartialDate | None
    unit: str
    attended: attendance_rule.Attended
    share: str
    outcome: Outcome
    mark: Decimal | None
    note: str
    is_final: bool = False


def rules_of(db: Session, class_id: int) -> ResultRule:
    """Return the rules the class is judged by."""
    guard.read(db, Permission.READ)
    return learning_rules.of_class(guard.existing_class(db, class_id))


def rule_lines(db: Session, class_id: int) -> tuple[tuple[str, str], ...]:
    """Return the rules of the class in a few lines, each under its caption."""
    if guard.existing_class(db, class_id).is_from_register:
        return (("Quy tắc xét", NOT_NOTED.capitalize()),)
    return learning_rules.describe(rules_of(db, class_id))


def rule_text(db: Session, class_id: int) -> str:
    """Return the rules of the class in one line for people."""
    if guard.existing_class(db, class_id).is_from_register:
        return NOT_NOTED
    rule = rules_of(db, class_id)
    parts = [attendance_rule.describe(rule.attendance)]
    if rule.is_assessed:
        parts[0] += f" và điểm từ {numbers.mark(rule.pass_mark, 1)}"
        parts.append(f"xếp loại {classification.describe(rule.bands)}")
        parts.append("làm tròn " + numbers.decimal(10.0**-rule.mark_places, rule.mark_places))
    return " · ".join(part for part in parts if part)


def result_list(db: Session, class_id: int) -> list[ResultRow]:
    """Return the results of a class by given name: computed while open, frozen once final."""
    guard.read(db, Permission.READ)
    training_class = guard.existing_class(db, class_id)
    rule = learning_rules.of_class(training_class)
    attended = attendance.attended_by_enrolment(db, class_id)
    query = (
        select(Enrolment, Student, AssessmentResult)
        .join(Student, Student.id == Enrolment.student_id)
        .outerjoin(AssessmentResult, AssessmentResult.enrolment_id == Enrolment.id)
        .where(Enrolment.training_class_id == class_id)
        .order_by(Student.sort_key, Student.born, Enrolment.id)
    )
    return [
        _row(enrolment, student, result, attended[enrolment.id], rule)
        for enrolment, student, result in db.execute(query)
    ]


def save_mark(
    db: Session, class_id: int, enrolment_id: int, mark: Decimal | None, note: str | None = None
) -> None:
    """Write or clear a learner's mark, kept exactly as given."""
    guard.permit(db, Permission.ENTER_MARKS)
    guard.class_before_final(db, class_id)
    if mark is not None and not (0 <= mark <= 10 and mark * 100 % 1 == 0):
        raise InputError(f"Điểm {mark} không ghi được. Nhập số từ 0 đến 10, hai số lẻ.", "mark")
    enrolment = guard.existing(db, Enrolment, enrolment_id, "học viên trong lớp")
    if enrolment.training_class_id != class_id:
        raise RuleError("Học viên này không thuộc lớp. Tải lại màn hình (F5).")
    result = enrolment.result or AssessmentResult(enrolment=enrolment)
    result.mark = mark
    result.note = result.note if note is None else note
    db.add(result)
    db.flush()


def marks_missing(db: Session, class_id: int) -> int:
    """Count learners who may be marked and are not."""
    return _missing(result_list(db, class_id))


def _missing(rows: list[ResultRow]) -> int:
    return sum(row.outcome.verdict is Verdict.MARK_MISSING for row in rows)


def conditions_to_finalise(db: Session, class_id: int) -> list[Condition]:
    """Return what must hold before the results become final."""
    rows = result_list(db, class_id)
    shown = attendance.grid(db, class_id)
    whole = [
        session.id
        for session in shown.sessions
        if all(
            session.id in learner.outside or (learner.enrolment_id, session.id) in shown.marks
            for learner in shown.learners
        )
    ]
    return class_rules.conditions_to_finalise(
        learners=len(rows),
        sessions=len(shown.sessions),
        sessions_marked=len(whole),
        marks_missing=_missing(rows),
    )


def finalise(db: Session, class_id: int) -> None:
    """Make the results final: outcome of every learner and the rules themselves are frozen."""
    guard.permit(db, Permission.APPROVE_RESULTS)
    training_class = guard.class_before_final(db, class_id)
    class_rules.check_step(training_class.status, ClassStatus.FINALISED)
    class_rules.check_conditions(conditions_to_finalise(db, class_id), "Chưa chốt được")
    rule = learning_rules.of_class(training_class)
    for row in result_list(db, class_id):
        _freeze(db, row)
    training_class.frozen_rules = learning_rules.freeze(rule)
    training_class.status = ClassStatus.FINALISED
    db.flush()


def unfreeze(db: Session, class_id: int) -> None:
    """Take final results back, as long as no valid certificate rests on them."""
    guard.permit(db, Permission.APPROVE_RESULTS)
    training_class = guard.class_for_change(db, class_id)
    if training_class.status is not ClassStatus.FINALISED:
        raise RuleError("Lớp chưa chốt kết quả, cứ sửa trực tiếp.")
    if _has_certificates(db, class_id):
        raise RuleError("Đã cấp giấy chứng nhận theo kết quả này, không bỏ chốt được nữa.")
    for result in _results(db, class_id):
        forget(result)
    training_class.frozen_rules = None
    training_class.status = ClassStatus.RUNNING
    db.flush()


def review(db: Session, class_id: int, enrolment_ids: Collection[int]) -> int:
    """Make results final again that a revocation opened, by the same rules; return how many."""
    guard.permit(db, Permission.APPROVE_RESULTS)
    training_class = guard.class_for_change(db, class_id)
    if training_class.status is not ClassStatus.FINALISED:
        raise RuleError("Lớp chưa chốt kết quả. Chốt ở thẻ Kết quả.")
    rows = [row for row in result_list(db, class_id) if row.enrolment_id in enrolment_ids]
    opened = [row for row in rows if not row.is_final]
    for row in opened:
        _freeze(db, row)
    db.flush()
    return len(opened)


def forget(result: AssessmentResult) -> None:
    """Open a final result again: it is judged anew from mark and attendance."""
    result.verdict, result.reason, result.rounded, result.classification = None, "", None, ""


def _row(
    enrolment: Enrolment,
    student: Student,
    result: AssessmentResult | None,
    attended: attendance_rule.Attended,
    rule: ResultRule,
) -> ResultRow:
    mark = result.mark if result else None
    return ResultRow(
        enrolment_id=enrolment.id,
        student_id=student.id,
        full_name=student.full_name,
        sort_key=student.sort_key,
        born=student.born,
        unit=enrolment.unit,
        attended=attended,
        share=attendance.share_text(attended, rule.attendance),
        outcome=_frozen(result) if result and result.verdict else verdict(attended, mark, rule),
        mark=mark,
        note=result.note if result else "",
        is_final=bool(result and result.verdict),
    )


def _frozen(result: AssessmentResult) -> Outcome:
    return Outcome(
        verdict=result.verdict or Verdict.MARK_MISSING,
        reason=result.reason,
        mark=result.mark,
        rounded=result.rounded,
        band=result.classification,
    )


def _freeze(db: Session, row: ResultRow) -> None:
    result = db.get(AssessmentResult, row.enrolment_id)
    if result is None:
        result = AssessmentResult(enrolment_id=row.enrolment_id)
        db.add(result)
    result.verdict, result.reason = row.outcome.verdict, row.outcome.reason
    result.rounded, result.classification = row.outcome.rounded, row.outcome.band


def _results(db: Session, class_id: int) -> list[AssessmentResult]:
    query = select(AssessmentResult).join(Enrolment).where(Enrolment.training_class_id == class_id)
    return list(db.scalars(query))


def _has_certificates(db: Session, class_id: int) -> bool:
    query = (
        select(Certificate.id)
        .join(Enrolment)
        .where(
            Enrolment.training_class_id == class_id,
            Certificate.status != CertificateStatus.REVOKED,
        )
    )
    return db.scalar(query.limit(1)) is not None
