"""The base of the parts of the settings page."""

from PySide6.QtWidgets import QWidget

from app.ui.context import Context


class Section(QWidget):
    """One part of the settings, made when it is first opened."""

    title = ""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context

    def reload(self) -> None:
        """Read the data again; unsaved input stays."""

    def may_leave(self) -> bool:
        """Whether the user may go elsewhere now; asks about unsaved input."""
        return True

    def set_compact(self, on: bool) -> None:
        """Take the narrow look of windows below 1360 px."""
