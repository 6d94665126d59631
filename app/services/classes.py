"""A class from opening on: its facts, its decisions and its steps."""

import datetime
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from app import dates, journal, numbers, text
from app.errors import InputError, RuleError
from app.models import (
    Certificate,
    Decision,
    Enrolment,
    ProgrammeVersion,
    TrainingClass,
)
from app.rules import classes as class_rules
from app.rules.classes import Condition
from app.services import guard
from app.terms import ClassStatus, DecisionKind, Permission


@dataclass(frozen=True)
class DecisionForm:
    """A decision: number "09-QĐ/TTCT", its day and who signed or issued it."""

    number: str
    signed_on: datetime.date
    signatory: str = ""
    issuer: str = ""


@dataclass(frozen=True)
class ClassForm:
    """What the clerk fills in about a class."""

    version_id: int
    name: str
    intake: str
    starts_on: datetime.date
    ends_on: datetime.date
    venue: str = ""
    manager: str = ""
    partner: str = ""
    plan: str = ""
    convened: int | None = None
    code: str = ""
    opening_decision: DecisionForm | None = None


@dataclass(frozen=True)
class ClassDetail(ClassForm):
    """A stored class with what every screen of it shows."""

    id: int = 0
    year: int = 0
    status: ClassStatus = ClassStatus.PLANNED
    programme: str = ""
    legal_basis: str = ""
    closed_on: datetime.date | None = None
    recognition_decision: DecisionForm | None = None
    sessions: int = 0
    periods: int = 0
    learners: int = 0
    title: str = ""
    short_title: str = ""
    printed_title: str = ""


def class_detail(db: Session, class_id: int) -> ClassDetail:
    """Return one class."""
    guard.read_class(db, class_id)
    options = (joinedload(TrainingClass.version).joinedload(ProgrammeVersion.programme),)
    row = db.get(TrainingClass, class_id, options=options)
    if row is None:
        raise RuleError("Không còn lớp này. Về danh sách lớp và chọn lại.")
    programme = row.version.programme
    decisions = {decision.kind: _decision_form(decision) for decision in row.decisions}
    common = {name: getattr(row, name) for name in _COPIED}
    return ClassDetail(
        **common,
        programme=programme.name,
        short_title=row.title.replace(programme.name, programme.short_name, 1),
        legal_basis=row.version.legal_basis,
        opening_decision=decisions.get(DecisionKind.OPENING),
        recognition_decision=decisions.get(DecisionKind.RECOGNITION),
        sessions=len(row.sessions),
        periods=sum(session.periods for session in row.sessions),
        learners=learner_count(db, class_id),
    )


def find_class(db: Session, key: str) -> int:
    """Return the id of the class with this code or id (for the commands)."""
    guard.read(db, Permission.READ)
    by_code = db.scalar(select(TrainingClass.id).where(TrainingClass.code == key.strip()))
    if by_code is not None:
        return by_code
    by_id = int(key) if key.isdecimal() and len(key) < 10 else 0
    if db.get(TrainingClass, by_id) is not None:
        return by_id
    codes = ", ".join(db.scalars(select(TrainingClass.code).order_by(TrainingClass.code)))
    raise InputError(f"Không có lớp “{key}”. Các lớp: {codes or 'chưa có lớp nào'}.", "class")


def open_class(db: Session, form: ClassForm) -> int:
    """Open a class from a programme version; return its id."""
    guard.permit(db, Permission.EDIT_CLASSES)
    version = guard.existing(db, ProgrammeVersion, form.version_id, "bản chương trình")
    row = TrainingClass(status=ClassStatus.PLANNED, version=version)
    _fill(db, row, form)
    journal.concerns(db, row.title)
    return row.id


def save_class(db: Session, class_id: int, form: ClassForm) -> None:
    """Change what is known about a class; its programme version stays once it has sessions."""
    guard.permit(db, Permission.EDIT_CLASSES)
    row = guard.class_for_change(db, class_id)
    if form.version_id != row.version_id:
        if row.sessions:
            raise RuleError("Lớp đã có lịch học, không đổi chương trình được. Mở lớp khác.")
        row.version = guard.existing(db, ProgrammeVersion, form.version_id, "bản chương trình")
    days_change = (form.starts_on, form.ends_on) != (row.starts_on, row.ends_on)
    if row.status is ClassStatus.FINALISED and days_change:
        raise RuleError("Lớp đã chốt kết quả, ngày khai giảng, bế giảng in trên giấy không đổi.")
    if days_change and form.starts_on <= form.ends_on:
        _check_sessions_inside(row, form)
    _fill(db, row, form)


def record_decision(db: Session, class_id: int, kind: DecisionKind, form: DecisionForm) -> None:
    """Write down a decision of the class; a second one of the kind corrects the first."""
    guard.permit(db, Permission.WRITE_REPORTS)
    row = guard.class_for_change(db, class_id)
    if kind is DecisionKind.RECOGNITION and row.status is not ClassStatus.FINALISED:
        raise RuleError("Chưa chốt kết quả. Chốt ở thẻ Kết quả rồi mới ghi quyết định công nhận.")
    if kind is DecisionKind.RECOGNITION:
        _check_before_certificates(db, class_id, form.signed_on)
    _put_decision(db, row, kind, form)


def set_status(db: Session, class_id: int, status: ClassStatus) -> None:
    """Move the class one step forward, or back before the results are final.

    The last two steps freeze something: `results.finalise` and `reports.close_class` take them.
    """
    guard.permit(db, Permission.EDIT_CLASSES)
    row = guard.class_for_change(db, class_id)
    class_rules.check_step(row.status, status)
    if status is ClassStatus.FINALISED:
        raise RuleError("Chốt kết quả ở thẻ Kết quả, sau khi đã đủ điểm danh và điểm.")
    if status is ClassStatus.CLOSED:
        raise RuleError("Bế giảng ở thẻ Hồ sơ lớp, sau khi đã xong giấy tờ.")
    row.status = status


def next_intake(db: Session, version_id: int, year: int) -> str:
    """Propose the intake after the last numbered one of the programme in a year: "khóa II"."""
    guard.read(db, Permission.READ)
    version = guard.existing(db, ProgrammeVersion, version_id, "bản chương trình")
    query = (
        select(TrainingClass.intake)
        .join(ProgrammeVersion, ProgrammeVersion.id == TrainingClass.version_id)
        .where(ProgrammeVersion.programme_id == version.programme_id, TrainingClass.year == year)
    )
    taken = {text.fold(intake) for intake in db.scalars(query)}
    used = [n for n in range(1, 100) if text.fold(f"khóa {numbers.roman(n)}") in taken]
    return f"khóa {numbers.roman(max(used, default=0) + 1)}"


def conditions_to_run(db: Session, class_id: int) -> list[Condition]:
    """Return what a class should have before it starts; none of them is compulsory."""
    detail = class_detail(db, class_id)
    asked = (
        (detail.opening_decision is not None, "quyết định mở lớp", "Ghi ở thẻ Thông tin."),
        (detail.sessions > 0, "lịch học", "Lập ở thẻ Lịch học."),
        (detail.learners > 0, "danh sách học viên", "Nhập ở thẻ Học viên."),
    )
    return [
        Condition(met, f"Đã có {what}" if met else f"Chưa có {what}", "" if met else advice)
        for met, what, advice in asked
    ]


def learner_count(db: Session, class_id: int) -> int:
    """Count the enrolments of a class, those who left included."""
    query = select(func.count()).where(Enrolment.training_class_id == class_id)
    return db.scalar(query) or 0


_COPIED = (
    "id",
    "code",
    "version_id",
    "name",
    "intake",
    "year",
    "starts_on",
    "ends_on",
    "closed_on",
    "venue",
    "manager",
    "partner",
    "plan",
    "convened",
    "status",
    "title",
    "printed_title",
)


def _fill(db: Session, row: TrainingClass, form: ClassForm) -> None:
    if form.ends_on < form.starts_on:
        raise InputError("Ngày bế giảng trước ngày khai giảng. Sửa lại một trong hai.", "ends_on")
    if form.convened is not None and form.convened < 0:
        raise InputError("Số triệu tập không thể âm. Để trống nếu chưa rõ.", "convened")
    row.name = guard.required(form.name, "tên lớp", "name")
    row.intake = text.clean(form.intake)
    row.starts_on, row.ends_on, row.year = form.starts_on, form.ends_on, form.starts_on.year
    for name in ("venue", "manager", "partner", "plan"):
        setattr(row, name, text.clean(getattr(form, name)))
    row.convened = form.convened
    row.code = _code(db, row, form)
    db.add(row)
    db.flush()
    if form.opening_decision is not None:
        _put_decision(db, row, DecisionKind.OPENING, form.opening_decision)


def _code(db: Session, row: TrainingClass, form: ClassForm) -> str:
    wanted = text.clean(form.code).upper()
    stem = wanted or class_rules.class_code(row.version.programme.code, row.intake, row.year)
    query = select(TrainingClass.code).where(TrainingClass.id != (row.id or 0))
    with db.no_autoflush:
        taken = set(db.scalars(query))
    if wanted and wanted in taken:
        raise InputError(f"Mã lớp {wanted} đã dùng. Chọn mã khác.", "code")
    return class_rules.free_code(stem, taken)


def _check_sessions_inside(row: TrainingClass, form: ClassForm) -> None:
    """The days printed on certificates hold every class session."""
    for session in row.sessions:
        if not form.starts_on <= session.held_on <= form.ends_on:
            field = "starts_on" if session.held_on < form.starts_on else "ends_on"
            raise InputError(
                f"Buổi {session.number} học ngày {dates.grid(session.held_on)}, ngoài thời gian "
                "này. Sửa lịch học trước.",
                field,
            )


def _check_before_certificates(db: Session, class_id: int, signed_on: datetime.date) -> None:
    """A certificate is never older than the decision it rests on."""
    query = select(func.min(Certificate.issued_on)).join(Enrolment)
    first = db.scalar(query.where(Enrolment.training_class_id == class_id))
    if first and signed_on > first:
        raise InputError(
            f"Đã cấp giấy chứng nhận ngày {dates.grid(first)}, trước ngày quyết định này. "
            "Xem lại ngày ký.",
            "signed_on",
        )


def _put_decision(db: Session, row: TrainingClass, kind: DecisionKind, form: DecisionForm) -> None:
    number = guard.required(form.number, "số quyết định", "number")
    decision = next((old for old in row.decisions if old.kind is kind), None)
    if decision is None:
        decision = Decision(kind=kind, training_class=row)
        db.add(decision)
    decision.number, decision.signed_on = number, form.signed_on
    decision.signatory, decision.issuer = text.clean(form.signatory), text.clean(form.issuer)
    db.flush()


def _decision_form(decision: Decision) -> DecisionForm:
    return DecisionForm(decision.number, decision.signed_on, decision.signatory, decision.issuer)
