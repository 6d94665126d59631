"""What is shown while a class has nobody or nothing to mark."""

from collections.abc import Callable

from app.ui.attendance.model import AttendanceModel
from app.ui.buttons import button
from app.ui.messages import EmptyState

_ABOUT = "Có danh sách và lịch học rồi mới điểm danh được."


def nothing_to_mark(
    model: AttendanceModel, go_to_tab: Callable[[str], object]
) -> EmptyState | None:
    """Why there is no grid yet and the way to what comes first; None when there is one."""
    if not model.learners:
        icon, title, act, tab = "users", "Lớp chưa có học viên", "Đến danh sách học viên", "roll"
    elif not model.sessions:
        icon, title, act, tab = "calendar-days", "Lớp chưa có lịch học", "Đến lịch học", "timetable"
    else:
        return None
    way = button(act, "primary", name="way_out")
    way.clicked.connect(lambda: go_to_tab(tab))
    made = EmptyState(icon, title, _ABOUT, [way])
    made.setFocusProxy(way)
    return made
