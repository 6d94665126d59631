"""How long from opening a class to its painted list of 200 learners.

    python -m bench.class_list [learners] [rounds]

By turns, in one process: the program turns its class workspace from one class to another of the
same size (database, head, list, paint), and a QTableWidget is filled cell by cell with the same
words from the same query. Both windows have the same size and are painted before the clock stops.
"""

import datetime
import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication, QMainWindow, QTableWidget, QTableWidgetItem, QWidget

from app import database as database_room
from app.database import Database
from app.dates import PartialDate
from app.services import classes, demo, enrolment, programmes, setup
from app.services.classes import ClassForm
from app.services.students import StudentForm
from app.terms import Sex
from app.ui import theme
from app.ui.classes.workspace import ClassPage
from app.ui.context import Context
from app.ui.frame import MainWindow
from app.ui.places import all_places
from app.ui.students.roll_tab import RollTab
from app.ui.tasks import TaskRunner

HEADINGS = ["TT", "Họ và tên", "Giới", "Ngày sinh", "Đơn vị", "Chức vụ"]


def main() -> None:
    """Run by turns and print the medians."""
    learners = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 21
    application = QApplication([])
    theme.apply(application)
    theme.complete(application)
    with tempfile.TemporaryDirectory() as folder:
        opened = database_room.create(Path(folder, "bench.sqlite"))
        pair = [fill(opened, f"khóa {n}", learners) for n in (1, 2)]
        ways = {
            "class workspace": workspace(opened),
            "QTableWidget, cell by cell": plain_table(opened),
        }
        first, spent = measure(ways, pair, rounds)
        opened.close()
    print(f"{learners} learners, {rounds} rounds, ms        first  min  median  max")
    for name, times in spent.items():
        print(
            f"{name:36} {first[name]:6.1f} {min(times):6.1f} {median(times):6.1f} {max(times):6.1f}"
        )


def measure(
    ways: dict[str, Callable[[int], None]], pair: list[int], rounds: int
) -> tuple[dict[str, float], dict[str, list[float]]]:
    """Milliseconds of the first showing of each way, and of the later ones by turns."""
    spent: dict[str, list[float]] = {name: [] for name in ways}
    for turn in range(rounds + 1):
        for name, show in ways.items():
            begun = time.perf_counter()
            show(pair[turn % 2])
            spent[name].append((time.perf_counter() - begun) * 1000)
            QApplication.processEvents()
    return {n: times[0] for n, times in spent.items()}, {n: t[1:] for n, t in spent.items()}


def fill(opened: Database, intake: str, learners: int) -> int:
    """A class with invented learners."""
    with opened.writing("Đo tốc độ") as db:
        if not classes_exist(opened):
            setup.set_up(db, demo.CENTRE, demo.DIRECTOR)
        programme = next(row for row in programmes.programme_list(db) if row.code == "NTVD")
        day = datetime.date(2026, 3, 2)
        class_id = classes.open_class(
            db, ClassForm(programme.current.id, programme.name, intake, day, day)
        )
        for number in range(learners):
            enrolment.register(db, class_id, person(number, intake))
    return class_id


def classes_exist(opened: Database) -> bool:
    """Whether the centre is set up already."""
    with opened.reading() as db:
        return bool(programmes.programme_list(db))


def person(number: int, intake: str) -> StudentForm:
    """An invented learner; names of three to five syllables."""
    families = ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Đặng", "Bùi", "Nông")
    middles = ("Văn", "Thị", "Hữu", "Thị Thu", "Đình", "Minh")
    givens = ("An", "Ánh", "Bình", "Dũng", "Đạt", "Hà", "Hằng", "Lộc", "Phượng", "Thảo", "Yến")
    name = " ".join(
        (families[number % 8], middles[number // 8 % 6], givens[number % 11], f"{intake[-1]}")
    )
    return StudentForm(
        full_name=name,
        born=PartialDate(1970 + number % 35, 1 + number % 12, 1 + number % 28),
        sex=Sex.FEMALE if number % 2 else Sex.MALE,
        unit=f"Chi bộ thôn {1 + number % 14}",
        position="Ủy viên Ban Chấp hành Đoàn xã" if number % 3 else "Chi hội trưởng",
    )


def on_window(page: QWidget) -> QMainWindow:
    """A window of the size a clerk has, with the page in it."""
    window = QMainWindow()
    window.resize(1366, 696)
    window.setCentralWidget(page)
    window.show()
    QApplication.processEvents()
    return window


def workspace(opened: Database) -> Callable[[int], None]:
    """The program's own page of a class, turned to the list of learners."""
    runner = TaskRunner()
    page = ClassPage(Context(opened, runner, MainWindow(all_places())))
    window = on_window(page)

    def show(class_id: int) -> None:
        page.show_for(class_id, "roll")
        page.reload()
        window.repaint()
        tab = page.tab()
        assert isinstance(tab, RollTab)
        tab.view.viewport().repaint()

    return show


def plain_table(opened: Database) -> Callable[[int], None]:
    """A table of items, the plain way."""
    table = QTableWidget(0, len(HEADINGS))
    table.setHorizontalHeaderLabels(HEADINGS)
    window = on_window(table)

    def show(class_id: int) -> None:
        with opened.reading() as db:
            rows = enrolment.class_roll(db, class_id)
        table.setRowCount(len(rows))
        for at, row in enumerate(rows):
            born = row.born.grid if row.born else ""
            sex = row.sex.label if row.sex else ""
            words = [str(at + 1), row.full_name, sex, born, row.unit, row.position]
            for column, word in enumerate(words):
                table.setItem(at, column, QTableWidgetItem(word))
        window.repaint()
        table.viewport().repaint()

    return show


if __name__ == "__main__":
    main()
