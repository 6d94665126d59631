"""Nhật ký: every act of the centre, what it changed, and whether the journal is whole."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout

from app import numbers
from app.terms import ActKind, Permission
from app.ui import days, dialogs, files, shortcuts, theme
from app.ui.buttons import button
from app.ui.context import Context
from app.ui.history import columns, export, taking_back
from app.ui.history.act_card import SHOWN, ActCard
from app.ui.history.filters import ActFilters
from app.ui.history.mark_line import MarkLine
from app.ui.labels import label
from app.ui.messages import EmptyState
from app.ui.settings.section import Section
from app.ui.table import TableModel
from app.ui.table_view import TableView
from app.ui.tasks import Task

if TYPE_CHECKING:
    # Services import SQLAlchemy, which takes longer than the window to paint.
    from app.services.history import ActLine

AT_ONCE = 200  # acts a list begins with, and how many more are added when asked
ASK_ABOVE = 20  # changed rows; fewer are taken back without a question
_MOST = 1_000_000
_MACHINE = 2  # place of the column
_CARD, _LOW_CARD = 256, 176  # design px


class JournalSection(Section):
    """Filters, the list, the act of the cursor, the newest mark."""

    title = "Nhật ký"
    needs = (Permission.READ_JOURNAL,)

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.setObjectName("journal_section")
        self._limit = AT_ONCE
        self.filters = ActFilters()
        self.filters.changed.connect(self._narrow)
        self.model: TableModel[ActLine] = TableModel(columns.act_columns(), key=lambda act: act.id)
        self.view = TableView(self.model, "act_list")
        self.view.selection_changed.connect(self._show_current)
        self._empty = EmptyState("history", "Chưa có việc nào")
        self.view.set_empty(self._empty)
        self.card = ActCard()
        self.card.revert_asked.connect(self.revert)
        self.mark = MarkLine(context)
        self._count = label("", "muted")
        self._count.setObjectName("act_count")
        self._more = button("Xem thêm", "link", name="more_acts")
        self._more.clicked.connect(self._show_more)
        self._build()
        self.set_compact(False)
        shortcuts.bind(self, "find", self.filters.search.setFocus)
        shortcuts.bind(self, "detail", self.card.view.setFocus)
        self.filters.search.left_downwards.connect(self.view.setFocus)

    def _build(self) -> None:
        check = button("Kiểm tra toàn bộ", "", "badge-check", name="check_journal")
        check.clicked.connect(self.check)
        write = button("Xuất ra Excel…", "", "file-spreadsheet", name="export_journal")
        write.setToolTip(shortcuts.tooltip("Xuất các việc đang lọc ra Excel", "export"))
        write.clicked.connect(self.export)
        self.context.gate(write, Permission.EXPORT, Permission.MANAGE_ACCOUNTS)
        shortcuts.bind(self, "export", write.click)
        head = QHBoxLayout()
        head.setSpacing(theme.u(9))
        for widget in (label("Nhật ký", "h1"), self._count, self._more):
            head.addWidget(widget)
        head.addStretch(1)
        head.addWidget(check)
        head.addWidget(write)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.u(18), theme.u(10), theme.u(16), theme.u(10))
        column.setSpacing(theme.u(8))
        column.addLayout(head)
        column.addWidget(self.filters)
        column.addWidget(self.view, 1)
        column.addWidget(self.card)
        column.addWidget(self.mark)

    def set_compact(self, on: bool) -> None:
        """The machine gives way in a narrow window, and half of the card."""
        self.filters.set_compact(on)
        self.view.setColumnHidden(_MACHINE, on)
        self.card.setFixedHeight(theme.u(_LOW_CARD if on else _CARD))

    # showing -----------------------------------------------------------------------
    def reload(self) -> None:
        """Read who there is, the newest acts that match and the newest mark."""
        from app import journal
        from app.services import history

        with self.context.database.reading() as db:
            self.filters.offer_actors(history.actors(db))
            acts = history.act_list(db, self.filters.wanted(self._limit))
            head = journal.head(db)
        self.mark.show_head(head)
        self._tell(len(acts), head.number)
        self.model.set_rows(acts)
        if acts and self.view.current_row() is None:
            self.view.select_key(acts[0].id)
        self._show_current()

    def _tell(self, shown: int, everything: int) -> None:
        """ "200 việc mới nhất trong 1.234"."""
        cut = shown == self._limit and shown < everything
        self._more.setVisible(cut)
        found = f"{numbers.grouped(shown)} việc"
        total = f" trong {numbers.grouped(everything)}"
        self._count.setText(f"{found}{' mới nhất' if cut else ''}{total}")
        if self.filters.is_narrow:
            self._empty.say("Không có việc nào khớp", "Thử bỏ bớt chữ hoặc đổi bộ lọc.")
        else:
            self._empty.say("Chưa có việc nào")

    def _narrow(self) -> None:
        """Another filter begins at the newest act again."""
        self._limit = AT_ONCE
        self.reload()

    def _show_more(self) -> None:
        """Add older acts to the list."""
        self._limit += AT_ONCE
        self.reload()

    def _show_current(self) -> None:
        """Show the act of the cursor."""
        from app.services import history

        chosen = self.view.selected_rows()
        act = chosen[0] if chosen else None
        lines = []
        if act:
            with self.context.database.reading() as db:
                lines = history.act_changes(db, act.id, SHOWN)
        self.card.show_act(act, lines, self.context.database.read_only)

    # acts ----------------------------------------------------------------------------
    def revert(self, act: "ActLine") -> None:
        """Take the act back, or do it again; a big one is asked about first."""
        again = act.kind is ActKind.UNDO
        verb = "Làm lại" if again else "Hoàn tác"
        if act.changes > ASK_ABOVE and not dialogs.confirm(
            self,
            f"{verb} “{act.name}”?",
            f"{numbers.grouped(act.changes)} dòng dữ liệu trở lại như trước việc này. "
            "Việc khác giữ nguyên; nhật ký ghi thêm một mục.",
            action=verb,
        ):
            return
        if again:
            taking_back.do_again(self.context, act)
        else:
            taking_back.take_back(self.context, act)

    def export(self) -> None:
        """Write the filtered acts for an inspection."""
        name = f"nhat-ky-{days.today():%Y-%m-%d}.xlsx"
        target = files.save_file(self, "Xuất nhật ký", name, "Excel (*.xlsx)")
        if target is None:
            return
        wanted, database = self.filters.wanted(_MOST), self.context.database
        self.context.runner.run(
            self,
            "Xuất nhật ký ra Excel",
            lambda task: export.write(database, wanted, target, task),
            lambda lines: self.context.toast(
                f"Đã ghi {numbers.grouped(lines)} dòng vào {target.name}."
            ),
            cancel="Dừng xuất",
        )

    def check(self) -> None:
        """Go through the whole chain and compare every row with it."""
        self.context.runner.run(
            self,
            "Kiểm tra nhật ký",
            partial(_findings, self.context),
            self._show_findings,
            cancel="Dừng kiểm tra",
        )

    def _show_findings(self, found: tuple[str, list[str]]) -> None:
        """Say that all is well, or what is wrong, to copy."""
        mark, faults = found
        if not faults:
            words = (
                f"Các mục nối tiếp nhau đến mục {mark}, không mục nào bị sửa hay bị xóa; "
                "dữ liệu đúng như nhật ký ghi và không thiếu chỗ nào."
            )
            dialogs.tell(self, "Nhật ký nguyên vẹn", words)
            return
        dialog = dialogs.Dialog(self, f"Có {len(faults)} chỗ sai", 620)
        dialog.box.addWidget(
            label("Chép các dòng này gửi người hỗ trợ; đừng sửa tay tệp dữ liệu.", wrap=True)
        )
        shown = QPlainTextEdit("\n".join(faults))
        shown.setReadOnly(True)
        shown.setAccessibleName("Các chỗ sai")
        dialog.box.addWidget(shown)
        dialog.set_actions().setFocus()
        dialog.exec()


def _findings(context: Context, _task: Task) -> tuple[str, list[str]]:
    """The newest mark and every fault of journal and data, in words."""
    from app import journal
    from app.services import checks

    with context.database.reading() as db:
        return journal.head(db).mark, checks.findings(db)
