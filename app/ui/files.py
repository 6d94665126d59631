"""Asking for files: one function each, so that tests can replace them."""

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from app import paths
from app.ui import memory


def _folder() -> str:
    """The folder used last."""
    return memory.recall("files/folder", str(Path.home()))


def _remember(chosen: str) -> Path | None:
    """Keep the folder of a chosen file."""
    if not chosen:
        return None
    memory.remember("files/folder", str(Path(chosen).parent))
    return Path(chosen)


def open_file(parent: QWidget | None, title: str, kinds: str) -> Path | None:
    """Ask for a file to read; kinds like "Excel (*.xlsx *.xls)"."""
    chosen, _ = QFileDialog.getOpenFileName(parent, title, _folder(), kinds)
    return _remember(chosen)


def open_files(parent: QWidget | None, title: str, kinds: str) -> list[Path]:
    """Ask for one or more files to read."""
    chosen, _ = QFileDialog.getOpenFileNames(parent, title, _folder(), kinds)
    return [path for one in chosen if (path := _remember(one))]


def save_file(parent: QWidget | None, title: str, name: str, kinds: str) -> Path | None:
    """Ask where to write a file; `name` is proposed."""
    chosen, _ = QFileDialog.getSaveFileName(parent, title, str(Path(_folder()) / name), kinds)
    path = _remember(chosen)
    return path.with_suffix(Path(name).suffix) if path and not path.suffix else path


def choose_folder(parent: QWidget | None, title: str) -> Path | None:
    """Ask for a folder."""
    chosen = QFileDialog.getExistingDirectory(parent, title, _folder())
    if not chosen:
        return None
    memory.remember("files/folder", chosen)
    return Path(chosen)


def save_bytes(
    parent: QWidget | None, title: str, name: str, kinds: str, data: bytes
) -> Path | None:
    """Ask where to write and write it, whole or not at all."""
    path = save_file(parent, title, name, kinds)
    if path:
        paths.write_atomically(path, data)
    return path
