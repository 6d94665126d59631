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
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parent.parent
LIBRARIES = ("PySide6", "shiboken6", "sqlalchemy", "alembic", "reportlab", "openpyxl", "pypdfium2")
IMPORT_LINE = re.compile(r"import time:\s+(\d+) \|\s+\d+ \|\s+([\w.]+)")
Moments = dict[str, float | list[str]]


def main() -> None:
    """Build the demo, run the rounds, print one table."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 11
    with tempfile.TemporaryDirectory() as folder:
        environ = os.environ | {"SOLOP_DATA": folder, "QT_QPA_PLATFORM": "offscreen"}
        demo = [sys.executable, "main.py", "demo", f"{folder}/demo"]
        subprocess.run(demo, check=True, cwd=ROOT, env=environ, stdout=subprocess.DEVNULL)
        (database,) = Path(folder, "demo").glob("*.db")
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
    from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer
    from PySide6.QtWidgets import QApplication, QMainWindow, QTableView

    moments: Moments = {}

    class FirstPaint(QObject):
        """Sees the first paint of a main window."""

        def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
            if event.type() == QEvent.Type.Paint and isinstance(watched, QMainWindow):
                QCoreApplication.instance().removeEventFilter(self)
                QTimer.singleShot(0, lambda: painted(watched))
            return False

    def painted(window: QMainWindow) -> None:
        moments["painted"] = time.monotonic()
        moments["modules"] = [name for name in (*LIBRARIES, "app") if name in sys.modules]
        look(window)

    def look(window: QMainWindow) -> None:
        tables = window.findChildren(QTableView)
        filled = any(t.isVisible() and t.model() and t.model().rowCount() for t in tables)
        if filled or not arguments or time.monotonic() > float(str(moments["painted"])) + 5:
            moments["filled"] = time.monotonic()
            print(json.dumps(moments), flush=True)
            os._exit(0)
        QTimer.singleShot(1, lambda: look(window))

    filter_ = FirstPaint()
    loop = QApplication.exec

    def watched_loop(*_: object) -> int:
        QCoreApplication.instance().installEventFilter(filter_)
        return loop()

    QApplication.exec = watched_loop  # type: ignore[method-assign]
    if arguments:
        sys.argv[1:] = arguments
        runpy.run_path(str(ROOT / "main.py"), run_name="__main__")
    else:
        application = QApplication([])
        window = QMainWindow()
        window.resize(1366, 768)
        window.show()
        application.exec()


if __name__ == "__main__":
    if sys.argv[1:2] == ["--watch"]:
        watch(sys.argv[2:])
    else:
        main()
