"""The act of the cursor: what it changed, before and after, and the way to take it back."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from app import numbers
from app.terms import ActKind
from app.ui import theme
from app.ui.buttons import button, set_text
from app.ui.history import columns
from app.ui.labels import Card, ElidedLabel, label
from app.ui.messages import EmptyState
from app.ui.table import TableModel
from app.ui.table_view import TableView

if TYPE_CHECKING:
    # Services import SQLAlchemy, which takes longer than the window to paint.
    from app.services.history import ActLine, ChangeLine

SHOWN = 500


class ActCard(Card):
    """Head with the button, then the changed values; `revert_asked` carries the act."""

    revert_asked = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._act: ActLine | None = None
        self._name = ElidedLabel("", "h2")
        self._name.setObjectName("act_name")
        self._about = label("", "note", wrap=True)
        self._about.setObjectName("act_about")
        self.revert = button("Hoàn tác việc này…", "", "undo-2", name="revert_act")
        self.revert.clicked.connect(lambda: self.revert_asked.emit(self._act))
        self.model: TableModel[ChangeLine] = TableModel(columns.value_columns(), key=id)
        self.view = TableView(self.model, "change_list")
        self._empty = EmptyState("history", "Chọn một việc để xem")
        self.view.set_empty(self._empty)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._name)
        words.addWidget(self._about)
        head = QHBoxLayout()
        head.setSpacing(theme.u(10))
        head.addLayout(words, 1)
        head.addWidget(self.revert, 0, Qt.AlignmentFlag.AlignTop)
        self.add(head)
        self.add(self.view, 1)

    def show_act(self, act: "ActLine | None", lines: "list[ChangeLine]", read_only: str) -> None:
        """Show an act with its changes, or nothing."""
        self._act = act
        self.model.set_rows(lines)
        self._name.setText(act.name if act else "Chưa chọn việc nào")
        self._about.setText(_about(act, len(lines)) if act else "")
        self._about.setVisible(act is not None)
        if act and not lines:
            self._empty.say("Việc này không đổi dữ liệu nào")
        elif not act:
            self._empty.say("Chọn một việc để xem")
        again = act is not None and act.kind is ActKind.UNDO
        set_text(self.revert, "Làm lại việc này…" if again else "Hoàn tác việc này…")
        why_not = read_only or _why_not(act)
        self.revert.setEnabled(not why_not)
        self.revert.setToolTip(why_not)


def _why_not(act: "ActLine | None") -> str:
    """Why the act cannot be reverted; an undoing is done again while it is in force."""
    if act is None:
        return "Chọn một việc trước."
    if act.is_undone:
        return "Việc này đã hoàn tác rồi." if act.kind is ActKind.CHANGE else "Đã làm lại rồi."
    return "" if act.kind is ActKind.UNDO else act.final_reason


def _about(act: "ActLine", shown: int) -> str:
    """Number, reason, why it is final, and that only the beginning is shown."""
    parts = [f"Mục {numbers.grouped(act.id)}"]
    if act.reason:
        parts.append(f"Lý do: {act.reason}")
    if act.kind is ActKind.CHANGE and act.final_reason:
        parts.append(act.final_reason)
    if shown >= SHOWN:
        parts.append(f"hiện {SHOWN} giá trị đầu")
    return " · ".join(parts)
