"""One class from the first start of the program to its closing, as a clerk does it with keys."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtWidgets import QPushButton

from app import database
from app.database import Database
from app.errors import RuleError
from app.services import attendance, certificates, checks, class_tasks, reports, results
from app.terms import AttendanceStatus, ClassStatus, Verdict
from app.text import clean
from app.ui import days
from app.ui.attendance.tab import AttendanceTab
from app.ui.certificates.tab import CertificatesTab
from app.ui.classes.list_page import ClassListPage
from app.ui.classes.workspace import ClassPage
from app.ui.dialogs import Dialog
from app.ui.print_preview import PrintPreview
from app.ui.reports.dossier_tab import DossierTab
from app.ui.results.tab import ResultsTab
from tests.journeys.clerk import Clerk
from tests.journeys.eyes import CLASS_ID, attendance_of, go_to, status_of
from tests.journeys.opening import (
    PEOPLE,
    SESSIONS,
    import_roster,
    open_class,
    see_names_in_order,
    set_up,
    start_learning,
)

SET_UP_ON = date(2026, 1, 5)
TODAY = date(2026, 11, 20)
AWAY = 6  # line of the learner who misses four sessions of ten


@pytest.fixture
def opened(clerk: Clerk, tmp_path: Path) -> Iterator[list[Database]]:
    """Files that were opened on the way; closed at the end whatever happens."""
    files: list[Database] = []
    yield files
    for each in files:
        each.close()


def test_a_class_from_the_first_start_to_its_closing(
    clerk: Clerk, opened: list[Database], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "trung-tam.sqlite"
    monkeypatch.setattr(days, "today", lambda: SET_UP_ON)
    opened.append(set_up(clerk, path))
    monkeypatch.setattr(days, "today", lambda: TODAY)
    open_class(clerk)
    import_roster(clerk)
    see_names_in_order(clerk)
    start_learning(clerk)
    mark_attendance(clerk)
    enter_marks(clerk)
    finalise(clerk)
    take_numbers(clerk)
    print_certificates(clerk, tmp_path / "giay.pdf")
    write_report(clerk)
    close_class(clerk)
    opened.append(start_again(clerk, path, opened[0]))
    everything_is_there(clerk)
    nothing_can_be_changed(clerk)
    with opened[-1].reading() as db:
        assert [row.status for row in class_tasks.class_list(db)] == [ClassStatus.CLOSED]
        assert checks.findings(db) == []


def mark_attendance(clerk: Clerk) -> None:
    """The first session person by person, the others by exception."""
    tab = go_to(clerk, "attendance")
    assert isinstance(tab, AttendanceTab)
    sessions = tab.grid.sessions
    assert sessions.hasFocus()
    sessions.go_to(0, 0)
    for line in range(PEOPLE):
        clerk.press("K" if line == AWAY else "Space", "Return")
    for _ in range(SESSIONS - 1):
        clerk.press("Right")
        at = sessions.place()[1]
        sessions.go_to(AWAY, at)
        clerk.press("K" if at < 3 else "P" if at == 3 else "Space", "Ctrl+Space")
    with clerk.context.database.reading() as db:
        grid = attendance.grid(db, CLASS_ID)
    statuses = [mark.status for mark in grid.marks.values()]
    assert len(statuses) == PEOPLE * SESSIONS
    assert statuses.count(AttendanceStatus.ABSENT) == 3
    assert statuses.count(AttendanceStatus.EXCUSED) == 1


def enter_marks(clerk: Clerk) -> None:
    """Marks with comma and dot are the same; who was away too often is not judged."""
    tab = go_to(clerk, "results")
    assert isinstance(tab, ResultsTab)
    assert tab.view.hasFocus()
    tab.view.go_to(0)
    for line in range(PEOPLE):
        if line != AWAY:
            clerk.type(("8,5", "8.5", "7", "9,25", "6")[line % 5])
        clerk.press("Return")
    with clerk.context.database.reading() as db:
        rows = results.result_list(db, CLASS_ID)
    assert [row.mark for row in rows[:2]] == [Decimal("8.5"), Decimal("8.5")]
    assert [row.outcome.verdict for row in rows].count(Verdict.QUALIFIED) == PEOPLE - 1
    away = tab.model.shown[AWAY]
    assert away.outcome.verdict is Verdict.TOO_ABSENT
    section = next(at for at, each in enumerate(tab.model.columns) if each.key == "reason")
    reason = tab.model.index(AWAY, section).data()
    assert "60" in reason
    assert reason == rows[AWAY].outcome.reason


def finalise(clerk: Clerk) -> None:
    """Chốt kết quả, after the numbers it fixes were shown."""
    clerk.answer(lambda _dialog: clerk.press("Ctrl+Return"))
    clerk.tab_to("finalise")
    clerk.press("Space")
    assert status_of(clerk) is ClassStatus.FINALISED


def take_numbers(clerk: Clerk) -> None:
    """The decision first, then numbers that go on from the paper register."""
    tab = go_to(clerk, "certificates")
    assert isinstance(tab, CertificatesTab)

    def decide(_dialog: Dialog) -> None:
        clerk.fill(number="31-QĐ/TTCT", signed_on="16/11/2026")
        clerk.press("Ctrl+Return")

    clerk.answer(decide)
    clerk.tab_to("record_decision")
    clerk.press("Space")
    clerk.settle()
    clerk.answer(lambda _dialog: clerk.press("Ctrl+Return"))
    clerk.press("Ctrl+G")
    clerk.settle()
    with clerk.context.database.reading() as db:
        rows = [row for row in certificates.certificate_list(db, CLASS_ID) if row.number]
    assert [row.number for row in rows] == [f"{n:03d}-GCN/TTCT" for n in range(27, 27 + PEOPLE - 1)]


def print_certificates(clerk: Clerk, target: Path) -> None:
    """Ctrl+P shows all as one PDF; what was saved says what the database says."""
    clerk.choose_file(target)

    def save(preview: Dialog) -> None:
        assert isinstance(preview, PrintPreview)
        assert preview.view.pages() == PEOPLE - 1
        clerk.press("Ctrl+S", "Escape")

    clerk.answer(save)
    clerk.press("Ctrl+P")
    clerk.wait(clerk.answered)
    clerk.settle()
    with clerk.context.database.reading() as db:
        rows = [row for row in certificates.certificate_list(db, CLASS_ID) if row.number]
        assert all(row.printed_at for row in rows)
    pages = [clean(page.extract_text()) for page in PdfReader(BytesIO(target.read_bytes())).pages]
    assert len(pages) == len(rows)
    for page, row in zip(pages, rows, strict=True):
        assert row.full_name in page
        assert f"Số {row.number}" in page
        assert f"Số vào sổ: {row.register_number}" in page
        assert "Quyết định số 31-QĐ/TTCT, ngày 16/11/2026" in page


def write_report(clerk: Clerk) -> None:
    """Number and day of the closing report."""
    tab = go_to(clerk, "dossier")
    assert isinstance(tab, DossierTab)

    def fill_in(_dialog: Dialog) -> None:
        clerk.fill(number="15", signed_on="18/11/2026")
        clerk.press("Ctrl+Return")

    clerk.answer(fill_in)
    clerk.tab_to("write_report")
    clerk.press("Space")
    with clerk.context.database.reading() as db:
        assert reports.report_form(db, CLASS_ID).signed_on == date(2026, 11, 18)


def close_class(clerk: Clerk) -> None:
    """Bế giảng needs its word."""

    def seal(dialog: Dialog) -> None:
        clerk.type("be giang")
        clerk.press("Return")

    clerk.answer(seal)
    clerk.tab_to("close_class")
    clerk.press("Space")
    assert status_of(clerk) is ClassStatus.CLOSED


def start_again(clerk: Clerk, path: Path, before: Database) -> Database:
    """Close the program and start it on the same file."""
    clerk.leave()
    before.close()
    again = database.open_existing(path)
    clerk.start()
    clerk.begin(again)
    return again


def everything_is_there(clerk: Clerk) -> None:
    """The class, closed, with all that was entered."""
    page = clerk.page(ClassListPage)
    row = page.model.rows[0]
    assert (row.status, row.learners, row.sessions_marked) == (ClassStatus.CLOSED, PEOPLE, SESSIONS)
    page.view.selectRow(0)
    clerk.press("Return")
    assert isinstance(clerk.page(ClassPage).tab(), DossierTab)
    with clerk.context.database.reading() as db:
        assert len(certificates.class_certificates(db, CLASS_ID)) == PEOPLE - 1
        assert reports.closing_report_sheet(db, CLASS_ID)


def nothing_can_be_changed(clerk: Clerk) -> None:
    """Keys that write do nothing, and the service refuses as well."""
    tab = go_to(clerk, "attendance")
    assert isinstance(tab, AttendanceTab)
    before = attendance_of(clerk)
    clerk.press("K", "Ctrl+Space")
    assert attendance_of(clerk) == before
    marks = go_to(clerk, "results")
    assert isinstance(marks, ResultsTab)
    clerk.type("3")
    assert marks.view.marks.editor is None
    for name in ("add_learner", "close_class", "finalise"):
        found = clerk.window.findChild(QPushButton, name)
        assert found is None or not (found.isVisible() and found.isEnabled())
    with clerk.context.database.writing("Sửa điểm") as db:
        learner = results.result_list(db, CLASS_ID)[0].enrolment_id
        with pytest.raises(RuleError, match="bế giảng"):
            results.save_mark(db, CLASS_ID, learner, Decimal(3))
