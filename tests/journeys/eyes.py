"""What the clerk sees: the open tab, the words of a widget, what the file holds."""

from PySide6.QtWidgets import QLabel, QWidget

from app.services import attendance, classes
from app.terms import ClassStatus
from app.ui.classes.head import TABS
from app.ui.classes.tab import ClassTab
from app.ui.classes.workspace import ClassPage
from tests.journeys.clerk import Clerk

CLASS_ID = 1  # the first class of a new file


def go_to(clerk: Clerk, key: str) -> ClassTab:
    """Ctrl+PgDn until the tab is there."""
    page = clerk.page(ClassPage)
    for _ in TABS:
        if page.head.key() == key:
            break
        clerk.press("Ctrl+PgDown")
        clerk.settle()
    tab = page.tab()
    assert tab
    return tab


def status_of(clerk: Clerk) -> ClassStatus:
    with clerk.context.database.reading() as db:
        return classes.class_detail(db, CLASS_ID).status


def attendance_of(clerk: Clerk) -> object:
    with clerk.context.database.reading() as db:
        return attendance.grid(db, CLASS_ID).marks


def text_of(widget: QWidget, name: str) -> str:
    found = widget.findChild(QLabel, name)
    assert found
    return found.text()
