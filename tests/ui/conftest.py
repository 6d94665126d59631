"""Pages and widgets are tested without a display, in the real look."""

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QWidget

from app.ui import theme

Screen = Callable[[QWidget, str], None]
_PATIENCE_MS = 5000


def pytest_configure(config: pytest.Config) -> None:
    # Said by the offscreen platform for every window with a fixed or minimum size.
    config.addinivalue_line("qt_log_ignore", "This plugin does not support propagateSizeHints")


@pytest.fixture(scope="session")
def themed(qapp: QApplication) -> QApplication:
    theme.apply(qapp)
    return qapp


@pytest.fixture(autouse=True)
def _real_look(themed: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every test has the theme, and a folder of its own for what the window remembers."""
    monkeypatch.setenv("SOLOP_DATA", str(tmp_path / "habits"))


@pytest.fixture(autouse=True)
def _no_forgotten_dialog(themed: QApplication) -> Iterator[None]:
    """A modal dialog nobody answers fails the test instead of stopping the run."""
    forgotten: list[str] = []

    def close_it() -> None:
        if dialog := themed.activeModalWidget():
            forgotten.append(dialog.windowTitle())
            dialog.close()

    timer = QTimer()
    timer.timeout.connect(close_it)
    timer.start(_PATIENCE_MS)
    yield
    timer.stop()
    assert not forgotten


@pytest.fixture
def screen(themed: QApplication) -> Screen:
    """Draw a widget into build/screens/NAME.png when SOLOP_SCREENS is set (make screens)."""

    def save(widget: QWidget, name: str) -> None:
        themed.processEvents()
        if os.environ.get("SOLOP_SCREENS"):
            folder = Path("build/screens")
            folder.mkdir(parents=True, exist_ok=True)
            widget.grab().save(str(folder / f"{name}.png"))

    return save
