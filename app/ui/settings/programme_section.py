"""Chương trình: the catalogue on the left, one programme on the right."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app import dates
from app.terms import Permission
from app.ui import days, shortcuts, theme
from app.ui.buttons import button
from app.ui.columns import RIGHT, Column
from app.ui.context import Context
from app.ui.form import FormDialog
from app.ui.history import taking_back
from app.ui.history.record_dialog import Subject, history_button
from app.ui.labels import label
from app.ui.messages import EmptyState
from app.ui.settings import programme_dialogs
from app.ui.settings.programme_detail import ProgrammeDetail
from app.ui.settings.section import Section
from app.ui.table import TableModel
from app.ui.table_view import TableView

if TYPE_CHECKING:
    # Services import SQLAlchemy, which takes longer than the window to paint.
    from app.services.programmes import ProgrammeForm, ProgrammeRow, VersionForm, VersionRow

_LIST_WIDTH, _NARROW_LIST = 336, 270  # design px


class ProgrammeSection(Section):
    """Master and detail; a version that classes use is never changed, a new one is made."""

    title = "Chương trình"
    needs = (Permission.READ, Permission.EDIT_PROGRAMMES)

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.setObjectName("programme_section")
        self.model: TableModel[ProgrammeRow] = TableModel(_columns(), key=lambda row: row.id)
        self.model.row_tint = lambda row: "" if row.is_active else "zebra"
        self.view = TableView(self.model, "programme_list", height=40)
        self.view.set_empty(EmptyState("notebook-tabs", "Chưa có chương trình"))
        self.view.selection_changed.connect(self._show_current)
        self.view.edit_requested.connect(lambda _row: self.open(self.names_dialog()))
        self.detail = ProgrammeDetail(
            lambda writer: context.gate(writer, Permission.EDIT_PROGRAMMES)
        )
        self._connect()
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.u(16), theme.u(10), theme.u(16), theme.u(10))
        row.setSpacing(theme.u(16))
        row.addWidget(self._list())
        row.addWidget(self.detail, 1)

    def _list(self) -> QWidget:
        self._left = left = QWidget()
        self.set_compact(False)
        add = button("Thêm…", "", "plus", name="new_programme", shortcut="new")
        add.clicked.connect(lambda: self.open(self.new_dialog()))
        shortcuts.bind(self, "new", lambda: self.open(self.new_dialog()))
        head = QHBoxLayout()
        head.addWidget(label("Chương trình", "h1"), 1)
        head.addWidget(self.context.gate(add, Permission.EDIT_PROGRAMMES))
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.u(8))
        column.addLayout(head)
        column.addWidget(self.view, 1)
        return left

    def _connect(self) -> None:
        changes = history_button(self, self.context, self._subject, "programme_changes")
        self.detail.head.addWidget(changes)
        self.detail.names_asked.connect(lambda: self.open(self.names_dialog()))
        self.detail.contents_asked.connect(lambda: self.open(self.contents_dialog()))
        self.detail.version_asked.connect(lambda: self.open(self.version_dialog()))
        self.detail.rules_asked.connect(lambda: self.open(self.rules_dialog()))
        self.detail.confirm_asked.connect(self.confirm_defaults)

    def reload(self) -> None:
        """Read the catalogue; the chosen programme stays chosen."""
        from app.services import programmes

        with self.context.database.reading() as db:
            rows = programmes.programme_list(db)
        self.model.set_rows(rows)
        if rows and self.view.current_row() is None:
            self.view.select_key(rows[0].id)
        self._show_current()

    def set_compact(self, on: bool) -> None:
        """A narrower list in a narrow window."""
        self._left.setFixedWidth(theme.u(_NARROW_LIST if on else _LIST_WIDTH))

    def _show_current(self) -> None:
        """Show the programme of the cursor."""
        row = self.view.current_row()
        self.detail.setVisible(row is not None)
        if row is not None and row is not self.detail.programme():
            self.detail.show_programme(row)

    def _show(self, programme_id: int, version_id: int = 0) -> None:
        """After a change: read again and show what was changed."""
        self.context.saved()
        self.reload()
        self.view.select_key(programme_id)
        row = self.view.current_row()
        if row is not None and version_id:
            self.detail.show_programme(row, version_id)

    # dialogs -------------------------------------------------------------------------
    def open(self, dialog: FormDialog) -> None:
        """Ask, and take what is answered."""
        if self.context.may(Permission.EDIT_PROGRAMMES):
            dialog.exec()

    def new_dialog(self) -> FormDialog:
        """Add a programme."""
        return programme_dialogs.new_programme_dialog(self, self._add_programme)

    def names_dialog(self) -> FormDialog:
        """Change the names of the programme that is shown."""
        return programme_dialogs.names_dialog(self, self._programme(), self._save_names)

    def contents_dialog(self) -> FormDialog:
        """Change what the shown version contains."""
        title = f"Sửa nội dung: {self._programme().short_name}"
        return programme_dialogs.contents_dialog(self, title, self._version(), self._save_version)

    def version_dialog(self) -> FormDialog:
        """Make a new version that starts from the shown one."""
        from dataclasses import replace

        return programme_dialogs.contents_dialog(
            self,
            f"Tạo bản mới: {self._programme().short_name}",
            replace(self._version(), valid_from=days.today()),
            self._add_version,
            action="Tạo bản mới",
        )

    def rules_dialog(self) -> FormDialog:
        """Change the rules of the shown version."""
        return programme_dialogs.rules_dialog(self, self._version(), self._save_version)

    def _subject(self) -> Subject | None:
        """The programme whose history of changes is asked for."""
        row = self.detail.programme()
        return ("programme", row.id, row.short_name) if row else None

    def _programme(self) -> "ProgrammeRow":
        row = self.detail.programme()
        assert row is not None
        return row

    def _version(self) -> "VersionRow":
        version = self.detail.version()
        assert version is not None
        return version

    # writing -------------------------------------------------------------------------
    def _add_programme(self, names: "ProgrammeForm", version: "VersionForm") -> None:
        from app.services import programmes

        with self.context.database.writing("Thêm chương trình") as db:
            added = programmes.add_programme(db, names, version)
        self._show(added)

    def _save_names(self, names: "ProgrammeForm") -> None:
        from app.services import programmes

        with self.context.database.writing("Sửa tên chương trình") as db:
            programmes.save_programme(db, self._programme().id, names)
        self._show(self._programme().id)

    def _save_version(self, form: "VersionForm") -> None:
        from app.services import programmes

        before = self._version()
        with self.context.database.writing("Sửa chương trình") as db:
            saved = programmes.save_version(db, before.id, form)
        self._show(self._programme().id, saved)
        if saved != before.id:
            number = self._version().number
            words = f"Đã lưu thành bản {number}; lớp cũ giữ bản {before.number}."
            taking_back.tell_done(self.context, words)

    def _add_version(self, form: "VersionForm") -> None:
        from app.services import programmes

        with self.context.database.writing("Tạo bản chương trình") as db:
            added = programmes.add_version(db, self._programme().id, form)
        self._show(self._programme().id, added)

    def confirm_defaults(self) -> None:
        """Note who has confirmed the assumed values."""
        from app.services import programmes

        version = self._version()
        who = self.context.database.user.name or "Giáo vụ"
        with (
            self.context.refusals(self),
            self.context.database.writing("Xác nhận giá trị mặc định") as db,
        ):
            programmes.confirm_defaults(db, version.id, who)
        self._show(self._programme().id, version.id)


def _second(row: "ProgrammeRow") -> str:
    versions = f"{len(row.versions)} bản"
    if not row.is_active:
        return f"{versions} · ngừng dùng"
    since = row.current.valid_from
    return f"{versions} · từ {dates.grid(since)}" if since else versions


def _columns() -> list[Column["ProgrammeRow"]]:
    """Name over the number of versions, and the length of the newest."""
    return [
        Column(
            "Chương trình",
            lambda row: row.short_name,
            stretch=True,
            second=_second,
            colour=lambda row: "text" if row.is_active else "text3",
            tooltip=lambda row: row.name,
        ),
        Column(
            "Thời lượng",
            lambda row: f"{row.current.periods} tiết",
            sort_key=lambda row: row.current.periods,
            align=RIGHT,
            width=92,
        ),
    ]
