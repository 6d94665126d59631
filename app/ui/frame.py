"""The frame of the window: side bar, breadcrumb, banner line, pages, status, toasts."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QVBoxLayout, QWidget

from app.ui import memory, shortcuts, theme
from app.ui.bars import StatusBar, TopBar
from app.ui.page import Page
from app.ui.page_stack import PageStack
from app.ui.side_bar import Place, SideBar

if TYPE_CHECKING:
    # The window is painted first; these are imported when they are needed.
    from app.database import Database
    from app.services.accounts import User
    from app.ui.banner_line import BannerLine
    from app.ui.context import Context, ReplaceFile
    from app.ui.messages import Toast
    from app.ui.tasks import TaskRunner

PRODUCT = "Sổ Lớp"
COMPACT_BELOW = 1360
Visit = tuple[str, tuple[object, ...]]


class MainWindow(QMainWindow):
    """The window; it can be shown before there is a database, `begin` then opens the first page."""

    painted = Signal()  # once, when the window is on the screen: heavy imports begin here
    compact_changed = Signal(bool)
    centre_changed = Signal()
    copies_changed = Signal()
    things_changed = Signal()  # something was written, or the page may show something else

    before_close: Callable[[], bool]  # False: not yet, it will be closed again
    replace_file: "ReplaceFile"  # set with the opened file
    sign_in: "Callable[[User], None]"  # set with the opened file

    def __init__(self, places: Sequence[Place]) -> None:
        super().__init__()
        self._places = places
        self._visits: list[Visit] = []
        self._context: Context | None = None
        self._toast: Toast | None = None
        self._banners: BannerLine | None = None
        self._compact = False
        self._is_painted = False
        self._is_unsaved = False
        self.before_close = lambda: True
        self.setWindowTitle(PRODUCT)
        self.setMinimumSize(900, 540)
        self._build()
        self.side_bar.set_places([place for place in places if not place.unless])

    def _build(self) -> None:
        """Lay out the parts."""
        self.side_bar, self.top_bar, self.status_bar = SideBar(), TopBar(), StatusBar()
        self._pages = PageStack()
        self._pages.crumbs_changed.connect(self._show_crumbs)
        self._right = QWidget()
        self._column = QVBoxLayout(self._right)
        middle = QWidget()
        row, outer = QHBoxLayout(middle), QVBoxLayout()
        for layout in (row, outer, self._column):
            layout.setContentsMargins(0, 0, 0, 0)
            layout.setSpacing(0)
        self._column.addWidget(self.top_bar)
        self._column.addWidget(self._pages, 1)
        outer.addWidget(self._right, 1)
        outer.addWidget(self.status_bar)
        row.addWidget(self.side_bar)
        row.addLayout(outer, 1)
        self.setCentralWidget(middle)

    def _bind_keys(self) -> None:
        """Keys and clicks that go to places; there is nowhere to go before there is a database."""
        self.side_bar.chosen.connect(lambda key: self.open(key))
        self.top_bar.crumb_clicked.connect(lambda _at: self._open_parent())
        for number in range(1, 8):
            shortcuts.bind(self, f"place_{number}", partial(self._open_number, number))
        shortcuts.bind(self, "back", self.back)
        shortcuts.bind(self, "reload", self.reload)

    # start and end -----------------------------------------------------------
    def set_centre(self, name: str, place: str) -> None:
        """Show whose program this is."""
        self.side_bar.set_centre(name, place)
        self.setWindowTitle(f"{PRODUCT} – {place or name}" if name else PRODUCT)

    def begin(self, database: "Database", runner: "TaskRunner", place: str) -> None:
        """Take the opened database and go to the first page; again for another user or file.

        A user who has nothing to do at `place` begins at the first place of the side bar.
        """
        # Dialogs and tasks come after the first paint.
        from app.ui.context import Context
        from app.ui.history.undo import UndoButtons

        if not self._context:
            self._bind_keys()
        self._context = Context(database, runner, self)
        self.drop_pages()
        places = [each for each in self._places if each.is_for(database.user)]
        self._pages.set_places(places)
        self.side_bar.set_places(places)
        tools = UndoButtons(self._context)
        self.things_changed.connect(tools.refresh)
        self.top_bar.set_tools(tools)
        here = place if place in self._pages.places else self.side_bar.key_at(1)
        if here:
            self.open(here)

    @property
    def is_unsaved(self) -> bool:
        """Whether something typed is not written yet."""
        return self._is_unsaved

    def drop_pages(self) -> None:
        """Let go of every page and of what was typed into them, unasked."""
        self._pages.drop()
        self._visits.clear()
        self._is_unsaved = False

    def show_remembered(self) -> None:
        """Show as it was left; maximised the first time."""
        kept = memory.recall("window/geometry")
        if kept:
            self.restoreGeometry(QByteArray.fromHex(kept.encode()))
            self.show()
        else:
            self.resize(theme.u(COMPACT_BELOW), theme.u(720))  # not narrow first, then wide
            self.showMaximized()

    # places --------------------------------------------------------------------
    def page(self) -> Page | None:
        """The page that is shown."""
        return self._pages.page()

    def place(self) -> str:
        """Key of the place that is shown."""
        return self._visits[-1][0] if self._visits else ""

    def open(self, place: str, *args: object) -> bool:
        """Go to a place unless it is not this user's or the present page has reason to stay."""
        if place not in self._pages.places or not self.may_leave():
            return False
        visit = (place, args)
        if not self._visits or self._visits[-1] != visit:
            self._visits.append(visit)
        self._show(visit)
        return True

    def back(self) -> None:
        """Go where the user came from."""
        if len(self._visits) > 1 and self.may_leave():
            self._visits.pop()
            self._show(self._visits[-1])

    def reload(self) -> None:
        """Read the data of the present page again."""
        page = self.page()
        if page and self._context:
            with self._context.refusals(self):
                page.reload()
            self._show_crumbs()

    def may_leave(self) -> bool:
        """Ask the present page; the side bar keeps its mark when it stays."""
        page = self.page()
        if page is None or page.may_leave():
            return True
        self._mark_place()
        return False

    def _open_number(self, number: int) -> None:
        """Go to the place of Alt+number."""
        if key := self.side_bar.key_at(number):
            self.open(key)

    def _open_parent(self) -> None:
        """Go to the place the breadcrumb begins with."""
        place = self._pages.places[self.place()]
        self.open(place.parent or place.key)

    def _show(self, visit: Visit) -> None:
        """Show a place, making its page the first time."""
        key, args = visit
        assert self._context is not None
        page = self._pages.turn_to(key, self._context)
        with self._context.refusals(self):
            page.show_for(*args)
            page.reload()
        self._mark_place()
        self._show_crumbs()
        page.take_keyboard()
        self.things_changed.emit()

    def _mark_place(self) -> None:
        """Mark the place, or its parent, in the side bar."""
        place = self._pages.places[self.place()]
        self.side_bar.mark(place.parent or place.key)

    def _show_crumbs(self) -> None:
        """Show the way to the present page."""
        places = self._pages.places
        place, page = places[self.place()], self.page()
        crumb = page.crumb() if page else ""
        if place.parent in places:
            words = [places[place.parent].title, crumb or place.title]
        else:
            words = [place.title, crumb] if crumb else [place.title]
        self.top_bar.show_crumbs(words)

    # messages --------------------------------------------------------------------
    @property
    def banners(self) -> "BannerLine":
        """The line under the top bar, made when there is first something to say."""
        if self._banners is None:
            from app.ui.banner_line import BannerLine  # after the first paint

            self._banners = BannerLine()
            self._column.insertWidget(1, self._banners)
        return self._banners

    def saved(self) -> None:
        """Tell that everything is written."""
        from datetime import datetime  # after the first paint

        self._is_unsaved = False
        self.status_bar.saved(datetime.now().astimezone())
        self.things_changed.emit()

    def renew_centre(self) -> None:
        """Show the centre's name again: it may have changed."""
        self.centre_changed.emit()

    def renew_copies(self) -> None:
        """Show the age of the newest copy again: there may be another."""
        self.copies_changed.emit()

    def unsaved(self) -> None:
        """Tell that something typed is not written yet."""
        self._is_unsaved = True
        self.status_bar.unsaved()

    def toast(
        self, text: str, action_text: str = "", action: Callable[[], object] | None = None
    ) -> None:
        """Tell about an undoable success; a newer one takes the place of the older."""
        from app.ui.messages import Toast  # after the first paint

        if self._toast:
            self._toast.deleteLater()
        self._toast = Toast(self._right, text, action_text, action)
        self._toast.pop_up()

    # what Qt asks ------------------------------------------------------------------
    def paintEvent(self, event: QPaintEvent) -> None:
        """Tell once that the window is on the screen."""
        super().paintEvent(event)
        if not self._is_painted:
            self._is_painted = True
            QTimer.singleShot(0, self.painted.emit)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Change between the wide and the narrow look."""
        super().resizeEvent(event)
        compact = event.size().width() < theme.u(COMPACT_BELOW)
        if compact != self._compact:
            self._compact = compact
            self.side_bar.set_compact(compact)
            self._pages.set_compact(compact)
            self.compact_changed.emit(compact)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Ask about unsaved input, keep the window's place, end the running work."""
        if not self.may_leave() or not self.before_close():
            event.ignore()
            return
        geometry = bytes(self.saveGeometry().toHex().data()).decode()
        memory.remember("window/geometry", geometry)
        if self._context:
            self._context.runner.shut_down()
        super().closeEvent(event)
