"""What must hold before anything is written."""

from typing import TypeVar

from sqlalchemy.orm import Session

from app import text
from app.errors import InputError, RuleError
from app.models import Base, TrainingClass
from app.terms import ClassStatus

ModelT = TypeVar("ModelT", bound=Base)


def existing(db: Session, model: type[ModelT], key: object, what: str) -> ModelT:
    """Return the row, or refuse in words when it is gone."""
    row = db.get(model, key)
    if row is None:
        raise RuleError(f"Không còn {what} này. Tải lại màn hình (F5) rồi chọn lại.")
    return row


def existing_class(db: Session, class_id: int) -> TrainingClass:
    """Return the class, closed or not."""
    return existing(db, TrainingClass, class_id, "lớp")


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
