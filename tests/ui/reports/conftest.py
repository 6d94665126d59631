"""A class on a real file, and the context a tab is given."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from app.database import Database
from app.ui.classes import days
from app.ui.context import Context
from app.ui.tasks import TaskRunner
from tests.ui import classroom

At = Callable[[str], Context]


@pytest.fixture(scope="session")
def stage_file(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """A file at a stage, made once."""
    made: dict[str, Path] = {}

    def find(stage: str) -> Path:
        if stage not in made:
            path = tmp_path_factory.mktemp("classroom") / f"{stage}.sqlite"
            made[stage] = classroom.build(path, stage)
        return made[stage]

    return find


@pytest.fixture
def context_at(
    qapp: QApplication,
    tmp_path: Path,
    stage_file: Callable[[str], Path],
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[At]:
    """The context around a class at a stage of its life."""
    monkeypatch.setattr(days, "today", lambda: classroom.TODAY)
    databases: list[Database] = []
    runner = TaskRunner()

    def open_at(stage: str) -> Context:
        path = tmp_path / f"{stage}.sqlite"
        shutil.copy(stage_file(stage), path)
        databases.append(classroom.opened(path))
        return Context(databases[-1], runner, classroom.Window())

    yield open_at
    runner.shut_down()
    for each in databases:
        each.close()
