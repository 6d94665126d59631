"""Giảng viên: who teaches, how many periods of a year, and where."""

from collections import Counter
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.terms import Permission
from app.ui import days, shortcuts, theme
from app.ui.buttons import button, icon_button
from app.ui.chips import ChipLook
from app.ui.columns import Column, name_column, number_column
from app.ui.combo import Combo
from app.ui.context import Context
from app.ui.history.record_dialog import Subject, history_button
from app.ui.labels import label
from app.ui.lecturers.detail import LecturerDetail
from app.ui.lecturers.lecturer_form import lecturer_dialog
from app.ui.list_export import ListExport
from app.ui.messages import EmptyState
from app.ui.page import Page
from app.ui.search import SearchField
from app.ui.table import TableModel
from app.ui.table_view import TableView

if TYPE_CHECKING:
    # Services import SQLAlchemy, which takes longer than the window to paint.
    from app.services.lecturers import LecturerForm, LecturerRow


class LecturersPage(Page):
    """List at the left, the lecturer at the right; both of one year."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.setObjectName("lecturers_page")
        self.year = days.today().year
        self._added: int | None = None
        self.search = SearchField("Tìm giảng viên, không cần dấu…")
        self.only = Combo([(True, "Đang giảng"), (None, "Tất cả")])
        self.only.set_key(True)
        self.only.setAccessibleName("Lọc theo tình trạng")
        self.model: TableModel[LecturerRow] = TableModel(_columns(), key=lambda row: row.id)
        self.model.set_accept(lambda row: row.is_active)
        self.view = TableView(self.model, "lecturer_list", height=38)
        self._empty = EmptyState("presentation", "Chưa có giảng viên nào", "Bấm Thêm giảng viên.")
        self.view.set_empty(self._empty)
        self.detail = LecturerDetail()
        self._about = label("", "muted")
        self._about.setObjectName("lecturer_count")
        self._year = label("", "strong")
        self._build()
        self._connect()
        self.land_on(self.search)

    def _build(self) -> None:
        """Title line, then list and lecturer."""
        left = QWidget()
        left.setFixedWidth(theme.u(560))
        list_column = QVBoxLayout(left)
        list_column.setContentsMargins(0, 0, 0, 0)
        list_column.setSpacing(theme.u(8))
        filters = QHBoxLayout()
        filters.setSpacing(theme.u(8))
        filters.addWidget(self.search, 1)
        filters.addWidget(self.only)
        list_column.addLayout(filters)
        list_column.addWidget(self.view, 1)
        both = QHBoxLayout()
        both.setSpacing(theme.u(12))
        both.addWidget(left)
        both.addWidget(self.detail, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.u(16), theme.u(10), theme.u(16), theme.u(8))
        column.setSpacing(theme.u(8))
        column.addLayout(self._head())
        column.addLayout(both, 1)
        self._left = left

    def _head(self) -> QHBoxLayout:
        """Title, figures, year, and the way to add."""
        before = icon_button("chevron-left", "Năm trước", name="year_before")
        before.clicked.connect(lambda: self.show_year(self.year - 1))
        after = icon_button("chevron-right", "Năm sau", name="year_after")
        after.clicked.connect(lambda: self.show_year(self.year + 1))
        add = button("Thêm giảng viên…", "primary", "plus", name="add_lecturer", shortcut="new")
        add.clicked.connect(self.add)
        head = QHBoxLayout()
        head.setSpacing(theme.u(9))
        head.addWidget(label("Giảng viên", "h1"))
        head.addWidget(self._about, 1)
        self._out = ListExport(self, self.view, self.context, lambda: f"Giảng viên năm {self.year}")
        for widget in (self._out.button, before, self._year, after, add):
            head.addWidget(widget)
        for writer in (add, self.detail.edit):
            self.context.gate(writer, Permission.EDIT_PEOPLE)
        return head

    def _connect(self) -> None:
        """Signals and keys."""
        self.search.searched.connect(self.model.set_filter)
        self.search.left_downwards.connect(self._go_to_list)
        self.only.chosen.connect(self._filter)
        self.view.selection_changed.connect(self._show_current)
        self.view.opened.connect(lambda _row: self.detail.view.setFocus())
        self.view.edit_requested.connect(lambda _row: self.edit())
        self.detail.edit_asked.connect(self.edit)
        self.detail.reveal_asked.connect(self.reveal)
        changes = history_button(self, self.context, self._subject, "lecturer_changes")
        self.detail.foot.addWidget(changes)
        self.detail.class_asked.connect(
            lambda class_id: self.context.open("class", class_id, "timetable")
        )
        shortcuts.bind(self, "find", self.search.setFocus)
        if self.context.may(Permission.EDIT_PEOPLE):
            shortcuts.bind(self, "new", self.add)
        shortcuts.bind(self, "detail", self.detail.view.setFocus)

    def set_compact(self, on: bool) -> None:
        """A narrower list in a narrow window."""
        self._left.setFixedWidth(theme.u(400 if on else 560))

    # showing -----------------------------------------------------------------
    def show_year(self, year: int) -> None:
        """Turn to another year."""
        self.year = year
        self.reload()

    def reload(self) -> None:
        """Read the lecturers with their periods of the year."""
        from app.services import lecturers

        with self.context.database.reading() as db:
            rows = lecturers.lecturer_list(db, self.year)
        self._year.setText(f"Năm {self.year}")
        self.model.set_rows(rows)
        self._tell(rows)
        if self._added is not None:
            self.view.select_key(self._added)
            self._added = None
        elif self.model.shown and not self.view.selected_rows():
            self.view.select_key(self.model.shown[0].id)
        self._show_current()

    def _tell(self, rows: "list[LecturerRow]") -> None:
        """ "12 giảng viên: 2 chuyên trách, 10 kiêm chức"."""
        active = [row for row in rows if row.is_active]
        kinds = Counter(row.employment for row in active)
        parts = ", ".join(f"{count} {kind.label.lower()}" for kind, count in kinds.items())
        self._about.setText(f"{len(active)} giảng viên{': ' if parts else ''}{parts}")
        self.only.set_choices(
            [(True, f"Đang giảng ({len(active)})"), (None, f"Tất cả ({len(rows)})")]
        )
        if rows:
            self._empty.say("Không có ai khớp", "Thử bỏ bớt chữ, hoặc chọn Tất cả.")

    def _filter(self, only_active: object) -> None:
        """Show who teaches now, or everybody."""
        self.model.set_accept((lambda row: row.is_active) if only_active else None)

    def _show_current(self) -> None:
        """Show the lecturer of the cursor."""
        from app.services import lecturers

        chosen = self.view.selected_rows()
        if not chosen:
            self.detail.show_lecturer(None, (), self.year, days.today())
            return
        with self.context.database.reading() as db:
            teaching = lecturers.teaching(db, chosen[0].id, self.year)
        self.detail.show_lecturer(chosen[0], teaching, self.year, days.today())

    def _subject(self) -> Subject | None:
        """The lecturer whose history of changes is asked for."""
        row = self.view.current_row()
        return ("lecturer", row.id, row.full_name) if row else None

    def _go_to_list(self) -> None:
        """From the search field to the first match."""
        self.view.setFocus()
        if self.view.current_row() is None and self.model.shown:
            self.view.select_key(self.model.shown[0].id)

    # acts ----------------------------------------------------------------------
    def reveal(self) -> None:
        """Show the phone number in full; the journal keeps that."""
        row = self.view.current_row()
        if row and self.context.may(Permission.SHOW_PERSONAL):
            with self.context.refusals(self):
                self.context.look(f"Xem số điện thoại của {row.full_name}")
                self.detail.reveal()

    def add(self) -> None:
        """Add a lecturer."""
        self._open_dialog(None)

    def edit(self) -> None:
        """Change the lecturer of the cursor."""
        row = self.view.current_row()
        if row and self.context.may(Permission.EDIT_PEOPLE):
            self._open_dialog(row)

    def _open_dialog(self, row: "LecturerRow | None") -> None:
        """Ask, write, show."""
        from app.services import lecturers

        def save(form: "LecturerForm") -> None:
            act = "Sửa giảng viên" if row else "Thêm giảng viên"
            with self.context.database.writing(f"{act} {form.full_name}") as db:
                self._added = lecturers.save_lecturer(db, form, row.id if row else None)

        if lecturer_dialog(self, row, save).exec():
            self.context.saved()
            self.reload()


def _columns() -> list[Column["LecturerRow"]]:
    """Name with position, kind, periods of the year."""
    return [
        name_column(
            lambda row: row.full_name,
            "Giảng viên",
            sort_key=lambda row: row.sort_key,
            second=lambda row: " · ".join(part for part in (row.position, row.workplace) if part),
            stretch=True,
        ),
        Column(
            "Loại",
            lambda row: row.employment.label,
            width=120,
            colour=lambda _row: "text2",
            chip=lambda row: None if row.is_active else ChipLook("Thôi giảng", "neutral"),
        ),
        number_column("Số tiết", lambda row: row.periods, width=76),
    ]
