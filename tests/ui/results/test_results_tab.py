"""The results tab on a real class, driven by keys."""

from collections.abc import Callable
from decimal import Decimal
from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from app.services import classes, results
from app.terms import ClassStatus, Verdict
from app.ui import dialogs
from app.ui.context import Context
from app.ui.messages import Banner
from app.ui.results.tab import ResultsTab
from tests.ui import classroom

At = Callable[[str], Context]
Open = Callable[[str], ResultsTab]


@pytest.fixture
def open_tab(qtbot: QtBot, context_at: At) -> Open:
    def show(stage: str) -> ResultsTab:
        made = ResultsTab(context_at(stage))
        qtbot.addWidget(made)
        made.resize(1178, 535)
        made.show_class(classroom.CLASS_ID)
        made.reload()
        made.show()
        made.view.go_to(0)
        made.view.setFocus()
        return made

    return show


def marks(tab: ResultsTab) -> list[Decimal | None]:
    with tab.context.database.reading() as db:
        return [row.mark for row in results.result_list(db, tab.class_id)]


def status(tab: ResultsTab) -> ClassStatus:
    with tab.context.database.reading() as db:
        return classes.class_detail(db, tab.class_id).status


def type_mark(tab: ResultsTab, typed: str, key: Qt.Key = Qt.Key.Key_Return) -> None:
    """The first character goes to the list, the others to the cell it opens."""
    QTest.keyClicks(tab.view, typed[0])
    editor = tab.view.marks.editor
    assert editor
    QTest.keyClicks(editor, typed[1:])
    QTest.keyClick(editor, key)


def told(tab: ResultsTab) -> str:
    """What the banner says."""
    return tab._banner.accessibleName() if tab._banner else ""


@pytest.mark.parametrize("typed", ["8.5", "8,5"])
def test_digits_type_at_once_and_comma_or_dot_is_the_same(open_tab: Open, typed: str) -> None:
    tab = open_tab("marked")
    type_mark(tab, typed)
    assert marks(tab)[0] == Decimal("8.5")
    assert tab.model.index(0, tab.model.mark_section).data() == "8,5"


def test_enter_goes_down_and_a_whole_column_is_typed(open_tab: Open) -> None:
    tab = open_tab("marked")
    for typed in ("7", "8,5", "9.25", "10"):
        type_mark(tab, typed)
    assert marks(tab)[:5] == [Decimal("7"), Decimal("8.5"), Decimal("9.25"), Decimal(10), None]
    assert tab.view.currentIndex().row() == 4


def test_up_and_escape_leave_the_cell(open_tab: Open) -> None:
    tab = open_tab("marked")
    tab.view.go_to(2)
    type_mark(tab, "6", Qt.Key.Key_Up)
    assert tab.view.currentIndex().row() == 1
    type_mark(tab, "9", Qt.Key.Key_Escape)
    assert marks(tab)[:3] == [None, None, Decimal(6)]


def test_a_false_backspace_clears_no_mark(open_tab: Open) -> None:
    tab = open_tab("graded")
    before = marks(tab)
    for _ in range(3):
        QTest.keyClick(tab.view, Qt.Key.Key_Backspace)
    assert marks(tab) == before


def test_wrong_input_stays_in_its_cell_and_nothing_is_written(open_tab: Open) -> None:
    tab = open_tab("graded")
    before = marks(tab)
    type_mark(tab, "85")
    assert marks(tab) == before
    row = tab.model.rows[0]
    assert tab.model.index(0, tab.model.mark_section).data() == "85"
    assert "85" in tab.model.problem(row)
    assert "1 ô điểm sai" in told(tab)
    seal = tab.findChild(QPushButton, "finalise")
    assert seal
    assert not seal.isEnabled()
    tab.view.go_to(0)
    type_mark(tab, "8")
    assert marks(tab)[0] == Decimal(8)
    assert not tab.model.wrong
    assert seal.isEnabled()


def test_delete_clears_selected_marks(open_tab: Open) -> None:
    tab = open_tab("graded")
    QTest.keyClick(tab.view, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClick(tab.view, Qt.Key.Key_Delete)
    assert marks(tab)[:2] == [None, None]
    assert tab.badge() == "2"


def test_a_column_of_excel_is_pasted_as_one_act(open_tab: Open) -> None:
    tab = open_tab("marked")
    QGuiApplication.clipboard().setText("7\r\n8,5\r\n\r\nabc\r\n9.5\r\n")
    QTest.keyClick(tab.view, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert marks(tab)[:5] == [Decimal(7), Decimal("8.5"), None, None, Decimal("9.5")]
    assert tab.model.problem(tab.model.rows[3])
    window = cast(classroom.Window, tab.context.frame)
    assert window.opened == [("toast", "Đã dán 3 ô, 1 ô sai")]
    assert window.saves == 1


def test_a_column_longer_than_the_class_is_cut_and_told(open_tab: Open) -> None:
    tab = open_tab("marked")
    QGuiApplication.clipboard().setText("\n".join(["7"] * 33))
    tab.view.paste()
    assert set(marks(tab)) == {Decimal(7)}
    window = cast(classroom.Window, tab.context.frame)
    assert window.opened == [("toast", "Đã dán 30 ô, bỏ 3 dòng thừa")]


def test_letters_go_to_a_name_and_type_nothing(open_tab: Open) -> None:
    tab = open_tab("marked")
    QTest.keyClicks(tab.view, "ye")
    current = tab.view.current_row()
    assert current
    assert current.full_name.endswith("Yến")
    assert set(marks(tab)) == {None}


def test_the_banner_counts_what_is_missing_and_f8_goes_there(open_tab: Open) -> None:
    tab = open_tab("graded")
    with tab.context.database.writing("Xóa điểm") as db:
        for at in (3, 11):
            enrolment = tab.model.rows[at].enrolment_id
            results.save_mark(db, tab.class_id, enrolment, None)
    tab.reload()
    assert "2 học viên thiếu điểm" in told(tab)
    tab.next_missing()
    assert tab.view.currentIndex().row() == 3
    tab.next_missing()
    assert tab.view.currentIndex().row() == 11
    tab.next_missing()
    assert tab.view.currentIndex().row() == 3
    tab.next_missing(-1)
    assert tab.view.currentIndex().row() == 11


def test_reason_and_verdict_are_shown(open_tab: Open) -> None:
    tab = open_tab("graded")
    assert tab.model.rows[6].outcome.verdict is Verdict.TOO_ABSENT
    reason = next(at for at, one in enumerate(tab.model.columns) if one.key == "reason")
    assert "60 %" in tab.model.index(6, reason).data()
    assert "dưới mức đạt" in tab.model.index(9, reason).data()


def test_the_bar_tells_every_count(open_tab: Open) -> None:
    assert "Không đủ 1" in open_tab("graded").bar.accessibleName()
    assert "Chưa xét 29" in open_tab("marked").bar.accessibleName()


def test_sealing_asks_and_then_the_list_is_read_only(
    open_tab: Open, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    tab = open_tab("graded")
    asked: list[object] = []

    def seal(*args: object, **kwargs: object) -> bool:
        asked.append(kwargs["facts"])
        return len(asked) > 1

    monkeypatch.setattr(dialogs, "seal", seal)
    tab.finalise()
    assert status(tab) is ClassStatus.RUNNING
    with qtbot.waitSignal(tab.changed):
        tab.finalise()
    assert status(tab) is ClassStatus.FINALISED
    assert ("30", "học viên") in cast(list[object], asked[0])
    before = marks(tab)
    tab.view.go_to(0)
    QTest.keyClicks(tab.view, "5")
    QTest.keyClick(tab.view, Qt.Key.Key_Delete)
    tab.view.paste()
    assert marks(tab) == before
    assert tab.findChild(Banner)


def test_final_results_are_opened_again(open_tab: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    tab = open_tab("final")
    monkeypatch.setattr(dialogs, "confirm", lambda *_args, **_more: True)
    tab.unfreeze()
    assert status(tab) is ClassStatus.RUNNING
    assert not tab.model.read_only


def test_results_with_certificates_stay(open_tab: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    tab = open_tab("issued")
    refused: list[str] = []
    monkeypatch.setattr(dialogs, "confirm", lambda *_args, **_more: True)
    monkeypatch.setattr(dialogs, "show_error", lambda _parent, error: refused.append(str(error)))
    tab.unfreeze()
    assert "Đã cấp giấy chứng nhận" in refused[0]
    assert status(tab) is ClassStatus.FINALISED
