"""Showing a paper of a class: made off the GUI thread, then looked at, saved or printed."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from app.ui.classes import papers_menu
from app.ui.context import Context
from app.ui.tasks import Task

if TYPE_CHECKING:
    # SQLAlchemy takes longer to import than the window to paint.
    from app.database import Database


@dataclass(frozen=True)
class Paper:
    """A paper: its title, the stem of its file name and how to get from database to PDF."""

    title: str
    stem: str
    make: papers_menu.Make

    def file_name(self, class_code: str) -> str:
        """Such as "bang-diem-danh-ntvd-kv-2026.pdf"."""
        return f"{self.stem}-{class_code}.pdf".lower()


def show(
    parent: QWidget,
    context: Context,
    paper: Paper,
    class_id: int,
    kept: Callable[[], object] = lambda: None,
) -> None:
    """Make a paper and show it; `kept` is called when it was printed or saved."""
    from app.services import classes

    with context.refusals(parent):
        with context.database.reading() as db:
            name = paper.file_name(classes.class_detail(db, class_id).code)
        context.runner.run(
            parent,
            f"Lập {paper.title[:1].lower()}{paper.title[1:]}…",
            lambda task: paper.make(context.database, class_id, task),
            lambda pdf: _open(parent, paper, pdf, name, kept),
        )


def _open(parent: QWidget, paper: Paper, pdf: bytes, name: str, kept: Callable[[], object]) -> None:
    from app.ui.print_preview import PrintPreview

    preview = PrintPreview(parent, paper.title, pdf, name)
    preview.kept.connect(kept)
    preview.exec()


def _register(database: "Database", class_id: int, _task: Task) -> bytes:
    from app.printing.register_page import render
    from app.services import papers

    with database.reading() as db:
        sheet = papers.register_sheet(db, class_id)
    return render(sheet)


def _chosen(ids: Sequence[int], database: "Database", _class_id: int, task: Task) -> bytes:
    from app.printing.certificate import load_layout, render
    from app.services import certificates

    with database.reading() as db:
        sheets = certificates.sheets(db, ids)
    return render(sheets, load_layout(certificates.LAYOUT), task.progress)


def chosen_certificates(ids: Sequence[int]) -> Paper:
    """These issued certificates in this order."""
    return Paper("Giấy chứng nhận", "giay-chung-nhan", partial(_chosen, tuple(ids)))


CLASS_LIST = Paper("Danh sách học viên", "danh-sach", papers_menu.class_list)
ATTENDANCE_BLANK = Paper(
    "Bảng điểm danh trống",
    "diem-danh-trong",
    partial(papers_menu.attendance_sheet, filled=False),
)
ATTENDANCE = Paper(
    "Bảng điểm danh", "diem-danh", partial(papers_menu.attendance_sheet, filled=True)
)
REGISTER = Paper("Sổ cấp giấy chứng nhận", "so-cap-giay", _register)
CERTIFICATES = Paper("Giấy chứng nhận", "giay-chung-nhan", papers_menu.certificates)
CLOSING_REPORT = Paper("Báo cáo tổng kết", "bao-cao-tong-ket", papers_menu.closing_report)
