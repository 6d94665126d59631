"""The base of every page in the window."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from app.ui.landing import Landing

if TYPE_CHECKING:
    # The window is painted before dialogs and tasks are needed.
    from app.ui.context import Context


class Page(Landing):
    """One place of the window, made when it is first opened."""

    crumbs_changed = Signal()

    def __init__(self, context: "Context") -> None:
        super().__init__()
        self.context = context

    def show_for(self, *args: object) -> None:
        """Take the arguments of `context.open(place, *args)`; called before reload()."""

    def reload(self) -> None:
        """Read the data again: on opening, on coming back and on F5."""

    def crumb(self) -> str:
        """Words after the place's title in the breadcrumb, such as the name of a class."""
        return ""

    def may_leave(self) -> bool:
        """Whether the user may go elsewhere now; asks about unsaved input."""
        return True

    def set_compact(self, on: bool) -> None:
        """Take the narrow look of windows below 1360 px."""
