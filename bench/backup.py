"""How long a verified copy of a 24 MB centre takes, against SQLite's backup API alone.

    python -m bench.backup [megabytes] [rounds]

By turns, in one process: the program makes a copy (in steps, checked, hashed, flushed, with its
manifest), and plain `sqlite3` copies the same file into a new one at once and flushes it. A second
table says what the program takes to check a copy, to restore one and to look at a file before it
opens it, and how long another program that writes all the time waits for one act meanwhile.
"""

import contextlib
import io
import os
import sqlite3
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

from app import backups, cli, opening
from app.backups import BackupKind

MORE_HISTORY = """
    INSERT INTO journal_change
    SELECT act_id, position + ? * 1000000, table_name, row_key, before, after
    FROM journal_change WHERE position < 1000000
"""


def main() -> None:
    """Build the file, run by turns, print the medians."""
    megabytes = float(sys.argv[1]) if len(sys.argv) > 1 else 24
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 11
    with tempfile.TemporaryDirectory() as name:
        centre = build(Path(name), megabytes)
        sides = {
            "program": lambda: backups.make(centre, BackupKind.MANUAL).path.unlink(),
            "plain": lambda: plain_copy(centre, Path(name, "plain.sqlite")),
        }
        times: dict[str, list[float]] = {side: [] for side in sides}
        for _ in range(rounds + 1):
            for side, work in sides.items():
                times[side].append(timed(work))
        report(centre, {side: values[1:] for side, values in times.items()})
        others(centre, rounds)


def build(folder: Path, megabytes: float) -> Path:
    """The demo centre, its history repeated until the file is large enough."""
    with contextlib.redirect_stdout(io.StringIO()):
        cli.main(["demo", str(folder / "demo")])
    (centre,) = (folder / "demo").glob("*.sqlite")
    with contextlib.closing(sqlite3.connect(centre)) as connection, connection:
        repeat = 0
        while page_bytes(connection) < megabytes * 1e6:
            repeat += 1
            connection.execute(MORE_HISTORY, (repeat,))
    return centre


def page_bytes(connection: sqlite3.Connection) -> int:
    pages, size = (
        connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("page_count", "page_size")
    )
    return int(pages * size)


def plain_copy(centre: Path, target: Path) -> None:
    """What the backup API costs by itself, down to the disk."""
    with (
        contextlib.closing(sqlite3.connect(centre)) as reader,
        contextlib.closing(sqlite3.connect(target)) as writer,
    ):
        reader.backup(writer)
    with target.open("r+b") as file:
        os.fsync(file.fileno())
    target.unlink()


def timed(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def report(centre: Path, times: dict[str, list[float]]) -> None:
    """Print fastest, median and slowest run, and the ratio of the medians."""
    print(f"{centre.stat().st_size / 1e6:.1f} MB, {len(times['plain'])} rounds; in ms")
    plain = median(times["plain"])
    for words, side in (("verified copy", "program"), ("backup API alone", "plain")):
        values = times[side]
        each = "".join(f"{v * 1000:7.0f}" for v in (min(values), median(values), max(values)))
        print(f"{words:24}{each}   {median(values) / plain:.2f} times plain")


def others(centre: Path, rounds: int) -> None:
    """Print what else is done with copies and with the file."""
    copy = backups.make(centre, BackupKind.MANUAL).path
    for words, work in (
        ("copy checked", lambda: backups.verify(copy)),
        ("copy restored", lambda: backups.restore(copy, centre)),
        ("file looked at", lambda: opening.diagnose(centre)),
    ):
        print(f"{words:24}{median(timed(work) for _ in range(rounds)) * 1000:14.0f}")
    print(f"{'one act, nobody else':24}{longest_act(centre, lambda: time.sleep(1)) * 1000:14.0f}")
    both = longest_act(centre, lambda: copies(centre, rounds))
    print(f"{'one act during copies':24}{both * 1000:14.0f}   the longest of all")


def copies(centre: Path, rounds: int) -> None:
    for _ in range(rounds):
        backups.make(centre, BackupKind.MANUAL).path.unlink()


def longest_act(centre: Path, work: Callable[[], object]) -> float:
    """Write twenty acts a second in another thread while `work` runs; the longest of them."""
    done, waits = threading.Event(), list[float]()

    def write() -> None:
        with contextlib.closing(sqlite3.connect(centre, timeout=30)) as connection:
            while not done.wait(0.05):
                waits.append(timed(lambda: act(connection)))

    writer = threading.Thread(target=write)
    writer.start()
    work()
    done.set()
    writer.join()
    return max(waits, default=0.0)


def act(connection: sqlite3.Connection) -> None:
    with connection:
        connection.execute("UPDATE centre SET short_code = short_code")


if __name__ == "__main__":
    main()
