"""Who is there: password, patience, changing the own password."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QLabel, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from app import database as store
from app.database import Database
from app.rules.permissions import alone
from app.services import accounts
from app.terms import Role
from app.ui import dialogs
from app.ui.frame import MainWindow
from app.ui.session import signing_in
from app.ui.session.login_dialog import LoginDialog
from app.ui.session.password_dialog import password_dialog
from app.ui.tasks import TaskRunner
from tests.ui.conftest import Screen
from tests.ui.session.conftest import MAI, PASSWORDS, TUAN, acts, choose


@pytest.fixture
def opened(path: Path) -> Iterator[Database]:
    made = store.open_existing(path, user=alone("may"))
    yield made
    made.close()


@pytest.fixture
def login(qtbot: QtBot, window: MainWindow, opened: Database, runner: TaskRunner) -> LoginDialog:
    return shown(qtbot, window, opened, runner)


def shown(qtbot: QtBot, window: MainWindow, opened: Database, runner: TaskRunner) -> LoginDialog:
    made = LoginDialog(window, opened, runner, signing_in.users(opened))
    qtbot.addWidget(made)
    made.open()
    choose(made, MAI)
    return made


def attempt(qtbot: QtBot, login: LoginDialog, runner: TaskRunner, password: str) -> None:
    login.password.line.setText(password)
    with qtbot.waitSignal(runner.idle):
        login.password.line.returnPressed.emit()


def problem(login: LoginDialog) -> str:
    return login.password.editor.accessibleDescription()


def test_the_right_password_lets_the_user_in(
    qtbot: QtBot, login: LoginDialog, runner: TaskRunner, opened: Database
) -> None:
    attempt(qtbot, login, runner, PASSWORDS[MAI])
    assert not login.isVisible()
    assert login.user
    assert login.user.title == f"{MAI} · Giáo vụ, Quản trị"
    assert acts(opened)[-1] == f"Đăng nhập: {MAI}"


def test_a_wrong_password_is_said_under_the_field_and_typed_over(
    qtbot: QtBot, login: LoginDialog, runner: TaskRunner, opened: Database, screen: Screen
) -> None:
    attempt(qtbot, login, runner, "matkhau")
    assert problem(login) == "Mật khẩu chưa đúng. Kiểm tra phím CapsLock và Unikey (chọn E)."
    assert login.password.line.selectedText()
    screen(login, "20-dang-nhap")
    login.password.line.insert("x")
    assert problem(login) == ""
    assert login.user is None
    assert acts(opened)[-1] == f"Đăng nhập sai: {MAI}"


def test_after_five_wrong_ones_the_seconds_are_counted_down(
    qtbot: QtBot, login: LoginDialog, runner: TaskRunner
) -> None:
    for _ in range(5):
        attempt(qtbot, login, runner, "matkhau")
    assert problem(login).startswith("Sai nhiều lần. Đợi ")
    assert not login.action.isEnabled()
    seconds = login._wait
    login._count_down()
    assert problem(login) == f"Sai nhiều lần. Đợi {seconds - 1} giây rồi thử lại."
    while login._wait:
        login._count_down()
    assert login.action.isEnabled()


def test_another_user_need_not_wait(qtbot: QtBot, login: LoginDialog, runner: TaskRunner) -> None:
    for _ in range(5):
        attempt(qtbot, login, runner, "matkhau")
    choose(login, TUAN)
    assert login.action.isEnabled()
    attempt(qtbot, login, runner, PASSWORDS[TUAN])
    assert login.user
    assert login.user.name == TUAN


def test_whoever_signed_in_last_is_chosen_at_the_next_start(
    qtbot: QtBot, window: MainWindow, opened: Database, runner: TaskRunner, login: LoginDialog
) -> None:
    for name in (TUAN, MAI):
        choose(login, name)
        attempt(qtbot, login, runner, PASSWORDS[name])
        again = LoginDialog(window, opened, runner, signing_in.users(opened))
        qtbot.addWidget(again)
        assert again.account.combo.currentText().startswith(name)
        assert again.focusWidget() is again.password.line


def test_the_first_user_is_chosen_where_the_last_one_is_no_longer_there(
    qtbot: QtBot, window: MainWindow, opened: Database, runner: TaskRunner, login: LoginDialog
) -> None:
    choose(login, TUAN)
    attempt(qtbot, login, runner, PASSWORDS[TUAN])
    rows = [row for row in signing_in.users(opened) if row.full_name != TUAN]
    again = LoginDialog(window, opened, runner, rows)
    qtbot.addWidget(again)
    assert again.account.read() == rows[0].id


@pytest.mark.parametrize("onwards", [Qt.Key.Key_Tab, Qt.Key.Key_Return])
def test_arrows_go_through_the_users_until_tab_or_enter(
    qtbot: QtBot, login: LoginDialog, onwards: Qt.Key
) -> None:
    combo = login.account.combo
    combo.setCurrentIndex(0)
    combo.setFocus()
    for key, at in ((Qt.Key.Key_Down, 1), (Qt.Key.Key_Up, 0), (Qt.Key.Key_Down, 1)):
        QTest.keyClick(combo, key)
        assert combo.currentIndex() == at
        assert login.focusWidget() is combo
    QTest.keyClick(combo, onwards)
    assert login.focusWidget() is login.password.line


@pytest.mark.qt_log_ignore("This plugin does not support")  # of a list without a screen
def test_a_user_picked_from_the_open_list_goes_on_to_the_password(login: LoginDialog) -> None:
    combo = login.account.combo
    combo.setCurrentIndex(0)
    combo.setFocus()
    combo.showPopup()
    QTest.keyClick(combo.view(), Qt.Key.Key_Down)
    assert login.focusWidget() is combo
    QTest.keyClick(combo.view(), Qt.Key.Key_Return)
    assert combo.currentIndex() == 1
    assert login.focusWidget() is login.password.line


def test_the_password_can_be_shown(login: LoginDialog) -> None:
    box = login.findChild(QCheckBox, "show_password")
    assert isinstance(box, QCheckBox)
    assert login.password.line.echoMode() is QLineEdit.EchoMode.Password
    box.click()
    assert login.password.line.echoMode() is QLineEdit.EchoMode.Normal


def test_who_forgot_the_password_is_told_who_helps(
    login: LoginDialog, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    monkeypatch.setattr(dialogs, "tell", lambda _parent, _title, words: told.append(words))
    link = login.findChild(QPushButton, "forgotten")
    assert isinstance(link, QPushButton)
    link.click()
    assert "Quản trị" in told[0]


def test_a_user_without_password_is_let_in_and_told_to_set_one(
    qtbot: QtBot, window: MainWindow, opened: Database, runner: TaskRunner
) -> None:
    with opened.writing("Thêm") as db:
        accounts.save_account(db, accounts.AccountForm("Nông Thị An", (Role.CLERK,)))
    login = shown(qtbot, window, opened, runner)
    combo = login.account.combo
    combo.setCurrentIndex(combo.findText("Nông Thị An · Giáo vụ"))
    combo.chosen.emit(combo.key())
    assert not login.password.line.isEnabled()
    with qtbot.waitSignal(runner.idle):
        login.action.click()
    assert login.user
    assert login.user.name == "Nông Thị An"


def test_a_file_opened_to_read_asks_for_the_password_too(
    qtbot: QtBot, window: MainWindow, path: Path, runner: TaskRunner
) -> None:
    opened = store.open_existing(path, read_only="Đang mở để xem.")
    login = shown(qtbot, window, opened, runner)
    attempt(qtbot, login, runner, "matkhau")
    assert problem(login).startswith("Mật khẩu chưa đúng.")
    attempt(qtbot, login, runner, PASSWORDS[MAI])
    assert login.user
    opened.close()


def test_the_brand_of_the_centre_is_shown(login: LoginDialog) -> None:
    assert {"TRUNG TÂM CHÍNH TRỊ", "Xã An Bình"} <= {
        each.text() for each in login.findChildren(QLabel)
    }


def test_the_own_password_is_changed_with_the_old_one(
    window: MainWindow, opened: Database, screen: Screen
) -> None:
    mai = signing_in.users(opened)[0]
    found = signing_in.answer(opened, mai, PASSWORDS[mai.full_name])
    assert found.user
    opened.sign_in(found.user)
    dialog = password_dialog(window, opened)
    dialog.show()
    screen(dialog, "20-doi-mat-khau")
    form = dialog.form
    for name, typed in (("old", "sai sai"), ("new", "moi12345"), ("again", "moi1234")):
        form.field(name).fill(typed)
    assert not form.submit()
    assert form.field("again").problem_shown
    form.field("again").fill("moi12345")
    assert not form.submit()
    assert form.field("old").problem_shown
    form.field("old").fill(PASSWORDS[mai.full_name])
    assert form.submit()
    assert signing_in.answer(opened, mai, "moi12345").user
    assert not signing_in.answer(opened, mai, PASSWORDS[mai.full_name]).user
    dialog.close()
