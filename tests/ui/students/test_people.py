"""Học viên: found without accents, shown with history, corrected, added once."""

from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from app import backups, text
from app.database import Database
from app.dates import PartialDate
from app.services import students
from app.services.students import StudentForm
from app.terms import BackupKind
from app.ui import dialogs, files
from app.ui.dialogs import Dialog
from app.ui.frame import MainWindow
from app.ui.history import taking_back
from app.ui.students import page as page_module
from app.ui.students.page import StudentsPage
from tests.ui.students.keys import ENTER, answer_dialogs, click, press, type_text, wait_for_button


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
    assert len(people.model.rows) == 0
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
    people.acts.add()
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
    people.acts.add()
    assert titles[1] == f"Đã có {known.full_name} cùng ngày sinh. Vẫn thêm?"
    with demo.reading() as db:
        assert students.same_person(db, known.full_name, known.born) == [known.id]


def test_initials_find_people_and_the_count_says_how_many(
    people: StudentsPage, demo: Database, qtbot: QtBot
) -> None:
    with demo.writing("Thêm") as db:
        students.save_student(db, StudentForm("Nguyễn Văn Đạt", PartialDate(1985)))
        everybody = students.student_count(db)
    find(people, qtbot, "nvd")
    assert "Nguyễn Văn Đạt" in [row.full_name for row in people.model.rows]
    found = len(people.model.rows)
    assert said(people, "student_count") == f"{found} người khớp “nvd” trong {everybody} người"


def test_unit_and_party_narrow_the_list_and_one_button_widens_it(
    people: StudentsPage, demo: Database
) -> None:
    everybody = len(people.model.rows)
    people.filters.unit.setCurrentIndex(1)
    people.filters.unit.activated.emit(1)
    unit = people.filters.unit.currentText()
    assert 0 < len(people.model.rows) < everybody
    assert {row.unit for row in people.model.rows} == {unit}
    assert said(people, "student_count").endswith(f" trong {everybody} người · {unit}")
    people.clear.click()
    assert len(people.model.rows) == everybody


def test_a_heading_orders_the_people_and_their_place_is_kept(people: StudentsPage) -> None:
    chosen = people.view.current_row()
    people.view.sortByColumn(1, Qt.SortOrder.DescendingOrder)
    births = [row.born.iso if row.born else "" for row in people.model.rows]
    assert births == sorted(births, reverse=True)
    assert people.view.current_row() == chosen


def test_letters_typed_into_the_list_go_to_a_given_name(people: StudentsPage) -> None:
    people.view.setFocus()
    QTest.keyClicks(people.view, "th")
    row = people.view.current_row()
    assert row
    assert text.fold(text.split_name(row.full_name)[1]).startswith("th")


def test_who_learnt_in_a_class_is_not_deleted(
    people: StudentsPage, demo: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = next(row for row in people.model.rows if row.classes)
    refused: list[str] = []
    monkeypatch.setattr(dialogs, "show_error", lambda _parent, error: refused.append(str(error)))
    people.view.select_key(row.id)
    people.delete()
    assert refused[0].startswith(f"Chưa xóa được {row.full_name}: còn {row.classes} ghi danh.")


def test_somebody_entered_by_mistake_is_deleted_and_comes_back(
    qtbot: QtBot, people: StudentsPage, demo: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    with demo.writing("Thêm") as db:
        mistaken = students.save_student(db, StudentForm("Lò Văn Pẩu"))
    people.reload()
    people.view.select_key(mistaken)
    titles = answer_dialogs(monkeypatch, click("action"))
    people.delete()
    qtbot.waitUntil(lambda: people.model.position(mistaken) == -1)
    assert titles == ["Xóa hồ sơ Lò Văn Pẩu?"]
    assert backups.copies(demo.path)[0].kind is BackupKind.BEFORE_DELETING
    act = taking_back.newest(people.context)
    assert act
    taking_back.take_back(people.context, act)
    people.reload()
    assert people.model.position(mistaken) >= 0


def test_a_known_person_is_told_while_the_name_is_typed(
    people: StudentsPage, demo: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = next(row for row in people.model.rows if row.born)
    told: list[str] = []

    def type_in(dialog: Dialog) -> None:
        type_text(dialog, known.full_name.lower())
        wait_for_button(dialog, "use_known")
        told.extend(label.text() for label in dialog.findChildren(QLabel) if label.isVisible())
        click("use_known")(dialog)

    answer_dialogs(monkeypatch, type_in)
    people.acts.add()
    assert any("Có thể đã có trong sổ." in each for each in told)
    assert said(people, "person_name") == known.full_name


def test_the_list_is_exported_as_it_is_shown(
    people: StudentsPage, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    find(people, qtbot, "hoang hai")
    target = tmp_path / "ra.xlsx"
    monkeypatch.setattr(files, "save_file", lambda *_args: target)
    QTest.keyClick(people.view, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(target.exists)
    book = openpyxl.load_workbook(target)
    rows = [list(row) for row in book.worksheets[0].iter_rows(values_only=True)]
    book.close()
    assert str(rows[0][0]).startswith("Học viên: 2 người khớp “hoang hai” trong ")
    assert rows[1] == ["Họ và tên", "Ngày sinh", "Đơn vị / chi bộ", "Lớp"]
    assert [row[0] for row in rows[2:]] == [row.full_name for row in people.model.rows]
    assert [row[3] for row in rows[2:]] == [row.classes for row in people.model.rows]


def test_of_many_the_first_are_shown_at_once_and_then_all(
    people: StudentsPage, demo: Database, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page_module, "PAGE", 5)
    with demo.reading() as db:
        whole = [row.id for row in students.student_list(db, "thi")]
    people.search_for("thi")
    assert [row.id for row in people.model.rows] == whole[:5]
    shown = people.view.current_row()
    qtbot.waitUntil(lambda: len(people.model.rows) == len(whole))
    assert [row.id for row in people.model.rows] == whole
    assert people.view.current_row() == shown
    assert said(people, "student_count").startswith(f"{len(whole)} người khớp “thi” trong ")
