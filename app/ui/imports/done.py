"""What an import did, what it left, and the imports before it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from app import numbers
from app.ui import theme
from app.ui.buttons import button
from app.ui.chips import ChipLook
from app.ui.columns import Column, number_column
from app.ui.imports.enter import Figure, figures_row
from app.ui.labels import Card, icon_label, label, rule
from app.ui.table import TableModel
from app.ui.table_view import TableView

if TYPE_CHECKING:
    # Services import SQLAlchemy, which takes longer than the window to paint.
    from app.services.history import ActLine

Act = Callable[[], object]


@dataclass(frozen=True)
class ImportOutcome:
    """What an import did and what it left."""

    written: int
    about: str  # class, file, time, user
    figures: list[Figure]
    errors: int
    waiting: int
    undo_words: str = ""
    recent: "Sequence[ActLine]" = field(default_factory=tuple)


def done_page(outcome: ImportOutcome, save_bad: Act, go_on: Act, undo: Act) -> QWidget:
    """Figures of what was done, the way back, what is worth doing next, earlier imports."""
    page = QWidget()
    page.setObjectName("done_page")
    column = QVBoxLayout(page)
    column.setContentsMargins(theme.u(16), theme.u(10), theme.u(16), theme.u(10))
    column.setSpacing(theme.u(10))
    top = QHBoxLayout()
    top.setSpacing(theme.u(12))
    top.addWidget(_figures(outcome), 5)
    if outcome.written:
        top.addWidget(_way_back(outcome, undo), 2)
    column.addLayout(top)
    if outcome.errors or outcome.waiting:
        column.addWidget(_next(outcome, save_bad, go_on))
    if outcome.recent:
        column.addWidget(label("Các lần nhập gần đây", "h2"))
        column.addWidget(_recent(outcome.recent), 1)
    else:
        column.addStretch(1)
    return page


def _figures(outcome: ImportOutcome) -> Card:
    """How many came in which way."""
    card = Card()
    head = QHBoxLayout()
    head.setSpacing(theme.u(12))
    head.addWidget(icon_label("circle-check", "ok", 28))
    words = QVBoxLayout()
    words.setSpacing(0)
    done = label(f"Đã nhập {numbers.grouped(outcome.written)} học viên vào lớp", "h1")
    done.setObjectName("import_done")
    words.addWidget(done)
    words.addWidget(label(outcome.about, "muted", wrap=True))
    head.addLayout(words, 1)
    card.add(head)
    card.add(rule())
    card.add(figures_row(outcome.figures))
    return card


def _way_back(outcome: ImportOutcome, undo: Act) -> Card:
    """What undoing takes back, and its button."""
    card = Card("Hoàn tác lần nhập này")
    card.add(label(outcome.undo_words, "muted", wrap=True))
    back = button("Hoàn tác lần nhập", "", "undo-2", name="undo_import")
    back.clicked.connect(undo)
    row = QHBoxLayout()
    row.addWidget(back)
    row.addStretch(1)
    card.add(row)
    return card


def _next(outcome: ImportOutcome, save_bad: Act, go_on: Act) -> Card:
    """What to do with the lines that stayed outside."""
    card = Card("Việc nên làm tiếp")
    left = outcome.errors + outcome.waiting
    again = button("Làm tiếp", name="go_on")
    again.clicked.connect(go_on)
    sentence = f"{left} dòng chờ sửa đã giữ lại trong bản nhập dở, cùng những chỗ đã sửa."
    card.add(_task("clock", sentence, again))
    if outcome.errors:
        act = button("Tải dòng lỗi ra Excel…", "", "download", name="save_bad_after")
        act.clicked.connect(save_bad)
        sentence = f"{outcome.errors} dòng lỗi có thể gửi lại đơn vị, kèm lý do từng dòng."
        card.add(_task("file-spreadsheet", sentence, act))
    return card


def _task(icon: str, sentence: str, act: QPushButton) -> QHBoxLayout:
    """One thing to do, with its button."""
    row = QHBoxLayout()
    row.setSpacing(theme.u(10))
    row.addWidget(icon_label(icon))
    row.addWidget(label(sentence, wrap=True), 1)
    row.addWidget(act)
    return row


def _recent(acts: "Sequence[ActLine]") -> "TableView[ActLine]":
    """The imports so far, the newest first."""
    model: TableModel[ActLine] = TableModel(
        [
            Column("Lúc", lambda act: f"{act.happened_at:%d/%m/%Y %H:%M}", width=130),
            Column("Việc", lambda act: act.name, stretch=True),
            Column("Vào lớp", lambda act: act.subject, width=230),
            Column("Người nhập", lambda act: act.actor, width=140),
            number_column("Thay đổi", lambda act: act.changes, width=80),
            Column(
                "Hoàn tác",
                lambda act: "" if act.is_undone else act.final_reason or "Còn được",
                width=150,
                chip=lambda act: ChipLook("Đã hoàn tác") if act.is_undone else None,
                tooltip=lambda act: act.final_reason,
            ),
        ],
        key=lambda act: act.id,
    )
    view = TableView(model, "recent_imports")
    view.setAccessibleName("Các lần nhập gần đây")
    model.set_rows(acts)
    return view
