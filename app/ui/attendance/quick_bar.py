"""The quick-entry line under the grid: exceptions typed as text, everybody else present."""

from collections.abc import Sequence
from html import escape

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app.terms import AttendanceStatus
from app.ui import theme
from app.ui.attendance.quick_entry import Entry, QuickEntry, parse
from app.ui.buttons import button, set_text
from app.ui.labels import key_cap, label, rich

_TOKENS = {
    AttendanceStatus.ABSENT: "bad",
    AttendanceStatus.EXCUSED: "primary_p",
    AttendanceStatus.LATE: "warn",
    AttendanceStatus.PRESENT: "text",
}
_NAMED, _NAMED_COMPACT = 4, 1  # people named in the preview before "và … người khác"

_HELP = (
    "Chỉ gõ số thứ tự người vắng, muộn: <b>7</b> không phép, <b>20p</b> có phép, "
    "<b>12m15</b> muộn 15 phút, <b>3-6p</b> từ 3 đến 6. Còn lại: có mặt."
)


class _Line(QLineEdit):
    """Esc drops what is typed."""

    dropped = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc empties the line and gives the keyboard back."""
        if event.key() == Qt.Key.Key_Escape:
            self.clear()
            self.dropped.emit()
        else:
            super().keyPressEvent(event)


class QuickBar(QFrame):
    """Reads the line while it is typed; nothing is written before Enter."""

    changed = Signal(object)  # QuickEntry of what stands there
    accepted = Signal(object)  # QuickEntry to write
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("card")
        self._names: Sequence[str] = ()
        self._unset: frozenset[int] = frozenset()
        self._named = _NAMED
        self._session = label("", "caption")
        self.line = _Line()
        self.line.setObjectName("quick_line")
        self.line.setAccessibleName("Nhập nhanh: số thứ tự rồi p, k hoặc m và số phút")
        self.line.setPlaceholderText("7 12m15 20p")
        self.line.setFixedWidth(theme.u(230))
        self._preview = rich("")
        self._write = button("Ghi", "primary", name="quick_write")
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.u(12), theme.u(6), theme.u(12), theme.u(6))
        row.setSpacing(theme.u(12))
        row.addWidget(self._caption())
        row.addWidget(self.line)
        row.addWidget(self._preview, 1)
        row.addWidget(self._write)
        self._key = key_cap("Enter")
        row.addWidget(self._key)
        self.setFixedHeight(theme.u(52))
        self._connect()

    def _caption(self) -> QWidget:
        made = QWidget()
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(label("Nhập nhanh", "strong"))
        column.addWidget(self._session)
        return made

    def _connect(self) -> None:
        self.line.textChanged.connect(lambda _text: self._renew())
        self.line.returnPressed.connect(self._accept)
        self.line.dropped.connect(self.left)
        self._write.clicked.connect(self._accept)

    def set_compact(self, on: bool) -> None:
        """Fewer names and a shorter line in a narrow window."""
        self._named = _NAMED_COMPACT if on else _NAMED
        self.line.setFixedWidth(theme.u(150 if on else 230))
        self._key.setVisible(not on)
        self._renew()

    def set_session(self, number: int, names: Sequence[str], unset: Sequence[int]) -> None:
        """Write into another session; `unset` are the rows without a mark."""
        self._session.setText(f"buổi {number}")
        set_text(self._write, f"Ghi buổi {number}")
        self._names, self._unset = names, frozenset(unset)
        self._renew()

    def entry(self) -> QuickEntry:
        """What the line means now."""
        return parse(self.line.text(), len(self._names))

    def pending(self) -> dict[int, Entry]:
        """What would be written by row: those named, and everybody else unset as present."""
        entry = self.entry()
        if entry.problems or not self.line.text().strip():
            return {}
        named = {number - 1: one for number, one in entry.entries.items()}
        rest = dict.fromkeys(self._unset - named.keys(), Entry(AttendanceStatus.PRESENT))
        return rest | named

    def _renew(self) -> None:
        """Show in words what the line means."""
        entry = self.entry()
        theme.repolish(self.line, bad=bool(entry.problems))
        is_empty = not self.line.text().strip()
        self._write.setEnabled(not is_empty and not entry.problems)
        if entry.problems:
            colour = theme.tokens()["bad"]
            said = escape(" ".join(entry.problems))
            self._preview.setText(f'<span style="color:{colour}">{said} Chưa ghi gì.</span>')
        elif is_empty:
            self._preview.setText(_HELP)
        else:
            self._preview.setText(self._words(entry))
        self.changed.emit(entry)

    def _words(self, entry: QuickEntry) -> str:
        """ "7 Tạ Tiến Dũng: không phép · … 60 học viên còn lại: có mặt." as markup."""
        named = [self._person(number, one) for number, one in sorted(entry.entries.items())]
        over = len(named) - self._named
        more = f" và {over} người khác" if over > 0 else ""
        rest = len(self._unset - {number - 1 for number in entry.entries})
        others = f"{rest} học viên còn lại: <b>có mặt</b>. " if rest else ""
        first = " · ".join(named[: self._named]) + more
        return f"{first}<br>{others}Chưa ghi gì cho đến khi bấm Enter; Esc để bỏ."

    def _person(self, number: int, entry: Entry) -> str:
        name = f"<b>{number}</b> {escape(self._names[number - 1])}"
        if entry.status is None:
            return f"{name}: <b>xóa</b>"
        colour = theme.tokens()[_TOKENS[entry.status]]
        state = entry.status.label.removeprefix("vắng ").removeprefix("đi ")
        minutes = f" {entry.minutes} phút" if entry.minutes else ""
        return f'{name}: <b style="color:{colour}">{state}{minutes}</b>'

    def _accept(self) -> None:
        """Write, unless a word was not understood."""
        if not self.entry().problems and self.line.text().strip():
            self.accepted.emit(self.entry())
