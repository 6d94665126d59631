"""What every tab of the class workspace is."""

from PySide6.QtCore import Signal

from app.ui.context import Context
from app.ui.landing import Landing


class ClassTab(Landing):
    """One tab of the class workspace: shows one class and may change it."""

    changed = Signal()
    """Something the header or a badge shows has changed; the workspace reads it again."""

    def __init__(self, context: Context) -> None:
        """Remember the context; widgets are built by the subclass."""
        super().__init__()
        self.context = context
        self.class_id = 0

    def show_class(self, class_id: int) -> None:
        """Turn to another class; `reload` follows."""
        self.class_id = class_id

    def show_part(self, part: int) -> None:
        """Begin at a part of the class, such as a session; `reload` follows."""

    def reload(self) -> None:
        """Read what is shown again (F5, after a change elsewhere)."""

    def may_leave(self) -> bool:
        """Whether the page may be left; a dirty form asks first."""
        return True

    def set_compact(self, on: bool) -> None:
        """Give way in a narrow window (< 1360 logical px)."""

    def badge(self) -> str:
        """A count for the tab's label; nothing when empty."""
        return ""
