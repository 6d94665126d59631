"""Học viên: found without accents, shown with history, corrected, added once."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from app.database import Database
from app.dates import PartialDate
from app.services import students
from app.ui.dialogs import Dialog
from app.ui.frame import MainWindow
from app.ui.students.page import StudentsPage
from tests.ui.students.keys import ENTER, answer_dialogs, click, press, type_text


@pytest.fixture
def people(window: MainWindow) -> StudentsPage:
    window.open("students")
    page = window.page()
    assert isinstance(page, StudentsPage)
    return page


def said(page: StudentsPage, name: str) -> str:
    label = page.findChild(QLabel, name)
    assert isinstance(label, QLabel)
    return label.text()


def find(page: StudentsPage, qtbot: QtBot, query: str) -> None:
    page.search.clear()
    QTest.keyClicks(page.search, query)
    qtbot.waitUntil(lambda: f"“{query}”" in said(page, "student_count"))


def test_everybody_is_there_at_first(people: StudentsPage, demo: Database) -> None:
    with demo.reading() as db:
        count = students.student_count(db)
    assert len(people.model.rows) == count
    assert said(people, "student_count") == f"{count} người"
    assert said(people, "person_name") == people.model.rows[0].full_name


def test_people_are_found_without_accents(people: StudentsPage, qtbot: QtBot) -> None:
    find(people, qtbot, "hoang hai an")
    names = [row.full_name for row in people.model.rows]
    assert names == ["Hoàng Hải An", "Hoàng Hải Thiện"]  # the second by his unit in An Bình
    assert said(people, "student_count").startswith("2 người khớp “hoang hai an” trong ")
    assert said(people, "person_name") == "Hoàng Hải An"


def test_d_with_and_without_stroke_is_one_letter(people: StudentsPage, qtbot: QtBot) -> None:
    find(people, qtbot, "dao")
    assert people.model.rows
    assert any("Đào" in row.full_name for row in people.model.rows)


def test_nobody_found_is_said_with_a_way_out(people: StudentsPage, qtbot: QtBot) -> None:
    find(people, qtbot, "thi hqq")
    assert people.model.rows == []
    assert people._empty.isVisible()
    assert people.detail.currentIndex() == 0


def test_numbers_are_masked_and_the_history_has_certificates(
    people: StudentsPage, qtbot: QtBot
) -> None:
    find(people, qtbot, "hoang hai an")
    texts = {label.text() for label in people.detail.findChildren(QLabel)}
    assert any("•••••" in text for text in texts)
    numbers = [row.certificate_number for row in people.detail.model.rows]
    assert any(number.endswith("-GCN/TTCT") for number in numbers)


def test_enter_on_a_class_of_the_history_opens_it(
    people: StudentsPage, window: MainWindow, qtbot: QtBot
) -> None:
    find(people, qtbot, "hoang hai an")
    press(window, ENTER, ENTER)  # into the list, then into the history
    view = people.detail.view
    assert view.hasFocus()
    view.select_key(people.detail.model.rows[0].class_id)
    QTest.keyClick(view, ENTER)
    assert window.place() == "class"


def test_f2_corrects_a_person(
    people: StudentsPage, demo: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = people.model.rows[0]

    def correct(dialog: Dialog) -> None:
        phone = dialog.findChild(QLineEdit, "phone")
        assert isinstance(phone, QLineEdit)
        phone.setText("0912345678")
        click("action")(dialog)

    answer_dialogs(monkeypatch, correct)
    QTest.keyClick(people.view, Qt.Key.Key_F2)
    with demo.reading() as db:
        assert students.student_detail(db, row.id).form.phone == "0912345678"


def test_a_wrong_number_is_told_at_its_field(
    people: StudentsPage, demo: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    row, told = people.model.rows[0], []

    def correct(dialog: Dialog) -> None:
        number = dialog.findChild(QLineEdit, "identity_number")
        assert isinstance(number, QLineEdit)
        number.setText("02030105812")
        click("action")(dialog)
        told.append(number.accessibleDescription())

    answer_dialogs(monkeypatch, correct, lambda _dialog: None)
    people.edit()
    assert told == ["Số định danh có 11 ký tự, cần 12 chữ số (hoặc CMND 9)."]
    with demo.reading() as db:
        assert students.student_detail(db, row.id).form.identity_number != "02030105812"


def test_a_new_person_is_added_and_shown(
    people: StudentsPage, demo: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    def type_in(dialog: Dialog) -> None:
        type_text(dialog, "Lò Văn Pẩu")
        press(dialog, ENTER)
        type_text(dialog, "02071985")
        press(dialog, ENTER, control=True)

    answer_dialogs(monkeypatch, type_in)
    people.add()
    assert said(people, "person_name") == "Lò Văn Pẩu"
    with demo.reading() as db:
        assert students.same_person(db, "Lò Văn Pẩu", PartialDate(1985, 7, 2))


def test_the_same_person_is_added_again_only_when_it_is_meant(
    people: StudentsPage, demo: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = next(row for row in people.model.rows if row.born)
    assert known.born
    born = known.born.grid

    def type_in(dialog: Dialog) -> None:
        type_text(dialog, known.full_name)
        press(dialog, ENTER)
        type_text(dialog, born)
        press(dialog, ENTER, control=True)

    titles = answer_dialogs(monkeypatch, type_in, click("cancel"))
    people.add()
    assert titles[1] == f"Đã có {known.full_name} cùng ngày sinh. Vẫn thêm?"
    with demo.reading() as db:
        assert students.same_person(db, known.full_name, known.born) == [known.id]
