"""How long from the start of the process to the first painted window, against a bare QMainWindow.

    python bench/startup.py [rounds]

Each round starts two processes one after the other: a bare QMainWindow, and the program on the
demo database. Both note the moment of their first paint; the ratio of the medians counts. A last
run with `-X importtime` says which library takes how much, and which come after the first paint.
"""

import json
import os
import re
import runpy
import subprocess
import sys
import tempfile
import time
from collections import Counter
from itertools import pairwise, takewhile
from pathlib import Path
from statistics import median
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
LIBRARIES = ("PySide6", "shiboken6", "sqlalchemy", "alembic", "reportlab", "openpyxl", "pypdfium2")
IMPORT_LINE = re.compile(r"import time:\s+(\d+) \|\s+\d+ \|\s+([\w.]+)")
GAP = 0.02  # seconds; paints of one window follow each other faster
Moments = dict[str, float | list[str]]


def main() -> None:
    """Build the demo, run the rounds, print one table."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 11
    with tempfile.TemporaryDirectory() as folder:
        environ = os.environ | {"SOLOP_DATA": folder, "QT_QPA_PLATFORM": "offscreen"}
        environ.pop("PYTHONDONTWRITEBYTECODE", None)  # as installed: compiled once
        demo = [sys.executable, "main.py", "demo", f"{folder}/demo"]
        subprocess.run(demo, check=True, cwd=ROOT, env=environ, stdout=subprocess.DEVNULL)
        (database,) = Path(folder, "demo").glob("*.sqlite")
        commands = {"bare": ["--watch"], "app": ["--watch", "--database", str(database)]}
        runs: dict[str, list[Moments]] = {name: [] for name in commands}
        for _ in range(rounds + 1):
            for name, command in commands.items():
                runs[name].append(start(command, environ)[0])
        report({name: values[1:] for name, values in runs.items()})  # the first fills the caches
        report_imports(*start(commands["app"], environ, "-X", "importtime"))


def start(command: list[str], environ: dict[str, str], *options: str) -> tuple[Moments, str]:
    """Run one process; its moments as milliseconds since it was started, and its stderr."""
    begun = time.monotonic()
    child = subprocess.run(
        [sys.executable, *options, __file__, *command],
        check=True,
        capture_output=True,
        text=True,
        cwd=ROOT,
        env=environ,
    )
    moments = json.loads(child.stdout.splitlines()[-1])
    for name in ("painted", "filled"):
        moments[name] = (moments[name] - begun) * 1000
    return moments, child.stderr


def report(runs: dict[str, list[Moments]]) -> None:
    """Print the medians and the ratios."""
    print(f"{len(runs['bare'])} rounds, medians")
    bare = median(float(str(run["painted"])) for run in runs["bare"])
    print(f"bare QMainWindow painted   {bare:6.0f} ms")
    for name, text in (("painted", "program painted first "), ("filled", "first list with data  ")):
        value = median(float(str(run[name])) for run in runs["app"])
        print(f"{text}     {value:6.0f} ms   {value / bare:.2f} times bare")


def report_imports(moments: Moments, log: str) -> None:
    """Print the import time of each library, and whether the first paint waited for it."""
    own = Counter[str]()
    for microseconds, module in IMPORT_LINE.findall(log):
        own[module.partition(".")[0]] += int(microseconds)
    for library in (*LIBRARIES, "app"):
        when = "before the first paint" if library in str(moments["modules"]) else "later"
        when = when if own[library] else "not imported"
        print(f"import {library:12} {own[library] / 1000:6.0f} ms   {when}")
    rest = sum(own.values()) - sum(own[name] for name in (*LIBRARIES, "app"))
    print(f"import {'the rest':12} {rest / 1000:6.0f} ms")


def watch(arguments: list[str]) -> None:
    """In the child: open the window, note its first paint and its first list with data, end."""
    from PySide6 import QtWidgets
    from PySide6.QtCore import QEvent, QObject, QTimer
    from PySide6.QtWidgets import QApplication, QMainWindow, QTableView, QWidget

    paints: list[float] = []
    moments: Moments = {}

    class Watcher(QObject):
        """Notes when the main window and when a list with rows is painted."""

        def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
            if event.type() == QEvent.Type.Paint and isinstance(watched, QWidget):
                if paints or isinstance(watched, QMainWindow):
                    paints.append(time.monotonic())
                    modules = [name for name in (*LIBRARIES, "app") if name in sys.modules]
                    moments.setdefault("modules", modules)
                if is_filled(watched.parent()):
                    moments.setdefault("filled", time.monotonic())
            return False

    def is_filled(parent: QObject | None) -> bool:
        return isinstance(parent, QTableView) and bool(parent.model() and parent.model().rowCount())

    def end() -> None:
        batch = list(takewhile(lambda pair: pair[1] - pair[0] < GAP, pairwise(paints)))
        moments["painted"] = batch[-1][1] if batch else paints[0]
        moments.setdefault("filled", moments["painted"])
        print(json.dumps(moments), flush=True)
        os._exit(0)

    watcher = Watcher()

    class Application(QApplication):
        """An application that is watched from its first moment."""

        def __init__(self, *given: Any) -> None:
            super().__init__(*given)
            self.installEventFilter(watcher)
            QTimer.singleShot(3000 if arguments else 200, end)

    QtWidgets.QApplication = Application  # type: ignore[assignment, misc]
    if arguments:
        sys.argv[1:] = arguments
        sys.path.insert(0, str(ROOT))
        runpy.run_path(str(ROOT / "main.py"), run_name="__main__")
    else:
        application = Application([])
        window = QMainWindow()
        window.resize(1366, 768)
        window.show()
        application.exec()


if __name__ == "__main__":
    if sys.argv[1:2] == ["--watch"]:
        watch(sys.argv[2:])
    else:
        main()
