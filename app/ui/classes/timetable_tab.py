"""Lịch học: the sessions of a class, who teaches them, and double bookings."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout

from app.terms import Permission
from app.ui import days, dialogs, shortcuts, theme
from app.ui.buttons import button
from app.ui.classes import session_columns
from app.ui.classes.locks import allow, timetable_lock
from app.ui.classes.tab import ClassTab
from app.ui.context import Context
from app.ui.history import taking_back
from app.ui.labels import label
from app.ui.messages import Banner, EmptyState, way_card
from app.ui.rights import hindrance
from app.ui.table import TableModel
from app.ui.table_view import TableView

if TYPE_CHECKING:
    # Services import SQLAlchemy, which takes longer than the window to paint.
    from app.services.classes import ClassDetail
    from app.services.timetable import SessionRow

_HAS_SESSIONS = "Lớp đã có lịch học. Xóa hết các buổi rồi mới sinh lại được."


class TimetableTab(ClassTab):
    """Table of sessions with the acts on them; a clash is told above and marked in its row."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.setObjectName("timetable_tab")
        self._detail: ClassDetail | None = None
        self._locked = ""
        self._banner: Banner | None = None
        self.model: TableModel[SessionRow] = TableModel(
            session_columns.columns(days.today), key=lambda row: row.id
        )
        self.model.row_tint = lambda row: session_columns.tint(row, days.today())
        self.view = TableView(self.model, "timetable")
        self.view.setAccessibleName("Lịch học")
        self._build()
        self._connect()

    def _build(self) -> None:
        """Buttons, banner, table."""
        self.add = button("Thêm buổi", icon="plus", name="add_session", shortcut="new")
        self.generate = button("Sinh lịch theo mẫu", icon="calendar-days", name="generate")
        self.assign = button("Đổi giảng viên", icon="refresh-cw", name="assign")
        self.remove = button("Xóa buổi", "dangerline", "trash-2", name="remove_session")
        self._progress = label("", "muted")
        row = QHBoxLayout()
        row.setSpacing(theme.u(8))
        for each in (self.add, self.generate, self.assign, self.remove):
            row.addWidget(self.context.gate(each, Permission.EDIT_CLASSES))
        row.addStretch(1)
        row.addWidget(self._progress)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(theme.u(16), theme.u(8), theme.u(16), theme.u(8))
        self._column.setSpacing(theme.u(8))
        self._column.addLayout(row)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.view)
        self._stack.addWidget(self._empty())
        self._column.addWidget(self._stack, 1)
        self.land_on(self.view)

    def _empty(self) -> EmptyState:
        """Before there is any session."""
        self._ways = [
            _way("Sinh lịch…", "primary", "generate_first", self.open_generate),
            _way("Thêm buổi…", "", "add_first", self.open_new),
        ]
        return EmptyState(
            "calendar-days",
            "Lớp chưa có lịch học",
            "Có lịch rồi mới điểm danh và phân công giảng viên được.",
            [
                way_card(
                    "calendar-days",
                    "Sinh lịch theo mẫu",
                    "Các bài của chương trình xếp lần lượt vào các buổi, các ngày đã chọn.",
                    self._ways[0],
                ),
                way_card("plus", "Thêm từng buổi", "Gõ từng buổi theo lịch đã có.", self._ways[1]),
            ],
        )

    def _connect(self) -> None:
        """Buttons, keys, context menu."""
        self.add.clicked.connect(self.open_new)
        self.generate.clicked.connect(self.open_generate)
        self.assign.clicked.connect(lambda: self.open_assign(self.view.selected_rows()))
        self.remove.clicked.connect(self.remove_selected)
        self.view.opened.connect(self.edit)
        self.view.edit_requested.connect(self.edit)
        self.view.selection_changed.connect(self._renew_buttons)
        self._actions = [
            self._action("Sửa buổi…\tF2", lambda: self._edit_current()),
            self._action("Đổi giảng viên…", lambda: self.open_assign(self.view.selected_rows())),
            self._action("Xóa buổi…", self.remove_selected, Qt.Key.Key_Delete),
        ]
        shortcuts.bind(self, "new", self.open_new)
        shortcuts.bind(self, "next_problem", partial(self._next_problem, 1))
        shortcuts.bind(self, "previous_problem", partial(self._next_problem, -1))

    def _action(self, words: str, act: Callable[[], object], key: Qt.Key | None = None) -> QAction:
        """An entry of the context menu, with its key in the list."""
        made = QAction(words, self.view)
        if key is not None:
            made.setShortcut(QKeySequence(key))
            made.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        made.triggered.connect(lambda: act())
        self.view.addAction(made)
        return made

    # reading -----------------------------------------------------------------------
    def reload(self) -> None:
        """Read class and sessions."""
        from app.services import classes, timetable

        with self.context.database.reading() as db:
            self._detail = classes.class_detail(db, self.class_id)
            rows = timetable.session_list(db, self.class_id)
        self._locked = timetable_lock(self._detail.status)
        self._locked = self._locked or hindrance(self.context, Permission.EDIT_CLASSES)
        self.model.set_rows(rows)
        self._stack.setCurrentIndex(0 if rows else 1)
        self.land_on(self.view if rows else self._ways[0])
        self._progress.setText(session_columns.progress(rows, days.today()) if rows else "")
        self._start_at_next()
        self._show_banner()
        self._renew_buttons()

    def _start_at_next(self) -> None:
        """Put the cursor on the next session to be held, unless it is somewhere already."""
        rows = self.model.shown
        if rows and self.view.current_row() is None:
            ahead = (row for row in rows if not session_columns.is_over(row, days.today()))
            self.view.select_key(next(ahead, rows[0]).id)

    def _renew_buttons(self) -> None:
        """What can be done now; a grey button says why."""
        selected = bool(self.view.selected_rows())
        choose = "Chọn buổi trong bảng trước."
        has_rows = bool(self.model.rows)
        for each, reason in (
            (self.add, ""),
            (self.generate, _HAS_SESSIONS if has_rows else ""),
            (self.assign, "" if selected else choose),
            (self.remove, "" if selected else choose),
        ):
            allow(each, self._locked or reason)
        for way in self._ways:
            allow(way, self._locked)
        for action in self._actions:
            action.setEnabled(selected and not self._locked)

    def clashing(self) -> "list[SessionRow]":
        """Sessions with a double booking, in order."""
        return [row for row in self.model.shown if row.clashes]

    def _show_banner(self) -> None:
        """At most one: the lock, else the first clash."""
        if self._banner:
            self._column.removeWidget(self._banner)
            self._banner.deleteLater()
        self._banner = self._make_banner()
        if self._banner:
            self._column.insertWidget(1, self._banner)

    def _make_banner(self) -> Banner | None:
        """The banner that is due."""
        if self._detail and (closed := timetable_lock(self._detail.status)):
            what, _, advice = closed.partition(". ")
            return Banner("info", f"{what}.", advice, icon="lock")
        clashing = self.clashing()
        if not clashing:
            return None
        row = clashing[0]
        when = f"{row.half_day.label.lower()} {row.held_on.day:02d}/{row.held_on.month:02d}"
        more = f" Và {len(clashing) - 1} buổi khác (F8)." if len(clashing) > 1 else ""
        substitute = button("Chọn người thay…", name="substitute")
        self.context.gate(substitute, Permission.EDIT_CLASSES)
        substitute.clicked.connect(lambda: self.open_assign([row]))
        advice = f"Chọn người thay hoặc dời buổi.{more}"
        return Banner("bad", f"Buổi {row.number}, {when}: {row.clashes[0]}.", advice, [substitute])

    def _next_problem(self, step: int) -> None:
        """F8: go to the next clashing session."""
        clashing = self.clashing()
        if not clashing:
            return
        current = self.view.current_row()
        number = current.number if current else 0
        ahead = [row for row in clashing if (row.number - number) * step > 0]
        row = (ahead or clashing)[0 if step > 0 else -1]
        self.view.select_key(row.id)
        self.view.setFocus()

    # acts --------------------------------------------------------------------------
    def _edit_current(self) -> None:
        """Edit the session of the cursor."""
        if row := self.view.current_row():
            self.edit(row)

    def edit(self, row: "SessionRow") -> None:
        """F2 or Enter on a session."""
        from app.ui.classes.session_dialogs import SessionDialog, session_values

        if self._locked:
            return
        dialog = SessionDialog(self, self.context, self.class_id, row)
        dialog.fill(session_values(row))
        self._finish(dialog, f"Đã sửa buổi {row.number}.")

    def open_new(self) -> None:
        """A further session."""
        from app.ui.classes.session_dialogs import SessionDialog, next_session

        if self._locked or self._detail is None:
            return
        dialog = SessionDialog(self, self.context, self.class_id)
        dialog.fill(next_session(self._detail, self.model.rows))
        if self._finish(dialog, "Đã thêm buổi học."):
            self.view.select_key(dialog.session_id)

    def open_generate(self) -> None:
        """Sessions of the whole programme."""
        from app.ui.classes.session_dialogs import PatternDialog

        if not self._locked and self._detail is not None:
            dialog = PatternDialog(self, self.context, self._detail)
            self._finish(dialog, "Đã lập lịch học theo chương trình.")

    def open_assign(self, rows: "list[SessionRow]") -> None:
        """Who teaches these sessions."""
        from app.ui.classes.session_dialogs import AssignDialog

        if rows and not self._locked:
            dialog = AssignDialog(self, self.context, self.class_id, rows)
            self._finish(dialog, f"Đã phân công giảng viên {len(rows)} buổi.")

    def remove_selected(self) -> None:
        """Ask, then remove the selected sessions in one act."""
        from app.services import timetable

        rows = self.view.selected_rows()
        if not rows or self._locked or not self._sure(rows):
            return
        with self.context.refusals(self):
            with self.context.database.writing("Xóa buổi học") as db:
                for row in rows:
                    timetable.remove_session(db, self.class_id, row.id)
            self._written(f"Đã xóa {len(rows)} buổi học.")

    def _sure(self, rows: "list[SessionRow]") -> bool:
        """Whether the sessions are meant."""
        numbers = ", ".join(str(row.number) for row in rows)
        one = len(rows) == 1
        return dialogs.confirm(
            self,
            f"Xóa buổi {numbers}?" if one else f"Xóa {len(rows)} buổi học?",
            f"Xóa khỏi lịch của lớp: buổi {numbers}. Các buổi sau được đánh số lại.",
            action="Xóa buổi" if one else f"Xóa {len(rows)} buổi",
            danger=True,
        )

    def _finish(self, dialog: dialogs.Dialog, words: str) -> bool:
        """Run a dialog; when it has written, show it."""
        if dialog.exec() != QDialog.DialogCode.Accepted:
            return False
        self._written(words)
        return True

    def _written(self, words: str) -> None:
        """Show what is stored now."""
        self.context.saved()
        self.reload()
        self.changed.emit()
        taking_back.tell_done(self.context, words)

    def set_compact(self, on: bool) -> None:
        """A narrow window drops the room and the kind."""
        for at, column in enumerate(self.model.columns):
            if column.key in ("venue", "kind"):
                self.view.setColumnHidden(at, on)


def _way(words: str, role: str, name: str, act: Callable[[], object]) -> QPushButton:
    """A button of the empty state."""
    made = button(words, role, name=name)
    made.clicked.connect(lambda: act())
    return made
