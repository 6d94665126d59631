"""Where rosters come from: files, several at once, dropped, pasted, or left waiting."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import Workbook
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from app.database import Database
from app.journal import Act
from app.rules.permissions import User
from app.services import drafts, enrolment, history
from app.spreadsheets.fields import Field
from app.spreadsheets.guesses import Certainty
from app.terms import ActKind, Role
from app.ui import files
from app.ui.combo import Combo
from app.ui.frame import MainWindow
from app.ui.imports.lines import Standing
from app.ui.imports.page import CHECK, CHOOSE, DONE, MAP, ImportPage
from app.ui.imports.reading import Origin
from tests.ui.imports.conftest import Open, ToStep
from tests.ui.students.keys import answer_dialogs, click
from tests.ui.students.rosters import write_roster

Finish = Callable[[ImportPage], None]
OLD = ("NguyÔn V¨n Hïng", "TrÇn ThÞ H¹nh", "Lª V¨n TuÊn", "Ph¹m ThÞ HuÖ", "§ç V¨n ChiÕn")
PAU = ("Lò Văn Pẩu", "2/7/1985", "Nam", "", "Nà Lừa")
SANG = ("Lò Thị Sáng", "31/02/1990", "Nữ", "", "Nà Lừa")


def names(demo: Database, class_id: int) -> set[str]:
    with demo.reading() as db:
        return {row.full_name for row in enrolment.class_roll(db, class_id)}


def is_mapped(page: ImportPage) -> bool:
    return page.stack.currentIndex() == MAP


def drop(page: ImportPage, *paths: Path) -> None:
    """Drag files from the desktop onto the page."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    copy, left = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    plain = Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(50, 50), copy, data, left, plain)
    page.dragEnterEvent(enter)
    assert enter.isAccepted()
    page.dropEvent(QDropEvent(QPointF(50, 50), copy, data, left, plain))


def combo(page: ImportPage, name: str) -> Combo:
    found = page.findChild(Combo, name)
    assert isinstance(found, Combo)
    return found


def idle(qtbot: QtBot, page: ImportPage) -> None:
    """Wait for what is being read."""
    qtbot.waitUntil(lambda: not page.context.runner.is_busy)


def choose(page: ImportPage, name: str, key: object) -> None:
    """As when the user takes an entry of a list."""
    found = combo(page, name)
    found.set_key(key)
    found.chosen.emit(key)


def test_a_dropped_file_is_read(page: ImportPage, qtbot: QtBot, tmp_path: Path) -> None:
    drop(page, write_roster(tmp_path / "ds.xlsx", [PAU]))
    qtbot.waitUntil(lambda: is_mapped(page))
    assert page.act.text() == "Kiểm tra 1 dòng"


def test_something_else_that_is_dragged_is_not_taken(page: ImportPage) -> None:
    data = QMimeData()
    data.setText("không phải tệp")
    copy, left = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    enter = QDragEnterEvent(QPoint(5, 5), copy, data, left, Qt.KeyboardModifier.NoModifier)
    enter.ignore()
    page.dragEnterEvent(enter)
    assert not enter.isAccepted()


def test_cells_copied_in_excel_are_a_roster(
    page: ImportPage, qtbot: QtBot, finish: Finish, to_step: ToStep, demo: Database, class_id: int
) -> None:
    text = "Họ và tên\tNgày sinh\tĐơn vị\nLò Văn Pẩu\t2/7/1985\tNà Lừa\n"
    QGuiApplication.clipboard().setText(text)
    QTest.keyClick(page.choosing.choose, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: is_mapped(page))
    to_step(page, CHECK)
    finish(page)
    assert names(demo, class_id) == {"Lò Văn Pẩu"}


def test_an_empty_clipboard_is_told_in_words(
    page: ImportPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    QGuiApplication.clipboard().clear()
    titles = answer_dialogs(monkeypatch, lambda _dialog: None)
    click("paste_roster")(page)
    assert titles == ["Chưa có gì để dán"]
    assert page.stack.currentIndex() == CHOOSE


def test_several_files_come_in_one_after_the_other_each_as_its_own_act(
    page: ImportPage, qtbot: QtBot, to_step: ToStep, finish: Finish, demo: Database, class_id: int,
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    first = write_roster(tmp_path / "mot.xlsx", [PAU])
    second = write_roster(tmp_path / "hai.xlsx", [("Lò Thị Hoa", "3/4/1990", "Nữ", "", "Nà Lừa")])
    monkeypatch.setattr(files, "open_files", lambda *_args: [first, second])
    page.choosing.choose.click()
    qtbot.waitUntil(lambda: is_mapped(page))
    assert page._file.text() == "mot.xlsx · còn chờ: hai.xlsx"
    to_step(page, CHECK)
    finish(page)
    assert page.act.text() == "Nhập tiếp hai.xlsx"
    page.act.click()
    qtbot.waitUntil(lambda: is_mapped(page))
    to_step(page, CHECK)
    finish(page)
    assert names(demo, class_id) == {"Lò Văn Pẩu", "Lò Thị Hoa"}
    click("undo_import")(page)
    qtbot.waitUntil(lambda: names(demo, class_id) == {"Lò Văn Pẩu"})


def test_another_column_is_read_again_and_the_others_are_kept(
    mapped: Open, qtbot: QtBot, tmp_path: Path
) -> None:
    page = mapped(write_roster(tmp_path / "ds.xlsx", [PAU]))
    choose(page, "column_D", None)
    choose(page, "column_F", Field.POSITION)  # while the first is being read
    idle(qtbot, page)
    assert page.reading
    row = page.reading.roster.rows[0]
    assert (row.sex, row.unit, row.position) == (None, "", "Nà Lừa")
    chosen = {guess.letter: guess.certainty for guess in page.reading.roster.guesses}
    assert chosen["D"] is chosen["F"] is Certainty.CHOSEN


def test_corrected_columns_are_known_the_next_time_and_can_be_guessed_again(
    mapped: Open, to_step: ToStep, finish: Finish, qtbot: QtBot, tmp_path: Path
) -> None:
    page = mapped(write_roster(tmp_path / "ds.xlsx", [PAU]))
    choose(page, "column_F", Field.POSITION)
    idle(qtbot, page)
    to_step(page, CHECK)
    finish(page)
    page.act.click()
    again = mapped(write_roster(tmp_path / "lan hai.xlsx", [SANG]))
    assert combo(again, "column_F").key() is Field.POSITION
    click("forget_columns")(again)
    qtbot.waitUntil(lambda: combo(again, "column_F").key() is Field.UNIT)


def test_columns_nobody_wants_remembered_are_not(
    mapped: Open, to_step: ToStep, finish: Finish, qtbot: QtBot, tmp_path: Path
) -> None:
    page = mapped(write_roster(tmp_path / "ds.xlsx", [PAU]))
    choose(page, "column_F", Field.POSITION)
    idle(qtbot, page)
    page.mapping.remember.click()
    to_step(page, CHECK)
    finish(page)
    page.act.click()
    again = mapped(write_roster(tmp_path / "lan hai.xlsx", [SANG]))
    assert combo(again, "column_F").key() is Field.UNIT


def test_the_heading_is_where_the_user_says(mapped: Open, qtbot: QtBot, tmp_path: Path) -> None:
    page = mapped(write_roster(tmp_path / "ds.xlsx", [PAU, SANG]))
    assert page.mapping.header.text() == "3"
    page.mapping.header.setText("0")
    page.mapping.header.editingFinished.emit()
    idle(qtbot, page)
    assert page.reading
    assert page.reading.wish.header_row == 0


def test_another_sheet_with_people_is_offered(mapped: Open, qtbot: QtBot, tmp_path: Path) -> None:
    book = Workbook()
    for title, name in (("Đợt 1", "Lò Văn Pẩu"), ("Đợt 2", "Lò Thị Hoa")):
        sheet = book.create_sheet(title)
        sheet.append(["STT", "Họ và tên", "Ngày sinh"])
        sheet.append([1, name, "2/7/1985"])
    book.remove(book.worksheets[0])
    book.save(tmp_path / "ds.xlsx")
    book.close()
    page = mapped(tmp_path / "ds.xlsx")
    assert page.mapping.sheet.count() == 2
    choose(page, "sheet", "Đợt 2")
    idle(qtbot, page)
    assert page.reading
    assert [row.full_name for row in page.reading.roster.rows] == ["Lò Thị Hoa"]


def test_lines_that_wait_are_mended_another_day(
    checked: Open, finish: Finish, to_step: ToStep, qtbot: QtBot, demo: Database, class_id: int,
    tmp_path: Path, window: MainWindow,
) -> None:  # fmt: skip
    page = checked(write_roster(tmp_path / "DS K6.xlsx", [PAU, SANG]))
    page.check._type({5: {Field.BORN: "30/02/1990", Field.PHONE: "0912345678"}}, 0)
    finish(page)
    assert names(demo, class_id) == {"Lò Văn Pẩu"}
    with demo.reading() as db:
        [kept] = drafts.draft_list(db, class_id)
    assert kept.words.startswith("1 dòng của DS K6.xlsx")
    page.act.click()
    (tmp_path / "DS K6.xlsx").unlink()
    window.open("import", class_id)
    click("open_draft")(page)
    qtbot.waitUntil(lambda: page.stack.currentIndex() == CHECK)
    [line] = page.check.model.rows
    assert line.row.row == 5
    assert line.wrong == {"born": "30/02/1990"}
    assert line.row.phone == "0912345678"
    page.check._type({5: {Field.BORN: "28/02/1990"}}, 0)
    finish(page)
    assert names(demo, class_id) == {"Lò Văn Pẩu", "Lò Thị Sáng"}
    with demo.reading() as db:
        assert drafts.draft_list(db, class_id) == []


def test_an_answer_is_kept_with_the_lines_left_for_later(
    doubtful: ImportPage, qtbot: QtBot
) -> None:
    doubtful.check.view.select_key(9)
    click("is_new")(doubtful)
    doubtful.check.model.set_ticked(doubtful.check.model.rows[:1], False)
    click("keep_draft")(doubtful)
    assert doubtful.stack.currentIndex() == CHOOSE
    click("open_draft")(doubtful)
    qtbot.waitUntil(lambda: doubtful.stack.currentIndex() == CHECK)
    standing = {line.row.row: line.standing for line in doubtful.check.model.rows}
    assert standing[9] is Standing.NEW
    assert standing[4] is Standing.SKIPPED
    assert not doubtful.check.model.is_ticked(doubtful.check.model.rows[0])


def test_a_draft_nobody_needs_is_given_up(
    doubtful: ImportPage, demo: Database, class_id: int
) -> None:
    click("keep_draft")(doubtful)
    click("drop_draft")(doubtful)
    with demo.reading() as db:
        assert drafts.draft_list(db, class_id) == []


def test_undoing_an_import_brings_its_draft_back(
    checked: Open, finish: Finish, qtbot: QtBot, demo: Database, class_id: int, tmp_path: Path
) -> None:
    page = checked(write_roster(tmp_path / "ds.xlsx", [PAU, SANG]))
    click("keep_draft")(page)
    click("open_draft")(page)
    qtbot.waitUntil(lambda: page.stack.currentIndex() == CHECK)
    page.check._type({5: {Field.BORN: "28/02/1990"}}, 0)
    finish(page)
    click("undo_import")(page)
    qtbot.waitUntil(lambda: not names(demo, class_id))
    with demo.reading() as db:
        [again] = drafts.draft_list(db, class_id)
    assert again.rows == 2


def test_a_summary_whose_import_was_undone_elsewhere_gives_way_to_the_roll(
    window: MainWindow, checked: Open, finish: Finish, demo: Database, tmp_path: Path
) -> None:
    page = checked(write_roster(tmp_path / "ds.xlsx", [PAU]))
    finish(page)
    with demo.reading() as db:
        act = history.next_undo(db, 0)
    assert act
    assert page.stack.currentIndex() == DONE
    with demo.writing(Act("Hoàn tác", ActKind.UNDO, undoes=act.id)) as db:
        history.undo(db, act.id)
    window.reload()
    assert window.place() == "class"


def test_whoever_may_not_enrol_chooses_no_file(window: MainWindow, demo: Database) -> None:
    demo.sign_in(User("Trần Lãnh Đạo", frozenset({Role.DIRECTOR}), 1))
    page = ImportPage(replace(window._context)) if window._context else None
    assert page
    assert page.choosing.choose.isHidden()
    assert not page.acceptDrops()


def test_a_pasted_roster_is_named_so() -> None:
    assert Origin(text="a").name == "Dán từ Excel"
    assert Origin(Path("DS K6.xlsx")).name == "DS K6.xlsx"
    assert DONE > CHECK


def test_a_sheet_that_is_hidden_is_read_only_when_asked_for(
    page: ImportPage, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = Workbook()
    shown, hidden = book.worksheets[0], book.create_sheet("Cũ")
    shown.append(["Ghi chú của văn phòng"])
    hidden.append(["STT", "Họ và tên", "Ngày sinh"])
    hidden.append([1, "Lò Văn Pẩu", "2/7/1985"])
    hidden.sheet_state = "hidden"
    book.save(tmp_path / "ds.xlsx")
    book.close()
    titles = answer_dialogs(monkeypatch, click("action"))
    drop(page, tmp_path / "ds.xlsx")
    qtbot.waitUntil(lambda: is_mapped(page))
    assert titles == ["Đọc trang đang ẩn?"]
    assert "đang ẩn" in page.mapping.sheet.currentText()


def test_a_file_that_cannot_be_read_lets_the_next_one_have_its_turn(
    page: ImportPage, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "anh.xlsx").write_bytes(b"\x89PNG\r\n\x1a\n")
    titles = answer_dialogs(monkeypatch, lambda _dialog: None)
    drop(page, tmp_path / "anh.xlsx", write_roster(tmp_path / "ds.xlsx", [PAU]))
    qtbot.waitUntil(lambda: is_mapped(page))
    assert titles == ["Chưa làm được"]
    assert page._file.text() == "ds.xlsx"


def test_an_old_font_is_asked_about_with_texts_before_and_after(
    mapped: Open, qtbot: QtBot, tmp_path: Path
) -> None:
    people = [(f"{name} {given}", "2/7/1985", "", "", "") for name in OLD for given in ("An", "Hµ")]
    page = mapped(write_roster(tmp_path / "cu.xlsx", people))
    assert page.reading
    question = page.reading.roster.legacy_question
    assert question
    shown = {label.text() for label in page.mapping.findChildren(QLabel)}
    assert any(text.endswith("→ Nguyễn Văn Hùng An") for text in shown)
    choose(page, "legacy_font", question.proposed)
    idle(qtbot, page)
    assert page.reading.roster.rows[0].full_name == "Nguyễn Văn Hùng An"


def test_a_file_nobody_can_map_waits_for_an_answer(
    mapped: Open, to_step: ToStep, qtbot: QtBot, tmp_path: Path
) -> None:
    headings = ("TT", "Họ và tên", "Ngày sinh", "Giới tính", "Số CCCD", "Họ và tên")
    page = mapped(write_roster(tmp_path / "ds.xlsx", [PAU], headings))
    assert not page.act.isEnabled()
    assert page.reading
    assert "2 cột cùng tên" in page.reading.fault
    choose(page, "column_F", Field.UNIT)
    idle(qtbot, page)
    choose(page, "column_B", Field.FULL_NAME)
    idle(qtbot, page)
    assert page.act.isEnabled()
    to_step(page, CHECK)
    [line] = page.check.model.rows
    assert (line.row.full_name, line.row.unit) == ("Lò Văn Pẩu", "Nà Lừa")


def test_tab_goes_from_what_waits_to_what_stands_below_it(
    doubtful: ImportPage, window: MainWindow
) -> None:
    doubtful.later.click()
    focused = doubtful.findChild(QPushButton, "drop_draft")
    assert isinstance(focused, QPushButton)
    focused.setFocus()
    seen = []
    for _ in range(4):
        seen.append(window.focusWidget().objectName())
        window.focusNextChild()
    assert seen == ["drop_draft", "open_draft", "choose_file", "paste_roster"]
