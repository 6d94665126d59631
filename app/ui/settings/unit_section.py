"""Đơn vị: who sends learners, under every name; renamed, merged, found by old names too."""

import datetime
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app import numbers
from app.terms import Permission
from app.ui import shortcuts, theme
from app.ui.buttons import button, set_text
from app.ui.columns import Column, date_column, number_column
from app.ui.context import Context
from app.ui.history import taking_back
from app.ui.labels import Card, ElidedLabel, label
from app.ui.list_export import ListExport
from app.ui.messages import EmptyState
from app.ui.search import SearchField
from app.ui.settings import unit_dialogs
from app.ui.settings.section import Section
from app.ui.table import TableModel
from app.ui.table_view import TableView

if TYPE_CHECKING:
    # Services import SQLAlchemy, which takes longer than the window to paint.
    from app.services.communes import Offer
    from app.services.units import OtherName, UnitRow

_NAMES, _NARROW_NAMES = 330, 266
_OTHER_NAMES = 2  # place of the column


class UnitSection(Section):
    """The units at the left, the other names of one at the right."""

    title = "Đơn vị"
    needs = (Permission.READ,)

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.setObjectName("unit_section")
        self._offers: list[Offer] = []
        self.search = SearchField("Tìm đơn vị, cả tên cũ, không cần dấu…")
        self.model: TableModel[UnitRow] = TableModel(_unit_columns(), key=lambda row: row.id)
        self.view = TableView(self.model, "unit_list")
        self.view.set_empty(EmptyState("landmark", "Chưa có đơn vị nào", "Đơn vị có cùng học viên"))
        self.names: TableModel[OtherName] = TableModel(_name_columns(), key=lambda row: row.id)
        self.names_view = TableView(self.names, "unit_names")
        self.names_view.set_empty(EmptyState("notebook-tabs", "Không có tên khác"))
        self._count = label("", "muted")
        self._count.setObjectName("unit_count")
        self._name = ElidedLabel("", "h2")
        self._make_buttons()
        self._build()
        self._connect()

    # building ----------------------------------------------------------------
    def _make_buttons(self) -> None:
        self.rename_button = button("Đổi tên…", "", "pencil", name="rename_unit")
        self.merge_button = button("Gộp…", "", "landmark", name="merge_units")
        self.offers_button = button("Xã sáp nhập…", "", "refresh-cw", name="mergers")
        self.people_button = button("Xem người", "quiet", "users", name="unit_people")
        self.add_button = button("Thêm tên…", "", "plus", name="add_unit_name")
        self.drop_button = button("Bỏ tên này", "quiet", "x", name="drop_unit_name")
        self.out = ListExport(self, self.view, self.context, lambda: "Đơn vị")
        for each in (
            self.rename_button,
            self.merge_button,
            self.offers_button,
            self.add_button,
            self.drop_button,
        ):
            self.context.gate(each, Permission.EDIT_PEOPLE)

    def _build(self) -> None:
        head, tools, both = QHBoxLayout(), QHBoxLayout(), QHBoxLayout()
        for line in (head, tools, both):
            line.setSpacing(theme.u(8))
        head.addWidget(label(self.title, "h1"))
        head.addWidget(self._count, 1)
        for each in (self.out.button, self.offers_button, self.merge_button, self.rename_button):
            head.addWidget(each)
        tools.addWidget(self.search, 1)
        tools.addWidget(self.people_button)
        left = QVBoxLayout()
        left.setSpacing(theme.u(8))
        left.addLayout(tools)
        left.addWidget(self.view, 1)
        both.addLayout(left, 1)
        both.addWidget(self._card())
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.u(18), theme.u(10), theme.u(16), theme.u(10))
        column.setSpacing(theme.u(8))
        column.addLayout(head)
        column.addLayout(both, 1)
        note = "Chọn nhiều đơn vị bằng Ctrl hoặc Shift để gộp. Giấy tờ đã lập giữ tên của lúc ấy."
        column.addWidget(label(note, "note"))

    def _card(self) -> QWidget:
        """The other names of the unit of the cursor."""
        card = Card()
        card.add(self._name)
        card.add(
            label("Tên khác, tên cũ và tên viết tắt đều tìm ra đơn vị này.", "note", wrap=True)
        )
        card.add(self.names_view, 1)
        line = QHBoxLayout()
        line.addWidget(self.add_button)
        line.addWidget(self.drop_button)
        line.addStretch(1)
        card.add(line)
        self._side = card
        card.setFixedWidth(theme.u(_NAMES))
        return card

    def _connect(self) -> None:
        self.search.searched.connect(self.model.set_filter)
        self.search.left_downwards.connect(self.view.setFocus)
        self.view.selection_changed.connect(self._show_current)
        self.view.opened.connect(self._show_people)
        self.view.edit_requested.connect(lambda _row: self.rename())
        self.names_view.selection_changed.connect(self._follow)
        self.rename_button.clicked.connect(self.rename)
        self.merge_button.clicked.connect(self.merge)
        self.offers_button.clicked.connect(self.show_mergers)
        self.people_button.clicked.connect(lambda: self._show_people(self.view.current_row()))
        self.add_button.clicked.connect(self.add_name)
        self.drop_button.clicked.connect(self.drop_name)
        shortcuts.bind(self, "find", self.search.setFocus)
        shortcuts.bind(self, "detail", self.names_view.setFocus)

    def set_compact(self, on: bool) -> None:
        """A narrow window leaves less to the other names."""
        self._side.setFixedWidth(theme.u(_NARROW_NAMES if on else _NAMES))
        self.view.setColumnHidden(_OTHER_NAMES, on)

    # showing -----------------------------------------------------------------
    def reload(self) -> None:
        """Read the units and what the reference says about them."""
        from app.services import communes, units

        with self.context.database.reading() as db:
            rows = units.unit_list(db)
            self._offers = communes.offers(db)
        self.model.set_rows(rows)
        self._count.setText(
            f"{numbers.grouped(len(rows))} đơn vị, "
            f"{numbers.grouped(sum(row.people for row in rows))} người"
        )
        if rows and self.view.current_row() is None:
            self.view.select_key(rows[0].id)
        set_text(self.offers_button, f"Xã sáp nhập ({len(self._offers)})…")
        self._show_current()

    def _show_current(self) -> None:
        """Show the other names of the unit of the cursor."""
        row = self.view.current_row()
        self._name.setText(row.name if row else "")
        self.names.set_rows(row.other_names if row else ())
        self._follow()

    def _follow(self) -> None:
        """What can be done now."""
        chosen, edits = len(self.view.selected_rows()), self.context.may(Permission.EDIT_PEOPLE)
        set_text(self.merge_button, f"Gộp ({chosen})…" if chosen > 1 else "Gộp…")
        self.merge_button.setEnabled(edits and chosen > 1)
        self.rename_button.setEnabled(edits and chosen == 1)
        self.add_button.setEnabled(edits and chosen == 1)
        self.drop_button.setEnabled(edits and bool(self.names_view.selected_rows()))
        self.people_button.setEnabled(chosen == 1)
        self.offers_button.setEnabled(edits and bool(self._offers))

    def _show_people(self, row: "UnitRow | None") -> None:
        """The people of a unit, in their list."""
        if row:
            self.context.open("students", "unit", row.id)

    # acts --------------------------------------------------------------------
    def rename(self) -> None:
        """Another name for the unit of the cursor."""
        from app.services import units

        row = self.view.current_row()
        if row is None or not self.rename_button.isEnabled():
            return

        def save(name: str, valid_to: datetime.date | None) -> None:
            with self.context.database.writing(f"Đổi tên đơn vị {row.name}") as db:
                units.rename(db, row.id, name, valid_to)

        if unit_dialogs.rename_dialog(self, row, save).exec():
            self._after(f"Đã đổi tên đơn vị {row.name}.")

    def add_name(self) -> None:
        """A name the unit of the cursor is also found by."""
        from app.services import units

        row = self.view.current_row()
        if row is None:
            return

        def save(name: str, valid_to: datetime.date | None) -> None:
            with self.context.database.writing(f"Thêm tên khác của {row.name}") as db:
                units.add_name(db, row.id, name, valid_to)

        if unit_dialogs.name_dialog(self, row, save).exec():
            self._after(f"Đã thêm tên khác của {row.name}.")

    def drop_name(self) -> None:
        """Forget the other name of the cursor."""
        from app.services import units

        row = self.names_view.current_row()
        if row is None:
            return
        with self.context.refusals(self):
            with self.context.database.writing(f"Bỏ tên khác {row.name}") as db:
                units.remove_name(db, row.id)
            self._after(f"Đã bỏ tên {row.name}.")

    def merge(self) -> None:
        """Make the selected units one."""
        from app.services import units

        chosen = self.view.selected_rows()
        names = ", ".join(row.name for row in chosen)

        def save(into: int, valid_to: datetime.date | None) -> None:
            with self.context.database.writing(f"Gộp đơn vị {names}") as db:
                units.merge(db, [row.id for row in chosen], into, valid_to)

        if len(chosen) > 1 and unit_dialogs.merge_dialog(self, chosen, save).exec():
            self._after(f"Đã gộp {len(chosen)} đơn vị.")

    def show_mergers(self) -> None:
        """Offer what the reference says; only what is ticked is done."""
        from app.services import communes

        dialog = unit_dialogs.MergersDialog(self, self._offers, communes.AREA)
        if not dialog.exec():
            return
        accepted = dialog.model.ticked_rows()
        with self.context.refusals(self):
            with self.context.database.writing(f"Xã sáp nhập 2025: {len(accepted)} đơn vị") as db:
                communes.accept(db, accepted)
            self._after(f"Đã áp dụng {len(accepted)} thay đổi tên xã.")

    def _after(self, words: str) -> None:
        self.context.saved()
        self.reload()
        taking_back.tell_done(self.context, words)


def _unit_columns() -> "list[Column[UnitRow]]":
    return [
        Column("Đơn vị", lambda row: row.name, stretch=True, strong=lambda _row: True),
        number_column("Người", lambda row: row.people, width=66),
        Column("Tên khác", lambda row: ", ".join(each.told for each in row.other_names), width=230),
    ]


def _name_columns() -> "list[Column[OtherName]]":
    return [
        Column("Tên", lambda row: row.name, stretch=True, tooltip=lambda row: row.name),
        date_column("Dùng đến", lambda row: row.valid_to, width=92),
    ]
