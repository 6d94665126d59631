"""Hides what is on the screen while nobody is signed in."""

from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QWidget

from app.ui import theme
from app.ui.veil import Veil


class Curtain(Veil):
    """Covers a window so that nothing of it can be read."""

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint over everything."""
        QPainter(self).fillRect(self.rect(), theme.colour("sunken"))


def draw() -> list[Curtain]:
    """Cover every open window, dialogs too; a menu is closed."""
    while popup := QApplication.activePopupWidget():
        popup.close()
    return [Curtain(window) for window in _windows()]


def _windows() -> list[QWidget]:
    return [each for each in QApplication.topLevelWidgets() if each.isVisible()]
