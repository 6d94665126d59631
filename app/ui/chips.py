"""Chips: a word on a tinted ground, with a shape where colour alone would not say it."""

from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.terms import CertificateStatus, ClassStatus, Verdict
from app.ui import icons, theme

# kind: (ground, text and icon)
_KINDS: dict[str, tuple[str, str]] = {
    "neutral": ("neutral_t", "text2"),
    "info": ("primary_t", "primary_p"),
    "ok": ("ok_t", "ok"),
    "warn": ("warn_t", "warn"),
    "bad": ("bad_t", "bad"),
    "done": ("done", "text"),
    "outline": ("surface", "text2"),
}


@dataclass(frozen=True)
class ChipLook:
    """What a chip shows; kind is neutral, info, ok, warn, bad, done or outline."""

    text: str
    kind: str = "neutral"
    icon: str = ""

    @property
    def token(self) -> str:
        """Colour token of the text."""
        return _KINDS[self.kind][1]


def class_status(status: ClassStatus) -> ChipLook:
    """The chip of a class status (UI.md §5)."""
    kind, icon = {
        ClassStatus.PLANNED: ("neutral", ""),
        ClassStatus.RECRUITING: ("info", ""),
        ClassStatus.RUNNING: ("ok", ""),
        ClassStatus.FINALISED: ("warn", ""),
        ClassStatus.CLOSED: ("done", "lock"),
    }[status]
    return ChipLook(status.label, kind, icon)


def certificate_status(status: CertificateStatus | None, *, printed: bool = False) -> ChipLook:
    """The chip of a certificate; None waits for its number."""
    if status is None:
        return ChipLook("Chờ cấp số", "outline")
    if status is CertificateStatus.REPLACED:
        return ChipLook(status.label, "warn", "history")
    if status is CertificateStatus.REVOKED:
        return ChipLook(status.label, "bad", "ban")
    return ChipLook("Đã in", "ok") if printed else ChipLook(status.label, "info")


def verdict(value: Verdict) -> ChipLook:
    """The chip of an eligibility verdict."""
    if value is Verdict.QUALIFIED:
        return ChipLook(value.label, "ok", "check")
    return ChipLook(value.label, "warn" if value.is_open else "bad")


def chip_width(look: ChipLook) -> int:
    """Painted width of a chip."""
    width = QFontMetrics(theme.font("chip")).horizontalAdvance(look.text) + theme.u(14)
    return width + theme.u(18) if look.icon else width


def paint_chip(painter: QPainter, rect: QRectF, look: ChipLook, tinted: bool = False) -> None:
    """Paint a chip into `rect`; on a tinted row its ground is white."""
    ground, token = _KINDS[look.kind]
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(theme.colour("line_strong" if look.kind == "outline" else ground))
    painter.setBrush(theme.colour("surface" if tinted else ground))
    if tinted:
        painter.setPen(theme.colour("surface"))
    painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), theme.u(4), theme.u(4))
    left = rect.left() + theme.u(7)
    if look.icon:
        shape = icons.pixmap(look.icon, token, 14)
        painter.drawPixmap(int(left), round(rect.center().y() - theme.u(14) / 2), shape)
        left += theme.u(18)
    painter.setPen(theme.colour(token))
    painter.setFont(theme.font("chip"))
    text_rect = QRectF(left, rect.top(), rect.right() - left, rect.height())
    painter.drawText(text_rect, Qt.AlignmentFlag.AlignVCenter, look.text)


class Chip(QWidget):
    """A chip outside tables."""

    def __init__(self, look: ChipLook, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_look(look)

    def set_look(self, look: ChipLook) -> None:
        """Show another state."""
        self._look = look
        self.setAccessibleName(look.text)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """As wide as the word, 22 high."""
        return QSize(chip_width(self._look), theme.u(22))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the chip."""
        painter = QPainter(self)
        paint_chip(painter, QRectF(self.rect()), self._look)
