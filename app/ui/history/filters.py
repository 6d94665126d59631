"""Which acts the journal page lists: words, who, what kind, of what, from a day to a day."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from app import dates
from app.errors import InputError
from app.terms import ActKind, RecordKind
from app.ui import theme
from app.ui.combo import Combo
from app.ui.search import SearchField

if TYPE_CHECKING:
    # Services import SQLAlchemy, which takes longer than the window to paint.
    from app.services.history import ActFilter

_NARROW = 118  # design px
_ANY = 16_777_215  # px, what Qt calls no limit


class DayField(QLineEdit):
    """A day to begin or to end with; empty is any day."""

    changed = Signal()

    def __init__(self, name: str, words: str) -> None:
        super().__init__()
        self.day: date | None = None
        self.setObjectName(name)
        self.setPlaceholderText(words)
        self.setAccessibleName(words)
        self.setFixedWidth(theme.u(104))
        self.editingFinished.connect(self._read)

    def _read(self) -> None:
        """Take the day, or keep the old one and say what is wrong."""
        problem, found = "", None
        try:
            found = dates.parse_exact(self.text()) if self.text().strip() else None
        except InputError as error:
            problem = str(error)
        theme.repolish(self, bad=bool(problem))
        self.setToolTip(problem)
        if not problem:
            self.setText(dates.grid(found) if found else "")
            if found != self.day:
                self.day = found
                self.changed.emit()


class ActFilters(QWidget):
    """One row of fields; `changed` asks for another list."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.search = SearchField("Tìm việc, lý do, không cần dấu…")
        self.search.setObjectName("act_search")
        self.actor = Combo([("", "Mọi người")])
        self.actor.setAccessibleName("Lọc theo người làm")
        self.kind = Combo([(None, "Mọi loại việc"), *((kind, kind.label) for kind in ActKind)])
        self.kind.setAccessibleName("Lọc theo loại việc")
        self.record = Combo(
            [(None, "Mọi hồ sơ"), *((record, record.label) for record in RecordKind)]
        )
        self.record.setAccessibleName("Lọc theo loại hồ sơ")
        self._combos = (self.actor, self.kind, self.record)
        self.since = DayField("since", "từ ngày")
        self.until = DayField("until", "đến ngày")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.u(8))
        row.addWidget(self.search, 1)
        for each in (*self._combos, self.since, self.until):
            row.addWidget(each)
        self.search.searched.connect(lambda _query: self.changed.emit())
        for combo in self._combos:
            combo.chosen.connect(lambda _key: self.changed.emit())
        for day in (self.since, self.until):
            day.changed.connect(self.changed)

    def set_compact(self, on: bool) -> None:
        """Narrow window: narrower lists; open, they still show their words whole."""
        for combo in self._combos:
            combo.setMaximumWidth(theme.u(_NARROW) if on else _ANY)
            combo.view().setMinimumWidth(combo.sizeHint().width())

    def offer_actors(self, names: Sequence[str]) -> None:
        """Everybody who has done something; without users there is nobody to choose from."""
        self.actor.set_choices([("", "Mọi người"), *((name, name) for name in names)])
        self.actor.setVisible(len(names) > 1)

    def wanted(self, limit: int) -> "ActFilter":
        """What is asked for now."""
        from app.services.history import ActFilter

        kind, record = self.kind.key(), self.record.key()
        return ActFilter(
            actor=str(self.actor.key() or ""),
            since=self.since.day,
            until=self.until.day,
            kind=kind if isinstance(kind, ActKind) else None,
            record=record if isinstance(record, RecordKind) else None,
            query=self.search.query(),
            limit=limit,
        )

    @property
    def is_narrow(self) -> bool:
        """Whether some acts may be left out."""
        chosen = any(combo.key() for combo in self._combos) or self.since.day or self.until.day
        return bool(chosen) or bool(self.search.query().strip())
