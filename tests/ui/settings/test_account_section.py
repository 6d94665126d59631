"""Người dùng: from nobody to a few people with roles and passwords."""

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.database import Database
from app.errors import AppError
from app.services import accounts, settings
from app.services.accounts import AccountForm, AccountRow
from app.terms import Permission, Role
from app.ui import dialogs
from app.ui.form import FormDialog
from app.ui.frame import MainWindow
from app.ui.settings.account_dialogs import AccountFields
from app.ui.settings.account_section import AccountSection
from app.ui.settings.page import SettingsPage

Screen = Callable[[QWidget, str], None]


@pytest.fixture
def section(page: SettingsPage, window: MainWindow, demo: Database) -> AccountSection:
    window.sign_in = demo.sign_in
    page.open_section("accounts")
    found = page.section()
    assert isinstance(found, AccountSection)
    return found


def opened(section: AccountSection, qtbot: QtBot, row: AccountRow | None = None) -> FormDialog:
    """The dialog of a user, or of a new one."""
    dialog = section.dialog(row)
    qtbot.addWidget(dialog)
    return dialog


def fill(dialog: FormDialog, **values: object) -> None:
    for name, value in values.items():
        dialog.form.field(name).fill(value)


def stored(demo: Database) -> list[AccountRow]:
    with demo.reading() as db:
        return accounts.account_list(db)


def with_users(demo: Database) -> None:
    """A clerk who manages, and a director."""
    with demo.writing("Thêm người dùng") as db:
        first = accounts.save_account(db, AccountForm("Hoàng Thị Mai", (Role.CLERK, Role.ADMIN)))
        accounts.set_password(db, first, "mat khau")
        accounts.save_account(db, AccountForm("Nguyễn Văn Dũng", (Role.DIRECTOR,)))


def test_a_centre_of_one_person_needs_no_users(section: AccountSection, screen: Screen) -> None:
    screen(section.window(), "cai-dat-nguoi-dung-chua-co")
    assert not section.model.shown
    assert section.idle.isHidden()


def test_the_first_user_manages_and_has_a_password(
    section: AccountSection, qtbot: QtBot, demo: Database
) -> None:
    dialog = opened(section, qtbot)
    form = dialog.form
    assert isinstance(form, AccountFields)
    assert not form.roles.boxes[Role.ADMIN].isEnabled()
    fill(dialog, full_name="Hoàng Thị Mai")
    assert not form.submit()
    fill(dialog, password="một  mật khẩu ", again="một mật khẩu")
    assert not form.submit()
    fill(dialog, again="một  mật khẩu ")
    assert form.submit()
    (row,) = stored(demo)
    assert row.has_password
    assert row.roles == (Role.CLERK, Role.ADMIN)
    with demo.writing("Thử mật khẩu") as db:
        assert accounts.try_password(db, row.id, "một  mật khẩu ").user


def test_the_first_user_goes_on_working(
    section: AccountSection, qtbot: QtBot, demo: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog = opened(section, qtbot)
    fill(dialog, full_name="Hoàng Thị Mai", password="mat khau", again="mat khau")
    monkeypatch.setattr(section, "dialog", lambda _row: dialog)
    monkeypatch.setattr(dialog, "exec", dialog.form.submit)
    section.edit(None)
    assert demo.user.title == "Hoàng Thị Mai · Giáo vụ, Quản trị"
    with demo.writing("Thêm người dùng") as db:
        accounts.save_account(db, AccountForm("Nguyễn Văn Dũng", (Role.DIRECTOR,)))


def test_the_last_user_who_leaves_leaves_the_doors_open(
    section: AccountSection, demo: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    with demo.writing("Thêm người dùng") as db:
        only = accounts.save_account(db, AccountForm("Hoàng Thị Mai", (Role.ADMIN,)))
    with demo.reading() as db:
        demo.sign_in(accounts.user_of(db, only))
    section.reload()
    asked: list[str] = []

    def answer(_parent: QWidget, _title: str, text: str, **_words: str) -> bool:
        asked.append(text)
        return True

    monkeypatch.setattr(dialogs, "confirm", answer)
    section.change_state()
    assert "không hỏi mật khẩu" in asked[0]
    assert demo.user.account_id is None
    assert demo.user.may(Permission.ISSUE)


def test_a_lecturer_is_one_of_the_list(
    section: AccountSection, qtbot: QtBot, demo: Database
) -> None:
    with_users(demo)
    section.reload()
    dialog = opened(section, qtbot)
    form = dialog.form
    assert isinstance(form, AccountFields)
    assert form.lecturer.isHidden()
    fill(dialog, roles=(Role.LECTURER,))
    assert not form.lecturer.isHidden()
    fill(dialog, full_name="Ai đó")
    assert not form.submit()
    assert form.lecturer.problem_shown
    fill(dialog, full_name="", lecturer_id=1)
    form.lecturer.combo.chosen.emit(1)
    assert form.submit()
    added = next(row for row in stored(demo) if Role.LECTURER in row.roles)
    assert added.lecturer_id == 1
    assert added.full_name == section.model.columns[2].text(added)


def test_a_user_without_a_role_is_refused(section: AccountSection, qtbot: QtBot) -> None:
    dialog = opened(section, qtbot)
    dialog.form.field("roles").fill(())
    fill(dialog, full_name="Ai đó", password="mat khau", again="mat khau")
    assert not dialog.form.submit()
    assert dialog.form.field("roles").problem_shown


def test_everybody_with_an_open_door_is_counted(
    section: AccountSection, qtbot: QtBot, demo: Database, screen: Screen
) -> None:
    with_users(demo)
    section.reload()
    assert section._banner is not None
    screen(section.window(), "cai-dat-nguoi-dung")
    director = next(row for row in section.model.rows if not row.has_password)
    dialog = section.password_dialog(director)
    qtbot.addWidget(dialog)
    fill(dialog, password="mật khẩu", again="mật khẩu")
    assert dialog.form.submit()
    assert section._banner is None
    assert all(row.has_password for row in stored(demo))


def test_somebody_leaves_and_comes_back(
    section: AccountSection, demo: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_users(demo)
    section.reload()
    monkeypatch.setattr(dialogs, "confirm", lambda *_, **__: True)
    director = next(row for row in section.model.rows if Role.DIRECTOR in row.roles)
    section.view.select_key(director.id)
    section.change_state()
    assert [row.is_active for row in stored(demo) if row.id == director.id] == [False]
    section.change_state()
    assert [row.is_active for row in stored(demo) if row.id == director.id] == [True]


def test_the_one_who_manages_cannot_leave_others_alone(
    section: AccountSection, demo: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_users(demo)
    section.reload()
    said: list[AppError] = []
    monkeypatch.setattr(dialogs, "confirm", lambda *_, **__: True)
    monkeypatch.setattr(dialogs, "show_error", lambda _parent, error: said.append(error))
    manager = next(row for row in section.model.rows if Role.ADMIN in row.roles)
    section.view.select_key(manager.id)
    section.change_state()
    assert "Quản trị" in str(said[0])
    assert all(row.is_active for row in stored(demo))


def test_the_minutes_until_the_screen_is_locked_are_kept(
    section: AccountSection, demo: Database
) -> None:
    with_users(demo)
    section.reload()
    assert section.idle.minutes.read() == 10
    section.idle.minutes.fill(25)
    assert section.idle.form.submit()
    with demo.reading() as db:
        assert settings.load(db) == settings.Settings(idle_minutes=25)
    assert section.may_leave()
