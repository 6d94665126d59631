"""The dialog of work that takes its time."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QProgressBar, QWidget

from app import numbers
from app.ui import icons, theme
from app.ui.buttons import button
from app.ui.dialogs import Dialog
from app.ui.labels import label


@dataclass(frozen=True)
class Steps:
    """The parts of work that tells its share in percent: where each begins, and its name."""

    parts: Sequence[tuple[int, str]]
    note: str = ""

    def at(self, percent: int) -> int:
        """Return which part is under way."""
        return max(at for at, (start, _) in enumerate(self.parts) if start <= percent or not at)


class ProgressDialog(Dialog):
    """Step, count, time left and a button to stop; no way to close it otherwise."""

    def __init__(self, parent: QWidget | None, title: str, width: int = 420) -> None:
        super().__init__(parent, title, width, closable=False)
        self._since = time.monotonic()
        self._bar = QProgressBar()
        self._bar.setRange(0, 0)
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(title)
        self._bar.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # Enter must not stop the work
        self._bar.setFocus()
        self._step = label("Đang chuẩn bị…", "muted", wrap=True)
        self._line = QHBoxLayout()
        self._line.addWidget(self._step, 1)
        self.box.addLayout(self._line)
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


class StepsDialog(ProgressDialog):
    """Work of several parts: those that are done, the one under way, those to come."""

    def __init__(self, parent: QWidget | None, title: str, steps: Steps) -> None:
        super().__init__(parent, title, 520)
        self._steps = steps
        self._share = label("", "strong")
        self._line.addWidget(self._share)
        self._note = label(steps.note, "muted", wrap=True)
        self.box.addWidget(self._note)
        self._parts = [(QLabel(), label(words)) for _, words in steps.parts]
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.u(8))
        grid.setVerticalSpacing(theme.u(4))
        grid.setColumnStretch(1, 1)
        for at, (sign, words) in enumerate(self._parts):
            grid.addWidget(sign, at, 0)
            grid.addWidget(words, at, 1)
        self.box.addLayout(grid)
        self.set_progress(0, 100)

    def set_progress(self, done: int, total: int, text: str = "") -> None:
        """Show which part is under way; `total` is 100."""
        if not self._cancel.isEnabled():
            return
        at = self._steps.at(done)
        self._bar.setRange(0, total)
        self._bar.setValue(done)
        self._step.setText(f"Bước {at + 1}/{len(self._parts)} · {self._steps.parts[at][1]}")
        self._share.setText(f"{done} %")
        left = self._time_left(done, total)
        self._note.setText(" ".join(part for part in (_sentence(left), self._steps.note) if part))
        for each, (sign, words) in enumerate(self._parts):
            icon, token, role = _LOOKS[(each > at) - (each < at)]
            sign.setPixmap(icons.pixmap(icon, token, 16))
            theme.repolish(words, role=role)


def _sentence(words: str) -> str:
    """As a sentence of its own."""
    return f"{words[:1].upper()}{words[1:]}." if words else ""


# before, at and after the part under way
_LOOKS = {
    -1: ("check", "ok", "muted"),
    0: ("refresh-cw", "primary", "strong"),
    1: ("circle", "text3", "muted"),
}
