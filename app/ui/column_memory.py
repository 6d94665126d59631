"""Widths, order, visibility and sorting of a table's columns, kept between starts."""

import json
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHeaderView, QMenu, QTableView

from app.ui import memory, theme
from app.ui.columns import Column
from app.ui.table import TableModel

_ASCENDING = Qt.SortOrder.AscendingOrder
_DESCENDING = Qt.SortOrder.DescendingOrder


class ColumnMemory(QObject):
    """Keeps one table's columns by column key, so that a new column does not upset old widths."""

    def __init__(self, view: QTableView, model: TableModel[object], table_id: str) -> None:
        super().__init__(view)
        self._view = view
        self._model = model
        self._key = f"table/{table_id}"
        self.allow: Callable[[Column[Any]], bool] = lambda _column: True  # for sensitive columns
        self._header = view.horizontalHeader()
        self._saving = QTimer(self, singleShot=True, interval=400)
        self._saving.timeout.connect(self.save)
        self.reset()
        self._recall()
        self._header.sectionResized.connect(self._save_later)
        self._header.sectionMoved.connect(self._save_later)
        self._header.sortIndicatorChanged.connect(self._save_later)
        self._header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self._header.customContextMenuRequested.connect(
            lambda at: self.menu().exec(self._header.mapToGlobal(at))
        )

    def _sections(self) -> list[tuple[int, Column[object]]]:
        """Section numbers with their columns, without the tick column."""
        first = int(self._model.tickable)
        return [(first + at, column) for at, column in enumerate(self._model.columns)]

    def reset(self) -> None:
        """Back to the declared widths, order and visibility, in the loaded order."""
        if self._model.tickable:
            self._header.setSectionResizeMode(0, QHeaderView.ResizeMode.Fixed)
            self._header.resizeSection(0, theme.u(34))
        for section, column in self._sections():
            self._header.moveSection(self._header.visualIndex(section), section)
            self._view.setColumnHidden(section, column.hidden)
            if column.stretch:
                self._header.setSectionResizeMode(section, QHeaderView.ResizeMode.Stretch)
            else:
                self._header.resizeSection(section, theme.u(column.width))
        self._header.setSortIndicator(-1, _ASCENDING)

    def menu(self) -> QMenu:
        """Which columns are shown."""
        menu = QMenu(self._view)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for section, column in self._sections():
            entry = QAction(column.heading, menu)
            entry.setCheckable(True)
            entry.setChecked(not self._view.isColumnHidden(section))
            entry.toggled.connect(lambda on, at=section: self.show_column(at, on))
            menu.addAction(entry)
        menu.addSeparator()
        menu.addAction("Khôi phục cột").triggered.connect(self.reset)
        return menu

    def show_column(self, section: int, on: bool) -> None:
        """Show or hide one column, and keep it so; a sensitive one only if that is agreed to."""
        column = self._model.column_at(section)
        if on and column and column.sensitive and not self.allow(column):
            return
        self._view.setColumnHidden(section, not on)
        self._save_later()

    def hide_sensitive(self) -> None:
        """Hide the columns with personal data."""
        for section, column in self._sections():
            if column.sensitive:
                self._view.setColumnHidden(section, True)

    def _save_later(self) -> None:
        """Write the columns once the user stops dragging."""
        self._saving.start()

    def save(self) -> None:
        """Write widths (unscaled), order, visibility and sorting."""
        columns = {
            column.key: {
                "width": round(self._header.sectionSize(section) / theme.u(100) * 100),
                "place": self._header.visualIndex(section),
                "hidden": self._view.isColumnHidden(section),
            }
            for section, column in self._sections()
        }
        state = {"columns": columns, "sort": self._sorting()}
        memory.remember(self._key, json.dumps(state))

    def _sorting(self) -> list[object] | None:
        """Key and direction of the sorted column, None for the loaded order."""
        section = self._header.sortIndicatorSection()
        column = self._model.column_at(section) if section >= 0 else None
        return [column.key, self._header.sortIndicatorOrder() == _DESCENDING] if column else None

    def _recall(self) -> None:
        """Take back what was kept; unknown columns are passed over."""
        kept = memory.recall(self._key)
        if not kept:
            return
        state = json.loads(kept)
        by_key = {column.key: (section, column) for section, column in self._sections()}
        known = [(by_key[key], look) for key, look in state["columns"].items() if key in by_key]
        for (section, column), look in sorted(known, key=lambda pair: int(pair[1]["place"])):
            if not column.stretch and look["width"] > 0:
                self._header.resizeSection(section, theme.u(look["width"]))
            self._view.setColumnHidden(section, look["hidden"] or column.sensitive)
            self._header.moveSection(self._header.visualIndex(section), look["place"])
        if state["sort"] and state["sort"][0] in by_key:
            order = _DESCENDING if state["sort"][1] else _ASCENDING
            self._view.sortByColumn(by_key[state["sort"][0]][0], order)
