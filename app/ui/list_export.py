"""Xuất ra Excel: what a list shows, as values; the one way out for every list (Ctrl+E)."""

from collections.abc import Callable, Collection, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QPushButton, QWidget

from app import numbers, text
from app.errors import Cancelled
from app.terms import Permission
from app.ui import dialogs, files, shortcuts
from app.ui.buttons import button
from app.ui.columns import Column
from app.ui.context import Context
from app.ui.table_view import TableView
from app.ui.tasks import Task

if TYPE_CHECKING:
    # Workbook libraries are imported when a file is written.
    from app.spreadsheets.lists import ListValue

_TOLD_EVERY = 500  # rows


class ListExport(QObject):
    """Writes the rows and columns a list shows to a workbook; `title` names the list now.

    Sensitive columns that are shown are asked about, as for copying. The keys work anywhere
    inside `page`; put `button` where the page has its tools.
    """

    def __init__(
        self, page: QWidget, view: TableView[Any], context: Context, title: Callable[[], str]
    ) -> None:
        super().__init__(page)
        self._view, self._context, self._title = view, context, title
        name = f"export_{view.objectName()}"
        words = "Xuất ra Excel…"
        self.button: QPushButton = button(words, "quiet", "file-spreadsheet", name=name)
        self.button.setToolTip(shortcuts.tooltip("Xuất danh sách đang xem ra Excel", "export"))
        self.button.clicked.connect(self.export)
        context.gate(self.button, Permission.EXPORT)
        if context.may(Permission.EXPORT):
            shortcuts.bind(page, "export", self.export)
            action = QAction(f"{words}\t{shortcuts.shown('export')}", view)
            action.triggered.connect(self.export)
            view.addAction(action)

    def export(self) -> None:
        """Ask where to, then write off the GUI thread."""
        count = len(self._view.model_rows())
        if not count:
            dialogs.tell(self._view, "Không có dòng nào để xuất", "Bỏ lọc rồi xuất lại.")
            return
        columns = self._columns()
        title = self._title()
        name = f"{file_name(title)}.xlsx"
        if not columns or not (
            target := files.save_file(self._view, "Xuất ra Excel", name, "Excel (*.xlsx)")
        ):
            return
        rows = self._view.snapshot()
        self._context.runner.run(
            self._view,
            "Xuất ra Excel",
            lambda task: write(target, title, columns, rows, task),
            lambda _done: self._context.toast(
                f"Đã xuất {numbers.grouped(count)} dòng ra {target.name}."
            ),
            cancel="Hủy xuất",
        )

    def _columns(self) -> list[Column[Any]]:
        """Columns of the screen without those that are to stay; none to stop."""
        shown = self._view.shown_columns()
        sensitive = [column for column in shown if column.sensitive]
        without: Collection[str] | None = self._view.leave_out(sensitive) if sensitive else ()
        return [] if without is None else [each for each in shown if each.key not in without]


def write(
    target: Path, title: str, columns: Sequence[Column[Any]], rows: Sequence[Any], task: Task
) -> None:
    """Write the rows, numbers and dates as such; the file is whole or not there."""
    from app.spreadsheets import lists

    lines: list[list[ListValue]] = []
    for at, row in enumerate(rows):
        if at % _TOLD_EVERY == 0 and not task.progress(at, len(rows), "Đọc danh sách"):
            raise Cancelled("Đã dừng xuất danh sách. Chưa ghi tệp nào.")
        lines.append([column.worth(row) for column in columns])
    lists.write_list(target, title, [column.heading for column in columns], lines)


def file_name(title: str) -> str:
    """A name every file system takes."""
    plain = "".join(letter if letter.isalnum() else " " for letter in text.fold(title))
    return "-".join(plain.split())[:80] or "danh-sach"
