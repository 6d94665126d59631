"""The side bar: the centre's name and the places of the window."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QLabel,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from app.terms import Permission
from app.ui import icons, shortcuts, theme
from app.ui.buttons import ToolButton
from app.ui.labels import show_data

if TYPE_CHECKING:
    # The window is painted before dialogs and tasks are needed.
    from app.services.accounts import User
    from app.ui.context import Context
    from app.ui.page import Page

WIDTH, COMPACT_WIDTH, ICON = 188, 80, 18


class Place(NamedTuple):
    """Somewhere to go; a place with a `parent` is not in the side bar and marks its parent.

    It is there for whoever has one of the `rights`, none meaning everybody, and lacks `unless`.
    """

    key: str
    title: str
    icon: str
    factory: "Callable[[Context], Page]"
    parent: str = ""
    short: str = ""
    rights: tuple[Permission, ...] = ()
    unless: Permission | None = None

    def is_for(self, user: "User") -> bool:
        """Whether this user ever has something to do there."""
        if self.unless and user.may(self.unless):
            return False
        return not self.rights or any(user.may(right) for right in self.rights)


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
        self._name, self._place = QLabel(), QLabel()
        self._name.setObjectName("brand_name")
        self._place.setObjectName("brand_place")
        self._brand = QWidget()
        brand = QVBoxLayout(self._brand)
        brand.setContentsMargins(theme.u(16), theme.u(8), theme.u(6), theme.u(10))
        brand.setSpacing(0)
        for line in (self._name, self._place):
            line.setWordWrap(True)
            brand.addWidget(line)
        self._column.addWidget(self._brand)
        self._column.addStretch(1)
        self._compact = False
        self.setFixedWidth(theme.u(WIDTH))

    def set_centre(self, name: str, place: str) -> None:
        """Show whose program this is: "TRUNG TÂM CHÍNH TRỊ", "Xã An Bình"."""
        show_data(self._name, name)
        show_data(self._place, place)

    def set_places(self, places: Sequence[Place]) -> None:
        """Show these places, those inside others left out."""
        wanted = [place for place in places if not place.parent]
        if wanted == self._places:
            return
        for made in self._group.buttons():
            self._group.removeButton(made)
            made.hide()
            made.deleteLater()
        self._places = []
        for place in wanted:
            self._add(place)

    def _add(self, place: Place) -> None:
        """Add a place below the others."""
        made = ToolButton()
        made.setObjectName(f"place_{place.key}")
        made.setProperty("place", True)
        made.setCheckable(True)
        made.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        made.setAccessibleName(place.title)
        made.setIconSize(QSize(theme.u(ICON), theme.u(ICON)))
        at = len(self._places)
        made.setToolTip(shortcuts.tooltip(place.title, f"place_{at + 1}"))
        made.clicked.connect(lambda: self.chosen.emit(place.key))
        self._places.append(place)
        self._group.addButton(made, at)
        self._column.insertWidget(self._column.count() - 1, made)
        self._look(at)
        if self._compact:
            theme.repolish(made, compact=True)

    def mark(self, key: str) -> None:
        """Show which place is current."""
        for at, place in enumerate(self._places):
            self._group.button(at).setChecked(place.key == key)
            self._look(at)

    def key_at(self, number: int) -> str:
        """The place of Alt+number, "" when there is none."""
        return self._places[number - 1].key if number <= len(self._places) else ""

    def set_compact(self, on: bool) -> None:
        """Icon over a short word, 80 wide; never icons alone."""
        if on == self._compact:
            return
        self._compact = on
        self.setFixedWidth(theme.u(COMPACT_WIDTH if on else WIDTH))
        self._brand.setVisible(not on)
        for at in range(len(self._places)):
            self._look(at)
            theme.repolish(self._group.button(at), compact=on)

    def _look(self, at: int) -> None:
        """Words and icon of a place; where the icon stands is said in the style sheet."""
        place, made = self._places[at], self._group.button(at)
        made.setText((place.short or place.title) if self._compact else f"  {place.title}")
        token = "primary" if made.isChecked() else "text2"
        made.setIcon(QIcon(icons.pixmap(place.icon, token, ICON)))
