"""Columns and looks of a class's timetable (picture 03)."""

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from app import dates
from app.terms import HalfDay
from app.ui.chips import ChipLook
from app.ui.columns import CENTRE, Column, number_column

if TYPE_CHECKING:
    # Services import SQLAlchemy, which takes longer than the window to paint.
    from app.services.timetable import SessionRow

_NOW = {
    HalfDay.MORNING: "Sáng nay",
    HalfDay.AFTERNOON: "Chiều nay",
    HalfDay.EVENING: "Tối nay",
}
Today = Callable[[], date]


def day_words(day: date) -> str:
    """ "T4, 07/10": the year stands in the head of the class."""
    return f"{dates.weekday_short(day)}, {dates.grid(day)[:5]}"


def is_over(row: "SessionRow", today: date) -> bool:
    """Whether a session counts as held: marked, or its day is past."""
    return bool(row.marked) or row.held_on < today


def progress(rows: "list[SessionRow]", today: date) -> str:
    """ "12/17 buổi đã học · 60/85 tiết"."""
    over = [row for row in rows if is_over(row, today)]
    held, planned = sum(row.periods for row in over), sum(row.periods for row in rows)
    return f"{len(over)}/{len(rows)} buổi đã học · {held}/{planned} tiết"


def tint(row: "SessionRow", today: date) -> str:
    """Red for a double booking, blue for today."""
    if row.clashes:
        return "bad_t"
    return "primary_t" if row.held_on == today else ""


def columns(today: Today) -> "list[Column[SessionRow]]":
    """Number, day, half day, kind, title, lecturer, room, periods, state."""
    return [
        number_column("Số", lambda row: row.number, id="number", width=42, align=CENTRE),
        Column(
            "Ngày",
            lambda row: day_words(row.held_on),
            sort_key=lambda row: (row.held_on, row.half_day.order),
            id="held_on",
            width=84,
        ),
        Column("Buổi", lambda row: row.half_day.label, id="half_day", width=66),
        Column("Loại", lambda row: row.kind.label, id="kind", width=98),
        Column(
            "Nội dung",
            lambda row: row.title,
            id="title",
            stretch=True,
            tooltip=lambda row: row.title,
        ),
        _lecturer(),
        Column(
            "Phòng", lambda row: row.venue, id="venue", width=140, tooltip=lambda row: row.venue
        ),
        number_column("Tiết", lambda row: row.periods, id="periods", width=48, align=CENTRE),
        _state(today),
    ]


def _lecturer() -> "Column[SessionRow]":
    """Who teaches; red with a shape where somebody is booked twice."""
    return Column(
        "Giảng viên",
        lambda row: ", ".join(row.lecturers),
        id="lecturers",
        width=176,
        colour=lambda row: "bad" if row.clashes else "",
        icon=lambda row: ("triangle-alert", "bad") if row.clashes else None,
        tooltip=lambda row: "\n".join(row.clashes) or ", ".join(row.lecturers),
    )


def _state(today: Today) -> "Column[SessionRow]":
    """Held and marked, missing its attendance, today, still to come, or in conflict."""
    return Column(
        "Tình trạng",
        lambda row: _state_words(row, today()),
        id="state",
        width=142,
        searched=False,
        colour=lambda _row: "text2",
        icon=lambda row: ("check", "ok") if row.marked else None,
        chip=lambda row: _state_chip(row, today()),
    )


def _state_words(row: "SessionRow", today: date) -> str:
    """The state in words."""
    if chip := _state_chip(row, today):
        return chip.text
    return "Đã học" if row.marked else "Chưa học"


def _state_chip(row: "SessionRow", today: date) -> ChipLook | None:
    """States that ask for a look."""
    if row.clashes:
        return ChipLook("Trùng lịch GV", "bad", "triangle-alert")
    if row.marked:
        return None
    if row.held_on < today:
        return ChipLook("Chưa điểm danh", "bad")
    return ChipLook(_NOW[row.half_day], "info") if row.held_on == today else None
