"""All copies of a file, to choose one from."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QWidget

from app import backups
from app.backups import Copy
from app.ui import files, theme
from app.ui.buttons import button
from app.ui.dialogs import Dialog
from app.ui.settings.copy_rows import columns
from app.ui.table import TableModel
from app.ui.table_view import TableView

COPY_FILES = "Bản sao Sổ Lớp (*.sqlite)"
_ROWS_SHOWN = 9


class CopiesDialog(Dialog):
    """A list; afterwards `chosen` is the copy to put back, or None."""

    def __init__(self, parent: QWidget | None, copies: Sequence[Copy], database: Path) -> None:
        super().__init__(parent, "Chọn bản sao để phục hồi", 800)
        self.setObjectName("copies_dialog")
        self.chosen: Path | None = None
        model = TableModel(
            columns({}, backups.folder(database)), key=lambda copy: copy.path, parent=self
        )
        model.set_rows(copies)
        self.view = TableView(model, "rescue_copy_list", height=28)
        self.view.setFixedHeight(theme.u(30 + 28 * _ROWS_SHOWN))
        self.view.selection_changed.connect(self._follow)
        self.view.opened.connect(lambda _copy: self._take())
        self.box.addWidget(self.view)
        elsewhere = button("Tìm ở USB, thư mục khác…", "quiet", name="find_elsewhere")
        elsewhere.clicked.connect(self._find)
        self.action = button("Phục hồi bản này", "primary", "archive-restore", name="action")
        self.action.clicked.connect(self._take)
        self.set_actions(self.action, "Đóng", elsewhere)
        usable = [copy for copy in copies if not copy.problem]
        if usable:
            self.view.select_key(usable[0].path)
        self._follow()
        self.view.setFocus()

    def _follow(self) -> None:
        """Only a copy that can be used."""
        row = self.view.current_row()
        self.action.setEnabled(row is not None and not row.problem)

    def _take(self) -> None:
        row = self.view.current_row()
        if row and not row.problem:
            self._choose(row.path)

    def _find(self) -> None:
        if path := files.open_file(self, "Chọn bản sao", COPY_FILES):
            self._choose(path)

    def _choose(self, path: Path) -> None:
        self.chosen = path
        self.accept()
