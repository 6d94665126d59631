"""A centre file of its own, closed, with one good copy."""

import shutil
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
