"""Settings, restore: the copy takes the place of the open file and work goes on in it."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from app import backups, cli, journal, lock
from app import database as store
from app.backups import BackupKind, Copy
from app.database import Database
from app.errors import PermissionDenied
from app.restoring import put_back
from app.rules.permissions import User, alone
from app.services import accounts, centre, history
from app.services.accounts import AccountForm
from app.services.history import ActFilter
from app.terms import ActKind, Role
from app.ui import dialogs
from app.ui.frame import MainWindow
from app.ui.session.entrance import Opened
from app.ui.session.login_dialog import LoginDialog
from app.ui.session.session import Session
from app.ui.settings.backup_section import BackupSection
from app.ui.settings.page import SettingsPage
from app.ui.settings.restore_dialog import RestoreDialog
from app.ui.tasks import TaskRunner
from tests.ui.answering import answer


@pytest.fixture
def path(demo_folder: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(demo_folder / cli.DEMO_DATABASE, tmp_path / "solop.sqlite"))


@pytest.fixture
def session(window: MainWindow, path: Path) -> Iterator[Session]:
    runner = TaskRunner()
    opened = Opened(store.open_existing(path, user=alone("Hoàng Thị Mai")), lock.hold(path, "Mai"))
    made = Session(window, runner, opened)
    assert made.start()
    window.before_close = lambda: True
    yield made
    runner.shut_down()
    made.close()


def rename(database: Database, name: str) -> None:
    with database.reading() as db:
        form = centre.latest(db)
    with database.writing(f"Đổi tên {name}") as db:
        centre.save(db, replace(form, name=name))


def name_of(database: Database) -> str:
    with database.reading() as db:
        return centre.latest(db).name


def section_of(session: Session) -> BackupSection:
    session.window.open("settings", "backups")
    page = session.window.page()
    assert isinstance(page, SettingsPage)
    section = page.section()
    assert isinstance(section, BackupSection)
    return section


def confirm(word: str = "phục hồi") -> None:
    """Type the word into the dialog that opens next and press its button."""

    def act(dialog: RestoreDialog) -> None:
        dialog.field.insert(word)
        dialog.action.click()

    answer(RestoreDialog, act)


def restore(session: Session, copy: Copy, qtbot: QtBot) -> None:
    before = session.database
    section = section_of(session)
    section.view.select_key(copy.path)
    confirm()
    button = section.findChild(QPushButton, "restore_copy")
    assert isinstance(button, QPushButton)
    button.click()
    qtbot.waitUntil(lambda: session.database is not before, timeout=20_000)
    session.window.before_close = lambda: True


def test_the_copy_is_open_afterwards_and_its_journal_says_what_it_replaced(
    session: Session, path: Path, qtbot: QtBot
) -> None:
    old_name = name_of(session.database)
    copy = backups.make(path, BackupKind.MANUAL)
    rename(session.database, "Trung tâm Chính trị xã Hòa Bình")
    with session.database.reading() as db:
        lost = journal.head(db).mark.replace(" · ", ", mã ")
    restore(session, copy, qtbot)
    assert name_of(session.database) == old_name
    assert session.window.place() == "classes"
    with session.database.reading() as db:
        act = history.act_list(db, ActFilter(kind=ActKind.RESTORE))[0]
    assert act.name.startswith("Phục hồi từ bản sao lúc")
    assert act.actor == "Hoàng Thị Mai"
    assert f"thay dữ liệu đến mục {lost}, giữ ở solop_" in act.reason
    with pytest.raises(lock.Held):
        lock.hold(path, "khác")


def test_what_was_replaced_can_be_brought_back(session: Session, path: Path, qtbot: QtBot) -> None:
    copy = backups.make(path, BackupKind.MANUAL)
    rename(session.database, "Trung tâm Chính trị xã Hòa Bình")
    restore(session, copy, qtbot)
    kept = next(each for each in backups.copies(path) if each.kind is BackupKind.BEFORE_RESTORE)
    section = section_of(session)
    assert section.restore_dialog(kept).windowTitle().startswith("Phục hồi bản sao lúc")
    restore(session, kept, qtbot)
    assert name_of(session.database) == "Trung tâm Chính trị xã Hòa Bình"


def test_a_copy_that_broke_meanwhile_changes_nothing(
    session: Session, path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    monkeypatch.setattr(dialogs, "show_error", lambda _parent, error: told.append(str(error)))
    copy = backups.make(path, BackupKind.MANUAL)
    rename(session.database, "Trung tâm Chính trị xã Hòa Bình")
    data = bytearray(copy.path.read_bytes())
    data[len(data) // 2] ^= 0xFF
    copy.path.write_bytes(data)
    restore(session, copy, qtbot)
    assert told == [f"Bản sao {copy.path.name} đã hỏng, không dùng được. Chọn bản sao khác."]
    assert name_of(session.database) == "Trung tâm Chính trị xã Hòa Bình"


def test_a_wrong_word_puts_nothing_back(session: Session, path: Path) -> None:
    copy = backups.make(path, BackupKind.MANUAL)
    dialog = section_of(session).restore_dialog(copy)
    dialog.field.insert("phục hoi nhé")
    assert not dialog.action.isEnabled()
    dialog.deleteLater()


def test_users_of_the_restored_file_sign_in_again(
    session: Session, path: Path, qtbot: QtBot
) -> None:
    with session.database.writing("Thêm người dùng") as db:
        account_id = accounts.save_account(db, AccountForm("Hoàng Văn Tuấn", (Role.ADMIN,)))
        accounts.set_password(db, account_id, "tuantuan")
    copy = backups.make(path, BackupKind.MANUAL)
    asked: list[str] = []

    def sign_in() -> None:
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, LoginDialog):
            timer.stop()
            asked.append(dialog.windowTitle())
            dialog.password.line.setText("tuantuan")
            dialog.try_password()

    timer = QTimer(interval=100)
    timer.timeout.connect(sign_in)
    timer.start()
    restore(session, copy, qtbot)
    qtbot.waitUntil(lambda: session.database.user.name == "Hoàng Văn Tuấn", timeout=10_000)
    assert asked == ["Đăng nhập"]


def test_nobody_without_the_right_puts_a_copy_back(path: Path) -> None:
    copy = backups.make(path, BackupKind.MANUAL)
    clerk = User("Hoàng Thị Mai", frozenset({Role.CLERK}), account_id=1)
    before = path.read_bytes()
    with pytest.raises(PermissionDenied, match="không có quyền phục hồi từ bản sao"):
        put_back(copy.path, path, clerk, lambda _done, _total: True)
    assert path.read_bytes() == before
