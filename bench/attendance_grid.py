"""How long the attendance grid takes to repaint: 200 learners, 60 sessions, 1200 x 800.

    python -m bench.attendance_grid [learners] [sessions] [rounds]

By turns, in one process: the grid of the program (both halves) and a QTableWidget that holds the
same codes as items. Processor time of a full synchronous repaint of the viewports.
"""

import datetime
import os
import random
import sys
import time
from collections.abc import Callable
from statistics import median

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication, QTableWidget, QTableWidgetItem

from app.rules.attendance import AttendanceRule, tally
from app.services.attendance import Grid, GridLearner, GridSession, Mark
from app.terms import AttendanceStatus, HalfDay
from app.ui import theme
from app.ui.attendance.grid import AttendanceGrid
from app.ui.attendance.model import AttendanceModel

START = datetime.date(2026, 3, 2)


def main() -> None:
    """Run by turns and print the medians."""
    learners, sessions, rounds = (*map(int, sys.argv[1:]), *(200, 60, 31)[len(sys.argv) - 1 :])
    application = QApplication([])
    theme.apply(application)
    theme.complete(application)
    shown = invented(learners, sessions)
    model = AttendanceModel()
    begun = time.perf_counter()
    model.set_grid(shown, START + datetime.timedelta(days=sessions))
    grid = AttendanceGrid(model)
    plain = plain_table(shown)
    for each in (grid, plain):
        each.resize(1200, 800)
        each.show()
    application.processEvents()
    print(f"{learners} learners x {sessions} sessions, first show {since(begun):.0f} ms")
    views = (grid.names.viewport(), grid.sessions.viewport())
    ours: list[float] = []
    theirs: list[float] = []
    for _ in range(rounds):
        ours.append(sum(clock(view.repaint) for view in views))
        theirs.append(clock(plain.viewport().repaint))
    print(f"AttendanceGrid  {median(ours):6.1f} ms a repaint (worst {max(ours):.1f})")
    print(f"QTableWidget    {median(theirs):6.1f} ms a repaint (worst {max(theirs):.1f})")


def invented(learners: int, sessions: int) -> Grid:
    """A full class with one mark in twelve that is not "present"."""
    chance = random.Random(7)
    days = tuple(
        GridSession(
            at, at, START + datetime.timedelta(days=at // 2), list(HalfDay)[at % 2], 5, "Bài"
        )
        for at in range(1, sessions + 1)
    )
    others = tuple(AttendanceStatus)[1:]
    marks = {
        (row, day.id): Mark(
            row,
            day.id,
            AttendanceStatus.PRESENT if chance.random() > 1 / 12 else chance.choice(others),
        )
        for row in range(1, learners + 1)
        for day in days
    }
    rows = tuple(learner(row, days, marks) for row in range(1, learners + 1))
    return Grid(rows, days, marks, AttendanceRule())


def learner(
    row: int, days: tuple[GridSession, ...], marks: dict[tuple[int, int], Mark]
) -> GridLearner:
    """One row with its figures."""
    attended = tally((day.periods, marks[row, day.id].status) for day in days)
    name = f"Nguyễn Thị Phương Thảo {row}"
    return GridLearner(row, name, name, None, "Chi bộ 1", attended, 3, True, frozenset())


def plain_table(shown: Grid) -> QTableWidget:
    """The ordinary way: an item per cell."""
    made = QTableWidget(len(shown.learners), 6 + len(shown.sessions))
    for row, one in enumerate(shown.learners):
        made.setItem(row, 1, QTableWidgetItem(one.full_name))
        for at, session in enumerate(shown.sessions):
            status = shown.marks[one.enrolment_id, session.id].status
            made.setItem(row, 6 + at, QTableWidgetItem(status.code if status else ""))
    for column in range(made.columnCount()):
        made.setColumnWidth(column, 176 if column == 1 else 40)
    made.verticalHeader().setDefaultSectionSize(26)
    return made


def clock(act: Callable[[], object]) -> float:
    """Processor milliseconds of one call."""
    begun = time.process_time()
    act()
    return (time.process_time() - begun) * 1000


def since(begun: float) -> float:
    """Milliseconds since then."""
    return (time.perf_counter() - begun) * 1000


if __name__ == "__main__":
    main()
