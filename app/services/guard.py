"""What must hold before anything is written."""

from collections.abc import Collection
from typing import TypeVar

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from app import journal, text
from app.errors import InputError, PermissionDenied, RuleError
from app.models import Base, ClassSession, TeachingAssignment, TrainingClass
from app.rules.permissions import User
from app.terms import ClassStatus, Permission

ModelT = TypeVar("ModelT", bound=Base)


def permit(db: Session, *permissions: Permission) -> User:
    """Return the user when any of these rights is the user's; the journal keeps which."""
    user = read(db, *permissions)
    journal.permitted(db, next(one for one in permissions if user.may(one)))
    return user


def read(db: Session, *permissions: Permission) -> User:
    """Return the user when any of these rights is the user's; looking allows no change."""
    user = user_of(db)
    if any(user.may(permission) for permission in permissions):
        return user
    raise PermissionDenied(
        f"{user.title or 'Người dùng này'} không có quyền {permissions[0].label}. "
        "Nhờ người có quyền làm, hoặc đổi người dùng."
    )


def user_of(db: Session) -> User:
    """Return who works at the program."""
    user: User = db.info["user"]
    return user


def read_class(db: Session, class_id: int) -> TrainingClass:
    """Return the class to whoever may read the books, to a lecturer only an own one."""
    user = read(db, Permission.READ, Permission.READ_OWN)
    if user.is_only_lecturer and class_id not in set(db.scalars(taught_classes(user))):
        raise PermissionDenied("Chỉ xem được lớp mình dạy. Chọn lớp ở Buổi của tôi.")
    return existing_class(db, class_id)


def taught_classes(user: User) -> Select[int]:
    """Select the ids of the classes in which the user teaches."""
    own = TeachingAssignment.lecturer_id == user.lecturer_id
    return select(ClassSession.training_class_id).join(TeachingAssignment).where(own)


def permit_attendance(db: Session, session_ids: Collection[int]) -> None:
    """Allow marking: every class to whoever keeps the books, a lecturer only the own sessions."""
    user = permit(db, Permission.MARK_ATTENDANCE, Permission.MARK_OWN_ATTENDANCE)
    if user.may(Permission.MARK_ATTENDANCE):
        return
    own = TeachingAssignment.lecturer_id == user.lecturer_id
    query = select(TeachingAssignment.class_session_id).where(own)
    if set(session_ids) - set(db.scalars(query)):
        raise PermissionDenied("Chỉ điểm danh được buổi được phân công dạy. Chọn buổi của mình.")


def permit_own(db: Session) -> User:
    """Return the user, for what everybody may do about oneself: change the own password."""
    user = user_of(db)
    journal.permitted(db, Permission.READ_OWN)
    return user


def existing(db: Session, model: type[ModelT], key: object, what: str) -> ModelT:
    """Return the row, or refuse in words when it is gone."""
    row = db.get(model, key)
    if row is None:
        raise RuleError(f"Không còn {what} này. Tải lại màn hình (F5) rồi chọn lại.")
    return row


def existing_class(db: Session, class_id: int) -> TrainingClass:
    """Return the class, closed or not; an act under way is about it."""
    row = existing(db, TrainingClass, class_id, "lớp")
    journal.concerns(db, row.title)
    return row


def class_for_change(db: Session, class_id: int) -> TrainingClass:
    """Return the class unless it is closed: a closed class refuses every change."""
    training_class = existing_class(db, class_id)
    if training_class.status is ClassStatus.CLOSED:
        raise RuleError("Lớp đã bế giảng, số liệu đã khóa. Muốn sửa thì phải mở lại lớp.")
    return training_class


def class_before_final(db: Session, class_id: int) -> TrainingClass:
    """Return the class unless its results are final."""
    training_class = class_for_change(db, class_id)
    if training_class.status is ClassStatus.FINALISED:
        raise RuleError("Lớp đã chốt kết quả. Bỏ chốt ở thẻ Kết quả rồi mới sửa được.")
    return training_class


def required(value: str, what: str, field: str) -> str:
    """Return the cleaned text, or refuse an empty one."""
    cleaned = text.clean(value)
    if not cleaned:
        raise InputError(f"Thiếu {what}. Ghi vào rồi lưu lại.", field)
    return cleaned
