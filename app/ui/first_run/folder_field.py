"""A form field of a folder: typed, pasted or chosen."""

from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit

from app.errors import InputError
from app.ui import files, theme
from app.ui.buttons import button
from app.ui.field import Field


class FolderField(Field):
    """A line with a button beside it; the value is a whole path, None where nothing stands.

    What is typed is never cleaned: a path is exactly its letters.
    """

    settled = Signal()  # the line was left, or a folder chosen: disks may be asked now

    def __init__(self, name: str, caption: str, *, required: bool = False) -> None:
        self.line = QLineEdit()
        super().__init__(name, caption, self.line, required=required)
        self.pick = button("Chọn…", name=f"pick_{name}")
        self.pick.setAccessibleName(f"Chọn {caption[:1].lower()}{caption[1:]}")
        self.pick.clicked.connect(self._ask)
        row = QHBoxLayout()
        row.setSpacing(theme.u(8))
        row.addWidget(self.line, 1)
        row.addWidget(self.pick)
        self.column.insertLayout(1, row)
        self.line.textChanged.connect(lambda _text: self._was_changed())
        self.line.editingFinished.connect(self.settled)

    def state(self) -> object:
        """What stands in the line."""
        return self.line.text().strip()

    def read(self) -> Path | None:
        """The folder; half a path would mean another one tomorrow."""
        typed = self.line.text().strip()
        if not typed:
            return None
        folder = Path(typed)
        if not folder.is_absolute():
            raise InputError("Ghi cả đường dẫn của thư mục, hoặc bấm “Chọn…”.")
        return folder

    def fill(self, value: Any) -> None:
        """Show a folder."""
        self.line.setText(str(value) if value else "")
        self.settled.emit()

    def _ask(self) -> None:
        """Choose in the dialog of the system."""
        if folder := files.choose_folder(self, self.caption):
            self.fill(folder)
