"""What the program says on the page: banner, toast, empty state."""

from collections.abc import Callable, Sequence
from html import escape

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QEnterEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from app.ui import theme
from app.ui.buttons import button
from app.ui.labels import icon_label, label, rich

_BANNER_ICONS = {
    "info": "info",
    "ok": "circle-check",
    "warn": "triangle-alert",
    "bad": "circle-alert",
}
_BANNER_TOKENS = {"info": "primary", "ok": "ok", "warn": "warn", "bad": "bad"}
_TOAST_MS = 8000


class Banner(QFrame):
    """A tinted line: what is the matter (bold), what to do (normal), up to two buttons."""

    def __init__(
        self,
        kind: str,
        what: str,
        advice: str = "",
        buttons: Sequence[QPushButton] = (),
        *,
        icon: str = "",
    ) -> None:
        super().__init__()
        self.setObjectName("banner")
        self.setProperty("b", kind)
        self.setAccessibleName(f"{what} {advice}".strip())
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.u(12), theme.u(6), theme.u(10), theme.u(6))
        row.setSpacing(theme.u(10))
        row.addWidget(icon_label(icon or _BANNER_ICONS[kind], _BANNER_TOKENS[kind]))
        row.addWidget(rich(f"<b>{escape(what)}</b>&nbsp; {escape(advice)}"), 1)
        for each in buttons:
            row.addWidget(each)
        self.setMinimumHeight(theme.u(42))


class Toast(QFrame):
    """Success of an undoable act, at the bottom of its parent; gone after 8 s unless hovered."""

    closed = Signal()

    def __init__(
        self,
        parent: QWidget,
        text: str,
        action_text: str = "",
        action: Callable[[], object] | None = None,
    ) -> None:
        super().__init__(parent)
        self._area = parent
        self.setObjectName("toast")
        self.setAccessibleName(text)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.u(12), theme.u(4), theme.u(8), theme.u(4))
        row.setSpacing(theme.u(8))
        row.addWidget(icon_label("circle-check", "ok_l"))
        row.addWidget(label(text))
        if action:
            undo = button(action_text, "toast")
            undo.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # Ctrl+Z does it; Enter must not
            undo.clicked.connect(lambda: (self.close(), action()))
            row.addWidget(undo)
        else:
            row.addSpacing(theme.u(8))
        self._timer = QTimer(self, singleShot=True, interval=_TOAST_MS)
        self._timer.timeout.connect(self.close)
        self.setMinimumHeight(theme.u(36))
        parent.installEventFilter(self)

    def pop_up(self) -> None:
        """Show at the bottom centre of the parent."""
        self.adjustSize()
        self._place()
        self.show()
        self.raise_()
        self._timer.start()

    def _place(self) -> None:
        """Bottom centre, above the status bar."""
        area = self._area.rect()
        at_y = area.height() - self.height() - theme.u(14)
        self.move((area.width() - self.width()) // 2, at_y)

    def enterEvent(self, event: QEnterEvent) -> None:
        """Wait while it is being read."""
        self._timer.stop()

    def leaveEvent(self, event: QEvent) -> None:
        """Go on counting."""
        self._timer.start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the parent's size."""
        if event.type() == QEvent.Type.Resize:
            self._place()
        return False


class EmptyState(QWidget):
    """Why there is nothing here, what it is for, and one to three ways out."""

    def __init__(
        self,
        icon: str,
        title: str,
        text: str = "",
        ways: Sequence[QWidget] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("empty_state")
        column = QVBoxLayout(self)
        column.setSpacing(theme.u(8))
        column.addStretch(1)
        column.addWidget(icon_label(icon, "line_strong", 40), 0, Qt.AlignmentFlag.AlignHCenter)
        self._title = label(title, "h1", wrap=True)
        self._text = label(text, "muted", wrap=True)
        for each in (self._title, self._text):
            each.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            column.addWidget(each)
        column.addSpacing(theme.u(6))
        row = QHBoxLayout()
        row.setSpacing(theme.u(14))
        row.addStretch(1)
        for way in ways:
            row.addWidget(way)
        row.addStretch(1)
        column.addLayout(row)
        column.addStretch(2)

    def say(self, title: str, text: str = "") -> None:
        """Change the sentences, for example from "no data" to "nothing found"."""
        self._title.setText(title)
        self._text.setText(text)


def way_card(icon: str, title: str, text: str, act: QPushButton) -> QFrame:
    """One way out of an empty page, as a card with its button."""
    made = QFrame()
    made.setObjectName("card")
    made.setFixedWidth(theme.u(270))
    column = QVBoxLayout(made)
    column.setContentsMargins(theme.u(18), theme.u(16), theme.u(18), theme.u(16))
    column.setSpacing(theme.u(8))
    column.addWidget(icon_label(icon, "primary", 28))
    column.addWidget(label(title, "strong"))
    about = label(text, "muted", wrap=True)
    about.setMinimumHeight(theme.u(54))
    about.setAlignment(Qt.AlignmentFlag.AlignTop)
    column.addWidget(about)
    column.addWidget(act)
    return made
