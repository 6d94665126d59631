"""The first and the last screen of an import: choosing the file, and what was done."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from app import numbers
from app.ui import theme
from app.ui.buttons import button
from app.ui.labels import Card, icon_label, label, rich, rule
from app.ui.messages import EmptyState, way_card


@dataclass(frozen=True)
class ImportOutcome:
    """What an import did and what it left."""

    file: str
    title: str
    at: str
    created: int
    linked: int
    waiting: int
    errors: int
    enrolled: int

    @property
    def written(self) -> int:
        """How many came into the class."""
        return self.created + self.linked


def choose_page(choose: Callable[[], object]) -> QWidget:
    """What can be read, and the button that asks for the file."""
    act = button("Chọn tệp Excel…", "primary", name="choose_file")
    act.clicked.connect(choose)
    about = "Tệp .xlsx có cột “Họ và tên”; các dòng tiêu đề, chữ ký và cột thừa được tự nhận ra."
    page = EmptyState(
        "file-spreadsheet",
        "Chọn danh sách học viên",
        "Đọc và kiểm tra trước; chưa ghi gì vào dữ liệu cho đến bước cuối.",
        [way_card("file-spreadsheet", "Danh sách của đơn vị", about, act)],
    )
    page.setFocusProxy(act)
    return page


def done_page(
    outcome: ImportOutcome, save_bad: Callable[[], object], undo: Callable[[], object]
) -> QWidget:
    """Figures of what was done, and what is worth doing next."""
    page = QWidget()
    column = QVBoxLayout(page)
    column.setContentsMargins(theme.u(16), theme.u(10), theme.u(16), theme.u(10))
    column.setSpacing(theme.u(10))
    column.addWidget(_figures(outcome, undo))
    if outcome.errors or outcome.waiting:
        column.addWidget(_next(outcome, save_bad))
    column.addStretch(1)
    return page


def _figures(outcome: ImportOutcome, undo: Callable[[], object]) -> Card:
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
    words.addWidget(label(f"{outcome.title} · {outcome.file} · {outcome.at}", "muted"))
    head.addLayout(words, 1)
    if outcome.written:
        back = button("Hoàn tác lần nhập này", "", "undo-2", name="undo_import")
        back.clicked.connect(undo)
        head.addWidget(back, 0, Qt.AlignmentFlag.AlignTop)
    card.add(head)
    card.add(rule())
    figures = (
        (outcome.created, "hồ sơ mới", ""),
        (outcome.linked, "dùng người đã có", ""),
        (outcome.enrolled, "đã trong lớp, bỏ qua", ""),
        (outcome.waiting, "dòng cần xem để lại", "warn"),
        (outcome.errors, "dòng lỗi để lại", "bad"),
    )
    row = QHBoxLayout()
    row.setSpacing(theme.u(34))
    for figure, caption, token in figures:
        row.addLayout(_figure(figure, caption, token))
    row.addStretch(1)
    card.add(row)
    return card


def _figure(figure: int, caption: str, token: str) -> QVBoxLayout:
    """A number over its caption; what was left stands out unless it is nothing."""
    column = QVBoxLayout()
    column.setSpacing(0)
    colour = theme.colour(token if figure and token else "text").name()
    number = f'<span style="color:{colour}">{numbers.grouped(figure)}</span>'
    column.addWidget(rich(number, "figure"))
    column.addWidget(label(caption, "caption"))
    return column


def _next(outcome: ImportOutcome, save_bad: Callable[[], object]) -> Card:
    """What to do with the lines that stayed outside."""
    card = Card("Việc nên làm tiếp")
    if outcome.errors:
        act = button("Lưu dòng lỗi ra Excel…", "", "download", name="save_bad_after")
        act.clicked.connect(save_bad)
        sentence = f"{outcome.errors} dòng lỗi chưa nhập. Sửa trong tệp rồi nhập lại chính tệp đó."
        card.add(_task("file-spreadsheet", sentence, act))
    if outcome.waiting:
        sentence = f"{outcome.waiting} dòng chưa rõ là ai. Hỏi lại đơn vị rồi nhập lại tệp."
        card.add(_task("users", sentence, None))
    card.add(label("Nhập lại không tạo trùng: người đã trong lớp được bỏ qua.", "note"))
    return card


def _task(icon: str, sentence: str, act: QPushButton | None) -> QHBoxLayout:
    """One thing to do, with its button."""
    row = QHBoxLayout()
    row.setSpacing(theme.u(10))
    row.addWidget(icon_label(icon), 0, Qt.AlignmentFlag.AlignVCenter)
    row.addWidget(label(sentence, wrap=True), 1)
    if act:
        row.addWidget(act)
    return row
