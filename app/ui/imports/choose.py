"""The first step: a file, several files, a block from the clipboard, or what was left waiting."""

from collections.abc import Sequence
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.ui import shortcuts, theme
from app.ui.buttons import button
from app.ui.messages import Banner, EmptyState, way_card

if TYPE_CHECKING:
    # Services import SQLAlchemy, which takes longer than the window to paint.
    from app.services.drafts import DraftRow

_MOST_DRAFTS = 3


class ChoosePage(QWidget):
    """Ways to begin an import."""

    pasted = Signal()
    opened = Signal(int)  # a draft
    dropped = Signal(int)  # a draft nobody needs any more

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("choose_page")
        self.choose = button("Chọn tệp…", "primary", name="choose_file")
        self._paste = button("Dán danh sách", name="paste_roster", shortcut="paste_roster")
        self._paste.clicked.connect(self.pasted)
        about_file = "Một hay nhiều tệp Excel, .ods, .csv. Cũng có thể kéo tệp thả vào đây."
        about_paste = "Chép các ô trong Excel kể cả dòng tiêu đề, rồi Ctrl+V ở đây."
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(theme.u(16), theme.u(10), theme.u(16), theme.u(10))
        self._column.setSpacing(theme.u(8))
        self._drafts = QWidget()
        self._column.addWidget(self._drafts, 0, Qt.AlignmentFlag.AlignTop)
        self._column.addWidget(
            EmptyState(
                "file-spreadsheet",
                "Chọn danh sách học viên",
                "Đọc và kiểm tra trước; chưa ghi gì vào dữ liệu cho đến bước cuối.",
                [
                    way_card("file-spreadsheet", "Tệp của đơn vị gửi", about_file, self.choose),
                    way_card("copy", "Dán từ Excel", about_paste, self._paste),
                ],
            ),
            1,
        )
        shortcuts.bind(self, "paste_roster", self.pasted.emit)

    def show_drafts(self, drafts: "Sequence[DraftRow]") -> None:
        """Offer what waits for this class."""
        shown = QWidget()
        column = QVBoxLayout(shown)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.u(6))
        stops: list[QWidget] = []
        for draft in drafts[:_MOST_DRAFTS]:
            again = button("Làm tiếp", name="open_draft")
            again.clicked.connect(partial(self.opened.emit, draft.id))
            away = button("Bỏ bản này", "quiet", name="drop_draft")
            away.clicked.connect(partial(self.dropped.emit, draft.id))
            said = f"Bản nhập dở: {draft.words}."
            column.addWidget(Banner("info", said, "", [away, again], icon="clock"))
            stops += [away, again]
        self._column.replaceWidget(self._drafts, shown)
        self._drafts.hide()
        self._drafts.deleteLater()
        self._drafts = shown
        shown.setVisible(bool(drafts))
        for before, after in pairwise([*stops, self.choose, self._paste]):
            self.setTabOrder(before, after)


def dragged_files(data: QMimeData) -> list[Path]:
    """The files that are dragged, folders left out."""
    paths = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
    return [path for path in paths if path.is_file()]
