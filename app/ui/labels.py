"""Labels by role, eliding label, key cap, read-only value, card and rule."""

from PySide6 import QtCore  # QtCore.Qt is made at its first use, after the first paint
from PySide6.QtCore import QSize
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QLayout, QSizePolicy, QVBoxLayout, QWidget

from app.ui import icons, theme


def label(text: str = "", role: str = "", *, wrap: bool = False) -> QLabel:
    """A label of a role: h1, class_title, h2, strong, caption, muted, figure, note, problem…"""
    made = QLabel()
    show_data(made, text)
    made.setProperty("role", role)
    made.setWordWrap(wrap)
    return made


def show_data(shown: QLabel, text: str) -> None:
    """Show a text as it is: names and paths are never markup."""
    shown.setTextFormat(QtCore.Qt.TextFormat.PlainText)
    shown.setText(text)


def rich(text: str, role: str = "", *, wrap: bool = True) -> QLabel:
    """A label whose own markup (never data) is shown; escape data with html.escape."""
    made = label("", role, wrap=wrap)
    made.setTextFormat(QtCore.Qt.TextFormat.RichText)
    made.setText(text)
    return made


def icon_label(name: str, token: str = "text2", size: float = 18) -> QLabel:
    """An icon beside a text."""
    made = QLabel()
    made.setPixmap(icons.pixmap(name, token, size))
    return made


def rule(*, vertical: bool = False) -> QFrame:
    """A hairline between groups."""
    made = QFrame()
    made.setObjectName("rule")
    if vertical:
        made.setFixedWidth(1)
    else:
        made.setFixedHeight(1)
    return made


def key_cap(text: str) -> QLabel:
    """A key in a legend."""
    made = QLabel(text)
    made.setObjectName("kbd")
    made.setAlignment(QtCore.Qt.AlignmentFlag.AlignCenter)
    made.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
    return made


def value(caption: str, text: str) -> QWidget:
    """A read-only value under its caption: not a disabled input."""
    made = QWidget()
    layout = QVBoxLayout(made)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(theme.u(1))
    layout.addWidget(label(caption, "caption"))
    shown = label(text or "–", wrap=True)
    shown.setTextInteractionFlags(QtCore.Qt.TextInteractionFlag.TextSelectableByMouse)
    layout.addWidget(shown)
    return made


class ElidedLabel(QLabel):
    """A label that paints itself with an ellipsis; the whole text is the tooltip.

    `keeps_end` puts the ellipsis in the middle, where the end tells texts apart.
    """

    def __init__(
        self,
        text: str = "",
        role: str = "",
        parent: QWidget | None = None,
        *,
        keeps_end: bool = False,
    ) -> None:
        super().__init__(parent)
        self._keeps_end = keeps_end
        self.setProperty("role", role)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.setText(text)

    def setText(self, text: str) -> None:
        """Show another text."""
        super().setText(text)
        self._tell_whole()

    def _tell_whole(self) -> None:
        """The tooltip is needed only where the text is cut."""
        cut = self.fontMetrics().horizontalAdvance(self.text()) > self.contentsRect().width()
        self.setToolTip(self.text() if cut else "")

    def minimumSizeHint(self) -> QSize:
        """May shrink to a few letters."""
        return QSize(theme.u(48), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Renew the tooltip."""
        super().resizeEvent(event)
        self._tell_whole()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the elided text."""
        painter = QPainter(self)
        area = self.contentsRect()
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(area, int(self.alignment()), self.shown_text())

    def shown_text(self) -> str:
        """What fits."""
        modes = QtCore.Qt.TextElideMode
        mode = modes.ElideMiddle if self._keeps_end else modes.ElideRight
        return self.fontMetrics().elidedText(self.text(), mode, self.contentsRect().width())


class Card(QFrame):
    """A white sheet with a hairline; `layout()` takes the contents."""

    def __init__(self, title: str = "", *, sunken: bool = False) -> None:
        super().__init__()
        self.setObjectName("sunken_card" if sunken else "card")
        self.box = QVBoxLayout(self)
        self.box.setContentsMargins(theme.u(14), theme.u(10), theme.u(14), theme.u(10))
        self.box.setSpacing(theme.u(7))
        if title:
            self.box.addWidget(label(title, "h2"))

    def add(self, item: QWidget | QLayout, stretch: int = 0) -> None:
        """Add a widget or a layout below."""
        if isinstance(item, QWidget):
            self.box.addWidget(item, stretch)
        else:
            self.box.addLayout(item, stretch)
