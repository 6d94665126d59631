"""How the cells of a file look, beside their values: fonts, formats, what is hidden or merged."""

from dataclasses import dataclass, field
from datetime import datetime

from app.spreadsheets.sheets import EXCEL_EPOCH, CellStyle, Merge, RichText


@dataclass
class SheetLooks:
    """The looks of one sheet; rows count from 1, columns from 0."""

    cells: dict[int, dict[int, int]] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: tuple[int, ...] = ()
    merges: tuple[Merge, ...] = ()
    rich: dict[tuple[int, int], RichText] = field(default_factory=dict)

    def styles_of(self, row: int, width: int) -> list[int]:
        """The style index of every cell of a row."""
        cells = self.cells.get(row, {})
        return [cells.get(column, 0) for column in range(width)]


@dataclass
class Looks:
    """The looks of a book; a book of which nothing is known is plain."""

    styles: dict[int, CellStyle] = field(default_factory=dict)
    sheets: dict[str, SheetLooks] = field(default_factory=dict)
    epoch: datetime = EXCEL_EPOCH

    def sheet(self, name: str) -> SheetLooks:
        """The looks of a sheet by its name."""
        return self.sheets.get(name, SheetLooks())
