"""The history of a record from every screen that shows one."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.database import Database
from app.rules.permissions import User
from app.services import attendance, enrolment, lecturers, results, students
from app.services.attendance import Mark
from app.services.lecturers import LecturerForm
from app.terms import AttendanceStatus, Role
from app.ui.attendance.tab import AttendanceTab
from app.ui.certificates.tab import CertificatesTab
from app.ui.classes.info_tab import InfoTab
from app.ui.context import Context
from app.ui.history import record_dialog
from app.ui.history.record_dialog import RecordHistory, Subject
from app.ui.lecturers.page import LecturersPage
from app.ui.results.tab import ResultsTab
from app.ui.settings.programme_section import ProgrammeSection
from app.ui.students.page import StudentsPage
from app.ui.students.roll_tab import RollTab
from tests.ui import classroom

At = Callable[[str], Context]
Screen = Callable[[QWidget, str], None]


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[Subject]:
    """The records whose history was opened; the dialogs are made but not waited for."""
    found: list[Subject] = []

    def note(parent: QWidget, context: Context, subject: Subject | None) -> None:
        assert subject is not None
        found.append(subject)
        record_dialog.record_dialog(parent, context, subject)

    monkeypatch.setattr(record_dialog, "show_record", note)
    return found


def trigger(owner: QWidget) -> None:
    """Choose the history in a context menu."""
    action = owner.findChild(QAction, "record_history")
    assert action is not None
    action.trigger()


def press(owner: QWidget, name: str) -> None:
    """Press the button of a detail pane."""
    found = owner.findChild(QPushButton, name)
    assert found is not None
    found.click()


def test_who_changed_what_from_what_to_what(qtbot: QtBot, context_at: At, screen: Screen) -> None:
    context = context_at("running")
    with context.database.reading() as db:
        row = enrolment.class_roll(db, classroom.CLASS_ID)[0]
        form = students.student_detail(db, row.student_id).form
    with context.database.writing(f"Sửa hồ sơ {row.full_name}") as db:
        changed = replace(form, unit="Chi bộ thôn Mới", identity_number="019185001412")
        students.save_student(db, changed, row.student_id)
    holder = QWidget()
    holder.resize(1366, 696)
    qtbot.addWidget(holder)
    subject = ("student", row.student_id, row.full_name)
    dialog = record_dialog.record_dialog(holder, context, subject)
    dialog.show()
    screen(dialog, "lich-su-hoc-vien")
    newest = dialog.model.shown[0]
    assert newest.act.name == f"Sửa hồ sơ {row.full_name}"
    assert newest.act.actor == "Giáo vụ"
    number = next(line for line in dialog.model.shown if line.field == "Số định danh")
    assert number.after == "0191•••••412"
    assert isinstance(dialog, RecordHistory)


def test_a_learner_has_a_history_as_a_person_and_in_the_class(
    qtbot: QtBot, context_at: At, asked: list[Subject]
) -> None:
    context = context_at("running")
    page, roll = StudentsPage(context), RollTab(context)
    for each in (page, roll):
        qtbot.addWidget(each)
    page.reload()
    press(page, "person_changes")
    roll.show_class(classroom.CLASS_ID)
    roll.reload()
    roll.view.selectRow(0)
    trigger(roll.view)
    assert [kind for kind, *_ in asked] == ["student", "enrolment"]


def test_a_lecturer_and_a_class_have_a_history(
    qtbot: QtBot, context_at: At, asked: list[Subject]
) -> None:
    context = context_at("running")
    with context.database.writing("Thêm giảng viên Đỗ Thị Lan") as db:
        added = lecturers.save_lecturer(db, LecturerForm("Đỗ Thị Lan"))
    page, tab = LecturersPage(context), InfoTab(context)
    for each in (page, tab):
        qtbot.addWidget(each)
    page.reload()
    press(page, "lecturer_changes")
    tab.show_class(classroom.CLASS_ID)
    tab.reload()
    press(tab, "class_changes")
    assert asked[0] == ("lecturer", added, "Đỗ Thị Lan")
    assert asked[1][:2] == ("training_class", classroom.CLASS_ID)


def test_one_cell_of_the_attendance_sheet_has_a_history(
    qtbot: QtBot, context_at: At, monkeypatch: pytest.MonkeyPatch
) -> None:
    context = context_at("running")
    with context.database.reading() as db:
        shown = attendance.grid(db, classroom.CLASS_ID)
    cell = (shown.learners[1].enrolment_id, shown.sessions[2].id)
    for status in (AttendanceStatus.PRESENT, AttendanceStatus.EXCUSED):
        with context.database.writing("Điểm danh buổi 3") as db:
            attendance.mark(db, classroom.CLASS_ID, [Mark(*cell, status)])
    tab = AttendanceTab(context)
    qtbot.addWidget(tab)
    tab.show_class(classroom.CLASS_ID)
    tab.reload()
    tab.grid.sessions.go_to(1, 2)
    made: list[RecordHistory] = []
    monkeypatch.setattr(RecordHistory, "exec", lambda self: made.append(self))
    monkeypatch.setattr(RecordHistory, "deleteLater", lambda _self: None)
    trigger(tab.grid.sessions)
    values = [(line.before, line.after) for line in made[0].model.rows if line.field != ""]
    assert ("có mặt", "vắng có phép") in values
    assert made[0].windowTitle().endswith("buổi 3")


def test_a_mark_and_a_certificate_have_a_history(
    qtbot: QtBot, context_at: At, asked: list[Subject]
) -> None:
    context = context_at("issued")
    marks, papers = ResultsTab(context), CertificatesTab(context)
    for each in (marks, papers):
        qtbot.addWidget(each)
        each.show_class(classroom.CLASS_ID)
        each.reload()
    marks.view.go_to(0)
    trigger(marks.view)
    issued = next(row for row in papers.roll.model.rows if row.certificate_id)
    papers.roll.view.select_key(issued.enrolment_id)
    trigger(papers.roll.view)
    with context.database.reading() as db:
        first = results.result_list(db, classroom.CLASS_ID)[0]
    assert asked[0] == ("assessment_result", first.enrolment_id, f"điểm của {first.full_name}")
    assert asked[1][:2] == ("certificate", issued.certificate_id)
    papers._settle.stop()


def test_a_programme_has_a_history(qtbot: QtBot, demo: Database, asked: list[Subject]) -> None:
    from app.ui.tasks import TaskRunner

    section = ProgrammeSection(Context(demo, TaskRunner(), classroom.Window()))
    qtbot.addWidget(section)
    section.reload()
    press(section, "programme_changes")
    assert asked[0][0] == "programme"


def test_who_may_not_read_the_books_is_offered_no_history(
    qtbot: QtBot, context_at: At, asked: list[Subject]
) -> None:
    context = context_at("running")
    context.database.sign_in(User("Vũ Thu", frozenset({Role.LECTURER}), 1, 1))
    holder = QWidget()
    qtbot.addWidget(holder)
    found = record_dialog.history_button(holder, context, lambda: None, "changes")
    assert found.isHidden()
    assert not asked
