"""Which column of the file was understood as what."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QGridLayout, QWidget

from app.ui import theme
from app.ui.dialogs import Dialog
from app.ui.labels import label
from app.ui.students.import_lines import FIELDS

if TYPE_CHECKING:
    # Workbook libraries are imported when a file is read.
    from app.spreadsheets.rows import Roster


def show_columns(parent: QWidget, roster: "Roster") -> None:
    """Show the sheet, the heading lines and the columns; nothing can be changed here."""
    dialog = Dialog(parent, "Các cột đã nhận trong tệp", 540)
    dialog.setObjectName("columns_dialog")
    dialog.box.addWidget(label(_where(roster), "muted", wrap=True))
    grid = QGridLayout()
    grid.setHorizontalSpacing(theme.u(24))
    grid.setVerticalSpacing(theme.u(4))
    grid.addWidget(label("Cột", "caption"), 0, 0)
    grid.addWidget(label("Được hiểu là", "caption"), 0, 1)
    for at, (field, letter) in enumerate(roster.columns.items(), start=1):
        grid.addWidget(label(letter, "strong"), at, 0)
        grid.addWidget(label(FIELDS.get(field, field)), at, 1)
    grid.setColumnStretch(1, 1)
    dialog.box.addLayout(grid)
    dialog.box.addWidget(label("Cột khác trong tệp được bỏ qua.", "note"))
    dialog.set_actions().setFocus()
    dialog.exec()


def _where(roster: "Roster") -> str:
    """The sheet and the lines of the heading."""
    lines = " và ".join(str(row) for row in roster.header_rows)
    return f"Trang tính “{roster.sheet}”, tiêu đề ở dòng {lines or '(không có)'}."
