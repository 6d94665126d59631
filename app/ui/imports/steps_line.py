"""The numbered steps of an import, painted from left to right."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.ui import icons, theme


class StepsLine(QWidget):
    """Shows where in the work the user is; it is not clicked."""

    def __init__(self, steps: Sequence[str]) -> None:
        super().__init__()
        self._steps = tuple(steps)
        self._current = 0
        self.setObjectName("import_steps")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_current(0)

    def set_current(self, step: int) -> None:
        """Mark a step (0-based); one past the last means that all are done."""
        self._current = step
        at = min(step, len(self._steps) - 1)
        self.setAccessibleName(f"Bước {at + 1}/{len(self._steps)}, {self._steps[at]}")
        self.update()

    def _word_width(self, word: str) -> int:
        """Room for a word in the weight of the current step."""
        return QFontMetrics(theme.font("strong")).horizontalAdvance(word)

    def sizeHint(self) -> QSize:
        """Discs, words and the lines between them."""
        words = sum(self._word_width(word) + theme.u(28) for word in self._steps)
        return QSize(words + theme.u(58) * (len(self._steps) - 1) + theme.u(4), theme.u(26))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint disc, word and line of every step."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        left = 0.0
        for at, word in enumerate(self._steps):
            self._disc(painter, QRectF(left + 1, theme.u(3), theme.u(20), theme.u(20)), at)
            left += theme.u(28)
            painter.setFont(theme.font("strong" if at == self._current else "body"))
            token = "primary_p" if at == self._current else "text"
            painter.setPen(theme.colour(token if at <= self._current else "text3"))
            area = QRectF(left, 0, self._word_width(word) + 1, theme.u(26))
            painter.drawText(area, Qt.AlignmentFlag.AlignVCenter, word)
            left += area.width() + theme.u(10)
            if at + 1 < len(self._steps):
                painter.setPen(theme.colour("primary" if at < self._current else "line_strong"))
                middle = theme.u(13) + 0.5
                painter.drawLine(QPointF(left, middle), QPointF(left + theme.u(36), middle))
            left += theme.u(47)

    def _disc(self, painter: QPainter, area: QRectF, at: int) -> None:
        """A tick, or the number of the step."""
        reached = at <= self._current
        painter.setPen(theme.colour("primary" if reached else "line_strong"))
        painter.setBrush(theme.colour("primary" if reached else "surface"))
        painter.drawEllipse(area)
        if at < self._current:
            place = area.center() - QPointF(theme.u(7), theme.u(7))
            painter.drawPixmap(place, icons.pixmap("check", "on_primary", 14))
            return
        painter.setFont(theme.font("chip"))
        painter.setPen(theme.colour("on_primary" if reached else "text2"))
        painter.drawText(area, Qt.AlignmentFlag.AlignCenter, str(at + 1))
