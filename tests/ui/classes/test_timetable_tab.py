"""The timetable of a class: what it shows, and every change by its dialog."""

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QWidget
from pytestqt.qtbot import QtBot

from app.database import Database
from app.services import classes, lecturers, timetable
from app.services.class_tasks import ClassRow
from app.services.classes import ClassForm
from app.services.timetable import Pattern, SessionRow
from app.terms import ClassStatus, HalfDay
from app.ui import dialogs
from app.ui.classes.session_dialogs import AssignDialog, PatternDialog, SessionDialog
from app.ui.classes.timetable_tab import TimetableTab
from app.ui.classes.workspace import ClassPage
from app.ui.form import FormDialog
from app.ui.frame import MainWindow

Find = Callable[[ClassStatus], ClassRow]
Fill = Callable[[FormDialog], object]


def open_tab(window: MainWindow, class_id: int) -> TimetableTab:
    window.open("class", class_id, "timetable")
    page = window.page()
    assert isinstance(page, ClassPage)
    tab = page.tab()
    assert isinstance(tab, TimetableTab)
    return tab


def sessions(demo: Database, class_id: int) -> list[SessionRow]:
    with demo.reading() as db:
        return timetable.session_list(db, class_id)


def answer_with(monkeypatch: pytest.MonkeyPatch, kind: type[FormDialog], fill: Fill) -> None:
    """Let every dialog of this kind be filled and submitted."""

    def run(dialog: FormDialog) -> int:
        fill(dialog)
        assert dialog.form.submit(), [field.problem() for field in dialog.form.wrong_fields()]
        return QDialog.DialogCode.Accepted

    monkeypatch.setattr(kind, "exec", run)


@pytest.fixture
def clashing(demo: Database, row_of: Find) -> int:
    """The running class with a lecturer who also teaches elsewhere at the same time."""
    class_id = row_of(ClassStatus.RUNNING).id
    with demo.writing("Mở lớp trùng lịch") as db:
        detail = classes.class_detail(db, class_id)
        start = detail.starts_on
        other = classes.open_class(
            db,
            ClassForm(detail.version_id, "Cán bộ Mặt trận xã", "khóa I", start, start),
        )
        timetable.generate(db, other, Pattern(detail.starts_on))
        mine = timetable.session_list(db, class_id)[7]
        theirs = timetable.session_list(db, other)[7]
        timetable.assign_lecturers(db, other, [theirs.id], mine.lecturer_ids)
    return class_id


def test_sessions_are_shown_with_their_progress(
    window: MainWindow, row_of: Find, screen: Callable[[QWidget, str], None]
) -> None:
    row = row_of(ClassStatus.RUNNING)
    tab = open_tab(window, row.id)
    assert tab._progress.text().startswith("7/10 buổi đã học")
    assert tab._banner is None
    states = [tab.model.columns[-1].text(one) for one in tab.model.rows]
    assert states[0] == "Đã học"
    assert "Chiều nay" in states
    screen(window, "03-lop-lich-hoc")


def test_a_double_booking_is_told_above_and_found_by_f8(
    window: MainWindow,
    clashing: int,
    qtbot: QtBot,
    screen: Callable[[QWidget, str], None],
) -> None:
    tab = open_tab(window, clashing)
    assert tab._banner is not None
    assert "đã có lịch ở lớp Cán bộ Mặt trận xã" in tab._banner.accessibleName()
    QTest.keyClick(tab.view, Qt.Key.Key_F8)
    row = tab.view.current_row()
    assert row is not None
    assert row.clashes
    assert tab.model.row_tint is not None
    assert tab.model.row_tint(row) == "bad_t"
    screen(window, "03-lop-lich-hoc-trung")


def test_a_substitute_ends_the_double_booking(
    window: MainWindow, demo: Database, clashing: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    tab = open_tab(window, clashing)
    row = tab.clashing()[0]

    def choose_the_first_free(dialog: FormDialog) -> None:
        assert isinstance(dialog, AssignDialog)
        free = [one for one in dialog.field.model.rows if not one.busy]
        assert [one for one in dialog.field.model.rows if one.busy]
        dialog.field.load((free[0].id,))

    answer_with(monkeypatch, AssignDialog, choose_the_first_free)
    tab.open_assign([row])
    assert not any(each.clashes for each in sessions(demo, clashing))
    assert tab._banner is None


def test_f2_edits_a_session_and_sessions_are_numbered_again(
    window: MainWindow,
    demo: Database,
    row_of: Find,
    monkeypatch: pytest.MonkeyPatch,
    qtbot: QtBot,
) -> None:
    class_id = row_of(ClassStatus.RUNNING).id
    tab = open_tab(window, class_id)
    last = tab.model.rows[-1]
    later = date(2026, 12, 1)

    def move(dialog: FormDialog) -> None:
        dialog.form.field("held_on").fill(later)
        dialog.form.field("title").fill("Thảo luận tổ")

    answer_with(monkeypatch, SessionDialog, move)
    tab.view.select_key(tab.model.rows[-2].id)
    QTest.keyClick(tab.view, Qt.Key.Key_F2)
    after = sessions(demo, class_id)
    assert (after[-1].held_on, after[-1].title) == (later, "Thảo luận tổ")
    assert after[-2].id == last.id
    assert [row.number for row in after] == list(range(1, len(after) + 1))


def test_several_sessions_get_a_lecturer_at_once(
    window: MainWindow, demo: Database, row_of: Find, monkeypatch: pytest.MonkeyPatch
) -> None:
    class_id = row_of(ClassStatus.RUNNING).id
    tab = open_tab(window, class_id)
    with demo.reading() as db:
        chosen = lecturers.lecturer_list(db, 2026)[0]
    answer_with(
        monkeypatch,
        AssignDialog,
        lambda dialog: dialog.form.field("lecturer_ids").load((chosen.id,)),
    )
    rows = list(tab.model.rows[-3:])
    tab.open_assign(rows)
    assert [row.lecturers for row in sessions(demo, class_id)[-3:]] == [(chosen.full_name,)] * 3


def test_a_new_session_follows_the_last(
    window: MainWindow, demo: Database, row_of: Find, monkeypatch: pytest.MonkeyPatch
) -> None:
    class_id = row_of(ClassStatus.RUNNING).id
    tab = open_tab(window, class_id)
    count = len(tab.model.rows)
    answer_with(
        monkeypatch, SessionDialog, lambda dialog: dialog.form.field("title").fill("Giải đáp")
    )
    tab.open_new()
    after = sessions(demo, class_id)
    assert len(after) == count + 1
    assert after[-1].title == "Giải đáp"
    current = tab.view.current_row()
    assert current is not None
    assert current.id == after[-1].id


def test_a_marked_session_is_not_removed(
    window: MainWindow, demo: Database, row_of: Find, monkeypatch: pytest.MonkeyPatch
) -> None:
    class_id = row_of(ClassStatus.RUNNING).id
    tab = open_tab(window, class_id)
    told: list[str] = []
    monkeypatch.setattr(dialogs, "show_error", lambda _parent, error: told.append(str(error)))
    monkeypatch.setattr(dialogs, "confirm", lambda *_args, **_more: True)
    tab.view.selectAll()
    tab.remove_selected()
    assert len(sessions(demo, class_id)) == 10
    assert told == ["Buổi 1 đã điểm danh. Xóa điểm danh của buổi trước."]


def test_delete_removes_the_selected_sessions(
    window: MainWindow,
    demo: Database,
    row_of: Find,
    monkeypatch: pytest.MonkeyPatch,
    qtbot: QtBot,
) -> None:
    class_id = row_of(ClassStatus.RUNNING).id
    tab = open_tab(window, class_id)
    monkeypatch.setattr(dialogs, "confirm", lambda *_args, **_more: True)
    tab.view.select_key(tab.model.rows[-1].id)
    tab.view.setFocus()
    QTest.keyClick(tab.view, Qt.Key.Key_Delete)
    assert len(sessions(demo, class_id)) == 9


def test_an_empty_timetable_is_made_from_the_programme(
    window: MainWindow,
    demo: Database,
    row_of: Find,
    monkeypatch: pytest.MonkeyPatch,
    screen: Callable[[QWidget, str], None],
) -> None:
    class_id = row_of(ClassStatus.PLANNED).id
    tab = open_tab(window, class_id)
    screen(window, "03-lop-chua-co-lich")

    def mornings(dialog: FormDialog) -> None:
        dialog.form.field("pattern").fill(((HalfDay.MORNING,), frozenset({0, 1})))
        dialog.form.field("days_off").fill("15/12/2026")
        assert isinstance(dialog, PatternDialog)
        assert "đến" in dialog._preview.text()
        dialog.adjustSize()
        screen(dialog, "sinh-lich")

    answer_with(monkeypatch, PatternDialog, mornings)
    tab.open_generate()
    made = sessions(demo, class_id)
    assert len(made) == 10
    assert {row.half_day for row in made} == {HalfDay.MORNING}
    assert date(2026, 12, 15) not in {row.held_on for row in made}
    assert not tab.generate.isEnabled()


@pytest.mark.parametrize("status", [ClassStatus.FINALISED, ClassStatus.CLOSED])
def test_a_locked_timetable_says_why(window: MainWindow, row_of: Find, status: ClassStatus) -> None:
    tab = open_tab(window, row_of(status).id)
    assert tab._banner is not None
    for each in (tab.add, tab.generate, tab.assign, tab.remove):
        assert not each.isEnabled()
        assert each.toolTip()


def test_the_session_dialog_names_who_is_busy(
    window: MainWindow, clashing: int, demo: Database, screen: Callable[[QWidget, str], None]
) -> None:
    from app.ui.classes.session_dialogs import session_values

    tab = open_tab(window, clashing)
    row = tab.clashing()[0]
    dialog = SessionDialog(tab, tab.context, clashing, row)
    dialog.fill(session_values(row))
    assert not dialog.form.is_dirty
    dialog.adjustSize()
    screen(dialog, "sua-buoi")
    field = dialog.lecturers
    assert field.value() == row.lecturer_ids
    top = field.model.shown[0]
    assert (top.id,) == row.lecturer_ids
    assert "Cán bộ Mặt trận xã" in top.busy
    dialog.deleteLater()
