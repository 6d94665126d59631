"""The right side of Học viên: one person with the classes the person was in."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app import dates
from app.terms import PartyStatus
from app.ui import chips, theme
from app.ui.buttons import button
from app.ui.chips import Chip, ChipLook
from app.ui.columns import Column
from app.ui.labels import Card, ElidedLabel, label, rule, value
from app.ui.messages import EmptyState
from app.ui.students.masked import masked
from app.ui.table import TableModel
from app.ui.table_view import TableView

if TYPE_CHECKING:
    # Services import SQLAlchemy, which takes longer than the window to paint.
    from app.services.students import StudentDetail, StudentForm
    from app.services.study_history import HistoryRow, LostPaper

_IN_ROW = 3
_NO_PAPER = "–"


class PersonDetail(QStackedWidget):
    """Facts with masked numbers, and the history; `class_asked` carries a class id."""

    edit_asked = Signal()
    reveal_asked = Signal()
    print_asked = Signal()
    delete_asked = Signal()
    class_asked = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("person_detail")
        self._name = ElidedLabel("", "h1")
        self._name.setObjectName("person_name")
        self._party = Chip(ChipLook(""))
        self.edit = button("Sửa…", "", "pencil", name="edit_person")
        self.edit.clicked.connect(self.edit_asked)
        self._reveal = button("Hiện đủ", "quiet", "eye", name="reveal_numbers")
        self._reveal.setToolTip("Hiện đủ số định danh, điện thoại; có ghi nhật ký")
        self._reveal.clicked.connect(self.reveal_asked)
        self.print = button("In lịch sử học", "", "printer", name="print_history", shortcut="print")
        self.print.clicked.connect(self.print_asked)
        self.delete = button("Xóa hồ sơ…", "dangerline", "trash-2", name="delete_person")
        self.delete.clicked.connect(self.delete_asked)
        self._person: StudentForm | None = None
        self._facts = QWidget()
        self._history_count = label("", "muted")
        self.model: TableModel[HistoryRow] = TableModel(_columns(), key=lambda row: row.class_id)
        self.view = TableView(self.model, "person_history", height=38)
        self.view.opened.connect(lambda row: self.class_asked.emit(row.class_id))
        self.view.set_empty(EmptyState("school", "Chưa học lớp nào"))
        self.addWidget(EmptyState("user-round", "Chọn một người để xem"))
        self.addWidget(self._card())

    def _card(self) -> Card:
        """Head, facts, history."""
        card = Card()
        head = QHBoxLayout()
        head.setSpacing(theme.u(10))
        head.addWidget(self._name, 1)
        head.addWidget(self._party)
        head.addWidget(self._reveal)
        head.addWidget(self.edit)
        head.addWidget(self.print)
        card.add(head)
        card.add(rule())
        self._facts_place = QVBoxLayout()
        self._facts_place.addWidget(self._facts)
        card.add(self._facts_place)
        card.add(rule())
        title = QHBoxLayout()
        title.setSpacing(theme.u(9))
        title.addWidget(label("Quá trình học", "h2"))
        title.addWidget(self._history_count, 1)
        card.add(title)
        card.add(self.view, 1)
        self.hints = QVBoxLayout()
        card.add(self.hints)
        note = "Số định danh, điện thoại được che; Hiện đủ hoặc Sửa thì nhật ký có ghi."
        self.foot = QHBoxLayout()
        self.foot.addWidget(label(note, "note", wrap=True), 1)
        self.foot.addWidget(self.delete)
        card.add(self.foot)
        return card

    def show_person(self, detail: "StudentDetail | None") -> None:
        """Show a person, or nobody."""
        self.setCurrentIndex(0 if detail is None else 1)
        if detail is None:
            return
        self._name.setText(detail.form.full_name)
        status = detail.form.party_status
        self._party.setVisible(status is not None)
        if status:
            kind = "neutral" if status is PartyStatus.NONE else "info"
            self._party.set_look(ChipLook(_party_words(status), kind))
        self._person = detail.form
        self._reveal.setVisible(bool(detail.form.identity_number or detail.form.phone))
        self._show_facts(_facts_of(detail.form))
        self.model.set_rows(detail.history)
        self.print.setEnabled(bool(detail.history))
        self.delete.setVisible(not detail.history and self.delete.isEnabled())
        papers = sum(bool(row.certificate_number) for row in detail.history)
        self._history_count.setText(f"{len(detail.history)} lượt, {papers} giấy chứng nhận")

    def reveal(self) -> None:
        """Show the numbers in full until another person is shown."""
        if self._person:
            self._reveal.hide()
            self._show_facts(_facts_of(self._person, revealed=True))

    def _show_facts(self, shown: list[tuple[str, str]]) -> None:
        facts = _grid(shown)
        self._facts_place.replaceWidget(self._facts, facts)
        self._facts.hide()
        self._facts.deleteLater()
        self._facts = facts


def _party_words(status: PartyStatus) -> str:
    """ "Đảng viên chính thức", or that the person is no member."""
    if status is PartyStatus.NONE:
        return status.label
    return f"Đảng viên {status.label.lower()}"


def _facts_of(person: "StudentForm", *, revealed: bool = False) -> list[tuple[str, str]]:
    """Captions and values; what is rarely known is shown only when it is."""
    numbers = (person.identity_number, person.phone)
    identity, phone = numbers if revealed else map(masked, numbers)
    facts = [
        ("Ngày sinh", person.born.grid if person.born else ""),
        ("Giới tính", person.sex.label if person.sex else ""),
        ("Số định danh", identity),
        ("Đơn vị hiện nay", person.unit),
        ("Chức vụ", person.position),
        ("Điện thoại", phone),
        ("Quê quán", person.home_town),
        ("Ngày vào Đảng", person.party_joined.grid if person.party_joined else ""),
        ("Trình độ", person.education),
    ]
    rare = [("Lý luận chính trị", person.political_education), ("Ghi chú", person.note)]
    return facts + [(caption, text) for caption, text in rare if text]


def _grid(facts: list[tuple[str, str]]) -> QWidget:
    """Values in three columns."""
    made = QWidget()
    grid = QGridLayout(made)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setVerticalSpacing(theme.u(6))
    for at, (caption, text) in enumerate(facts):
        place = (at // _IN_ROW, at % _IN_ROW)
        grid.addWidget(value(caption, text), *place, Qt.AlignmentFlag.AlignTop)
    for column in range(_IN_ROW):
        grid.setColumnStretch(column, 1)
    return made


def _columns() -> list[Column["HistoryRow"]]:
    """Class with its time, result, certificate."""
    return [
        Column(
            "Lớp",
            lambda row: row.title,
            lambda row: row.starts_on,
            stretch=True,
            strong=lambda _row: True,
            second=lambda row: dates.span(row.starts_on, row.ends_on),
            tooltip=lambda row: row.title,
        ),
        Column(
            "Kết quả",
            lambda row: row.result,
            width=128,
            chip=lambda row: None if row.result else chips.class_status(row.status),
        ),
        Column(
            "Giấy chứng nhận",
            _paper,
            width=158,
            icon=lambda row: _paper_look(row) if _paper(row) != _NO_PAPER else None,
            colour=lambda row: _paper_look(row)[1],
            second=lambda row: "; ".join(each.told for each in _others(row)),
            tooltip=lambda row: "\n".join([row.certificate_number, *(p.told for p in row.lost)]),
        ),
    ]


def _paper(row: "HistoryRow") -> str:
    """The valid certificate, else the last one taken back."""
    return row.certificate_number or (row.lost[-1].told if row.lost else _NO_PAPER)


def _others(row: "HistoryRow") -> "Sequence[LostPaper]":
    """The certificates that are not in the first line."""
    return row.lost if row.certificate_number else row.lost[:-1]


def _paper_look(row: "HistoryRow") -> tuple[str, str]:
    if row.certificate_number:
        return "award", "primary"
    return "ban", "bad" if row.lost else "text2"
