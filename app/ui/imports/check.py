"""The check of an import: every line of the file, mended where it stands."""

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.ui import shortcuts, theme
from app.ui.buttons import SegmentedFilter, button, icon_button
from app.ui.imports.dock import ImportDock
from app.ui.imports.grid import ImportModel, ImportView
from app.ui.imports.lines import ImportLine, Standing
from app.ui.imports.work import ImportWork
from app.ui.labels import label
from app.ui.messages import Banner, EmptyState

if TYPE_CHECKING:
    # Services import SQLAlchemy, which takes longer than the window to paint.
    from app.services.matching import RosterMatch
    from app.spreadsheets.fields import Field

_FILTERS = (None, *Standing)
MATCH_AFTER_MS = 150
_WIDE = 1300
_HINT = (
    "F2 hoặc gõ để sửa ngay trong bảng · Ctrl+V dán từ Excel · Ctrl+Z hoàn tác · F8 lỗi tiếp theo"
)


class ImportCheck(QWidget):
    """Grid with filter, next problem, and the panel of the current line."""

    changed = Signal()
    unmatched = Signal()  # some rows have to be compared with the register
    bad_wanted = Signal()  # the wrong lines as a file
    told = Signal(str)  # what pasting did

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("import_check")
        self.work: ImportWork | None = None
        self._is_wide = False
        self._about_file: QWidget = QWidget()
        self.filter = SegmentedFilter([(None, "Tất cả"), *((one, one.value) for one in Standing)])
        self.filter.chosen.connect(self._filter)
        self._next = button("Lỗi tiếp theo (F8)", "", "arrow-right", name="next_problem")
        self._next.clicked.connect(lambda: self.next_problem())
        self._save = button("Tải dòng lỗi ra Excel…", "", "download", name="save_bad")
        self._save.clicked.connect(self.bad_wanted)
        self._soon = QTimer(self, singleShot=True, interval=MATCH_AFTER_MS)
        self._soon.timeout.connect(self.unmatched)
        self._build_grid()
        self._build()
        shortcuts.bind(self, "next_problem", self.next_problem)
        shortcuts.bind(self, "previous_problem", lambda: self.next_problem(-1))
        shortcuts.bind(self, "use_known", self.dock.use_known)

    def _build_grid(self) -> None:
        """The table and the panel under it."""
        self.model = ImportModel()
        self.view = ImportView(self.model)
        self.view.set_empty(EmptyState("circle-check", "Không có dòng nào", "Chọn mục khác."))
        self.view.typed.connect(self._type)
        self.view.undone.connect(self._undo)
        self.model.ticks_changed.connect(self._leave_out)
        self.dock = ImportDock()
        self.dock.decided.connect(self._decide)
        self.dock.unit_chosen.connect(self._choose_unit)
        self.dock.rewriting_wanted.connect(self._rewrite_names)
        self.view.selection_changed.connect(self._show_current)

    def _build(self) -> None:
        """Filter and buttons, remarks on the file, grid, panel."""
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(theme.u(16), theme.u(9), theme.u(16), theme.u(6))
        self._column.setSpacing(theme.u(7))
        tools = QHBoxLayout()
        tools.setSpacing(theme.u(8))
        chooser = icon_button("columns-3", "Chọn cột", name="choose_columns")
        chooser.clicked.connect(
            lambda: self.view.columns.menu().popup(chooser.mapToGlobal(chooser.rect().bottomLeft()))
        )
        tools.addWidget(self.filter)
        tools.addStretch(1)
        for each in (chooser, self._next, self._save):
            tools.addWidget(each)
        self._column.addLayout(tools)
        self._column.addWidget(self._about_file)
        self._column.addWidget(self.view, 1)
        self._column.addWidget(self.dock)
        self._column.addWidget(label(_HINT, "caption"))

    def set_compact(self, on: bool) -> None:
        """In a narrow window the keys say in the hint what the buttons do."""
        self._next.setVisible(not on)

    # showing -------------------------------------------------------------------
    def show_work(self, work: ImportWork) -> None:
        """Show a file that was just read, at its first problem."""
        self.work = work
        self.model.show_work(work)
        self.filter.choose(None)
        self._tell_about_file(work)
        self.view.clearSelection()
        self.renew()
        if not self.next_problem() and work.lines:
            self.view.go_to(0, self.view.fields()[0])
        self.view.setFocus()

    def renew(self) -> None:
        """Show what became of the lines."""
        assert self.work is not None
        self.model.renew()
        counts, lines = self.work.counts(), self.work.lines
        self.filter.set_counts([len(lines) if one is None else counts[one] for one in _FILTERS])
        self._next.setEnabled(any(line.is_open for line in lines))
        self._save.setEnabled(counts[Standing.ERROR] > 0)
        self._show_current()
        if self.work.unmatched():
            self._soon.start()
        self.changed.emit()

    def _tell_about_file(self, work: ImportWork) -> None:
        """Remarks on the file as a whole, such as other sheets with people."""
        told = [problem.text for problem in work.roster.problems if problem.row == 0]
        banner = Banner("warn", told[0], " ".join(told[1:])) if told else QWidget()
        banner.setVisible(bool(told))
        self._column.replaceWidget(self._about_file, banner)
        self._about_file.deleteLater()
        self._about_file = banner

    def next_problem(self, step: int = 1) -> bool:
        """Go to the next line somebody should look at, round the end, at its wrong cell."""
        shown, current = self.model.shown, self.view.currentIndex().row()
        count = len(shown)
        start = current if self.view.selected_rows() else (-1 if step > 0 else 0)
        for offset in range(1, count + 1):
            at = (start + step * offset) % count
            if shown[at].is_open:
                self.view.go_to(at, self.view.wrong_section(shown[at]))
                return True
        return False

    def _filter(self, standing: object) -> None:
        """Show the lines of one standing."""
        self.model.set_accept((lambda line: line.standing is standing) if standing else None)

    def _show_current(self) -> None:
        """Show the line of the cursor in the panel."""
        line = self.view.current_row()
        is_odd = bool(self.work and line and line.is_name_cased_oddly)
        odd = len(self.work.proposed_names()) if self.work and is_odd else 0
        self.dock.show_line(line, self._takes_unit(line), odd)

    # changing ------------------------------------------------------------------
    def _type(self, texts: "dict[int, dict[Field, str]]", lost: int) -> None:
        """Read the rows of typed or pasted texts again."""
        assert self.work is not None
        cells = sum(map(len, texts.values()))
        if self.work.edit(texts):
            self.renew()
        if cells > 1 or lost:
            lines = {line.row.row: line for line in self.work.lines}
            wrong = sum(f.value in lines[row].wrong for row, some in texts.items() for f in some)
            spare = f", {lost} ô không có chỗ" if lost else ""
            self.told.emit(f"Đã dán {cells} ô, {wrong} ô sai{spare}.")

    def _rewrite_names(self) -> None:
        """Write every name as proposed, as one step that can be taken back."""
        if self.work and (names := self.work.proposed_names()) and self.work.edit(names):
            self.renew()
            self.view.setFocus()
            self.told.emit(f"Đã viết lại {len(names)} họ tên. Ctrl+Z để hoàn tác.")

    def _undo(self) -> None:
        """Take the last typing back."""
        if self.work and self.work.undo():
            self.renew()

    def _leave_out(self) -> None:
        """Lines without a tick stay out."""
        if self.work:
            self.work.leave_out(
                line.row.row for line in self.work.lines if not self.model.is_ticked(line)
            )
            self.renew()

    def _takes_unit(self, line: ImportLine | None) -> bool:
        """Whether the unit of the file replaces the one known."""
        return bool(self.work and line and self.work.chosen.get((line.row.row, "unit")))

    def _choose_unit(self, row: int, on: bool) -> None:
        """Take the unit of the file over, or not."""
        if self.work:
            self.work.chosen[row, "unit"] = on

    def _decide(self, match: object) -> None:
        """Take the answer and go on to the next question."""
        assert self.work is not None
        self.work.decide(cast("RosterMatch", match))
        self.renew()
        if any(line.standing is Standing.CONFLICT for line in self.model.shown):
            self.next_problem()

    # what Qt asks ------------------------------------------------------------------
    def resizeEvent(self, event: QResizeEvent) -> None:
        """A wide window has room for another column."""
        super().resizeEvent(event)
        is_wide = self.width() >= theme.u(_WIDE)
        if is_wide != self._is_wide:
            self._is_wide = is_wide
            self.view.setColumnHidden(self.view.section("education"), not is_wide)
