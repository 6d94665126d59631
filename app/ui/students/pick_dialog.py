"""Bringing people who are already known into a class."""

from collections.abc import Callable, Collection, Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from app import numbers
from app.ui import theme
from app.ui.buttons import button
from app.ui.columns import Column, date_column, name_column, number_column
from app.ui.context import Context
from app.ui.dialogs import Dialog
from app.ui.labels import label
from app.ui.messages import EmptyState
from app.ui.search import SearchField
from app.ui.table import TableModel
from app.ui.table_view import TableView

if TYPE_CHECKING:
    # Services import SQLAlchemy, which takes longer than the window to paint.
    from app.services.finding import StudentRow

SHOWN_AT_MOST = 200


class PickStudentDialog(Dialog):
    """Search, Enter, next: whoever is chosen is enrolled at once; the dialog stays open."""

    def __init__(
        self,
        parent: QWidget | None,
        context: Context,
        inside: Collection[int],
        enrol: Callable[[Sequence["StudentRow"]], object],
    ) -> None:
        super().__init__(parent, "Ghi danh người đã có", 800)
        self.setObjectName("pick_student")
        self._context, self._enrol = context, enrol
        self._inside = set(inside)
        self._query = ""
        self.search = SearchField("Tìm tên hoặc đơn vị, không cần dấu…")
        self.search.searched.connect(self.show_matches)
        self.search.left_downwards.connect(self._go_to_list)
        self.model = TableModel(_columns(), key=lambda row: row.id)
        self.view = TableView(self.model, "pick_student_list")
        self.view.set_empty(EmptyState("search", "Không có ai khớp", "Thử bỏ bớt chữ."))
        self.view.setMinimumHeight(theme.u(300))
        self.view.opened.connect(lambda _row: self.enrol_selected())
        self.view.selection_changed.connect(self._renew)
        self._count = label("", "note")
        for widget in (self.search, self.view, self._count):
            self.box.addWidget(widget)
        self._told = label("", "muted")
        self._told.setObjectName("enrolled_note")
        self.action = button("Ghi danh", "primary", "user-check", name="action")
        self.action.clicked.connect(self.enrol_selected)
        self.set_actions(self.action, "Đóng", self._told)
        self.show_matches("")
        self.search.setFocus()

    def show_matches(self, query: str) -> None:
        """Show the people who match and are not in the class yet."""
        from app.services import students

        self._query = query
        with self._context.refusals(self), self._context.database.reading() as db:
            found = students.student_list(db, query, SHOWN_AT_MOST + len(self._inside))
            count = students.student_count(db, query)
        outside = [row for row in found if row.id not in self._inside][:SHOWN_AT_MOST]
        self.model.set_rows(outside)
        if query and outside:
            self.view.select_key(outside[0].id)
        more = " Gõ thêm để thu hẹp." if count > SHOWN_AT_MOST else ""
        inside = len(found) - len(outside) if count <= len(found) else 0
        already = f", {inside} người đã ở trong lớp" if inside else ""
        self._count.setText(f"{numbers.grouped(count)} người khớp{already}.{more}")
        self._renew()

    def enrol_selected(self) -> None:
        """Enrol the selected people and stay for the next."""
        chosen = self.view.selected_rows()
        if not chosen:
            return
        with self._context.refusals(self):
            self._enrol(chosen)
            self._inside |= {row.id for row in chosen}
            who = chosen[0].full_name if len(chosen) == 1 else f"{len(chosen)} người"
            self._told.setText(f"Đã ghi danh {who}.")
        self.show_matches(self._query)
        self.search.setFocus()
        self.search.selectAll()

    def _go_to_list(self) -> None:
        """From the search field into the list; one match is enough for Enter to enrol."""
        if len(self.model.shown) == 1:
            self.view.select_key(self.model.shown[0].id)
        self.view.setFocus()
        if self.view.current_row() is None and self.model.shown:
            self.view.select_key(self.model.shown[0].id)

    def _renew(self) -> None:
        """Name how many would be enrolled."""
        chosen = len(self.view.selected_rows())
        self.action.setEnabled(chosen > 0)
        self.action.setText(f"  Ghi danh ({chosen})" if chosen > 1 else "  Ghi danh")


def _columns() -> list[Column["StudentRow"]]:
    """Who it is, as far as it tells people of one name apart."""
    return [
        name_column(lambda row: row.full_name, sort_key=lambda row: row.sort_key),
        date_column("Ngày sinh", lambda row: row.born),
        Column("Giới", lambda row: row.sex.label if row.sex else "", width=56),
        Column("Đơn vị / chi bộ", lambda row: row.unit, stretch=True),
        number_column("Số lớp", lambda row: row.classes),
    ]
