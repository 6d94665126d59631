"""Name and role at the right of the top bar, with what a user may do about oneself."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QMenu

from app.ui import icons, theme
from app.ui.buttons import PushButton

if TYPE_CHECKING:
    from app.ui.session.session import Session


class UserButton(PushButton):
    """Opens the menu; users are offered only where the centre has accounts."""

    def __init__(self, session: "Session") -> None:
        super().__init__()
        self._session = session
        self.setObjectName("user")
        self.setProperty("r", "user")
        self.setAutoDefault(False)
        self.setIcon(QIcon(icons.pixmap("user-round", "text2", 18)))
        self.setIconSize(QSize(theme.u(18), theme.u(18)))
        title = session.database.user.title or "Người dùng"
        self.setText(f"  {title}")
        self.setAccessibleName(f"Người dùng: {title}")
        menu = QMenu(self)
        menu.aboutToShow.connect(self._fill)
        self.setMenu(menu)

    def _fill(self) -> None:
        """Offer what makes sense now."""
        menu, session = self.menu(), self._session
        menu.clear()
        acts = session.acts()
        for name, words, act in acts:
            made = menu.addAction(words, act)
            made.setObjectName(name)
        if acts:
            menu.addSeparator()
        menu.addAction("Thoát", session.window.close).setObjectName("quit")
