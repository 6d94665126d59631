"""Where the keyboard begins in a page or a tab."""

from PySide6.QtWidgets import QWidget


class Landing(QWidget):
    """Hands the keyboard to one of its widgets.

    A focus proxy would do that too, but then Tab jumps over everything before the proxy.
    """

    _landing: QWidget | None = None

    def land_on(self, widget: QWidget) -> None:
        """Let the keyboard begin in this widget."""
        self._landing = widget

    def take_keyboard(self) -> None:
        """Put the keyboard where work begins."""
        if self._landing:
            self._landing.setFocus()
