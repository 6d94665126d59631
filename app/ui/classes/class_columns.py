"""Columns of the class list (picture 02)."""

from typing import TYPE_CHECKING

from app import dates
from app.terms import ClassStatus
from app.ui import chips
from app.ui.columns import RIGHT, Column, number_column

if TYPE_CHECKING:
    # Services import SQLAlchemy, which takes longer than the window to paint.
    from app.services.class_tasks import ClassRow


def columns() -> "list[Column[ClassRow]]":
    """Name, programme, days, state, learners, sessions, next task; more on demand."""
    return [
        Column(
            "Tên lớp",
            lambda row: row.short_title,
            id="title",
            stretch=True,
            strong=lambda row: row.status is not ClassStatus.CLOSED,
            tooltip=lambda row: row.title,
        ),
        Column("Chương trình", lambda row: row.programme, id="programme", width=160),
        Column(
            "Thời gian",
            lambda row: dates.span(row.starts_on, row.ends_on),
            sort_key=lambda row: row.starts_on,
            id="period",
            width=150,
        ),
        Column(
            "Trạng thái",
            lambda row: row.status.label,
            sort_key=lambda row: row.status.step,
            id="status",
            width=124,
            chip=lambda row: chips.class_status(row.status),
        ),
        number_column("Học viên", lambda row: row.learners, id="learners", width=72),
        _sessions(),
        _task(),
        Column("Tên đầy đủ", lambda row: row.title, id="full_title", width=320, hidden=True),
        Column("Mã lớp", lambda row: row.code, id="code", hidden=True),
        Column("Địa điểm", lambda row: row.venue, id="venue", hidden=True),
        Column("Chủ nhiệm", lambda row: row.manager, id="manager", hidden=True),
    ]


def _sessions() -> "Column[ClassRow]":
    """Sessions with attendance out of all, as a bar with its numbers."""
    return Column(
        "Buổi",
        lambda row: f"{row.sessions_marked}/{row.sessions}" if row.sessions else "",
        sort_key=lambda row: _share(row) if row.sessions else None,
        align=RIGHT,
        id="sessions",
        width=124,
        searched=False,
        bar=lambda row: _share(row) if row.sessions else None,
        tooltip=lambda row: f"Đã điểm danh {row.sessions_marked} trong {row.sessions} buổi",
    )


def _share(row: "ClassRow") -> float:
    """Part of the sessions that is marked."""
    return row.sessions_marked / row.sessions


def _task() -> "Column[ClassRow]":
    """The next thing to do; urgent ones in red with a shape."""
    return Column(
        "Việc tiếp theo",
        lambda row: row.task.text if row.task else "",
        id="task",
        width=196,
        colour=lambda row: "bad" if row.task and row.task.is_urgent else "text2",
        icon=lambda row: ("circle-alert", "bad") if row.task and row.task.is_urgent else None,
        tooltip=lambda row: row.task.text if row.task else "",
    )
