"""A centre file that cannot be opened: from the start of the program to work, in few clicks."""

import os
import random
import shutil
import sqlite3
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app import backups, cli, lock, opening, startup
from app import database as store
from app.backups import BackupKind, Copy
from app.services import history
from app.services.history import ActFilter
from app.terms import ActKind
from app.ui import files
from app.ui.dialogs import Dialog
from app.ui.first_run import wizard
from app.ui.frame import MainWindow
from app.ui.recovery.rescue import RescueDialog
from app.ui.session import entrance

Screen = Callable[[QWidget, str], None]
PAGE = 4096


def zipped(good: bytes, path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("solop.sqlite", good)


def foreign(_good: bytes, path: Path) -> None:
    path.unlink()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE moz_places (id INTEGER PRIMARY KEY)")


def junk(size: int) -> bytes:
    return random.Random(7).randbytes(size)


DAMAGE: dict[str, Callable[[bytes, Path], object]] = {
    "truncated": lambda good, path: path.write_bytes(good[: PAGE * 9 + 77]),
    "half copied": lambda good, path: path.write_bytes(good[: PAGE * 90]),
    "header": lambda good, path: path.write_bytes(junk(100) + good[100:]),
    "page": lambda good, path: path.write_bytes(
        good[: PAGE * 100] + junk(PAGE) + good[PAGE * 101 :]
    ),
    "zero bytes": lambda _good, path: path.write_bytes(b""),
    "text": lambda _good, path: path.write_text("Danh sách lớp\n" * 900),
    "zip": zipped,
    "other program": foreign,
    "encrypted": lambda good, path: path.write_bytes(junk(len(good))),
    "missing": lambda _good, path: path.unlink(),
}


class Application(QObject):
    """Stands in for the application and notes how it was left."""

    aboutToQuit = Signal()  # noqa: N815 - Qt's name

    def __init__(self) -> None:
        super().__init__()
        self.left: list[int] = []

    def exit(self, code: int) -> None:
        self.left.append(code)


@pytest.fixture
def application() -> Iterator[Application]:
    made = Application()
    yield made
    made.aboutToQuit.emit()


@pytest.fixture
def start(window: MainWindow, application: Application) -> Callable[[Path], None]:
    """Open the file as the program does."""

    def run(path: Path) -> None:
        startup._open_centre(cast(QApplication, application), window, path)
        window.before_close = lambda: True  # no copy on leaving

    return run


class Hand:
    """Answers the dialogs that come up, one click each, and counts."""

    def __init__(self, *names: str) -> None:
        self.names = list(names)
        self.clicks = 0
        self.read: list[str] = []
        self._timer = QTimer(interval=20)
        self._timer.timeout.connect(self._click)
        self._timer.start()

    def _click(self) -> None:
        dialog = QApplication.activeModalWidget()
        if not isinstance(dialog, Dialog) or not self.names:
            return
        button = dialog.findChild(QPushButton, self.names[0])
        if isinstance(button, QPushButton) and button.isVisible() and button.isEnabled():
            self.read.append("\n".join(each.text() for each in dialog.findChildren(QLabel)))
            self.names.pop(0)
            self.clicks += 1
            QTimer.singleShot(0, button.click)  # a timer does not go on inside its own slot


def kept_aside(centre: Path) -> list[Path]:
    return list(centre.parent.glob("solop.hong-*.sqlite"))


def restore_acts(path: Path) -> list[tuple[str, str]]:
    with closing(store.open_existing(path)) as opened, opened.reading() as db:
        acts = history.act_list(db, ActFilter(kind=ActKind.RESTORE))
        return [(act.name, act.reason) for act in acts if act.name.startswith("Phục hồi")]


@pytest.mark.parametrize("damage", DAMAGE)
def test_one_click_leads_from_damage_to_work(
    centre: Path,
    copy: Copy,
    start: Callable[[Path], None],
    window: MainWindow,
    application: Application,
    damage: str,
) -> None:
    DAMAGE[damage](centre.read_bytes(), centre)
    spoilt = centre.read_bytes() if centre.exists() else None
    hand = Hand("restore_newest")
    start(centre)
    assert hand.clicks == 1
    assert window.place() == "classes"
    assert application.left == []
    aside = [path.read_bytes() for path in kept_aside(centre)]
    assert aside == ([] if spoilt is None else [spoilt])
    application.aboutToQuit.emit()
    ((name, reason),) = restore_acts(centre)
    assert name.startswith("Phục hồi từ bản sao lúc")
    assert reason.startswith("thay tệp")


def test_a_damaged_newest_copy_gives_way_to_the_next(
    centre: Path, copy: Copy, start: Callable[[Path], None], window: MainWindow
) -> None:
    newer = backups.make(centre, BackupKind.MANUAL)
    with newer.path.open("r+b") as file:
        file.seek(newer.size // 2)
        file.write(os.urandom(64))
    centre.write_bytes(b"")
    hand = Hand("restore_newest", "restore_newest")
    start(centre)
    assert hand.clicks == 2
    assert "đã hỏng, không dùng được" in hand.read[1]
    assert window.place() == "classes"


def test_another_copy_can_be_chosen(
    centre: Path, copy: Copy, start: Callable[[Path], None], window: MainWindow
) -> None:
    backups.make(centre, BackupKind.MANUAL)
    centre.write_bytes(b"")
    hand = Hand("other_copy", "action")
    start(centre)
    assert hand.clicks == 2
    assert window.place() == "classes"


def test_a_copy_on_a_usb_disk_saves_a_file_that_has_none_beside_it(
    centre: Path,
    tmp_path: Path,
    start: Callable[[Path], None],
    window: MainWindow,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    usb = tmp_path / "usb"
    usb.mkdir()
    backups.save_as(centre, usb / "ban-sao.sqlite")
    centre.write_bytes(centre.read_bytes()[:5000])
    monkeypatch.setattr(files, "open_file", lambda *_: usb / "ban-sao.sqlite")
    hand = Hand("restore_newest")
    start(centre)
    assert "Không thấy bản sao dùng được" in hand.read[0]
    assert window.place() == "classes"


def test_another_file_can_be_opened(
    centre: Path,
    tmp_path: Path,
    start: Callable[[Path], None],
    window: MainWindow,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    other = Path(shutil.copy(centre, tmp_path / "khac.sqlite"))
    centre.write_bytes(b"")
    monkeypatch.setattr(files, "open_file", lambda *_: other)
    hand = Hand("other_file")
    start(centre)
    assert hand.clicks == 1
    shown = window.status_bar.findChild(QLabel, "data_file")
    assert isinstance(shown, QLabel)
    assert shown.text() == str(other)
    assert centre.read_bytes() == b""


def test_who_leaves_leaves_everything_as_it_is(
    centre: Path, copy: Copy, start: Callable[[Path], None], application: Application
) -> None:
    centre.write_bytes(b"x")
    hand = Hand("leave")
    start(centre)
    assert hand.clicks == 1
    assert application.left == [cli.DONE]
    assert centre.read_bytes() == b"x"
    lock.hold(centre, "khác").release()


def test_a_newer_file_is_not_replaced(
    centre: Path, copy: Copy, start: Callable[[Path], None], application: Application
) -> None:
    with closing(sqlite3.connect(centre)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    hand = Hand("leave")
    start(centre)
    assert "do bản Sổ Lớp mới hơn ghi" in hand.read[0]
    assert application.left == [cli.DONE]
    assert kept_aside(centre) == []


def test_a_newer_file_offers_no_copy(centre: Path, copy: Copy, qtbot: QtBot) -> None:
    with closing(sqlite3.connect(centre)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    dialog = RescueDialog(None, opening.diagnose(centre), "Mai")
    qtbot.addWidget(dialog)
    dialog.show()
    shown = {b.objectName() for b in dialog.findChildren(QPushButton) if b.isVisible()}
    assert shown == {"leave", "try_again", "other_file"}


def test_a_file_that_was_there_yesterday_is_missed(
    centre: Path,
    start: Callable[[Path], None],
    window: MainWindow,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    opened = entrance.open_file(window, centre)
    assert opened
    opened.close()
    centre.unlink()
    asked: list[Path] = []
    monkeypatch.setattr(wizard, "run", lambda _window, path: asked.append(path))
    hand = Hand("new_file")
    start(centre)
    assert "không còn ở chỗ cũ" in hand.read[0]
    assert asked == [centre]


def test_a_first_start_asks_for_the_centre_at_once(
    tmp_path: Path, start: Callable[[Path], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Path] = []
    monkeypatch.setattr(wizard, "run", lambda _window, path: asked.append(path))
    start(tmp_path / "moi" / "solop.sqlite")
    assert asked == [tmp_path / "moi" / "solop.sqlite"]


def test_a_file_held_by_another_program_is_not_replaced(
    centre: Path, copy: Copy, start: Callable[[Path], None], application: Application
) -> None:
    centre.write_bytes(b"")
    other = lock.hold(centre, "Hoàng Thị Mai")
    hand = Hand("restore_newest", "leave")
    start(centre)
    other.release()
    assert "(Hoàng Thị Mai) đang làm việc với tệp này" in hand.read[1]
    assert centre.read_bytes() == b""


def test_the_dialogs_can_be_seen(
    centre: Path, copy: Copy, window: MainWindow, qtbot: QtBot, screen: Screen
) -> None:
    centre.write_bytes(centre.read_bytes()[: PAGE * 9 + 77])
    dialog = RescueDialog(window, opening.diagnose(centre), "Mai")
    dialog.open()
    main = dialog.findChild(QPushButton, "restore_newest")
    assert isinstance(main, QPushButton)
    qtbot.waitUntil(main.hasFocus)
    screen(dialog, "tep-hong")
    dialog.reject()
