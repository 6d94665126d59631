"""A table model over ids: rows are read a page at a time, where they are seen."""

from array import array
from collections.abc import Callable, Collection, Hashable, Iterable, Sequence
from typing import overload

from PySide6.QtCore import QObject, Qt, Signal

from app.ui.columns import Column, Row
from app.ui.table import TableModel

PAGE = 128
_PAGES_KEPT = 24

Fetch = Callable[[Sequence[int]], Sequence[Row]]
"""Rows of some ids, in their order; a row that is gone must be stood in for."""


class Window(Sequence[Row]):
    """Rows of ids, read when they are first asked for."""

    def __init__(self, ids: "array[int]", fetch: Fetch[Row]) -> None:
        self.ids = ids
        self._fetch = fetch
        self._pages: dict[int, Sequence[Row]] = {}

    def __len__(self) -> int:
        """How many rows there are."""
        return len(self.ids)

    @overload
    def __getitem__(self, at: int) -> Row: ...

    @overload
    def __getitem__(self, at: slice) -> Sequence[Row]: ...

    def __getitem__(self, at: int | slice) -> Row | Sequence[Row]:
        """One row, or several."""
        if isinstance(at, slice):
            return [self[each] for each in range(*at.indices(len(self.ids)))]
        page, line = divmod(range(len(self.ids))[at], PAGE)
        if page not in self._pages:
            if len(self._pages) >= _PAGES_KEPT:
                del self._pages[next(iter(self._pages))]
            self._pages[page] = self._fetch(self.ids[page * PAGE : (page + 1) * PAGE])
        return self._pages[page][line]

    def again(self) -> "Window[Row]":
        """The same rows, to be read anew: for another thread."""
        return Window(self.ids, self._fetch)


class PagedModel(TableModel[Row]):
    """Shows ids in the order given; searching and sorting are the data's work.

    `find_named` gives the ids of all whose given name begins with some letters.
    """

    order_asked = Signal()  # another column or direction

    def __init__(
        self,
        columns: Sequence[Column[Row]],
        key: Callable[[Row], Hashable],
        fetch: Fetch[Row],
        find_named: Callable[[str], Collection[int]],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(columns, key, parent=parent)
        self._fetch, self._find_named = fetch, find_named
        self._window: Window[Row] = Window(array("q"), fetch)
        self._rows = self._shown = self._window

    def set_ids(self, ids: "array[int]") -> None:
        """Show others, or the same ones read again."""
        self.beginResetModel()
        self._window = Window(ids, self._fetch)
        self._rows = self._shown = self._window
        self.endResetModel()
        self.shown_changed.emit(len(ids), len(ids))

    def asked_order(self) -> tuple[str, bool]:
        """Key of the column to sort by, empty for the usual order, and whether downwards."""
        if self._sort is None:
            return "", False
        at, descending = self._sort
        return self.columns[at].key, descending

    def key_at(self, line: int) -> Hashable:
        """The id of a screen row."""
        return self._window.ids[line]

    def positions(self, keys: Collection[Hashable]) -> dict[Hashable, int]:
        """Screen rows of those of the ids that are shown."""
        found = {key: self.position(key) for key in keys}
        return {key: line for key, line in found.items() if line >= 0}

    def position(self, key: Hashable) -> int:
        """Screen row of an id, -1 when it is not shown."""
        ids = self._window.ids
        return ids.index(key) if isinstance(key, int) and key in ids else -1

    def snapshot(self) -> Sequence[Row]:
        """The rows shown now, read anew page by page."""
        return self._window.again()

    def find_typed(self, typed: str, lines: Iterable[int]) -> int:
        """First of the screen rows whose given name begins so, or -1."""
        named, ids = self._find_named(typed), self._window.ids
        return next((line for line in lines if ids[line] in named), -1)

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Ask for another order."""
        self._sort = None if column < 0 else (column, order == Qt.SortOrder.DescendingOrder)
        self.order_asked.emit()
