"""Journeys go through the real window in the real look, without a display."""

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from tests.journeys.clerk import Clerk
from tests.ui.conftest import _real_look, pytest_collection_modifyitems, screen, themed

__all__ = ["_real_look", "clerk", "pytest_collection_modifyitems", "screen", "themed"]


@pytest.fixture
def clerk(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[Clerk]:
    """Somebody at the keyboard."""
    made = Clerk(qtbot, monkeypatch)
    yield made
    made.leave()
