"""Revoking certificates: which ones, why, by which decision; a typed word for more than one."""

import datetime
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtWidgets import QWidget

from app import text
from app.ui.buttons import button
from app.ui.dialogs import Dialog
from app.ui.fields import DateField, MemoField, TextField
from app.ui.form import Form
from app.ui.labels import Card, ElidedLabel, label

if TYPE_CHECKING:
    # The services bring SQLAlchemy, which takes longer to import than the window to paint.
    from app.services.certificates import CertificateRow

WORD = "thu hồi"
NAMED = 5
_TEXT = (
    "Giấy không còn hiệu lực từ ngày thu hồi. Số và dòng trong sổ vẫn giữ, cột Ghi chú ghi Thu "
    "hồi. Muốn cấp giấy khác, kết quả phải được xét lại. Không hoàn tác được."
)


class Agreed(NamedTuple):
    """Why, by which decision and from which day certificates are taken back."""

    reason: str
    decision: str
    revoked_on: datetime.date


class RevokeDialog(Dialog):
    """Red, because it cannot be taken back; accepted once reason and word are there.

    `check` may refuse the day; what was then agreed on is in `agreed`.
    """

    def __init__(
        self,
        parent: QWidget | None,
        rows: "Sequence[CertificateRow]",
        revoked_on: datetime.date,
        check: Callable[[datetime.date], object],
    ) -> None:
        one = len(rows) == 1
        what = f"giấy {rows[0].number} của {rows[0].full_name}" if one else f"{len(rows)} giấy"
        super().__init__(parent, f"Thu hồi {what}?", 620)
        self.setObjectName("revoke_dialog")
        self._needs_word = not one
        self._check = check
        self.agreed: Agreed | None = None
        self.form = Form(self._agree)
        self.form.add_row(MemoField("reason", "Lý do thu hồi", required=True, lines=2))
        self.form.add_row(
            TextField(
                "decision", "Số quyết định thu hồi", placeholder="15-QĐ/TTCT",
                note="Để trống nếu không có quyết định riêng.",
            ),
            DateField("revoked_on", "Ngày thu hồi", required=True),
        )  # fmt: skip
        if self._needs_word:
            note = f"Không cần dấu: gõ “{text.fold(WORD)}” cũng được."
            self.form.add_row(TextField("word", f"Gõ {WORD} để xác nhận", width=220, note=note))
        self.form.load({"revoked_on": revoked_on})
        for each in (label(_TEXT, wrap=True), _named(rows), self.form):
            self.box.addWidget(each)
        self.action = button(
            "Thu hồi giấy" if one else f"Thu hồi {len(rows)} giấy", "danger", "ban", name="action"
        )
        self.action.clicked.connect(self.form.submit)
        cancel = self.set_actions(self.action, "Chưa, để sau")
        cancel.setDefault(True)
        self.form.saved.connect(self.accept)
        self.form.changed.connect(self._renew)
        self.form.field("reason").setFocus()
        self._renew()

    def _agree(self, values: dict[str, object]) -> None:
        """Keep what was typed, unless it is refused."""
        revoked_on = values["revoked_on"]
        assert isinstance(revoked_on, datetime.date)
        self._check(revoked_on)
        self.agreed = Agreed(str(values["reason"] or ""), str(values["decision"] or ""), revoked_on)

    def _renew(self) -> None:
        """The action waits for the word."""
        fits = not self._needs_word or text.fold(str(self.form.field("word").read())) == text.fold(
            WORD
        )
        self.action.setEnabled(fits)


def _named(rows: "Sequence[CertificateRow]") -> Card:
    """Numbers with names, the first few of many."""
    card = Card(sunken=True)
    for row in rows[:NAMED]:
        card.add(ElidedLabel(f"{row.number}, vào sổ {row.register_number}: {row.full_name}"))
    if len(rows) > NAMED:
        card.add(label(f"và {len(rows) - NAMED} giấy khác", "muted"))
    return card
