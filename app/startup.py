"""The only wiring: command or window, folders, log, database, hooks."""

import argparse
import contextlib
import faulthandler
import gc
import io
import logging
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from app import cli, paths
from app.errors import AppError

if TYPE_CHECKING:
    import ctypes

    from PySide6.QtWidgets import QApplication

    from app.database import Database
    from app.ui.frame import MainWindow

MISSING = (
    "Máy thiếu thư viện hệ thống để mở cửa sổ ({library}). Chạy lệnh sau rồi mở lại:\n"
    "  sudo apt install libegl1 libgl1 libxkbcommon0 libfontconfig1 libdbus-1-3 libxcb-cursor0 "
    "libxkbcommon-x11-0 libxcb-icccm4 libxcb-keysyms1"
)
NO_DISPLAY = (
    "Không có màn hình để mở cửa sổ. Mở trên máy có màn hình, hoặc dùng lệnh; "
    "xem: python main.py --help"
)


def run(arguments: Sequence[str] | None = None) -> int:
    """Run a command when one is named, else open the window; return the exit code."""
    arguments = sys.argv[1:] if arguments is None else arguments
    if arguments and arguments[0] in cli.COMMANDS | {"-h", "--help"}:
        return cli.main(arguments)
    path = _window_options(arguments).database if arguments else paths.centre_file()
    try:
        if problem := missing_for_window(sys.platform, dict(os.environ)):
            sys.stderr.write(problem + "\n")
            return cli.REFUSED
        return _open_window(path)
    except ImportError as error:
        sys.stderr.write(MISSING.format(library=error) + "\n")
        return cli.REFUSED


def _window_options(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="solop", description="Sổ Lớp")
    parser.add_argument("--database", type=Path, default=paths.centre_file(), metavar="FILE")
    return parser.parse_args(arguments)


def missing_for_window(platform: str, environ: dict[str, str]) -> str:
    """Tell what keeps Qt from opening a window here; empty when nothing does.

    Without this Qt aborts the whole process instead of saying which library it wants.
    """
    if platform != "linux" or environ.get("QT_QPA_PLATFORM"):
        return ""
    if environ.get("WAYLAND_DISPLAY"):
        return ""
    if not environ.get("DISPLAY"):
        return NO_DISPLAY
    import ctypes  # only where X11 is asked

    try:
        ctypes.CDLL("libxcb-cursor.so.0")
        xcb = ctypes.CDLL("libxcb.so.1")
    except OSError:
        return MISSING.format(library="libxcb-cursor0")
    return "" if _answers(xcb) else NO_DISPLAY


def _answers(xcb: "ctypes.CDLL") -> bool:
    """Tell whether the display named in DISPLAY takes connections: Qt aborts when it does not."""
    from ctypes import c_char_p, c_void_p

    xcb.xcb_connect.restype, xcb.xcb_connect.argtypes = c_void_p, (c_char_p, c_void_p)
    xcb.xcb_connection_has_error.argtypes = xcb.xcb_disconnect.argtypes = (c_void_p,)
    connection = xcb.xcb_connect(None, None)
    has_error = bool(xcb.xcb_connection_has_error(connection))
    xcb.xcb_disconnect(connection)
    return not has_error


def _open_window(path: Path) -> int:
    gc.disable()  # until `_begin` ends: what is made while starting is there to stay
    _choose_input_method()
    from PySide6.QtWidgets import QApplication

    from app.ui import theme
    from app.ui.frame import MainWindow
    from app.ui.places import all_places

    application = QApplication([*sys.argv[:1], *theme.STYLE_ARGUMENTS])
    application.setApplicationName("solop")
    theme.apply(application)
    window = MainWindow(all_places())
    window.painted.connect(lambda: _begin(application, window, path))
    window.show_remembered()
    return int(application.exec())


def _begin(application: "QApplication", window: "MainWindow", path: Path) -> None:
    """Do what the first picture of the window did not need."""
    from app.ui import theme
    from app.ui.bugs import Bugs

    Bugs(window).install()
    _start_log()
    theme.complete(application)
    try:
        _open_centre(application, window, path)
    finally:
        gc.freeze()
        gc.enable()


def _open_centre(application: "QApplication", window: "MainWindow", path: Path) -> None:
    """Open the file, ask who is there, show the first page; leave when there is none."""
    from app.ui import dialogs
    from app.ui.session import entrance
    from app.ui.session.session import Session
    from app.ui.tasks import TaskRunner

    try:
        opened = entrance.open_file(window, path)
    except AppError as error:
        dialogs.show_error(window, error)
        application.exit(cli.REFUSED)
        return
    if opened is None:
        application.exit(cli.DONE)
        return
    session = Session(window, TaskRunner(window), opened)
    application.aboutToQuit.connect(session.close)
    window.centre_changed.connect(lambda: show_centre(window, session.database))
    window.renew_centre()
    if not session.start():
        application.exit(cli.DONE)


def show_centre(window: "MainWindow", database: "Database") -> None:
    """Put the centre's name into the side bar and the file into the status bar."""
    from app.ui.session import signing_in

    window.set_centre(*signing_in.brand(database))
    window.status_bar.set_file(str(database.path))


def _choose_input_method() -> None:
    """Let fcitx users type Vietnamese: Qt's wheels have no fcitx plugin, fcitx answers as ibus."""
    if os.environ.get("QT_IM_MODULE", "").startswith("fcitx"):
        os.environ["QT_IM_MODULE"] = "ibus"


def _start_log() -> None:
    """Write a small rotating log and crash traces beside the data; without room for it, none."""
    from logging.handlers import RotatingFileHandler  # after the first paint

    from app.ui import bugs

    class PrivateFileHandler(RotatingFileHandler):
        """Makes files that nobody but this user can read."""

        def _open(self) -> io.TextIOWrapper:
            return _private_file(Path(self.baseFilename))

    folder = bugs.log_folder()
    with contextlib.suppress(OSError):
        paths.make_private(folder.parent)
        paths.make_private(folder)
        handler = PrivateFileHandler(folder / "solop.log", maxBytes=500_000, backupCount=3)
        handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
        bugs.LOG.addHandler(handler)
        bugs.LOG.setLevel(logging.INFO)
        faulthandler.enable(_private_file(folder / "crash.log"))


def _private_file(path: Path) -> io.TextIOWrapper:
    """Open a file to add to it, made for the current user only."""
    file = io.FileIO(path, "a", opener=lambda name, flags: os.open(name, flags, 0o600))
    return io.TextIOWrapper(file, encoding="utf-8", line_buffering=True)
