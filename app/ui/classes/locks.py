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


def why_attendance_is_locked(
    status: ClassStatus, *, is_only_lecturer: bool
) -> tuple[str, str] | None:
    """What the banner over the attendance says: what is so, and what to do."""
    if status is ClassStatus.FINALISED:
        mend = "Cần sửa thì nhờ giáo vụ." if is_only_lecturer else "Muốn sửa: bỏ chốt ở Kết quả."
        return "Đã chốt kết quả, điểm danh chỉ xem.", mend
    if status is ClassStatus.CLOSED:
        return "Lớp đã bế giảng, điểm danh chỉ xem.", "Vẫn xem và in được."
    return None
