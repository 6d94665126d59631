"""The first lines of a file as Excel shows them, the heading marked."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QSizePolicy, QTableWidget, QTableWidgetItem

from app.ui import theme

if TYPE_CHECKING:
    # Workbook libraries are imported when a file is read.
    from app.spreadsheets.source import PreviewLine

_LINES = 9
_COLUMNS = 12
_WIDEST = 96


class FileLook(QTableWidget):
    """A few lines to recognise the file by; nothing is changed here."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("file_look")
        self.setAccessibleName("Những dòng đầu của tệp")
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWordWrap(False)
        self.verticalHeader().setDefaultSectionSize(theme.u(25))
        self.verticalHeader().setMinimumSectionSize(theme.u(25))
        self.setFixedHeight(theme.u(32 + 25 * 7))
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def show_lines(self, lines: "Sequence[PreviewLine]") -> None:
        """Show the first lines that hold something."""
        from app.spreadsheets.sheets import letter

        shown = lines[:_LINES]
        width = min(max((len(line.texts) for line in shown), default=0), _COLUMNS)
        self.clear()
        self.setRowCount(len(shown))
        self.setColumnCount(width)
        self.setHorizontalHeaderLabels([letter(at) for at in range(width)])
        self.setVerticalHeaderLabels([str(line.row) for line in shown])
        for at, line in enumerate(shown):
            for place, text in enumerate(line.texts[:width]):
                self.setItem(at, place, _item(line, text))
        self.resizeColumnsToContents()
        for place in range(width):
            self.setColumnWidth(place, min(self.columnWidth(place), theme.u(_WIDEST)))


def _item(line: "PreviewLine", text: str) -> QTableWidgetItem:
    """A cell; what stands outside the table is quiet."""
    made = QTableWidgetItem(text)
    made.setToolTip(text)
    if line.is_heading:
        made.setBackground(theme.colour("primary_t"))
        made.setFont(theme.font("strong"))
    elif not line.is_person:
        made.setBackground(theme.colour("sunken"))
        made.setForeground(theme.colour("text2"))
    return made
