"""The pages of the window, each made when it is first opened."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget

from app.ui.page import Page
from app.ui.side_bar import Place

if TYPE_CHECKING:
    # The window is painted before dialogs and tasks are needed.
    from app.ui.context import Context


class PageStack(QStackedWidget):
    """One page a place, all dropped when another user comes."""

    crumbs_changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.places: dict[str, Place] = {}
        self._pages: dict[str, Page] = {}
        self._is_compact = False

    def set_places(self, places: Sequence[Place]) -> None:
        """Drop every page and offer these places."""
        self.drop()
        self.places = {place.key: place for place in places}

    def drop(self) -> None:
        """Let go of all pages, of what was typed into them too."""
        for page in self._pages.values():
            self.removeWidget(page)
            page.hide()
            page.deleteLater()
        self._pages = {}

    def page(self) -> Page | None:
        """The page that is shown."""
        shown = self.currentWidget()
        return shown if isinstance(shown, Page) else None

    def turn_to(self, key: str, context: "Context") -> Page:
        """Show the page of a place."""
        if key not in self._pages:
            page = self.places[key].factory(context)
            page.crumbs_changed.connect(self.crumbs_changed)
            page.set_compact(self._is_compact)
            self._pages[key] = page
            self.addWidget(page)
        self.setCurrentWidget(self._pages[key])
        return self._pages[key]

    def set_compact(self, on: bool) -> None:
        """Pass the narrow look on, also to pages that are made later."""
        self._is_compact = on
        for page in self._pages.values():
            page.set_compact(on)
