"""The one editable attendance grid: frozen figures left, scrolling sessions right."""

from PySide6.QtCore import QModelIndex
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout

from app.ui.attendance.halves import FrozenView
from app.ui.attendance.model import AttendanceModel
from app.ui.attendance.sessions_view import SessionView


class AttendanceGrid(QFrame):
    """Both halves side by side with one vertical scroll bar."""

    def __init__(self, model: AttendanceModel) -> None:
        super().__init__()
        self.setObjectName("card")
        self.model = model
        self.names = FrozenView(model)
        self.sessions = SessionView(model)
        row = QHBoxLayout(self)
        row.setContentsMargins(1, 1, 1, 1)
        row.setSpacing(0)
        row.addWidget(self.names)
        row.addWidget(self.sessions, 1)
        self.setFocusProxy(self.sessions)
        self._couple()

    def _couple(self) -> None:
        """Scroll together; a click on a name chooses the person."""
        left, right = self.names.verticalScrollBar(), self.sessions.verticalScrollBar()
        left.valueChanged.connect(right.setValue)
        right.valueChanged.connect(left.setValue)
        self.names.pressed.connect(self._choose_person)
        self.sessions.selectionModel().currentChanged.connect(
            lambda now, _before: self.names.show_row(now.row())
        )
        self.model.modelReset.connect(self._fit)
        self._fit()

    def _fit(self) -> None:
        self.names.fit()
        self.sessions.fit()

    def _choose_person(self, index: QModelIndex) -> None:
        self.sessions.go_to(index.row(), max(self.sessions.place()[1], 0))
        self.sessions.setFocus()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The frame itself does nothing."""
        event.accept()
