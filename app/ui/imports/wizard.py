"""The frame of the wizard: title and steps above, the step itself, what can be done below."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.ui import theme
from app.ui.buttons import button
from app.ui.context import Context
from app.ui.imports.steps_line import StepsLine
from app.ui.labels import ElidedLabel, icon_label, label
from app.ui.page import Page

CHOOSE, MAP, CHECK, ENTER, DONE = range(5)
NOTHING_WRITTEN = "Chưa ghi gì vào dữ liệu cho đến bước cuối."


class Wizard(Page):
    """Head, stack of steps, foot."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.setObjectName("import_page")
        self.stack = QStackedWidget()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._head())
        column.addWidget(self.stack, 1)
        column.addWidget(self._foot())

    def _head(self) -> QFrame:
        """Title, class, steps, file, and the way out."""
        head = QFrame()
        head.setObjectName("page_head")
        column = QVBoxLayout(head)
        column.setContentsMargins(theme.u(16), theme.u(8), theme.u(12), theme.u(8))
        column.setSpacing(theme.u(6))
        self._into = ElidedLabel("", "muted")
        self._leave = button("Hủy nhập", "quiet", "x", name="leave_import")
        first, second = QHBoxLayout(), QHBoxLayout()
        first.setSpacing(theme.u(9))
        first.addWidget(label("Nhập học viên từ Excel", "h1"))
        first.addWidget(self._into, 1)
        first.addWidget(self._leave)
        self.steps = StepsLine(("Chọn tệp", "Ghép cột", "Kiểm tra", "Nhập"))
        self._file = ElidedLabel("", "muted")
        self._file.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        second.addWidget(self.steps)
        second.addSpacing(theme.u(16))
        second.addWidget(self._file, 1)
        column.addLayout(first)
        column.addLayout(second)
        return head

    def _foot(self) -> QFrame:
        """What was written so far, one step back, what to leave for later, and the action."""
        foot = QFrame()
        foot.setObjectName("form_footer")
        row = QHBoxLayout(foot)
        row.setContentsMargins(theme.u(16), theme.u(8), theme.u(16), theme.u(8))
        row.setSpacing(theme.u(8))
        self._lock = icon_label("lock", "text2", 16)
        self._said = ElidedLabel(NOTHING_WRITTEN, "muted")
        self.later = button("Để lại, làm sau", name="keep_draft")
        self._back = button("Quay lại", name="step_back")
        self.act = button("Nhập", "primary", name="import_action")
        row.addWidget(self._lock)
        row.addWidget(self._said, 1)
        for each in (self.later, self._back, self.act):
            row.addWidget(each)
        return foot

    def _replace_step(self, step: int, page: QWidget) -> None:
        """Another page for a step."""
        old = self.stack.widget(step)
        self.stack.insertWidget(step, page)
        if old:
            self.stack.removeWidget(old)
            old.setParent(None)
            old.deleteLater()
