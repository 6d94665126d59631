"""The table of every list: keyboard, copy, place kept across reloads, empty state."""

from collections.abc import Callable, Collection, Hashable, Sequence
from typing import Any, Generic, cast

from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QItemSelectionRange,
    QModelIndex,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import (
    QContextMenuEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QMenu, QTableView, QWidget

from app import text
from app.ui import theme
from app.ui.column_memory import ColumnMemory
from app.ui.columns import Column, Row
from app.ui.delegates import ListDelegate, metrics
from app.ui.keyboard import is_enter
from app.ui.table import Index, TableModel

LeaveOut = Callable[[Sequence[Column[Any]]], Collection[str] | None]
"""Keys of the given sensitive columns that are not copied; None stops the copying."""
_TYPE_AHEAD_MS = 1000
_NO_UPDATE = QItemSelectionModel.SelectionFlag.NoUpdate
_CHOOSE_ROW = (
    QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
)
_SELECT_ROW = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows


def row_height(pixels: int) -> int:
    """A row height of the design that never clips Ấ or ệ at any type size."""
    return max(theme.u(pixels), metrics("body").height() + theme.u(8))


def _one_line(shown: str) -> str:
    """A cell without the characters that would begin another cell in Excel."""
    return shown.replace("\t", " ").replace("\n", " ")


class TableView(QTableView, Generic[Row]):
    """A read-only list of rows.

    Enter or a double click opens a row, F2 asks to edit it, Space ticks, Ctrl+C copies text for
    Excel, letters go to the next given name. Columns are remembered per `table_id`.
    """

    opened = Signal(object)  # row
    edit_requested = Signal(object)  # row
    selection_changed = Signal()

    def __init__(
        self,
        model: TableModel[Row],
        table_id: str,
        *,
        height: int = 26,
        cell_focus: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._list = model
        self._typed = ""
        self._kept: set[Hashable] = set()
        self._kept_current: Hashable = None
        self._empty: QWidget | None = None
        self.leave_out: LeaveOut = lambda _columns: ()
        self.setObjectName(table_id)
        self.setModel(model)
        self.setItemDelegate(ListDelegate(self, cell_focus=cell_focus))
        self._set_up_look(row_height(height))
        self.columns = ColumnMemory(self, cast(TableModel[Any], model), table_id)
        self._typing = QTimer(self, singleShot=True, interval=_TYPE_AHEAD_MS)
        self._typing.timeout.connect(self._forget_typed)
        model.modelAboutToBeReset.connect(self._keep_place)
        model.modelReset.connect(self._restore_place)
        self.selectionModel().selectionChanged.connect(self._tell_selection)

    def _set_up_look(self, height: int) -> None:
        """Whole rows, no grid, no wrapping, headings 30 high."""
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setSortingEnabled(True)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setMinimumSectionSize(height)
        self.verticalHeader().setDefaultSectionSize(height)
        header = self.horizontalHeader()
        header.setFixedHeight(theme.u(30))
        header.setHighlightSections(False)
        header.setSectionsMovable(True)
        header.setMinimumSectionSize(theme.u(34))
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)

    # rows --------------------------------------------------------------------
    def current_row(self) -> Row | None:
        """The row of the cursor."""
        index = self.currentIndex()
        return self._list.row_at(index) if index.isValid() else None

    def selected_rows(self) -> list[Row]:
        """Selected rows from top to bottom."""
        return [self._list.row_at(line) for line in self._selected_lines()]

    def first_selected(self) -> Row | None:
        """The topmost selected row; nothing else is read of a list of ids."""
        parts = self.selectionModel().selection().toList()
        return self._list.row_at(min(part.top() for part in parts)) if parts else None

    def model_rows(self) -> Sequence[Row]:
        """All rows that are shown."""
        return self._list.shown

    def snapshot(self) -> Sequence[Row]:
        """The rows that are shown, for work off the GUI thread."""
        return self._list.snapshot()

    def _selected_lines(self) -> list[int]:
        """Screen lines of the selected rows."""
        return sorted(index.row() for index in self.selectionModel().selectedRows())

    def select_key(self, key: Hashable) -> bool:
        """Put the cursor on the row with this key; False when it is not shown."""
        line = self._list.position(key)
        if line < 0:
            return False
        index = self._list.index(line, int(self._list.tickable))
        # setCurrentIndex would extend or toggle while Ctrl of the shortcut is still held
        self.selectionModel().setCurrentIndex(index, _CHOOSE_ROW)
        return True

    def _tell_selection(self) -> None:
        """Pass on that the selection changed."""
        self.selection_changed.emit()

    def _keep_place(self) -> None:
        """Note the keys of cursor and selection before the rows change."""
        current = self.currentIndex()
        self._kept = {self._list.key_at(line) for line in self._selected_lines()}
        self._kept_current = self._list.key_at(current.row()) if current.isValid() else None

    def _restore_place(self) -> None:
        """Put cursor and selection back onto the rows they were on."""
        first, selection = int(self._list.tickable), self.selectionModel()
        again, current = QItemSelection(), self._kept_current
        lines = self._list.positions(self._kept | ({current} if current is not None else set()))
        for key, line in lines.items():
            if key == current:
                selection.setCurrentIndex(self._list.index(line, first), _NO_UPDATE)
            if key in self._kept:
                again.append(QItemSelectionRange(self._list.index(line, 0)))
        selection.select(again, _SELECT_ROW)
        if self.hasFocus() and self._list.shown and not self.currentIndex().isValid():
            selection.setCurrentIndex(self._list.index(0, first), _NO_UPDATE)
        self._place_empty()
        self._tell_selection()

    # empty state -------------------------------------------------------------
    def set_empty(self, widget: QWidget) -> None:
        """Show this over the table while it has no rows to show."""
        self._empty = widget
        widget.setParent(self.viewport())
        self._place_empty()

    def _place_empty(self) -> None:
        """Lay the empty state over the whole list."""
        if self._empty:
            self._empty.setGeometry(self.viewport().rect())
            self._empty.setVisible(not self._list.shown)

    # copy --------------------------------------------------------------------
    def shown_columns(self) -> list[Column[Row]]:
        """Visible columns in screen order."""
        header = self.horizontalHeader()
        sections = [header.logicalIndex(place) for place in range(header.count())]
        return [
            column
            for at in sections
            if not self.isColumnHidden(at) and (column := self._list.column_at(at))
        ]

    def as_text(self, *, headings: bool = False, without: Collection[str] = ()) -> str:
        """Selected rows, visible columns, separated by tabs as Excel takes them."""
        columns = [column for column in self.shown_columns() if column.key not in without]
        lines = [[column.heading for column in columns]] if headings else []
        for row in self.selected_rows():
            lines.append([_one_line(column.shown(row)) for column in columns])
        return "\n".join("\t".join(line) for line in lines)

    def copy(self, *, headings: bool = False) -> None:
        """Put the selected rows onto the clipboard; asks about columns with personal data."""
        sensitive = [column for column in self.shown_columns() if column.sensitive]
        without = self.leave_out(sensitive) if sensitive else ()
        if without is not None:
            QGuiApplication.clipboard().setText(self.as_text(headings=headings, without=without))

    # type-ahead --------------------------------------------------------------
    def _forget_typed(self) -> None:
        """A pause starts a new word."""
        self._typed = ""

    def _go_to_typed(self) -> None:
        """Move to the next row whose given name (or first text) begins with the typed letters."""
        start, count = max(self.currentIndex().row(), 0), len(self._list.shown)
        step = 1 if len(self._typed) == 1 else 0
        lines = ((start + offset) % count for offset in range(step, count + step))
        line = self._list.find_typed(self._typed, lines)
        if line >= 0:
            self.setCurrentIndex(self._list.index(line, int(self._list.tickable)))

    # what Qt asks ----------------------------------------------------------
    def keyboardSearch(self, search: str) -> None:
        """Letters find a given name; accents are not needed."""
        folded = text.fold(search)
        if folded and self._list.shown:
            self._typed += folded
            self._typing.start()
            self._go_to_typed()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys of a list (UI.md §7); Backspace is never bound: input methods send false ones."""
        row = self.current_row()
        if event.key() == Qt.Key.Key_Backspace:
            event.ignore()
        elif is_enter(event) and row is not None:
            self.opened.emit(row)
        elif event.key() == Qt.Key.Key_F2 and row is not None:
            self.edit_requested.emit(row)
        elif event.key() == Qt.Key.Key_Space and self._list.tickable and row is not None:
            rows = self.selected_rows() or [row]
            self._list.set_ticked(rows, not self._list.is_ticked(row))
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.key() == Qt.Key.Key_Escape and self.selectionModel().hasSelection():
            self.clearSelection()
        else:
            super().keyPressEvent(event)

    def moveCursor(
        self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        """Home and End go to the first and the last row: a list has no cells to walk through."""
        column = max(self.currentIndex().column(), int(self._list.tickable))
        ends = {self.CursorAction.MoveHome: 0, self.CursorAction.MoveEnd: self._list.rowCount() - 1}
        if action in ends:
            return self._list.index(ends[action], column)
        return super().moveCursor(action, modifiers)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """A double click opens the row under the pointer."""
        index = self.indexAt(event.position().toPoint())
        if index.isValid():
            self.opened.emit(self._list.row_at(index))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click into the tick column ticks and leaves the selection alone."""
        index = self.indexAt(event.position().toPoint())
        if self._list.tickable and index.isValid() and index.column() == 0:
            row = self._list.row_at(index)
            self._list.set_ticked([row], not self._list.is_ticked(row))
        else:
            super().mousePressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The view's own actions, then copying."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addActions(self.actions())
        if self.actions():
            menu.addSeparator()
        menu.addAction("Chép\tCtrl+C").triggered.connect(lambda: self.copy())
        menu.addAction("Chép kèm tiêu đề").triggered.connect(lambda: self.copy(headings=True))
        menu.popup(event.globalPos())

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Repaint both rows: the mark of the current row spans cells."""
        super().currentChanged(current, previous)
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the empty state as large as the list."""
        super().resizeEvent(event)
        self._place_empty()
