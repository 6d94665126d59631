"""How the results are distributed: one bar, every part with its number below."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.ui import theme
from app.ui.delegates import metrics


@dataclass(frozen=True)
class Part:
    """One part of the bar."""

    name: str
    count: int
    token: str


class BandBar(QWidget):
    """Parts side by side in proportion; the legend tells each by name and count."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("band_bar")
        self.setFixedHeight(theme.u(36))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._parts: tuple[Part, ...] = ()

    def set_parts(self, parts: Sequence[Part]) -> None:
        """Show other counts; empty parts are left out."""
        self._parts = tuple(part for part in parts if part.count)
        said = ", ".join(f"{part.name} {part.count}" for part in self._parts)
        self.setAccessibleName(f"Phân bố kết quả: {said or 'chưa có'}")
        self.setToolTip(said)
        self.update()

    def sizeHint(self) -> QSize:
        """Wide enough for the usual legend."""
        return QSize(theme.u(560), theme.u(36))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Bar above, legend below."""
        painter = QPainter(self)
        whole = sum(part.count for part in self._parts)
        height = theme.u(12)
        if not whole:
            painter.fillRect(0, 0, self.width(), height, theme.colour("sunken"))
            return
        left, done = 0, 0
        for part in self._parts:
            done += part.count
            right = round(self.width() * done / whole)
            painter.fillRect(left, 0, right - left - 2, height, theme.colour(part.token))
            left = right
        self._legend(painter, height + theme.u(5))

    def _legend(self, painter: QPainter, top: int) -> None:
        """Squares with names and counts, as many as fit."""
        painter.setFont(theme.font("caption"))
        left, side, height = 0, theme.u(8), metrics("caption").height()
        for part in self._parts:
            words = f"{part.name} {part.count}"
            width = metrics("caption").horizontalAdvance(words)
            if left + side + width > self.width():
                return
            middle = top + (height - side) // 2
            painter.fillRect(left, middle, side, side, theme.colour(part.token))
            painter.setPen(theme.colour("text2"))
            place = QRect(left + side + theme.u(5), top, width + 2, height)
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, words)
            left = place.right() + theme.u(14)
