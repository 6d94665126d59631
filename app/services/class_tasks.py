"""The class list with its figures and the next thing to do in each class."""

import datetime
from dataclasses import dataclass, replace

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from app.models import (
    AssessmentResult,
    AttendanceRecord,
    Certificate,
    ClassSession,
    ClosingReport,
    Decision,
    Enrolment,
    LearningRule,
    Programme,
    ProgrammeVersion,
    TrainingClass,
)
from app.services import guard, results
from app.terms import (
    CertificateStatus,
    ClassStatus,
    CompletionDocument,
    DecisionKind,
    Permission,
    Verdict,
)


@dataclass(frozen=True)
class Figures:
    """Counts of one class from which its next task follows."""

    learners: int = 0
    sessions: int = 0
    sessions_marked: int = 0
    next_session: int = 0  # the first that is not wholly marked
    marks_missing: int = 0
    qualified: int = 0
    certificates: int = 0
    opening_decisions: int = 0
    recognition_decisions: int = 0
    report_numbers: int = 0


@dataclass(frozen=True)
class Task:
    """The next thing to do and the tab where it is done (English code word)."""

    text: str
    tab: str
    is_urgent: bool = False


@dataclass(frozen=True)
class ClassRow:
    """One line of the class list."""

    id: int
    code: str
    title: str
    short_title: str
    programme: str
    starts_on: datetime.date
    ends_on: datetime.date
    year: int
    venue: str
    manager: str
    status: ClassStatus
    learners: int
    sessions: int
    sessions_marked: int
    task: Task | None


def class_list(db: Session) -> list[ClassRow]:
    """Return every class, newest first, with the next thing to do; a lecturer's only own ones."""
    user = guard.read(db, Permission.READ, Permission.READ_OWN)
    figures, marked = _figures(db), _marked_sessions(db)
    query = (
        select(TrainingClass, Programme, LearningRule.is_assessed)
        .join(ProgrammeVersion, ProgrammeVersion.id == TrainingClass.version_id)
        .join(Programme, Programme.id == ProgrammeVersion.programme_id)
        .join(LearningRule, LearningRule.version_id == ProgrammeVersion.id)
        .order_by(TrainingClass.starts_on.desc(), TrainingClass.id.desc())
    )
    if user.is_only_lecturer:
        query = query.where(TrainingClass.id.in_(guard.taught_classes(user)))
    return [
        _row(
            row,
            programme,
            _completed(db, row, figures.get(row.id, Figures()), marked.get(row.id, [])),
            is_assessed,
        )
        for row, programme, is_assessed in db.execute(query)
    ]


def next_task(
    status: ClassStatus, figures: Figures, document: CompletionDocument, *, is_assessed: bool
) -> Task | None:
    """Tell the next thing to do in a class; None when it is closed."""
    if status is ClassStatus.CLOSED:
        return None
    if status is ClassStatus.FINALISED:
        return _task_after_results(figures, document)
    return _task_before_results(figures, is_assessed=is_assessed)


def _task_before_results(figures: Figures, *, is_assessed: bool) -> Task:
    if not figures.opening_decisions:
        return Task("Chưa có quyết định mở lớp", "info")
    if not figures.sessions:
        return Task("Chưa có lịch học", "timetable")
    if not figures.learners:
        return Task("Chưa có danh sách học viên", "roll")
    if figures.sessions_marked < figures.sessions:
        return Task(f"Chưa điểm danh buổi {figures.next_session}", "attendance")
    if is_assessed and figures.marks_missing:
        return Task(f"{figures.marks_missing} học viên thiếu điểm", "results", True)
    return Task("Chờ chốt kết quả", "results")


def _task_after_results(figures: Figures, document: CompletionDocument) -> Task:
    if document is CompletionDocument.CERTIFICATE and figures.qualified:
        if not figures.recognition_decisions:
            return Task("Chưa có quyết định công nhận", "certificates")
        if figures.certificates < figures.qualified:
            waiting = figures.qualified - figures.certificates
            return Task(f"Chờ cấp {waiting} giấy", "certificates")
    if not figures.report_numbers:
        return Task("Thiếu báo cáo tổng kết", "dossier")
    return Task("Chờ bế giảng", "dossier")


def _row(
    row: TrainingClass,
    programme: Programme,
    figures: Figures,
    is_assessed: bool,
) -> ClassRow:
    return ClassRow(
        id=row.id,
        code=row.code,
        title=row.title,
        short_title=row.title.replace(programme.name, programme.short_name, 1),
        programme=programme.short_name,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        year=row.year,
        venue=row.venue,
        manager=row.manager,
        status=row.status,
        learners=figures.learners,
        sessions=figures.sessions,
        sessions_marked=figures.sessions_marked,
        task=next_task(row.status, figures, programme.document, is_assessed=is_assessed),
    )


def _completed(
    db: Session, row: TrainingClass, figures: Figures, marked: list[tuple[int, bool]]
) -> Figures:
    """Add what is marked, and who may be marked and is not in the few classes taught so far."""
    if row.status in _FINAL:
        return replace(figures, sessions_marked=figures.sessions)
    done = sum(is_marked for _, is_marked in marked)
    first = next((number for number, is_marked in marked if not is_marked), 0)
    figures = replace(figures, sessions_marked=done, next_session=first)
    if row.status is not ClassStatus.RUNNING or not done or first:
        return figures
    if not guard.user_of(db).may(Permission.READ):
        return figures
    return replace(figures, marks_missing=results.marks_missing(db, row.id))


def _marked_sessions(db: Session) -> dict[int, list[tuple[int, bool]]]:
    """Tell by class the sessions in order, and whether everybody who takes part is marked."""
    marks = select(AttendanceRecord).where(AttendanceRecord.class_session_id == ClassSession.id)
    unmarked = select(Enrolment).where(
        Enrolment.training_class_id == ClassSession.training_class_id,
        func.coalesce(Enrolment.entered_on, ClassSession.held_on) <= ClassSession.held_on,
        func.coalesce(Enrolment.left_on, ClassSession.held_on) >= ClassSession.held_on,
        ~marks.where(AttendanceRecord.enrolment_id == Enrolment.id)
        .correlate(ClassSession, Enrolment)
        .exists(),
    )
    query = (
        select(
            ClassSession.training_class_id,
            ClassSession.number,
            TrainingClass.is_absences_only | (marks.exists() & ~unmarked.exists()),
        )
        .join(TrainingClass, TrainingClass.id == ClassSession.training_class_id)
        .where(TrainingClass.status.not_in(_FINAL))
        .order_by(ClassSession.training_class_id, ClassSession.number)
    )
    sessions: dict[int, list[tuple[int, bool]]] = {}
    for class_id, number, is_marked in db.execute(query):
        sessions.setdefault(class_id, []).append((number, bool(is_marked)))
    return sessions


def _figures(db: Session) -> dict[int, Figures]:
    counts = {name: _counts(db, query) for name, query in _COUNTS.items()}
    ids = {class_id for column in counts.values() for class_id in column}
    return {
        class_id: Figures(**{name: column.get(class_id, 0) for name, column in counts.items()})
        for class_id in ids
    }


def _counts(db: Session, query: Select[int, int]) -> dict[int, int]:
    return dict(db.execute(query).all())


def _per_class(
    owner: InstrumentedAttribute[int], *conditions: ColumnElement[bool]
) -> Select[int, int]:
    return select(owner, func.count()).where(*conditions).group_by(owner)


def _per_enrolment(
    enrolment_id: InstrumentedAttribute[int], *conditions: ColumnElement[bool]
) -> Select[int, int]:
    return _per_class(Enrolment.training_class_id, *conditions).join_from(
        Enrolment, enrolment_id.class_, enrolment_id == Enrolment.id
    )


_COUNTS = {
    "learners": _per_class(Enrolment.training_class_id),
    "sessions": _per_class(ClassSession.training_class_id),
    "qualified": _per_enrolment(
        AssessmentResult.enrolment_id, AssessmentResult.verdict == Verdict.QUALIFIED
    ),
    "certificates": _per_enrolment(
        Certificate.enrolment_id, Certificate.status == CertificateStatus.ISSUED
    ),
    "opening_decisions": _per_class(
        Decision.training_class_id, Decision.kind == DecisionKind.OPENING
    ),
    "recognition_decisions": _per_class(
        Decision.training_class_id, Decision.kind == DecisionKind.RECOGNITION
    ),
    "report_numbers": _per_class(ClosingReport.training_class_id, ClosingReport.number != ""),
}

_FINAL = (ClassStatus.FINALISED, ClassStatus.CLOSED)
