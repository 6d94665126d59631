"""The right side of Giảng viên: one lecturer and the sessions of a year."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app import dates
from app.ui import theme
from app.ui.buttons import button
from app.ui.chips import Chip, ChipLook
from app.ui.columns import Column, number_column
from app.ui.labels import Card, ElidedLabel, label, rule, value
from app.ui.messages import EmptyState
from app.ui.students.masked import masked
from app.ui.table import TableModel
from app.ui.table_view import TableView

if TYPE_CHECKING:
    # Services import SQLAlchemy, which takes longer than the window to paint.
    from app.services.lecturers import LecturerRow, TeachingRow

_IN_ROW = 3


class LecturerDetail(QStackedWidget):
    """Facts, periods taught and planned, sessions; `class_asked` carries a class id."""

    edit_asked = Signal()
    reveal_asked = Signal()
    class_asked = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("lecturer_detail")
        self._today = date.max
        self._name = ElidedLabel("", "h1")
        self._name.setObjectName("lecturer_name")
        self._line = label("", "muted", wrap=True)
        self._kind = Chip(ChipLook(""))
        self.edit = button("Sửa…", "", "pencil", name="edit_lecturer")
        self.edit.clicked.connect(self.edit_asked)
        self._reveal = button("Hiện đủ", "quiet", "eye", name="reveal_phone")
        self._reveal.setToolTip("Hiện đủ số điện thoại; có ghi nhật ký")
        self._reveal.clicked.connect(self.reveal_asked)
        self._lecturer: LecturerRow | None = None
        self._facts = QWidget()
        self._heading = label("", "h2")
        self._sum = label("", "muted")
        self._sum.setObjectName("periods_sum")
        self.model: TableModel[TeachingRow] = TableModel(_columns(), key=id)
        self.model.row_tint = lambda row: "" if row.held_on <= self._today else "zebra"
        self.view = TableView(self.model, "teaching_list", height=38)
        self.view.opened.connect(lambda row: self.class_asked.emit(row.class_id))
        self.view.set_empty(EmptyState("calendar-days", "Chưa có buổi nào trong năm này"))
        self.addWidget(EmptyState("presentation", "Chọn một giảng viên để xem"))
        self.addWidget(self._card())

    def _card(self) -> Card:
        """Head, facts, sessions."""
        card = Card()
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._name)
        words.addWidget(self._line)
        head = QHBoxLayout()
        head.setSpacing(theme.u(10))
        head.addLayout(words, 1)
        head.addWidget(self._kind, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self._reveal, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self.edit, 0, Qt.AlignmentFlag.AlignTop)
        card.add(head)
        card.add(rule())
        self._facts_place = QVBoxLayout()
        self._facts_place.addWidget(self._facts)
        card.add(self._facts_place)
        card.add(rule())
        title = QHBoxLayout()
        title.setSpacing(theme.u(9))
        title.addWidget(self._heading)
        title.addWidget(self._sum, 1)
        card.add(title)
        card.add(self.view, 1)
        note = "Điện thoại được che; Hiện đủ thì nhật ký có ghi. Enter ở một buổi để mở lớp."
        self.foot = QHBoxLayout()
        self.foot.addWidget(label(note, "note", wrap=True), 1)
        card.add(self.foot)
        return card

    def show_lecturer(
        self, row: "LecturerRow | None", teaching: Sequence["TeachingRow"], year: int, today: date
    ) -> None:
        """Show a lecturer, or nobody."""
        self.setCurrentIndex(0 if row is None else 1)
        if row is None:
            return
        self._today = today
        self._name.setText(row.full_name)
        line = " · ".join(part for part in (row.position, row.academic_title) if part)
        self._line.setText(line)
        self._line.setVisible(bool(line))
        active = ChipLook(row.employment.label, "info")
        self._kind.set_look(active if row.is_active else ChipLook("Thôi giảng", "neutral"))
        self._lecturer = row
        self._reveal.setVisible(bool(row.phone))
        self._show_facts(row, masked(row.phone))
        self._heading.setText(f"Lịch giảng năm {year}")
        held = sum(each.periods for each in teaching if each.held_on <= today)
        coming = sum(each.periods for each in teaching) - held
        self._sum.setText(f"{held} tiết đã đến ngày dạy, {coming} tiết đã xếp")
        self.model.set_rows(teaching)

    def reveal(self) -> None:
        """Show the phone number in full until another lecturer is shown."""
        if self._lecturer:
            self._reveal.hide()
            self._show_facts(self._lecturer, self._lecturer.phone)

    def _show_facts(self, row: "LecturerRow", phone: str) -> None:
        """Renew the values under the name."""
        facts = QWidget()
        grid = QGridLayout(facts)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(theme.u(6))
        shown = [
            ("Điện thoại", phone),
            ("Quyết định công nhận", row.appointment),
            ("Cơ quan", row.workplace),
        ]
        if row.note:
            shown.append(("Ghi chú", row.note))
        for at, (caption, text) in enumerate(shown):
            place = (at // _IN_ROW, at % _IN_ROW)
            grid.addWidget(value(caption, text), *place, Qt.AlignmentFlag.AlignTop)
        for column in range(_IN_ROW):
            grid.setColumnStretch(column, 1)
        self._facts_place.replaceWidget(self._facts, facts)
        self._facts.hide()
        self._facts.deleteLater()
        self._facts = facts


def _day(row: "TeachingRow") -> str:
    """ "T4, 07/10 chiều"."""
    day = f"{dates.weekday_short(row.held_on)}, {row.held_on:%d/%m}"
    return f"{day} {row.half_day.label.lower()}"


def _columns() -> list[Column["TeachingRow"]]:
    """Day, class with the content, periods."""
    return [
        Column("Ngày", _day, lambda row: (row.held_on, row.half_day.order), width=132),
        Column(
            "Lớp, nội dung",
            lambda row: row.class_title,
            stretch=True,
            second=lambda row: row.title,
            tooltip=lambda row: f"{row.class_title}: {row.title}",
        ),
        number_column("Tiết", lambda row: row.periods, width=56),
    ]
