"""Colours, type and sizes of the window, all from one token file and one style sheet template."""

import json
import re
from functools import lru_cache

from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from app import paths

FAMILY = "Noto Sans"
# Told to QApplication: to ask a running one for its style costs a twentieth of the start.
STYLE_ARGUMENTS = ("-style", "Fusion")
FIRST_FACE = "NotoSans_400Regular.ttf"  # of the words in the first picture of the window
FACES = (
    FIRST_FACE,
    "NotoSans_400Regular_Italic.ttf",
    "NotoSans_500Medium.ttf",
    "NotoSans_600SemiBold.ttf",
    "NotoSans_700Bold.ttf",
)
# role: (points, weight), UI.md §3.3
ROLES: dict[str, tuple[float, int]] = {
    "h1": (15, 600),
    "class_title": (13, 600),
    "h2": (11.5, 600),
    "body": (10, 400),
    "strong": (10, 600),
    "header": (9.5, 600),
    "caption": (9, 400),
    "chip": (9, 600),
    "fine": (8.5, 400),
    "figure": (15, 600),
}
_PALETTE: dict[QPalette.ColorRole, str] = {
    QPalette.ColorRole.Window: "window",
    QPalette.ColorRole.WindowText: "text",
    QPalette.ColorRole.Base: "surface",
    QPalette.ColorRole.AlternateBase: "zebra",
    QPalette.ColorRole.Text: "text",
    QPalette.ColorRole.Button: "surface",
    QPalette.ColorRole.ButtonText: "text",
    QPalette.ColorRole.Highlight: "sel",
    QPalette.ColorRole.HighlightedText: "text",
    QPalette.ColorRole.PlaceholderText: "text3",
    QPalette.ColorRole.ToolTipBase: "surface",
    QPalette.ColorRole.ToolTipText: "text",
    QPalette.ColorRole.Link: "primary",
    QPalette.ColorRole.LinkVisited: "primary",
    QPalette.ColorRole.Mid: "line",
    QPalette.ColorRole.Dark: "line_strong",
}
_scale = 1.0


@lru_cache(maxsize=1)
def tokens() -> dict[str, str]:
    """Colour tokens by name, as #RRGGBB."""
    text = (paths.resources() / "tokens.json").read_text(encoding="utf-8")
    loaded: dict[str, str] = json.loads(text)
    return loaded


@lru_cache(maxsize=128)
def colour(token: str) -> QColor:
    """The colour of a token; shared, never change it."""
    return QColor(tokens()[token])


def u(pixels: float) -> int:
    """Logical pixels of the design, scaled by the chosen type size."""
    return round(pixels * _scale)


@lru_cache(maxsize=32)
def font(role: str) -> QFont:
    """The font of a type role (h1, class_title, h2, body, strong, header, caption, chip, fine)."""
    points, weight = ROLES[role]
    made = QFont(FAMILY)
    made.setPointSizeF(points * _scale)
    made.setWeight(QFont.Weight(weight))
    return made


def style_sheet() -> str:
    """The filled style sheet: $token, u(px) and pt(points) are replaced."""
    template = (paths.resources() / "theme.qss").read_text(encoding="utf-8")
    sheet = re.sub(r"\$(\w+)", lambda found: tokens()[found[1]], template)
    sheet = re.sub(r"\bu\(([\d.]+)\)", lambda found: f"{u(float(found[1]))}px", sheet)
    sheet = re.sub(r"\bpt\(([\d.]+)\)", lambda found: f"{float(found[1]) * _scale:g}pt", sheet)
    icons = (paths.resources() / "icons").as_posix()
    return sheet.replace("@icons", icons)


def palette() -> QPalette:
    """Palette from the same tokens; style sheets cannot set the placeholder colour."""
    made = QPalette()
    for role, token in _PALETTE.items():
        made.setColor(role, colour(token))
    disabled = QPalette.ColorGroup.Disabled
    for role in (QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText):
        made.setColor(disabled, role, colour("text3"))
    made.setColor(disabled, QPalette.ColorRole.WindowText, colour("text3"))
    return made


@lru_cache(maxsize=len(FACES))
def load_face(name: str) -> None:
    """Register a face of the bundled Noto Sans, once per process."""
    QFontDatabase.addApplicationFont(str(paths.resources() / "fonts" / name))


def apply(app: QApplication, scale: float = 1.0) -> None:
    """Give the application its first face, palette and sheet; scale is 0.9, 1, 1.15 or 1.3."""
    global _scale  # one look per process, read by every u()
    _scale = scale
    font.cache_clear()
    load_face(FIRST_FACE)
    QFont.insertSubstitutions(FAMILY, ["Segoe UI", "Arial"])
    app.setPalette(palette())
    app.setFont(font("body"))
    app.setStyleSheet(style_sheet())


def complete(app: QApplication) -> None:
    """Give what the first picture of the window does not show: other faces, icon, Qt's words."""
    # Both are imported after the first paint.
    from app.ui import icons, translations

    for name in FACES:
        load_face(name)
    app.setWindowIcon(icons.icon("landmark", "brand"))
    translations.install(app)


def repolish(widget: QWidget, **properties: object) -> None:
    """Set style sheet properties of a widget that is already polished, and restyle it."""
    for name, value in properties.items():
        widget.setProperty(name, value)
    widget.style().unpolish(widget)
    widget.style().polish(widget)
