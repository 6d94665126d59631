"""The workspace of one class: its head and seven tabs."""

from collections.abc import Callable
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QPoint
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout

from app.errors import RuleError
from app.terms import Permission
from app.ui import shortcuts, theme
from app.ui.buttons import button
from app.ui.classes.head import TABS, ClassHead
from app.ui.classes.papers_menu import PapersMenu
from app.ui.classes.steps import Steps
from app.ui.classes.tab import ClassTab
from app.ui.context import Context
from app.ui.page import Page

if TYPE_CHECKING:
    # Services import SQLAlchemy, which takes longer than the window to paint.
    from app.services.classes import ClassDetail

TabMaker = Callable[[Context], ClassTab]


def _info(context: Context) -> ClassTab:
    """Thông tin."""
    from app.ui.classes.info_tab import InfoTab

    return InfoTab(context)


def _timetable(context: Context) -> ClassTab:
    """Lịch học."""
    from app.ui.classes.timetable_tab import TimetableTab

    return TimetableTab(context)


def _roll(context: Context) -> ClassTab:
    """Học viên."""
    from app.ui.students.roll_tab import RollTab

    return RollTab(context)


def _attendance(context: Context) -> ClassTab:
    """Điểm danh."""
    from app.ui.attendance.tab import AttendanceTab

    return AttendanceTab(context)


def _results(context: Context) -> ClassTab:
    """Kết quả."""
    from app.ui.results.tab import ResultsTab

    return ResultsTab(context)


def _certificates(context: Context) -> ClassTab:
    """Chứng nhận."""
    from app.ui.certificates.tab import CertificatesTab

    return CertificatesTab(context)


def _dossier(context: Context) -> ClassTab:
    """Hồ sơ lớp."""
    from app.ui.reports.dossier_tab import DossierTab

    return DossierTab(context)


MAKERS: dict[str, TabMaker] = {
    "info": _info,
    "timetable": _timetable,
    "roll": _roll,
    "attendance": _attendance,
    "results": _results,
    "certificates": _certificates,
    "dossier": _dossier,
}


OWN_TABS = ("attendance",)  # of a lecturer who is nothing else


class ClassPage(Page):
    """One class; a tab is made when it is first opened and read whenever it comes forward."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.class_id = 0
        self._detail: ClassDetail | None = None
        self._tabs: dict[str, ClassTab] = {}
        self._compact = False
        self.setObjectName("class_page")
        self._keys = OWN_TABS if context.user.is_only_lecturer else tuple(TABS)
        self.head = ClassHead(self._keys)
        self._stack = QStackedWidget()
        self._papers = PapersMenu(self, context)
        self._print = button("In", "quiet", "printer", name="print", shortcut="print")
        self._print.clicked.connect(self._open_papers)
        self.head.add_action(context.gate(self._print, Permission.EXPORT))
        self._steps = Steps(self, context, self.open_tab, self.reload)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addWidget(self._stack, 1)
        self._connect()

    def _connect(self) -> None:
        """Tabs by mouse and keys, steps, printing."""
        self.head.tab_asked.connect(self.open_tab)
        self.head.stepper.step_clicked.connect(self._step_clicked)
        shortcuts.bind(self, "next_tab", lambda: self.open_tab(self.head.neighbour(1)))
        shortcuts.bind(self, "previous_tab", lambda: self.open_tab(self.head.neighbour(-1)))
        self._print_key = shortcuts.bind(self, "print", self._open_papers)

    # tabs ----------------------------------------------------------------------
    def tab(self) -> ClassTab | None:
        """The open tab."""
        return cast(ClassTab | None, self._stack.currentWidget())

    def open_tab(self, key: str) -> bool:
        """Bring a tab forward and read it, unless the present one has reason to stay."""
        present = self.tab()
        if present is not None and present is not self._tabs.get(key) and not present.may_leave():
            self.head.mark_tab(self._key_of(present))
            return False
        self._bring(key)
        with self.context.refusals(self):
            self._read_tab()
        if not self.head.has_keyboard():
            self.take_keyboard()
        return True

    def _bring(self, key: str) -> None:
        """Make the tab the first time and put it on top."""
        if key not in self._tabs:
            made = MAKERS[key](self.context)
            made.set_compact(self._compact)
            made.changed.connect(self._renew_head)
            self._tabs[key] = made
            self._stack.addWidget(made)
        tab = self._tabs[key]
        self._stack.setCurrentWidget(tab)
        self.head.mark_tab(key)
        self._print_key.setEnabled(tab.findChild(QShortcut, "shortcut_print") is None)

    def _read_tab(self) -> None:
        """Let the open tab read the class."""
        if tab := self.tab():
            if tab.class_id != self.class_id:
                tab.show_class(self.class_id)
            tab.reload()
            self.head.set_badge(self._key_of(tab), tab.badge())

    def _key_of(self, tab: ClassTab) -> str:
        """Key of a made tab."""
        return next(key for key, made in self._tabs.items() if made is tab)

    # head ------------------------------------------------------------------------
    def _renew_head(self) -> None:
        """Read what the head shows; a refusal is shown."""
        with self.context.refusals(self):
            self._read_head()

    def _read_head(self) -> None:
        """Read what the head shows."""
        from app.services import classes

        with self.context.database.reading() as db:
            self._detail = classes.class_detail(db, self.class_id)
        self.head.show_detail(self._detail)
        self._papers.show_class(self.class_id, self._detail.code)
        if tab := self.tab():
            self.head.set_badge(self._key_of(tab), tab.badge())
        self.crumbs_changed.emit()

    def _step_clicked(self, at: int) -> None:
        """Ask for the act behind a step."""
        if self._detail and not self.context.user.is_only_lecturer:
            self._steps.asked(self.class_id, self._detail.title, self._detail.status, at)

    def _open_papers(self) -> None:
        """The menu of papers, under its button."""
        self._papers.popup(self._print.mapToGlobal(QPoint(0, self._print.height() + theme.u(2))))

    def take_keyboard(self) -> None:
        """Where work begins in the open tab."""
        if tab := self.tab():
            tab.take_keyboard()

    # page ------------------------------------------------------------------------
    def show_for(self, *args: object) -> None:
        """Take the class and, if given, the tab."""
        class_id, *more = args
        assert isinstance(class_id, int)
        key = str(more[0]) if more else "info"
        if class_id != self.class_id:
            self.class_id = class_id
            for each in self._keys:
                self.head.set_badge(each, "")
        self._bring(key if key in self._keys else self._keys[0])
        part, tab = (more[1] if len(more) > 1 else None), self.tab()
        if tab is not None and isinstance(part, int):
            tab.show_class(class_id)
            tab.show_part(part)

    def reload(self) -> None:
        """Read head and tab again; from a class that was undone back to the list."""
        try:
            self._read_head()
        except RuleError:
            self.context.open("classes")
        else:
            self._read_tab()

    def crumb(self) -> str:
        """The class."""
        return self._detail.short_title if self._detail else ""

    def may_leave(self) -> bool:
        """Ask the open tab."""
        tab = self.tab()
        return tab is None or tab.may_leave()

    def set_compact(self, on: bool) -> None:
        """Head and tabs take the narrow look."""
        self._compact = on
        self.head.set_compact(on)
        for tab in self._tabs.values():
            tab.set_compact(on)
