"""What the window remembers between starts: sizes, columns, last folder. Never data."""

from PySide6.QtCore import QSettings

from app import paths

VERSION = 1


def settings() -> QSettings:
    """The small file of window habits beside the user's data."""
    file = paths.data_home() / f"window-{VERSION}.ini"
    return QSettings(str(file), QSettings.Format.IniFormat)


def remember(key: str, value: object) -> None:
    """Keep a value under a key such as `table/class_list/widths`."""
    paths.make_private(paths.data_home())
    store = settings()
    store.setValue(key, value)
    store.sync()


def recall(key: str, default: str = "") -> str:
    """A remembered text, or the default."""
    return str(settings().value(key, default))
