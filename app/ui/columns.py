"""Declared table columns: what a row shows, how it sorts, how it looks."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, TypeVar

from PySide6.QtCore import Qt

from app import dates, numbers, text
from app.dates import PartialDate
from app.ui.chips import ChipLook

Row = TypeVar("Row")
SortKey = Any  # anything comparable with <; None and "" are empty and come last

LEFT = Qt.AlignmentFlag.AlignLeft
RIGHT = Qt.AlignmentFlag.AlignRight
CENTRE = Qt.AlignmentFlag.AlignHCenter


@dataclass(frozen=True)
class Column(Generic[Row]):
    """One column; the optional callables give its look from the row."""

    heading: str
    text: Callable[[Row], str]
    sort_key: Callable[[Row], SortKey] | None = None
    align: Qt.AlignmentFlag = LEFT
    id: str = ""
    width: int = 120
    stretch: bool = False
    is_name: bool = False
    hidden: bool = False
    searched: bool = True
    sensitive: bool = False  # personal data: off until switched on, asked about before copying
    strong: Callable[[Row], bool] | None = None
    colour: Callable[[Row], str] | None = None
    ground: Callable[[Row], str] | None = None
    icon: Callable[[Row], tuple[str, str] | None] | None = None
    chip: Callable[[Row], ChipLook | None] | None = None
    second: Callable[[Row], str] | None = None
    bar: Callable[[Row], float | None] | None = None
    tooltip: Callable[[Row], str] | None = None
    value: Callable[[Row], Any] | None = None  # number or date, where the text writes one

    @property
    def key(self) -> str:
        """Stable name under which width and visibility are remembered."""
        return self.id or text.fold(self.heading)

    def shown(self, row: Row) -> str:
        """What is read in the cell: the text, or the word of the chip where there is no text."""
        words = self.text(row)
        chip = self.chip(row) if self.chip and not words else None
        return chip.text if chip else words

    def worth(self, row: Row) -> Any:
        """What a workbook gets: the number or date itself, else what is read in the cell."""
        return self.value(row) if self.value else self.shown(row)

    def order(self, row: Row) -> SortKey:
        """Sort key of a row in this column."""
        if self.sort_key:
            return self.sort_key(row)
        shown = self.text(row)
        return text.sort_key(shown) if self.is_name else text.word_key(shown)


def name_column(get: Callable[[Row], str], heading: str = "Họ và tên", **more: Any) -> Column[Row]:
    """A person's name: strong, sorted by given name, elided at the right only."""
    options: dict[str, Any] = {"id": "full_name", "width": 210, "is_name": True}
    options["strong"] = lambda _row: True
    return Column(heading, get, **(options | more))


def number_column(
    heading: str, get: Callable[[Row], int | None], *, counts: bool = True, **more: Any
) -> Column[Row]:
    """A whole number, right-aligned, empty when None: 1.418, or 1418 where it names a row."""
    write = numbers.grouped if counts else str

    def shown(row: Row) -> str:
        value = get(row)
        return "" if value is None else write(value)

    options: dict[str, Any] = {"sort_key": get, "align": RIGHT, "width": 64, "searched": False}
    options["value"] = get
    return Column(heading, shown, **(options | more))


def date_column(
    heading: str, get: Callable[[Row], PartialDate | date | None], **more: Any
) -> Column[Row]:
    """A date as dd/mm/yyyy (or mm/yyyy, yyyy where that is all that is known)."""

    def shown(row: Row) -> str:
        value = get(row)
        if value is None:
            return ""
        return value.grid if isinstance(value, PartialDate) else dates.grid(value)

    def order(row: Row) -> str:
        value = get(row)
        if value is None:
            return ""
        return value.iso if isinstance(value, PartialDate) else value.isoformat()

    options: dict[str, Any] = {"sort_key": order, "width": 100, "value": get}
    return Column(heading, shown, **(options | more))
