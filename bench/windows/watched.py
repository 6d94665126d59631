"""Opened by bench/startup.py in a process of its own: a bare window, or the program on a file.

    python bench/windows/watched.py [FILE]

Nothing that the window would not import itself is imported before its first paint. Both windows
are watched alike: their first paint has ended when a timer started in it fires.
"""

import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
SEPARATOR = "-- painted --"  # in the log of `-X importtime`


def bare() -> None:
    """A QMainWindow with nothing in it."""
    from PySide6.QtCore import QTimer
    from PySide6.QtGui import QPaintEvent
    from PySide6.QtWidgets import QApplication, QMainWindow

    class Window(QMainWindow):
        """Ends with its first paint."""

        def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
            super().paintEvent(event)
            QTimer.singleShot(0, lambda: end(painted=now()))

    application = QApplication([])
    window = Window()
    window.resize(1366, 768)
    window.showMaximized()
    application.exec()


def program(database: str) -> None:
    """The program; ends when the list of classes is painted with its rows."""
    sys.path.insert(0, str(ROOT))
    from app import startup

    begin: Callable[..., None] = startup._begin

    def after_paint(application: Any, window: Any, path: Path) -> None:
        painted = now()
        print(SEPARATOR, file=sys.stderr)
        begin(application, window, path)
        application.processEvents()
        filled = now()
        from PySide6.QtWidgets import QTableView

        assert any(table.model().rowCount() for table in window.findChildren(QTableView))
        end(painted=painted, filled=filled)

    startup._begin = after_paint
    startup.run(["--database", database])


def now() -> tuple[float, float]:
    """The moment, and the processor time of this process, in seconds."""
    return time.monotonic(), time.process_time()


def end(**moments: tuple[float, float]) -> None:
    """Tell the moments and leave at once."""
    import json
    import os

    print(json.dumps(moments))
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(0)


if __name__ == "__main__":
    if sys.argv[1:]:
        program(sys.argv[1])
    else:
        bare()
