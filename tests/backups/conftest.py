"""Ways to look at a centre file and to spoil it."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def dump() -> Callable[[Path], list[str]]:
    """All that a database holds, as SQL."""

    def dumped(path: Path) -> list[str]:
        with closing(sqlite3.connect(path)) as connection:
            return list(connection.iterdump())

    return dumped


@pytest.fixture(scope="session")
def rename() -> Callable[[Path, str], None]:
    """Give the centre in a file another name."""

    def renamed(path: Path, name: str) -> None:
        with closing(sqlite3.connect(path)) as connection, connection:
            connection.execute("UPDATE centre SET name = ?", (name,))

    return renamed


@pytest.fixture(scope="session")
def spoil() -> Callable[[Path], None]:
    """Break some pages in the middle of a file."""

    def spoiled(path: Path) -> None:
        pages = path.read_bytes()
        path.write_bytes(pages[: 4096 * 5] + b"\xff" * 4096 * 3 + pages[4096 * 8 :])

    return spoiled
