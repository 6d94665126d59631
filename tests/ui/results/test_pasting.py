"""Marks as typed and as Excel puts them onto the clipboard."""

from decimal import Decimal

import pytest

from app.ui.results.pasting import read_cell, read_column


@pytest.mark.parametrize("typed", ["8.5", "8,5", " 8,5 ", "8,50"])
def test_comma_and_dot_are_the_same_mark(typed: str) -> None:
    assert read_cell(typed).mark == Decimal("8.5")


@pytest.mark.parametrize("typed", ["85", "10,1", "8.x", "tám", "8,555", "-1"])
def test_what_is_no_mark_is_told_and_kept_as_typed(typed: str) -> None:
    cell = read_cell(typed)
    assert cell.mark is None
    assert cell.problem
    assert cell.typed == typed


def test_an_empty_cell_is_no_mark_and_no_problem() -> None:
    assert read_cell("  ").mark is None
    assert not read_cell("").problem


def test_a_column_keeps_its_empty_cells_and_takes_the_first_of_several() -> None:
    cells = read_column("8,5\r\n\r\n7\tKhá\r\n")
    assert [cell.typed for cell in cells] == ["8,5", "", "7"]
