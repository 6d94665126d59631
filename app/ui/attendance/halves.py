"""What both halves of the attendance grid share, and the frozen half."""

from typing import cast

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from app.ui import theme
from app.ui.attendance.delegates import AttendanceHeader, FigureDelegate
from app.ui.attendance.model import FROZEN, AttendanceModel
from app.ui.delegates import cosmetic
from app.ui.table_view import row_height

FIRST = len(FROZEN)
"""The section of the first session."""

_WIDTHS = (38, 176, 38, 38, 64, 116)


class HalfView(QTableView):
    """What both halves of the grid have in common."""

    def __init__(self, model: AttendanceModel) -> None:
        super().__init__()
        self.grid_model = model
        self.setHorizontalHeader(AttendanceHeader(model, self))
        self.setModel(model)
        self.setShowGrid(False)
        self.setStyleSheet("QTableView { border: 0; border-radius: 0; }")  # the card has the frame
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        rows = self.verticalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setMinimumSectionSize(theme.u(20))
        rows.setDefaultSectionSize(row_height(25))

    def header(self) -> AttendanceHeader:
        """The two-line header."""
        return cast(AttendanceHeader, self.horizontalHeader())

    def paint_lines(self, painter: QPainter) -> None:
        """Hairlines under rows and beside columns, once per repaint instead of per cell."""
        painter.setPen(cosmetic("line"))
        columns, count = self.shown_columns(), self.grid_model.rowCount()
        right = self._right(columns[-1]) if columns else 0
        bottom = self.rowViewportPosition(count - 1) + self.rowHeight(count - 1) if count else 0
        first = self.rowAt(0)
        last = self.rowAt(self.viewport().height() - 1)
        for row in range(max(first, 0), (last if last >= 0 else count - 1) + 1):
            y = self.rowViewportPosition(row) + self.rowHeight(row) - 1
            painter.drawLine(0, y, right, y)
        for column in columns:
            x = self._right(column)
            painter.setPen(cosmetic("line_strong" if self._ends_day(column) else "line"))
            painter.drawLine(x, 0, x, bottom)

    def _right(self, column: int) -> int:
        """Where a column ends."""
        return self.columnViewportPosition(column) + self.columnWidth(column) - 1

    def shown_columns(self) -> list[int]:
        """Sections that can be seen now."""
        width = self.viewport().width()
        return [
            column
            for column in range(self.grid_model.columnCount())
            if not self.isColumnHidden(column)
            and -self.columnWidth(column) < self.columnViewportPosition(column) < width
        ]

    def _ends_day(self, column: int) -> bool:
        """Whether the next session is on another day."""
        at, sessions = column - FIRST, self.grid_model.sessions
        if at < 0:
            return column == FIRST - 1
        return at + 1 < len(sessions) and sessions[at + 1].held_on != sessions[at].held_on


class FrozenView(HalfView):
    """Number, name and figures; a click chooses the person."""

    def __init__(self, model: AttendanceModel) -> None:
        super().__init__(model)
        self.setObjectName("attendance_names")
        self.setAccessibleName("Học viên và số buổi vắng")
        self.figures = FigureDelegate(model, self)
        self.setItemDelegate(self.figures)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def show_row(self, row: int) -> None:
        """Mark the row of the keyboard."""
        self.figures.current_row = row
        self.viewport().update()

    def fit(self) -> None:
        """Hide the sessions and take exactly the room of the figures."""
        for column in range(self.grid_model.columnCount()):
            self.setColumnHidden(column, column >= FIRST)
        for column, width in enumerate(_WIDTHS):
            self.setColumnWidth(column, theme.u(width))
        self.setFixedWidth(sum(theme.u(width) for width in _WIDTHS))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Cells, then the hairlines."""
        super().paintEvent(event)
        self.paint_lines(QPainter(self.viewport()))
