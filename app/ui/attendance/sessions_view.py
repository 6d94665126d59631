"""The scrolling half of the attendance grid: sessions, marked with keys."""

from PySide6.QtCore import QItemSelectionModel, QRect, Qt, Signal
from PySide6.QtGui import QInputMethodEvent, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView

from app.terms import AttendanceStatus
from app.ui import theme
from app.ui.attendance import keys
from app.ui.attendance.delegates import AttendanceDelegate
from app.ui.attendance.halves import FIRST, HalfView
from app.ui.attendance.minutes import MinutesField
from app.ui.attendance.model import AttendanceModel
from app.ui.delegates import paint_focus
from app.ui.keyboard import is_enter
from app.ui.table import Index

Cells = list[tuple[int, int]]  # row, session
_NARROW, _WIDE = 38, 72


class SessionView(HalfView):
    """The sessions: keys mark, arrows move, Enter goes to the next person."""

    mark_wanted = Signal(list, object)  # cells, status or None
    minutes_given = Signal(int, int, int)  # row, session, minutes
    note_wanted = Signal(int, int)  # row, session
    session_changed = Signal(int)

    def __init__(self, model: AttendanceModel) -> None:
        super().__init__(model)
        self.setObjectName("attendance_grid")
        self.setAccessibleName("Bảng điểm danh")
        self._codes = AttendanceDelegate(model, self)
        self.setItemDelegate(self._codes)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ContiguousSelection)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.header().sectionPressed.connect(self.choose_column)
        self.read_only = False
        self.minutes = MinutesField(self)
        self.minutes.given.connect(self._take_minutes)
        self.minutes.left.connect(self._go_on)

    # place -------------------------------------------------------------------
    def fit(self) -> None:
        """Hide the figures; sessions share the room, 38 to 72 px each."""
        count = len(self.grid_model.sessions)
        for column in range(self.grid_model.columnCount()):
            self.setColumnHidden(column, column < FIRST)
        share = self.viewport().width() // count if count else _NARROW
        width = min(max(share, theme.u(_NARROW)), theme.u(_WIDE))
        for column in range(FIRST, FIRST + count):
            self.setColumnWidth(column, width)

    def place(self) -> tuple[int, int]:
        """Row and session of the keyboard; -1 where there is none."""
        index = self.currentIndex()
        return (index.row(), index.column() - FIRST) if index.isValid() else (-1, -1)

    def subject(self) -> tuple[str, str, str] | None:
        """The cell of the keyboard, for its history."""
        row, at = self.place()
        if row < 0 or at < 0:
            return None
        learner, session = self.grid_model.learners[row], self.grid_model.sessions[at]
        cell = f"{learner.enrolment_id}/{session.id}"
        return "attendance_record", cell, f"{learner.full_name}, buổi {session.number}"

    def go_to(self, row: int, at: int) -> None:
        """Put the keyboard onto a cell."""
        index = self.grid_model.index(row, at + FIRST)
        self.selectionModel().setCurrentIndex(
            index, QItemSelectionModel.SelectionFlag.ClearAndSelect
        )
        self.scrollTo(index)

    def choose_column(self, section: int) -> None:
        """Make a session the current one."""
        row = max(self.place()[0], 0)
        if section >= FIRST and self.grid_model.learners:
            self.go_to(row, section - FIRST)

    def next_person(self) -> None:
        """One row down, as Enter does."""
        row, at = self.place()
        if 0 <= row < len(self.grid_model.learners) - 1:
            self.go_to(row + 1, at)

    def cells(self) -> Cells:
        """Selected cells that can be marked, by this user."""
        picked = [(one.row(), one.column() - FIRST) for one in self.selectedIndexes()]
        cells = picked or [self.place()]
        inside = [(row, at) for row, at in cells if row >= 0 and at >= 0]
        model = self.grid_model
        own = [cell for cell in sorted(inside) if model.is_markable(cell[1])]
        return [cell for cell in own if not model.is_outside(*cell)]

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

    def _ask_note(self) -> None:
        """A note belongs to a mark."""
        row, at = self.place()
        if row < 0 or self.read_only or not self.grid_model.is_markable(at):
            return
        if self.grid_model.mark(row, at):
            self.note_wanted.emit(row, at)

    def _take_minutes(self, row: int, column: int, minutes: int) -> None:
        self.minutes_given.emit(row, column - FIRST, minutes)

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
        elif is_enter(event):
            self.next_person()
        elif event.key() == Qt.Key.Key_F2:
            self._ask_note()
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
            self.header().current_at = current.column() - FIRST
            self.header().viewport().update()
            self.session_changed.emit(current.column() - FIRST)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Grounds of whole columns, cells, hairlines, and the frame of the current cell."""
        painter = QPainter(self.viewport())
        self._grounds(painter)
        painter.end()
        self._codes.set_ratio(self.devicePixelRatioF())
        super().paintEvent(event)
        painter.begin(self.viewport())
        self.paint_lines(painter)
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
        for column in self.shown_columns():
            token = self._ground(column - FIRST)
            if token:
                left, width = self.columnViewportPosition(column), self.columnWidth(column)
                painter.fillRect(QRect(left, 0, width, bottom), theme.colour(token))

    def _ground(self, at: int) -> str:
        if at == self.header().current_at:
            return "primary_t"
        if self.grid_model.sessions[at].held_on > self.grid_model.today:
            return "sunken"
        locked = self.read_only or not self.grid_model.is_markable(at)
        return "window" if locked else ""

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share out the room again."""
        super().resizeEvent(event)
        self.fit()
