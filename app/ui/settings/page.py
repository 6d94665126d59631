"""Cài đặt: the centre, who signs, programmes, users, history, each behind a button."""

from functools import partial

from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QStackedWidget,
    QVBoxLayout,
)

from app.ui import theme
from app.ui.buttons import button
from app.ui.context import Context
from app.ui.history.journal_section import JournalSection
from app.ui.labels import rule
from app.ui.page import Page
from app.ui.settings.account_section import AccountSection
from app.ui.settings.backup_section import BackupSection
from app.ui.settings.centre_section import CentreSection
from app.ui.settings.programme_section import ProgrammeSection
from app.ui.settings.register_section import RegisterSection
from app.ui.settings.section import Section
from app.ui.settings.signatory_section import SignatorySection
from app.ui.settings.unit_section import UnitSection

_SECTIONS: dict[str, type[Section]] = {
    "centre": CentreSection,
    "signatories": SignatorySection,
    "programmes": ProgrammeSection,
    "units": UnitSection,
    "accounts": AccountSection,
    "backups": BackupSection,
    "journal": JournalSection,
    "registers": RegisterSection,
}


class SettingsPage(Page):
    """Sub-navigation and the section it shows."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._made: dict[str, Section] = {}
        self._key = next(key for key, each in _SECTIONS.items() if each.is_for(context.user))
        self._compact = False
        self._buttons = QButtonGroup(self)
        self._stack = QStackedWidget()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._navigation())
        row.addWidget(rule(vertical=True))
        row.addWidget(self._stack, 1)

    def _navigation(self) -> QFrame:
        """One checkable button per section."""
        side = QFrame()
        side.setAutoFillBackground(True)
        palette = side.palette()
        palette.setColor(QPalette.ColorRole.Window, theme.colour("surface"))
        side.setPalette(palette)
        side.setFixedWidth(theme.u(179))
        column = QVBoxLayout(side)
        column.setContentsMargins(0, theme.u(8), 0, 0)
        column.setSpacing(theme.u(1))
        for at, (key, section) in enumerate(_SECTIONS.items()):
            made = button(section.title, name=f"section_{key}")
            made.setProperty("sub", True)
            made.setCheckable(True)
            made.clicked.connect(partial(self.open_section, key))
            made.setHidden(not section.is_for(self.context.user))
            self._buttons.addButton(made, at)
            column.addWidget(made)
        column.addStretch(1)
        return side

    def section(self) -> Section:
        """The section that is shown, made when it is first asked for."""
        if self._key not in self._made:
            made = _SECTIONS[self._key](self.context)
            made.set_compact(self._compact)
            self._made[self._key] = made
            self._stack.addWidget(made)
        return self._made[self._key]

    def open_section(self, key: str) -> None:
        """Go to a section unless the present one has reason to stay."""
        if key != self._key and self.section().may_leave():
            self._key = key
        self.reload()
        self.crumbs_changed.emit()

    def show_for(self, *args: object) -> None:
        """`args` may name the section by its key."""
        if args and args[0] in _SECTIONS:
            self._key = str(args[0])

    def reload(self) -> None:
        """Read the data of the section that is shown."""
        shown = self.section()
        self._stack.setCurrentWidget(shown)
        self._button().setChecked(True)
        with self.context.refusals(self):
            shown.reload()

    def take_keyboard(self) -> None:
        """Begin at the section that is shown."""
        self._button().setFocus()

    def _button(self) -> QAbstractButton:
        """The way to the section that is shown."""
        return self._buttons.button(list(_SECTIONS).index(self._key))

    def crumb(self) -> str:
        """The section's title."""
        return _SECTIONS[self._key].title

    def may_leave(self) -> bool:
        """Ask the section about unsaved input."""
        return self.section().may_leave()

    def set_compact(self, on: bool) -> None:
        """Pass the narrow look on."""
        self._compact = on
        for section in self._made.values():
            section.set_compact(on)
