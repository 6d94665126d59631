"""The delegate of all lists: paints a row straight from its declared columns."""

from functools import lru_cache
from typing import cast

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import (
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from app.ui import icons, theme
from app.ui.chips import chip_width, paint_chip
from app.ui.columns import Column
from app.ui.table import Index, TableModel

_LEFT = Qt.AlignmentFlag.AlignLeft
_MIDDLE = Qt.AlignmentFlag.AlignVCenter


@lru_cache(maxsize=16)
def metrics(role: str) -> QFontMetrics:
    """Font metrics of a type role."""
    return QFontMetrics(theme.font(role))


@lru_cache(maxsize=8192)
def elided(text: str, role: str, width: int) -> str:
    """The text cut at the right with an ellipsis where it does not fit."""
    return metrics(role).elidedText(text, Qt.TextElideMode.ElideRight, width)


def cosmetic(token: str) -> QPen:
    """A pen of one device pixel, even at 125 %."""
    pen = QPen(theme.colour(token))
    pen.setWidth(0)
    return pen


def paint_focus(painter: QPainter, rect: QRect) -> None:
    """The 2-px frame of the current cell."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(theme.colour("primary"), 2))
    painter.drawRect(rect.adjusted(1, 1, -1, -2))


def paint_tick(painter: QPainter, rect: QRect, on: bool) -> None:
    """A check box in the middle of `rect`."""
    side = theme.u(16)
    box = QRectF(0, 0, side, side)
    box.moveCenter(QRectF(rect).center())
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(theme.colour("primary" if on else "line_strong"), 1))
    painter.setBrush(theme.colour("primary" if on else "surface"))
    painter.drawRoundedRect(box, theme.u(3), theme.u(3))
    if on:
        mark = icons.pixmap("check", "on_primary", 14)
        painter.drawPixmap(box.translated(theme.u(1), theme.u(1)).topLeft(), mark)


class ListDelegate(QStyledItemDelegate):
    """Icon, chip, second line, mini bar, row and cell tint, check box, focus."""

    def __init__(self, view: QTableView, *, cell_focus: bool = False) -> None:
        super().__init__(view)
        self._view = view
        self._cell_focus = cell_focus

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one cell."""
        model = cast(TableModel[object], index.model())
        row = model.row_at(index.row())
        column = model.column_at(index.column())
        rect = option.rect
        state = option.state
        selected = bool(state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setClipRect(rect.adjusted(0, 0, 1, 0))
        tinted = self._ground(painter, rect, model, row, column, selected)
        if column is None:
            paint_tick(painter, rect, model.is_ticked(row))
        else:
            self._content(painter, rect, column, row, tinted)
        self._focus(painter, rect, index, bool(state & QStyle.StateFlag.State_HasFocus))
        painter.restore()

    def _ground(
        self,
        painter: QPainter,
        rect: QRect,
        model: TableModel[object],
        row: object,
        column: Column[object] | None,
        selected: bool,
    ) -> bool:
        """Fill selection or tint and draw the hairline; tells whether the row is tinted."""
        token = "sel" if selected else ""
        if not token and column and column.ground:
            token = column.ground(row)
        if not token and model.row_tint:
            token = model.row_tint(row)
        if token:
            painter.fillRect(rect, theme.colour(token))
        painter.setPen(cosmetic("line"))
        # One pixel past the cell, or the line has gaps at 125 %.
        painter.drawLine(rect.left(), rect.bottom(), rect.right() + 1, rect.bottom())
        return bool(token)

    def _content(
        self, painter: QPainter, rect: QRect, column: Column[object], row: object, tinted: bool
    ) -> None:
        """Paint chip, or bar, icon and text."""
        inner = rect.adjusted(theme.u(8), 0, -theme.u(8), -1)
        chip = column.chip(row) if column.chip else None
        if chip:
            width = min(chip_width(chip), inner.width())
            top = inner.center().y() - theme.u(22) // 2 + 1
            left = inner.left() - theme.u(2)
            paint_chip(painter, QRectF(left, top, width, theme.u(22)), chip, tinted)
            return
        if column.bar and (share := column.bar(row)) is not None:
            _paint_bar(painter, inner, share)
            inner.setLeft(inner.left() + theme.u(66))
        if column.icon and (shape := column.icon(row)):
            mark = icons.pixmap(shape[0], shape[1], 16)
            painter.drawPixmap(inner.left(), inner.center().y() - theme.u(16) // 2 + 1, mark)
            inner.setLeft(inner.left() + theme.u(22))
        self._text(painter, inner, column, row)

    def _text(self, painter: QPainter, inner: QRect, column: Column[object], row: object) -> None:
        """Paint the text and, where declared, the second line under it."""
        role = "strong" if column.strong and column.strong(row) else "body"
        token = column.colour(row) if column.colour else ""
        second = column.second(row) if column.second else ""
        first = inner
        if second:
            half = inner.height() // 2 + theme.u(2)
            first = QRect(inner.left(), inner.top(), inner.width(), half)
            below = QRect(inner.left(), first.bottom() - theme.u(2), inner.width(), half)
            _draw(painter, below, second, "caption", "text2", _LEFT)
        _draw(painter, first, column.text(row), role, token or "text", column.align)

    def _focus(self, painter: QPainter, rect: QRect, index: Index, has_focus: bool) -> None:
        """Frame the current cell, or mark the current row at its left edge."""
        if self._cell_focus:
            if has_focus:
                paint_focus(painter, rect)
        elif rect.left() <= 0 and self._is_cursor_row(index):
            mark = QRect(rect.left(), rect.top(), theme.u(3), rect.height())
            painter.fillRect(mark, theme.colour("primary"))

    def _is_cursor_row(self, index: Index) -> bool:
        """Whether the keyboard is in this row."""
        return self._view.hasFocus() and index.row() == self._view.currentIndex().row()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Room for one line; heights are set by the view."""
        return QSize(theme.u(64), theme.u(26))


def _draw(
    painter: QPainter, rect: QRect, text: str, role: str, token: str, align: Qt.AlignmentFlag
) -> None:
    """Draw one elided line."""
    if text:
        painter.setFont(theme.font(role))
        painter.setPen(theme.colour(token))
        painter.drawText(rect, int(align | _MIDDLE), elided(text, role, rect.width()))


def _paint_bar(painter: QPainter, inner: QRect, share: float) -> None:
    """A small bar of 58 px; the number stands beside it."""
    width, height = theme.u(58), theme.u(8)
    top = inner.center().y() - height // 2 + 1
    painter.fillRect(inner.left(), top, width, height, theme.colour("sunken"))
    token = "bar_done" if share >= 1 else "primary"
    painter.fillRect(inner.left(), top, round(width * min(share, 1)), height, theme.colour(token))
