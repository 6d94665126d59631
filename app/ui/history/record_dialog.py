"""Lịch sử thay đổi: who changed which value of one record, from what to what, when."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractItemView, QPushButton, QWidget

from app import numbers
from app.terms import Permission
from app.ui import theme
from app.ui.buttons import button
from app.ui.context import Context
from app.ui.dialogs import Dialog
from app.ui.history import columns
from app.ui.labels import label
from app.ui.messages import EmptyState
from app.ui.search import SearchField
from app.ui.table import TableModel
from app.ui.table_view import TableView

if TYPE_CHECKING:
    # Services import SQLAlchemy, which takes longer than the window to paint.
    from app.services.history import ChangeLine

Subject = tuple[str, int | str, str]
"""Kind and key of a record ("student", 12), and what its dialog is called after."""
_SHOWN = 500
_MASKED = "Số định danh và điện thoại được che."


class RecordHistory(Dialog):
    """The changes of one record, newest first."""

    def __init__(self, parent: QWidget, title: str, lines: "Sequence[ChangeLine]") -> None:
        super().__init__(parent, f"Lịch sử thay đổi: {title}", 800)
        self.setObjectName("record_history")
        self.model: TableModel[ChangeLine] = TableModel(columns.record_columns(), key=id)
        self.model.set_rows(lines)
        self.view = TableView(self.model, "record_changes", height=38)
        self.view.setFixedHeight(theme.u(360))
        self.view.set_empty(EmptyState("history", "Chưa có thay đổi nào được ghi"))
        self.search = SearchField("Lọc theo mục, giá trị, người làm, không cần dấu…")
        self.search.searched.connect(self.model.set_filter)
        self.search.left_downwards.connect(self.view.setFocus)
        self.box.addWidget(self.search)
        self.box.addWidget(self.view)
        self.set_actions(link=label(_count(len(lines)), "note"))


def _count(lines: int) -> str:
    if lines >= _SHOWN:
        return f"{_SHOWN} thay đổi mới nhất. {_MASKED}"
    return f"{numbers.grouped(lines)} thay đổi. {_MASKED}"


def record_dialog(parent: QWidget, context: Context, subject: Subject) -> RecordHistory:
    """The history of a record; raises PermissionDenied where the books may not be read."""
    from app.services import history

    kind, key, title = subject
    with context.database.reading() as db:
        return RecordHistory(parent, title, history.record_history(db, kind, key, _SHOWN))


def show_record(parent: QWidget, context: Context, subject: Subject | None) -> None:
    """Open the history of a record and wait until it is closed."""
    if subject is None:
        return
    with context.refusals(parent):
        dialog = record_dialog(parent, context, subject)
        dialog.exec()
        dialog.deleteLater()


def history_button(
    parent: QWidget, context: Context, ask: Callable[[], Subject | None], name: str
) -> QPushButton:
    """The quiet button of a detail pane; `ask` names the record that is shown."""
    made = button("Lịch sử thay đổi…", "quiet", "history", name=name)
    made.clicked.connect(lambda: show_record(parent, context, ask()))
    return context.gate(made, Permission.READ)


def offer_history(
    view: QAbstractItemView,
    context: Context,
    ask: Callable[[], Subject | None],
    words: str = "Lịch sử thay đổi…",
) -> None:
    """Put the history into the context menu of a list or grid; `ask` names the chosen record."""
    if not context.user.may(Permission.READ):
        return
    action = QAction(words, view)
    action.setObjectName("record_history")
    action.triggered.connect(lambda: show_record(view, context, ask()))
    view.addAction(action)
    if not isinstance(view, TableView):
        view.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
