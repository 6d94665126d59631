"""The line above the page (where am I) and the line below it (is everything saved)."""

from typing import TYPE_CHECKING

from PySide6 import QtCore  # QtCore.Qt is made at its first use, after the first paint
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget

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
        row.setContentsMargins(theme.u(16), 0, 0, 0)
        row.setSpacing(theme.u(8))
        self._crumbs = QHBoxLayout()
        self._crumbs.setSpacing(theme.u(8))
        row.addLayout(self._crumbs, 1)
        self._tools, self._user = QHBoxLayout(), QHBoxLayout()
        for corner in (self._tools, self._user):
            corner.setSpacing(theme.u(8))
            row.addLayout(corner)

    def set_tools(self, tools: QWidget) -> None:
        """Show these tools left of the user, in place of those before."""
        _empty(self._tools)
        self._tools.addWidget(tools)

    def set_user(self, user: QWidget) -> None:
        """Show who works here at the right end."""
        _empty(self._user)
        self._user.addWidget(user)

    def show_crumbs(self, words: list[str]) -> None:
        """Show the way here; all but the last are links."""
        _empty(self._crumbs)
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


def _empty(row: QHBoxLayout) -> None:
    """Take everything out of a row."""
    while item := row.takeAt(0):
        if old := item.widget():
            old.hide()
            old.deleteLater()


class StatusBar(QFrame):
    """Saved state and age of the backup at the left, the data file and who has it at the right."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("status_bar")
        self.setFixedHeight(theme.u(25))
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.u(16), 0, theme.u(14), 0)
        row.setSpacing(theme.u(6))
        self._is_writable = True
        self._saved, self._backup = _Sign("saved_state"), _Sign("backup_age")
        self._file, self._alone = ElidedLabel(), QLabel()
        self._file.setObjectName("data_file")
        self._alone.setObjectName("who_has_it")
        row.addWidget(self._saved)
        row.addWidget(self._backup)
        row.addWidget(self._file, 1)
        row.addWidget(self._alone)

    def set_file(self, path: str) -> None:
        """Show where the data lie."""
        show_data(self._file, path)
        right, middle = QtCore.Qt.AlignmentFlag.AlignRight, QtCore.Qt.AlignmentFlag.AlignVCenter
        self._file.setAlignment(right | middle)

    def set_writable(self, on: bool) -> None:
        """Tell whether this program may write the file, which only one program may."""
        self._is_writable = on
        self._alone.setText("  Chỉ một máy đang mở" if on else "")
        if on:
            self._saved.hide()
        else:
            self._saved.say("lock", "warn", "Đang mở để xem, không ghi được")

    def set_backup(self, words: str, token: str) -> None:
        """Tell how old the newest backup is; "" says nothing."""
        self._backup.say("database-backup", token, words)
        self._backup.setVisible(bool(words))

    def saved(self, at: "datetime") -> None:
        """Everything is written."""
        if self._is_writable:
            self._saved.say("check", "ok", f"Đã lưu lúc {at:%H:%M}")

    def unsaved(self) -> None:
        """Something typed is not written yet."""
        if self._is_writable:
            self._saved.say("pencil", "warn", "Có thay đổi chưa lưu")


class _Sign(QWidget):
    """A state with its shape, hidden until there is one."""

    def __init__(self, name: str) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, theme.u(12), 0)
        row.setSpacing(theme.u(6))
        self._mark, self._words = QLabel(), QLabel()
        self._words.setObjectName(name)
        row.addWidget(self._mark)
        row.addWidget(self._words)
        self.hide()

    def say(self, icon: str, token: str, words: str) -> None:
        """Show a state."""
        self._mark.setPixmap(icons.pixmap(icon, token, 14))
        self._words.setText(words)
        self.show()
