"""How long nobody has touched keys or mouse."""

import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QGuiApplication, QWindow
from shiboken6 import isValid

LOOK_EVERY_MS = 15_000
_TOUCHES = {
    QEvent.Type.KeyPress,
    QEvent.Type.MouseButtonPress,
    QEvent.Type.MouseMove,
    QEvent.Type.Wheel,
    QEvent.Type.TouchBegin,
    QEvent.Type.TabletPress,
}


class IdleWatch(QObject):
    """Watches the window that has the keyboard: far fewer events than the whole program has."""

    def __init__(self, limit: Callable[[], int], act: Callable[[], object]) -> None:
        """`limit` gives the seconds after which to `act`, 0 never."""
        super().__init__()
        self._limit, self._act = limit, act
        self._touched = self._now()
        self._watched: QWindow | None = None
        self._timer = QTimer(self, interval=LOOK_EVERY_MS)
        self._timer.timeout.connect(self.look)

    def start(self) -> None:
        """Begin to watch."""
        self.touch()
        _program().focusWindowChanged.connect(self._follow)
        self._follow(QGuiApplication.focusWindow())
        self._timer.start()

    def stop(self) -> None:
        """Watch no longer."""
        if self._timer.isActive():
            self._timer.stop()
            _program().focusWindowChanged.disconnect(self._follow)
            self._follow(None)

    def touch(self) -> None:
        """Somebody is there."""
        self._touched = self._now()

    def look(self) -> None:
        """Act when nobody was there for long enough."""
        limit = self._limit()
        idle = max(now - then for now, then in zip(self._now(), self._touched, strict=True))
        if limit and idle >= limit:
            self._act()
            self.touch()

    def _now(self) -> tuple[float, float]:
        """Two clocks: the first stands still while a notebook sleeps, the other can be set."""
        return time.monotonic(), time.time()

    def _follow(self, window: QWindow | None) -> None:
        """Watch the window that has the keyboard now."""
        if self._watched is not None and isValid(self._watched):
            self._watched.removeEventFilter(self)
        self._watched = window
        if window is not None:
            window.installEventFilter(self)
            self.touch()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Note that somebody is there."""
        if event.type() in _TOUCHES:
            self.touch()
        return False


def _program() -> QGuiApplication:
    """The running program."""
    running = QGuiApplication.instance()
    assert isinstance(running, QGuiApplication)
    return running
