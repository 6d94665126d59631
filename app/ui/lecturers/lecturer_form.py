"""The dialog of a lecturer."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, cast

from PySide6.QtWidgets import QWidget

from app.terms import Employment
from app.ui.fields import CheckField, Choice, NameField, TextField
from app.ui.form import Form, FormDialog

if TYPE_CHECKING:
    # Services import SQLAlchemy, which takes longer than the window to paint.
    from app.services.lecturers import LecturerForm, LecturerRow

_NEW: dict[str, object] = {"employment": Employment.PART_TIME, "is_active": True}


def lecturer_dialog(
    parent: QWidget, row: "LecturerRow | None", save: Callable[["LecturerForm"], object]
) -> FormDialog:
    """Add a lecturer, or change one."""
    form = Form(lambda values: save(_lecturer_of(values)))
    form.add_row(
        NameField("full_name", "Họ và tên", required=True),
        Choice("employment", "Loại", [(kind, kind.label) for kind in Employment]),
        stretch=(3, 2),
    )
    form.add_row(TextField("position", "Chức vụ"), TextField("workplace", "Cơ quan"))
    form.add_row(
        TextField("academic_title", "Học hàm, học vị, trình độ"), TextField("phone", "Điện thoại")
    )
    form.add_row(
        TextField("appointment", "Quyết định công nhận", note="Ví dụ: 05-QĐ/TTCT, 10/02/2026")
    )
    form.add_row(TextField("note", "Ghi chú"))
    form.add_row(CheckField("is_active", "Đang giảng", note="Bỏ dấu khi thôi giảng; lịch cũ còn."))
    form.load(_values_of(row) if row else _NEW)
    title = f"Sửa giảng viên {row.full_name}" if row else "Thêm giảng viên"
    action = "Lưu thay đổi" if row else "Thêm giảng viên"
    dialog = FormDialog(parent, title, form, action=action, width=620)
    dialog.setObjectName("lecturer_dialog")
    return dialog


def _values_of(row: "LecturerRow") -> dict[str, object]:
    """What the form shows of a stored lecturer."""
    from app.services.lecturers import LecturerForm

    return {name: getattr(row, name) for name in LecturerForm.__dataclass_fields__}


def _lecturer_of(values: dict[str, object]) -> "LecturerForm":
    """The lecturer a form holds; its field names are those of LecturerForm."""
    from app.services.lecturers import LecturerForm

    return LecturerForm(**cast(dict[str, Any], values))
