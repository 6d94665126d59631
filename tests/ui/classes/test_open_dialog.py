"""Opening a class: what is proposed, what is refused, what is made."""

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.database import Database
from app.services import classes, programmes, timetable
from app.ui.classes.list_page import ClassListPage
from app.ui.classes.open_dialog import OpenClassDialog
from app.ui.field import Field
from app.ui.fields import TextField
from app.ui.frame import MainWindow


@pytest.fixture
def dialog(window: MainWindow, qtbot: QtBot) -> OpenClassDialog:
    page = window.page()
    assert isinstance(page, ClassListPage)
    made = OpenClassDialog(page, page.context)
    qtbot.addWidget(made)
    return made


def line(dialog: OpenClassDialog, name: str) -> TextField:
    field = dialog.form.field(name)
    assert isinstance(field, TextField)
    return field


def choose(dialog: OpenClassDialog, field: Field, demo: Database, code: str) -> None:
    with demo.reading() as db:
        row = next(row for row in programmes.programme_list(db) if row.code == code)
    field.fill(row.current.id)
    field.changed.emit()


def test_name_and_next_intake_follow_the_programme(dialog: OpenClassDialog, demo: Database) -> None:
    choose(dialog, dialog.form.field("version_id"), demo, "NTVD")
    assert line(dialog, "name").value() == "Bồi dưỡng nhận thức về Đảng"
    assert line(dialog, "intake").value() == "khóa IV"
    assert "Căn cứ: Hướng dẫn số 61" in dialog.facts.basis.text()
    choose(dialog, dialog.form.field("version_id"), demo, "DVM")
    assert line(dialog, "intake").value() == "khóa II"


def test_what_was_typed_is_never_proposed_over(dialog: OpenClassDialog, demo: Database) -> None:
    line(dialog, "name").line.setText("Tên riêng của lớp")
    choose(dialog, dialog.form.field("version_id"), demo, "NTVD")
    assert line(dialog, "name").value() == "Tên riêng của lớp"


def test_the_last_day_follows_from_the_programme_and_the_pattern(
    dialog: OpenClassDialog, demo: Database, screen: Callable[[QWidget, str], None]
) -> None:
    choose(dialog, dialog.form.field("version_id"), demo, "NTVD")
    line(dialog, "starts_on").line.setText("7/12/2026")
    line(dialog, "starts_on").line.editingFinished.emit()
    assert line(dialog, "ends_on").value() == date(2026, 12, 11)
    dialog.adjustSize()
    screen(dialog, "mo-lop")


def test_a_class_is_opened_with_its_timetable(dialog: OpenClassDialog, demo: Database) -> None:
    choose(dialog, dialog.form.field("version_id"), demo, "NTVD")
    line(dialog, "starts_on").line.setText("7/12/2026")
    line(dialog, "starts_on").line.editingFinished.emit()
    line(dialog, "decision_number").line.setText("40-QĐ/TTCT")
    line(dialog, "decision_date").line.setText("1/12/2026")
    assert dialog.form.submit()
    assert dialog.next_tab == "roll"
    with demo.reading() as db:
        detail = classes.class_detail(db, dialog.class_id)
        rows = timetable.session_list(db, dialog.class_id)
    assert detail.title == "Bồi dưỡng nhận thức về Đảng, khóa IV/2026"
    assert detail.opening_decision is not None
    assert len(rows) == 10
    assert rows[0].held_on == date(2026, 12, 7)


def test_a_decision_without_a_day_opens_nothing(dialog: OpenClassDialog, demo: Database) -> None:
    line(dialog, "starts_on").line.setText("7/12/2026")
    line(dialog, "starts_on").line.editingFinished.emit()
    line(dialog, "decision_number").line.setText("40-QĐ/TTCT")
    assert not dialog.form.submit()
    assert dialog.class_id == 0
    assert line(dialog, "decision_date").problem_shown


def test_proposals_alone_are_no_unsaved_input(dialog: OpenClassDialog) -> None:
    assert not dialog.form.is_dirty
