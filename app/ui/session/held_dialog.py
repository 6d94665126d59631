"""Another program has the file: wait for it, or look without writing."""

import platform
from collections.abc import Callable
from datetime import datetime
from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.lock import Held
from app.ui import theme
from app.ui.buttons import button
from app.ui.dialogs import Dialog
from app.ui.labels import icon_label, label, rich

if TYPE_CHECKING:
    from app.lock import Lock


class HeldDialog(Dialog):
    """Says who has the file; afterwards `lock` is there, or `to_read`, or the user leaves."""

    def __init__(self, parent: QWidget | None, held: Held, hold: Callable[[], "Lock"]) -> None:
        is_here = held.holder.machine == platform.node()
        where = "cửa sổ khác" if is_here else "máy khác"
        super().__init__(parent, f"Dữ liệu đang mở ở {where}", 420)
        self.setObjectName("held_dialog")
        self.held, self.to_read = held, False
        self.lock: Lock | None = None
        self._hold = hold
        row = QHBoxLayout()
        row.setSpacing(theme.u(14))
        row.addWidget(icon_label("lock", "warn", 28), 0, Qt.AlignmentFlag.AlignTop)
        self._sentence = rich("")
        row.addWidget(self._sentence, 1)
        self.box.addLayout(row)
        self._note = label("", "note", wrap=True)
        self._note.hide()
        self.box.addWidget(self._note)
        read = button("Mở để xem", "primary", name="open_to_read")
        read.clicked.connect(self._read)
        again = self.set_actions(read, "Thử lại")
        again.setObjectName("try_again")
        again.clicked.disconnect()
        again.clicked.connect(self._try_again)
        again.setFocus()
        self._say()

    def _say(self) -> None:
        """Show who has it now."""
        who, since = self.held.holder.name, self.held.holder.since_words
        is_here = self.held.holder.machine == platform.node()
        rest = f"{since}. Mỗi lúc chỉ một {'cửa sổ' if is_here else 'máy'} được ghi."
        self._sentence.setText(f"<b>{escape(who)} đang làm việc</b>{escape(rest)}")

    def _try_again(self) -> None:
        """Take the file if it is free by now."""
        try:
            self.lock = self._hold()
        except Held as error:
            self.held = error
            self._say()
            now = datetime.now().astimezone()
            self._note.setText(f"Lúc {now:%H:%M:%S} vẫn đang mở. Đóng ở đó rồi thử lại.")
            self._note.show()
        else:
            self.accept()

    def _read(self) -> None:
        """Look only."""
        self.to_read = True
        self.accept()
