"""The four tabs in the real window, with pictures beside those of the design."""

from collections.abc import Callable
from datetime import date
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.services import attendance
from app.services.attendance import Mark
from app.terms import AttendanceStatus
from app.ui import days
from app.ui.attendance.tab import AttendanceTab
from app.ui.certificates.tab import CertificatesTab
from app.ui.context import Context
from app.ui.dialogs import SealDialog
from app.ui.frame import MainWindow
from app.ui.reports import dossier_tab
from app.ui.reports.dossier_tab import DossierTab
from app.ui.results.tab import ResultsTab
from tests.ui import classroom
from tests.ui.conftest import OpenWindow, Screen

WindowAt = Callable[[str], MainWindow]
Tab = TypeVar("Tab", bound=QWidget)


@pytest.fixture
def window_at(open_window: OpenWindow, context_at: Callable[[str], Context]) -> WindowAt:
    def show(stage: str) -> MainWindow:
        context = context_at(stage)
        return open_window(context.database, "classes", context.runner)

    return show


def opened(qtbot: QtBot, window: MainWindow, key: str, kind: type[Tab]) -> Tab:
    assert window.open("class", classroom.CLASS_ID, key)
    tab = window.findChild(kind)
    assert isinstance(tab, kind)
    page = window.page()
    assert page
    runner = page.context.runner
    qtbot.waitUntil(lambda: not runner.is_busy, timeout=20_000)
    return tab


def test_the_attendance_grid(
    qtbot: QtBot, window_at: WindowAt, screen: Screen, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(days, "today", lambda: date(2026, 9, 24))
    window = window_at("running")
    tab = opened(qtbot, window, "attendance", AttendanceTab)
    shown = tab.model
    special = {(2, 0): "excused", (2, 2): "excused", (4, 1): "late", (6, 3): "absent"}
    special |= {(5, at): "absent" for at in range(4)}
    with tab.context.database.writing("Điểm danh") as db:
        marks = [
            Mark(
                learner.enrolment_id,
                session.id,
                status := AttendanceStatus.of(special.get((row, at), "present")),
                15 if status is AttendanceStatus.LATE else None,
            )
            for row, learner in enumerate(shown.learners)
            for at, session in enumerate(shown.sessions[:6])
        ]
        attendance.mark(db, classroom.CLASS_ID, marks)
    tab.show_class(0)
    window.open("class", classroom.CLASS_ID, "attendance")
    tab.quick.line.setText("7 12m15 20p")
    screen(window, "05-lop-diem-danh")
    assert tab.grid.sessions.place() == (0, 6)
    assert len(tab.model.pending) == classroom.LEARNERS
    assert tab.model.risks[2] == "warn"
    assert tab.model.risks[5] == "bad"
    window.resize(1093, 614)
    screen(window, "05-lop-diem-danh-hep")
    for part in (tab.head, tab.grid, tab.quick, tab._legend):
        assert part.minimumSizeHint().width() <= 1093 - 80 - 32


def test_keys_reach_the_grid_as_soon_as_the_tab_is_open(qtbot: QtBot, window_at: WindowAt) -> None:
    window = window_at("running")
    with qtbot.waitActive(window):
        window.activateWindow()
    tab = opened(qtbot, window, "attendance", AttendanceTab)
    assert QApplication.focusWidget() is tab.grid.sessions
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_Slash)
    assert QApplication.focusWidget() is tab.quick.line
    QTest.keyClick(tab.quick.line, Qt.Key.Key_Escape)
    assert QApplication.focusWidget() is tab.grid.sessions
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_Space, Qt.KeyboardModifier.ControlModifier)
    assert not tab.model.unset_rows(tab.grid.sessions.place()[1])


def test_the_results(qtbot: QtBot, window_at: WindowAt, screen: Screen) -> None:
    window = window_at("graded")
    tab = opened(qtbot, window, "results", ResultsTab)
    tab._clear([tab.model.rows[at] for at in (3, 11)])
    tab.next_missing()
    screen(window, "06-lop-ket-qua")
    assert tab.view.currentIndex().row() == 3
    assert tab.badge() == "2"


def test_the_certificates(qtbot: QtBot, window_at: WindowAt, screen: Screen) -> None:
    window = window_at("decided")
    tab = opened(qtbot, window, "certificates", CertificatesTab)
    tab.roll.view.select_key(tab.roll.waiting()[9].enrolment_id)
    screen(window, "07-lop-chung-nhan")
    for width, height in ((1093, 614), (1536, 824), (1366, 696)):
        window.resize(width, height)
        QApplication.processEvents()
        current = tab.roll.view.current_row()
        assert current
        assert current.enrolment_id == tab.roll.waiting()[9].enrolment_id
        assert tab.card.paper.page() == 9


def test_the_dossier(qtbot: QtBot, window_at: WindowAt, screen: Screen) -> None:
    window = window_at("issued")
    tab = opened(qtbot, window, "dossier", DossierTab)
    screen(window, "08-lop-ho-so")
    assert tab._detail
    with tab.context.database.reading() as db:
        from app.services import certificates

        rows = certificates.certificate_list(db, classroom.CLASS_ID)
    dialog = SealDialog(
        tab,
        f"Bế giảng lớp {tab._detail.title}?",
        dossier_tab._SEAL,
        action="Bế giảng lớp",
        word=dossier_tab.WORD,
        facts=dossier_tab.closing_facts(rows),
    )
    qtbot.addWidget(dialog)
    dialog.open()
    dialog.field.setText("bế giảng")
    screen(dialog, "22-xac-nhan-be-giang")
    assert dialog.word_matches()
    dialog.reject()
