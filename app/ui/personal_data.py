"""Personal data on the screen and on the way out: asked about once, noted in the journal."""

from collections.abc import Callable, Collection, Sequence
from typing import Any

from PySide6.QtWidgets import QDialog, QWidget

from app.ui import dialogs
from app.ui.buttons import button
from app.ui.columns import Column
from app.ui.context import Context
from app.ui.table_view import TableView

_SHOW = (
    "Đây là dữ liệu riêng tư. Chỉ bật khi cần cho công việc; việc bật cột được ghi vào nhật ký. "
    "Số định danh và điện thoại vẫn được che."
)
_COPY = (
    "Các cột này là dữ liệu riêng tư. Chép ra ngoài thì chương trình không bảo vệ được nữa; "
    "việc chép được ghi vào nhật ký."
)
_KEEP = 2


def words(headings: Sequence[str]) -> str:
    """ "Dân tộc, tôn giáo" within a sentence."""
    return ", ".join([headings[0], *(each[:1].lower() + each[1:] for each in headings[1:])])


def ask_columns(parent: QWidget | None, headings: Sequence[str]) -> str:
    """Whether columns with personal data go along: "drop", "keep" or "stop"."""
    title = f"Chép cả cột {words(headings)[:1].lower()}{words(headings)[1:]}?"
    dialog = dialogs.message_dialog(parent, title, _COPY, "triangle-alert", "warn")
    drop = button("Bỏ các cột này", "primary", name="drop_columns")
    keep = button("Vẫn chép", name="keep_columns")
    drop.clicked.connect(dialog.accept)
    keep.clicked.connect(lambda: dialog.done(_KEEP))
    dialog.set_actions(drop, "Chưa, để sau", keep)
    drop.setFocus()
    answer = dialog.exec()
    return {QDialog.DialogCode.Accepted.value: "drop", _KEEP: "keep"}.get(answer, "stop")


class PersonalColumns:
    """Watches the sensitive columns of one list; `where` names the list for the journal."""

    def __init__(self, view: TableView[Any], context: Context, where: Callable[[], str]) -> None:
        self._view, self._context, self._where = view, context, where
        self._agreed: set[str] = set()
        view.columns.allow = self._allow
        view.leave_out = self._leave_out

    def put_away(self) -> None:
        """Hide the columns again: another list is shown."""
        self._agreed.clear()
        self._view.columns.hide_sensitive()

    def _allow(self, column: Column[Any]) -> bool:
        """Ask before a column is first shown."""
        if column.key in self._agreed:
            return True
        asked = f"Hiện cột {column.heading}?"
        if not dialogs.confirm(self._view, asked, _SHOW, action="Hiện cột"):
            return False
        with self._context.refusals(self._view):
            self._context.look(f"Hiện cột {column.heading}, {self._where()}")
            self._agreed.add(column.key)
        return column.key in self._agreed

    def _leave_out(self, shown: Sequence[Column[Any]]) -> Collection[str] | None:
        """Ask before columns are copied; keys to leave out, None for nothing at all."""
        keys = [column.key for column in shown]
        headings = [column.heading for column in shown]
        answer = ask_columns(self._view, headings)
        if answer != "keep":
            return keys if answer == "drop" else None
        with self._context.refusals(self._view):
            self._context.look(f"Chép cột {words(headings)}, {self._where()}")
            return ()
        return None
