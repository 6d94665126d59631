"""Marks pasted from Excel: one column of text, good cells taken, wrong ones told."""

from dataclasses import dataclass
from decimal import Decimal

from app import numbers
from app.errors import InputError
from app.text import clean


@dataclass(frozen=True)
class PastedCell:
    """One line of the clipboard; `problem` says why it is no mark."""

    typed: str
    mark: Decimal | None = None
    problem: str = ""


def read_cell(typed: str) -> PastedCell:
    """A mark as typed or pasted: comma or dot, empty for none."""
    shown = clean(typed)
    if not shown:
        return PastedCell("")
    try:
        return PastedCell(shown, numbers.parse_mark(shown))
    except InputError as error:
        return PastedCell(shown, problem=str(error))


def read_column(text: str) -> list[PastedCell]:
    """The first column of what Excel puts onto the clipboard, empty cells included."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").rstrip("\n").split("\n")
    return [read_cell(line.split("\t")[0]) for line in lines]
