"""The line above the grid: which session is written into, and what can be done at once."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.ui import theme
from app.ui.attendance.model import session_words
from app.ui.buttons import button
from app.ui.chips import Chip, ChipLook
from app.ui.labels import ElidedLabel, label

if TYPE_CHECKING:
    # The services bring SQLAlchemy, which takes longer to import than the window to paint.
    from app.services.attendance import GridSession


class SessionHead(QWidget):
    """ "Buổi 13 · sáng thứ Năm 15/10 · 63 chưa ghi" with "Còn lại: có mặt" and the blank sheet."""

    rest_wanted = Signal()
    print_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.title = label("", "strong")
        self._count = Chip(ChipLook(""))
        self._about = ElidedLabel("", "caption")
        self._rest = button(
            "Còn lại: có mặt", icon="check", name="rest_present", shortcut="rest_present"
        )
        self._blank = button("In mẫu trống", icon="printer", name="print_blank", shortcut="print")
        self._rest.clicked.connect(self.rest_wanted)
        self._blank.clicked.connect(self.print_wanted)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.u(10))
        row.addWidget(self.title)
        row.addWidget(self._count)
        row.addWidget(self._about, 1)
        row.addWidget(self._rest)
        row.addWidget(self._blank)

    def show_session(self, session: "GridSession", unset: int, *, is_ahead: bool) -> None:
        """Name a session and tell how many are not marked in it."""
        self.title.setText(session_words(session))
        look = ChipLook(f"{unset} chưa ghi", "warn") if unset else ChipLook("Đã ghi đủ", "ok")
        self._count.set_look(look)
        ahead = "chưa đến ngày học · " if is_ahead else ""
        self._about.setText(f"{ahead}{session.periods} tiết · {session.title}")
        self._rest.setEnabled(bool(unset))

    def set_read_only(self, on: bool) -> None:
        """Nothing can be marked here."""
        self._rest.setVisible(not on)

    def set_printing(self, on: bool) -> None:
        """Whether the blank sheet is offered."""
        self._blank.setVisible(on)
