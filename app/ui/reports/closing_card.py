"""The card that closes a class: what is done, what is not, and the button."""

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from app.terms import ClassStatus
from app.ui import theme
from app.ui.buttons import button
from app.ui.labels import Card, icon_label, label, rich

ConditionLine = tuple[bool, str, str]
"""Whether it is met, its words, and what to do when it is not."""

_ABOUT = (
    "Bế giảng khóa mọi số liệu của lớp: danh sách, điểm danh, điểm, xếp loại và báo cáo. "
    "Mở lại thì phải ghi lý do."
)


class ClosingCard(Card):
    """Conditions with a tick or a warning each."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedWidth(theme.u(340))
        self._count = label("", "caption")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName("Tài liệu đã đủ")
        self._conditions = QVBoxLayout()
        self._conditions.setSpacing(theme.u(6))
        self.close_class = button("Bế giảng lớp…", "primary", "lock", name="close_class")
        self.reopen = button("Mở lại lớp…", icon="undo-2", name="reopen_class")
        self.who = label("Lãnh đạo bế giảng và mở lại lớp.", "caption", wrap=True)
        self._verdict = rich("", "caption")
        head = QHBoxLayout()
        head.addWidget(label("Bế giảng lớp", "h2"), 1)
        head.addWidget(self._count)
        self.add(head)
        self.add(self._bar)
        self.add(label(_ABOUT, "muted", wrap=True))
        self.add(label("Điều kiện", "strong"))
        self.add(self._conditions)
        self.box.addStretch(1)
        for each in (self.close_class, self.reopen, self.who):
            self.add(each)
        self.add(self._verdict)

    def show_papers(self, ready: int, whole: int) -> None:
        """How many papers are there."""
        self._count.setText(f"{ready}/{whole} tài liệu đủ")
        self._bar.setRange(0, max(whole, 1))
        self._bar.setValue(ready)

    def show_conditions(
        self,
        conditions: Sequence[ConditionLine],
        status: ClassStatus,
        closed: str,
        hindrance: str = "",
        *,
        ever: bool = True,
    ) -> None:
        """What is done and what is not; a closed class says when.

        `hindrance` is why the user cannot close or reopen now, `ever` whether the role ever can.
        """
        while item := self._conditions.takeAt(0):
            if old := item.widget():
                old.hide()
                old.deleteLater()
        for condition in conditions:
            self._conditions.addWidget(_line(condition))
        unmet = sum(not met for met, _, _ in conditions)
        is_closed = status is ClassStatus.CLOSED
        self.close_class.setEnabled(not (unmet or is_closed or hindrance))
        self.close_class.setVisible(not is_closed and ever)
        self.reopen.setEnabled(not hindrance)
        self.reopen.setVisible(is_closed and ever)
        self.who.setVisible(not ever)
        for each in (self.close_class, self.reopen):
            each.setToolTip(hindrance)
        token, said = ("warn", f"Còn {unmet} điều kiện chưa đạt")
        if is_closed:
            token, said = "text2", f"Đã bế giảng ngày {closed}"
        elif not unmet:
            token, said = "ok", "Đủ điều kiện bế giảng"
        self._verdict.setText(f'<span style="color:{theme.tokens()[token]}">{said}</span>')


def _line(condition: ConditionLine) -> QWidget:
    """One condition: shape and words; what to do when it is not met."""
    met, text, detail = condition
    made = QWidget()
    row = QHBoxLayout(made)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(theme.u(8))
    shape = ("circle-check", "ok") if met else ("circle-alert", "bad")
    row.addWidget(icon_label(*shape))
    words = QVBoxLayout()
    words.setSpacing(0)
    words.addWidget(label(text, wrap=True))
    if detail:
        words.addWidget(label(detail, "caption", wrap=True))
    row.addLayout(words, 1)
    return made
