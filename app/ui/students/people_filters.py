"""Whom the list of people shows: what is typed, unit, programme, year, relation to the Party."""

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.terms import PartyStatus
from app.ui import theme
from app.ui.combo import Combo
from app.ui.search import SearchField

if TYPE_CHECKING:
    # Services import SQLAlchemy, which takes longer than the window to paint.
    from app.services.finding import Choices, Wanted

_WHAT = "Tên, chữ đầu (nvđ), đơn vị, số định danh, điện thoại…"
_UNIT, _WIDE_UNIT = 118, 170
_ALL = {
    "unit": "Mọi đơn vị",
    "programme": "Mọi chương trình",
    "year": "Mọi năm",
    "party": "Mọi người",
}


class PeopleFilters(QWidget):
    """The search field with four choices; `changed` after any of them."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.query = ""
        self.search = SearchField(_WHAT)
        self.search.setToolTip(f"{_WHAT} Không cần dấu.")
        self.search.searched.connect(self._type)
        self.unit, self.programme, self.year = Combo(), Combo(), Combo()
        self.party = Combo(
            [(None, _ALL["party"]), *((each, _party(each)) for each in reversed(PartyStatus))]
        )
        for combo, name in (
            (self.unit, "Đơn vị"),
            (self.programme, "Chương trình đã học"),
            (self.year, "Năm học"),
            (self.party, "Đối tượng"),
        ):
            combo.setAccessibleName(name)
            combo.setToolTip(name)
            combo.setMaxVisibleItems(20)
            combo.setMinimumContentsLength(4)
            combo.chosen.connect(lambda _key: self.changed.emit())
        for combo, key in ((self.unit, "unit"), (self.programme, "programme"), (self.year, "year")):
            combo.set_choices([(None, _ALL[key])])
        self._build()
        self.set_compact(False)

    def _build(self) -> None:
        first, second = QHBoxLayout(), QHBoxLayout()
        for line in (first, second):
            line.setSpacing(theme.u(8))
        first.addWidget(self.search, 1)
        first.addWidget(self.unit)
        for combo in (self.programme, self.year, self.party):
            second.addWidget(combo, 2 if combo is self.programme else 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.u(8))
        column.addLayout(first)
        column.addLayout(second)

    def set_compact(self, on: bool) -> None:
        """A narrow window leaves less to the name of the unit."""
        self.unit.setFixedWidth(theme.u(_UNIT if on else _WIDE_UNIT))

    def offer(self, choices: "Choices") -> None:
        """Offer what there is now."""
        self.unit.set_choices([(None, _ALL["unit"]), *choices.units])
        self.programme.set_choices([(None, _ALL["programme"]), *choices.programmes])
        self.year.set_choices(
            [(None, _ALL["year"]), *((year, f"Năm {year}") for year in choices.years)]
        )

    def _type(self, query: str) -> None:
        """Something was typed."""
        self.query = query
        self.changed.emit()

    def narrow_to(self, query: str = "", unit: int | None = None) -> None:
        """Begin anew with a query or a unit, without telling."""
        for combo in (self.programme, self.year, self.party):
            combo.set_key(None)
        self.unit.set_key(unit)
        self.query = query
        self.search.show_query(query)

    def clear(self) -> None:
        """Show everybody again."""
        self.narrow_to()
        self.changed.emit()

    @property
    def chosen(self) -> list[str]:
        """The words of the choices that narrow the list."""
        combos = (self.unit, self.programme, self.year, self.party)
        return [combo.currentText() for combo in combos if combo.key() is not None]

    def wanted(self, order: str, *, is_descending: bool) -> "Wanted":
        """What to ask for, in the order of a column."""
        from app.services.finding import Wanted
        from app.services.people_order import Order

        return Wanted(
            self.query,
            cast("int | None", self.unit.key()),
            cast("int | None", self.programme.key()),
            cast("int | None", self.year.key()),
            cast("PartyStatus | None", self.party.key()),
            Order(order),
            is_descending=is_descending,
        )


def _party(status: PartyStatus) -> str:
    return status.label if status is PartyStatus.NONE else f"Đảng viên {status.label.lower()}"
