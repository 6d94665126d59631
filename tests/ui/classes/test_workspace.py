"""The workspace of a class: tabs, steps, papers."""

from collections.abc import Callable
from datetime import datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot

from app.database import Database
from app.services import certificates, class_tasks, classes
from app.services.class_tasks import ClassRow
from app.terms import ClassStatus
from app.ui.classes import papers_menu, steps
from app.ui.classes.head import TABS
from app.ui.classes.info_tab import InfoTab
from app.ui.classes.timetable_tab import TimetableTab
from app.ui.classes.workspace import ClassPage
from app.ui.frame import MainWindow
from app.ui.print_preview import PrintPreview
from app.ui.tasks import Task

Find = Callable[[ClassStatus], ClassRow]


def workspace(window: MainWindow, row: ClassRow, tab: str) -> ClassPage:
    window.open("class", row.id, tab)
    page = window.page()
    assert isinstance(page, ClassPage)
    return page


def status_of(demo: Database, class_id: int) -> ClassStatus:
    with demo.reading() as db:
        return classes.class_detail(db, class_id).status


@pytest.fixture
def agreed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every step dialog is answered with yes; the titles asked are kept."""
    asked: list[str] = []

    def answer(dialog: QDialog) -> int:
        asked.append(dialog.windowTitle())
        return QDialog.DialogCode.Accepted

    monkeypatch.setattr(steps.StepDialog, "exec", answer)
    return asked


def test_the_head_tells_the_facts_of_the_class(window: MainWindow, row_of: Find) -> None:
    row = row_of(ClassStatus.RUNNING)
    page = workspace(window, row, "timetable")
    assert page.head.title.text() == row.title
    assert page.crumb() == row.short_title == "Nhận thức về Đảng, khóa II/2026"
    facts = page.head.facts.text()
    assert f"{row.learners} học viên" in facts
    assert f"{row.sessions} buổi" in facts
    assert "Chủ nhiệm: Nông Thị Hiền" in facts


def test_page_keys_go_round_the_tabs(window: MainWindow, row_of: Find, qtbot: QtBot) -> None:
    page = workspace(window, row_of(ClassStatus.RUNNING), "info")
    assert isinstance(page.tab(), InfoTab)
    QTest.keyClick(page, Qt.Key.Key_PageDown, Qt.KeyboardModifier.ControlModifier)
    assert page.head.key() == "timetable"
    assert isinstance(page.tab(), TimetableTab)
    QTest.keyClick(page, Qt.Key.Key_PageUp, Qt.KeyboardModifier.ControlModifier)
    assert page.head.key() == "info"


def test_unsaved_input_keeps_the_tab(
    window: MainWindow, row_of: Find, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = workspace(window, row_of(ClassStatus.PLANNED), "info")
    tab = page.tab()
    assert tab is not None
    monkeypatch.setattr(tab, "may_leave", lambda: False)
    assert not page.open_tab("timetable")
    assert (page.tab(), page.head.key()) == (tab, "info")


def test_a_click_on_the_next_step_moves_the_class(
    window: MainWindow, demo: Database, row_of: Find, agreed: list[str]
) -> None:
    row = row_of(ClassStatus.PLANNED)
    page = workspace(window, row, "info")
    page.head.stepper.step_clicked.emit(1)
    assert status_of(demo, row.id) is ClassStatus.RECRUITING
    page.head.stepper.step_clicked.emit(2)
    assert status_of(demo, row.id) is ClassStatus.RUNNING
    assert len(agreed) == 2
    assert page.head.stepper.accessibleName() == "Bước 3/5, Đang học"


def test_a_step_can_be_taken_back_before_the_results(
    window: MainWindow, demo: Database, row_of: Find, agreed: list[str]
) -> None:
    row = row_of(ClassStatus.RUNNING)
    page = workspace(window, row, "info")
    page.head.stepper.step_clicked.emit(1)
    assert status_of(demo, row.id) is ClassStatus.RECRUITING


def test_a_far_step_is_reached_one_by_one(
    window: MainWindow, demo: Database, row_of: Find, agreed: list[str]
) -> None:
    row = row_of(ClassStatus.PLANNED)
    page = workspace(window, row, "info")
    page.head.stepper.step_clicked.emit(2)
    assert status_of(demo, row.id) is ClassStatus.RECRUITING
    page.head.stepper.step_clicked.emit(2)
    assert status_of(demo, row.id) is ClassStatus.RUNNING
    page.head.stepper.step_clicked.emit(0)
    assert status_of(demo, row.id) is ClassStatus.RECRUITING
    assert [title.rpartition("sang ")[2] for title in agreed] == [
        "Chiêu sinh?",
        "Đang học?",
        "Chiêu sinh?",
    ]


def test_steps_of_a_class_with_final_results_lead_to_the_tab_that_unlocks_them(
    window: MainWindow, demo: Database, row_of: Find, agreed: list[str]
) -> None:
    row = row_of(ClassStatus.FINALISED)
    page = workspace(window, row, "info")
    page.head.stepper.step_clicked.emit(2)
    assert page.head.key() == "results"
    page.head.stepper.step_clicked.emit(3)
    assert page.head.key() == "dossier"
    assert status_of(demo, row.id) is ClassStatus.FINALISED
    assert not agreed


@pytest.mark.parametrize(("step", "tab"), [(3, "results"), (4, "dossier")])
def test_results_and_closing_lead_to_their_tabs(
    window: MainWindow,
    row_of: Find,
    step: int,
    tab: str,
) -> None:
    page = workspace(window, row_of(ClassStatus.RUNNING), "info")
    page.head.stepper.step_clicked.emit(step)
    assert page.head.key() == tab


def test_the_step_dialog_names_what_is_missing(
    qtbot: QtBot, screen: Callable[[QWidget, str], None]
) -> None:
    missing = (False, "Chưa có quyết định mở lớp", "Ghi ở thẻ Thông tin.")
    parent = QWidget()
    qtbot.addWidget(parent)
    dialog = steps.StepDialog(
        parent, "Lớp A", ClassStatus.RUNNING, [missing, (True, "Đã có lịch học", "")]
    )
    qtbot.addWidget(dialog)
    dialog.adjustSize()
    screen(dialog, "chuyen-buoc")
    assert "Đang học?" in dialog.windowTitle()


def test_every_paper_of_a_closed_class_is_made_off_the_window(
    window: MainWindow, row_of: Find, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    page = workspace(window, row_of(ClassStatus.CLOSED), "info")
    shown: list[tuple[bytes, str]] = []
    monkeypatch.setattr(
        page._papers, "_show", lambda _words, pdf, name, noted: shown.append((pdf[:5], name))
    )
    page._papers.aboutToShow.emit()
    actions = page._papers.actions()
    assert [action.isEnabled() for action in actions] == [True] * 5
    for action in actions:
        action.trigger()
    qtbot.waitUntil(lambda: len(shown) == 5, timeout=20_000)
    assert {head for head, _ in shown} == {b"%PDF-"}
    assert len({name for _, name in shown}) == 5


def test_papers_a_class_has_no_ground_for_are_grey(window: MainWindow, row_of: Find) -> None:
    page = workspace(window, row_of(ClassStatus.PLANNED), "info")
    page._papers.aboutToShow.emit()
    usable = [a.objectName() for a in page._papers.actions() if a.isEnabled()]
    assert usable == ["print_closing_report"]


def test_another_class_is_read_when_it_is_opened(
    window: MainWindow, demo: Database, row_of: Find
) -> None:
    running, closed = row_of(ClassStatus.RUNNING), row_of(ClassStatus.CLOSED)
    page = workspace(window, running, "timetable")
    assert isinstance(tab := page.tab(), TimetableTab)
    assert len(tab.model.rows) == running.sessions
    workspace(window, closed, "timetable")
    assert len(tab.model.rows) == closed.sessions
    with demo.reading() as db:
        assert len(class_tasks.class_list(db)) == 4


def test_a_narrow_window_shows_the_step_as_a_chip(
    window: MainWindow, row_of: Find, screen: Callable[[QWidget, str], None]
) -> None:
    window.resize(1093, 614)
    page = workspace(window, row_of(ClassStatus.RUNNING), "timetable")
    screen(window, "03-lop-lich-hoc-hep")
    assert page.head.stepper.width() < page.head.width() / 4
    assert page.minimumSizeHint().width() <= 900
    window.open("classes")
    screen(window, "02-danh-sach-lop-hep")
    listed = window.page()
    assert listed is not None
    assert listed.minimumSizeHint().width() <= 1000
    window.open("class", row_of(ClassStatus.CLOSED).id, "info")
    QApplication.processEvents()
    screen(window, "lop-thong-tin-hep")


@pytest.mark.parametrize("status", [each for each in ClassStatus if each.step != 1])
def test_every_tab_opens_at_every_stage(
    window: MainWindow, row_of: Find, status: ClassStatus
) -> None:
    page = workspace(window, row_of(status), "info")
    for key in TABS:
        assert page.open_tab(key)
        assert page.tab() is not None
    assert page.open_tab("info")


def test_ctrl_p_goes_to_the_tab_that_prints_itself(window: MainWindow, row_of: Find) -> None:
    page = workspace(window, row_of(ClassStatus.CLOSED), "timetable")
    assert page._print_key.isEnabled()
    page.open_tab("certificates")
    assert not page._print_key.isEnabled()
    page.open_tab("info")
    assert page._print_key.isEnabled()


def test_certificates_kept_from_the_menu_are_noted_as_printed(
    window: MainWindow, demo: Database, row_of: Find, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = row_of(ClassStatus.CLOSED)
    page = workspace(window, row, "info")
    with demo.reading() as db:
        before = [one.printed_at for one in certificates.certificate_list(db, row.id)]
    monkeypatch.setattr(PrintPreview, "exec", lambda preview: preview.kept.emit())
    later = datetime(2030, 1, 1)  # noqa: DTZ001 - instants are stored without a zone
    monkeypatch.setattr(certificates, "now", lambda: later)
    pdf = papers_menu.certificates(demo, row.id, Task("", lambda _task: None, None, ""))
    page._papers._show("Giấy chứng nhận", pdf, "x.pdf", noted=True)
    with demo.reading() as db:
        after = [one.printed_at for one in certificates.certificate_list(db, row.id)]
    assert later not in before
    assert set(after) == {None, later}
