"""Người ký: who signs certificates and reports, from a day to a day."""

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from app import dates
from app.errors import RuleError
from app.terms import Permission
from app.ui import days, shortcuts, theme
from app.ui.buttons import button
from app.ui.chips import ChipLook
from app.ui.columns import Column, date_column, name_column
from app.ui.context import Context
from app.ui.form import FormDialog
from app.ui.labels import label
from app.ui.messages import Banner, EmptyState
from app.ui.settings.section import Section
from app.ui.settings.signatory_dialog import signatory_dialog
from app.ui.table import TableModel
from app.ui.table_view import TableView

if TYPE_CHECKING:
    # Services import SQLAlchemy, which takes longer than the window to paint.
    from app.services.centre import SignatoryForm, SignatoryRow

_NOTE = "Khi đổi người, thêm người mới và ghi ngày thôi ký của người cũ; giấy đã cấp giữ tên cũ."


class SignatorySection(Section):
    """The list of those who sign, and who signs today."""

    title = "Người ký"
    needs = (Permission.READ, Permission.EDIT_CENTRE)

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.setObjectName("signatory_section")
        self.model: TableModel[SignatoryRow] = TableModel(_columns(), key=lambda row: row.id)
        self.view = TableView(self.model, "signatory_list", height=30)
        self.view.set_empty(EmptyState("stamp", "Chưa có người ký"))
        self.view.opened.connect(self.edit)
        self.view.edit_requested.connect(self.edit)
        self._place = QVBoxLayout()
        self._banner: Banner | None = None
        add = button("Thêm người ký…", "primary", "plus", name="new_signatory", shortcut="new")
        add.clicked.connect(lambda: self.edit(None))
        change = button("Sửa…", "", "pencil", name="edit_signatory")
        change.clicked.connect(self._edit_current)
        edits = context.may(Permission.EDIT_CENTRE)
        self.view.selection_changed.connect(
            lambda: change.setEnabled(edits and self.view.current_row() is not None)
        )
        change.setEnabled(False)
        if edits:
            shortcuts.bind(self, "new", lambda: self.edit(None))
        head = QHBoxLayout()
        head.setSpacing(theme.u(8))
        head.addWidget(label("Người ký", "h1"), 1)
        for writer in (change, add):
            head.addWidget(context.gate(writer, Permission.EDIT_CENTRE))
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.u(18), theme.u(10), theme.u(16), theme.u(10))
        column.setSpacing(theme.u(8))
        column.addLayout(head)
        column.addLayout(self._place)
        column.addWidget(self.view, 1)
        column.addWidget(label(_NOTE, "note"))

    def reload(self) -> None:
        """Read the list and who signs today."""
        from app.services import centre

        today = days.today()
        with self.context.database.reading() as db:
            self.model.set_rows(centre.signatories(db))
            try:
                signs = centre.signatory(db, today)
            except RuleError:
                self._say(None)
            else:
                self._say(signs)

    def _say(self, signs: "SignatoryRow | None") -> None:
        """Say who signs papers of today."""
        if self._banner:
            self._place.removeWidget(self._banner)
            self._banner.deleteLater()
        if signs is None:
            words = "Thêm người ký, hoặc sửa ngày của người đang có."
            self._banner = Banner("warn", "Hôm nay chưa có ai ký.", words)
        else:
            titles = " ".join(part for part in (signs.authority, signs.title) if part)
            self._banner = Banner(
                "info", f"Văn bản ngày {dates.grid(days.today())}:", f"{titles} {signs.name}"
            )
        self._place.addWidget(self._banner)

    def _edit_current(self) -> None:
        row = self.view.current_row()
        if row is not None:
            self.edit(row)

    def edit(self, row: "SignatoryRow | None") -> None:
        """Add somebody, or change the row."""
        if self.context.may(Permission.EDIT_CENTRE):
            self.dialog(row).exec()

    def dialog(self, row: "SignatoryRow | None") -> FormDialog:
        """The dialog; saving it reloads the list."""
        from app.services import centre

        def save(form: "SignatoryForm") -> None:
            act = "Sửa người ký" if row else "Thêm người ký"
            with self.context.database.writing(act) as db:
                saved = centre.save_signatory(db, form, row.id if row else None)
            self.context.saved()
            self.reload()
            self.view.select_key(saved)

        with self.context.database.reading() as db:
            form = centre.draft(db, days.today())
        return signatory_dialog(self, row, form, save)


def _state(row: "SignatoryRow", today: date) -> ChipLook:
    if row.valid_from > today:
        return ChipLook("Chưa đến ngày", "neutral", "clock")
    if row.valid_to and row.valid_to < today:
        return ChipLook("Thôi ký", "done")
    if row.authority and not row.authorisation:
        return ChipLook("Thiếu ủy quyền", "warn", "triangle-alert")
    return ChipLook("Đang ký", "ok", "check")


def _columns() -> list[Column["SignatoryRow"]]:
    """Name, titles, the paper that allows it, from and to."""
    return [
        name_column(lambda row: row.name, width=156),
        Column("Chức danh", lambda row: row.title, width=112),
        Column("Ký thay", lambda row: row.authority, width=104),
        Column("Văn bản ủy quyền", lambda row: row.authorisation, stretch=True),
        date_column("Từ ngày", lambda row: row.valid_from, width=88),
        date_column("Đến ngày", lambda row: row.valid_to, width=88),
        Column(
            "Tình trạng",
            lambda _row: "",
            chip=lambda row: _state(row, days.today()),
            width=124,
        ),
    ]
