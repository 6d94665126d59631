"""Học viên: everybody who ever learnt here, found without accents, with the whole history."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app import numbers
from app.errors import InputError
from app.terms import Permission
from app.ui import dialogs, shortcuts, theme
from app.ui.buttons import button
from app.ui.columns import Column, date_column, name_column, number_column
from app.ui.context import Context
from app.ui.form import FormDialog
from app.ui.history.record_dialog import Subject, history_button
from app.ui.labels import label
from app.ui.messages import EmptyState
from app.ui.page import Page
from app.ui.search import SearchField
from app.ui.students.detail import PersonDetail
from app.ui.students.person_form import load_person, person_of, whole_form
from app.ui.table import TableModel
from app.ui.table_view import TableView

if TYPE_CHECKING:
    # Services import SQLAlchemy, which takes longer than the window to paint.
    from app.services.finding import StudentRow
    from app.services.students import StudentForm


class StudentsPage(Page):
    """Search and list at the left, the person at the right."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.setObjectName("students_page")
        self._wanted: int | None = None
        self._query = ""
        self.search = SearchField("Tìm tên hoặc đơn vị, không cần dấu…")
        self.search.searched.connect(self._search)
        self.model: TableModel[StudentRow] = TableModel(_columns(), key=lambda row: row.id)
        self.view = TableView(self.model, "student_list")
        self.search.left_downwards.connect(self._go_to_list)
        self._empty = EmptyState("users", "Chưa có học viên nào")
        self.view.set_empty(self._empty)
        self._count = label("", "caption")
        self._count.setObjectName("student_count")
        self.detail = PersonDetail()
        self._build()
        self.view.selection_changed.connect(self._show_current)
        self.view.opened.connect(lambda _row: self.detail.view.setFocus())
        self.view.edit_requested.connect(lambda _row: self.edit())
        self.detail.edit_asked.connect(self.edit)
        self.detail.reveal_asked.connect(self.reveal)
        self.detail.class_asked.connect(lambda class_id: self.context.open("class", class_id))
        shortcuts.bind(self, "find", self.search.setFocus)
        shortcuts.bind(self, "detail", self.detail.view.setFocus)
        if context.may(Permission.EDIT_PEOPLE):
            shortcuts.bind(self, "new", self.add)
        self.land_on(self.search)

    def _build(self) -> None:
        """Title line, then list and person."""
        head = QHBoxLayout()
        head.addWidget(label("Học viên", "h1"))
        head.addStretch(1)
        add = button("Thêm người…", "primary", "user-plus", name="add_person", shortcut="new")
        add.clicked.connect(self.add)
        head.addWidget(self.context.gate(add, Permission.EDIT_PEOPLE))
        self.context.gate(self.detail.edit, Permission.EDIT_PEOPLE)
        changes = history_button(self, self.context, self._subject, "person_changes")
        self.detail.foot.addWidget(changes)
        left = QWidget()
        left.setFixedWidth(theme.u(520))
        list_column = QVBoxLayout(left)
        list_column.setContentsMargins(0, 0, 0, 0)
        list_column.setSpacing(theme.u(8))
        for widget in (self.search, self.view, self._count):
            list_column.addWidget(widget, int(widget is self.view))
        both = QHBoxLayout()
        both.setSpacing(theme.u(12))
        both.addWidget(left)
        both.addWidget(self.detail, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.u(16), theme.u(10), theme.u(16), theme.u(8))
        column.setSpacing(theme.u(8))
        column.addLayout(head)
        column.addLayout(both, 1)
        self._left = left

    def set_compact(self, on: bool) -> None:
        """A narrower list in a narrow window."""
        self._left.setFixedWidth(theme.u(440 if on else 520))

    # showing -----------------------------------------------------------------
    def show_for(self, *args: object) -> None:
        """A person to show, if one was asked for."""
        self._wanted = args[0] if args and isinstance(args[0], int) else None
        if self._wanted is not None:
            self.search.clear()
            self._query = ""

    def reload(self) -> None:
        """Read the list again."""
        self._search(self._query)

    def _search(self, query: str) -> None:
        """Show who matches."""
        from app.services import students

        self._query = query
        with self.context.database.reading() as db:
            if self._wanted is not None:
                self._query = query = students.student_detail(db, self._wanted).form.full_name
                self.search.setText(query)
            rows = students.student_list(db, query)
            found, everybody = students.student_count(db, query), students.student_count(db)
        self.model.set_rows(rows)
        self._tell(len(rows), found, everybody)
        chosen = self._wanted if self._wanted is not None else None
        self._wanted = None
        if chosen is not None and self.view.select_key(chosen):
            return
        if rows and not self.view.selected_rows():
            self.view.select_key(rows[0].id)

    def _tell(self, shown: int, found: int, everybody: int) -> None:
        """ "11 người khớp “thi h” trong 4.816 người"."""
        query = self._query.strip()
        if query:
            words = f"{numbers.grouped(found)} người khớp “{query}” trong "
            words += f"{numbers.grouped(everybody)} người"
            self._empty.say(f"Không có ai khớp “{query}”", "Thử bỏ bớt chữ, hoặc Thêm người.")
        else:
            words = f"{numbers.grouped(everybody)} người"
            self._empty.say("Chưa có học viên nào", "Nhập danh sách ở thẻ Học viên của một lớp.")
        if shown < found:
            words += f" · hiện {numbers.grouped(shown)} người đầu, gõ thêm để thu hẹp"
        self._count.setText(words)

    def _show_current(self) -> None:
        """Show the person of the cursor."""
        from app.services import students

        chosen = self.view.selected_rows()
        detail = None
        if chosen:
            with self.context.refusals(self), self.context.database.reading() as db:
                detail = students.student_detail(db, chosen[0].id)
        self.detail.show_person(detail)

    def reveal(self) -> None:
        """Show the numbers of the person in full; the journal keeps that."""
        row = self.view.current_row()
        if row is None or not self.context.may(Permission.SHOW_PERSONAL):
            return
        with self.context.refusals(self):
            self.context.look(f"Xem số định danh, điện thoại của {row.full_name}")
            self.detail.reveal()

    def _subject(self) -> Subject | None:
        """The person whose history of changes is asked for."""
        row = self.view.current_row()
        return ("student", row.id, row.full_name) if row else None

    def _go_to_list(self) -> None:
        """From the search field to the first match."""
        self.view.setFocus()
        if self.view.current_row() is None and self.model.shown:
            self.view.select_key(self.model.shown[0].id)

    # acts ----------------------------------------------------------------------
    def add(self) -> None:
        """Register somebody who is in no class yet."""
        form = whole_form(lambda values: self._register(person_of(values)))
        form.load({})
        FormDialog(self, "Thêm người", form, action="Thêm người", width=760).exec()
        if self._wanted is not None:
            self.context.saved()
            self.reload()

    def _register(self, person: "StudentForm") -> None:
        """Write a new person; one of the same name and birth date only when it is meant."""
        from app.services import students

        with self.context.database.reading() as db:
            same = students.same_person(db, person.full_name, person.born)
        if same and not dialogs.confirm(
            self,
            f"Đã có {person.full_name} cùng ngày sinh. Vẫn thêm?",
            "Chỉ thêm khi chắc chắn đây là người khác; một người chỉ nên có một hồ sơ.",
            action="Thêm người khác",
        ):
            raise InputError("Đã có người này trong sổ. Tìm ở danh sách học viên.", "full_name")
        with self.context.database.writing(f"Thêm người {person.full_name}") as db:
            self._wanted = students.save_student(db, person)

    def edit(self) -> None:
        """Correct the person of the cursor."""
        from app.services import students

        row = self.view.current_row()
        if row is None or not self.context.may(Permission.EDIT_PEOPLE):
            return

        def save(values: dict[str, object]) -> None:
            with self.context.database.writing(f"Sửa hồ sơ {row.full_name}") as db:
                students.save_student(db, person_of(values), row.id)

        form = whole_form(save)
        with self.context.refusals(self), self.context.database.reading() as db:
            person = students.student_detail(db, row.id).form
        load_person(form, person)
        if person.identity_number:
            self.context.look(f"Xem số định danh của {person.full_name}")
        title = f"Sửa hồ sơ {row.full_name}"
        if FormDialog(self, title, form, action="Lưu thay đổi", width=760).exec():
            self.context.saved()
            self.reload()


def _columns() -> list[Column["StudentRow"]]:
    """Name, birth, unit, number of classes."""
    return [
        name_column(lambda row: row.full_name, sort_key=lambda row: row.sort_key, width=176),
        date_column("Ngày sinh", lambda row: row.born, width=92),
        Column("Đơn vị / chi bộ", lambda row: row.unit, stretch=True),
        number_column("Lớp", lambda row: row.classes, width=46),
    ]
