"""The blue bar of what can be done with the ticked rows."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton

from app.ui import theme
from app.ui.buttons import button
from app.ui.labels import label
from app.ui.table import TableModel


class ActionBar(QFrame):
    """Shown while rows are ticked: how many, the allowed verbs, and a way to untick."""

    def __init__(self, model: TableModel[Any], noun: str, acts: Sequence[QPushButton]) -> None:
        super().__init__()
        self._model, self._noun = model, noun
        self.setObjectName("banner")
        self.setProperty("b", "info")
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.u(12), theme.u(5), theme.u(8), theme.u(5))
        row.setSpacing(theme.u(9))
        self._count = label("", "strong")
        self._count.setObjectName("ticked_count")
        row.addWidget(self._count)
        row.addSpacing(theme.u(6))
        for act in acts:
            row.addWidget(act)
        row.addStretch(1)
        drop = button("Bỏ chọn", "quiet", name="clear_ticks")
        drop.clicked.connect(model.clear_ticks)
        row.addWidget(drop)
        model.ticks_changed.connect(self._renew)
        model.shown_changed.connect(self._renew)
        self.hide()

    def _renew(self) -> None:
        """Show the number, and how many of them the filter hides."""
        ticked, hidden = len(self._model.ticked_rows()), self._model.hidden_ticks()
        note = f" ({hidden} đang ẩn bởi bộ lọc)" if hidden else ""
        self._count.setText(f"Đã chọn {ticked} {self._noun}{note}")
        self.setVisible(ticked > 0)
