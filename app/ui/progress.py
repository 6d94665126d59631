"""The dialog of work that takes its time."""

import time
from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QProgressBar, QWidget

from app import numbers
from app.ui.buttons import button
from app.ui.dialogs import Dialog
from app.ui.labels import label


class ProgressDialog(Dialog):
    """Step, count, time left and a button to stop; no way to close it otherwise."""

    def __init__(self, parent: QWidget | None, title: str) -> None:
        super().__init__(parent, title, 420, closable=False)
        self._since = time.monotonic()
        self._bar = QProgressBar()
        self._bar.setRange(0, 0)
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(title)
        self._bar.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # Enter must not stop the work
        self._bar.setFocus()
        self._step = label("Đang chuẩn bị…", "muted", wrap=True)
        self.box.addWidget(self._step)
        self.box.addWidget(self._bar)
        self._cancel = button("Hủy", name="cancel_task")

    def set_cancel(self, text: str, stop: Callable[[], object]) -> None:
        """Let the user stop the work; the button then waits for it."""
        self._cancel.setText(text)
        self._cancel.clicked.connect(stop)
        self._cancel.clicked.connect(self._wait_for_end)
        self.set_actions(self._cancel, "")

    def _wait_for_end(self) -> None:
        """Say that the wish was heard."""
        self._cancel.setEnabled(False)
        self._step.setText("Đang dừng…")

    def set_progress(self, done: int, total: int, text: str = "") -> None:
        """Show how far the work is."""
        if not self._cancel.isEnabled():
            return
        self._bar.setRange(0, max(total, 0))
        self._bar.setValue(done)
        count = f"{numbers.grouped(done)} trong {numbers.grouped(total)}"
        parts = [text, count if total else "", self._time_left(done, total)]
        self._step.setText(" · ".join(part for part in parts if part))

    def words(self) -> str:
        """What the dialog says now."""
        return self._step.text()

    def _time_left(self, done: int, total: int) -> str:
        """A rough remaining time, once there is something to judge by."""
        spent = time.monotonic() - self._since
        if not 0 < done < total or spent < 2:
            return ""
        left = round(spent / done * (total - done))
        return f"còn khoảng {left} giây" if left < 60 else f"còn khoảng {round(left / 60)} phút"

    def finish(self) -> None:
        """Close: the work has ended."""
        super().done(0)
        self.deleteLater()

    def reject(self) -> None:
        """Esc does not close it: stopping is a button that says what is kept."""
