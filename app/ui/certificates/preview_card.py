"""The right side: the real paper of the current learner, its check and its facts."""

from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QStackedWidget, QVBoxLayout, QWidget

from app.ui import icons, shortcuts, theme
from app.ui.certificates.batch import Batch
from app.ui.chips import Chip, ChipLook
from app.ui.labels import Card, ElidedLabel, label, rich, rule
from app.ui.messages import EmptyState
from app.ui.paper_view import PaperView
from app.ui.print_preview import PagerBar

if TYPE_CHECKING:
    # The services bring SQLAlchemy, which takes longer to import than the window to paint.
    from app.printing.certificate import CertificateSheet
    from app.services.certificates import CertificateRow

_FACTS = ("Vào sổ số", "Quyết định", "Người ký", "Đã in")


class PreviewCard(Card):
    """Follows the list; turning a page moves the list."""

    turned = Signal(int)  # enrolment

    def __init__(self) -> None:
        super().__init__()
        self._batch = Batch()
        self._moving = False
        self.paper = PaperView("page")
        self._name = ElidedLabel("", "muted")
        self._state = Chip(ChipLook("Chưa cấp số", "warn"))
        self._empty = EmptyState("file-badge", "Chưa có giấy để xem")
        self._mark = QLabel()
        self._check = rich("")
        self._facts = {caption: ElidedLabel("–", "strong") for caption in _FACTS}
        self._stack = QStackedWidget()
        self._build()
        self.paper.page_changed.connect(self._follow)
        for name, act in (("zoom_in", self.paper.zoom_in), ("zoom_out", self.paper.zoom_out)):
            shortcuts.bind(self, name, act)
        shortcuts.bind(self, "fit", lambda: self.paper.set_fit("page"))

    def _build(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(theme.u(8))
        head.addWidget(label("Xem trước bản in", "strong"))
        head.addWidget(self._name, 1)
        head.addWidget(self._state)
        head.addWidget(PagerBar(self.paper))
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self.paper)
        line = QHBoxLayout()
        line.setSpacing(theme.u(6))
        line.addWidget(self._mark)
        line.addWidget(self._check, 1)
        self.add(head)
        self.add(self._stack, 1)
        self.add(line)
        self.add(rule())
        facts = QHBoxLayout()
        facts.setSpacing(theme.u(20))
        for caption, shown in self._facts.items():
            facts.addWidget(_fact(caption, shown), 3 if caption in _FACTS[1:3] else 2)
        self.add(facts)

    def set_batch(self, batch: Batch) -> None:
        """Show other papers; the list then tells which one."""
        self._batch = batch
        self._moving = True
        self.paper.set_pdf(batch.pdf)
        self._moving = False
        good = not batch.problems
        shape = ("circle-check", "ok") if good else ("circle-alert", "bad")
        self._mark.setPixmap(icons.pixmap(*shape))
        fine = f"{len(batch.sheets)} giấy: vừa khung, đủ dấu, đủ trường"
        said = escape(fine if good else " ".join(batch.problems[:2]))
        colour = theme.tokens()["ok" if good else "bad"]
        self._check.setText(f'<span style="color:{colour}">{said}</span>')
        for each in (self._mark, self._check):
            each.setVisible(bool(batch.sheets or batch.problems))

    def show_row(self, row: "CertificateRow | None") -> None:
        """Turn to the paper of a learner, or say why there is none."""
        page = self._batch.page(row.enrolment_id) if row else -1
        self._name.setText(row.full_name if row else "")
        self._state.setVisible(bool(row and page >= 0 and row.certificate_id is None))
        if row is None or page < 0:
            self._empty.say("Chưa có giấy để xem", self._reason(row))
            self._stack.setCurrentWidget(self._empty)
            self._show_facts(None, row)
            return
        self._stack.setCurrentWidget(self.paper)
        self._moving = True
        self.paper.go_to(page)
        self._moving = False
        self._show_facts(self._batch.sheets[row.enrolment_id], row)

    def _reason(self, row: "CertificateRow | None") -> str:
        """Why a learner has no paper."""
        if row is None:
            return "Chọn một học viên ở danh sách."
        if row.is_old and not row.waits:
            return "Giấy cấp theo sổ cũ, chương trình không có bản in. Xem bản lưu trên giấy."
        if not row.waits:
            return f"{row.answer.reason}."
        return self._batch.refusal or "Đánh dấu học viên ở danh sách để xem trước."

    def _show_facts(self, sheet: "CertificateSheet | None", row: "CertificateRow | None") -> None:
        """What stands on the paper and in the register."""
        texts = ["–"] * len(_FACTS)
        if sheet and row:
            signer = f"{sheet.signer_name}, {sheet.signer_title.capitalize()}"
            printed = row.printed_at.astimezone() if row.printed_at else None
            texts = [
                sheet.register_number.removeprefix("Số vào sổ: "),
                sheet.decision.removeprefix("Quyết định số ").replace(", ngày ", ", "),
                signer,
                f"{printed:%H:%M %d/%m/%Y}" if printed else "Chưa in",
            ]
        for shown, text in zip(self._facts.values(), texts, strict=True):
            shown.setText(text)

    def _follow(self, page: int, _pages: int) -> None:
        """The reader turned a page: the list goes along."""
        enrolment_id = self._batch.at(page)
        if enrolment_id is not None and not self._moving:
            self.turned.emit(enrolment_id)


def _fact(caption: str, shown: QLabel) -> QWidget:
    made = QWidget()
    column = QVBoxLayout(made)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(theme.u(1))
    column.addWidget(label(caption, "caption"))
    column.addWidget(shown)
    return made
