"""How long from the start of the process to the first painted window, against a bare QMainWindow.

    python -m bench.startup [rounds]

Each round starts two processes one after the other: a bare QMainWindow, and the program on the
demo database, both on a screen of 1366 x 768. Both tell the moment of their first paint, the
program also that of the list of classes, and the processor time used until then, which waiting
for other processes does not change; the ratio of the medians counts. A last run of each with
`-X importtime` says how much each library takes, before the first paint and after it.
Without a display it measures the offscreen platform; with one:

    xvfb-run -s "-screen 0 1366x768x24" env QT_QPA_PLATFORM=xcb python -m bench.startup
"""

import json
import os
import re
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from pathlib import Path
from statistics import median

from bench.windows.watched import ROOT, SEPARATOR

WATCHED = ROOT / "bench" / "windows" / "watched.py"
LIBRARIES = ("PySide6", "sqlalchemy", "alembic", "reportlab", "openpyxl", "pypdfium2")
IMPORT_LINE = re.compile(r"import time:\s+(\d+) \|\s+(\d+) \|( +)([\w.]+)")
SCREEN = {
    "screens": [
        {"name": "one", "x": 0, "y": 0, "width": 1366, "height": 768}
        | {"logicalDpi": 96, "logicalBaseDpi": 96, "dpr": 1}
    ]
}
Moments = dict[str, tuple[float, float]]  # seconds since the start, seconds of processor time


def main() -> None:
    """Build the demo, run the rounds, print one table."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 11
    with tempfile.TemporaryDirectory() as folder:
        environ = environment(Path(folder))
        demo = [sys.executable, "main.py", "demo", f"{folder}/demo"]
        subprocess.run(demo, check=True, cwd=ROOT, env=environ, stdout=subprocess.DEVNULL)
        (database,) = Path(folder, "demo").glob("*.sqlite")
        windows: dict[str, list[str]] = {"bare": [], "program": [str(database)]}
        runs: dict[str, list[Moments]] = {name: [] for name in windows}
        for _ in range(rounds + 1):
            for name, arguments in windows.items():
                runs[name].append(start(arguments, environ)[0])
        report({name: values[1:] for name, values in runs.items()})  # the first fills the caches
        logs = [start(each, environ, "-X", "importtime")[1] for each in windows.values()]
        report_imports(*logs)


def environment(folder: Path) -> dict[str, str]:
    """Data of its own, a screen of 1366 x 768, and modules compiled once as in an installation."""
    environ = {"QT_QPA_PLATFORM": "offscreen"} | os.environ | {"SOLOP_DATA": str(folder)}
    environ.pop("PYTHONDONTWRITEBYTECODE", None)
    if environ["QT_QPA_PLATFORM"] == "offscreen":
        screen = folder / "screen.json"
        screen.write_text(json.dumps(SCREEN))
        environ["QT_QPA_PLATFORM"] = f"offscreen:configfile={screen}"
    return environ


def start(arguments: list[str], environ: dict[str, str], *options: str) -> tuple[Moments, str]:
    """Run one process; the moments it tells and its stderr."""
    begun = time.monotonic()
    child = subprocess.run(
        [sys.executable, *options, str(WATCHED), *arguments],
        check=True,
        capture_output=True,
        text=True,
        cwd=ROOT,
        env=environ,
    )
    moments: dict[str, tuple[float, float]] = json.loads(child.stdout.splitlines()[-1])
    times = {name: (at - begun, used) for name, (at, used) in moments.items()}
    return times, child.stderr


def report(runs: dict[str, list[Moments]]) -> None:
    """Print fastest, median and slowest run, and the ratios of the medians."""
    print(f"{len(runs['bare'])} rounds; fastest, median, slowest run in ms")
    for clock, name in enumerate(("", ", processor time")):
        bare = median(run["painted"][clock] for run in runs["bare"])
        for words, window, moment in (
            ("bare QMainWindow painted", "bare", "painted"),
            ("program painted first", "program", "painted"),
            ("list of classes painted", "program", "filled"),
        ):
            values = [run[moment][clock] for run in runs[window]]
            each = "".join(f"{v * 1000:6.0f}" for v in (min(values), median(values), max(values)))
            print(f"{words + name:41}{each}   {median(values) / bare:.2f} times bare")


def report_imports(bare_log: str, log: str) -> None:
    """Print what each library costs to import, with all that it imports itself."""
    before, _, after = log.partition(SEPARATOR)
    bare, early, late = (import_times(part) for part in (bare_log, before, after))
    print("import, ms       bare window   before the first paint   after it")
    for name in (*LIBRARIES, "app", "the rest"):
        print(f"{name:16}{bare[name]:10.0f}{early[name]:20.0f}{late[name]:17.0f}")


def import_times(log: str) -> dict[str, float]:
    """Milliseconds of each library with all below it; `app` and the rest without what is below."""
    found = defaultdict[str, float](float)
    inside = -1  # indentation of the library import whose parts are being read, backwards
    for line in reversed(log.splitlines()):
        if not (parts := IMPORT_LINE.match(line)):
            continue
        own, whole, depth, name = int(parts[1]), int(parts[2]), len(parts[3]), parts[4]
        if 0 <= inside < depth:
            continue
        library = name.partition(".")[0]
        is_library = library in LIBRARIES
        inside = depth if is_library else -1
        group = library if is_library or library == "app" else "the rest"
        found[group] += (whole if is_library else own) / 1000
    return found


if __name__ == "__main__":
    main()
