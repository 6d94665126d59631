"""The field of a unit: known ones are offered below it, so that one is not written twice."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QWidget

from app import text
from app.ui import theme
from app.ui.buttons import button
from app.ui.context import Context
from app.ui.fields import TextField
from app.ui.keyboard import is_enter
from app.ui.labels import label

_SETTLE_MS = 250
_MOST = 3
_NEW = "Đơn vị mới: sẽ thêm vào danh sách đơn vị."


class UnitField(TextField):
    """Says once typing settles which known units may be meant, or that the unit is new."""

    def __init__(self, context: Context) -> None:
        super().__init__("unit", "Đơn vị / chi bộ")
        self._context = context
        self._asked = ""
        self.offers = Offers()
        self.offers.taken.connect(self._take)
        self.column.insertWidget(2, self.offers)
        self._settle = QTimer(self, singleShot=True, interval=_SETTLE_MS)
        self._settle.timeout.connect(self.look)
        self.line.textChanged.connect(lambda _text: self._settle.start())

    def look(self) -> None:
        """Ask which units are like the typed one, unless it is a known one."""
        from app.services import workplaces

        typed = text.clean(self.line.text())
        if typed == self._asked:
            return
        self._asked = typed
        self.offers.clear()
        if not typed:
            return
        with self._context.refusals(self), self._context.database.reading() as db:
            if not workplaces.resolved(db, [typed]):
                self.offers.show_names(workplaces.alike(db, typed, _MOST))

    def fill(self, value: object) -> None:
        """Write a value; what was asked before may be known by now."""
        super().fill(value)
        self._asked = ""
        self.offers.clear()
        self._settle.start()

    def _take(self, name: str) -> None:
        """Write the unit that was chosen, and go on."""
        self.line.setText(name)
        self.look()
        self.line.setFocus()
        self.focusNextPrevChild(True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes past the offers, which are taken on purpose only."""
        if is_enter(event):
            self.offers.give_keyboard_to_last()
        super().keyPressEvent(event)


class Offers(QWidget):
    """One line that keeps its room: as many units as fit, or the note that there is none."""

    taken = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._names: Sequence[str] = ()
        self._note = label(_NEW, "note")
        self._note.setObjectName("unit_is_new")
        self._links = [self._link(at) for at in range(_MOST)]
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.u(12))
        for each in (self._note, *self._links):
            row.addWidget(each)
        row.addStretch(1)
        self.setFixedHeight(self._links[0].sizeHint().height())
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.clear()

    def _link(self, at: int) -> QPushButton:
        """The place of one unit."""
        made = button("", "link", name=f"use_unit_{at}")
        made.clicked.connect(lambda: self.taken.emit(self._names[at]))
        return made

    def clear(self) -> None:
        """Say nothing."""
        self._names = ()
        for each in (self._note, *self._links):
            each.hide()

    def show_names(self, names: Sequence[str]) -> None:
        """Offer units; none means that the typed one is new."""
        self._names = names
        self._note.setVisible(not names)
        self._fit()

    def give_keyboard_to_last(self) -> None:
        """Stand on the last offer, so that a step leads past them."""
        if shown := [each for each in self._links if each.isVisible()]:
            shown[-1].setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show what fits now."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """The first in any case, the others where there is room."""
        left = self.width()
        for at, (link, name) in enumerate(zip(self._links, self._names, strict=False)):
            _write(link, f"Dùng: {name}", self.width())
            link.setToolTip(name)
            left -= link.sizeHint().width()
            link.setVisible(not at or left >= 0)
            left -= theme.u(12)


def _write(link: QPushButton, words: str, room: int) -> None:
    """Cut the words in the middle where they need more room; their & stands for no key."""
    link.setText(words.replace("&", "&&"))
    over = link.sizeHint().width() - room
    if over > 0:
        metrics = link.fontMetrics()
        width = metrics.horizontalAdvance(words) - over
        cut = metrics.elidedText(words, Qt.TextElideMode.ElideMiddle, width)
        link.setText(cut.replace("&", "&&"))
