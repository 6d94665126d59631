"""The start: what the first picture waits for, the log, and the way from file to first page."""

import faulthandler
import io
import logging
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from app import startup

HEAVY = ("sqlalchemy", "alembic", "filelock", "asyncio", "reportlab", "openpyxl")


def test_nothing_heavy_is_imported_before_the_first_picture() -> None:
    code = (
        "import sys, app.startup, app.ui.theme, app.ui.frame, app.ui.places;"
        f"print(*(name for name in {HEAVY} if name in sys.modules));"
        "print(*({'Qt'} & vars(sys.modules['PySide6.QtCore']).keys()))"  # made in 12 ms
    )
    root = Path(__file__).parent.parent
    run = subprocess.run(
        [sys.executable, "-c", code], cwd=root, check=True, capture_output=True, text=True
    )
    assert run.stdout.split() == []


@pytest.fixture
def log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The log of a program that has just started."""
    monkeypatch.setenv("SOLOP_DATA", str(tmp_path))
    logger, traces = logging.getLogger("solop"), list[io.TextIOWrapper]()
    monkeypatch.setattr(faulthandler, "enable", traces.append)
    before = list(logger.handlers)
    startup._start_log()
    yield tmp_path / "logs"
    for handler in [each for each in logger.handlers if each not in before]:
        logger.removeHandler(handler)
        handler.close()
    assert [Path(each.name).name for each in traces] == ["crash.log"]
    traces[0].close()


def test_the_log_turns_over_and_only_this_user_can_read_it(log: Path) -> None:
    logger = logging.getLogger("solop")
    for number in range(30):
        logger.error("%d %s", number, "Điểm danh " * 5000)
    names = sorted(each.name for each in log.iterdir())
    assert names == ["crash.log", "solop.log", "solop.log.1", "solop.log.2", "solop.log.3"]
    assert all(stat.S_IMODE(each.stat().st_mode) & 0o077 == 0 for each in log.iterdir())
    assert sum(each.stat().st_size for each in log.iterdir()) < 2_200_000
    assert "Điểm danh" in (log / "solop.log").read_text("utf-8")


def test_a_place_without_room_for_a_log_keeps_nobody_from_working(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("no folder")
    monkeypatch.setenv("SOLOP_DATA", str(blocked))
    before = list(logging.getLogger("solop").handlers)
    startup._start_log()
    assert logging.getLogger("solop").handlers == before
