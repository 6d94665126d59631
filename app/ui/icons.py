"""Lucide icons from resources/icons, recoloured by token and drawn at the device's resolution."""

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from app import paths
from app.ui import theme

SIZES = (14, 16, 18, 20, 28)


@lru_cache(maxsize=128)
def _source(name: str) -> str:
    """SVG text of an icon."""
    return (paths.resources() / "icons" / f"{name}.svg").read_text(encoding="utf-8")


@lru_cache(maxsize=256)
def _render(name: str, token: str, pixels: int, ratio: float) -> QPixmap:
    """Draw an icon at logical size `pixels` for a device pixel ratio."""
    svg = _source(name).replace("currentColor", theme.tokens()[token])
    side = round(pixels * ratio)
    drawn = QPixmap(side, side)
    drawn.fill(QColor(0, 0, 0, 0))
    painter = QPainter(drawn)
    QSvgRenderer(QByteArray(svg.encode())).render(painter, QRectF(0, 0, side, side))
    painter.end()
    drawn.setDevicePixelRatio(ratio)
    return drawn


def _ratio() -> float:
    """Device pixel ratio of the primary screen."""
    screen = QGuiApplication.primaryScreen()
    return screen.devicePixelRatio() if screen else 1.0


def pixmap(name: str, token: str = "text2", size: float = 18) -> QPixmap:
    """An icon as a pixmap of `size` design pixels."""
    return _render(name, token, theme.u(size), _ratio())


@lru_cache(maxsize=256)
def icon(name: str, token: str = "text2") -> QIcon:
    """An icon in a token's colour; disabled widgets show it in the colour of disabled text."""
    made = QIcon()
    for size in SIZES:
        made.addPixmap(pixmap(name, token, size), QIcon.Mode.Normal)
        made.addPixmap(pixmap(name, "text3", size), QIcon.Mode.Disabled)
    return made
