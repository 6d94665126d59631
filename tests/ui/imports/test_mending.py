"""Mending lines where they stand: typing, pasting, leaving out, taking back."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from app.database import Database
from app.services import drafts, enrolment, students
from app.services.matching import Match, RosterMatch
from app.spreadsheets.fields import Field
from app.spreadsheets.roster import read_roster
from app.ui import dialogs
from app.ui.combo import Combo
from app.ui.frame import MainWindow
from app.ui.imports.lines import Standing
from app.ui.imports.page import CHECK, ENTER, MAP, ImportPage
from app.ui.imports.work import ImportWork
from app.ui.table_view import TableView
from tests.ui.imports.conftest import Open, ToStep
from tests.ui.students.keys import answer_dialogs, click, press
from tests.ui.students.keys import type_text as type_letters

ROSTERS = Path(__file__).parents[2] / "data" / "rosters"
Key = Qt.Key
Finish = Callable[[ImportPage], None]


def names(demo: Database, class_id: int) -> list[str]:
    with demo.reading() as db:
        return [row.full_name for row in enrolment.class_roll(db, class_id)]


def type_text(window: MainWindow, text: str) -> None:
    """Type; the editor that the first letter opens gets the others."""
    for letter in text:
        type_letters(window, letter)


def section(page: ImportPage, field: str) -> int:
    model = page.check.model
    return next(at for at in range(model.columnCount()) if model.field_at(at) == field)


def line(page: ImportPage, number: int) -> int:
    return page.check.model.position(number)


def standing(page: ImportPage, number: int) -> Standing:
    return page.check.model.row_at(line(page, number)).standing


def settled(qtbot: QtBot, page: ImportPage) -> None:
    work = page.work
    assert work
    qtbot.waitUntil(lambda: not work.unmatched())


def test_a_bad_file_is_mended_imported_and_taken_back_with_the_keyboard_alone(
    doubtful: ImportPage, window: MainWindow, demo: Database, class_id: int, qtbot: QtBot
) -> None:
    before = names(demo, class_id)
    assert doubtful.check.view.currentIndex().column() == section(doubtful, "born")
    type_text(window, "28/02/1997")
    press(window, Key.Key_Return)
    press(window, Key.Key_F8)
    type_text(window, "Lò Thị Sáng")
    press(window, Key.Key_Return, Key.Key_F8)
    press(window, Key.Key_D, control=True)
    settled(qtbot, doubtful)
    assert doubtful.act.text().strip() == "Nhập 7 dòng hợp lệ"
    for _ in range(2):
        step = doubtful.stack.currentIndex()
        press(window, Key.Key_Return, control=True)
        qtbot.waitUntil(lambda: doubtful.stack.currentIndex() != step)  # noqa: B023 - waited for
    assert {"Hoàng Trọng Ẩn", "Lò Thị Sáng"} <= set(names(demo, class_id))
    press(window, Key.Key_Z, control=True)
    qtbot.waitUntil(lambda: names(demo, class_id) == before)


def test_a_cell_that_stays_wrong_keeps_what_was_typed(
    doubtful: ImportPage, window: MainWindow
) -> None:
    type_text(window, "30/02/1997")
    press(window, Key.Key_Return)
    shown = doubtful.check.model.rows[1]
    assert shown.wrong == {"born": "30/02/1997"}
    assert shown.standing is Standing.ERROR
    assert "30/02" in shown.words
    index = doubtful.check.model.index(1, section(doubtful, "born"))
    assert index.data() == "30/02/1997"


def test_f2_opens_the_text_as_the_file_has_it(doubtful: ImportPage, window: MainWindow) -> None:
    doubtful.check.view.go_to(line(doubtful, 4), section(doubtful, "identity_number"))
    press(window, Key.Key_F2)
    editor = doubtful.check.view.findChild(QLineEdit, "import_editor")
    assert isinstance(editor, QLineEdit)
    assert editor.text() == "019185000523"
    press(window, Key.Key_Escape)
    assert doubtful.work
    assert doubtful.work.edits == {}


def test_the_sex_is_chosen_from_a_list(doubtful: ImportPage, window: MainWindow) -> None:
    doubtful.check.view.go_to(line(doubtful, 4), section(doubtful, "sex"))
    press(window, Key.Key_F2)
    editor = doubtful.check.view.findChild(Combo, "import_editor")
    assert isinstance(editor, Combo)
    editor.set_key("Nam")
    press(window, Key.Key_Return)
    sex = doubtful.check.model.rows[0].row.sex
    assert sex is not None
    assert sex.label == "Nam"


def test_ctrl_z_takes_typing_back_before_anything_written(
    doubtful: ImportPage, window: MainWindow
) -> None:
    type_text(window, "28/02/1997")
    press(window, Key.Key_Return)
    assert standing(doubtful, 5) is Standing.NEW
    press(window, Key.Key_Z, control=True)
    assert standing(doubtful, 5) is Standing.ERROR
    assert doubtful.work
    assert doubtful.work.edits == {}


def test_a_block_is_pasted_from_the_current_cell(
    doubtful: ImportPage, window: MainWindow, qtbot: QtBot
) -> None:
    said: list[str] = []
    doubtful.check.told.connect(said.append)
    doubtful.check.view.go_to(line(doubtful, 4), section(doubtful, "full_name"))
    QGuiApplication.clipboard().setText("Lò Văn An\t1/2/1990\nLò Văn Ẩn\t31/02/1990\n")
    press(window, Key.Key_V, control=True)
    first, second = doubtful.check.model.rows[:2]
    assert first.row.full_name == "Lò Văn An"
    assert first.row.born is not None
    assert first.row.born.grid == "01/02/1990"
    assert second.wrong == {"born": "31/02/1990"}
    assert said == ["Đã dán 4 ô, 1 ô sai."]
    press(window, Key.Key_Z, control=True)
    assert doubtful.check.model.rows[0].row.full_name == "Đỗ Quỳnh Anh"


def test_what_does_not_fit_below_the_last_line_is_told(
    doubtful: ImportPage, window: MainWindow
) -> None:
    said: list[str] = []
    doubtful.check.told.connect(said.append)
    doubtful.check.view.go_to(line(doubtful, 10), section(doubtful, "unit"))
    QGuiApplication.clipboard().setText("Chi bộ 1\nChi bộ 2")
    press(window, Key.Key_V, control=True)
    assert said == ["Đã dán 1 ô, 0 ô sai, 1 ô không có chỗ."]


def test_a_line_without_a_tick_is_left_out(
    doubtful: ImportPage, window: MainWindow, finish: Finish, demo: Database, class_id: int
) -> None:
    doubtful.check.view.go_to(line(doubtful, 4), section(doubtful, "full_name"))
    press(window, Key.Key_Space)
    assert doubtful.check.model.rows[0].standing is Standing.SKIPPED
    doubtful.check.filter.choose(Standing.SKIPPED)
    assert [one.row.row for one in doubtful.check.model.shown] == [4]
    finish(doubtful)
    assert "Đỗ Quỳnh Anh" not in names(demo, class_id)


def test_a_name_mended_into_somebody_known_is_found_out(
    doubtful: ImportPage, window: MainWindow, qtbot: QtBot
) -> None:
    known = doubtful.check.model.rows[2].row
    assert known.born
    row = line(doubtful, 7)
    for field, text in (
        ("full_name", known.full_name),
        ("born", known.born.grid),
        ("identity_number", known.identity_number),
    ):
        doubtful.check.view.go_to(row, section(doubtful, field))
        type_text(window, text)
        press(window, Key.Key_Return)
    settled(qtbot, doubtful)
    assert doubtful.check.model.rows[3].standing in (Standing.CONFLICT, Standing.ERROR)


def test_only_ticked_changes_reach_somebody_known(
    doubtful: ImportPage, to_step: ToStep, window: MainWindow, qtbot: QtBot, finish: Finish,
    demo: Database, class_id: int,
) -> None:  # fmt: skip
    for field, text in (("unit", "Trường Mầm non Hoa Mai"), ("position", "Giáo viên mới")):
        doubtful.check.view.setColumnHidden(section(doubtful, field), False)
        doubtful.check.view.go_to(line(doubtful, 6), section(doubtful, field))
        type_text(window, text)
        press(window, Key.Key_Return)
    settled(qtbot, doubtful)
    known = doubtful.check.model.rows[2].match
    assert known
    assert known.known
    to_step(doubtful, ENTER)
    model = doubtful.entering.model
    ticks = {change.field: model.is_ticked(change) for change in model.rows}
    assert ticks["unit"] is False
    model.set_ticked([change for change in model.rows if change.field == "unit"], True)
    finish(doubtful)
    with demo.reading() as db:
        after = students.student_detail(db, known.student_id or 0).form
    assert after.unit == "Trường Mầm non Hoa Mai"
    assert after.position == (known.known.position or "Giáo viên mới")


def test_the_unit_is_taken_over_from_the_panel(
    doubtful: ImportPage, window: MainWindow, qtbot: QtBot, to_step: ToStep
) -> None:
    doubtful.check.view.go_to(line(doubtful, 6), section(doubtful, "unit"))
    type_text(window, "Trường Mầm non Hoa Mai")
    press(window, Key.Key_Return)
    settled(qtbot, doubtful)
    doubtful.check.view.select_key(6)
    box = doubtful.check.dock.findChild(QCheckBox, "take_unit")
    assert isinstance(box, QCheckBox)
    box.click()
    to_step(doubtful, ENTER)
    model = doubtful.entering.model
    assert [model.is_ticked(one) for one in model.rows if one.field == "unit"] == [True]


def test_only_the_line_that_was_typed_in_is_made_anew(page: ImportPage) -> None:
    work = ImportWork("lớn", read_roster(ROSTERS / "D01_title_group_formula_stt.xlsx"))
    work.take([RosterMatch(row, Match.NEW) for row in work.unmatched()])
    page.check.show_work(work)
    before = list(page.check.model.rows)
    page.check._type({before[3].row.row: {Field.FULL_NAME: "Lò Thị Bình"}}, 0)
    after = page.check.model.rows
    assert after[3].row.full_name == "Lò Thị Bình"
    assert [at for at, line in enumerate(after) if line is not before[at]] == [3]


def test_the_check_under_way_asks_before_typing_is_lost(
    doubtful: ImportPage, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    type_text(window, "28/02/1997")
    press(window, Key.Key_Return)
    titles = answer_dialogs(monkeypatch, click("save"))
    click("leave_import")(doubtful)
    assert titles == ["Lưu thay đổi?"]
    assert doubtful.stack.currentWidget() is doubtful.choosing


def test_closing_the_window_asks_about_what_was_typed(
    doubtful: ImportPage, window: MainWindow, demo: Database, class_id: int,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    type_text(window, "28/02/1997")
    press(window, Key.Key_Return)
    answers = ["stay", "save"]
    monkeypatch.setattr(dialogs, "ask_unsaved", lambda _parent: answers.pop(0))
    assert not window.close()
    assert window.close()
    with demo.reading() as db:
        [kept] = drafts.draft_list(db, class_id)
        texts = {row.row: row.texts for row in drafts.kept_rows(db, kept.id)}
    assert texts[5]["born"] == "28/02/1997"


def test_alt_and_the_arrows_go_from_step_to_step(
    doubtful: ImportPage, window: MainWindow, qtbot: QtBot
) -> None:
    QTest.keyClick(window.focusWidget(), Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert doubtful.stack.currentIndex() == MAP
    QTest.keyClick(window.focusWidget(), Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert doubtful.stack.currentIndex() == CHECK
    QTest.keyClick(window.focusWidget(), Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert doubtful.stack.currentIndex() == ENTER
    assert window.focusWidget() is doubtful.act
    QTest.keyClick(window.focusWidget(), Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert doubtful.stack.currentIndex() == CHECK
    assert window.place() == "import"


def test_typing_is_kept_when_a_column_is_corrected_after_it(
    doubtful: ImportPage, window: MainWindow, to_step: ToStep, qtbot: QtBot
) -> None:
    type_text(window, "28/02/1997")
    press(window, Key.Key_Return)
    doubtful._step_back()
    doubtful.mapping.columns.chosen.emit("F", Field.POSITION)
    qtbot.waitUntil(lambda: not doubtful.context.runner.is_busy)
    to_step(doubtful, CHECK)
    row = doubtful.check.model.rows[1].row
    assert row.born is not None
    assert (row.born.grid, row.unit, row.position) == ("28/02/1997", "", "Trường Mầm non Hoa Mai")


def test_f8_also_stops_where_a_good_line_is_for_people_to_decide(
    checked: Open, window: MainWindow
) -> None:
    page = checked(ROSTERS / "D06_multisheet_hidden_filter.xlsx")
    stops = [page.check.view.current_row()]
    press(window, Key.Key_F8)
    stops.append(page.check.view.current_row())
    rows = [(at.row.row, at.standing, at.doubts) for at in stops if at]
    assert rows == [(10, Standing.NEW, {"full_name"}), (13, Standing.NEW, {"full_name"})]
    assert stops[0]
    assert "gạch ngang" in stops[0].words


def test_names_in_capitals_are_rewritten_on_request_and_in_one_step(
    checked: Open, window: MainWindow
) -> None:
    page = checked(ROSTERS / "D03_caps_nfd_spaces_split_name.xlsx")
    work = page.work
    assert work
    before = {one.row.row: one.row.full_name for one in work.lines}
    page.check.view.go_to(line(page, 9), section(page, "full_name"))
    rewrite = page.check.dock.findChild(QPushButton, "rewrite_names")
    assert isinstance(rewrite, QPushButton)
    assert rewrite.text() == f"Viết lại {len(work.proposed_names())} họ tên"
    rewrite.click()
    after = {one.row.row: one.row.full_name for one in work.lines}
    assert (before[9], after[9]) == ("HOÀNG THẾ TÂM", "Hoàng Thế Tâm")
    assert rewrite.isHidden()
    assert not work.proposed_names()
    press(window, Key.Key_Z, control=True)
    assert {one.row.row: one.row.full_name for one in work.lines} == before


def test_the_imports_so_far_are_told_without_what_was_undone_and_done_again(
    checked: Open, window: MainWindow, finish: Finish
) -> None:
    finish(checked(ROSTERS / "D01_title_group_formula_stt.xlsx"))
    press(window, Key.Key_Z, control=True)
    press(window, Key.Key_Y, control=True)
    finish(page := checked(ROSTERS / "D07_plain_old_excel.xls"))
    recent = page.findChild(TableView, "recent_imports")
    assert isinstance(recent, TableView)
    named = [recent.model().index(row, 1).data() for row in range(recent.model().rowCount())]
    assert len(named) == 2
    assert all(name.startswith("Nhập danh sách") for name in named)
