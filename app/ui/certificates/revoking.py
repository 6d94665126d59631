"""Revoking certificates of a class, and looking again at the results behind them."""

import datetime
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from app.terms import BackupKind
from app.ui import days, dialogs
from app.ui.certificates.revoke_dialog import Agreed, RevokeDialog
from app.ui.context import Context

if TYPE_CHECKING:
    # The services bring SQLAlchemy, which takes longer to import than the window to paint.
    from app.services.certificates import CertificateRow

_REVIEW = (
    "Kết quả được chốt lại theo điểm, điểm danh và quy tắc của lớp, như khi chốt lần đầu. Ai đủ "
    "điều kiện thì cấp số mới được; giấy đã thu hồi vẫn giữ số cũ trong sổ."
)


class Revoking:
    """What the director does with certificates that went out; `after` shows what is stored."""

    def __init__(self, parent: QWidget, context: Context, after: Callable[[], object]) -> None:
        self._parent, self._context, self._after = parent, context, after

    def revoke(self, rows: "Sequence[CertificateRow]") -> None:
        """Take back valid certificates, in one act, after asking why."""
        live = [row for row in rows if row.certificate_id is not None]
        if not live:
            return

        def check(revoked_on: datetime.date) -> None:
            from app.services import revocation

            with self._context.database.reading() as db:
                for row in live:
                    revocation.revocable(db, row.certificate_id or 0, revoked_on)

        dialog = RevokeDialog(self._parent, live, days.today(), check)
        dialog.exec()
        if agreed := dialog.agreed:
            self._context.copy_first(
                self._parent, BackupKind.BEFORE_REVOKING, lambda: self._write(live, agreed)
            )

    def _write(self, live: "Sequence[CertificateRow]", agreed: Agreed) -> None:
        from app.journal import Act
        from app.services import revocation

        who = live[0].full_name if len(live) == 1 else f"{len(live)} người"
        act = Act(f"Thu hồi giấy chứng nhận của {who}", reason=agreed.reason)
        with self._context.database.writing(act) as db:
            for row in live:
                revocation.revoke(db, row.certificate_id or 0, *agreed)
        self._after()

    def review(self, class_id: int, rows: "Sequence[CertificateRow]") -> None:
        """Make final again the results that revocations opened."""
        from app.services import results

        who = rows[0].full_name if len(rows) == 1 else f"{len(rows)} người"
        if not dialogs.confirm(
            self._parent, f"Xét lại kết quả của {who}?", _REVIEW, action="Chốt lại kết quả"
        ):
            return
        with self._context.refusals(self._parent):
            with self._context.database.writing(f"Xét lại kết quả của {who}") as db:
                results.review(db, class_id, [row.enrolment_id for row in rows])
            self._after()
