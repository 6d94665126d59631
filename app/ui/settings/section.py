"""The base of the parts of the settings page."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from app.terms import Permission
from app.ui.context import Context

if TYPE_CHECKING:
    # Services import SQLAlchemy, which takes longer than the window to paint.
    from app.services.accounts import User


class Section(QWidget):
    """One part of the settings, made when it is first opened."""

    title = ""
    needs: tuple[Permission, ...] = ()
    """Rights of which one is needed to see the section; without any everybody sees it."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context

    @classmethod
    def is_for(cls, user: "User") -> bool:
        """Whether the user may see the section."""
        return not cls.needs or any(user.may(right) for right in cls.needs)

    def reload(self) -> None:
        """Read the data again; unsaved input stays."""

    def may_leave(self) -> bool:
        """Whether the user may go elsewhere now; asks about unsaved input."""
        return True

    def set_compact(self, on: bool) -> None:
        """Take the narrow look of windows below 1360 px."""
