"""Buổi của tôi: what a lecturer teaches, today first, and the way to its attendance."""

import datetime
from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from app import dates
from app.ui import days, theme
from app.ui.buttons import button, set_text
from app.ui.chips import ChipLook
from app.ui.columns import Column, number_column
from app.ui.context import Context
from app.ui.labels import label
from app.ui.messages import EmptyState
from app.ui.page import Page
from app.ui.table import TableModel
from app.ui.table_view import TableView

if TYPE_CHECKING:
    # Services import SQLAlchemy, which takes longer than the window to paint.
    from app.services.own_sessions import OwnSession


class OwnSessionsPage(Page):
    """The own sessions; Enter or the one button opens the attendance of the class."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.setObjectName("own_sessions_page")
        self.model: TableModel[OwnSession] = TableModel(_columns(), key=lambda row: row.id)
        self.model.row_tint = lambda row: "primary_t" if row.held_on == days.today() else ""
        self.view = TableView(self.model, "own_sessions", height=40)
        self.view.setAccessibleName("Buổi của tôi")
        self._about = label("", "muted")
        self._open = button("Điểm danh", "primary", "clipboard-check", name="open_attendance")
        self._build()
        self._open.clicked.connect(self.open_selected)
        self.view.opened.connect(lambda _row: self.open_selected())
        self.view.selection_changed.connect(self._renew)
        self.land_on(self.view)

    def _build(self) -> None:
        """Title line and list."""
        height = theme.u(38)
        self._open.setStyleSheet(f"min-height: {height}px; max-height: {height}px;")
        head = QHBoxLayout()
        head.setSpacing(theme.u(12))
        head.addWidget(label("Buổi của tôi", "h1"))
        head.addWidget(self._about, 1)
        head.addWidget(self._open)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.u(16), theme.u(10), theme.u(16), theme.u(8))
        column.setSpacing(theme.u(8))
        column.addLayout(head)
        column.addWidget(self.view, 1)
        self.view.set_empty(
            EmptyState(
                "calendar-days",
                "Chưa có buổi nào",
                "Buổi học hiện ở đây khi giáo vụ phân công trong lịch học.",
            )
        )

    def reload(self) -> None:
        """Read the own sessions."""
        from app.services import own_sessions

        with self.context.database.reading() as db:
            rows = own_sessions.own_sessions(db)
        self.model.set_rows(in_order(rows, days.today()))
        self._about.setText(_sum(rows, days.today()))
        if self.model.shown and self.view.current_row() is None:
            self.view.select_key(self.model.shown[0].id)
        self._renew()

    def _renew(self) -> None:
        """Name the session the button opens."""
        row = self.view.current_row()
        self._open.setEnabled(row is not None)
        words = "Điểm danh" if row is None or row.is_open else "Xem điểm danh"
        set_text(self._open, f"{words} buổi {row.number}" if row else words)

    def open_selected(self) -> None:
        """Go to the attendance of the session of the cursor."""
        if row := self.view.current_row():
            self.context.open("class", row.class_id, "attendance", row.id)


def in_order(rows: "Sequence[OwnSession]", today: datetime.date) -> "list[OwnSession]":
    """Today, then past ones not wholly marked, those to come, and what is done, newest first."""

    def rank(row: "OwnSession") -> tuple[int, int]:
        if row.held_on == today:
            return 0, 0
        if row.held_on > today:
            return 2, 0
        is_done = row.is_marked or not row.is_open
        return (3, -row.held_on.toordinal()) if is_done else (1, 0)

    return sorted(rows, key=rank)


def _sum(rows: "Sequence[OwnSession]", today: datetime.date) -> str:
    """ "Năm 2026: đã đến ngày dạy 12 tiết, còn 8 tiết trong lịch"."""
    year = [row for row in rows if row.held_on.year == today.year]
    held = sum(row.periods for row in year if row.held_on <= today)
    coming = sum(row.periods for row in year) - held
    return f"Năm {today.year}: đã đến ngày dạy {held} tiết, còn {coming} tiết trong lịch"


def _day(row: "OwnSession") -> str:
    """ "T5, 15/10/2026"."""
    return f"{dates.weekday_short(row.held_on)}, {dates.grid(row.held_on)}"


def _state(row: "OwnSession") -> ChipLook:
    """How far the attendance is."""
    if not row.is_open:
        return ChipLook("Đã khóa", "done", "lock")
    if row.is_marked:
        return ChipLook("Đã ghi đủ", "ok", "check")
    if row.held_on > days.today():
        return ChipLook("Chưa đến ngày", "neutral")
    return ChipLook(f"{max(row.learners - row.marked, 0)} chưa ghi", "warn")


def _columns() -> "list[Column[OwnSession]]":
    """When, which class and content, how far."""
    return [
        Column(
            "Ngày",
            _day,
            lambda row: (row.held_on, row.half_day.order),
            id="day",
            width=150,
            strong=lambda _row: True,
            second=lambda row: (
                "Hôm nay, " + row.half_day.label.lower()
                if row.held_on == days.today()
                else row.half_day.label
            ),
        ),
        Column(
            "Lớp, nội dung",
            lambda row: row.class_title,
            id="class",
            stretch=True,
            second=lambda row: f"Buổi {row.number}: {row.title}",
            tooltip=lambda row: f"{row.class_title}: {row.title}",
        ),
        Column("Địa điểm", lambda row: row.venue, id="venue", width=200),
        number_column("Tiết", lambda row: row.periods, id="periods", width=56),
        Column("Điểm danh", lambda row: _state(row).text, id="state", width=140, chip=_state),
    ]
