"""Painting of the attendance grid: codes, pending marks, figures, two-line headings."""

from functools import lru_cache

from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QPixmap
from PySide6.QtWidgets import (
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from app import dates
from app.terms import AttendanceStatus
from app.ui import theme
from app.ui.attendance.model import FROZEN, NAME, AttendanceModel, code, status_code
from app.ui.delegates import cosmetic, elided
from app.ui.table import Index

_CENTRE = Qt.AlignmentFlag.AlignCenter
_SELECTED = QStyle.StateFlag.State_Selected.value  # plain numbers: enums are slow per cell
_MIDDLE = Qt.AlignmentFlag.AlignVCenter
_LOOKS = {  # ground and text of a code
    AttendanceStatus.EXCUSED: ("primary_t", "primary_p"),
    AttendanceStatus.ABSENT: ("bad_t", "bad"),
    AttendanceStatus.LATE: ("warn_t", "warn"),
}
_ALIGN = (
    Qt.AlignmentFlag.AlignHCenter,
    Qt.AlignmentFlag.AlignLeft,
    Qt.AlignmentFlag.AlignRight,
    Qt.AlignmentFlag.AlignRight,
    Qt.AlignmentFlag.AlignRight,
    Qt.AlignmentFlag.AlignLeft,
)


@lru_cache(maxsize=8)
def _dot(filled: bool, side: int, ratio: float) -> QPixmap:
    """The dot of "present": full, or a ring while it is not written yet."""
    made = QPixmap(round(side * ratio), round(side * ratio))
    made.setDevicePixelRatio(ratio)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    token = "text3" if filled else "primary"
    painter.setPen(Qt.PenStyle.NoPen if filled else QPen(theme.colour(token), 1.4))
    painter.setBrush(theme.colour(token) if filled else Qt.BrushStyle.NoBrush)
    margin = side * (0.25 if filled else 0.08)
    painter.drawEllipse(QRectF(margin, margin, side - 2 * margin, side - 2 * margin))
    painter.end()
    return made


class AttendanceDelegate(QStyledItemDelegate):
    """Cells of the sessions, straight from the marks; grounds and lines belong to the view."""

    def __init__(self, model: AttendanceModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._model = model
        self._ratio = 1.0

    def set_ratio(self, ratio: float) -> None:
        """Device pixels per pixel of the screen the next cells are painted on."""
        self._ratio = ratio

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one cell."""
        model, rect = self._model, option.rect
        row, at = index.row(), index.column() - len(FROZEN)
        if option.state.value & _SELECTED:
            painter.fillRect(rect, theme.colour("sel"))
        if at == model.pending_at and row in model.pending:
            self._pending(painter, rect, row)
            return
        mark = model.mark(row, at)
        if mark is not None and mark.status:
            if mark.status is AttendanceStatus.PRESENT:
                self._dot(painter, rect, filled=True)
            else:
                _paint_code(painter, rect, mark.status, code(mark))
            if mark.note:
                _paint_note(painter, rect)
        elif model.is_outside(row, at):
            painter.fillRect(rect, theme.colour("sunken"))
            _write(painter, rect, "–", "body", "text2", _CENTRE)

    def _dot(self, painter: QPainter, rect: QRect, *, filled: bool) -> None:
        """Put the dot into the middle of a cell."""
        side = theme.u(8)
        left = rect.left() + (rect.width() - side) // 2
        top = rect.top() + (rect.height() - side) // 2
        painter.drawPixmap(left, top, _dot(filled, side, self._ratio))

    def _pending(self, painter: QPainter, rect: QRect, row: int) -> None:
        """What is typed and not written: a ring, or the code in a dashed frame."""
        entry = self._model.pending[row]
        if entry.status is AttendanceStatus.PRESENT:
            self._dot(painter, rect, filled=False)
        elif entry.status:
            token = _LOOKS[entry.status][1]
            pen = QPen(theme.colour(token), 1, Qt.PenStyle.DashLine)
            painter.fillRect(_inner(rect), theme.colour("surface"))
            painter.setPen(pen)
            painter.drawRect(_inner(rect).adjusted(0, 0, -1, -1))
            text = status_code(entry.status, entry.minutes)
            _write(painter, rect, text, "strong", token, _CENTRE)


class FigureDelegate(QStyledItemDelegate):
    """The frozen part: number, name, absences, share and what is left, with risk tints."""

    def __init__(self, model: AttendanceModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._model = model
        self.current_row = -1

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one cell."""
        model, rect = self._model, option.rect
        row, column = index.row(), index.column()
        risk = model.risks[row]
        is_current = row == self.current_row
        ground = f"{risk}_t" if risk else "sel" if is_current else ""
        if ground:
            painter.fillRect(rect, theme.colour(ground))
        if is_current and column == 0:
            mark = QRect(rect.left(), rect.top(), theme.u(3), rect.height())
            painter.fillRect(mark, theme.colour("primary"))
        text = model.figures[row][column]
        if text:
            inner = rect.adjusted(theme.u(8), 0, -theme.u(8), 0) if column else rect
            role, token = _figure_look(column, risk)
            shown = elided(text, role, inner.width())
            _write(painter, inner, shown, role, token, _ALIGN[column])


class AttendanceHeader(QHeaderView):
    """Two lines per session, "13S" over "15/10"; one line for the frozen figures."""

    def __init__(self, model: AttendanceModel, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._model = model
        self.current_at = -1
        self.setFixedHeight(theme.u(46))
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setMinimumSectionSize(theme.u(30))
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        """Paint a heading."""
        at = section - len(FROZEN)
        is_current = at >= 0 and at == self.current_at
        painter.fillRect(rect, theme.colour("primary" if is_current else "header"))
        painter.setPen(cosmetic("line"))
        painter.drawLine(rect.topRight(), rect.bottomRight())
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        if at >= 0:
            self._session(painter, rect, at, is_current)
        else:
            inner = rect.adjusted(theme.u(8), 0, -theme.u(8), 0) if section else rect
            align = _ALIGN[section]
            _write(painter, inner, FROZEN[section], "header", "text", align)

    def _session(self, painter: QPainter, rect: QRect, at: int, is_current: bool) -> None:
        """Number and half day over the date."""
        session = self._model.sessions[at]
        ahead = session.held_on > self._model.today
        token = "on_primary" if is_current else "text2" if ahead else "text"
        half = rect.height() // 2
        above = QRect(rect.left(), rect.top() + theme.u(3), rect.width(), half)
        below = QRect(rect.left(), rect.top() + half - theme.u(2), rect.width(), half)
        name = f"{session.number}{session.half_day.letter}"
        _write(painter, above, name, "header", token, _CENTRE)
        _write(painter, below, dates.grid(session.held_on)[:5], "fine", token, _CENTRE)


def _figure_look(column: int, risk: str) -> tuple[str, str]:
    """Type role and colour of a frozen column."""
    if column == NAME:
        return "strong", "text"
    if column == len(FROZEN) - 1:
        return ("strong", risk) if risk else ("body", "text2")
    tokens = {0: "text2", 2: "primary_p", 3: "bad"}
    return "body", tokens.get(column, "text")


def _paint_code(painter: QPainter, rect: QRect, status: AttendanceStatus, text: str) -> None:
    ground, token = _LOOKS[status]
    painter.fillRect(_inner(rect), theme.colour(ground))
    _write(painter, rect, text, "strong", token, _CENTRE)


def _paint_note(painter: QPainter, rect: QRect) -> None:
    """A corner that says there is a note; the tooltip tells it."""
    side = theme.u(6)
    right, top = rect.right() - 1, rect.top()
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.colour("primary"))
    painter.drawPolygon([QPoint(right - side, top), QPoint(right, top), QPoint(right, top + side)])


def _inner(rect: QRect) -> QRect:
    """The tinted part of a cell."""
    return rect.adjusted(2, 3, -3, -3)


def _write(
    painter: QPainter, rect: QRect, text: str, role: str, token: str, align: Qt.AlignmentFlag
) -> None:
    painter.setFont(theme.font(role))
    painter.setPen(theme.colour(token))
    painter.drawText(rect, int(align | _MIDDLE), text)
