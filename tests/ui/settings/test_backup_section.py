"""Sao lưu, phục hồi: real copies of the demo centre, made, read through, damaged, put back."""

import os
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app import backups
from app.backups import BackupKind, Copy
from app.database import Database
from app.errors import StorageError
from app.rules.permissions import User
from app.services import centre, settings, since_copy
from app.terms import Role
from app.ui import dialogs, files
from app.ui.frame import MainWindow
from app.ui.progress import StepsDialog
from app.ui.settings import backup_section, backup_work, drives
from app.ui.settings.backup_section import BackupSection
from app.ui.settings.drives import Drive
from app.ui.settings.page import SettingsPage

Screen = Callable[[QWidget, str], None]
Errors = list[str]


@pytest.fixture
def drive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Drive:
    root = tmp_path / "usb"
    root.mkdir()
    found = Drive("KINGSTON", root, 11_000_000_000)
    monkeypatch.setattr(drives, "removable_drives", lambda: [found])
    return found


@pytest.fixture
def errors(monkeypatch: pytest.MonkeyPatch) -> Errors:
    told: Errors = []
    monkeypatch.setattr(dialogs, "show_error", lambda _parent, error: told.append(str(error)))
    return told


@pytest.fixture
def section(page: SettingsPage, drive: Drive) -> BackupSection:
    page.open_section("backups")
    found = page.section()
    assert isinstance(found, BackupSection)
    return found


def button(section: QWidget, name: str) -> QPushButton:
    found = section.findChild(QPushButton, name)
    assert isinstance(found, QPushButton)
    return found


def press(section: QWidget, name: str) -> None:
    assert button(section, name).isEnabled(), name
    button(section, name).click()


def wait(qtbot: QtBot, section: BackupSection) -> None:
    qtbot.waitUntil(lambda: not section.context.runner.is_busy, timeout=20_000)


def words(section: QWidget) -> str:
    QApplication.processEvents()
    return "\n".join(each.text() for each in section.findChildren(QLabel) if each.isVisible())


def rename(database: Database, name: str) -> None:
    with database.reading() as db:
        form = centre.latest(db)
    with database.writing("Sửa thông tin trung tâm") as db:
        centre.save(db, replace(form, name=name))


def test_a_copy_is_made_and_the_line_above_says_what_was_done_since(
    section: BackupSection, demo: Database, qtbot: QtBot
) -> None:
    assert "Chưa có bản sao nào." in words(section)
    press(section, "back_up_now")
    wait(qtbot, section)
    copy = section.model.shown[0]
    assert copy.kind is BackupKind.MANUAL
    assert section.model.columns[-1].shown(copy) == "Đã thử mở, khớp"
    assert "Từ đó chưa có thay đổi nào." in words(section)
    rename(demo, "Trung tâm Chính trị xã Hòa Bình")
    section.reload()
    assert "Từ đó có 1 thay đổi, mới nhất: Sửa thông tin trung tâm." in words(section)


def test_a_second_click_makes_no_second_copy(section: BackupSection, qtbot: QtBot) -> None:
    press(section, "back_up_now")
    press(section, "back_up_now")
    wait(qtbot, section)
    assert len(section.model.shown) == 1


def test_an_old_copy_is_a_warning(section: BackupSection, demo: Database) -> None:
    made = datetime.now().astimezone() - timedelta(days=3)
    backups.make(demo.path, BackupKind.CLOSING, now=made)
    rename(demo, "Trung tâm Chính trị xã Hòa Bình")
    section.reload()
    assert "Bản sao gần nhất 3 ngày trước" in words(section)


def test_a_stopped_copy_leaves_nothing(
    section: BackupSection, demo: Database, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = backup_work.make

    def stopped(database: Path, place: str, progress: backup_work.Progress) -> backup_work.Made:
        return real(database, place, lambda done, total: progress(done, total) and done < 40)

    monkeypatch.setattr(backup_work, "make", stopped)
    monkeypatch.setattr(dialogs, "show_error", lambda *_: None)
    press(section, "back_up_now")
    wait(qtbot, section)
    left = [path.name for path in backups.folder(demo.path).iterdir()]
    assert left == []
    assert section.model.shown == []
    assert demo.path.exists()


def test_a_damaged_copy_is_found_and_cannot_be_put_back(
    section: BackupSection, demo: Database, errors: Errors, qtbot: QtBot
) -> None:
    good = backups.make(demo.path, BackupKind.MANUAL)
    bad = backups.make(demo.path, BackupKind.MANUAL)
    spoil(bad.path)
    section.reload()
    section.view.selectAll()
    press(section, "verify_copy")
    wait(qtbot, section)
    column = section.model.columns[-1]
    shown = {copy.path: column.shown(copy) for copy in section.model.shown}
    assert shown == {good.path: "Đã thử mở, khớp", bad.path: "Hỏng, không dùng được"}
    assert errors == [f"Bản sao {bad.path.name} đã hỏng, không dùng được. Chọn bản sao khác."]
    section.view.select_key(bad.path)
    assert not button(section, "restore_copy").isEnabled()
    section.view.select_key(good.path)
    assert button(section, "restore_copy").isEnabled()


def spoil(path: Path) -> None:
    """Change bytes and leave the size as it was."""
    with path.open("r+b") as file:
        file.seek(path.stat().st_size // 2)
        file.write(os.urandom(64))


def test_settings_are_kept_as_soon_as_they_are_changed(
    section: BackupSection, demo: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "mang"
    place.mkdir()
    monkeypatch.setattr(files, "choose_folder", lambda *_: place)
    section.automatic.on_close.click()
    section.automatic.is_timed.click()
    section.automatic.has_place.click()
    with demo.reading() as db:
        kept = settings.load(db)
    assert (kept.backup_on_close, kept.backup_minutes) == (False, 0)
    assert kept.second_place == str(place)
    assert section.automatic.place.text() == str(place)
    section.automatic.has_place.click()
    section.automatic.is_timed.click()
    with demo.reading() as db:
        kept = settings.load(db)
    assert (kept.backup_minutes, kept.second_place) == (30, "")


def test_the_folder_of_the_file_is_no_second_place(
    section: BackupSection, demo: Database, errors: Errors, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "choose_folder", lambda *_: demo.path.parent)
    section.automatic.choose.click()
    assert errors
    assert "hỏng ổ là mất cả hai" in errors[0]
    assert not section.automatic.has_place.isChecked()


def test_a_missing_second_place_is_told_and_the_copy_here_is_made(
    section: BackupSection, demo: Database, tmp_path: Path, errors: Errors, qtbot: QtBot
) -> None:
    with demo.writing("Đặt sao lưu tự động") as db:
        settings.save(db, settings.Settings(second_place=str(tmp_path / "chua-cam")))
    section.reload()
    assert "Lúc này không thấy nơi thứ hai." in words(section)
    wait(qtbot, section)
    press(section, "back_up_now")
    wait(qtbot, section)
    assert len(section.model.shown) == 1
    assert len(errors) == 1
    assert errors[0].startswith("Không thấy nơi sao lưu thứ hai")


def test_copies_of_the_second_place_are_in_the_list(
    section: BackupSection, demo: Database, tmp_path: Path, qtbot: QtBot
) -> None:
    place = tmp_path / "mang"
    place.mkdir()
    with demo.writing("Đặt sao lưu tự động") as db:
        settings.save(db, settings.Settings(second_place=str(place)))
    section.reload()
    wait(qtbot, section)
    press(section, "back_up_now")
    wait(qtbot, section)
    folders = {copy.path.parent for copy in section.model.shown}
    assert folders == {place, backups.folder(demo.path)}


def test_a_copy_goes_to_the_usb_disk_at_once(
    section: BackupSection, demo: Database, drive: Drive, qtbot: QtBot
) -> None:
    assert "còn trống 11 GB" in words(section)
    press(section, "copy_to_usb")
    wait(qtbot, section)
    there = backups.copies(demo.path, drive.root / backup_work.USB_FOLDER)
    assert [backups.verify(copy.path).is_verified for copy in there] == [True]


def test_putting_back_shows_what_would_be_lost_and_wants_the_word(
    section: BackupSection, demo: Database, qtbot: QtBot, screen: Screen
) -> None:
    copy = backups.make(demo.path, BackupKind.MANUAL)
    for number in range(12):
        rename(demo, f"Trung tâm Chính trị xã {number}")
    dialog = section.restore_dialog(copy)
    qtbot.addWidget(dialog)
    dialog.show()
    shown = words(dialog)
    assert "Sẽ mất 12 thay đổi" in shown
    assert "và 2 việc trước đó" in shown
    assert not dialog.action.isEnabled()
    dialog.field.insert("phuc hoi")
    assert dialog.action.isEnabled()
    screen(dialog, "phuc-hoi-xac-nhan")
    assert dialog.height() <= 614


def test_data_that_cannot_be_read_any_more_can_be_replaced(
    section: BackupSection, demo: Database, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    def broken(_db: object) -> since_copy.Contents:
        raise StorageError("Tệp đã hỏng.")

    copy = backups.make(demo.path, BackupKind.MANUAL)
    monkeypatch.setattr(since_copy, "contents", broken)
    dialog = section.restore_dialog(copy)
    qtbot.addWidget(dialog)
    dialog.show()
    assert "Không đọc được dữ liệu đang dùng" in words(dialog)
    dialog.field.insert("phục hồi")
    assert dialog.action.isEnabled()


def test_who_may_not_restore_does_not_see_the_button(page: SettingsPage, drive: Drive) -> None:
    page.context.database.sign_in(User("Hoàng Thị Mai", frozenset({Role.CLERK}), account_id=1))
    page.open_section("backups")
    section = page.section()
    assert button(section, "restore_copy").isHidden()
    assert button(section, "restore_file").isHidden()
    assert button(section, "back_up_now").isEnabled()


def many(demo: Database) -> list[Copy]:
    """Copies of many days, the oldest damaged."""
    now = datetime.now().astimezone()
    made = [
        backups.make(demo.path, kind, now=now - timedelta(days=days, hours=days))
        for days, kind in (
            (16, BackupKind.BEFORE_UPGRADE),
            (8, BackupKind.CLOSING),
            (6, BackupKind.AUTOMATIC),
            (3, BackupKind.CLOSING),
            (2, BackupKind.CLOSING),
        )
    ]
    with made[0].path.open("ab") as file:
        file.write(b"\0")
    return made


@pytest.mark.parametrize(("width", "height", "name"), [(1366, 696, ""), (1093, 614, "-hep")])
def test_the_section_can_be_seen(
    window: MainWindow,
    section: BackupSection,
    demo: Database,
    qtbot: QtBot,
    screen: Screen,
    width: int,
    height: int,
    name: str,
) -> None:
    window.resize(width, height)
    copies = many(demo)
    rename(demo, "Trung tâm Chính trị xã Hòa Bình")
    section.reload()
    section.view.select_key(copies[-2].path)
    press(section, "verify_copy")
    wait(qtbot, section)
    qtbot.waitUntil(lambda: section.view.viewport().height() >= 100)
    screen(window, f"19-sao-luu{name}")
    assert backup_section.BackupSection.title in words(window)


def test_the_steps_of_long_work_can_be_seen(
    window: MainWindow, qtbot: QtBot, screen: Screen
) -> None:
    dialog = StepsDialog(window, "Đang kiểm tra bản sao", backup_work.make_steps("nơi thứ hai"))
    dialog.set_cancel("Hủy sao lưu", lambda: None)
    dialog.open()
    dialog.set_progress(57, 100)
    screen(dialog, "19-sao-luu-tien-trinh")
    assert dialog.words() == "Bước 3/5 · So số lượng: lớp, học viên, giấy chứng nhận"
    assert "57 %" in words(dialog)
    dialog.finish()


def test_the_keyboard_reaches_the_list(section: BackupSection, demo: Database) -> None:
    backups.make(demo.path, BackupKind.MANUAL)
    section.reload()
    assert section.view.focusPolicy() & Qt.FocusPolicy.TabFocus
    assert section.view.current_row() is not None
