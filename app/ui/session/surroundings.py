"""What is wrong around the program: a clock set back, a place where data files break."""

import contextlib
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from app import opening
from app.errors import AppError
from app.services import clock
from app.ui.banner_line import State

if TYPE_CHECKING:
    from app.database import Database
    from app.ui.frame import MainWindow

LOOK_EVERY_MS = 60_000
TOLERANCE = timedelta(minutes=5)


class Surroundings(QObject):
    """Puts what it finds into the line under the top bar."""

    def __init__(self, window: "MainWindow", database: "Database") -> None:
        super().__init__(window)
        self._window, self._database = window, database
        self._latest: datetime | None = None  # of all moments seen in the journal
        self._timer = QTimer(self, interval=LOOK_EVERY_MS)
        self._timer.timeout.connect(self.look_at_clock)

    def start(self) -> None:
        """Look at the place once, at the clock again and again."""
        if warning := opening.warning_of_place(self._database.path):
            state = State("warn", warning, "", "Đã biết", self._forget_place)
            self._window.banners.put("place", state)
        self.look_at_clock()
        self._timer.start()

    def stop(self) -> None:
        """Look no longer."""
        self._timer.stop()

    def _forget_place(self) -> None:
        """The user knows about the place; said again at the next start."""
        self._window.banners.put("place", None)

    def look_at_clock(self) -> None:
        """Compare this machine's clock with the newest moment the journal has told."""
        told = None
        with contextlib.suppress(AppError), self._database.reading() as db:
            told = clock.newest_act(db)
        self._latest = max((at for at in (told, self._latest) if at), default=None)
        now = datetime.now().astimezone()
        if self._latest and self._latest > now + TOLERANCE:
            self._window.banners.put("clock", _clock_state(self._latest.astimezone(), now))
        elif self._latest:
            self._window.banners.put("clock", None)


def _clock_state(latest: datetime, now: datetime) -> State:
    return State(
        "warn",
        "Đồng hồ máy chạy lùi.",
        f"Nhật ký đã có việc ghi lúc {latest:%H:%M %d/%m/%Y}, máy đang là {now:%H:%M %d/%m/%Y}. "
        "Chỉnh ngày giờ của máy trước khi cấp số, in giấy.",
    )
