"""Nhập, before the button is pressed: who comes in how, and what changes about people known."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app import numbers
from app.ui import theme
from app.ui.columns import Column, name_column, number_column
from app.ui.imports.lines import Standing
from app.ui.imports.work import ImportWork
from app.ui.labels import Card, label, rich
from app.ui.messages import EmptyState
from app.ui.table import TableModel
from app.ui.table_view import TableView

if TYPE_CHECKING:
    # Services import SQLAlchemy, which takes longer than the window to paint.
    from app.services.from_roster import FieldChange


class EnterPage(QWidget):
    """Figures, and every changed field old → new with a tick."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("enter_page")
        self._work: ImportWork | None = None
        self.model: TableModel[FieldChange] = TableModel(
            _columns(), key=lambda change: (change.row, change.field), tickable=True
        )
        self.model.ticks_changed.connect(self._choose)
        self.view = TableView(self.model, "import_changes")
        self.view.setAccessibleName("Thay đổi trong hồ sơ đã có")
        self.view.set_empty(
            EmptyState("user-check", "Hồ sơ đã có giữ nguyên", "Không dòng nào sửa hồ sơ đã có.")
        )
        self._figures = QWidget()
        self._said = label("", "muted", wrap=True)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(theme.u(16), theme.u(10), theme.u(16), theme.u(10))
        self._column.setSpacing(theme.u(8))
        self._column.addWidget(self._figures)
        self._column.addWidget(label("Thay đổi trong hồ sơ đã có", "h2"))
        self._column.addWidget(self._said)
        self._column.addWidget(self.view, 1)

    def show_work(self, work: ImportWork) -> None:
        """Show what the last button would do."""
        self._work = None  # ticks set here are not answers
        changes = work.changes()
        self.model.clear_ticks()
        self.model.set_rows(changes)
        self.model.set_ticked([one for one in changes if work.is_taken(one)], True)
        self._work = work
        card = figures_card(outlook(work))
        self._column.replaceWidget(self._figures, card)
        self._figures.hide()
        self._figures.deleteLater()
        self._figures = card
        self._say()

    def _choose(self) -> None:
        """Ticked changes are written."""
        if self._work:
            for change in self.model.rows:
                self._work.chosen[change.row, change.field] = self.model.is_ticked(change)
            self._say()

    def _say(self) -> None:
        """How much of it is chosen."""
        self._said.setVisible(bool(self.model.rows))
        taken, whole = len(self.model.ticked_rows()), len(self.model.rows)
        self._said.setText(
            f"Ghi {numbers.grouped(taken)} trong {numbers.grouped(whole)} chỗ khác. Chỗ còn trống "
            "được điền sẵn; chỗ đã có chỉ đổi khi đánh dấu (phím cách)."
        )


Figure = tuple[int, str, str]


def outlook(work: ImportWork) -> list[Figure]:
    """How many lines go which way."""
    counts = work.counts()
    updated = {change.row for change in work.changes() if work.is_taken(change)}
    return [
        (counts[Standing.NEW], "hồ sơ mới", ""),
        (counts[Standing.KNOWN], "dùng người đã có", ""),
        (len(updated), "được cập nhật", ""),
        (counts[Standing.ERROR], "dòng lỗi để lại", "bad"),
        (counts[Standing.CONFLICT], "nghi trùng để lại", "warn"),
        (counts[Standing.SKIPPED], "dòng bỏ qua", ""),
    ]


def figures_card(figures: list[Figure]) -> Card:
    """The figures in one row."""
    card = Card()
    card.add(figures_row(figures))
    return card


def figures_row(figures: list[Figure]) -> QHBoxLayout:
    """Numbers over their captions."""
    row = QHBoxLayout()
    row.setSpacing(theme.u(26))
    for number, caption, token in figures:
        row.addLayout(_figure(number, caption, token))
    row.addStretch(1)
    return row


def _figure(number: int, caption: str, token: str) -> QVBoxLayout:
    """A number over its caption; what was left stands out unless it is nothing."""
    column = QVBoxLayout()
    column.setSpacing(0)
    colour = theme.colour(token if number and token else "text").name()
    column.addWidget(
        rich(f'<span style="color:{colour}">{numbers.grouped(number)}</span>', "figure")
    )
    column.addWidget(label(caption, "caption"))
    return column


def _columns() -> "list[Column[FieldChange]]":
    """Who, what, from, to."""
    return [
        number_column("Dòng", lambda change: change.row, counts=False, width=58),
        name_column(lambda change: change.full_name),
        Column("Trường", lambda change: change.label, width=150),
        Column(
            "Trong sổ",
            lambda change: _shown(change, change.before) or "(trống)",
            id="before",
            width=230,
            colour=lambda _change: "text2",
        ),
        Column(
            "Trong tệp",
            lambda change: f"→ {_shown(change, change.after)}",
            id="after",
            stretch=True,
            colour=lambda change: "text" if change.fills_gap else "warn",
        ),
    ]


def _shown(change: "FieldChange", value: str) -> str:
    """A value; numbers of people are masked."""
    from app.ui.students.masked import masked

    return masked(value) if change.field in ("identity_number", "phone") else value
