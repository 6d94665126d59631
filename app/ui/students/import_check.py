"""The check of an import: every line of the file, what will become of it, and why."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from app.ui import shortcuts, theme
from app.ui.buttons import SegmentedFilter, button
from app.ui.labels import label
from app.ui.messages import Banner, EmptyState
from app.ui.students.columns_dialog import show_columns
from app.ui.students.import_dock import ImportDock
from app.ui.students.import_lines import ImportFile, ImportLine, Standing, columns
from app.ui.table import TableModel
from app.ui.table_view import TableView

_FILTERS = (None, *Standing)


class ImportCheck(QWidget):
    """Grid with filter, next problem, and the panel of the current line."""

    changed = Signal()

    def __init__(self, read_again: Callable[[], object], save_bad: Callable[[], object]) -> None:
        super().__init__()
        self.setObjectName("import_check")
        self.file: ImportFile | None = None
        self._about_file: QWidget = QWidget()
        self.filter = SegmentedFilter(
            [(None, "Tất cả"), *((standing, standing.value) for standing in Standing)]
        )
        self.filter.chosen.connect(self._filter)
        self._next = button("Lỗi tiếp theo (F8)", "", "arrow-right", name="next_problem")
        self._next.clicked.connect(self.next_problem)
        self._save = button("Lưu dòng lỗi ra Excel…", "", "download", name="save_bad")
        self._save.clicked.connect(save_bad)
        self._again = button("Đọc lại tệp", "", "refresh-cw", name="read_again")
        self._again.clicked.connect(read_again)
        self._build_grid()
        self._build()
        shortcuts.bind(self, "next_problem", self.next_problem)
        shortcuts.bind(self, "previous_problem", lambda: self.next_problem(-1))
        shortcuts.bind(self, "use_known", self.dock.use_known)

    def _build_grid(self) -> None:
        """The table and the panel under it."""
        self.model: TableModel[ImportLine] = TableModel(columns(), key=lambda line: line.row.row)
        self.view = TableView(self.model, "import_grid")
        self.view.set_empty(EmptyState("circle-check", "Không có dòng nào", "Chọn mục khác."))
        self.dock = ImportDock()
        self.dock.decided.connect(self._decide)
        self.view.selection_changed.connect(self._show_current)

    def _build(self) -> None:
        """Filter and buttons, remarks on the file, grid, panel."""
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(theme.u(16), theme.u(9), theme.u(16), theme.u(8))
        self._column.setSpacing(theme.u(8))
        tools = QHBoxLayout()
        tools.setSpacing(theme.u(8))
        tools.addWidget(self.filter)
        tools.addStretch(1)
        understood = button("Các cột đã nhận", "quiet", "eye", name="show_columns")
        understood.clicked.connect(self._show_columns)
        self._spare = (understood, self._again, self._save)
        self._more = button("Khác…", "", "ellipsis", name="more")
        self._more.clicked.connect(self._show_more)
        self._more.hide()
        for each in (understood, self._next, self._again, self._save, self._more):
            tools.addWidget(each)
        self._column.addLayout(tools)
        self._column.addWidget(self._about_file)
        self._column.addWidget(self.view, 1)
        self._column.addWidget(self.dock)
        about = "F8 đến dòng cần xem · Ctrl+D dùng người đã có · Ctrl+C chép dòng sang Excel"
        self._column.addWidget(label(about, "caption"))

    def set_compact(self, on: bool) -> None:
        """In a narrow window what is rarely needed goes into a menu."""
        for each in self._spare:
            each.setVisible(not on)
        self._more.setVisible(on)

    def _show_more(self) -> None:
        """The buttons that had no room."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for each in self._spare:
            act = menu.addAction(each.text().strip())
            act.setEnabled(each.isEnabled())
            act.triggered.connect(each.click)
        menu.popup(self._more.mapToGlobal(self._more.rect().bottomLeft()))

    def show_file(self, file: ImportFile) -> None:
        """Show a file that was just read, at its first problem."""
        self._take(file)
        self.filter.choose(None)
        self._tell_about_file(file)
        self.view.clearSelection()
        self.next_problem()
        self.view.setFocus()

    def _take(self, file: ImportFile) -> None:
        """Show the lines and counts."""
        self.file = file
        self.model.set_rows(file.lines)
        counts = file.counts()
        self.filter.set_counts(
            [len(file.lines) if one is None else counts[one] for one in _FILTERS]
        )
        self._next.setEnabled(any(line.is_open for line in file.lines))
        self._save.setEnabled(counts[Standing.ERROR] > 0)
        self._show_current()
        self.changed.emit()

    def _tell_about_file(self, file: ImportFile) -> None:
        """Remarks on the file as a whole, such as other sheets with people."""
        told = [problem.text for problem in file.roster.problems if problem.row == 0]
        banner = Banner("warn", told[0], " ".join(told[1:])) if told else QWidget()
        banner.setVisible(bool(told))
        self._column.replaceWidget(self._about_file, banner)
        self._about_file.deleteLater()
        self._about_file = banner

    def next_problem(self, step: int = 1) -> None:
        """Go to the next line somebody should look at, round the end."""
        shown, current = self.model.shown, self.view.currentIndex().row()
        count = len(shown)
        start = current if self.view.selected_rows() else (-1 if step > 0 else 0)
        for offset in range(1, count + 1):
            line = shown[(start + step * offset) % count]
            if line.is_open:
                self.view.select_key(line.row.row)
                return

    def _filter(self, standing: object) -> None:
        """Show the lines of one standing."""
        self.model.set_accept((lambda line: line.standing is standing) if standing else None)

    def _show_current(self) -> None:
        """Show the line of the cursor in the panel."""
        chosen = self.view.selected_rows()
        self.dock.show_line(chosen[0] if chosen else None)

    def _show_columns(self) -> None:
        """What was understood as what."""
        if self.file:
            show_columns(self, self.file.roster)

    def _decide(self, match: object) -> None:
        """Take the answer and go on to the next question."""
        from app.services.matching import RosterMatch

        assert isinstance(match, RosterMatch)
        if self.file:
            self._take(self.file.decide(match))
            if any(line.standing is Standing.CONFLICT for line in self.model.shown):
                self.next_problem()
