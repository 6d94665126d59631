"""The one read-only table model: declared columns, stable sorting, filtering without accents."""

from collections.abc import Callable, Collection, Hashable, Iterable, Sequence
from typing import Any, Generic

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from app import text
from app.ui.columns import Column, Row

ROW_ROLE = Qt.ItemDataRole.UserRole
_DISPLAY = int(Qt.ItemDataRole.DisplayRole)
_CHECK = int(Qt.ItemDataRole.CheckStateRole)
_TOOLTIP = int(Qt.ItemDataRole.ToolTipRole)
_ALIGN = int(Qt.ItemDataRole.TextAlignmentRole)
_ACCESSIBLE = int(Qt.ItemDataRole.AccessibleTextRole)
_ROW = int(ROW_ROLE)
_ANSWERED = frozenset((_DISPLAY, _CHECK, _TOOLTIP, _ALIGN, _ACCESSIBLE, _ROW))
Index = QModelIndex | QPersistentModelIndex


class TableModel(QAbstractTableModel, Generic[Row]):
    """Rows of any plain type shown through declared columns.

    `key` names a row across reloads; `tickable` puts a check box into the first column, whose
    ticks survive filtering and sorting.
    """

    ticks_changed = Signal()
    shown_changed = Signal(int, int)  # rows shown, rows in all

    def __init__(
        self,
        columns: Sequence[Column[Row]],
        key: Callable[[Row], Hashable] = id,
        *,
        tickable: bool = False,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self.key = key
        self.tickable = tickable
        self.row_tint: Callable[[Row], str] | None = None
        self._rows: Sequence[Row] = []
        self._shown: Sequence[Row] = []
        self._folded: dict[int, str] | None = None
        self._filter = ""
        self._accept: Callable[[Row], bool] | None = None
        self._sort: tuple[int, bool] | None = None
        self._ticked: set[Hashable] = set()

    # rows ------------------------------------------------------------------
    @property
    def rows(self) -> Sequence[Row]:
        """All rows, as loaded."""
        return self._rows

    @property
    def shown(self) -> Sequence[Row]:
        """Rows that pass the filter, in the order of the screen."""
        return self._shown

    def set_rows(self, rows: Iterable[Row]) -> None:
        """Show other rows; ticks on rows that are gone are dropped."""
        self._rows = list(rows)
        self._folded = None
        if self._ticked:
            self._ticked &= {self.key(row) for row in self._rows}
        self._refresh()

    def row_at(self, index: Index | int) -> Row:
        """The row at an index or a screen row number."""
        return self._shown[index if isinstance(index, int) else index.row()]

    def key_at(self, line: int) -> Hashable:
        """The key of a screen row."""
        return self.key(self._shown[line])

    def positions(self, keys: Collection[Hashable]) -> dict[Hashable, int]:
        """Screen rows of those of the keys that are shown."""
        every = ((self.key(row), at) for at, row in enumerate(self._shown)) if keys else ()
        return {key: at for key, at in every if key in keys}

    def position(self, key: Hashable) -> int:
        """Screen row of a key, -1 when it is not shown."""
        return next((at for at, row in enumerate(self._shown) if self.key(row) == key), -1)

    def snapshot(self) -> Sequence[Row]:
        """The rows shown now, for work that goes on off the GUI thread."""
        return list(self._shown)

    def find_typed(self, typed: str, lines: Iterable[int]) -> int:
        """First of the screen rows whose given name (or first text) begins so, or -1."""
        column = next((each for each in self.columns if each.is_name), self.columns[0])
        for line in lines:
            shown = column.text(self._shown[line])
            word = text.split_name(shown)[1] if column.is_name else shown
            if text.fold(word).startswith(typed):
                return line
        return -1

    # filter and order ------------------------------------------------------
    def set_filter(self, query: str) -> None:
        """Show rows that hold every word of the query, without regard to accents or case."""
        if (folded := text.fold(query)) != self._filter:
            self._filter = folded
            self._refresh()

    def set_accept(self, accept: Callable[[Row], bool] | None) -> None:
        """Show only the rows a chosen status, year … accepts; None accepts all."""
        self._accept = accept
        self._refresh()

    def _folded_rows(self) -> dict[int, str]:
        """Searched text of each row, folded once per load."""
        if self._folded is None:
            searched = [column.text for column in self.columns if column.searched]
            self._folded = {
                id(row): text.fold(" ".join(get(row) for get in searched)) for row in self._rows
            }
        return self._folded

    def _passing(self) -> list[Row]:
        """Rows that pass both filters, in loaded order."""
        rows = list(self._rows)
        if self._accept:
            rows = [row for row in rows if self._accept(row)]
        if self._filter:
            folded, words = self._folded_rows(), self._filter.split()
            rows = [row for row in rows if all(word in folded[id(row)] for word in words)]
        return rows

    def _ordered(self, rows: list[Row]) -> list[Row]:
        """Sort by the chosen column; equal rows keep their loaded order, empty ones come last."""
        if self._sort is None:
            return rows
        at, descending = self._sort
        keyed = [(self.columns[at].order(row), row) for row in rows]
        full = [pair for pair in keyed if pair[0] not in (None, "")]
        empty = [row for order, row in keyed if order in (None, "")]
        full.sort(key=lambda pair: pair[0], reverse=descending)
        return [row for _, row in full] + empty

    def _refresh(self) -> None:
        """Work out the shown rows again."""
        self.beginResetModel()
        self._shown = self._ordered(self._passing())
        self.endResetModel()
        self.shown_changed.emit(len(self._shown), len(self._rows))

    # ticks -----------------------------------------------------------------
    def ticked_rows(self) -> list[Row]:
        """Ticked rows in loaded order, hidden ones included."""
        return [row for row in self._rows if self.key(row) in self._ticked]

    def hidden_ticks(self) -> int:
        """How many ticked rows the filter hides."""
        return len(self._ticked - {self.key(row) for row in self._shown})

    def is_ticked(self, row: Row) -> bool:
        """Whether a row is ticked."""
        return self.key(row) in self._ticked

    def set_ticked(self, rows: Iterable[Row], on: bool) -> None:
        """Tick or untick rows."""
        keys = {self.key(row) for row in rows}
        self._ticked = self._ticked | keys if on else self._ticked - keys
        if self._shown:
            last = self.index(len(self._shown) - 1, self.columnCount() - 1)
            self.dataChanged.emit(self.index(0, 0), last)
        self.ticks_changed.emit()

    def clear_ticks(self) -> None:
        """Untick everything."""
        self.set_ticked(self._rows, False)

    # what Qt asks ----------------------------------------------------------
    def column_at(self, section: int) -> Column[Row] | None:
        """The declared column of a section; None is the tick column."""
        at = section - 1 if self.tickable else section
        return self.columns[at] if at >= 0 else None

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """Rows shown."""
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """Columns, the tick column included."""
        return 0 if parent.isValid() else len(self.columns) + self.tickable

    def data(self, index: Index, role: int = _DISPLAY) -> Any:
        """Answer only the roles that have an answer; the delegate reads rows directly."""
        if role not in _ANSWERED or not index.isValid():
            return None
        row = self._shown[index.row()]
        if role == _ROW:
            return row
        column = self.column_at(index.column())
        if column is None:
            return self._tick_data(row, role)
        return _column_data(column, row, role)

    def _tick_data(self, row: Row, role: int) -> Any:
        """Answers of the tick column."""
        if role == _CHECK:
            state = Qt.CheckState.Checked if self.is_ticked(row) else Qt.CheckState.Unchecked
            return state.value
        if role == _ACCESSIBLE:
            return "đã đánh dấu" if self.is_ticked(row) else "chưa đánh dấu"
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _DISPLAY) -> Any:
        """Heading and its alignment."""
        if orientation != Qt.Orientation.Horizontal or role not in (_DISPLAY, _ALIGN):
            return None
        column = self.column_at(section)
        if role == _ALIGN:
            align = column.align if column else Qt.AlignmentFlag.AlignHCenter
            return int(align | Qt.AlignmentFlag.AlignVCenter)
        return column.heading if column else ""

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Order by a section; -1 is the loaded order."""
        at = column - 1 if self.tickable else column
        self._sort = None if at < 0 else (at, order == Qt.SortOrder.DescendingOrder)
        self._refresh()


def _column_data(column: Column[Row], row: Row, role: int) -> Any:
    """Answers of a declared column."""
    if role == _ALIGN:
        return int(column.align | Qt.AlignmentFlag.AlignVCenter)
    if role == _TOOLTIP:
        if column.tooltip:
            return column.tooltip(row)
        return column.text(row) if column.is_name else None
    return column.shown(row)
