"""Why something of a class cannot be changed now, and switching it off for that reason."""

from PySide6.QtWidgets import QWidget

from app.terms import ClassStatus


def timetable_lock(status: ClassStatus) -> str:
    """Why the timetable cannot be changed; empty when it can."""
    if status is ClassStatus.CLOSED:
        return "Lớp đã bế giảng. Lịch học đã khóa, chỉ xem và in."
    if status is ClassStatus.FINALISED:
        return "Lớp đã chốt kết quả. Bỏ chốt ở thẻ Kết quả rồi mới sửa lịch học được."
    return ""


def allow(widget: QWidget, reason: str) -> None:
    """Switch a widget off for a reason, which becomes its tooltip, or on without one."""
    widget.setEnabled(not reason)
    widget.setToolTip(reason)
