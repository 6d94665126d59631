"""The certificates tab: decision, numbers taken once, the paper before it is printed."""

import datetime
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout

from app.terms import ClassStatus, DecisionKind, Permission
from app.ui import days, shortcuts, theme
from app.ui.buttons import button, set_text
from app.ui.certificates import batch
from app.ui.certificates.decision_dialog import DecisionDialog
from app.ui.certificates.issue_dialog import IssueDialog
from app.ui.certificates.preview_card import PreviewCard
from app.ui.certificates.revoking import Revoking
from app.ui.certificates.roll import CertificateRoll
from app.ui.classes.tab import ClassTab
from app.ui.context import Context
from app.ui.history.record_dialog import offer_history
from app.ui.list_export import ListExport
from app.ui.messages import Banner

if TYPE_CHECKING:
    # The services bring SQLAlchemy, which takes longer to import than the window to paint.
    from app.services.classes import ClassDetail

_SETTLE_MS = 250  # ticks come in bursts


class CertificatesTab(ClassTab):
    """Certificates of one class."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.setObjectName("certificates_tab")
        self.setAccessibleName("Chứng nhận")
        self.roll = CertificateRoll()
        self.card = PreviewCard()
        self._issue = button("Cấp số…", "primary", "stamp", name="issue", shortcut="issue")
        self._print = button("In", icon="printer", name="print_certificates", shortcut="print")
        self._decision = button("Quyết định…", icon="file-text", name="decision")
        self._revoke = button("Thu hồi…", "dangerline", "ban", name="revoke")
        self._review = button("", icon="refresh-cw", name="review")
        self._revoking = Revoking(self, context, self._after_act)
        self._register = button("Sổ cấp giấy", "quiet", "notebook-tabs", name="print_register")
        self._detail: ClassDetail | None = None
        self._banner: Banner | None = None
        self._is_new, self._asked = True, 0
        self._settle = QTimer(self, singleShot=True, interval=_SETTLE_MS)
        self._build()
        self._connect()
        self.land_on(self.roll.view)

    def _build(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(theme.u(8))
        for each, right in (
            (self._issue, Permission.ISSUE),
            (self._print, Permission.EXPORT),
            (self._decision, Permission.WRITE_REPORTS),
            (self._revoke, Permission.REVOKE),
            (self._review, Permission.APPROVE_RESULTS),
            (self._register, Permission.EXPORT),
        ):
            head.addWidget(self.context.gate(each, right))
        self._print.setVisible(self.context.user.may(Permission.ISSUE))  # printing is noted
        self._out = ListExport(self, self.roll.view, self.context, self.roll.title)
        head.insertWidget(head.count() - 1, self._out.button)
        head.insertStretch(head.count() - 2, 1)
        body = QHBoxLayout()
        body.setSpacing(theme.u(12))
        body.addWidget(self.roll)
        body.addWidget(self.card, 1)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(theme.u(16), theme.u(8), theme.u(16), theme.u(8))
        self._column.setSpacing(theme.u(8))
        self._column.addLayout(head)
        self._column.addLayout(body, 1)

    def _connect(self) -> None:
        self._issue.clicked.connect(self.issue)
        self._print.clicked.connect(self.print)
        self._decision.clicked.connect(self.record_decision)
        self._revoke.clicked.connect(self.revoke)
        self._review.clicked.connect(self.review)
        self._register.clicked.connect(self.print_register)
        self._settle.timeout.connect(self._make_preview)
        self.roll.ticks_changed.connect(self._ticked)
        self.roll.current_changed.connect(self._show_current)
        self.card.turned.connect(self.roll.view.select_key)
        offer_history(self.roll.view, self.context, self.roll.subject, "Lịch sử giấy này…")
        shortcuts.bind(self, "issue", self.issue)
        if self.context.user.may(Permission.ISSUE):
            shortcuts.bind(self, "print", self.print)

    # reading -------------------------------------------------------------------
    def show_class(self, class_id: int) -> None:
        """Another class begins with its own ticks."""
        self._is_new = self._is_new or class_id != self.class_id
        super().show_class(class_id)

    def reload(self) -> None:
        """Read the class again and draw its papers."""
        from app.services import certificates, classes

        with self.context.database.reading() as db:
            rows = certificates.certificate_list(db, self.class_id)
            self._detail = classes.class_detail(db, self.class_id)
        self.roll.set_rows(rows, self._detail.title)
        if self._is_new:
            self._is_new = False
            self.roll.model.clear_ticks()
            self.roll.tick_open_ones()
        self._show_banner()
        self._show_buttons()
        self._make_preview()

    def _show_banner(self) -> None:
        """The first thing that stands in the way of certificates."""
        if self._banner is not None:
            self._banner.hide()
            self._banner.deleteLater()
        self._banner = self._make_banner(self._detail) if self._detail else None
        if self._banner is not None:
            self._column.insertWidget(0, self._banner)

    def _make_banner(self, detail: "ClassDetail") -> Banner | None:
        if detail.status is ClassStatus.CLOSED:
            said = "Lớp đã bế giảng, sổ cấp giấy của lớp đã khóa."
            old = any(row.is_old for row in self.roll.model.rows)
            still = "Vẫn xem, in lại và thu hồi được."
            advice = "Giấy cấp theo sổ cũ xem ở bản lưu." if old else still
            return Banner("info", said, advice, icon="lock")
        if detail.status is not ClassStatus.FINALISED:
            way = button("Đến Kết quả", name="to_results")
            way.clicked.connect(lambda: self.context.open("class", self.class_id, "results"))
            advice = "Chốt kết quả xong mới cấp giấy được."
            return Banner("warn", "Chưa chốt kết quả.", advice, [way])
        if detail.recognition_decision is None and any(row.waits for row in self.roll.model.rows):
            way = button("Ghi quyết định…", name="record_decision")
            way.clicked.connect(self.record_decision)
            self.context.gate(way, Permission.WRITE_REPORTS)
            said = "Chưa có quyết định công nhận kết quả."
            return Banner("warn", said, "Ghi số và ngày rồi mới cấp số được.", [way])
        return None

    def _show_buttons(self) -> None:
        """Counts in the buttons, and what can be done now."""
        waiting, issued = len(self.roll.waiting()), len(self.roll.issued())
        detail = self._detail
        final = detail is not None and detail.status is ClassStatus.FINALISED
        ready = final and detail is not None and detail.recognition_decision is not None
        set_text(self._issue, f"Cấp số ({waiting})…")
        set_text(self._print, f"In ({issued})")
        may = self.context.may
        self._issue.setEnabled(bool(waiting) and ready and may(Permission.ISSUE))
        self._print.setEnabled(bool(issued))
        self._decision.setEnabled(final and may(Permission.WRITE_REPORTS))
        self._revoke.setEnabled(bool(self.roll.selected()) and may(Permission.REVOKE))
        opened = len(self.roll.for_review())
        set_text(self._review, f"Xét lại kết quả ({opened})…")
        self._review.setVisible(bool(opened) and self.context.user.may(Permission.APPROVE_RESULTS))
        self._review.setEnabled(final and may(Permission.APPROVE_RESULTS))
        self._register.setEnabled(any(row.certificate_id for row in self.roll.model.rows))

    def _show_current(self) -> None:
        """Follow the list."""
        self.card.show_row(self.roll.view.current_row())
        self._show_buttons()

    def _ticked(self) -> None:
        self._show_buttons()
        self._settle.start()

    def _day(self) -> datetime.date:
        """The day of issue proposed: today, or the day of a later decision."""
        decision = self._detail.recognition_decision if self._detail else None
        return max(days.today(), decision.signed_on) if decision else days.today()

    def _make_preview(self) -> None:
        """Draw what the ticks ask for; an answer that is overtaken is dropped."""
        self._settle.stop()
        self._asked += 1
        asked, class_id, day = self._asked, self.class_id, self._day()
        rows = self.roll.waiting() if self._issue.isEnabled() else []
        waiting = [row.enrolment_id for row in rows]
        self.context.runner.run(
            self,
            "Vẽ giấy chứng nhận…",
            lambda task: batch.make(self.context.database, class_id, waiting, day, task),
            lambda made: self._show_preview(made) if asked == self._asked else None,
        )

    def _show_preview(self, made: batch.Batch) -> None:
        self.card.set_batch(made)
        self.card.show_row(self.roll.view.current_row())

    # acts ----------------------------------------------------------------------
    def record_decision(self) -> None:
        """Write down, or correct, the decision that recognises the results."""
        from app.services import centre

        if self._detail is None:
            return
        with self.context.refusals(self):
            with self.context.database.reading() as db:
                issuer = f"Giám đốc {centre.latest(db).name}"
            dialog = DecisionDialog(
                self,
                self._detail.recognition_decision,
                issuer,
                self._save_decision,
                has_certificates=any(row.certificate_id for row in self.roll.model.rows),
            )
            if dialog.exec() == QDialog.DialogCode.Accepted:
                self._after_act()

    def _save_decision(self, number: str, signed_on: datetime.date, issuer: str) -> None:
        from app.services import classes
        from app.services.classes import DecisionForm

        with self.context.database.writing("Ghi quyết định công nhận kết quả") as db:
            form = DecisionForm(number, signed_on, issuer=issuer)
            classes.record_decision(db, self.class_id, DecisionKind.RECOGNITION, form)

    def issue(self) -> None:
        """Take numbers for the ticked who wait, after showing which."""
        from app.services import certificates

        ids = [row.enrolment_id for row in self.roll.waiting()]
        if not ids or not self._issue.isEnabled():
            return
        dialog = IssueDialog(
            self,
            len(ids),
            self._day(),
            partial(batch.plan, self.context.database, self.class_id, ids),
            batch.signers(self.context.database, self._day()),
        )
        if dialog.exec() != QDialog.DialogCode.Accepted:
            return
        with self.context.refusals(self):
            act = f"Cấp số {len(ids)} giấy chứng nhận"
            with self.context.database.writing(act) as db:
                certificates.issue(db, self.class_id, ids, dialog.issued_on, dialog.signatory_id())
            self._after_act()

    def print(self) -> None:
        """Show the ticked certificates as one PDF; kept or printed ones are noted."""
        from app.ui.reports import papers

        rows = sorted(self.roll.issued(), key=lambda row: row.certificate_id or 0)
        ids = [row.certificate_id for row in rows if row.certificate_id is not None]
        if ids:
            paper = papers.chosen_certificates(ids)
            papers.show(self, self.context, paper, self.class_id, lambda: self._note_printed(ids))

    def _note_printed(self, ids: list[int]) -> None:
        """Note what went to paper; a file opened to read takes no note."""
        from app.services import certificates

        if not self.context.may(Permission.ISSUE):
            return
        with self.context.refusals(self):
            with self.context.database.writing(f"In {len(ids)} giấy chứng nhận") as db:
                certificates.note_printed(db, ids)
            self._after_act()

    def revoke(self) -> None:
        """Take back the certificates of the selected learners."""
        self._revoking.revoke(self.roll.selected())

    def review(self) -> None:
        """Look again at the results that revocations opened."""
        self._revoking.review(self.class_id, self.roll.for_review())

    def print_register(self) -> None:
        """Show the lines of this class in the register."""
        from app.ui.reports import papers

        papers.show(self, self.context, papers.REGISTER, self.class_id)

    def _after_act(self) -> None:
        self.context.saved()
        self.reload()
        self.changed.emit()

    def set_compact(self, on: bool) -> None:
        """Narrow window: a narrower list."""
        self.roll.set_compact(on)

    def badge(self) -> str:
        """How many wait for a number once the results are final."""
        final = self._detail is not None and self._detail.status is ClassStatus.FINALISED
        waiting = sum(row.waits for row in self.roll.model.rows)
        return str(waiting) if final and waiting else ""
