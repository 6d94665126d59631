"""Undo and redo in the top bar: two buttons and Ctrl+Z, Ctrl+Y."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QToolButton,
    QWidget,
)

from app.ui import shortcuts, theme
from app.ui.buttons import icon_button
from app.ui.context import Context
from app.ui.history import taking_back

if TYPE_CHECKING:
    # Services import SQLAlchemy, which takes longer than the window to paint.
    from app.services.accounts import User
    from app.services.history import ActLine

SETTLE_MS = 120  # after the last write


class UndoButtons(QWidget):
    """What this user did since signing in, step by step back and forth again."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.setObjectName("undo_buttons")
        self._context = context
        self._user: User | None = None
        self._since = 0
        self._undo: ActLine | None = None
        self._redo: ActLine | None = None
        self.undo_button = icon_button("undo-2", "Hoàn tác", name="undo")
        self.redo_button = icon_button("redo-2", "Làm lại", name="redo")
        self.undo_button.clicked.connect(self.undo)
        self.redo_button.clicked.connect(self.redo)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.u(8))
        for each in (self.undo_button, self.redo_button):
            row.addWidget(each)
        for name, act in (("undo", self.undo), ("redo", self.redo)):
            key = shortcuts.bind(self, name, act)
            key.setContext(Qt.ShortcutContext.WindowShortcut)
        _TextKeys(self)
        self._soon = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self._soon.timeout.connect(self.read)
        self.read()

    def refresh(self) -> None:
        """Something was written: soon ask what comes next; a key of a grid does not wait for it."""
        self._soon.start()

    def read(self) -> None:
        """Ask the journal what this user can take back and do again."""
        from app import journal
        from app.services import history

        self._soon.stop()
        with self._context.database.reading() as db:
            if self._user != self._context.user:
                self._user, self._since = self._context.user, journal.head(db).number
            self._undo = history.next_undo(db, self._since)
            self._redo = history.next_redo(db, self._since)
        self._show(self.undo_button, "Hoàn tác", "undo", self._undo)
        self._show(self.redo_button, "Làm lại", "redo", self._redo)

    def _show(self, shown: QToolButton, verb: str, key: str, act: "ActLine | None") -> None:
        """Name the step in the tooltip."""
        read_only = self._context.database.read_only
        words = f"{verb}: {taking_back.named(act)}" if act else f"Chưa có gì để {verb.lower()}"
        if act and key == "undo" and act.final_reason:
            words = f"Không hoàn tác được: {taking_back.named(act)}"
        shown.setEnabled(act is not None and not read_only)
        shown.setToolTip(read_only or shortcuts.tooltip(words, key))
        shown.setAccessibleName(words)

    def undo(self) -> None:
        """Take the newest act back; what cannot be is said in words."""
        self.read()
        if self.undo_button.isEnabled() and self._undo:
            taking_back.take_back(self._context, self._undo)
            self.read()

    def redo(self) -> None:
        """Do the newest undone act again."""
        self.read()
        if self.redo_button.isEnabled() and self._redo:
            taking_back.do_again(self._context, self._redo)
            self.read()


class _TextKeys(QObject):
    """Hands Ctrl+Z on to the window where a text field has nothing to undo itself.

    Qt's text fields keep the keys in any case, so that nothing at all would happen.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._follow)

    def _follow(self, _old: QWidget | None, now: QWidget | None) -> None:
        """Watch the field that has the keyboard; watching it twice is the same as once."""
        if isinstance(now, QLineEdit | QPlainTextEdit | QTextEdit):
            now.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Leave a key alone that the field could do nothing with."""
        if event.type() != QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
            return False
        can_undo, can_redo = _steps_of(watched)
        unused = (event.matches(QKeySequence.StandardKey.Undo) and not can_undo) or (
            event.matches(QKeySequence.StandardKey.Redo) and not can_redo
        )
        if unused:
            event.ignore()
        return unused


def _steps_of(field: QObject) -> tuple[bool, bool]:
    """Whether a text field has typing to take back, and taken back typing."""
    if isinstance(field, QLineEdit):
        return field.isUndoAvailable(), field.isRedoAvailable()
    if isinstance(field, QPlainTextEdit | QTextEdit):
        return field.document().isUndoAvailable(), field.document().isRedoAvailable()
    return False, False
