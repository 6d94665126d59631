"""Nạp sổ cũ: choose a folder, see what is in it and what is wrong, then take it in."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app import numbers
from app.terms import Permission
from app.ui import dialogs, files, theme
from app.ui.buttons import button, set_text
from app.ui.context import Context
from app.ui.labels import label, show_data
from app.ui.messages import Banner, EmptyState, way_card
from app.ui.settings import register_rows as rows
from app.ui.settings import register_work as work
from app.ui.settings.section import Section
from app.ui.table import TableModel
from app.ui.table_view import TableView

if TYPE_CHECKING:
    # Services import SQLAlchemy, which takes longer than the window to paint.
    from app.services.registers import LoadReport

_NOTE = (
    "Trước khi nạp, chương trình tự sao lưu. Nạp xong không hoàn tác được: muốn trở lại thì "
    "phục hồi bản sao đó. Nạp lần nữa chỉ thêm dòng chưa có."
)


class RegisterSection(Section):
    """The old registers of the centre, as a set of CSV files."""

    title = "Nạp sổ cũ"
    needs = (Permission.EDIT_CENTRE,)

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.setObjectName("register_section")
        self.found: work.Found | None = None
        self._banner: Banner | None = None
        self.files: TableModel[rows.FileRow] = TableModel(
            rows.file_columns(), key=lambda row: row.file
        )
        self.problems: TableModel[rows.ProblemRow] = TableModel(
            rows.problem_columns(), key=lambda row: row.key
        )
        self._whole = label("", "", wrap=True)
        self._whole.setObjectName("whole_problem")
        self.act = button("Nạp", "primary", "download", name="load_registers")
        self.act.clicked.connect(self.load)
        self.other = button("Chọn thư mục khác…", name="other_folder")
        self.other.clicked.connect(self.choose)
        self._build()

    # building ----------------------------------------------------------------
    def _build(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(theme.u(8))
        head.addWidget(label(self.title, "h1"), 1)
        head.addWidget(self.other)
        head.addWidget(self.act)
        self._place = QVBoxLayout()
        self._lists = self._two_lists()
        self.stack = QStackedWidget()
        self.stack.addWidget(self._start())
        self.stack.addWidget(self._lists)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.u(18), theme.u(10), theme.u(16), theme.u(10))
        column.setSpacing(theme.u(8))
        column.addLayout(head)
        column.addLayout(self._place)
        column.addWidget(self.stack, 1)
        column.addWidget(label(_NOTE, "note", wrap=True))
        self._show()

    def _start(self) -> EmptyState:
        """Before a folder is chosen: what this is for."""
        choose = button("Chọn thư mục…", "primary", name="choose_folder")
        choose.clicked.connect(self.choose)
        self.context.gate(choose, Permission.EDIT_CENTRE)
        return EmptyState(
            "notebook-tabs",
            "Chưa chọn sổ cũ",
            "Lớp, học viên, điểm danh, kết quả và giấy chứng nhận của những năm trước.",
            [
                way_card(
                    "file-spreadsheet",
                    "Bộ tệp CSV",
                    "Thư mục có lop.csv, hoc_vien.csv, dang_ky.csv… Xem trước rồi mới nạp.",
                    choose,
                )
            ],
        )

    def _two_lists(self) -> QWidget:
        """The files on the left, what to look at on the right."""
        view = TableView(self.files, "register_files")
        view.setFixedWidth(theme.u(404))
        wrong = TableView(self.problems, "register_problems", height=38)
        wrong.selection_changed.connect(self._tell)
        wrong.set_empty(
            EmptyState(
                "circle-check", "Không có gì phải xem lại", "Mọi dòng trong sổ đều nạp được."
            )
        )
        self.view = wrong
        both = QWidget()
        line = QHBoxLayout(both)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(theme.u(12))
        for words, table in (("Trong thư mục", view), ("Cần xem", wrong)):
            part = QVBoxLayout()
            part.setSpacing(theme.u(4))
            part.addWidget(label(words, "h2"))
            part.addWidget(table, 1)
            line.addLayout(part, int(table is wrong))
        part.addWidget(self._whole)
        return both

    def _tell(self) -> None:
        """The whole sentence of the row at the cursor; the list cuts it off."""
        row = self.view.current_row()
        show_data(self._whole, row.problem.sentence if row else "")
        self._whole.setVisible(row is not None)

    # showing -----------------------------------------------------------------
    def reload(self) -> None:
        """Data may have changed meanwhile; what was read stays on the screen."""
        self._follow()

    def _show(self) -> None:
        """The state of the section."""
        chosen = self.found is not None
        self.stack.setCurrentIndex(int(chosen))
        self.other.setVisible(chosen)
        self.act.setVisible(chosen)
        self._follow()

    def _follow(self) -> None:
        new = self.found.report.new if self.found else 0
        set_text(self.act, f"Nạp {numbers.grouped(new)} dòng" if new else "Nạp")
        self.act.setEnabled(new > 0 and self.context.may(Permission.EDIT_CENTRE))

    def _show_report(self, report: "LoadReport") -> None:
        self.files.set_rows(rows.file_rows(report))
        self.problems.set_rows(rows.problem_rows(report))
        if report.problems:
            self.view.select_key(0)
        self._tell()

    def _say(self, kind: str, what: str, advice: str = "") -> None:
        """Put one line under the title."""
        if self._banner:
            self._banner.hide()
            self._banner.deleteLater()
        self._banner = Banner(kind, what, advice)
        self._place.addWidget(self._banner)

    # acts --------------------------------------------------------------------
    def choose(self) -> None:
        """Ask for a folder and read it."""
        folder = files.choose_folder(self, "Chọn thư mục sổ cũ")
        if folder:
            self.read(folder)

    def read(self, folder: Path) -> None:
        """Read a folder and try it against the data, off the GUI thread."""
        database = self.context.database
        self.context.runner.run(
            self,
            f"Đọc sổ cũ trong {folder.name}",
            lambda task: work.read(database, folder, task.progress),
            self._show_found,
            cancel="Hủy đọc",
        )

    def _show_found(self, found: work.Found) -> None:
        """The folder was read; nothing is written yet."""
        self.found = found
        report = found.report
        self._show_report(report)
        what = rows.counted(report)
        if report.problems:
            lost = f"{numbers.grouped(report.refused)} dòng không nạp được. " * bool(report.refused)
            self._say("warn", what, f"{lost}Sửa tệp rồi đọc lại, hoặc nạp phần còn lại.")
        elif report.new:
            self._say("info", what, "Chưa ghi gì vào dữ liệu.")
        else:
            self._say("ok", what, "Không còn gì để nạp.")
        self._show()

    def load(self) -> None:
        """Ask, then take everything in that can be taken."""
        if self.found is None:
            return
        registers, report = self.found
        facts = [
            (numbers.grouped(part.new), rows.NAMES[part.file].lower())
            for part in report.parts
            if part.new and part.file in _TOLD
        ]
        message = (
            "Lớp cũ vào chương trình là lớp đã bế giảng, giấy chứng nhận giữ số cũ. "
            "Nạp xong không hoàn tác được; chương trình sao lưu trước khi nạp."
        )
        title = f"Nạp sổ cũ từ {registers.folder}?"
        if not dialogs.seal(self, title, message, action=self.act.text().strip(), facts=facts):
            return
        database = self.context.database
        self.context.runner.run(
            self,
            "Đang nạp sổ cũ",
            lambda task: work.load(database, registers, task.progress),
            self._show_loaded,
            cancel="Hủy nạp",
            steps=work.LOADING,
        )

    def _show_loaded(self, report: "LoadReport") -> None:
        """Everything was written."""
        self._show_report(report)
        now = datetime.now().astimezone()
        lost = f"{numbers.grouped(report.refused)} dòng không nạp được, xem danh sách. "
        self._say(
            "warn" if report.refused else "ok",
            f"Đã nạp {numbers.grouped(report.new)} dòng lúc {now:%H:%M}.",
            f"{lost * bool(report.refused)}Lớp cũ ở Lớp học, chọn năm của lớp.",
        )
        self.found = None
        self._show_after()

    def _show_after(self) -> None:
        self.stack.setCurrentWidget(self._lists)
        self.act.hide()
        self.context.saved()
        self.context.frame.renew_copies()


_TOLD = ("lop.csv", "hoc_vien.csv", "dang_ky.csv", "chung_nhan.csv")
