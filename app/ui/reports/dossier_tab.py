"""The dossier tab: papers of the class, the closing report, and closing the class."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout

from app import dates
from app.terms import ClassStatus, Permission
from app.ui import days, dialogs, files, theme
from app.ui.buttons import button
from app.ui.classes.tab import ClassTab
from app.ui.context import Context
from app.ui.fields import MemoField
from app.ui.form import Form, FormDialog
from app.ui.labels import label
from app.ui.messages import Banner
from app.ui.reports import export, papers
from app.ui.reports.closing_card import ClosingCard
from app.ui.reports.documents import PAPERS, DocumentsModel, DocumentsView
from app.ui.reports.report_dialog import ReportDialog
from app.ui.rights import hindrance

if TYPE_CHECKING:
    # The services bring SQLAlchemy, which takes longer to import than the window to paint.
    from app.services.certificates import CertificateRow
    from app.services.classes import ClassDetail
    from app.services.dossier import DossierItem
    from app.services.report_form import ReportForm

WORD = "bế giảng"
_SEAL = (
    "Sau khi bế giảng, điểm danh, điểm, xếp loại và danh sách của lớp này không sửa được nữa. "
    "Báo cáo tổng kết được giữ nguyên như lúc này. Mở lại thì lãnh đạo làm và ghi lý do."
)
_REOPEN = (
    "Lớp trở lại bước Chốt kết quả, sửa xong thì bế giảng lại. Giấy chứng nhận đã cấp giữ nguyên; "
    "báo cáo đã chốt còn trong nhật ký, cùng lý do mở lại."
)


class DossierTab(ClassTab):
    """Papers left, conditions of closing right."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.setObjectName("dossier_tab")
        self.setAccessibleName("Hồ sơ lớp")
        self.model = DocumentsModel()
        self.view = DocumentsView(self.model)
        self.card = ClosingCard()
        self._write = button("Soạn báo cáo tổng kết…", icon="pencil", name="write_report")
        self._export = button("Xuất thư mục hồ sơ…", icon="folder-check", name="export_dossier")
        self._banner: Banner | None = None
        self._detail: ClassDetail | None = None
        self._build()
        self.land_on(self.view)
        self.view.acted.connect(self.act)
        self.view.edit_requested.connect(self._edit)
        self._write.clicked.connect(self.write_report)
        self._export.clicked.connect(self.export)
        self.card.close_class.clicked.connect(self.close_class)
        self.card.reopen.clicked.connect(self.reopen_class)

    def _build(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(theme.u(8))
        head.addWidget(label("Hồ sơ lớp học", "h2"), 1)
        head.addWidget(self.context.gate(self._write, Permission.WRITE_REPORTS))
        head.addWidget(self.context.gate(self._export, Permission.EXPORT))
        body = QHBoxLayout()
        body.setSpacing(theme.u(12))
        body.addWidget(self.view, 1)
        body.addWidget(self.card)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(theme.u(16), theme.u(8), theme.u(16), theme.u(8))
        self._column.setSpacing(theme.u(8))
        self._column.addLayout(head)
        self._column.addLayout(body, 1)

    # reading -------------------------------------------------------------------
    def reload(self) -> None:
        """Read papers and conditions again."""
        from app.services import classes, dossier, reports

        with self.context.database.reading() as db:
            items = dossier.dossier(db, self.class_id)
            conditions = reports.conditions_to_close(db, self.class_id)
            self._detail = detail = classes.class_detail(db, self.class_id)
        closed = detail.status is ClassStatus.CLOSED
        self.model.set_rows(items)
        ready = sum(item.state is dossier.ItemState.READY for item in items)
        self.card.show_papers(ready, len(items))
        day = dates.grid(detail.closed_on) if detail.closed_on else ""
        lines = [(one.met, one.text, one.detail) for one in conditions]
        ever = self.context.user.may(Permission.CLOSE_CLASS)
        reason = hindrance(self.context, Permission.CLOSE_CLASS)
        self.card.show_conditions(lines, detail.status, day, reason, ever=ever)
        self._write.setEnabled(not closed and self.context.may(Permission.WRITE_REPORTS))
        self._export.setEnabled(any(item.can_be_printed for item in items))
        self._show_banner(closed=closed)

    def _show_banner(self, *, closed: bool) -> None:
        if self._banner is not None:
            self._banner.hide()
            self._banner.deleteLater()
            self._banner = None
        if closed:
            advice = "Mọi tài liệu vẫn mở và in lại được."
            self._banner = Banner("info", "Lớp đã bế giảng, hồ sơ đã khóa.", advice, icon="lock")
            self._column.insertWidget(0, self._banner)

    # acts ----------------------------------------------------------------------
    def act(self, item: "DossierItem") -> None:
        """Open the paper, or go where it is worked on."""
        if item.can_be_printed:
            papers.show(self, self.context, PAPERS[item.key], self.class_id)
        else:
            self.context.open("class", self.class_id, item.tab)

    def _edit(self, item: "DossierItem") -> None:
        """F2 on the report writes it."""
        if item.key == "closing_report" and self._write.isEnabled():
            self.write_report()

    def write_report(self) -> None:
        """Edit the clerk's part of the closing report."""
        from app.services import reports

        with self.context.refusals(self):
            with self.context.database.reading() as db:
                known = reports.report_form(db, self.class_id)
            dialog = ReportDialog(self, known, self._save_report)
            if dialog.exec() == QDialog.DialogCode.Accepted:
                self._after_act()

    def _save_report(self, form: "ReportForm") -> None:
        from app.services import reports

        with self.context.database.writing("Soạn báo cáo tổng kết") as db:
            reports.save_report(db, self.class_id, form)

    def export(self) -> None:
        """Write every paper that exists into a new folder."""
        folder = files.choose_folder(self, "Chọn nơi đặt thư mục hồ sơ")
        if folder is None or self._detail is None:
            return
        wanted = [PAPERS[item.key] for item in self.model.rows if item.can_be_printed]
        work = partial(
            export.write,
            self.context.database,
            self.class_id,
            self._detail.code,
            wanted,
            folder,
        )
        self.context.runner.run(
            self, "Xuất thư mục hồ sơ…", work, self._tell_export, cancel="Hủy xuất"
        )

    def _tell_export(self, folder: Path) -> None:
        count = len(list(folder.glob("*.pdf")))
        said = f"Đã ghi {count} tệp PDF và bảng kiểm vào {folder}."
        dialogs.tell(self, "Đã xuất hồ sơ", said)

    def close_class(self) -> None:
        """Seal the class: typed word, facts; only the director opens it again, with a reason."""
        from app.services import certificates, reports

        if self._detail is None:
            return
        with self.context.database.reading() as db:
            rows = certificates.certificate_list(db, self.class_id)
        asked = f"Bế giảng lớp {self._detail.title}?"
        if not dialogs.seal(
            self, asked, _SEAL, action="Bế giảng lớp", word=WORD, facts=closing_facts(rows)
        ):
            return
        with self.context.refusals(self):
            with self.context.database.writing("Bế giảng lớp") as db:
                reports.close_class(db, self.class_id, days.today())
            self._after_act()

    def reopen_class(self) -> None:
        """Open the closed class again; the reason goes into the journal."""
        if self._detail is None:
            return
        form = Form(lambda values: self._reopen(str(values["reason"] or "")))
        form.add(label(_REOPEN, wrap=True))
        form.add_row(MemoField("reason", "Lý do mở lại", required=True))
        form.load({})
        title = f"Mở lại lớp {self._detail.title}?"
        if FormDialog(self, title, form, action="Mở lại lớp", width=620).exec():
            self._after_act()

    def _reopen(self, reason: str) -> None:
        from app.journal import Act
        from app.services import revocation

        with self.context.database.writing(Act("Mở lại lớp", reason=reason)) as db:
            revocation.reopen_class(db, self.class_id, reason)

    def _after_act(self) -> None:
        self.context.saved()
        self.reload()
        self.changed.emit()


def closing_facts(rows: "list[CertificateRow]") -> list[tuple[str, str]]:
    """Numbers that closing fixes."""
    numbers = [row.register_number for row in rows if row.certificate_id is not None]
    without = len(rows) - len(numbers)
    facts = [(str(len(rows)), "học viên")]
    if numbers:
        facts += [(str(len(numbers)), "được cấp giấy"), (str(without), "không cấp")]
        facts.append((f"{numbers[0]} – {numbers[-1]}", "số vào sổ"))
    return facts
