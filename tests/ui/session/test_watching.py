"""Idle time, the clock of the machine, and the place of the file."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QApplication, QPushButton

from app import opening
from app.database import Database
from app.services import clock
from app.ui.frame import MainWindow
from app.ui.session import idle_watch
from app.ui.session.idle_watch import IdleWatch
from app.ui.session.surroundings import Surroundings
from tests.ui.session.conftest import MAI, Begin, sign_in


class Clocks:
    """Stands in for both clocks of the machine."""

    def __init__(self) -> None:
        self.running = 1000.0
        self.wall = 50_000.0

    def monotonic(self) -> float:
        return self.running

    def time(self) -> float:
        return self.wall


@pytest.fixture
def clocks(monkeypatch: pytest.MonkeyPatch) -> Clocks:
    made = Clocks()
    monkeypatch.setattr(idle_watch, "time", made)
    return made


def test_it_acts_after_the_limit_and_not_before(clocks: Clocks) -> None:
    acted: list[int] = []
    watch = IdleWatch(lambda: 600, lambda: acted.append(1))
    clocks.running += 599
    watch.look()
    assert acted == []
    clocks.running += 1
    watch.look()
    assert acted == [1]
    watch.look()
    assert acted == [1]


def test_a_night_asleep_counts(clocks: Clocks) -> None:
    acted: list[int] = []
    watch = IdleWatch(lambda: 600, lambda: acted.append(1))
    clocks.wall += 8 * 3600
    watch.look()
    assert acted == [1]


def test_zero_is_never(clocks: Clocks) -> None:
    acted: list[int] = []
    watch = IdleWatch(lambda: 0, lambda: acted.append(1))
    clocks.running += 10_000
    watch.look()
    assert acted == []


def test_a_key_in_the_window_counts_as_somebody(clocks: Clocks, window: MainWindow) -> None:
    acted: list[int] = []
    watch = IdleWatch(lambda: 600, lambda: acted.append(1))
    watch.start()
    handle = QGuiApplication.focusWindow()
    assert handle is not None
    clocks.running += 700
    key = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Tab, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(handle, key)
    watch.look()
    watch.stop()
    assert acted == []


def test_the_session_locks_after_its_setting_but_not_during_work(
    begin: Begin, path: Path, clocks: Clocks, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = begin(path)
    sign_in(MAI)
    assert session.start()
    locked: list[int] = []
    monkeypatch.setattr(session._idle, "_act", lambda: locked.append(1))
    clocks.running += 599
    session._idle.look()
    assert locked == []
    clocks.running += 601
    monkeypatch.setattr(type(session._runner), "is_busy", property(lambda _self: True))
    session._idle.look()
    assert locked == []
    monkeypatch.setattr(type(session._runner), "is_busy", property(lambda _self: False))
    session._idle.look()
    assert locked == [1]


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[datetime]:
    """What the journal says was its last moment."""
    moments: list[datetime] = []
    monkeypatch.setattr(clock, "newest_act", lambda _db: moments[-1] if moments else None)
    return moments


def state(window: MainWindow, key: str) -> str:
    shown = window.banners.state(key)
    return f"{shown.what} {shown.advice}" if shown else ""


def test_a_clock_set_back_is_told_until_it_is_right(
    window: MainWindow, database: Database, told: list[datetime]
) -> None:
    around = Surroundings(window, database)
    now = datetime.now().astimezone()
    told.append(now + timedelta(minutes=4))
    around.look_at_clock()
    assert state(window, "clock") == ""
    told.append(now + timedelta(days=1))
    around.look_at_clock()
    assert state(window, "clock").startswith("Đồng hồ máy chạy lùi. Nhật ký đã có việc ghi lúc ")
    told.append(now)  # an act with the wrong time does not make the clock right
    around.look_at_clock()
    assert state(window, "clock")
    around._latest = now
    around.look_at_clock()
    assert state(window, "clock") == ""


def test_the_newest_act_of_the_journal_is_asked(database: Database) -> None:
    with database.reading() as db:
        newest = clock.newest_act(db)
    assert newest
    assert abs(datetime.now().astimezone() - newest) < timedelta(hours=1)


def test_a_dangerous_place_is_told_until_it_is_known(
    window: MainWindow, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening, "warning_of_place", lambda _path: "Tệp nằm trên ổ mạng.")
    around = Surroundings(window, database)
    around.start()
    assert state(window, "place").startswith("Tệp nằm trên ổ mạng.")
    known = window.banners.findChild(QPushButton, "banner_act")
    assert isinstance(known, QPushButton)
    known.click()
    assert state(window, "place") == ""
    around.stop()
