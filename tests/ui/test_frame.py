"""The frame: places, keys, breadcrumb, unsaved input, narrow look, messages."""

from typing import cast

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QToolButton
from pytestqt.qtbot import QtBot

from app.database import Database
from app.errors import RuleError
from app.ui import dialogs
from app.ui.context import Context
from app.ui.frame import MainWindow
from app.ui.messages import Toast
from app.ui.page import Page
from app.ui.side_bar import Place
from app.ui.tasks import TaskRunner

ALT = Qt.KeyboardModifier.AltModifier


class Notebook(Page):
    """A page that writes down what happens to it."""

    made = 0

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        type(self).made += 1
        self.seen: list[object] = []
        self.stays = False
        self.refusal = ""
        self.is_compact = False

    def show_for(self, *args: object) -> None:
        self.seen.append(args)

    def reload(self) -> None:
        self.seen.append("reload")
        if self.refusal:
            raise RuleError(self.refusal)

    def crumb(self) -> str:
        return "Khóa III" if self.seen and self.seen[-2] else ""

    def may_leave(self) -> bool:
        return not self.stays

    def set_compact(self, on: bool) -> None:
        self.is_compact = on


@pytest.fixture
def window(qtbot: QtBot, database: Database) -> MainWindow:
    places = [
        Place("classes", "Lớp học", "school", Notebook),
        Place("class", "Lớp", "", Notebook, parent="classes"),
        Place("students", "Học viên", "users", Notebook),
        Place("settings", "Cài đặt", "settings", Notebook),
    ]
    made = MainWindow(places)
    qtbot.addWidget(made)
    made.set_centre("TRUNG TÂM CHÍNH TRỊ", "Xã An Bình")
    made.resize(1400, 700)
    with qtbot.waitActive(made):
        made.show()
    Notebook.made = 0
    made.begin(database, TaskRunner(made), "classes")
    return made


def shown(window: MainWindow) -> Notebook:
    return cast(Notebook, window.page())


def crumbs(window: MainWindow) -> list[str]:
    labels = window.top_bar.findChildren(QLabel) + window.top_bar.findChildren(QPushButton)
    visible = [each for each in labels if not each.isHidden() and each.text() != "›"]
    return [each.text() for each in sorted(visible, key=lambda each: each.x())]


def test_only_real_places_are_in_the_side_bar(window: MainWindow) -> None:
    buttons = window.side_bar.findChildren(QToolButton)
    assert [each.accessibleName() for each in buttons] == ["Lớp học", "Học viên", "Cài đặt"]
    assert buttons[1].toolTip() == "Học viên (Alt+2)"


def test_pages_are_made_when_first_opened(window: MainWindow) -> None:
    assert Notebook.made == 1
    window.open("students")
    window.open("classes")
    assert Notebook.made == 2


def test_alt_and_a_number_go_to_a_place(window: MainWindow) -> None:
    QTest.keyClick(window, Qt.Key.Key_3, ALT)
    assert window.place() == "settings"
    QTest.keyClick(window, Qt.Key.Key_7, ALT)
    assert window.place() == "settings"


def test_alt_left_goes_back_with_the_arguments(window: MainWindow) -> None:
    window.open("class", 7, "attendance")
    window.open("students")
    QTest.keyClick(window, Qt.Key.Key_Left, ALT)
    assert window.place() == "class"
    assert shown(window).seen[-2:] == [(7, "attendance"), "reload"]
    QTest.keyClick(window, Qt.Key.Key_Left, ALT)
    QTest.keyClick(window, Qt.Key.Key_Left, ALT)
    assert window.place() == "classes"


def test_f5_reads_again(window: MainWindow) -> None:
    before = shown(window).seen.count("reload")
    QTest.keyClick(window, Qt.Key.Key_F5)
    assert shown(window).seen.count("reload") == before + 1


def test_the_side_bar_can_be_worked_by_keyboard(window: MainWindow) -> None:
    button = window.side_bar.findChild(QToolButton, "place_students")
    assert isinstance(button, QToolButton)
    button.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(button, Qt.Key.Key_Space)
    assert window.place() == "students"


def test_the_breadcrumb_leads_to_the_list(window: MainWindow, qtbot: QtBot) -> None:
    window.open("class", 7)
    QApplication.processEvents()
    assert crumbs(window) == ["Lớp học", "Khóa III"]
    marked = window.side_bar.findChild(QToolButton, "place_classes")
    assert isinstance(marked, QToolButton)
    assert marked.isChecked()
    link = next(b for b in window.top_bar.findChildren(QPushButton) if not b.isHidden())
    QTest.mouseClick(link, Qt.MouseButton.LeftButton, pos=QPoint(3, 3))
    assert window.place() == "classes"


def test_a_link_has_the_same_room_for_its_words_with_and_without_the_focus(
    window: MainWindow,
) -> None:
    window.open("class", 7)
    QApplication.processEvents()
    link = next(b for b in window.top_bar.findChildren(QPushButton) if not b.isHidden())
    alone = link.sizeHint()
    link.setFocus(Qt.FocusReason.TabFocusReason)
    QApplication.processEvents()
    assert link.hasFocus()
    assert link.sizeHint() == alone
    assert link.width() >= alone.width()


def test_a_page_with_unsaved_input_is_not_left(window: MainWindow) -> None:
    shown(window).stays = True
    assert not window.open("students")
    assert window.place() == "classes"
    button = window.side_bar.findChild(QToolButton, "place_students")
    assert isinstance(button, QToolButton)
    button.click()
    assert not button.isChecked()
    assert not window.close()
    shown(window).stays = False


def test_a_refusal_while_reading_is_shown(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    monkeypatch.setattr(dialogs, "show_error", lambda _parent, error: said.append(str(error)))
    shown(window).refusal = "Lớp này không còn. Tải lại danh sách."
    window.reload()
    assert said == ["Lớp này không còn. Tải lại danh sách."]


def test_a_narrow_window_shows_icons_over_words(window: MainWindow, qtbot: QtBot) -> None:
    assert window.side_bar.width() == 188
    with qtbot.waitSignal(window.compact_changed):
        window.resize(1093, 614)
    assert window.side_bar.width() == 80
    assert shown(window).is_compact
    assert all(each.text() for each in window.side_bar.findChildren(QToolButton))
    assert window.minimumWidth() == 900


def test_the_status_line_tells_what_is_saved(window: MainWindow) -> None:
    state = window.status_bar.findChild(QLabel, "saved_state")
    assert isinstance(state, QLabel)
    window.unsaved()
    assert state.text() == "Có thay đổi chưa lưu"
    window.saved()
    assert state.text().startswith("Đã lưu lúc ")


def test_a_toast_never_takes_the_keyboard_from_what_vanishes(window: MainWindow) -> None:
    window.toast("Đã gộp hai hồ sơ.", "Hoàn tác", lambda: None)
    [action] = window.findChildren(Toast)[0].findChildren(QPushButton)
    seen = []
    for _ in range(20):
        window.focusNextChild()
        seen.append(window.focusWidget())
    assert action not in seen


def test_a_toast_offers_to_undo_and_only_the_newest_stays(window: MainWindow) -> None:
    undone: list[str] = []
    window.toast("Đã xóa buổi 3.", "Hoàn tác", lambda: undone.append("3"))
    window.toast("Đã xóa buổi 4.", "Hoàn tác", lambda: undone.append("4"))
    QApplication.sendPostedEvents(None, 52)  # DeferredDelete
    toasts = window.findChildren(Toast)
    assert [each.accessibleName() for each in toasts] == ["Đã xóa buổi 4."]
    toasts[0].findChildren(QPushButton)[0].click()
    assert undone == ["4"]
    assert not toasts[0].isVisible()


def test_the_window_remembers_its_size(window: MainWindow, qtbot: QtBot) -> None:
    window.resize(1200, 650)
    window.close()
    again = MainWindow([])
    qtbot.addWidget(again)
    again.show_remembered()
    assert not again.isMaximized()


def test_the_window_starts_maximised(qtbot: QtBot) -> None:
    first = MainWindow([])
    qtbot.addWidget(first)
    first.show_remembered()
    assert first.isMaximized()
