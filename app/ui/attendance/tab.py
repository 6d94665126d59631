"""The attendance tab: choose a session, mark with keys, or type the exceptions."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from app.terms import AttendanceStatus, ClassStatus, Permission
from app.ui import days, shortcuts, theme
from app.ui.attendance.empty import nothing_to_mark
from app.ui.attendance.grid import AttendanceGrid
from app.ui.attendance.head import SessionHead
from app.ui.attendance.legend import Legend
from app.ui.attendance.model import AttendanceModel
from app.ui.attendance.note_dialog import NoteDialog
from app.ui.attendance.own_bar import OwnBar
from app.ui.attendance.quick_bar import QuickBar
from app.ui.attendance.quick_entry import Entry
from app.ui.attendance.sessions_view import Cells
from app.ui.classes.locks import why_attendance_is_locked
from app.ui.classes.tab import ClassTab
from app.ui.context import Context
from app.ui.history import taking_back
from app.ui.history.record_dialog import offer_history
from app.ui.messages import Banner, EmptyState

if TYPE_CHECKING:
    # The services bring SQLAlchemy, which takes longer to import than the window to paint.
    from app.services.attendance import Mark


class AttendanceTab(ClassTab):
    """Attendance of one class; every key press is written at once."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.setObjectName("attendance_tab")
        self.setAccessibleName("Điểm danh")
        self.model = AttendanceModel()
        self.grid = AttendanceGrid(self.model)
        self.quick = QuickBar()
        self.head = SessionHead()
        self._legend = Legend()
        self.own = OwnBar()
        self._wanted = 0  # session to begin at
        self._banner: Banner | None = None
        self._empty: EmptyState | None = None
        self._page = QWidget()
        self._stack = QStackedWidget()
        self._build()
        self._connect()
        self.land_on(self.grid)
        self.head.set_printing(context.may(Permission.EXPORT))

    def _build(self) -> None:
        """Title line, grid, quick entry and legend; an empty state instead of all that."""
        self._column = QVBoxLayout(self._page)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.u(7))
        self._column.addWidget(self.head)
        self._column.addWidget(self.grid, 1)
        self._column.addWidget(self.quick)
        self._column.addWidget(self.own)
        self._column.addWidget(self._legend)
        self._stack.addWidget(self._page)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(theme.u(16), theme.u(8), theme.u(16), theme.u(6))
        whole.addWidget(self._stack)

    def _connect(self) -> None:
        sessions = self.grid.sessions
        sessions.mark_wanted.connect(self._mark_cells)
        sessions.minutes_given.connect(self._mark_minutes)
        sessions.note_wanted.connect(self._write_note)
        sessions.session_changed.connect(lambda _at: self._show_session())
        sessions.selectionModel().currentChanged.connect(lambda *_: self._show_person())
        offer_history(sessions, self.context, sessions.subject, "Lịch sử ô này…")
        self.own.pressed.connect(self._press)
        self.quick.changed.connect(lambda _entry: self._show_pending())
        self.quick.accepted.connect(lambda _entry: self._write_quick())
        self.quick.left.connect(sessions.setFocus)
        self.head.rest_wanted.connect(self.mark_rest_present)
        self.head.print_wanted.connect(self.print_blank)
        shortcuts.bind(self, "rest_present", self.mark_rest_present)
        shortcuts.bind(self.grid, "quick_entry", self.quick.line.setFocus)
        if self.context.may(Permission.EXPORT):
            shortcuts.bind(self, "print", self.print_blank)

    # reading -------------------------------------------------------------------
    def reload(self) -> None:
        """Read the class again and stay on the cell."""
        from app.services import attendance, classes, own_sessions

        with self.context.database.reading() as db:
            grid = attendance.grid(db, self.class_id)
            markable = own_sessions.markable(db, self.class_id)
            status = classes.class_detail(db, self.class_id).status
        row, at = self.grid.sessions.place()
        self.model.set_grid(grid, days.today(), markable)
        self._set_status(status)
        self._show_empty()
        if grid.learners and grid.sessions:
            at = self._take_wanted(at)
            row = max(row, 0)
            known = row < len(grid.learners) and 0 <= at < len(grid.sessions)
            self.grid.sessions.go_to(*(row, at) if known else (0, self.model.session_to_mark()))
            self._show_session()

    def show_part(self, part: int) -> None:
        """Begin at a session."""
        self._wanted = part

    def _take_wanted(self, at: int) -> int:
        """Place of the session that was asked for, once; else where the keyboard is."""
        ids = [one.id for one in self.model.sessions]
        wanted, self._wanted = self._wanted, 0
        return ids.index(wanted) if wanted in ids else at

    def show_class(self, class_id: int) -> None:
        """Another class starts at its own session."""
        if class_id != self.class_id:
            self.quick.line.clear()
            self.grid.sessions.clearSelection()
            self.model.beginResetModel()
            self.model.learners, self.model.sessions = [], ()
            self.model.endResetModel()
        super().show_class(class_id)

    def _set_status(self, status: ClassStatus) -> None:
        """Final and closed classes can only be looked at."""
        locked = why_attendance_is_locked(
            status, is_only_lecturer=self.context.user.is_only_lecturer
        )
        marks = self.context.may(Permission.MARK_ATTENDANCE, Permission.MARK_OWN_ATTENDANCE)
        self.grid.sessions.read_only = locked is not None or not marks
        if self._banner is not None:
            self._banner.deleteLater()
            self._banner = None
        if locked:
            self._banner = Banner("info", *locked, icon="lock")
            self._column.insertWidget(0, self._banner)
        self._offer_writing(not self.grid.sessions.read_only)

    def _offer_writing(self, on: bool) -> None:
        """Show what writes into a session, where this user may."""
        own = self.context.user.is_only_lecturer
        self.head.set_read_only(not on)
        self._legend.setVisible(on and not own)
        self.quick.setVisible(on and not own)
        self.own.setVisible(own)
        self.own.set_writing(on)

    def _show_empty(self) -> None:
        """Without learners or sessions there is nothing to mark."""
        if self._empty is not None:
            self._stack.removeWidget(self._empty)
            self._empty.deleteLater()
        self._empty = nothing_to_mark(self.model, self._go_to_tab)
        if self._empty is not None:
            self._stack.addWidget(self._empty)
        self.land_on(self._empty or self.grid)
        self._stack.setCurrentIndex(self._stack.count() - 1)

    def _go_to_tab(self, tab: str) -> None:
        self.context.open("class", self.class_id, tab)

    def _show_session(self) -> None:
        """Say which session the keys and the quick entry write into."""
        at = self.grid.sessions.place()[1]
        if at < 0:
            return
        session, unset = self.model.sessions[at], self.model.unset_rows(at)
        is_ahead = session.held_on > self.model.today
        self.head.show_session(session, len(unset), is_ahead=is_ahead)
        if not self.grid.sessions.read_only:
            self._offer_writing(self.model.is_markable(at))
        names = [one.full_name for one in self.model.learners]
        self.quick.set_session(session.number, names, unset)

    def _show_person(self) -> None:
        """Say whom the big buttons mark."""
        row = self.grid.sessions.place()[0]
        if 0 <= row < len(self.model.learners):
            self.own.show_person(row + 1, self.model.learners[row])

    def _press(self, status: AttendanceStatus) -> None:
        """A big button: mark, then go to the next person; a delay asks its minutes first."""
        sessions = self.grid.sessions
        sessions.setFocus()
        if sessions.act(status) and status is not AttendanceStatus.LATE:
            sessions.next_person()

    def _show_pending(self) -> None:
        """Preview the quick entry in its column."""
        at = self.grid.sessions.place()[1]
        writes = at >= 0 and not self.grid.sessions.read_only and self.model.is_markable(at)
        pending = self.quick.pending() if writes else {}
        if pending or self.model.pending:
            self.model.set_pending(pending, at)

    # writing -------------------------------------------------------------------
    def _mark_cells(self, cells: Cells, status: AttendanceStatus | None) -> None:
        self._write({cell: Entry(status) for cell in cells})

    def _mark_minutes(self, row: int, at: int, minutes: int) -> None:
        self._write({(row, at): Entry(AttendanceStatus.LATE, minutes)})

    def _write_quick(self) -> None:
        """Write what the quick entry names and everybody else as present."""
        at = self.grid.sessions.place()[1]
        pending = self.quick.pending()
        inside = {row: one for row, one in pending.items() if not self.model.is_outside(row, at)}
        if self._write({(row, at): entry for row, entry in inside.items()}):
            self.quick.line.clear()
            self.grid.sessions.setFocus()

    def mark_rest_present(self) -> None:
        """Everybody not yet marked in the current session was there."""
        at = self.grid.sessions.place()[1]
        if at >= 0 and not self.grid.sessions.read_only and self.model.is_markable(at):
            present = Entry(AttendanceStatus.PRESENT)
            unset = self.model.unset_rows(at)
            if self._write({(row, at): present for row in unset}):
                words = f"Đã ghi {len(unset)} người có mặt, buổi {self.model.sessions[at].number}."
                taking_back.tell_done(self.context, words)

    def _write(self, wanted: Mapping[tuple[int, int], Entry]) -> bool:
        """Write cells as one act; False when there was nothing or it was refused."""
        if not wanted:
            return False
        marks = [self._mark(cell, entry) for cell, entry in wanted.items()]
        complete = self._complete()
        with self.context.refusals(self):
            self._put(self._act(wanted), marks)
            if complete != self._complete():
                self.changed.emit()
            return True
        return False

    def _put(self, act: str, marks: "Sequence[Mark]") -> None:
        """Write marks as one act and renew the figures of their learners."""
        from app.services import attendance

        with self.context.database.writing(act) as db:
            attendance.mark(db, self.class_id, marks)
            part = attendance.grid(db, self.class_id, {one.enrolment_id for one in marks})
        self.model.renew(part)
        self._show_session()
        self.context.saved()

    def _write_note(self, row: int, at: int) -> None:
        """Ask for the note of a mark and write it."""
        mark = self.model.mark(row, at)
        if mark is not None:
            session = self.model.sessions[at]
            whose = f"{self.model.learners[row].full_name}, buổi {session.number}"
            act = f"Ghi chú điểm danh buổi {session.number}"
            NoteDialog(
                self,
                whose,
                mark.note,
                lambda note: self._put(act, [replace(mark, note=note)]),
            ).exec()
            self.grid.sessions.setFocus()

    def _mark(self, cell: tuple[int, int], entry: Entry) -> "Mark":
        """One cell as the service takes it; a note on it stays."""
        from app.services.attendance import Mark

        row, at = cell
        ids = (self.model.learners[row].enrolment_id, self.model.sessions[at].id)
        known = self.model.mark(row, at)
        return Mark(*ids, entry.status, entry.minutes, known.note if known else "")

    def _act(self, cells: Iterable[tuple[int, int]]) -> str:
        """ "Điểm danh buổi 3", as the history tells it."""
        numbers = sorted({self.model.sessions[at].number for _, at in cells})
        last = f"–{numbers[-1]}" if len(numbers) > 1 else ""
        return f"Điểm danh buổi {numbers[0]}{last}"

    def _complete(self) -> int:
        """How many sessions are marked for everybody."""
        return sum(not self.model.unset_rows(at) for at in range(len(self.model.sessions)))

    def set_compact(self, on: bool) -> None:
        """Narrow window: shorter legend and preview."""
        self.quick.set_compact(on)
        self.own.set_compact(on)
        self._legend.set_compact(on)

    # paper ---------------------------------------------------------------------
    def print_blank(self) -> None:
        """Show the sheet with printed names and empty cells."""
        from app.ui.reports import papers

        papers.show(self, self.context, papers.ATTENDANCE_BLANK, self.class_id)
