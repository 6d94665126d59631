"""One user at a time: signing in, locking, changing, opening to read and then to write."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from app import database as store
from app import lock
from app.rules.permissions import alone
from app.services import accounts
from app.services.accounts import AccountForm
from app.terms import Role
from app.ui import dialogs
from app.ui.dialogs import Dialog
from app.ui.frame import MainWindow
from app.ui.session.curtain import Curtain
from app.ui.session.login_dialog import LoginDialog
from app.ui.session.session import Session
from app.ui.session.user_button import UserButton
from app.ui.tasks import Task, TaskRunner
from tests.ui.answering import answer
from tests.ui.conftest import Screen
from tests.ui.session.conftest import MAI, TUAN, Begin, acts, sign_in


@pytest.fixture
def session(begin: Begin, path: Path) -> Session:
    """Hoàng Thị Mai at work."""
    made = begin(path)
    sign_in(MAI)
    assert made.start()
    return made


def user_button(window: MainWindow) -> UserButton:
    QApplication.processEvents()  # what was added to a layout is shown then
    shown = [each for each in window.findChildren(UserButton) if each.isVisible()]
    assert len(shown) == 1
    return shown[0]


def menu(window: MainWindow) -> list[str]:
    made = user_button(window).menu()
    made.aboutToShow.emit()
    return [each.text() for each in made.actions() if each.text()]


def banner(window: MainWindow) -> str:
    shown = window.banners.state("read_only")
    return f"{shown.what} {shown.advice}" if shown else ""


def curtains() -> list[Curtain]:
    windows = QApplication.topLevelWidgets()
    return [c for w in windows for c in w.findChildren(Curtain) if not c.isHidden()]


def test_a_centre_without_accounts_is_not_asked(
    begin: Begin, centre_file: Path, tmp_path: Path, window: MainWindow
) -> None:
    copied = tmp_path / "alone.sqlite"
    copied.write_bytes(centre_file.read_bytes())
    session = begin(copied)
    assert session.start()
    assert window.place() == "classes"
    assert user_button(window).text().strip() == "may"
    assert menu(window) == ["Thoát"]


def test_who_signs_in_acts_and_holds_the_file(session: Session, window: MainWindow) -> None:
    assert session.database.user.name == MAI
    assert lock.holder_of(session.database.path).who == MAI
    assert user_button(window).text().strip() == f"{MAI} · Giáo vụ, Quản trị"
    assert menu(window) == ["Đổi mật khẩu…", "Đổi người dùng…", "Khóa màn hình", "Thoát"]
    assert window.place() == "classes"


def test_nobody_gets_in_who_leaves_the_login(begin: Begin, path: Path, window: MainWindow) -> None:
    answer(LoginDialog, lambda dialog: dialog.reject())
    assert not begin(path).start()
    assert window.page() is None


def test_another_user_gets_new_pages_without_a_restart(
    session: Session, window: MainWindow
) -> None:
    window.open("students")
    before = window.page()
    sign_in(TUAN)
    session.change_user()
    assert session.database.user.name == TUAN
    assert window.place() == "classes"
    assert window.page() is not before
    assert user_button(window).text().strip() == f"{TUAN} · Lãnh đạo"


def test_the_user_stays_when_the_change_is_given_up(session: Session, window: MainWindow) -> None:
    page = window.page()
    answer(LoginDialog, lambda dialog: dialog.reject())
    session.change_user()
    assert session.database.user.name == MAI
    assert window.page() is page


def test_a_page_with_unsaved_input_keeps_the_user(
    session: Session, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = window.page()
    monkeypatch.setattr(page, "may_leave", lambda: False)
    session.change_user()
    assert session.database.user.name == MAI
    monkeypatch.undo()


def test_behind_the_lock_nothing_can_be_read_and_the_same_user_goes_on(
    session: Session, window: MainWindow, screen: Screen
) -> None:
    page, seen = window.page(), []

    def act(_dialog: LoginDialog) -> None:
        seen.extend(curtains())
        screen(window, "20-khoa-man-hinh")

    answer(LoginDialog, act)
    window.unsaved()
    sign_in(MAI)
    session.lock_screen()
    assert [each.parentWidget() for each in seen] == [window]
    assert curtains() == []
    assert window.page() is page
    assert window.is_unsaved


def test_an_open_dialog_with_its_input_survives_the_lock(
    session: Session, window: MainWindow
) -> None:
    form = Dialog(window, "Thêm học viên")
    form.open()
    sign_in(MAI)
    session.lock_screen()
    assert form.isVisible()
    form.done(0)


def test_another_user_at_the_lock_drops_what_was_not_saved_only_when_told_to(
    session: Session, window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def confirm(_parent: QWidget, title: str, *_args: object, **_kw: object) -> bool:
        asked.append(title)
        return True

    monkeypatch.setattr(dialogs, "confirm", confirm)
    form = Dialog(window, "Thêm học viên")
    form.open()
    sign_in(TUAN)
    session.lock_screen()
    qtbot.waitUntil(lambda: session.database.user.name == TUAN)
    assert asked == [f"Bỏ phần chưa lưu của {MAI}?"]
    assert not form.isVisible()
    assert window.place() == "classes"


def test_the_lock_asks_again_when_nothing_may_be_dropped(
    session: Session, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    def keep(*_args: object, **_kw: object) -> bool:
        sign_in(MAI)
        return False

    monkeypatch.setattr(dialogs, "confirm", keep)
    window.unsaved()
    sign_in(TUAN)
    session.lock_screen()
    assert session.database.user.name == MAI
    assert window.is_unsaved


def test_a_file_of_another_program_is_opened_to_read_and_later_to_write(
    begin: Begin, path: Path, window: MainWindow, screen: Screen
) -> None:
    other = lock.hold(path, "Nông Thị Hiền")
    with pytest.raises(lock.Held) as held:
        lock.hold(path, "may")
    session = begin(path, str(held.value))
    sign_in(MAI)
    assert session.start()
    screen(window, "12-dang-mo-de-xem")
    assert banner(window).startswith("Đang mở để xem. Máy ")
    assert "(Nông Thị Hiền) đang làm việc" in banner(window)
    state = window.status_bar.findChild(QLabel, "saved_state")
    assert isinstance(state, QLabel)
    assert state.text() == "Đang mở để xem, không ghi được"
    assert "Đổi mật khẩu…" not in menu(window)
    retry = window.banners.findChild(QPushButton, "banner_act")
    assert isinstance(retry, QPushButton)
    retry.click()
    assert session.database.read_only
    other.release()
    session.open_to_write()
    assert not session.database.read_only
    assert banner(window) == ""
    assert session.database.user.name == MAI
    with pytest.raises(lock.Held):
        lock.hold(path, "may")


def test_a_file_put_back_by_the_other_program_is_not_read_on_and_then_opened_anew(
    begin: Begin,
    centre_file: Path,
    tmp_path: Path,
    window: MainWindow,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    path, other = tmp_path / "open.sqlite", tmp_path / "other.sqlite"
    for each in (path, other):
        each.write_bytes(centre_file.read_bytes())
    session = begin(path, "Đang mở để xem.")
    assert session.start()
    other.replace(path)
    said: list[str] = []
    monkeypatch.setattr(dialogs, "show_error", lambda _parent, error: said.append(str(error)))
    for place in ("students", "settings", "classes"):
        assert window.open(place)
    assert all("đã bị thay" in words for words in said)
    assert said
    session.open_to_write()
    said.clear()
    assert window.open("students")
    assert said == []


def as_admin(path: Path, form: AccountForm, *, is_new: bool = False) -> None:
    """Change a user in the other program."""
    opened = store.open_existing(path, user=alone("máy kia"))
    with opened.writing("Sửa người dùng") as db:
        known = {row.full_name: row.id for row in accounts.account_list(db)}
        accounts.save_account(db, form, None if is_new else known[form.full_name])
    opened.close()


def test_rights_taken_away_meanwhile_are_gone_when_the_file_is_opened_to_write(
    begin: Begin, path: Path
) -> None:
    session = begin(path, "Đang mở để xem.")
    sign_in(MAI)
    assert session.start()
    as_admin(path, AccountForm(TUAN, (Role.ADMIN,)))
    as_admin(path, AccountForm(MAI, (Role.CLERK,)))
    session.open_to_write()
    assert session.database.user.name == MAI
    assert session.database.user.roles == {Role.CLERK}


def test_a_user_stopped_meanwhile_does_not_get_to_write(begin: Begin, path: Path) -> None:
    session = begin(path, "Đang mở để xem.")
    sign_in(MAI)
    assert session.start()
    as_admin(path, AccountForm(TUAN, (Role.ADMIN,)))
    as_admin(path, AccountForm(MAI, (Role.CLERK,), is_active=False))
    answer(LoginDialog, lambda dialog: dialog.reject())
    session.open_to_write()
    assert session.database.user.account_id is None
    assert session.window.page() is None


def test_who_came_before_there_were_users_signs_in_before_writing(
    begin: Begin, centre_file: Path, tmp_path: Path
) -> None:
    copied = tmp_path / "alone.sqlite"
    copied.write_bytes(centre_file.read_bytes())
    session = begin(copied, "Đang mở để xem.")
    assert session.start()
    as_admin(copied, AccountForm(MAI, (Role.CLERK, Role.ADMIN)), is_new=True)
    answer(LoginDialog, lambda dialog: dialog.reject())
    session.open_to_write()
    assert session.window.page() is None


def test_another_file_can_be_put_in_place_of_the_open_one(
    session: Session, window: MainWindow, runner: TaskRunner, qtbot: QtBot
) -> None:
    kept = session.database.path.read_bytes()
    assert acts(session.database)[-1] == f"Đăng nhập: {MAI}"
    told: list[object] = []

    def work(_task: Task) -> str:
        assert window.page() is None
        session.database.path.write_bytes(kept)
        return "khớp"

    sign_in(TUAN)
    session.replace_file("Phục hồi…", work, told.append)
    qtbot.waitUntil(lambda: told == ["khớp"])
    assert session.database.user.name == TUAN
    assert window.place() == "classes"


def test_only_places_of_the_role_are_shown(begin: Begin, path: Path, window: MainWindow) -> None:
    session = begin(path)
    sign_in(TUAN)
    assert session.start()
    QApplication.processEvents()
    shown = [b for b in window.side_bar.findChildren(QToolButton) if b.isVisible()]
    assert [b.accessibleName() for b in shown][:2] == ["Lớp học", "Học viên"]
    assert not window.open("import")
