"""The import of a roster: checked first, written in one act, questions answered."""

import time
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from app.database import Database
from app.services import enrolment, history, students
from app.ui import files
from app.ui.frame import MainWindow
from app.ui.imports.lines import Standing
from app.ui.imports.page import CHECK, CHOOSE, MAP, ImportPage
from tests.ui.imports.conftest import Open
from tests.ui.students.keys import answer_dialogs, click

ROSTERS = Path(__file__).parents[2] / "data" / "rosters"


def names(demo: Database, class_id: int) -> list[str]:
    with demo.reading() as db:
        return [row.full_name for row in enrolment.class_roll(db, class_id)]


def standings(page: ImportPage) -> list[Standing]:
    return [line.standing for line in page.check.model.rows]


Finish = Callable[[ImportPage], None]


def test_every_line_has_its_standing_and_reason(doubtful: ImportPage) -> None:
    assert standings(doubtful) == [
        Standing.NEW,
        Standing.ERROR,
        Standing.KNOWN,
        Standing.ERROR,
        Standing.NEW,
        Standing.CONFLICT,
        Standing.NEW,
    ]
    wrong = doubtful.check.model.rows[1]
    assert wrong.row.row == 5
    assert [(problem.field, problem.text) for problem in wrong.problems] == [
        ("born", "Ngày 31/02 không có. Sửa lại hoặc chỉ ghi năm 1997.")
    ]
    assert doubtful.act.text().strip() == "Nhập 4 dòng hợp lệ"


def test_identity_numbers_are_masked(doubtful: ImportPage) -> None:
    model = doubtful.check.model
    column = next(at for at, each in enumerate(model.columns) if each.heading == "Số định danh")
    assert model.index(0, column + 1).data() == "0191•••••523"


def test_nothing_is_written_before_the_last_button(
    doubtful: ImportPage, demo: Database, class_id: int
) -> None:
    with demo.reading() as db:
        people = students.student_count(db)
    doubtful.check.view.select_key(9)
    click("use_known")(doubtful)
    assert names(demo, class_id) == []
    with demo.reading() as db:
        assert students.student_count(db) == people


def test_valid_lines_come_in_and_the_others_are_counted(
    doubtful: ImportPage, finish: Finish, demo: Database, class_id: int
) -> None:
    finish(doubtful)
    assert len(names(demo, class_id)) == 4
    with demo.reading() as db:
        written = history.act_list(db, history.ActFilter(query="Nhập danh sách"))
    assert [act.name for act in written] == ["Nhập danh sách ds.xlsx (4 người)"]
    texts = {label.text() for label in doubtful.findChildren(QLabel)}
    assert "Đã nhập 4 học viên vào lớp" in texts
    assert {"hồ sơ mới", "dùng người đã có", "dòng lỗi để lại"} <= texts


def test_an_import_is_taken_back_whole(
    doubtful: ImportPage,
    finish: Finish,
    qtbot: QtBot,
    window: MainWindow,
    demo: Database,
    class_id: int,
) -> None:
    with demo.reading() as db:
        people = students.student_count(db)
    finish(doubtful)
    click("undo_import")(doubtful)
    qtbot.waitUntil(lambda: not names(demo, class_id))
    with demo.reading() as db:
        assert students.student_count(db) == people
    assert window.place() == "class"


def test_f8_goes_from_problem_to_problem(doubtful: ImportPage) -> None:
    view = doubtful.check.view
    seen = []
    for _ in range(4):
        seen.append(view.selected_rows()[0].row.row)
        QTest.keyClick(view, Qt.Key.Key_F8)
    assert seen == [5, 7, 9, 5]
    QTest.keyClick(view, Qt.Key.Key_F8, Qt.KeyboardModifier.ShiftModifier)
    assert view.selected_rows()[0].row.row == 5


def test_the_known_person_is_used_with_one_key(
    doubtful: ImportPage, finish: Finish, demo: Database, class_id: int
) -> None:
    line = doubtful.check.model.rows[5]
    assert line.match
    assert line.match.known
    doubtful.check.view.select_key(line.row.row)
    QTest.keyClick(doubtful.check.view, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    assert standings(doubtful)[5] is Standing.KNOWN
    assert doubtful.act.text().strip() == "Nhập 5 dòng hợp lệ"
    finish(doubtful)
    assert line.match.known.full_name in names(demo, class_id)
    assert "Vũ Tiến Dũng" not in names(demo, class_id)


def test_another_person_comes_in_without_the_number_of_the_first(
    doubtful: ImportPage, finish: Finish, demo: Database, class_id: int
) -> None:
    doubtful.check.view.select_key(9)
    click("is_new")(doubtful)
    assert standings(doubtful)[5] is Standing.NEW
    finish(doubtful)
    with demo.reading() as db:
        roll = enrolment.class_roll(db, class_id)
    assert next(row for row in roll if row.full_name == "Vũ Tiến Dũng").identity_number == ""


def test_the_filter_shows_lines_of_one_standing(doubtful: ImportPage) -> None:
    doubtful.check.filter.choose(Standing.ERROR)
    assert [line.row.row for line in doubtful.check.model.shown] == [5, 7]


def test_a_second_import_of_the_same_file_brings_nobody_twice(
    doubtful: ImportPage, finish: Finish, checked: Open, demo: Database, class_id: int
) -> None:
    finish(doubtful)
    before = names(demo, class_id)
    click("import_action")(doubtful)  # to the class
    assert doubtful.reading
    assert doubtful.reading.origin.path
    page = checked(doubtful.reading.origin.path)
    assert standings(page).count(Standing.SKIPPED) == 4
    assert not page.act.isEnabled()
    assert names(demo, class_id) == before


def test_wrong_lines_are_saved_with_their_reasons(
    doubtful: ImportPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "loi.xlsx"
    monkeypatch.setattr(files, "save_file", lambda *_args: target)
    click("save_bad")(doubtful)
    book = load_workbook(target)
    rows = list(book.worksheets[0].iter_rows(values_only=True))
    book.close()
    assert rows[0][:3] == ("TT", "Họ và tên", "Ngày sinh")
    assert [row[-2] for row in rows[1:]] == [5, 7]
    assert rows[1][-1] == "Ngày 31/02 không có. Sửa lại hoặc chỉ ghi năm 1997."


def test_a_file_that_is_no_workbook_is_refused_with_a_sentence(
    qtbot: QtBot,
    window: MainWindow,
    class_id: int,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    path = tmp_path / "anh.xlsx"
    path.write_bytes(b"\x89PNG\r\n\x1a\n")
    titles = answer_dialogs(monkeypatch, lambda _dialog: None)
    window.open("import", class_id, path)
    qtbot.waitUntil(lambda: bool(titles))
    page = window.page()
    assert isinstance(page, ImportPage)
    assert titles == ["Chưa làm được"]
    assert page.stack.currentIndex() == CHOOSE


def test_a_check_under_way_is_kept_while_looking_elsewhere(
    doubtful: ImportPage, window: MainWindow
) -> None:
    doubtful.check.view.select_key(9)
    click("is_new")(doubtful)
    window.open("students")
    window.back()
    assert window.page() is doubtful
    assert standings(doubtful)[5] is Standing.NEW


@pytest.mark.parametrize(
    ("file", "people"),
    [
        ("D01_title_group_formula_stt.xlsx", 24),
        ("D02_two_row_header_nam_nu_birth.xlsx", 22),
        ("D03_caps_nfd_spaces_split_name.xlsx", 30),
    ],
)
def test_rosters_as_they_are_sent_are_imported(
    checked: Open, finish: Finish, class_id: int, demo: Database, file: str, people: int
) -> None:
    page = checked(ROSTERS / file)
    valid = sum(line.is_valid for line in page.check.model.rows)
    assert valid == people
    finish(page)
    assert len(names(demo, class_id)) == people


def test_five_thousand_rows_do_not_block_the_window(
    qtbot: QtBot, window: MainWindow, class_id: int
) -> None:
    """The window goes on turning while the file is read and matched elsewhere."""
    turns = 0
    window.open("import", class_id, ROSTERS / "D09_five_thousand_rows.xlsx")
    page = window.page()
    assert isinstance(page, ImportPage)
    deadline = time.monotonic() + 60
    while page.stack.currentIndex() != CHECK and time.monotonic() < deadline:
        QTest.qWait(1)
        turns += 1
        if page.stack.currentIndex() == MAP and not page.context.runner.is_busy:
            page.act.click()
    assert len(page.check.model.rows) == 5000
    assert turns > 20
    assert page.act.text().strip() == "Nhập 4.950 dòng hợp lệ"
