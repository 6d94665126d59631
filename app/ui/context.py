"""What every page is given: the database, the task runner and a few calls to the window."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from PySide6.QtWidgets import QWidget

from app.errors import AppError
from app.terms import ActKind, BackupKind, Permission
from app.ui import dialogs
from app.ui.progress import Steps
from app.ui.tasks import Task, TaskRunner

if TYPE_CHECKING:
    # SQLAlchemy takes longer to import than the window to paint.
    from app.database import Database
    from app.services.accounts import User

WidgetT = TypeVar("WidgetT", bound=QWidget)
_READING = frozenset(
    {
        Permission.READ,
        Permission.READ_OWN,
        Permission.SHOW_PERSONAL,
        Permission.EXPORT,
        Permission.READ_JOURNAL,
    }
)


class ReplaceFile(Protocol):
    """Puts another file in place of the open one."""

    def __call__(
        self,
        title: str,
        work: Callable[[Task], object],
        done: Callable[[Any], object],
        steps: Steps | None = None,
    ) -> None:
        """Run `work` while the file is closed; `done` gets its result when one is open again."""


class Frame(Protocol):
    """What pages may ask of the window around them."""

    def open(self, place: str, *args: object) -> bool:
        """Go to a place."""

    def back(self) -> None:
        """Go where the user came from."""

    def reload(self) -> None:
        """Read the data of the present page again."""

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

    @property
    def sign_in(self) -> "Callable[[User], None]":
        """What lets another user go on, with pages of their own."""

    def renew_copies(self) -> None:
        """Show the age of the newest copy again: there may be another."""

    @property
    def replace_file(self) -> ReplaceFile:
        """What puts another file in place of the open one."""


@dataclass(frozen=True)
class Context:
    """Handed to each page; holds no state of its own."""

    database: "Database"
    runner: TaskRunner
    frame: Frame

    @property
    def user(self) -> "User":
        """Who works at the program now; pages are made anew when that changes."""
        return self.database.user

    def may(self, *permissions: Permission) -> bool:
        """Whether one of these rights is the user's and, for a change, the file can be written."""
        return any(
            self.user.may(right) and (right in _READING or not self.database.read_only)
            for right in permissions
        )

    def gate(self, widget: WidgetT, *permissions: Permission) -> WidgetT:
        """Hide what the user's role can never do; a file opened to read only disables it."""
        if not any(self.user.may(right) for right in permissions):
            widget.hide()
        if not self.may(*permissions):
            widget.setEnabled(False)
            widget.setToolTip(self.database.read_only)
        return widget

    def look(self, name: str) -> None:
        """Journal that personal data were looked at; a file opened to read keeps no such note."""
        from app.journal import Act  # after the first paint

        if not self.database.read_only:
            with self.database.writing(Act(name, ActKind.LOOK)):
                pass

    def copy_first(self, parent: QWidget, kind: BackupKind, act: Callable[[], object]) -> None:
        """Take something away only after a verified copy of the file was made, on the lane."""
        from app import backups  # after the first paint

        def go_on(_copy: object) -> None:
            self.frame.renew_copies()
            act()

        path = self.database.path
        self.runner.run(
            parent,
            "Đang sao lưu",
            lambda task: backups.make(path, kind, task.progress),
            go_on,
            cancel="",
        )

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

    def replace_file(
        self,
        title: str,
        work: Callable[[Task], object],
        done: Callable[[Any], object],
        steps: Steps | None = None,
    ) -> None:
        """Close the file while `work` puts another in its place, such as a copy; begin anew.

        `work` runs as a task, with `steps` to show; `done` gets its result when the file is open
        again.
        """
        self.frame.replace_file(title, work, done, steps)

    @contextmanager
    def refusals(self, parent: QWidget) -> Iterator[None]:
        """Show a refusal inside the block as a dialog and go on after the block."""
        try:
            yield
        except AppError as error:
            dialogs.show_error(parent, error)
