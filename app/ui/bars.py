"""The line above the page (where am I) and the line below it (is everything saved)."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel

from app.ui import icons, theme
from app.ui.buttons import button
from app.ui.labels import ElidedLabel, label, show_data

if TYPE_CHECKING:
    from datetime import datetime  # imported after the first paint


class TopBar(QFrame):
    """Breadcrumb at the left, room for tools at the right."""

    crumb_clicked = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("top_bar")
        self.setFixedHeight(theme.u(44))
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.u(16), 0, theme.u(16), 0)
        row.setSpacing(theme.u(8))
        self._crumbs = QHBoxLayout()
        self._crumbs.setSpacing(theme.u(8))
        row.addLayout(self._crumbs, 1)

    def show_crumbs(self, words: list[str]) -> None:
        """Show the way here; all but the last are links."""
        while item := self._crumbs.takeAt(0):
            if old := item.widget():
                old.hide()
                old.deleteLater()
        for at, word in enumerate(words[:-1]):
            link = button(word, "link", name=f"crumb_{at}")
            link.clicked.connect(lambda _on=False, at=at: self.crumb_clicked.emit(at))
            self._crumbs.addWidget(link)
            separator = label("›")
            separator.setObjectName("crumb_separator")
            self._crumbs.addWidget(separator)
        here = ElidedLabel(words[-1] if words else "")
        here.setObjectName("crumb_here")
        self._crumbs.addWidget(here, 1)


class StatusBar(QFrame):
    """Saved state at the left, the data file at the right."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("status_bar")
        self.setFixedHeight(theme.u(25))
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.u(16), 0, theme.u(14), 0)
        row.setSpacing(theme.u(6))
        self._mark, self._state, self._file = QLabel(), QLabel(), QLabel()
        self._state.setObjectName("saved_state")
        self._file.setObjectName("data_file")
        self._mark.hide()
        row.addWidget(self._mark)
        row.addWidget(self._state)
        row.addStretch(1)
        row.addWidget(self._file)

    def set_file(self, path: str) -> None:
        """Show where the data lie."""
        show_data(self._file, path)

    def saved(self, at: "datetime") -> None:
        """Everything is written."""
        self._say("check", "ok", f"Đã lưu lúc {at:%H:%M}")

    def unsaved(self) -> None:
        """Something typed is not written yet."""
        self._say("pencil", "warn", "Có thay đổi chưa lưu")

    def _say(self, icon: str, token: str, words: str) -> None:
        """Show a state with its shape."""
        self._mark.setPixmap(icons.pixmap(icon, token, 14))
        self._mark.show()
        self._state.setText(words)
