"""The unit of a person: known ones are offered while it is typed, and nothing is forced."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from app.database import Database
from app.services import students, units
from app.services.students import StudentForm
from app.ui.context import Context
from app.ui.frame import MainWindow
from app.ui.students.add_dialog import AddStudentDialog
from app.ui.students.person_form import whole_form
from app.ui.students.unit_field import UnitField
from tests.ui.conftest import Screen
from tests.ui.students.keys import ENTER, press, type_text

TOWN, PARTY = "Thị trấn Bình Gia", "Đảng ủy thị trấn Bình Gia"
IS_NEW = "Đơn vị mới: sẽ thêm vào danh sách đơn vị."
Register = Callable[[StudentForm], object]


@pytest.fixture
def register(demo: Database) -> Register:
    def save(person: StudentForm) -> None:
        with demo.writing("Thêm học viên") as db:
            students.save_student(db, person)

    for at, name in enumerate((TOWN, PARTY, "Công an xã Tân Văn")):
        save(StudentForm(f"Người thứ {at}", unit=name))
    return save


@pytest.fixture
def dialog(
    qtbot: QtBot, window: MainWindow, register: Register, context: Context
) -> AddStudentDialog:
    made = AddStudentDialog(window, context, register)
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is made)
    return made


@pytest.fixture
def context(window: MainWindow) -> Context:
    page = window.page()
    assert page
    return page.context


@pytest.fixture
def field(dialog: AddStudentDialog) -> UnitField:
    found = dialog.form.field("unit")
    assert isinstance(found, UnitField)
    found.line.setFocus()
    return found


def type_unit(field: UnitField, typed: str) -> None:
    field.line.clear()
    type_text(field.window(), typed)
    field.look()


def said(field: UnitField) -> list[str]:
    """What stands under the field."""
    notes = field.offers.findChildren(QLabel)
    links = field.offers.findChildren(QPushButton)
    shown = [each.text() for each in notes if each.isVisible()]
    return shown + [each.text() for each in links if each.isVisible()]


def test_known_units_with_every_typed_word_are_offered(field: UnitField, screen: Screen) -> None:
    type_unit(field, "thi tran binh")
    assert said(field) == [f"Dùng: {TOWN}", f"Dùng: {PARTY}"]
    assert field.line.hasFocus()
    screen(field.window(), "06-don-vi-da-co")


def test_units_are_offered_once_typing_settles(field: UnitField, qtbot: QtBot) -> None:
    type_text(field.window(), "thi tran")
    assert said(field) == []
    qtbot.waitUntil(lambda: said(field) != [])


def test_an_offered_unit_is_taken_by_a_click_and_the_next_field_has_the_keyboard(
    field: UnitField, dialog: AddStudentDialog
) -> None:
    type_unit(field, "thi tran")
    field.offers.findChildren(QPushButton)[0].click()
    assert field.value() == TOWN
    assert said(field) == []
    assert dialog.form.field("position").editor.hasFocus()


def test_an_offered_unit_is_taken_by_tab_and_enter(
    field: UnitField, dialog: AddStudentDialog
) -> None:
    type_unit(field, "thi tran")
    press(dialog, Qt.Key.Key_Tab, Qt.Key.Key_Tab, ENTER)
    assert field.value() == PARTY
    assert dialog.form.field("position").editor.hasFocus()


def test_enter_goes_past_the_offers_and_keeps_what_was_typed(
    field: UnitField, dialog: AddStudentDialog
) -> None:
    type_unit(field, "thi tran")
    press(dialog, ENTER)
    assert field.value() == "thi tran"
    assert dialog.form.field("position").editor.hasFocus()


def test_a_known_unit_needs_no_word_by_whatever_name(field: UnitField, demo: Database) -> None:
    with demo.writing("Thêm tên") as db:
        town = next(row for row in units.unit_list(db) if row.name == TOWN)
        units.add_name(db, town.id, "TTBG")
    for typed in (TOWN, "THỊ TRẤN BÌNH GIA", "TTBG", ""):
        type_unit(field, typed)
        assert said(field) == []
    type_unit(field, "ttb")
    assert said(field) == [f"Dùng: {TOWN}"]


def test_a_unit_like_none_is_said_to_be_new_until_it_is_saved(
    field: UnitField, dialog: AddStudentDialog
) -> None:
    type_unit(field, "Hợp tác xã Quế Rừng")
    assert said(field) == [IS_NEW]
    dialog.form.field("full_name").fill("Lò Văn Pẩu")
    assert dialog.form.submit()
    field.look()
    assert field.value() == "Hợp tác xã Quế Rừng"
    assert said(field) == []


def test_the_form_keeps_its_height_whatever_is_said(
    field: UnitField, dialog: AddStudentDialog
) -> None:
    heights = set()
    for typed in ("", "thi tran", "Hợp tác xã Quế Rừng", TOWN):
        type_unit(field, typed)
        heights.add((dialog.sizeHint().height(), field.sizeHint().height(), dialog.width()))
    assert len(heights) == 1


def test_offers_without_room_are_left_out_and_a_long_one_is_cut(
    field: UnitField, register: Register
) -> None:
    long = "Trung tâm Dịch vụ nông nghiệp & phát triển nông thôn " * 3
    register(StudentForm("Người thứ tư", unit=long))
    register(StudentForm("Người thứ năm", unit=f"Chi bộ {long}"))
    type_unit(field, "trung tam dich vu")
    assert len(said(field)) == 1
    assert "…" in said(field)[0]
    assert field.offers.findChildren(QPushButton)[0].width() <= field.offers.width()
    field.offers.findChildren(QPushButton)[0].click()
    assert field.value() == long.strip()


def test_the_whole_form_offers_units_beside_the_position(
    qtbot: QtBot, context: Context, register: Register
) -> None:
    form = whole_form(lambda _values: None, context)
    qtbot.addWidget(form)
    form.resize(720, 400)
    form.show()
    field = form.field("unit")
    assert isinstance(field, UnitField)
    field.line.setText("thi tran")
    field.look()
    assert said(field)[0] == f"Dùng: {TOWN}"
