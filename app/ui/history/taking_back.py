"""Undoing an act and doing it again, from a button, a toast or the journal page."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication

from app.errors import AppError, Cancelled
from app.terms import ActKind
from app.ui import dialogs
from app.ui.context import Context
from app.ui.tasks import Task

if TYPE_CHECKING:
    # Services import SQLAlchemy, which takes longer than the window to paint.
    from app.services.history import ActLine

BIG = 300  # changed rows; more than that are put back by a task with its progress
Show = Callable[[], object]  # shows what there is afterwards, in place of the same page again
_UNDOING = "Hoàn tác: "


def named(act: "ActLine") -> str:
    """The act inside a sentence: "điểm danh buổi 13"; of an undoing, what it took back."""
    name = act.name.removeprefix(_UNDOING)
    return name[:1].lower() + name[1:]


def newest(context: Context) -> "ActLine | None":
    """The act this user has just done, for a toast that offers to take it back."""
    from app import journal
    from app.services import history

    with context.database.reading() as db:
        return history.next_undo(db, journal.head(db).number - 1)


def tell_done(context: Context, words: str) -> None:
    """Toast the success of the act just done; its button takes it back while that can be."""
    act = newest(context)
    if act is None or act.final_reason:
        context.toast(words)
    else:
        context.toast(words, "Hoàn tác", partial(take_back, context, act))


def take_back(context: Context, act: "ActLine", show: Show | None = None) -> None:
    """Undo the act and show the page again, or say in words why not."""
    _revert(context, act, ActKind.UNDO, show)


def do_again(context: Context, undoing: "ActLine") -> None:
    """Do again what an undoing took back, or say in words why not."""
    _revert(context, undoing, ActKind.REDO)


def _revert(context: Context, act: "ActLine", kind: ActKind, show: Show | None = None) -> None:
    """Write the act that reverts `act`; a big one as a task that can be stopped."""
    title = f"{kind.label}: {named(act)}"
    parent = QApplication.activeWindow()

    def work(task: Task | None = None) -> None:
        from app.journal import Act
        from app.services import history

        revert = history.undo if kind is ActKind.UNDO else history.redo
        with context.database.writing(Act(title, kind, undoes=act.id)) as db:
            revert(db, act.id)
            if task and task.cancelled:
                raise Cancelled(f"Đã dừng, chưa đổi gì: {named(act)}.")

    def done(_result: object) -> None:
        context.saved()
        (show or context.frame.reload)()
        _tell(context, act, kind)

    if act.changes > BIG:
        context.runner.run(parent, title, work, done, cancel=f"Dừng {kind.label.lower()}")
        return
    try:
        work()
    except AppError as error:
        dialogs.show_error(parent, error)
    else:
        done(None)


def _tell(context: Context, act: "ActLine", kind: ActKind) -> None:
    """Say what was done and offer the way back."""
    from app import journal
    from app.services import history

    if kind is ActKind.REDO:
        context.toast(f"Đã làm lại: {named(act)}.")
        return
    with context.database.reading() as db:
        undoing = history.next_redo(db, journal.head(db).number - 1)
    words = f"Đã hoàn tác: {named(act)}."
    if undoing:
        context.toast(words, "Làm lại", partial(do_again, context, undoing))
    else:
        context.toast(words)
