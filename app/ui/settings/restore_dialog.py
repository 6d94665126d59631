"""Before a copy takes the place of the data: what is in both, and what would be lost."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from app import numbers
from app.ui import theme
from app.ui.dialogs import SealDialog
from app.ui.labels import Card, ElidedLabel, label
from app.ui.settings.copy_rows import moment

if TYPE_CHECKING:
    # The room of copies imports SQLAlchemy, which takes longer than the window to paint.
    from app.backups import Copy
    from app.services.since_copy import Contents, DoneSince

WORD = "phục hồi"
_HEADINGS = ("", "Lớp", "Học viên", "Giấy chứng nhận")
_MESSAGE = (
    "Toàn bộ dữ liệu đang dùng được thay bằng bản sao này. Trước khi thay, chương trình sao lưu "
    "dữ liệu đang dùng; nhật ký ghi lại việc phục hồi."
)
_UNREADABLE = "Không đọc được dữ liệu đang dùng: tệp đó được để sang bên, không bị xóa."


class RestoreDialog(SealDialog):
    """Counts then and now, the newest acts that would be lost, and the word to type."""

    def __init__(
        self,
        parent: QWidget | None,
        copy: "Copy",
        now: "Contents | None",
        since: "DoneSince | None",
    ) -> None:
        super().__init__(
            parent,
            f"Phục hồi bản sao lúc {moment(copy.made_at)}?",
            _MESSAGE,
            action="Phục hồi",
            word=WORD,
            danger=True,
        )
        self.setObjectName("restore_dialog")
        self.box.insertWidget(1, _comparison(copy, now))
        self.box.insertWidget(2, _losses(since) if now else label(_UNREADABLE, "strong", wrap=True))


def _comparison(copy: "Copy", now: "Contents | None") -> Card:
    """The counts of the copy over those of today."""
    card = Card(sunken=True)
    grid = QGridLayout()
    grid.setHorizontalSpacing(theme.u(24))
    grid.setVerticalSpacing(theme.u(4))
    rows = (
        (f"Bản sao {moment(copy.made_at)}", copy.classes, copy.learners, copy.certificates),
        ("Hiện nay", *((now.classes, now.learners, now.certificates) if now else ())),
    )
    for at, words in enumerate(_HEADINGS):
        grid.addWidget(label(words, "caption"), 0, at, _side(at))
    for line, (name, *counts) in enumerate(rows, 1):
        grid.addWidget(label(name, "strong"), line, 0)
        for at, count in enumerate(counts, 1):
            grid.addWidget(label(numbers.grouped(count), "strong"), line, at, _side(at))
    grid.setColumnStretch(len(_HEADINGS), 1)
    card.add(grid)
    return card


def _side(at: int) -> Qt.AlignmentFlag:
    """Numbers stand at the right of their column."""
    return Qt.AlignmentFlag.AlignRight if at else Qt.AlignmentFlag.AlignLeft


def _losses(since: "DoneSince | None") -> QWidget:
    """The acts after the copy: how many, and the newest."""
    made = QWidget()
    column = QVBoxLayout(made)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(theme.u(2))
    column.addWidget(label(_losses_words(since), "strong", wrap=True))
    for act in since.newest if since else ():
        who = f" · {act.actor}" if act.actor else ""
        column.addWidget(ElidedLabel(f"{moment(act.happened_at)}{who} · {act.name}", "muted"))
    rest = since.count - len(since.newest) if since else 0
    if rest > 0:
        column.addWidget(label(f"và {numbers.grouped(rest)} việc trước đó", "muted"))
    return made


def _losses_words(since: "DoneSince | None") -> str:
    if since is None:
        return "Bản sao này theo nhật ký khác: mọi việc ghi trong dữ liệu đang dùng sẽ không còn."
    if not since.count:
        return "Từ lúc sao lưu chưa có thay đổi nào: không mất việc nào."
    return f"Sẽ mất {numbers.grouped(since.count)} thay đổi ghi sau bản sao, mới nhất:"
