"""What nobody expected: logged, told once in words, and the program lives on."""

import logging
import sys
import threading
import traceback
from collections import Counter
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6 import QtCore  # QtCore.Qt is made at its first use, after the first paint
from PySide6.QtCore import QMessageLogContext, QObject, QtMsgType, Signal
from shiboken6 import isValid

from app import paths
from app.errors import AppError

if TYPE_CHECKING:
    # The window is painted before dialogs are needed.
    from app.ui.frame import MainWindow

LOG = logging.getLogger("solop")
_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}


def log_folder() -> Path:
    """Where the log and the traces of crashes lie."""
    return paths.data_home() / "logs"


def log_qt(kind: QtMsgType, _context: QMessageLogContext, message: str) -> None:
    """Write what Qt has to say into the log."""
    LOG.log(_LEVELS.get(kind, logging.WARNING), "Qt: %s", message)


class Bugs(QObject):
    """The end of every exception nobody caught, from any thread.

    It is told later, on the GUI thread: never inside a paint event. The same bug again, such as
    one that comes with every paint event, only leaves a line under the top bar.
    """

    _came = Signal(object, str, int)  # error, details, how often so far

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        self._counts: Counter[tuple[str, str, int]] = Counter()
        self._is_telling = False
        self._came.connect(self._tell, QtCore.Qt.ConnectionType.QueuedConnection)

    def install(self) -> None:
        """Become the end of all exceptions, and let Qt write into the log."""
        sys.excepthook = self.catch
        threading.excepthook = lambda caught: self.catch(
            caught.exc_type, caught.exc_value, caught.exc_traceback
        )
        sys.unraisablehook = lambda caught: self.catch(
            caught.exc_type, caught.exc_value, caught.exc_traceback
        )
        QtCore.qInstallMessageHandler(log_qt)

    def catch(
        self,
        kind: type[BaseException],
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Log it and tell it later; repeats are logged at each doubling of their number."""
        times = self._count(kind, trace)
        if times & (times - 1) and not issubclass(kind, AppError):
            return
        details = "".join(traceback.format_exception(kind, error, trace))
        LOG.error("%s", details if times == 1 else f"{times} times: {error!r}")
        if isinstance(error, Exception) and isValid(self):
            self._came.emit(error, details, times)

    def _count(self, kind: type[BaseException], trace: TracebackType | None) -> int:
        """How often this kind of error came from this line."""
        places = traceback.extract_tb(trace)
        line = (places[-1].filename, places[-1].lineno or 0) if places else ("", 0)
        self._counts[kind.__name__, *line] += 1
        return self._counts[kind.__name__, *line]

    def _tell(self, error: Exception, details: str, times: int) -> None:
        """Tell a refusal every time, a bug once; one dialog at a time."""
        if times > 1 and not isinstance(error, AppError):
            self._put_banner(details)
        elif not self._is_telling:
            self._is_telling = True
            try:
                self._show(error, details)
            finally:
                self._is_telling = False

    def _show(self, error: Exception, details: str) -> None:
        """Open the dialog over whatever is open."""
        from PySide6.QtWidgets import QApplication  # after the first paint

        from app.ui import bug_dialog, dialogs

        parent = QApplication.activeModalWidget() or self._window
        if isinstance(error, AppError):
            dialogs.show_error(parent, error)
        else:
            bug_dialog.show_bug(parent, details, log_folder())

    def _put_banner(self, details: str) -> None:
        """Say that it happens again, without a dialog in the way of work."""
        from app.ui import bug_dialog
        from app.ui.banner_line import State

        def show() -> None:
            bug_dialog.show_bug(self._window, details, log_folder())

        self._window.banners.put(
            "bug",
            State(
                "bad",
                "Chương trình gặp lại một lỗi.",
                "Dữ liệu đã ghi vẫn nguyên. Nên đóng rồi mở lại chương trình.",
                "Xem chi tiết…",
                show,
            ),
        )
