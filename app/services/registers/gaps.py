"""Lines the file already has: what was left out before comes in, what differs is told and stays."""

from collections.abc import Collection, Iterable, Iterator, Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import numbers
from app.models import (
    AssessmentResult,
    AttendanceRecord,
    ClassSession,
    Enrolment,
    TeachingAssignment,
    TrainingClass,
)
from app.services import guard
from app.services.registers import classes, learning
from app.services.registers.plan import KEPT, Plan
from app.spreadsheets.registers import rows
from app.spreadsheets.registers.rows import EnrolmentLine, Registers
from app.terms import ClassStatus, Permission, Verdict

Results = Mapping[int, AssessmentResult]  # by the id of the enrolment


def tell_differences(db: Session, plan: Plan) -> None:
    """Say where the result of a learner who is known stands otherwise in the file."""
    stored = _results(db)
    for row in plan.known_enrolments:
        if result := stored.get(plan.enrolment_ids[row.place]):
            for said in _differences(row, result):
                plan.say(rows.ENROLMENTS, row.line, f"{said} {KEPT}")


def _results(db: Session) -> Results:
    query = select(AssessmentResult).join(Enrolment).join(TrainingClass)
    found = db.scalars(query.where(TrainingClass.is_from_register))
    return {row.enrolment_id: row for row in found}


def _differences(row: EnrolmentLine, result: AssessmentResult) -> Iterator[str]:
    if row.mark is not None and result.mark is not None and row.mark != result.mark:
        yield f"Điểm {numbers.mark(row.mark)}, trong chương trình là {numbers.mark(result.mark)}."
    if row.classification and result.classification not in ("", row.classification):
        yield f"Xếp loại {row.classification}, trong chương trình là {result.classification}."
    if row.has_completed is not None and not _agree(row, result):
        yield "Cột ket_qua khác với kết quả trong chương trình."


def _agree(row: EnrolmentLine, result: AssessmentResult) -> bool:
    """Whether file and register do not judge the learner differently."""
    has_completed = result.verdict is Verdict.QUALIFIED
    return result.verdict is None or row.has_completed is has_completed


def fill(db: Session, plan: Plan, registers: Registers) -> None:
    """Take in what known lines of old classes had left out; nothing the file says is changed.

    It comes before new attendance is written: a class that has some keeps its way of noting it.
    """
    guard.permit(db, Permission.EDIT_CENTRE)
    held = {
        row.key: guard.existing(db, TrainingClass, plan.class_ids[row.key], "lớp")
        for row in plan.known_classes
    }
    for row in plan.known_classes:
        classes.fill(held[row.key], row, registers)
    if registers.has_absences:
        _note_absences_only(db, held.values())
    _fill_sessions(db, plan)
    filled = set(_fill_results(db, plan))
    db.flush()
    _close(db, [held[key] for key in filled if key in held])


def _note_absences_only(db: Session, held: Collection[TrainingClass]) -> None:
    """Where nobody was marked at all, the absences that come in now are all there were."""
    marked = select(Enrolment.training_class_id).join(AttendanceRecord).distinct()
    with_marks = set(db.scalars(marked))
    for one in held:
        one.is_absences_only = one.is_absences_only or one.id not in with_marks


def _fill_sessions(db: Session, plan: Plan) -> None:
    """Add the lecturer of class sessions of which nobody is noted as having taught."""
    taught = select(TeachingAssignment.class_session_id)
    free = {
        row.id: row for row in db.scalars(select(ClassSession).where(~ClassSession.id.in_(taught)))
    }
    for row in plan.known_sessions:
        session = free.get(plan.session_ids[row.class_key, row.number])
        lecturer_id = plan.lecturer_ids.get(row.lecturer or 0)
        if session and lecturer_id:
            session.assignments.append(TeachingAssignment(lecturer_id=lecturer_id))


def _fill_results(db: Session, plan: Plan) -> Iterator[int]:
    """Add marks and outcomes that are missing; give the keys of classes with something new."""
    yield from (row.class_key for row in plan.enrolments)
    stored = _results(db)
    for row in plan.known_enrolments:
        result = stored.get(plan.enrolment_ids[row.place])
        told = learning.new_result(row, plan)
        if result is None:
            db.add(told)
            yield row.class_key
        elif _agree(row, result) and _fill_result(result, told):
            yield row.class_key


def _fill_result(result: AssessmentResult, told: AssessmentResult) -> bool:
    """Take over what is missing; tell whether anything was."""
    missing = [
        name
        for name in ("mark", "rounded", "verdict", "reason", "classification")
        if getattr(result, name) in (None, "") and getattr(told, name) not in (None, "")
    ]
    for name in missing:
        setattr(result, name, getattr(told, name))
    return bool(missing)


def _close(db: Session, held: Iterable[TrainingClass]) -> None:
    """Close the classes of which every result is known by now."""
    for one in held:
        verdicts = db.scalars(
            select(AssessmentResult.verdict)
            .select_from(Enrolment)
            .outerjoin(AssessmentResult)
            .where(Enrolment.training_class_id == one.id)
        ).all()
        if one.status is ClassStatus.RUNNING and verdicts and None not in verdicts:
            classes.close(one)
