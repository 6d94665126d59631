"""What each role finds in the window, and what it does not."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from app.services import attendance
from app.terms import AttendanceStatus, Role
from app.ui.attendance.own_page import OwnSessionsPage
from app.ui.attendance.tab import AttendanceTab
from app.ui.classes.workspace import ClassPage
from app.ui.frame import MainWindow
from tests.ui import classroom
from tests.ui.conftest import Screen
from tests.ui.rights.conftest import OWN, OpenAs

# Button (object name) by place or tab, and who sees it there.
BUTTONS: dict[tuple[str, str], tuple[str, set[Role]]] = {
    ("classes", ""): ("new_class", {Role.CLERK}),
    ("students", ""): ("add_person", {Role.CLERK}),
    ("lecturers", ""): ("add_lecturer", {Role.CLERK}),
    ("class", "timetable"): ("add_session", {Role.CLERK}),
    ("class", "roll"): ("add_learner", {Role.CLERK}),
    ("class", "attendance"): ("rest_present", {Role.CLERK}),
    ("class", "results"): ("finalise", {Role.DIRECTOR}),
    ("class", "certificates"): ("issue", {Role.CLERK}),
    ("class", "dossier"): ("close_class", {Role.DIRECTOR}),
}
READERS = (Role.CLERK, Role.DIRECTOR)
WHY = "Máy GIAOVU-01 đang làm việc với tệp này."


def place(window: MainWindow, key: str, tab: str) -> QWidget:
    assert window.open(key, *((classroom.CLASS_ID, tab) if tab else ()))
    page = window.page()
    assert page
    shown = page.tab() if isinstance(page, ClassPage) else page
    assert shown
    return shown


def named(widget: QWidget, name: str) -> QPushButton:
    found = widget.findChild(QPushButton, name)
    assert found, name
    return found


@pytest.mark.parametrize("role", READERS)
def test_a_role_sees_the_buttons_it_can_use(window_as: OpenAs, role: Role) -> None:
    window = window_as(role)
    for (key, tab), (name, roles) in BUTTONS.items():
        assert named(place(window, key, tab), name).isVisible() == (role in roles), name


@pytest.mark.parametrize("role", READERS)
def test_a_file_opened_to_read_switches_them_off_and_says_why(
    window_as: OpenAs, role: Role
) -> None:
    window = window_as(role, read_only=WHY)
    for (key, tab), (name, roles) in BUTTONS.items():
        shown = named(place(window, key, tab), name) if role in roles else None
        if shown and name != "rest_present":  # hidden with everything that writes into the grid
            assert not shown.isEnabled(), name
            assert shown.toolTip() == WHY, name


SETTINGS = {
    "new_signatory": "signatories",
    "new_programme": "programmes",
    "new_version": "programmes",
}


@pytest.mark.parametrize("role", READERS)
def test_settings_are_read_by_both_and_written_by_the_clerk(window_as: OpenAs, role: Role) -> None:
    window = window_as(role)
    for name, section in SETTINGS.items():
        assert window.open("settings", section)
        page = window.page()
        assert page
        assert named(page, name).isVisible() == (role is Role.CLERK), name
    assert window.open("settings", "centre")
    assert named(window, "save_changes").isVisible() == (role is Role.CLERK)


def test_nothing_is_written_by_keys_without_the_right(window_as: OpenAs) -> None:
    window = window_as(Role.DIRECTOR)
    tab = place(window, "class", "attendance")
    assert isinstance(tab, AttendanceTab)
    tab.grid.sessions.setFocus()
    QTest.keyClick(tab.grid.sessions, Qt.Key.Key_Space)
    QTest.keyClick(tab.grid.sessions, Qt.Key.Key_Space, Qt.KeyboardModifier.ControlModifier)
    with tab.context.database.reading() as db:
        assert not attendance.grid(db, classroom.CLASS_ID).marks


def test_places_say_who_can_do_what_the_role_cannot(window_as: OpenAs) -> None:
    window = window_as(Role.CLERK)
    words = [
        label.text()
        for tab in ("results", "dossier")
        for label in place(window, "class", tab).findChildren(QWidget)
        if hasattr(label, "text") and label.isVisible()
    ]
    assert "Lãnh đạo chốt kết quả" in words
    assert "Lãnh đạo bế giảng và mở lại lớp." in words


# A lecturer ---------------------------------------------------------------------------
def side_bar(window: MainWindow) -> list[str]:
    return [
        made.accessibleName()
        for made in window.side_bar.findChildren(QToolButton)
        if made.isVisible()
    ]


def own_page(window: MainWindow) -> OwnSessionsPage:
    page = window.page()
    assert isinstance(page, OwnSessionsPage)
    return page


def test_a_lecturer_begins_at_the_own_sessions(window_as: OpenAs, screen: Screen) -> None:
    window = window_as(Role.LECTURER)
    assert side_bar(window) == ["Buổi của tôi"]
    page = own_page(window)
    assert [row.number for row in page.model.shown] == list(OWN)
    screen(window, "05b-buoi-cua-toi")


def test_a_lecturer_marks_the_own_session_with_big_buttons(
    qtbot: QtBot, window_as: OpenAs, screen: Screen
) -> None:
    window = window_as(Role.LECTURER)
    named(own_page(window), "open_attendance").click()
    page = window.page()
    assert isinstance(page, ClassPage)
    tab = page.tab()
    assert isinstance(tab, AttendanceTab)
    assert page.head.neighbour(1) == "attendance"
    assert tab.model.sessions[tab.grid.sessions.place()[1]].number == OWN[0]
    for status in (AttendanceStatus.PRESENT, AttendanceStatus.ABSENT, AttendanceStatus.EXCUSED):
        named(tab, f"mark_{status.value}").click()
    assert tab.grid.sessions.place()[0] == 3
    with tab.context.database.reading() as db:
        marks = attendance.grid(db, classroom.CLASS_ID).marks
    assert {mark.status for mark in marks.values()} == {
        AttendanceStatus.PRESENT,
        AttendanceStatus.ABSENT,
        AttendanceStatus.EXCUSED,
    }
    screen(window, "05b-diem-danh-giang-vien")


def test_a_lecturer_cannot_mark_another_session(window_as: OpenAs) -> None:
    window = window_as(Role.LECTURER)
    assert window.open("class", classroom.CLASS_ID, "results")
    page = window.page()
    assert isinstance(page, ClassPage)
    tab = page.tab()
    assert isinstance(tab, AttendanceTab)
    tab.grid.sessions.go_to(0, 0)
    assert not named(tab, "mark_present").isVisible()
    assert not named(tab, "rest_present").isVisible()
    QTest.keyClick(tab.grid.sessions, Qt.Key.Key_Space)
    tab.mark_rest_present()
    with tab.context.database.reading() as db:
        assert not attendance.grid(db, classroom.CLASS_ID).marks


def test_an_administrator_sees_only_users_and_copies(window_as: OpenAs) -> None:
    window = window_as(Role.ADMIN)
    assert side_bar(window) == ["Cài đặt"]
    page = window.page()
    assert page
    assert not named(page, "section_programmes").isVisible()
    assert page.crumb() == "Người dùng"
