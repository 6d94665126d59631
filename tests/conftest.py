"""Fixtures every test may use: real centre files, one empty and one with the demo classes."""

import contextlib
import gc
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Dialect, Engine, create_engine
from sqlalchemy.orm import Session

from app import backups, cli, journal
from app import database as database_room
from app.backups import BackupKind, Copy
from app.database import Database
from app.rules.permissions import alone
from app.services import demo as demo_service
from app.services import setup
from app.terms import Permission

gc.freeze()  # what is imported stays: to walk through it again and again costs half a minute
gc.set_threshold(50_000, 20, 50)


@pytest.fixture(scope="session", autouse=True)
def _statements_are_compiled_once() -> Iterator[None]:
    """For all the files that are opened, not for each anew, which takes a sixth of the time."""
    dialects: list[Dialect] = []
    compiled: dict[object, object] = {}

    def make(url: str, **options: Any) -> Engine:
        engine = create_engine(url, execution_options={"compiled_cache": compiled}, **options)
        dialects.append(engine.dialect)
        engine.dialect = dialects[0]
        return engine

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(database_room, "create_engine", make)
        yield


@pytest.fixture(scope="session")
def centre_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with the centre, its signatory and the catalogue, made once."""
    path = tmp_path_factory.mktemp("centre") / "centre.sqlite"
    opened = database_room.create(path)
    with opened.writing("Thiết lập") as db:
        setup.set_up(db, demo_service.CENTRE, demo_service.DIRECTOR)
    opened.close()
    return path


@pytest.fixture(scope="session")
def demo_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the command `demo` writes, made once."""
    folder = tmp_path_factory.mktemp("demo")
    assert cli.main(["demo", str(folder)]) == cli.DONE
    return folder


@pytest.fixture
def database(centre_file: Path, tmp_path: Path) -> Iterator[Database]:
    """An open copy of a centre without classes."""
    yield from _opened_copy(centre_file, tmp_path)


@pytest.fixture
def demo(demo_folder: Path, tmp_path: Path) -> Iterator[Database]:
    """An open copy of the demo centre."""
    yield from _opened_copy(demo_folder / cli.DEMO_DATABASE, tmp_path)


def _opened_copy(source: Path, folder: Path) -> Iterator[Database]:
    path = folder / source.name
    shutil.copy(source, path)
    opened = database_room.open_existing(path, user=alone("Người thử"))
    yield opened
    opened.close()


@pytest.fixture
def centre(demo_folder: Path, tmp_path: Path) -> Path:
    """A closed centre file with classes, alone in its folder."""
    folder = tmp_path / "data"
    folder.mkdir()
    return Path(shutil.copy(demo_folder / cli.DEMO_DATABASE, folder / "solop.sqlite"))


@pytest.fixture
def copy(centre: Path) -> Copy:
    """A good copy of the centre."""
    return backups.make(centre, BackupKind.AUTOMATIC)


@contextlib.contextmanager
def raw_writing(opened: Database) -> Iterator[Session]:
    """Write rows directly, past the services and their permissions."""
    with opened.writing("Ghi thẳng") as db:
        journal.permitted(db, Permission.MANAGE_ACCOUNTS)
        yield db
