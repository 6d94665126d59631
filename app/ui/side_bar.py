"""The side bar: the centre's name and the places of the window."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from app.ui import icons, shortcuts, theme
from app.ui.labels import label

if TYPE_CHECKING:
    # The window is painted before dialogs and tasks are needed.
    from app.ui.context import Context
    from app.ui.page import Page

WIDTH, COMPACT_WIDTH = 188, 80


@dataclass(frozen=True)
class Place:
    """Somewhere to go; a place with a `parent` is not in the side bar and marks its parent."""

    key: str
    title: str
    icon: str
    factory: "Callable[[Context], Page]"
    parent: str = ""
    short: str = ""


class SideBar(QFrame):
    """Checkable buttons for the places; icon over a short word in a narrow window."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("side_bar")
        self._places: list[Place] = []
        self._group = QButtonGroup(self)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 1, theme.u(6))
        self._column.setSpacing(0)
        strip = QFrame()
        strip.setObjectName("brand_strip")
        strip.setFixedHeight(theme.u(3))
        self._column.addWidget(strip)
        self._name = label("", wrap=True)
        self._name.setObjectName("brand_name")
        self._place = label("", wrap=True)
        self._place.setObjectName("brand_place")
        self._brand = QWidget()
        brand = QVBoxLayout(self._brand)
        brand.setContentsMargins(theme.u(16), theme.u(8), theme.u(6), theme.u(10))
        brand.setSpacing(0)
        brand.addWidget(self._name)
        brand.addWidget(self._place)
        self._column.addWidget(self._brand)
        self._column.addStretch(1)
        self.set_compact(False)

    def set_centre(self, name: str, place: str) -> None:
        """Show whose program this is: "TRUNG TÂM CHÍNH TRỊ", "Xã An Bình"."""
        self._name.setText(name)
        self._place.setText(place)

    def add(self, place: Place) -> None:
        """Add a place below the others."""
        made = QToolButton()
        made.setObjectName(f"place_{place.key}")
        made.setProperty("place", True)
        made.setCheckable(True)
        made.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        made.setAccessibleName(place.title)
        at = len(self._places)
        made.setToolTip(shortcuts.tooltip(place.title, f"place_{at + 1}"))
        made.clicked.connect(lambda: self.chosen.emit(place.key))
        self._places.append(place)
        self._group.addButton(made, at)
        self._column.insertWidget(self._column.count() - 1, made)
        self.set_compact(self._compact)

    def mark(self, key: str) -> None:
        """Show which place is current."""
        for at, place in enumerate(self._places):
            current = place.key == key
            self._group.button(at).setChecked(current)
            token = "primary" if current else "text2"
            self._group.button(at).setIcon(icons.icon(place.icon, token))

    def key_at(self, number: int) -> str:
        """The place of Alt+number, "" when there is none."""
        return self._places[number - 1].key if number <= len(self._places) else ""

    def set_compact(self, on: bool) -> None:
        """Icon over a short word, 80 wide; never icons alone."""
        self._compact = on
        self.setFixedWidth(theme.u(COMPACT_WIDTH if on else WIDTH))
        self._brand.setVisible(not on)
        beside = Qt.ToolButtonStyle.ToolButtonTextBesideIcon
        under = Qt.ToolButtonStyle.ToolButtonTextUnderIcon
        for at, place in enumerate(self._places):
            made = self._group.button(at)
            assert isinstance(made, QToolButton)
            made.setText((place.short or place.title) if on else f"  {place.title}")
            made.setToolButtonStyle(under if on else beside)
            made.setIconSize(QSize(theme.u(18), theme.u(18)))
            theme.repolish(made, compact=on)
