"""Học viên: everybody who ever learnt here, found without accents, with the whole history."""

from array import array
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app import numbers
from app.terms import Permission
from app.ui import shortcuts, theme
from app.ui.buttons import button
from app.ui.context import Context
from app.ui.duplicates.hint import DuplicateHint
from app.ui.history.record_dialog import Subject, history_button
from app.ui.labels import label
from app.ui.list_export import ListExport
from app.ui.messages import EmptyState
from app.ui.page import Page
from app.ui.paged_table import PAGE
from app.ui.students.detail import PersonDetail
from app.ui.students.people_filters import PeopleFilters
from app.ui.students.people_list import PeopleModel
from app.ui.students.person_acts import PersonActs
from app.ui.table_view import TableView

if TYPE_CHECKING:
    # Services import SQLAlchemy, which takes longer than the window to paint.
    from app.services.finding import Wanted


class StudentsPage(Page):
    """Search and list at the left, the person at the right."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.setObjectName("students_page")
        self._wanted: int | None = None
        self._unit: int | None = None
        self._is_showing = False
        self._rest = QTimer(self, singleShot=True, interval=0)
        self._rest.timeout.connect(self.show_rest)
        self.filters = PeopleFilters()
        self.search = self.filters.search
        self.model = PeopleModel(context.database)
        self.view = TableView(self.model, "student_list")
        self.clear = button("Bỏ lọc", name="clear_people_filters")
        self._empty = EmptyState("users", "Chưa có học viên nào", "", [self.clear])
        self.view.set_empty(self._empty)
        self._count = label("", "caption")
        self._count.setObjectName("student_count")
        self.detail = PersonDetail()
        self.acts = PersonActs(self, context, self._show_after)
        self.out = ListExport(self, self.view, context, self._title)
        self._build()
        self._connect()
        self.land_on(self.search)

    # building ----------------------------------------------------------------
    def _build(self) -> None:
        """Title line, then list and person."""
        self._left = QWidget()
        list_column = QVBoxLayout(self._left)
        list_column.setContentsMargins(0, 0, 0, 0)
        list_column.setSpacing(theme.u(8))
        for widget in (self.filters, self.view, self._count):
            list_column.addWidget(widget, int(widget is self.view))
        both = QHBoxLayout()
        both.setSpacing(theme.u(12))
        both.addWidget(self._left)
        both.addWidget(self.detail, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.u(16), theme.u(10), theme.u(16), theme.u(8))
        column.setSpacing(theme.u(8))
        column.addLayout(self._head())
        column.addLayout(both, 1)
        changes = history_button(self, self.context, self._subject, "person_changes")
        self.detail.foot.addWidget(changes)
        for writer in (self.detail.edit, self.detail.delete):
            self.context.gate(writer, Permission.EDIT_PEOPLE)
        self.context.gate(self.detail.print, Permission.EXPORT)
        self.hint = DuplicateHint(self.context)
        self.detail.hints.addWidget(self.hint)
        self.set_compact(False)

    def _head(self) -> QHBoxLayout:
        """Title, then the tools; `tools` has room for those of other parts of the program."""
        units = button("Đơn vị…", "quiet", "landmark", name="to_units")
        units.clicked.connect(lambda: self.context.open("settings", "units"))
        self.context.gate(units, Permission.EDIT_PEOPLE)
        doubles = button("Tìm người trùng", "", "users", name="find_duplicates")
        doubles.clicked.connect(lambda: self.context.open("duplicates"))
        self.context.gate(doubles, Permission.EDIT_PEOPLE)
        add = button("Thêm người…", "primary", "user-plus", name="add_person", shortcut="new")
        add.clicked.connect(self.acts.add)
        self.context.gate(add, Permission.EDIT_PEOPLE)
        head, self.tools = QHBoxLayout(), QHBoxLayout()
        self.tools.setSpacing(theme.u(8))
        self.tools.addWidget(doubles)
        head.setSpacing(theme.u(8))
        head.addWidget(label("Học viên", "h1"))
        head.addStretch(1)
        head.addWidget(self.out.button)
        head.addWidget(units)
        head.addLayout(self.tools)
        head.addWidget(add)
        return head

    def _connect(self) -> None:
        """Signals and keys."""
        self.filters.changed.connect(self._search)
        self.clear.clicked.connect(self.filters.clear)
        self.model.order_asked.connect(self._search)
        self.search.left_downwards.connect(self._go_to_list)
        self.view.selection_changed.connect(self._show_current)
        self.view.opened.connect(lambda _row: self.detail.view.setFocus())
        self.view.edit_requested.connect(lambda _row: self.edit())
        self.detail.edit_asked.connect(self.edit)
        self.detail.reveal_asked.connect(self.reveal)
        self.detail.print_asked.connect(self.print)
        self.detail.delete_asked.connect(self.delete)
        self.detail.class_asked.connect(lambda class_id: self.context.open("class", class_id))
        shortcuts.bind(self, "find", self.search.setFocus)
        shortcuts.bind(self, "detail", self.detail.view.setFocus)
        shortcuts.bind(self, "print", self.detail.print.click)
        if self.context.may(Permission.EDIT_PEOPLE):
            shortcuts.bind(self, "new", self.acts.add)
            self._menu("Sửa…\tF2", self.edit)
            self._menu("Xóa hồ sơ…", self.delete)

    def _menu(self, words: str, act: object) -> None:
        """An entry of the context menu."""
        action = QAction(words, self.view)
        action.triggered.connect(act)
        self.view.addAction(action)

    def set_compact(self, on: bool) -> None:
        """A narrower list in a narrow window."""
        self._left.setFixedWidth(theme.u(440 if on else 520))
        self.filters.set_compact(on)

    # showing -----------------------------------------------------------------
    def show_for(self, *args: object) -> None:
        """A person to show, or "unit" with the unit whose people are to be listed."""
        self._wanted = args[0] if args and isinstance(args[0], int) else None
        if len(args) > 1 and args[0] == "unit" and isinstance(args[1], int):
            self._unit = args[1]

    def reload(self) -> None:
        """Read the choices and the list again."""
        from app.services import finding, students

        with self.context.refusals(self):
            with self.context.database.reading() as db:
                self.filters.offer(finding.choices(db))
                name = ""
                if self._wanted is not None:
                    name = students.student_detail(db, self._wanted).form.full_name
            if self._unit is not None or name:
                self.filters.narrow_to(name, self._unit)
                self._unit = None
        self._search()

    def search_for(self, query: str) -> None:
        """Search as if that had been typed."""
        self.filters.query = query
        self._search()

    def _search(self) -> None:
        """Show who matches."""
        from app.services import finding

        wanted = self._asked()
        with self.context.database.reading() as db:
            first = finding.begin(db, wanted, PAGE) if wanted.query else None
            if first and len(first) == PAGE:  # there are more: these are painted, then the rest
                self._rest.start()
                self._show(first)
                return
            self._rest.stop()
            ids = finding.found(db, wanted, first)
            everybody = len(ids) if wanted.is_everybody else finding.everybody(db)
        self._tell(len(ids), everybody)
        self._show(ids)

    def _asked(self) -> "Wanted":
        """Whom the filters ask for, in the order of the heading."""
        order, is_descending = self.model.order()
        return self.filters.wanted(order, is_descending=is_descending)

    @property
    def is_waiting(self) -> bool:
        """Whether only the first of many are shown yet."""
        return self._rest.isActive()

    def show_rest(self) -> None:
        """Show everybody who matches below the first ones, and how many they are."""
        from app.services import finding

        self._rest.stop()
        with self.context.database.reading() as db:
            ids = finding.found(db, self._asked())
            everybody = finding.everybody(db)
        self._tell(len(ids), everybody)
        self._is_showing = True
        self.model.set_ids(ids)
        self._is_showing = False

    def _show(self, ids: "array[int]") -> None:
        """Put these people into the list, with the cursor where it was or on the first."""
        self._is_showing = True  # the person is read once, when the list stands
        self.model.set_ids(ids)
        chosen, self._wanted = self._wanted, None
        found = chosen is not None and self.view.select_key(chosen)
        if len(ids) and not found and not self.view.selectionModel().hasSelection():
            self.view.select_key(ids[0])
        self._is_showing = False
        self._show_current()

    def _tell(self, shown: int, everybody: int) -> None:
        """ "11 người khớp “thi h” trong 4.816 người"."""
        query, chosen = self.filters.query.strip(), self.filters.chosen
        among = f" trong {numbers.grouped(everybody)} người"
        of = f" · {', '.join(chosen)}" if chosen else ""
        matching = f" khớp “{query}”" if query else ""
        narrowed = bool(query or chosen)
        self._count.setText(f"{numbers.grouped(shown)} người{matching}{among * narrowed}{of}")
        self.clear.setVisible(narrowed)
        if narrowed:
            self._empty.say(f"Không có ai{matching}{of}", "Thử bỏ bớt chữ, hoặc Thêm người.")
        else:
            self._empty.say("Chưa có học viên nào", "Nhập danh sách ở thẻ Học viên của một lớp.")

    def _title(self) -> str:
        """What the exported list is called."""
        return f"Học viên: {self._count.text()}"

    def _show_current(self) -> None:
        """Show the person of the cursor."""
        from app.services import students

        if self._is_showing:
            return
        row = self.view.first_selected()
        detail = None
        if row:
            with self.context.refusals(self), self.context.database.reading() as db:
                detail = students.student_detail(db, row.id)
        self.detail.show_person(detail)
        self.hint.show_for(detail.id if detail else None)

    def _show_after(self, student_id: int | None) -> None:
        """Somebody was written or deleted."""
        self._wanted = student_id
        self.reload()

    def _subject(self) -> Subject | None:
        """The person whose history of changes is asked for."""
        row = self.view.current_row()
        return ("student", row.id, row.full_name) if row else None

    def _go_to_list(self) -> None:
        """From the search field to the first match."""
        self.view.setFocus()
        if self.view.current_row() is None and self.model.shown:
            self.view.select_key(self.model.key_at(0))

    # acts ----------------------------------------------------------------------
    def reveal(self) -> None:
        """Show the numbers of the person in full; the journal keeps that."""
        row = self.view.current_row()
        if row is None or not self.context.may(Permission.SHOW_PERSONAL):
            return
        with self.context.refusals(self):
            self.context.look(f"Xem số định danh, điện thoại của {row.full_name}")
            self.detail.reveal()

    def print(self) -> None:
        """Show the paper of what the person learnt here."""
        if row := self.view.current_row():
            self.acts.print_history(row.id, row.full_name)

    def edit(self) -> None:
        """Correct the person of the cursor."""
        if row := self.view.current_row():
            self.acts.edit(row.id)

    def delete(self) -> None:
        """Delete the person of the cursor where nothing hangs on the person."""
        if row := self.view.current_row():
            self.acts.delete(row.id, row.full_name)
