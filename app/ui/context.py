"""What every page is given: the database, the task runner and a few calls to the window."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from PySide6.QtWidgets import QWidget

from app.errors import AppError
from app.ui import dialogs
from app.ui.tasks import TaskRunner

if TYPE_CHECKING:
    # SQLAlchemy takes longer to import than the window to paint.
    from app.database import Database


class Frame(Protocol):
    """What pages may ask of the window around them."""

    def open(self, place: str, *args: object) -> bool:
        """Go to a place."""

    def back(self) -> None:
        """Go where the user came from."""

    def saved(self) -> None:
        """Tell that everything is written."""

    def unsaved(self) -> None:
        """Tell that something typed is not written yet."""

    def toast(
        self, text: str, action_text: str = "", action: Callable[[], object] | None = None
    ) -> None:
        """Tell about an undoable success."""

    def renew_centre(self) -> None:
        """Show the centre's name again: it may have changed."""


@dataclass(frozen=True)
class Context:
    """Handed to each page; holds no state of its own."""

    database: "Database"
    runner: TaskRunner
    frame: Frame

    def open(self, place: str, *args: object) -> bool:
        """Go to a place, such as open("class", class_id, "attendance")."""
        return self.frame.open(place, *args)

    def back(self) -> None:
        """Go where the user came from."""
        self.frame.back()

    def saved(self) -> None:
        """Show "Đã lưu lúc 08:12"."""
        self.frame.saved()

    def unsaved(self) -> None:
        """Show "Có thay đổi chưa lưu"."""
        self.frame.unsaved()

    def toast(
        self, text: str, action_text: str = "", action: Callable[[], object] | None = None
    ) -> None:
        """Tell about an undoable success."""
        self.frame.toast(text, action_text, action)

    @contextmanager
    def refusals(self, parent: QWidget) -> Iterator[None]:
        """Show a refusal inside the block as a dialog and go on after the block."""
        try:
            yield
        except AppError as error:
            dialogs.show_error(parent, error)
