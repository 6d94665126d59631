"""Copies without being asked: when they are due, on leaving, and what a failure says."""

import shutil
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from app import backups
from app.backups import BackupKind, Copy
from app.database import Database
from app.errors import Cancelled, StorageError
from app.services import settings
from app.services.settings import Settings
from app.ui import dialogs
from app.ui.frame import MainWindow
from app.ui.session import backup_keeper
from app.ui.session.backup_keeper import BackupKeeper
from app.ui.tasks import TaskRunner

NOW = datetime(2026, 10, 15, 8, 14).astimezone()


@pytest.fixture
def keeper(window: MainWindow, runner: TaskRunner, database: Database) -> Iterator[BackupKeeper]:
    made = BackupKeeper(window, runner, database)
    window.before_close = made.may_leave
    yield made
    made.stop()
    window.before_close = lambda: True


def change(database: Database, wanted: Settings) -> None:
    with database.writing("Đổi cài đặt") as db:
        settings.save(db, wanted)


def kinds(database: Database) -> list[BackupKind]:
    return [copy.kind for copy in backups.copies(database.path)]


def age_shown(window: MainWindow) -> str:
    shown = window.status_bar.findChild(QLabel, "backup_age")
    assert isinstance(shown, QLabel)
    return shown.text()


def refusal(window: MainWindow) -> str:
    state = window.banners.state("backup")
    return f"{state.what} {state.advice}" if state else ""


@pytest.mark.parametrize(
    ("days", "words", "token"),
    [
        (0, "Sao lưu: hôm nay", "text2"),
        (1, "Sao lưu: hôm qua", "text2"),
        (2, "Sao lưu: 2 ngày trước", "warn"),
        (7, "Sao lưu: 7 ngày trước", "bad"),
    ],
)
def test_the_age_is_told_in_words_and_colour(days: int, words: str, token: str) -> None:
    copy = Copy(Path("a.sqlite"), BackupKind.MANUAL, NOW - timedelta(days=days), 1)
    assert backup_keeper.age(copy, NOW) == (words, token)


def test_a_centre_without_copies_is_warned() -> None:
    assert backup_keeper.age(None, NOW) == ("Chưa có bản sao lưu", "warn")


def test_a_copy_is_made_when_due_and_not_again_before_something_changed(
    keeper: BackupKeeper, database: Database, window: MainWindow, runner: TaskRunner, qtbot: QtBot
) -> None:
    keeper.start()
    qtbot.waitUntil(lambda: age_shown(window) == "Chưa có bản sao lưu")
    for _ in range(2):
        with qtbot.waitSignal(runner.idle):
            keeper.look()
    assert kinds(database) == [BackupKind.AUTOMATIC]
    assert age_shown(window) == "Sao lưu: hôm nay"


def test_switched_off_means_off(
    keeper: BackupKeeper, database: Database, runner: TaskRunner
) -> None:
    change(database, Settings(backup_minutes=0, backup_on_close=False))
    keeper.look()
    assert not runner.is_busy
    assert keeper.may_leave()
    assert kinds(database) == []


def test_a_failure_is_a_line_under_the_top_bar_that_goes_with_its_cause(
    keeper: BackupKeeper, database: Database, window: MainWindow, runner: TaskRunner, qtbot: QtBot
) -> None:
    place = backups.folder(database.path)
    place.write_text("no folder")
    with qtbot.waitSignal(runner.idle):
        keeper.look()
    assert refusal(window).startswith("Chưa sao lưu được.")
    keeper.look()
    assert not runner.is_busy  # it rests a while
    place.unlink()
    with qtbot.waitSignal(runner.idle):
        keeper.try_again()
    assert refusal(window) == ""
    assert kinds(database) == [BackupKind.AUTOMATIC]


def test_the_second_place_gets_the_copy_too_or_is_told_missing(
    keeper: BackupKeeper,
    database: Database,
    window: MainWindow,
    runner: TaskRunner,
    qtbot: QtBot,
    tmp_path: Path,
) -> None:
    usb = tmp_path / "usb"
    usb.mkdir()
    change(database, Settings(second_place=str(usb), backup_minutes=1))
    with qtbot.waitSignal(runner.idle):
        keeper.look()
    assert len(list(usb.glob("*.sqlite"))) == 1
    shutil.rmtree(usb)
    shutil.rmtree(backups.folder(database.path))
    with qtbot.waitSignal(runner.idle):
        keeper.look()
    assert refusal(window).startswith("Chưa chép được ra nơi thứ hai.")
    assert kinds(database) == [BackupKind.AUTOMATIC]


def test_leaving_makes_a_copy_first_when_something_changed(
    keeper: BackupKeeper, database: Database, window: MainWindow, qtbot: QtBot
) -> None:
    assert not window.close()
    qtbot.waitUntil(lambda: not window.isVisible())
    assert kinds(database) == [BackupKind.CLOSING]


def test_leaving_without_a_change_makes_none(
    keeper: BackupKeeper, database: Database, window: MainWindow, qtbot: QtBot
) -> None:
    backups.make(database.path, BackupKind.MANUAL)
    window.close()
    qtbot.waitUntil(lambda: not window.isVisible())
    assert kinds(database) == [BackupKind.MANUAL]


def test_a_copy_on_leaving_can_be_skipped(
    keeper: BackupKeeper,
    database: Database,
    window: MainWindow,
    runner: TaskRunner,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def slow(_path: Path, _kind: BackupKind, progress: backup_keeper.Progress) -> Copy:
        while progress(1, 100):
            pass
        raise Cancelled("Đã dừng theo yêu cầu.")

    monkeypatch.setattr(backups, "make", slow)
    window.close()
    job = runner._job
    assert job
    assert job.task.cancel_text == "Bỏ sao lưu lần này"
    job.task.stop()
    qtbot.waitUntil(lambda: not window.isVisible())
    assert kinds(database) == []


@pytest.mark.parametrize("leaves", [True, False])
def test_a_failure_on_leaving_asks(
    leaves: bool,
    keeper: BackupKeeper,
    window: MainWindow,
    runner: TaskRunner,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fail(*_args: object) -> Copy:
        raise StorageError("Ổ đĩa đã đầy.")

    asked: list[str] = []
    monkeypatch.setattr(backups, "make", fail)

    def confirm(_parent: QWidget, _title: str, words: str, **_kw: object) -> bool:
        asked.append(words)
        return leaves

    monkeypatch.setattr(dialogs, "confirm", confirm)
    with qtbot.waitSignal(runner.idle):
        window.close()
    assert asked == ["Ổ đĩa đã đầy. Dữ liệu đang dùng vẫn nguyên."]
    assert window.isVisible() is not leaves


def test_a_file_that_is_gone_keeps_nobody_from_leaving(
    keeper: BackupKeeper, window: MainWindow, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []

    def confirm(_parent: QWidget, _title: str, words: str, **_kw: object) -> bool:
        told.append(words)
        return True

    monkeypatch.setattr(dialogs, "confirm", confirm)
    database.close()
    database.path.unlink()
    keeper.look()
    assert "Chưa sao lưu được." in refusal(window)
    assert keeper.may_leave()
    assert told
    assert str(database.path) in told[0]


def test_a_file_that_cannot_be_read_is_a_line_too_not_a_dialog(
    keeper: BackupKeeper, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(_db: object) -> Settings:
        raise StorageError("Không mở được tệp. Kiểm tra rồi thử lại.")

    monkeypatch.setattr(settings, "load", gone)
    keeper.look()
    window.before_close = lambda: True
    assert refusal(window) == "Chưa sao lưu được. Không mở được tệp. Kiểm tra rồi thử lại."
