"""Học viên: the roll of a class; three ways in, corrections, and who came later or left."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from app.terms import ClassStatus, Permission, Sex
from app.ui import shortcuts, theme
from app.ui.buttons import button, icon_button
from app.ui.classes.tab import ClassTab
from app.ui.combo import Combo
from app.ui.context import Context
from app.ui.history.record_dialog import Subject, offer_history
from app.ui.labels import label
from app.ui.list_export import ListExport
from app.ui.messages import Banner, EmptyState, way_card
from app.ui.personal_data import PersonalColumns
from app.ui.rights import hindrance
from app.ui.search import SearchField
from app.ui.students.action_bar import ActionBar
from app.ui.students.roll_acts import RollActs
from app.ui.students.roll_columns import columns
from app.ui.table import TableModel
from app.ui.table_view import TableView

if TYPE_CHECKING:
    # Services import SQLAlchemy, which takes longer than the window to paint.
    from app.services.enrolment import RollRow

_LOCKED = "Lớp đã chốt kết quả hoặc bế giảng, chỉ xem và in."


class RollTab(ClassTab):
    """The learners of one class, by given name."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.setObjectName("roll_tab")
        self._numbers: dict[int, int] = {}
        self._status, self._title = ClassStatus.PLANNED, ""
        self._writers: dict[QPushButton | QAction, str] = {}  # with the tooltip when allowed
        self.acts = RollActs(self, context, self._after)
        self._build_list()
        self.stack = QStackedWidget()
        self.stack.addWidget(self._list_page())
        self.stack.addWidget(self._empty_page())
        self._locked = Banner("info", "Danh sách đã khóa.", _LOCKED, icon="lock")
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.u(16), theme.u(9), theme.u(16), theme.u(6))
        column.setSpacing(theme.u(8))
        column.addWidget(self._locked)
        column.addWidget(self.stack, 1)
        shortcuts.bind(self, "find", self.search.setFocus)
        self._new_key = shortcuts.bind(self, "new", self.acts.add)
        shortcuts.bind(self.view, "paste_roster", self._paste)
        for each in self._writers:
            if isinstance(each, QPushButton):
                context.gate(each, Permission.ENROL)

    # building ----------------------------------------------------------------
    def _build_list(self) -> None:
        """The table and its menu."""
        self.model: TableModel[RollRow] = TableModel(
            columns(lambda row: self._numbers[row.enrolment_id], lambda: self._status),
            key=lambda row: row.enrolment_id,
            tickable=True,
        )
        self.model.row_tint = lambda row: "sel" if self.model.is_ticked(row) else ""
        self.view = TableView(self.model, "roll")
        self._personal = PersonalColumns(
            self.view, self.context, lambda: f"danh sách lớp {self._title}"
        )
        self.view.set_empty(EmptyState("search", "Không có ai khớp", "Thử bỏ bớt chữ."))
        self.view.edit_requested.connect(self._edit)
        self.view.opened.connect(lambda row: self.context.open("students", row.student_id))
        self._menu("Sửa…\tF2", self._edit, writes=True)
        self._menu("Thời gian học…", lambda row: self.acts.change_period([row]), writes=True)
        self._menu("Xem hồ sơ\tEnter", self.view.opened.emit, writes=False)
        offer_history(self.view, self.context, self._subject, "Lịch sử ở lớp này…")

    def _menu(self, words: str, act: Callable[["RollRow"], object], *, writes: bool) -> None:
        """An entry of the context menu for the row of the cursor."""
        action = QAction(words, self.view)
        action.triggered.connect(lambda: (row := self.view.current_row()) and act(row))
        self.view.addAction(action)
        if writes:
            self._writers[action] = ""
            action.setVisible(self.context.user.may(Permission.ENROL))

    def _subject(self) -> Subject | None:
        """The learner whose history in this class is asked for."""
        row = self.view.current_row()
        return ("enrolment", row.enrolment_id, row.full_name) if row else None

    def _list_page(self) -> QWidget:
        """Tools, action bar, table, counts."""
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.u(8))
        column.addLayout(self._tools())
        self.bar = ActionBar(self.model, "học viên", self._bar_buttons())
        column.addWidget(self.bar)
        column.addWidget(self.view, 1)
        foot = QHBoxLayout()
        self._count = label("", "caption")
        self._count.setObjectName("roll_count")
        foot.addWidget(self._count)
        foot.addStretch(1)
        foot.addWidget(
            label("Sắp theo tên tiếng Việt · cột nhạy cảm ẩn, bật ở Chọn cột", "caption")
        )
        foot.addWidget(self._out.button)
        column.addLayout(foot)
        self.model.shown_changed.connect(self._tell_count)
        return page

    def _tools(self) -> QHBoxLayout:
        """Filter on the left, ways in on the right."""
        self.search = SearchField("Tìm tên, không cần dấu…")
        self.search.setFixedWidth(theme.u(230))
        self.search.searched.connect(self.model.set_filter)
        self.search.left_downwards.connect(self.view.setFocus)
        self.standing = Combo([(None, "Mọi học viên"), (True, "Đang học"), (False, "Đã thôi học")])
        self.standing.setAccessibleName("Lọc theo tình trạng")
        self.standing.chosen.connect(self._filter_standing)
        chooser = icon_button("columns-3", "Chọn cột", name="choose_columns")
        chooser.clicked.connect(
            lambda: self.view.columns.menu().popup(chooser.mapToGlobal(chooser.rect().bottomLeft()))
        )
        row = QHBoxLayout()
        row.setSpacing(theme.u(8))
        row.addWidget(self.search)
        row.addWidget(self.standing)
        row.addWidget(chooser)
        title = "Danh sách học viên lớp"
        self._out = ListExport(self, self.view, self.context, lambda: f"{title} {self._title}")
        row.addStretch(1)
        for each in self._ways_in():
            row.addWidget(each)
        return row

    def _ways_in(self) -> tuple[QPushButton, ...]:
        """Excel, known people, by hand."""
        bring = button("Nhập từ Excel…", "", "file-spreadsheet", name="import_roster")
        bring.clicked.connect(self.acts.import_roster)
        pick = button("Ghi danh người đã có…", "", "user-check", name="pick_known")
        pick.clicked.connect(self._pick)
        add = button("Thêm học viên…", "primary", "user-plus", name="add_learner", shortcut="new")
        add.clicked.connect(self.acts.add)
        self._writers |= {each: each.toolTip() for each in (bring, pick, add)}
        return bring, pick, add

    def _bar_buttons(self) -> tuple[QPushButton, ...]:
        """What can be done with ticked rows."""
        period = button("Thời gian học…", "", "calendar-days", name="period")
        period.clicked.connect(lambda: self.acts.change_period(self.model.ticked_rows()))
        remove = button("Xóa khỏi lớp…", "dangerline", "trash-2", name="withdraw")
        remove.clicked.connect(lambda: self.acts.withdraw(self.model.ticked_rows()))
        self._writers |= {each: each.toolTip() for each in (period, remove)}
        return period, remove

    def _empty_page(self) -> QWidget:
        """Three ways to the first learners."""
        bring = button("Nhập từ Excel…", "primary", name="import_first")
        bring.clicked.connect(self.acts.import_roster)
        self._first = bring
        pick = button("Tìm người…", name="pick_first")
        pick.clicked.connect(self._pick)
        add = button("Thêm học viên…", name="add_first")
        add.clicked.connect(self.acts.add)
        self._writers |= {each: each.toolTip() for each in (bring, pick, add)}
        about_file = "Danh sách các đảng ủy gửi lên, tiêu đề và thứ tự cột tùy ý."
        about_known = "Tìm trong những người đã học, không phải gõ lại."
        return EmptyState(
            "users",
            "Lớp chưa có học viên",
            "Có danh sách rồi mới điểm danh và cấp giấy chứng nhận được.",
            [
                way_card("file-spreadsheet", "Nhập từ Excel", about_file, bring),
                way_card("user-check", "Ghi danh người đã có", about_known, pick),
                way_card("user-plus", "Thêm từng người", "Gõ tay, Enter để sang người sau.", add),
            ],
        )

    # showing -----------------------------------------------------------------
    def show_class(self, class_id: int) -> None:
        """Another class begins without filter and ticks."""
        if class_id != self.class_id:
            self.search.clear()
            self.model.set_filter("")
            self.model.clear_ticks()
            self._personal.put_away()
            self.acts.unit = ""
        self.acts.class_id = class_id
        super().show_class(class_id)

    def reload(self) -> None:
        """Read the roll."""
        from app.services import classes, enrolment

        with self.context.database.reading() as db:
            rows = enrolment.class_roll(db, self.class_id)
            detail = classes.class_detail(db, self.class_id)
        self._status, self._title = detail.status, detail.title
        self._numbers = {row.enrolment_id: at for at, row in enumerate(rows, start=1)}
        self.model.set_rows(rows)
        self.stack.setCurrentIndex(0 if rows else 1)
        self.land_on(self.view if rows else self._first)
        self._lock(self._status.step >= ClassStatus.FINALISED.step)

    def _lock(self, locked: bool) -> None:
        """Keep the writing controls off once results are final."""
        self._locked.setVisible(locked)
        reason = _LOCKED if locked else hindrance(self.context, Permission.ENROL)
        self._new_key.setEnabled(not reason)
        for each, tooltip in self._writers.items():
            each.setEnabled(not reason)
            each.setToolTip(reason or tooltip)

    def _tell_count(self, shown: int, count: int) -> None:
        """ "64 học viên · 33 nữ", of the shown ones when filtered."""
        women = sum(row.sex is Sex.FEMALE for row in self.model.shown)
        left = sum(row.left_on is not None for row in self.model.shown)
        parts = [f"{shown} học viên" if shown == count else f"{shown} trong {count} học viên"]
        parts.append(f"{women} nữ")
        if left:
            parts.append(f"{left} đã thôi học")
        self._count.setText(" · ".join(parts))

    def _filter_standing(self, here: object) -> None:
        """Show everybody, who is here, or who left."""
        wanted = {True: lambda row: row.left_on is None, False: lambda row: row.left_on is not None}
        self.model.set_accept(wanted[bool(here)] if here is not None else None)

    # acts ----------------------------------------------------------------------
    def _edit(self, row: "RollRow") -> None:
        """F2, unless the roll is locked."""
        if self._new_key.isEnabled():
            self.acts.edit(row)

    def _paste(self) -> None:
        """Ctrl+V brings rows copied in Excel, unless the roll is locked."""
        if self._new_key.isEnabled() and self.context.may(Permission.ENROL):
            self.acts.paste()

    def _pick(self) -> None:
        """Known people who are not in the class yet."""
        self.acts.pick(self.model.rows)

    def _after(self) -> None:
        """Something was written: show it, here and in the head."""
        self.context.saved()
        self.reload()
        self.changed.emit()
