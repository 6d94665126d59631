"""What may be undone: what has gone out on paper is revoked or reopened with a reason instead."""

from collections.abc import Iterator, Sequence

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from app import journal, text
from app.errors import RuleError
from app.models import (
    Certificate,
    Enrolment,
    JournalAct,
    JournalChange,
    TrainingClass,
)
from app.services import guard
from app.services.history_names import Names
from app.terms import ActKind, CertificateStatus, ClassStatus, Permission

FINAL_TABLES = {
    "certificate": "Số đã vào sổ không thu lại bằng hoàn tác, giấy đã thu hồi cũng vậy. "
    "Cấp sai thì dùng “Thu hồi”, thu hồi nhầm thì dùng “Xét lại kết quả”.",
    "account": "Việc về người dùng và mật khẩu không hoàn tác. Sửa ở Cài đặt, Người dùng.",
    "account_role": "Việc về người dùng và mật khẩu không hoàn tác. Sửa ở Cài đặt, Người dùng.",
}
CLOSING = "Bế giảng, mở lại lớp không hoàn tác. Đổi lại bằng nút ở thẻ Hồ sơ lớp của lớp đó."
EARNED = {
    "enrolment",
    "attendance_record",
    "assessment_result",
    "class_session",
    "teaching_assignment",
}
TOLD_AT_ONCE = 3


def final_reasons(db: Session, acts: Sequence[JournalAct]) -> dict[int, str]:
    """Return for each act why it can never be undone, empty when it can."""
    ids = [act.id for act in acts]
    of_these = JournalChange.act_id.in_(ids)
    touched = select(JournalChange.act_id, JournalChange.table_name).where(
        of_these, JournalChange.table_name.in_(FINAL_TABLES)
    )
    final = dict.fromkeys(_closings(db, of_these), CLOSING)
    final |= {act_id: FINAL_TABLES[table] for act_id, table in db.execute(touched.distinct())}
    return {
        act.id: final.get(act.id, "")
        if act.kind is ActKind.CHANGE
        else f"Mục “{act.kind.label}” không phải thay đổi để hoàn tác."
        for act in acts
    }


def check_undo(db: Session, act: JournalAct) -> None:
    """Refuse what cannot be undone now."""
    if reason := final_reasons(db, [act])[act.id]:
        raise RuleError(reason)
    _check(db, act, act, "hoàn tác")


def check_redo(db: Session, act: JournalAct) -> None:
    """Refuse what cannot be done again now."""
    root = db.get(JournalAct, act.undoes) if act.undoes else None
    if act.kind is not ActKind.UNDO or root is None:
        raise RuleError("Việc này không phải một lần hoàn tác. Tải lại màn hình (F5).")
    _check(db, act, root, "làm lại")


def _check(db: Session, act: JournalAct, root: JournalAct, verb: str) -> None:
    is_live = select(JournalAct.id).where(JournalAct.id == act.id, journal.is_live())
    if db.scalar(is_live) is None:
        raise RuleError(f"“{root.name}” đã được {verb} rồi. Tải lại màn hình (F5).")
    for code in root.permissions.split():
        guard.permit(db, Permission.of(code))
    changes = db.scalars(select(JournalChange).where(JournalChange.act_id == act.id)).all()
    _check_classes(db, changes, verb)
    if found := journal.obstacles(db, act.id):
        raise RuleError(_newer(root.name, found, verb))


def _newer(name: str, found: list[journal.Obstacle], verb: str) -> str:
    told = "; ".join(f"“{one.name}” ({_who(one)})" for one in found[:TOLD_AT_ONCE])
    more = len(found) - TOLD_AT_ONCE
    rest = f" và {more} việc khác" if more > 0 else ""
    return (
        f"Chưa {verb} được “{name}”: việc làm sau đã đổi cùng dữ liệu: {told}{rest}. "
        "Hoàn tác những việc đó trước. Chưa đổi gì."
    )


def _who(one: journal.Obstacle) -> str:
    return text.clean(f"{one.actor} mục {one.act_id}")


def _closings(db: Session, of_these: ColumnElement[bool]) -> list[int]:
    """Return the acts that closed or reopened a class."""
    closed = f'%"status":"{ClassStatus.CLOSED.value}"%'
    query = select(JournalChange.act_id).where(
        of_these,
        JournalChange.table_name == TrainingClass.__tablename__,
        or_(JournalChange.before.like(closed), JournalChange.after.like(closed)),
    )
    return list(db.scalars(query))


def _check_classes(db: Session, changes: Sequence[JournalChange], verb: str) -> None:
    """A class that is closed or final refuses what its screens would refuse."""
    changes = [change for change in changes if not _only_renames_learner(change)]
    seals = any("frozen_rules" in (change.after or "") for change in changes)
    tables = {change.table_name for change in changes}
    for class_id in set(_classes(db, changes)):
        row = db.get(TrainingClass, class_id)
        if row is None:
            continue
        if row.status is ClassStatus.CLOSED:
            raise RuleError(f"Lớp {row.title} đã bế giảng, chưa {verb} được. Mở lại lớp trước.")
        if seals and _has_certificates(db, class_id):
            raise RuleError(f"Lớp {row.title} đã cấp giấy chứng nhận, chưa {verb} được việc chốt.")
        if row.status is ClassStatus.FINALISED and not seals and tables & EARNED:
            raise RuleError(f"Lớp {row.title} đã chốt kết quả, chưa {verb} được. Bỏ chốt trước.")


def _only_renames_learner(change: JournalChange) -> bool:
    """Two records of one person became one: what the class holds is still that person's."""
    image = journal.read_image(change.after) if change.before else None
    return change.table_name == Enrolment.__tablename__ and set(image or ()) == {"student_id"}


def _has_certificates(db: Session, class_id: int) -> bool:
    query = (
        select(Certificate.id)
        .join(Enrolment, Enrolment.id == Certificate.enrolment_id)
        .where(
            Enrolment.training_class_id == class_id,
            Certificate.status != CertificateStatus.REVOKED,
        )
    )
    return db.scalar(query.limit(1)) is not None


def _classes(db: Session, changes: Sequence[JournalChange]) -> Iterator[int]:
    """Return the classes the rows belong to."""
    names = Names(db)
    for change in changes:
        image = journal.read_image(change.after or change.before) or {}
        key, table = change.row_key, change.table_name
        found = None
        if table in ("training_class", "closing_report"):
            found = int(key)
        elif table in ("attendance_record", "assessment_result"):
            found = names.value("enrolment", key.partition("/")[0], "training_class_id")
        elif table == "teaching_assignment":
            found = names.value("class_session", key.partition("/")[0], "training_class_id")
        elif table in ("enrolment", "class_session", "decision"):
            own = image.get("training_class_id")
            found = own or names.value(table, key, "training_class_id")
        if found:
            yield int(found)
