"""Big buttons for whoever marks three times a year: each press marks and goes on."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from app.terms import AttendanceStatus
from app.ui import theme
from app.ui.buttons import button
from app.ui.labels import ElidedLabel, key_cap, label

if TYPE_CHECKING:
    # The services bring SQLAlchemy, which takes longer to import than the window to paint.
    from app.services.attendance import GridLearner

_BUTTONS = (
    (AttendanceStatus.PRESENT, "Có mặt", "Cách"),
    (AttendanceStatus.EXCUSED, "Vắng có phép", "P"),
    (AttendanceStatus.ABSENT, "Vắng không phép", "K"),
    (AttendanceStatus.LATE, "Đi muộn…", "M"),
)
_HEIGHT = 38
_TALL = "min-height: {0}px; max-height: {0}px;"
_NOTE = (
    "Được ghi các buổi mình dạy, buổi khác chỉ xem. Bấm một nút là sang người tiếp theo; "
    "sai thì chọn lại ô rồi bấm nút đúng."
)


class OwnBar(QWidget):
    """Names the person of the cursor; the keys beside the buttons do the same."""

    pressed = Signal(object)  # AttendanceStatus

    def __init__(self) -> None:
        super().__init__()
        self._name = ElidedLabel("", "strong")
        self._unit = ElidedLabel("", "caption")
        self._caps: list[QLabel] = []
        self._card = QFrame()
        self._card.setObjectName("card")
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._name)
        words.addWidget(self._unit)
        row = QHBoxLayout(self._card)
        row.setContentsMargins(theme.u(14), theme.u(8), theme.u(14), theme.u(8))
        row.setSpacing(theme.u(8))
        row.addLayout(words, 1)
        for status, text, key in _BUTTONS:
            row.addWidget(self._button(status, text))
            self._caps.append(key_cap(key))
            row.addWidget(self._caps[-1])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.u(6))
        column.addWidget(self._card)
        column.addWidget(label(_NOTE, "caption"))

    def _button(self, status: AttendanceStatus, text: str) -> QPushButton:
        """A press marks the person of the cursor."""
        made = button(text, name=f"mark_{status.value}")
        made.setStyleSheet(_TALL.format(theme.u(_HEIGHT)))
        made.clicked.connect(lambda: self.pressed.emit(status))
        return made

    def set_writing(self, on: bool) -> None:
        """Offer the buttons only where they write."""
        self._card.setVisible(on)

    def show_person(self, number: int, learner: "GridLearner") -> None:
        """Say who is marked next."""
        self._name.setText(f"{number}. {learner.full_name}")
        self._unit.setText(learner.unit)

    def set_compact(self, on: bool) -> None:
        """Leave the keys out in a narrow window."""
        for cap in self._caps:
            cap.setVisible(not on)
