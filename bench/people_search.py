"""How long from a key in the search field of Học viên to the painted list, among 100,000 people.

    python -m bench.people_search [people] [rounds]

By turns, in one process, for every beginning of some queries as they are typed: what the program
does (the first people, their rows, the person of the cursor, paint; then everybody and the count),
its search alone, and three plain ways to the first 50 by name: LIKE through a Python function that
drops marks, LIKE on the folded name without the index, and FTS5 of the folded name (its index is
made before).
"""

import os
import random
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median, quantiles

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication

from app import database as database_room
from app import text
from app.database import Database
from app.services import demo, finding, setup
from app.services.finding import Wanted
from app.ui import theme
from app.ui.context import Context
from app.ui.frame import MainWindow
from app.ui.places import all_places
from app.ui.students.page import StudentsPage
from app.ui.tasks import TaskRunner
from bench.class_list import on_window

FAMILIES = (
    "Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Phan", "Vũ", "Đặng", "Bùi", "Đỗ", "Hồ", "Ngô",
    "Dương", "Lý", "Nông", "Lò", "Vi", "Hứa", "Triệu",
)  # fmt: skip
MIDDLES = (
    "Văn", "Thị", "Hữu", "Đức", "Minh", "Thu", "Ngọc", "Xuân", "Quang", "Thanh", "Đình", "Bích",
    "Hoài", "Công",
)  # fmt: skip
GIVEN = (
    "An", "Ánh", "Bình", "Dũng", "Đạt", "Hà", "Hằng", "Hạnh", "Hương", "Lan", "Lộc", "Mai",
    "Nam", "Sơn", "Thảo", "Trang", "Tùng", "Yến", "Hùng", "Huệ",
)  # fmt: skip
UNITS = ("Chi bộ thôn", "Trường Tiểu học", "Công an xã", "Hội Nông dân xã", "Trạm Y tế xã")
TYPED = ("nguyễn văn đ", "thi h", "hạnh", "nvđ", "lo thi huong", "chi bo thon 12", "zz")
Way = Callable[[str], object]


def main() -> None:
    """Run by turns and print the medians."""
    people = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 5
    application = QApplication([])
    theme.apply(application)
    theme.complete(application)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "bench.sqlite")
        opened = database_room.create(path)
        fill(opened, path, people)
        plain = sqlite3.connect(path)
        prepare(plain)
        shown, rest = page(opened)
        ways: dict[str, Way] = {
            "key to paint": shown,
            "then everybody and the count": rest,
            "search alone, the first 50": search(opened),
        }
        spent = measure(ways | plain_ways(plain), rounds)
        plain.close()
        opened.close()
    print(f"{people} people, {len(keys())} keys, {rounds} rounds, ms   median    p95    max")
    for name, times in spent.items():
        last = quantiles(times, n=20)[-1]
        print(f"{name:44} {median(times):6.1f} {last:6.1f} {max(times):6.1f}")


def keys() -> list[str]:
    """What stands in the field after every key."""
    return [typed[:end] for typed in TYPED for end in range(1, len(typed) + 1)]


def measure(ways: dict[str, Way], rounds: int) -> dict[str, list[float]]:
    """Milliseconds of every key, each way in turn."""
    spent: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(rounds):
        for typed in keys():
            for name, find in ways.items():
                begun = time.perf_counter()
                find(typed)
                spent[name].append((time.perf_counter() - begun) * 1000)
            QApplication.processEvents()
    return spent


def fill(opened: Database, path: Path, people: int) -> None:
    """A centre with invented people, written past the journal."""
    with opened.writing("Đo tốc độ") as db:
        setup.set_up(db, demo.CENTRE, demo.DIRECTOR)
    chance = random.Random(7)
    with sqlite3.connect(path) as plain:
        names = [f"{UNITS[n % len(UNITS)]} {n}" for n in range(1, 301)]
        units = [(n, name, text.fold(name)) for n, name in enumerate(names, start=1)]
        plain.executemany("INSERT INTO workplace (id, name, fold) VALUES (?, ?, ?)", units)
        columns = plain.execute("SELECT name, type, \"notnull\" FROM pragma_table_info('student')")
        rest = {name: "" for name, _, needed in columns if needed}
        for number in range(1, people + 1):
            row = rest | person(number, chance)
            places = ", ".join("?" * len(row))
            plain.execute(
                f"INSERT INTO student ({', '.join(row)}) VALUES ({places})", [*row.values()]
            )
    plain.close()


def person(number: int, chance: random.Random) -> dict[str, object]:
    """An invented person; names of three or four syllables."""
    middle = " ".join(chance.sample(MIDDLES, chance.choice((1, 1, 2))))
    name = f"{chance.choice(FAMILIES)} {middle} {chance.choice(GIVEN)}"
    return {
        "id": number,
        "full_name": name,
        "sort_key": text.sort_key(name),
        "fold": text.fold(name),
        "born": f"{1960 + number % 46}-{1 + number % 12:02}-{chance.randint(1, 28):02}",
        "identity_number": f"{number:012}",
        "phone": f"09{number:08}",
        "position": "Ủy viên Ban Chấp hành Đoàn xã",
        "workplace_id": chance.randint(1, 300),
        "created_at": "2026-01-01 00:00:00.000000",
    }


def page(opened: Database) -> tuple[Way, Way]:
    """The program's own page: what is painted at once, and what follows."""
    shown = StudentsPage(Context(opened, TaskRunner(), MainWindow(all_places())))
    window = on_window(shown)
    shown.reload()

    def show(typed: str) -> None:
        shown.search_for(typed)
        window.repaint()
        shown.view.viewport().repaint()

    def rest(_typed: str) -> None:
        if shown.is_waiting:
            shown.show_rest()
            shown.view.viewport().repaint()

    return show, rest


def search(opened: Database) -> Way:
    """The first rows, without a window."""

    def find(typed: str) -> object:
        with opened.reading() as db:
            first = finding.begin(db, Wanted(typed), 50)
            if first is None or len(first) < 50:
                first = finding.found(db, Wanted(typed), first)
            return finding.rows(db, first[:50])

    return find


def prepare(plain: sqlite3.Connection) -> None:
    """What the plain ways need."""
    plain.create_function("plain", 1, text.fold, deterministic=True)
    plain.execute("CREATE VIRTUAL TABLE temp.words USING fts5(fold, tokenize='unicode61')")
    plain.execute("INSERT INTO temp.words (rowid, fold) SELECT id, fold FROM student")


def plain_ways(plain: sqlite3.Connection) -> dict[str, Way]:
    """The ways one would take first; none finds units, initials or the number of matches."""
    sorted_50 = "ORDER BY sort_key LIMIT 50"
    through_python = f"SELECT id FROM student WHERE plain(full_name) LIKE ? {sorted_50}"
    no_index = f"SELECT id FROM student NOT INDEXED WHERE fold LIKE ? {sorted_50}"
    fts = (
        f"SELECT id FROM student JOIN temp.words w ON w.rowid = id WHERE w.fold MATCH ? {sorted_50}"
    )

    def like(query: str) -> Way:
        return lambda typed: plain.execute(query, [f"%{text.fold(typed)}%"]).fetchall()

    def match(typed: str) -> object:
        words = " ".join(f'"{word}"*' for word in text.fold(typed).split())
        return plain.execute(fts, [words]).fetchall()

    return {
        "LIKE through a Python function, first 50": like(through_python),
        "LIKE on the folded name, first 50": like(no_index),
        "FTS5 of the folded name, first 50": match,
    }


if __name__ == "__main__":
    main()
