"""The attendance tab on a real class, driven by keys."""

from collections import Counter
from collections.abc import Callable
from datetime import date
from typing import cast

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from app.services import attendance, classes, programmes
from app.services.attendance import Mark
from app.terms import AttendanceStatus
from app.ui.attendance.model import FROZEN
from app.ui.attendance.tab import AttendanceTab
from app.ui.context import Context
from app.ui.fields import TextField
from app.ui.form import FormDialog
from app.ui.messages import Banner
from tests.ui import classroom

PRESENT, LATE = AttendanceStatus.PRESENT, AttendanceStatus.LATE
EXCUSED, ABSENT = AttendanceStatus.EXCUSED, AttendanceStatus.ABSENT


@pytest.fixture
def tab(qtbot: QtBot, context_at: Callable[[str], Context]) -> AttendanceTab:
    made = AttendanceTab(context_at("running"))
    qtbot.addWidget(made)
    made.resize(1178, 535)
    made.show_class(classroom.CLASS_ID)
    made.reload()
    made.show()
    made.grid.sessions.setFocus()
    return made


def stored(tab: AttendanceTab, number: int = 1) -> list[Mark | None]:
    """What the file holds of a session, in the order of the list."""
    with tab.context.database.reading() as db:
        shown = attendance.grid(db, tab.class_id)
    session = shown.sessions[number - 1]
    return [shown.marks.get((one.enrolment_id, session.id)) for one in shown.learners]


def statuses(tab: AttendanceTab, number: int = 1) -> list[AttendanceStatus | None]:
    return [mark.status if mark else None for mark in stored(tab, number)]


def press(tab: AttendanceTab, *keys: Qt.Key | str) -> None:
    """Keys wherever the keyboard is inside the tab."""
    for key in keys:
        widget = tab.grid.sessions.minutes
        target = widget if widget.isVisible() else tab.grid.sessions
        if isinstance(key, str):
            QTest.keyClicks(target, key)
        else:
            QTest.keyClick(target, key)


def test_thirty_people_are_marked_with_keys_alone(tab: AttendanceTab) -> None:
    for at in range(30):
        press(tab, "K" if at == 6 else "p" if at == 19 else " ", Qt.Key.Key_Return)
    expected = [PRESENT] * 30
    expected[6], expected[19] = ABSENT, EXCUSED
    assert statuses(tab) == expected
    assert tab.model.figures[6][3] == "1"
    assert tab.model.figures[19][2] == "1"


@pytest.mark.parametrize(
    ("key", "status"),
    [(" ", PRESENT), ("1", PRESENT), ("p", EXCUSED), ("P", EXCUSED), ("2", EXCUSED),
     ("k", ABSENT), ("K", ABSENT), ("3", ABSENT), ("m", LATE), ("M", LATE), ("4", LATE)],
)  # fmt: skip
def test_a_key_is_written_at_once(tab: AttendanceTab, key: str, status: AttendanceStatus) -> None:
    press(tab, key)
    assert statuses(tab)[0] is status


@pytest.mark.parametrize("key", [Qt.Key.Key_Delete, "5"])
def test_delete_clears_a_cell(tab: AttendanceTab, key: Qt.Key | str) -> None:
    press(tab, "K", key)
    assert statuses(tab)[0] is None


def test_a_false_backspace_of_an_input_method_changes_nothing(tab: AttendanceTab) -> None:
    press(tab, "K", Qt.Key.Key_Return, Qt.Key.Key_Backspace, "P", Qt.Key.Key_Backspace)
    press(tab, Qt.Key.Key_Backspace)
    assert statuses(tab)[:3] == [ABSENT, EXCUSED, None]
    assert tab.grid.sessions.place() == (1, 0)


def test_letters_that_come_as_text_only_are_understood(tab: AttendanceTab) -> None:
    event = QKeyEvent(QEvent.Type.KeyPress, 0, Qt.KeyboardModifier.NoModifier, "K")
    QApplication.sendEvent(tab.grid.sessions, event)
    assert statuses(tab)[0] is ABSENT


def test_letters_composed_by_an_input_method_are_understood(tab: AttendanceTab) -> None:
    composed = QInputMethodEvent("", [])
    composed.setCommitString("p")
    QApplication.sendEvent(tab.grid.sessions, composed)
    assert statuses(tab)[0] is EXCUSED
    assert not tab.grid.sessions.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)


@pytest.mark.parametrize("key", ["x", "a", "s", "ă", "9", "ư"])
def test_other_letters_change_nothing(tab: AttendanceTab, key: str) -> None:
    event = QKeyEvent(QEvent.Type.KeyPress, 0, Qt.KeyboardModifier.NoModifier, key)
    QApplication.sendEvent(tab.grid.sessions, event)
    assert set(statuses(tab)) == {None}
    assert tab.grid.sessions.place() == (0, 0)


def test_late_asks_for_minutes_and_goes_on(tab: AttendanceTab) -> None:
    press(tab, "m", "15", Qt.Key.Key_Return, "k")
    first, second = stored(tab)[:2]
    assert (first and first.status, first and first.minutes_late) == (LATE, 15)
    assert second
    assert second.status is ABSENT


def test_minutes_may_be_left_out(tab: AttendanceTab) -> None:
    press(tab, "m", Qt.Key.Key_Return, "m", Qt.Key.Key_Escape, Qt.Key.Key_Down, "m", "p")
    assert statuses(tab)[:3] == [LATE, LATE, EXCUSED]
    assert all(mark is None or mark.minutes_late is None for mark in stored(tab))


def test_arrows_choose_the_session(tab: AttendanceTab) -> None:
    press(tab, Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Down, "k", Qt.Key.Key_Left)
    assert statuses(tab, 3)[1] is ABSENT
    assert tab.grid.sessions.place() == (1, 1)
    press(tab, Qt.Key.Key_Left, Qt.Key.Key_Left)
    assert tab.grid.sessions.place() == (1, 0)


def test_a_selected_range_is_marked_as_one_act(tab: AttendanceTab) -> None:
    for _ in range(3):
        QTest.keyClick(tab.grid.sessions, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    press(tab, "k")
    assert statuses(tab)[:5] == [ABSENT] * 4 + [None]


def test_the_rest_is_marked_present_and_marks_stay(tab: AttendanceTab) -> None:
    press(tab, "K")
    found = tab.findChild(QPushButton, "rest_present")
    assert found
    QTest.mouseClick(found, Qt.MouseButton.LeftButton)
    assert Counter(statuses(tab)) == {PRESENT: 29, ABSENT: 1}
    assert set(statuses(tab, 2)) == {None}
    assert not found.isEnabled()


def test_figures_follow_every_mark(tab: AttendanceTab) -> None:
    assert tab.model.figures[0][5] == "2 buổi"
    press(tab, "K", Qt.Key.Key_Right, "K")
    assert [tab.model.figures[0][column] for column in (3, 4, 5)] == ["2", "0 %", "hết lượt vắng"]
    assert tab.model.risks[0] == "warn"
    press(tab, Qt.Key.Key_Right, "K")
    assert tab.model.figures[0][5] == "không thể đạt"
    assert tab.model.risks[0] == "bad"


def test_quick_entry_writes_exceptions_and_the_rest(tab: AttendanceTab) -> None:
    press(tab, "/")
    QTest.keyClicks(tab.quick.line, "7 12m15 20p")
    assert set(statuses(tab)) == {None}
    assert len(tab.model.pending) == 30
    QTest.keyClick(tab.quick.line, Qt.Key.Key_Return)
    assert Counter(statuses(tab)) == {PRESENT: 27, ABSENT: 1, LATE: 1, EXCUSED: 1}
    assert not tab.quick.line.text()
    assert not tab.model.pending


def test_a_word_not_understood_writes_nothing(tab: AttendanceTab) -> None:
    QTest.keyClicks(tab.quick.line, "7 z9")
    QTest.keyClick(tab.quick.line, Qt.Key.Key_Return)
    assert set(statuses(tab)) == {None}
    assert tab.quick.line.property("bad")
    QTest.keyClick(tab.quick.line, Qt.Key.Key_Escape)
    assert not tab.quick.line.text()


def test_the_title_names_the_session(tab: AttendanceTab) -> None:
    assert tab.head.title.text() == "Buổi 1 · sáng thứ Hai 21/09"


def test_a_click_on_a_name_chooses_the_person(tab: AttendanceTab) -> None:
    area = tab.grid.names.visualRect(tab.model.index(4, 1))
    QTest.mouseClick(tab.grid.names.viewport(), Qt.MouseButton.LeftButton, pos=area.center())
    assert tab.grid.sessions.place() == (4, 0)


def test_halves_scroll_together(tab: AttendanceTab) -> None:
    tab.grid.sessions.go_to(29, 0)
    assert tab.grid.names.verticalScrollBar().value() > 0
    assert (
        tab.grid.names.verticalScrollBar().value() == tab.grid.sessions.verticalScrollBar().value()
    )


def test_screen_readers_hear_name_session_and_state(tab: AttendanceTab) -> None:
    press(tab, "K")
    said = tab.model.index(0, len(FROZEN)).data(Qt.ItemDataRole.AccessibleTextRole)
    assert said == f"{tab.model.learners[0].full_name}, buổi 1, vắng không phép"


def test_a_final_class_is_read_only(
    qtbot: QtBot, context_at: Callable[[str], Context], tab: AttendanceTab
) -> None:
    final = AttendanceTab(context_at("final"))
    qtbot.addWidget(final)
    final.show_class(classroom.CLASS_ID)
    final.reload()
    final.show()
    before = statuses(final)
    press(final, "K", Qt.Key.Key_Delete, Qt.Key.Key_Down, "p")
    assert statuses(final) == before
    assert not final.quick.isVisible()
    assert final.findChild(Banner)


def test_a_class_without_learners_shows_the_way(
    qtbot: QtBot, context_at: Callable[[str], Context]
) -> None:
    context = context_at("running")
    with context.database.writing("Lớp trống") as db:
        version = programmes.programme_list(db)[0].current.id
        day = date(2026, 9, 1)
        empty = classes.open_class(db, classes.ClassForm(version, "Lớp", "khóa I", day, day))
    made = AttendanceTab(context)
    qtbot.addWidget(made)
    made.show_class(empty)
    made.reload()
    way = made.findChild(QPushButton, "way_out")
    assert way
    way.click()
    window = cast(classroom.Window, context.frame)
    assert window.opened == [("class", empty, "roll")]


def test_f2_writes_a_note_that_stays_with_later_marks(
    tab: AttendanceTab, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fill(dialog: FormDialog) -> int:
        cast(TextField, dialog.form.field("note")).line.setText("có đơn")
        assert dialog.form.submit()
        return 1

    monkeypatch.setattr(FormDialog, "exec", fill)
    press(tab, Qt.Key.Key_F2)
    assert stored(tab)[0] is None
    press(tab, "K", Qt.Key.Key_F2, "p")
    mark = stored(tab)[0]
    assert mark
    assert (mark.status, mark.note) == (EXCUSED, "có đơn")
    tip = tab.model.index(0, len(FROZEN)).data(Qt.ItemDataRole.ToolTipRole)
    assert tip.endswith("có đơn")
