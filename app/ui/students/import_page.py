"""Nhập từ Excel: choose, check, import; nothing is written before the last button."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app import numbers
from app.ui import files, shortcuts, theme
from app.ui.buttons import button, set_text
from app.ui.context import Context
from app.ui.history import taking_back
from app.ui.labels import ElidedLabel, icon_label, label
from app.ui.page import Page
from app.ui.students.import_check import ImportCheck
from app.ui.students.import_lines import ImportFile, Standing, bad_lines_workbook, lines_of
from app.ui.students.import_parts import ImportOutcome, choose_page, done_page
from app.ui.students.roll_acts import EXCEL
from app.ui.students.steps_line import StepsLine
from app.ui.tasks import Task

if TYPE_CHECKING:
    # Services import SQLAlchemy, which takes longer than the window to paint.
    from app.services.enrolment import EnrolSummary
    from app.services.history import ActLine

CHOOSE, CHECK, DONE = range(3)


class ImportPage(Page):
    """Brings a roster into one class."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.setObjectName("import_page")
        self._class_id = 0
        self._title = ""
        self._path: Path | None = None
        self.check = ImportCheck(self._read, self.save_bad)
        self.check.changed.connect(self._renew)
        self.stack = QStackedWidget()
        self._choose, self._done = choose_page(self.choose), QWidget()
        for page in (self._choose, self.check, self._done):
            self.stack.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._head())
        column.addWidget(self.stack, 1)
        column.addWidget(self._foot())
        shortcuts.bind(self, "primary", lambda: self.act.click())
        shortcuts.bind(self, "step_next", self._step_next)
        self._go(CHOOSE)

    # building ----------------------------------------------------------------
    def _head(self) -> QFrame:
        """Title, class, steps, file, and the way out."""
        head = QFrame()
        head.setObjectName("page_head")
        column = QVBoxLayout(head)
        column.setContentsMargins(theme.u(16), theme.u(8), theme.u(12), theme.u(8))
        column.setSpacing(theme.u(6))
        self._into = ElidedLabel("", "muted")
        leave = button("Hủy nhập", "quiet", "x", name="leave_import")
        leave.clicked.connect(self._to_class)
        self._leave = leave
        first, second = QHBoxLayout(), QHBoxLayout()
        first.setSpacing(theme.u(9))
        first.addWidget(label("Nhập học viên từ Excel", "h1"))
        first.addWidget(self._into, 1)
        first.addWidget(leave)
        self.steps = StepsLine(("Chọn tệp", "Kiểm tra", "Nhập"))
        self._file = label("", "muted")
        second.addWidget(self.steps)
        second.addStretch(1)
        second.addWidget(self._file)
        column.addLayout(first)
        column.addLayout(second)
        return head

    def _foot(self) -> QFrame:
        """What was written so far, one step back, and the action."""
        foot = QFrame()
        foot.setObjectName("form_footer")
        row = QHBoxLayout(foot)
        row.setContentsMargins(theme.u(16), theme.u(8), theme.u(16), theme.u(8))
        row.setSpacing(theme.u(8))
        self._lock = icon_label("lock", "text2", 16)
        self._said = label("Chưa ghi gì vào dữ liệu cho đến bước cuối.", "muted")
        self._back = button("Chọn tệp khác…", name="other_file")
        self._back.clicked.connect(self.choose)
        self.act = button("Nhập", "primary", name="import_action")
        self.act.clicked.connect(self._act)
        row.addWidget(self._lock)
        row.addWidget(self._said)
        row.addStretch(1)
        row.addWidget(self._back)
        row.addWidget(self.act)
        return foot

    # where it stands ---------------------------------------------------------
    def show_for(self, *args: object) -> None:
        """The class, and the file when it was chosen already; a check under way is kept."""
        class_id, path = args[0], args[1] if len(args) > 1 else None
        assert isinstance(class_id, int)
        same = (class_id, path) == (self._class_id, self._path) and path is not None
        if same and self.stack.currentIndex() == CHECK:
            return
        self._class_id = class_id
        self._go(CHOOSE)
        if isinstance(path, Path):
            self._path = path
            self._read()

    def reload(self) -> None:
        """Read the name of the class."""
        from app.services import classes

        with self.context.database.reading() as db:
            self._title = classes.class_detail(db, self._class_id).title
        self._into.setText(f"vào lớp {self._title}")

    def crumb(self) -> str:
        """The class, then this page."""
        return f"{self._title} › Nhập từ Excel" if self._title else "Nhập từ Excel"

    def set_compact(self, on: bool) -> None:
        """Give the check less to show in a narrow window."""
        self.check.set_compact(on)

    def _step_next(self) -> None:
        """Alt+→ chooses a file; it stops at the button that writes."""
        if self.stack.currentIndex() == CHOOSE:
            self.choose()
        else:
            self.act.setFocus()

    def _go(self, step: int) -> None:
        """Show a step."""
        self.stack.setCurrentIndex(step)
        self.steps.set_current(step if step < DONE else DONE + 1)
        self._back.setVisible(step != CHOOSE)
        self.act.setVisible(step != CHOOSE)
        self._leave.setVisible(step != DONE)
        self._lock.setVisible(step != DONE)
        self._file.setText(self._path.name if self._path and step != CHOOSE else "")
        self._renew()
        self.land_on((self._choose, self.check.view, self.act)[step])
        self.take_keyboard()

    def _renew(self) -> None:
        """Words of the footer."""
        if self.stack.currentIndex() == DONE:
            set_text(self._back, "Nhập tệp khác…")
            set_text(self.act, "Về danh sách lớp")
            self.act.setEnabled(True)
            return
        valid = sum(line.is_valid for line in self.check.file.lines) if self.check.file else 0
        set_text(self._back, "Chọn tệp khác…")
        set_text(self.act, f"Nhập {numbers.grouped(valid)} dòng hợp lệ")
        self.act.setEnabled(valid > 0)
        said = "Chưa ghi gì vào dữ liệu cho đến bước cuối."
        nothing = "Không có dòng nào nhập được: xem cột Vấn đề."
        self._said.setText(said if valid or not self.check.file else nothing)

    # acts --------------------------------------------------------------------
    def choose(self) -> None:
        """Ask for a file and read it."""
        path = files.open_file(self, "Chọn danh sách học viên", EXCEL)
        if path:
            self._path = path
            self._read()

    def _read(self) -> None:
        """Read the file and find who is known, off the GUI thread."""
        path, class_id, database = self._path, self._class_id, self.context.database
        assert path is not None

        def work(task: Task) -> ImportFile:
            from app.services import matching
            from app.spreadsheets.roster import read_roster

            roster = read_roster(
                path,
                progress=lambda done, size: task.progress(100 * done // size, 100, "Đọc tệp, %"),
            )
            with database.reading() as db:
                return lines_of(roster, matching.match_roster(db, class_id, roster.rows))

        title = f"Đọc danh sách {path.name}"
        self.context.runner.run(self, title, work, self._show_check, cancel="Hủy đọc")

    def _show_check(self, file: ImportFile) -> None:
        """The file was read."""
        self.check.show_file(file)
        self._go(CHECK)

    def _act(self) -> None:
        """The primary button of the step."""
        if self.stack.currentIndex() == DONE:
            self._to_class()
        elif self.stack.currentIndex() == CHECK and self.act.isEnabled():
            self._import()

    def _import(self) -> None:
        """Write every valid line in one act, or nothing."""
        file, path, class_id = self.check.file, self._path, self._class_id
        assert file is not None
        assert path is not None
        taken = [line.match for line in file.lines if line.is_valid and line.match]
        database = self.context.database

        def work(task: Task) -> "EnrolSummary":
            from app.services import enrolment

            with database.writing(f"Nhập danh sách {path.name}") as db:
                return enrolment.enrol_roster(db, class_id, taken, task.progress)

        self.context.runner.run(self, "Nhập vào lớp", work, self._show_done, cancel="Hủy nhập")

    def _show_done(self, summary: "EnrolSummary") -> None:
        """Everything was written."""
        assert self.check.file is not None
        assert self._path is not None
        counts = self.check.file.counts()
        now = datetime.now().astimezone()
        outcome = ImportOutcome(
            self._path.name,
            self._title,
            f"{now:%d/%m/%Y} lúc {now:%H:%M}",
            summary.created,
            summary.linked,
            counts[Standing.CONFLICT],
            counts[Standing.ERROR],
            counts[Standing.ENROLLED],
        )
        self.stack.removeWidget(self._done)
        self._done.deleteLater()
        written = taking_back.newest(self.context)
        self._done = done_page(outcome, self.save_bad, lambda: self._undo(written))
        self.stack.addWidget(self._done)
        self._said.setText(f"Đã ghi vào dữ liệu lúc {now:%H:%M}.")
        self.context.saved()
        self._go(DONE)

    def _undo(self, written: "ActLine | None") -> None:
        """Take the whole import back and go to the roll."""
        if written:
            taking_back.take_back(self.context, written, self._to_class)

    def save_bad(self) -> None:
        """Write the lines that cannot be imported, each with its reason, to a new file."""
        if self.check.file and self._path:
            data = bad_lines_workbook(self.check.file, self._path.name)
            name = f"Dong loi - {self._path.stem}.xlsx"
            with self.context.refusals(self):
                files.save_bytes(self, "Lưu dòng lỗi", name, "Excel (*.xlsx)", data)

    def _to_class(self) -> None:
        """Back to the roll of the class."""
        self.context.open("class", self._class_id, "roll")
