"""The five steps of a class, painted; and the steps of a wizard."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.ui import icons, theme
from app.ui.chips import ChipLook, chip_width, paint_chip


class Stepper(QWidget):
    """Shows which of the steps a class has reached; a click or Enter asks for the next act.

    `finished` draws the current step as done too (a closed class).
    """

    step_clicked = Signal(int)

    def __init__(self, steps: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._steps = tuple(steps)
        self._current = 0
        self._finished = False
        self._compact = False
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.set_current(0)

    def set_current(self, step: int, *, finished: bool = False) -> None:
        """Mark a step (0-based) as the current one."""
        self._current, self._finished = step, finished
        self.setAccessibleName(f"Bước {step + 1}/{len(self._steps)}, {self._steps[step]}")
        self.setToolTip(self.accessibleName())
        self.update()

    def set_compact(self, on: bool) -> None:
        """Show a single chip "3/5 Đang học" in a narrow window."""
        self._compact = on
        self.updateGeometry()
        self.update()

    def _chip(self) -> ChipLook:
        """The chip of the compact look."""
        text = f"{self._current + 1}/{len(self._steps)} {self._steps[self._current]}"
        return ChipLook(text, "done" if self._finished else "info")

    def _step_width(self) -> float:
        """Width of one step."""
        return self.width() / len(self._steps)

    def sizeHint(self) -> QSize:
        """104 px per step and 44 high, or the chip."""
        if self._compact:
            return QSize(chip_width(self._chip()), theme.u(24))
        return QSize(theme.u(104) * len(self._steps), theme.u(44))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Tell which step was clicked."""
        at = self._current if self._compact else int(event.position().x() / self._step_width())
        self.step_clicked.emit(min(at, len(self._steps) - 1))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter or Space asks for the step after the current one."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.step_clicked.emit(min(self._current + 1, len(self._steps) - 1))
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint circles, lines and words."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._compact:
            paint_chip(painter, QRectF(self.rect()), self._chip())
        else:
            for at in range(len(self._steps)):
                self._paint_step(painter, at)
        if self.hasFocus():
            painter.setPen(QPen(theme.colour("primary"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), theme.u(4), theme.u(4))

    def _paint_step(self, painter: QPainter, at: int) -> None:
        """Paint one step with the line to the next."""
        width, radius = self._step_width(), theme.u(8)
        centre = QPointF((at + 0.5) * width, theme.u(12))
        done = at < self._current or self._finished
        if at + 1 < len(self._steps):
            painter.setPen(QPen(theme.colour("primary" if at < self._current else "line"), 2))
            gap = radius + theme.u(4)
            painter.drawLine(centre + QPointF(gap, 0), centre + QPointF(width - gap, 0))
        paint_step_mark(painter, centre, radius, done=done, current=at == self._current)
        current = at == self._current
        reached = done or current
        painter.setFont(theme.font("chip" if current else "caption"))
        painter.setPen(theme.colour("primary_p" if current else "text" if reached else "text3"))
        area = QRectF(centre.x() - width / 2, theme.u(24), width, theme.u(18))
        painter.drawText(area, Qt.AlignmentFlag.AlignCenter, self._steps[at])


def paint_step_mark(
    painter: QPainter, centre: QPointF, radius: float, *, done: bool, current: bool
) -> None:
    """A ticked disc, a ring with a dot, or an empty ring."""
    token = "primary" if done or current else "line_strong"
    painter.setPen(QPen(theme.colour(token), theme.u(2) if current and not done else 1.5))
    painter.setBrush(theme.colour("primary" if done else "surface"))
    painter.drawEllipse(centre, radius, radius)
    if done:
        mark = icons.pixmap("check", "on_primary", 12)
        half = theme.u(12) / 2
        painter.drawPixmap(QPointF(centre.x() - half, centre.y() - half), mark)
    elif current:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("primary"))
        painter.drawEllipse(centre, radius / 2, radius / 2)


class WizardSteps(QWidget):
    """The numbered steps of a wizard, from top to bottom."""

    def __init__(self, steps: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._steps = tuple(steps)
        self._current = 0
        self.setFixedHeight(theme.u(34) * len(self._steps))
        self.set_current(0)

    def set_current(self, step: int) -> None:
        """Mark a step (0-based) as the current one."""
        self._current = step
        self.setAccessibleName(f"Bước {step + 1}/{len(self._steps)}, {self._steps[step]}")
        self.update()

    def sizeHint(self) -> QSize:
        """Room for the words."""
        return QSize(theme.u(166), theme.u(34) * len(self._steps))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint marks and words; the current step on a tint."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for at, word in enumerate(self._steps):
            row = QRectF(0, at * theme.u(34), self.width(), theme.u(32))
            done, current = at < self._current, at == self._current
            if current:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(theme.colour("primary_t"))
                painter.drawRoundedRect(row, theme.u(4), theme.u(4))
            shape = "circle-check" if done else "circle-dot" if current else "circle"
            token = "ok" if done else "primary" if current else "line_strong"
            top = row.center().y() - theme.u(18) / 2
            painter.drawPixmap(QPointF(theme.u(8), top), icons.pixmap(shape, token, 18))
            painter.setFont(theme.font("strong" if current else "body"))
            painter.setPen(theme.colour("primary_p" if current else "text" if done else "text2"))
            words = row.adjusted(theme.u(36), 0, 0, 0)
            painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, word)
