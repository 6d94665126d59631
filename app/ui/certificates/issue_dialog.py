"""Taking numbers: shows which, checks the papers, and can only be done once."""

import datetime
from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from app import dates
from app.errors import AppError, InputError
from app.ui.buttons import button
from app.ui.certificates.batch import Plan
from app.ui.dialogs import Dialog
from app.ui.fields import Choice, DateField
from app.ui.labels import Card, label

_TEXT = "Mỗi người được cấp một lần. Số đã cấp không dùng lại và nội dung in giữ nguyên từ lúc này."


class IssueDialog(Dialog):
    """Numbers from first to last for a day of issue; the day can be changed first."""

    def __init__(
        self,
        parent: QWidget | None,
        count: int,
        issued_on: datetime.date,
        plan: Callable[[datetime.date, int | None], Plan],
        signers: Sequence[tuple[int, str]],
    ) -> None:
        super().__init__(parent, f"Cấp số cho {count} giấy chứng nhận?", 620)
        self._plan = plan
        self.issued_on = issued_on
        self._numbers = label("", "figure")
        self._register = label("", "caption")
        self._check = label("", "note", wrap=True)
        self.day = DateField("issued_on", "Ngày cấp ghi trên giấy", required=True)
        self.day.fill(issued_on)
        self.signer = Choice("signer", "Người ký trên giấy", signers)
        self.signer.setVisible(len(signers) > 1)
        self.day.changed.connect(self._renew)
        self.signer.changed.connect(self._renew)
        self.action = button(f"Cấp số ({count})", "primary", "lock", name="action")
        self.action.clicked.connect(self.accept)
        card = Card(sunken=True)
        card.add(self._numbers)
        card.add(self._register)
        for each in (label(_TEXT, wrap=True), card, self.day, self.signer, self._check):
            self.box.addWidget(each)
        cancel = self.set_actions(self.action, "Chưa, để sau")
        cancel.setDefault(True)
        cancel.setFocus()
        self._renew()

    def signatory_id(self) -> int | None:
        """Return the one chosen to sign."""
        chosen = self.signer.read()
        return chosen if isinstance(chosen, int) else None

    def _renew(self) -> None:
        """Work out the numbers for the day that stands there."""
        try:
            day = self.day.read()
            if not isinstance(day, datetime.date):
                raise InputError("Thiếu ngày cấp. Ghi ngày/tháng/năm.")
            plan = self._plan(day, self.signatory_id())
        except AppError as error:
            self._show(Plan(problems=(str(error),)))
            return
        self.issued_on = day
        self._show(plan)

    def _show(self, plan: Plan) -> None:
        """Numbers, or why there are none."""
        one = plan.first == plan.last
        self._numbers.setText(plan.first if one else f"{plan.first} – {plan.last}")
        last = "" if one else f" đến {plan.last_in_register}"
        day = dates.grid(self.issued_on)
        self._register.setText(
            f"Vào sổ số {plan.first_in_register}{last} · ngày cấp {day}" if plan.count else ""
        )
        self._check.setProperty("role", "problem" if plan.problems else "note")
        said = " ".join(plan.problems[:3])
        fine = f"{plan.count} giấy: vừa khung, đủ dấu, đủ trường."
        self._check.setText(said or fine)
        self._check.style().polish(self._check)
        self.action.setEnabled(not plan.problems)
