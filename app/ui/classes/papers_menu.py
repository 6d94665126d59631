"""The "In" menu of a class: every paper made off the GUI thread, then shown before printing."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from app.terms import Permission
from app.ui.context import Context
from app.ui.tasks import Task

if TYPE_CHECKING:
    # Drawing and services are slow to import; they are needed when a paper is asked for.
    from app.database import Database

Make = Callable[["Database", int, Task], bytes]


def class_list(database: "Database", class_id: int, _task: Task) -> bytes:
    """The list of learners."""
    from app.printing.class_list import render
    from app.services import papers

    with database.reading() as db:
        sheet = papers.class_list_sheet(db, class_id)
    return render(sheet)


def attendance_sheet(database: "Database", class_id: int, _task: Task, *, filled: bool) -> bytes:
    """The attendance sheet, blank or filled."""
    from app.printing.attendance_sheet import render
    from app.services import papers

    with database.reading() as db:
        sheet = papers.attendance_sheet(db, class_id, filled=filled)
    return render(sheet)


def certificates(database: "Database", class_id: int, task: Task) -> bytes:
    """Every live certificate of the class."""
    from app.printing.certificate import load_layout, render
    from app.services import certificates as issued

    with database.reading() as db:
        sheets = issued.sheets(db, issued.class_certificates(db, class_id))
    return render(sheets, load_layout(issued.LAYOUT), task.progress)


def closing_report(database: "Database", class_id: int, _task: Task) -> bytes:
    """The closing report with its annexes."""
    from app.printing.closing_report import render
    from app.services import reports

    with database.reading() as db:
        sheet = reports.closing_report_sheet(db, class_id)
    return render(sheet)


# (object name, words of the menu, stem of the file name, maker)
PAPERS: tuple[tuple[str, str, str, Make], ...] = (
    ("class_list", "Danh sách lớp", "danh-sach", class_list),
    (
        "blank_attendance",
        "Bảng điểm danh trống",
        "diem-danh-trong",
        partial(attendance_sheet, filled=False),
    ),
    (
        "filled_attendance",
        "Bảng điểm danh đã ghi",
        "diem-danh",
        partial(attendance_sheet, filled=True),
    ),
    ("certificates", "Giấy chứng nhận", "giay-chung-nhan", certificates),
    ("closing_report", "Báo cáo tổng kết", "bao-cao-tong-ket", closing_report),
)


class PapersMenu(QMenu):
    """Opens from the "In" button; papers that cannot be made yet say so by being grey."""

    def __init__(self, page: QWidget, context: Context) -> None:
        super().__init__(page)
        self._page = page
        self._context = context
        self._class_id = 0
        self._code = ""
        self._papers: dict[str, QAction] = {}
        for name, words, stem, make in PAPERS:
            action = self.addAction(f"{words}…")
            action.setObjectName(f"print_{name}")
            action.triggered.connect(partial(self._print, words, stem, make))
            self._papers[name] = action
        self.aboutToShow.connect(self._renew)

    def show_class(self, class_id: int, code: str) -> None:
        """Turn to another class."""
        self._class_id, self._code = class_id, code

    def _renew(self) -> None:
        """Offer what the class has."""
        from app.services import certificates as issued
        from app.services import classes

        with self._context.database.reading() as db:
            detail = classes.class_detail(db, self._class_id)
            numbered = bool(issued.class_certificates(db, self._class_id))
        for name in ("class_list", "blank_attendance", "filled_attendance"):
            self._papers[name].setEnabled(detail.learners > 0)
        for name in ("blank_attendance", "filled_attendance"):
            self._papers[name].setEnabled(detail.learners > 0 and detail.sessions > 0)
        issues = self._context.user.may(Permission.ISSUE)
        self._papers["certificates"].setEnabled(numbered and issues)

    def _print(self, words: str, stem: str, make: Make) -> None:
        """Make the paper and show it."""
        database, class_id = self._context.database, self._class_id
        name = f"{stem}-{self._code}.pdf".lower()
        self._context.runner.run(
            self._page,
            f"Lập {words[:1].lower()}{words[1:]}…",
            lambda task: make(database, class_id, task),
            lambda pdf: self._show(words, pdf, name, noted=make is certificates),
        )

    def _show(self, words: str, pdf: bytes, name: str, *, noted: bool) -> None:
        """Look at the paper before it is printed or saved; printed certificates are noted."""
        from app.ui.print_preview import PrintPreview

        preview = PrintPreview(self._page, words, pdf, name)
        if noted:
            preview.kept.connect(self._note_printed)
        preview.exec()

    def _note_printed(self) -> None:
        """Note that the certificates of the class went to paper; not while opened to read."""
        from app.services import certificates as issued

        if not self._context.may(Permission.ISSUE):
            return
        with self._context.refusals(self._page):
            with self._context.database.writing("In giấy chứng nhận") as db:
                issued.note_printed(db, issued.class_certificates(db, self._class_id))
            self._context.saved()
