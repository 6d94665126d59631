"""The one editable attendance grid: frozen figures left, scrolling sessions right."""

from typing import cast

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QRect, Qt, Signal
from PySide6.QtGui import (
    QInputMethodEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHBoxLayout, QHeaderView, QTableView

from app.terms import AttendanceStatus
from app.ui import theme
from app.ui.attendance import keys
from app.ui.attendance.delegates import AttendanceDelegate, AttendanceHeader, FigureDelegate
from app.ui.attendance.minutes import MinutesField
from app.ui.attendance.model import FROZEN, AttendanceModel
from app.ui.delegates import cosmetic, paint_focus
from app.ui.table import Index
from app.ui.table_view import row_height

Cells = list[tuple[int, int]]  # row, session
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_WIDTHS = (38, 176, 38, 38, 64, 116)
_FIRST = len(FROZEN)
_NARROW, _WIDE = 40, 64


class _HalfView(QTableView):
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

    def _lines(self, painter: QPainter) -> None:
        """Hairlines under rows and beside columns, once per repaint instead of per cell."""
        painter.setPen(cosmetic("line"))
        columns, count = self._shown_columns(), self.grid_model.rowCount()
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

    def _shown_columns(self) -> list[int]:
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
        at, sessions = column - _FIRST, self.grid_model.sessions
        if at < 0:
            return column == _FIRST - 1
        return at + 1 < len(sessions) and sessions[at + 1].held_on != sessions[at].held_on


class FrozenView(_HalfView):
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
            self.setColumnHidden(column, column >= _FIRST)
        for column, width in enumerate(_WIDTHS):
            self.setColumnWidth(column, theme.u(width))
        self.setFixedWidth(sum(theme.u(width) for width in _WIDTHS))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Cells, then the hairlines."""
        super().paintEvent(event)
        self._lines(QPainter(self.viewport()))


class SessionView(_HalfView):
    """The sessions: keys mark, arrows move, Enter goes to the next person."""

    mark_wanted = Signal(list, object)  # cells, status or None
    minutes_given = Signal(int, int, int)  # row, session, minutes
    session_changed = Signal(int)

    def __init__(self, model: AttendanceModel) -> None:
        super().__init__(model)
        self.setObjectName("attendance_grid")
        self.setAccessibleName("Bảng điểm danh")
        self.setItemDelegate(AttendanceDelegate(model, self))
        self.setSelectionMode(QAbstractItemView.SelectionMode.ContiguousSelection)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.header().sectionPressed.connect(self.choose_column)
        self.read_only = False
        self.minutes = MinutesField(self)
        self.minutes.given.connect(self._take_minutes)
        self.minutes.left.connect(self._go_on)

    # place -------------------------------------------------------------------
    def fit(self) -> None:
        """Hide the figures; sessions share the room between 40 and 64 px each."""
        count = len(self.grid_model.sessions)
        for column in range(self.grid_model.columnCount()):
            self.setColumnHidden(column, column < _FIRST)
        share = self.viewport().width() // count if count else _NARROW
        width = min(max(share, theme.u(_NARROW)), theme.u(_WIDE))
        for column in range(_FIRST, _FIRST + count):
            self.setColumnWidth(column, width)

    def place(self) -> tuple[int, int]:
        """Row and session of the keyboard; -1 where there is none."""
        index = self.currentIndex()
        return (index.row(), index.column() - _FIRST) if index.isValid() else (-1, -1)

    def go_to(self, row: int, at: int) -> None:
        """Put the keyboard onto a cell."""
        index = self.grid_model.index(row, at + _FIRST)
        self.selectionModel().setCurrentIndex(
            index, QItemSelectionModel.SelectionFlag.ClearAndSelect
        )
        self.scrollTo(index)

    def choose_column(self, section: int) -> None:
        """Make a session the current one."""
        row = max(self.place()[0], 0)
        if section >= _FIRST and self.grid_model.learners:
            self.go_to(row, section - _FIRST)

    def next_person(self) -> None:
        """One row down, as Enter does."""
        row, at = self.place()
        if 0 <= row < len(self.grid_model.learners) - 1:
            self.go_to(row + 1, at)

    def cells(self) -> Cells:
        """Selected cells that can be marked."""
        picked = [(one.row(), one.column() - _FIRST) for one in self.selectedIndexes()]
        cells = picked or [self.place()]
        inside = [(row, at) for row, at in cells if row >= 0 and at >= 0]
        return [cell for cell in sorted(inside) if not self.grid_model.is_outside(*cell)]

    # marks -------------------------------------------------------------------
    def act(self, wish: keys.Meaning) -> bool:
        """Do what a key means; False when it means nothing here."""
        if wish is None or self.read_only or not self.grid_model.learners:
            return False
        cells = self.cells()
        if cells:
            self.mark_wanted.emit(cells, None if wish == keys.CLEAR else wish)
            if wish is AttendanceStatus.LATE and len(cells) == 1:
                self.minutes.ask()
        return True

    def _take_minutes(self, row: int, column: int, minutes: int) -> None:
        self.minutes_given.emit(row, column - _FIRST, minutes)

    def _go_on(self, event: QKeyEvent | None) -> None:
        """Back in the grid, do what the key that closed the field asks for."""
        self.setFocus()
        if event is not None:
            self.keyPressEvent(event)

    # what Qt asks ------------------------------------------------------------
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys of the grid; Backspace is swallowed, input methods send false ones."""
        if event.key() == Qt.Key.Key_Backspace:
            event.accept()
        elif event.key() in _ENTER and not event.modifiers():
            self.next_person()
        elif not (event.isAutoRepeat() and keys.meaning(event)) and not self.act(
            keys.meaning(event)
        ):
            super().keyPressEvent(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Letters that come through an input method all the same."""
        for letter in event.commitString():
            self.act(keys.of_text(letter))
        event.accept()

    def keyboardSearch(self, search: str) -> None:
        """Letters are marks here, they search nothing."""

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Tell about another session."""
        super().currentChanged(current, previous)
        self.viewport().update()
        if current.isValid():
            self.header().current_at = current.column() - _FIRST
            self.header().viewport().update()
            self.session_changed.emit(current.column() - _FIRST)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Grounds of whole columns, cells, hairlines, and the frame of the current cell."""
        painter = QPainter(self.viewport())
        self._grounds(painter)
        painter.end()
        super().paintEvent(event)
        painter.begin(self.viewport())
        self._lines(painter)
        index = self.currentIndex()
        if index.isValid() and self.hasFocus():
            paint_focus(painter, self.visualRect(index))
        elif index.isValid():
            painter.setPen(QPen(theme.colour("primary_l"), 2))
            painter.drawRect(self.visualRect(index).adjusted(1, 1, -1, -2))
        painter.end()

    def _grounds(self, painter: QPainter) -> None:
        """The current session is tinted, sessions to come are sunken."""
        count = self.grid_model.rowCount()
        if not count:
            return
        bottom = self.rowViewportPosition(count - 1) + self.rowHeight(count - 1)
        for column in self._shown_columns():
            token = self._ground(column - _FIRST)
            if token:
                left, width = self.columnViewportPosition(column), self.columnWidth(column)
                painter.fillRect(QRect(left, 0, width, bottom), theme.colour(token))

    def _ground(self, at: int) -> str:
        if at == self.header().current_at:
            return "primary_t"
        if self.grid_model.sessions[at].held_on > self.grid_model.today:
            return "sunken"
        return "window" if self.read_only else ""

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share out the room again."""
        super().resizeEvent(event)
        self.fit()


class AttendanceGrid(QFrame):
    """Both halves side by side with one vertical scroll bar."""

    def __init__(self, model: AttendanceModel) -> None:
        super().__init__()
        self.setObjectName("card")
        self.model = model
        self.names = FrozenView(model)
        self.sessions = SessionView(model)
        row = QHBoxLayout(self)
        row.setContentsMargins(1, 1, 1, 1)
        row.setSpacing(0)
        row.addWidget(self.names)
        row.addWidget(self.sessions, 1)
        self.setFocusProxy(self.sessions)
        self._couple()

    def _couple(self) -> None:
        """Scroll together; a click on a name chooses the person."""
        left, right = self.names.verticalScrollBar(), self.sessions.verticalScrollBar()
        left.valueChanged.connect(right.setValue)
        right.valueChanged.connect(left.setValue)
        self.names.pressed.connect(self._choose_person)
        self.sessions.selectionModel().currentChanged.connect(
            lambda now, _before: self.names.show_row(now.row())
        )
        self.model.modelReset.connect(self._fit)
        self._fit()

    def _fit(self) -> None:
        self.names.fit()
        self.sessions.fit()

    def _choose_person(self, index: QModelIndex) -> None:
        self.sessions.go_to(index.row(), max(self.sessions.place()[1], 0))
        self.sessions.setFocus()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The frame itself does nothing."""
        event.accept()
