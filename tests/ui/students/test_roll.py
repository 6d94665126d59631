"""The roll of a class: entered from the keyboard, corrected, shortened."""

from datetime import date

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from app import text
from app.database import Database
from app.dates import PartialDate
from app.services import enrolment, students
from app.services.enrolment import RollRow
from app.terms import ClassStatus, Sex
from app.ui.dialogs import Dialog
from app.ui.frame import MainWindow
from app.ui.imports.page import ImportPage
from app.ui.students.page import StudentsPage
from app.ui.students.roll_tab import RollTab
from tests.ui.students.conftest import ClassOf
from tests.ui.students.keys import ENTER, answer_dialogs, click, press, type_text, wait_for_button


def open_roll(window: MainWindow, class_id: int) -> RollTab:
    window.open("class", class_id, "roll")
    tab = window.findChild(RollTab)
    assert isinstance(tab, RollTab)
    return tab


def stored(demo: Database, class_id: int) -> list[RollRow]:
    with demo.reading() as db:
        return enrolment.class_roll(db, class_id)


def counted(tab: RollTab) -> str:
    label = tab.findChild(QLabel, "roll_count")
    assert isinstance(label, QLabel)
    return label.text()


@pytest.fixture
def running(window: MainWindow, class_of: ClassOf) -> RollTab:
    return open_roll(window, class_of(ClassStatus.RUNNING))


def test_the_roll_is_in_vietnamese_order_of_given_names(running: RollTab) -> None:
    names = [row.full_name for row in running.model.shown]
    assert names == sorted(names, key=text.sort_key)
    women = sum(row.sex is Sex.FEMALE for row in running.model.rows)
    assert counted(running) == f"{len(names)} học viên · {women} nữ"


def test_sensitive_columns_are_hidden_at_first(running: RollTab) -> None:
    model = running.model
    hidden = {
        column.heading
        for at, column in enumerate(model.columns)
        if running.view.isColumnHidden(at + 1)
    }
    assert hidden >= {"Dân tộc", "Tôn giáo", "Số định danh", "Điện thoại"}


def test_a_name_is_found_without_accents(running: RollTab, qtbot: QtBot) -> None:
    QTest.keyClicks(running.search, "dao")
    qtbot.waitUntil(lambda: len(running.model.shown) < len(running.model.rows))
    assert running.model.shown
    assert all("dao" in text.fold(f"{row.full_name} {row.unit}") for row in running.model.shown)
    assert " trong 42 học viên" in counted(running)


def test_two_people_are_typed_in_from_the_keyboard(
    window: MainWindow, class_of: ClassOf, demo: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Enter goes on, the unit of the first is there for the second."""
    class_id = class_of(ClassStatus.PLANNED)
    tab = open_roll(window, class_id)

    def type_in(dialog: Dialog) -> None:
        type_text(dialog, "Đỗ Thị Hoài Thương")
        press(dialog, ENTER)
        type_text(dialog, "02071985")
        press(dialog, ENTER, Qt.Key.Key_Down, Qt.Key.Key_Down, ENTER, ENTER)
        type_text(dialog, "Chi bộ thôn Nà Lừa")
        press(dialog, ENTER, ENTER, ENTER)
        type_text(dialog, "Lò Văn Pẩu")
        press(dialog, ENTER)
        type_text(dialog, "1985")
        press(dialog, ENTER, control=True)

    answer_dialogs(monkeypatch, type_in)
    tab.acts.add()
    first, second = stored(demo, class_id)
    assert (second.full_name, second.born) == ("Đỗ Thị Hoài Thương", PartialDate(1985, 7, 2))
    assert second.sex is Sex.FEMALE
    assert (first.full_name, first.born) == ("Lò Văn Pẩu", PartialDate(1985))
    assert first.unit == second.unit == "Chi bộ thôn Nà Lừa"
    assert tab.stack.currentIndex() == 0
    assert counted(tab) == "2 học viên · 1 nữ"


@pytest.mark.parametrize("typed", ["2/7/85", "02071985", "2.7.1985", "02-07-85"])
def test_dates_are_taken_in_any_usual_form(
    running: RollTab, typed: str, demo: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    def type_in(dialog: Dialog) -> None:
        type_text(dialog, "Lò Văn Pẩu")
        press(dialog, ENTER)
        type_text(dialog, typed)
        press(dialog, ENTER, control=True)

    answer_dialogs(monkeypatch, type_in)
    running.acts.add()
    added = next(row for row in stored(demo, running.class_id) if row.full_name == "Lò Văn Pẩu")
    assert added.born == PartialDate(1985, 7, 2)


def test_a_day_that_does_not_exist_stays_in_the_dialog_with_its_reason(
    running: RollTab, demo: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = len(stored(demo, running.class_id))
    said: list[str] = []

    def type_in(dialog: Dialog) -> None:
        type_text(dialog, "Lò Văn Pẩu")
        press(dialog, ENTER)
        type_text(dialog, "31/02/1997")
        press(dialog, ENTER, control=True)
        said.extend(label.text() for label in dialog.findChildren(QLabel))

    answer_dialogs(monkeypatch, type_in)
    running.acts.add()
    assert "Ngày 31/02 không có. Sửa lại hoặc chỉ ghi năm 1997." in said
    assert len(stored(demo, running.class_id)) == before


def test_somebody_known_by_name_and_birth_is_not_registered_twice(
    running: RollTab, demo: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = next(row for row in running.model.rows if row.born and row.born.is_exact)
    assert known.born
    grid = known.born.grid

    def type_in(dialog: Dialog) -> None:
        type_text(dialog, known.full_name)
        press(dialog, ENTER)
        type_text(dialog, grid)
        press(dialog, ENTER, control=True)

    before = len(stored(demo, running.class_id))
    titles = answer_dialogs(monkeypatch, type_in, lambda _dialog: None)
    running.acts.add()
    assert titles == ["Thêm học viên", "Chưa làm được"]
    assert len(stored(demo, running.class_id)) == before


def test_known_people_are_enrolled_by_search_and_enter(
    running: RollTab, demo: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    inside = {row.student_id for row in running.model.rows}
    with demo.reading() as db:
        people = students.student_list(db)
    wanted = next(row for row in people if row.id not in inside)

    def choose(dialog: Dialog) -> None:
        type_text(dialog, text.fold(wanted.full_name))
        press(dialog, ENTER, ENTER)

    answer_dialogs(monkeypatch, choose)
    running.acts.pick(running.model.rows)
    assert wanted.id in {row.student_id for row in stored(demo, running.class_id)}


def test_f2_corrects_the_person_and_the_unit_of_the_class(
    running: RollTab, demo: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = running.model.shown[0]

    def correct(dialog: Dialog) -> None:
        field = dialog.findChild(QLineEdit, "unit")
        assert field is not None
        field.setText("Chi bộ thôn Nà Lừa")
        click("action")(dialog)

    answer_dialogs(monkeypatch, correct)
    running.view.select_key(row.enrolment_id)
    QTest.keyClick(running.view, Qt.Key.Key_F2)
    changed = next(
        one for one in stored(demo, running.class_id) if one.enrolment_id == row.enrolment_id
    )
    assert changed.unit == "Chi bộ thôn Nà Lừa"
    with demo.reading() as db:
        assert students.student_detail(db, row.student_id).form.unit == "Chi bộ thôn Nà Lừa"


def test_ticked_learners_get_the_day_they_left(
    running: RollTab, demo: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    chosen = list(running.model.shown[:2])
    running.model.set_ticked(chosen, True)
    assert running.bar.isVisibleTo(running)

    def fill(dialog: Dialog) -> None:
        press(dialog, ENTER)
        type_text(dialog, "20112026")
        press(dialog, ENTER, control=True)

    titles = answer_dialogs(monkeypatch, fill)
    click("period")(running)
    assert titles == ["Thời gian học của 2 học viên"]
    left = [row for row in stored(demo, running.class_id) if row.left_on]
    assert {row.enrolment_id for row in left} == {row.enrolment_id for row in chosen}
    assert {row.left_on for row in left} == {date(2026, 11, 20)}
    assert counted(running).endswith("2 đã thôi học")


def test_a_learner_with_attendance_is_not_taken_off_the_roll(
    running: RollTab, demo: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = len(running.model.rows)
    running.model.set_ticked(running.model.shown[:1], True)
    titles = answer_dialogs(monkeypatch, click("action"), lambda _dialog: None)
    click("withdraw")(running)
    assert titles[1] == "Chưa làm được"
    assert len(stored(demo, running.class_id)) == before


def test_somebody_added_by_mistake_is_taken_off_the_roll(
    window: MainWindow, class_of: ClassOf, demo: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    class_id = class_of(ClassStatus.PLANNED)
    with demo.writing("Ghi danh") as db:
        enrolment.enrol_student(db, class_id, students.student_list(db)[0].id)
    tab = open_roll(window, class_id)
    tab.model.set_ticked(tab.model.rows, True)
    answer_dialogs(monkeypatch, click("action"))
    click("withdraw")(tab)
    assert stored(demo, class_id) == []
    assert tab.stack.currentIndex() == 1


def test_a_closed_class_cannot_be_written(window: MainWindow, class_of: ClassOf) -> None:
    tab = open_roll(window, class_of(ClassStatus.CLOSED))
    for name in ("import_roster", "pick_known", "add_learner", "period", "withdraw"):
        found = tab.findChild(QPushButton, name)
        assert isinstance(found, QPushButton)
        assert not found.isEnabled()
        assert "Lớp đã" in found.toolTip()


def test_enter_opens_the_person(window: MainWindow, running: RollTab) -> None:
    row = running.model.shown[3]
    running.view.select_key(row.enrolment_id)
    QTest.keyClick(running.view, ENTER)
    page = window.page()
    assert isinstance(page, StudentsPage)
    chosen = page.view.current_row()
    assert chosen is not None
    assert chosen.id == row.student_id


def test_the_import_of_the_class_begins_with_the_choice_of_a_file(
    window: MainWindow, running: RollTab
) -> None:
    click("import_roster")(running)
    page = window.page()
    assert isinstance(page, ImportPage)
    assert page.stack.currentWidget() is page.choosing
    assert page.choosing.choose.hasFocus()


def test_a_click_into_the_first_column_ticks(running: RollTab) -> None:
    area = running.view.visualRect(running.model.index(0, 0))
    QTest.mouseClick(running.view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(area.center()))
    assert running.model.ticked_rows() == [running.model.shown[0]]


BLOCK = "Họ và tên\tNgày sinh\tĐơn vị\nLò Văn Pẩu\t02/07/1985\tChi bộ thôn Nà Lừa\n"


def test_rows_copied_in_excel_and_pasted_into_the_roll_are_imported(
    running: RollTab, window: MainWindow, qtbot: QtBot
) -> None:
    QApplication.clipboard().setText(BLOCK)
    running.view.setFocus()
    QTest.keyClick(running.view, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    page = window.page()
    assert isinstance(page, ImportPage)
    qtbot.waitUntil(lambda: page.reading is not None)
    assert page.reading
    assert [row.full_name for row in page.reading.roster.all_rows] == ["Lò Văn Pẩu"]


def test_rows_pasted_into_a_name_are_imported_and_not_typed(
    running: RollTab, window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    QApplication.clipboard().setText(BLOCK)

    def paste(dialog: Dialog) -> None:
        press(dialog, Qt.Key.Key_V, control=True)

    answer_dialogs(monkeypatch, paste)
    running.acts.add()
    page = window.page()
    assert isinstance(page, ImportPage)
    qtbot.waitUntil(lambda: page.reading is not None)


def test_somebody_known_is_enrolled_from_the_form(
    window: MainWindow, class_of: ClassOf, demo: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    class_id = class_of(ClassStatus.PLANNED)
    tab = open_roll(window, class_id)
    with demo.reading() as db:
        known = students.student_list(db)[0]

    def type_in(dialog: Dialog) -> None:
        type_text(dialog, text.fold(known.full_name))
        wait_for_button(dialog, "use_known")
        click("use_known")(dialog)

    answer_dialogs(monkeypatch, type_in)
    tab.acts.add()
    assert [row.student_id for row in stored(demo, class_id)] == [known.id]
