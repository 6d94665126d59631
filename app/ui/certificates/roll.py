"""The left side: learners with ticks, numbers and states, searched and filtered."""

from collections import Counter
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app import dates
from app.ui import chips, shortcuts, theme
from app.ui.chips import ChipLook
from app.ui.columns import Column, date_column, name_column
from app.ui.combo import Combo
from app.ui.labels import label
from app.ui.messages import EmptyState
from app.ui.search import SearchField
from app.ui.table import TableModel
from app.ui.table_view import TableView

if TYPE_CHECKING:
    # The services bring SQLAlchemy, which takes longer to import than the window to paint.
    from app.services.certificates import CertificateRow

_STATES = {
    "": "Tất cả",
    "waiting": "Chờ cấp số",
    "issued": "Đã cấp số",
    "printed": "Đã in",
    "revoked": "Thu hồi",
    "none": "Không cấp",
}
_FILTERED = "Bỏ bớt chữ tìm, hoặc chọn Tất cả."


class CertificateRoll(QWidget):
    """Ticks say for whom the buttons work."""

    current_changed = Signal()
    ticks_changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setFixedWidth(theme.u(520))
        self._class = ""
        self.model: TableModel[CertificateRow] = TableModel(
            _columns(), key=lambda row: row.enrolment_id, tickable=True
        )
        self.view = TableView(self.model, "certificate_list")
        self.view.setAccessibleName("Học viên và giấy chứng nhận")
        self._search = SearchField("Tìm tên, số…")
        self._filter = Combo(_STATES.items())
        self._filter.setAccessibleName("Trạng thái")
        self._sum = label("", "caption")
        self._build()
        self._search.searched.connect(self.model.set_filter)
        self._search.left_downwards.connect(self.view.setFocus)
        self._filter.chosen.connect(lambda _key: self._apply_filter())
        self.model.ticks_changed.connect(self.ticks_changed)
        self.view.selection_changed.connect(self.current_changed)
        shortcuts.bind(self, "find", self._search.setFocus)

    def subject(self) -> tuple[str, int, str] | None:
        """The certificate of the cursor, for its history; before it is issued the learner."""
        row = self.view.current_row()
        if row and row.certificate_id:
            return "certificate", row.certificate_id, f"giấy {row.register_number}"
        return ("enrolment", row.enrolment_id, row.full_name) if row else None

    def _build(self) -> None:
        self._nobody = EmptyState("award", "Không có ai", _FILTERED)
        self.view.set_empty(self._nobody)
        head = QHBoxLayout()
        head.setSpacing(theme.u(8))
        head.addWidget(self._search, 1)
        head.addWidget(self._filter)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.u(7))
        column.addLayout(head)
        column.addWidget(self.view, 1)
        column.addWidget(self._sum)

    def set_compact(self, on: bool) -> None:
        """Leave more room to the paper in a narrow window."""
        self.setFixedWidth(theme.u(470 if on else 520))

    def title(self) -> str:
        """What the list is called outside the program."""
        return f"Giấy chứng nhận lớp {self._class}".strip()

    def set_rows(self, rows: "list[CertificateRow]", class_title: str = "") -> None:
        """Show the class."""
        self._class = class_title
        counts = Counter(map(_state, rows))
        self._filter.set_choices(
            [
                (key, f"{words} ({counts[key] if key else len(rows)})")
                for key, words in _STATES.items()
            ]
        )
        self.model.set_rows(rows)
        if rows:
            self._nobody.say("Không có ai", _FILTERED)
        else:
            self._nobody.say("Lớp chưa có học viên", "Có danh sách rồi mới cấp giấy được.")
        issued = counts["issued"] + counts["printed"]
        revoked = f"{counts['revoked']} thu hồi · " if counts["revoked"] else ""
        self._sum.setText(
            f"{issued} đã cấp số, trong đó {counts['printed']} đã in · {revoked}"
            f"{counts['waiting']} chờ cấp số · {counts['none']} không cấp"
        )
        if not self.view.currentIndex().isValid() and rows:
            self.view.setCurrentIndex(self.model.index(0, 1))

    def tick_open_ones(self) -> None:
        """Whoever waits for a number or for the printer is meant at first."""
        rows = [row for row in self.model.rows if row.waits or _state(row) == "issued"]
        self.model.set_ticked(rows, True)

    def waiting(self) -> "list[CertificateRow]":
        """Ticked learners who may take a number."""
        return [row for row in self.model.ticked_rows() if row.waits]

    def issued(self) -> "list[CertificateRow]":
        """Ticked learners who have a certificate that can be drawn."""
        ticked = self.model.ticked_rows()
        return [row for row in ticked if row.certificate_id is not None and not row.is_old]

    def selected(self) -> "list[CertificateRow]":
        """Selected learners who have a certificate."""
        return [row for row in self.view.selected_rows() if row.certificate_id is not None]

    def for_review(self) -> "list[CertificateRow]":
        """Learners whose result a revocation opened."""
        return [row for row in self.model.rows if row.waits_for_review]

    def _apply_filter(self) -> None:
        wanted = self._filter.key()
        self.model.set_accept((lambda row: _state(row) == wanted) if wanted else None)


def _state(row: "CertificateRow") -> str:
    """Key of the state filter."""
    if row.certificate_id is not None:
        return "printed" if row.printed_at or row.is_old else "issued"
    if row.waits:
        return "waiting"
    return "revoked" if row.revoked_on else "none"


def _chip(row: "CertificateRow") -> ChipLook:
    if _state(row) == "none":
        return ChipLook("Không cấp")
    if row.waits:
        return chips.certificate_status(None)
    if row.is_old and row.certificate_id is not None:
        return ChipLook("Theo sổ cũ", "done")
    return chips.certificate_status(row.status, printed=row.printed_at is not None)


def _reason(row: "CertificateRow") -> str:
    """Why there is no valid certificate."""
    if row.revoked_on and row.certificate_id is None:
        return f"Thu hồi ngày {dates.grid(row.revoked_on)}. {row.answer.reason}".strip()
    return "" if row.answer.allowed or row.number else row.answer.reason


def _columns() -> "list[Column[CertificateRow]]":
    return [
        name_column(lambda row: row.full_name, stretch=True, sort_key=lambda row: row.sort_key),
        date_column("Ngày sinh", lambda row: row.born, hidden=True),
        Column("Số", lambda row: row.number or "—", id="number", width=132),
        Column("Vào sổ", lambda row: row.register_number, hidden=True, width=90),
        Column(
            "Trạng thái",
            lambda row: _chip(row).text,
            id="state",
            width=124,
            chip=_chip,
            tooltip=_reason,
        ),
    ]
