from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from app.spreadsheets.roster import read_roster
from app.spreadsheets.rows import Roster

Rows = Sequence[Sequence[object]]
Build = Callable[..., Path]
Read = Callable[..., Roster]


@pytest.fixture
def build(tmp_path: Path) -> Build:
    """Write a workbook of one sheet; `dress` may change its look before it is saved."""

    def write(
        rows: Rows, merges: Sequence[str] = (), dress: Callable[[Worksheet], None] | None = None
    ) -> Path:
        book = Workbook()
        sheet = book.worksheets[0]
        for row in rows:
            sheet.append(list(row))
        for merged in merges:
            sheet.merge_cells(merged)
        if dress:
            dress(sheet)
        path = tmp_path / "danh sách.xlsx"
        book.save(path)
        book.close()
        return path

    return write


@pytest.fixture
def read(build: Build) -> Read:
    """The roster in a workbook of these rows."""

    def roster(
        rows: Rows, merges: Sequence[str] = (), dress: Callable[[Worksheet], None] | None = None
    ) -> Roster:
        return read_roster(build(rows, merges, dress))

    return roster
