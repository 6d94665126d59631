"""A centre file of its own, closed, and ways to look at it and to spoil it."""

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from app import backups
from app.backups import BackupKind, Copy


@pytest.fixture
def centre(demo_folder: Path, tmp_path: Path) -> Path:
    """A closed centre file with classes, alone in its folder."""
    (source,) = demo_folder.glob("*.sqlite")
    folder = tmp_path / "data"
    folder.mkdir()
    return Path(shutil.copy(source, folder / "solop.sqlite"))


@pytest.fixture
def copy(centre: Path) -> Copy:
    """A good copy of the centre."""
    return backups.make(centre, BackupKind.AUTOMATIC)


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
