"""What can be wrong with a drawn screen: cut words, a window that grew, buttons without Tab."""

from collections.abc import Iterator

from PySide6.QtCore import QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QLabel,
    QPushButton,
    QTableView,
    QWidget,
)

from app.ui import theme
from app.ui.labels import ElidedLabel

LONGEST = 40  # letters of a label that must never be cut
SCROLL_SIDEWAYS = ("attendance_grid", "file_look")  # sessions of a long class, a look at a file
_FARTHEST = 150  # tab stops of a window


def cut(root: QWidget) -> Iterator[str]:
    """Labels and buttons that do not show all of their words."""
    for label in root.findChildren(QLabel):
        if _is_seen(label) and label.text() and not isinstance(label, ElidedLabel):
            if label.wordWrap() and label.height() + 1 < label.heightForWidth(label.width()):
                yield f"lines of “{label.text()}” are cut"
            short = len(label.text()) <= LONGEST and not label.wordWrap()
            if short and label.width() + 1 < label.sizeHint().width():
                yield f"“{label.text()}” has {label.width()} of {label.sizeHint().width()} px"
    for each in root.findChildren(QPushButton):
        if _is_seen(each) and each.width() + 1 < each.sizeHint().width():
            yield f"button “{each.text()}” has {each.width()} of {each.sizeHint().width()} px"


def grown(window: QWidget, wanted: QSize) -> Iterator[str]:
    """A window that could not be made as small as asked."""
    if window.size() != wanted:
        yield f"the window is {window.width()}×{window.height()}"


def scrolled(window: QWidget) -> Iterator[str]:
    """Lists with columns outside the window; sessions of a long class may lie outside."""
    for table in window.findChildren(QTableView):
        hidden = table.horizontalScrollBar().maximum()
        if _is_seen(table) and hidden and table.objectName() not in SCROLL_SIDEWAYS:
            yield f"{table.objectName()} has {hidden} px outside"


def too_high(dialog: QWidget, window: QWidget) -> Iterator[str]:
    """A dialog that does not fit over its window."""
    if dialog.height() > window.height() or dialog.width() > window.width():
        yield f"the dialog is {dialog.width()}×{dialog.height()}"


def without_tab(window: QWidget) -> Iterator[str]:
    """Buttons of a window that the Tab key never reaches."""
    missing = {
        each
        for each in window.findChildren(QAbstractButton)
        if _is_seen(each) and each.isEnabled() and each.focusPolicy() & Qt.FocusPolicy.TabFocus
    }
    start = QApplication.focusWidget()
    for _ in range(_FARTHEST):
        here = window.focusWidget() or window
        missing -= {each for each in missing if each is here} | _same_group(here)
        if not missing:
            break
        QTest.keyClick(here, Qt.Key.Key_Tab)
    if start:
        start.setFocus()
    yield from (f"Tab does not reach {_name(each)}" for each in missing)


def _same_group(widget: QWidget) -> set[QAbstractButton]:
    """Arrow keys lead on inside an exclusive group."""
    group = widget.group() if isinstance(widget, QAbstractButton) else None
    return set(group.buttons()) if group else set()


def _is_seen(widget: QWidget) -> bool:
    return widget.isVisible() and not widget.visibleRegion().isEmpty()


def _name(widget: QAbstractButton) -> str:
    return widget.objectName() or widget.text() or widget.accessibleName()


def client(width: int, height: int) -> QSize:
    """The inside of a window on a screen of that size."""
    return QSize(theme.u(width), theme.u(height))
