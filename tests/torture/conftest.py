"""Files for hard work, made once."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from app import database as database_room
from app.database import Database
from tests.torture import stock
from tests.torture.scale import rounds
from tests.torture.stock import Stock


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Processes are forked and killed here: nothing of it exists on Windows."""
    if hasattr(os, "fork"):
        return
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.skip(reason="needs fork and SIGKILL"))


@pytest.fixture(scope="session")
def full_stock(centre_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Stock:
    """The file every round starts from; not to be written."""
    path = tmp_path_factory.mktemp("stock") / "centre.sqlite"
    return stock.build(centre_file, path, rounds(200, 2_000))


@pytest.fixture
def where(full_stock: Stock, tmp_path: Path) -> Stock:
    """A copy of that file for one test."""
    return full_stock.copy(tmp_path)


@pytest.fixture
def opened_stock(where: Stock) -> Iterator[Database]:
    """That copy, open."""
    opened = database_room.open_existing(where.path)
    yield opened
    opened.close()
