"""The one table of shortcuts: it binds keys, feeds tooltips and is checked for duplicates."""

from collections.abc import Callable

from PySide6 import QtCore, QtGui  # QtCore.Qt is made at its first use, after the first paint
from PySide6.QtWidgets import QWidget

# screen: {name: (keys, what they do)}; UI.md §7. Letters stay free for input methods.
TABLE: dict[str, dict[str, tuple[str, str]]] = {
    "global": {
        **{f"place_{n}": (f"Alt+{n}", f"mục thứ {n} ở cột bên") for n in range(1, 8)},
        "back": ("Alt+Left", "quay lại"),
        "reload": ("F5", "tải lại"),
        "undo": ("Ctrl+Z", "hoàn tác việc vừa làm"),
        "redo": ("Ctrl+Y", "làm lại việc vừa hoàn tác"),
    },
    "page": {
        "new": ("Ctrl+N", "thêm mới"),
        "print": ("Ctrl+P", "in"),
        "find": ("Ctrl+F", "lọc danh sách này"),
        "export": ("Ctrl+E", "xuất ra Excel"),
        "save": ("Ctrl+S", "lưu"),
        "next_tab": ("Ctrl+PgDown", "thẻ sau"),
        "previous_tab": ("Ctrl+PgUp", "thẻ trước"),
        "next_problem": ("F8", "chỗ cần sửa tiếp theo"),
        "previous_problem": ("Shift+F8", "chỗ cần sửa trước"),
        "detail": ("F4", "sang khung chi tiết"),
    },
    "form": {"primary": ("Ctrl+Return", "nút chính")},
    "attendance": {
        "quick_entry": ("/", "nhập nhanh"),
        "rest_present": ("Ctrl+Space", "còn lại: có mặt"),
    },
    "certificates": {"issue": ("Ctrl+G", "cấp số")},
    "import": {
        "step_next": ("Alt+Right", "bước sau"),
        "paste_roster": ("Ctrl+V", "dán danh sách từ Excel"),
        "use_known": ("Ctrl+D", "dùng người đã có"),
    },
    "paper": {
        "zoom_in": ("Ctrl++", "phóng to"),
        "zoom_out": ("Ctrl+-", "thu nhỏ"),
        "fit": ("Ctrl+0", "vừa khung"),
    },
}
_SHOWN = {"Return": "Enter", "Left": "←", "Right": "→", "PgDown": "PgDn"}
_BY_NAME = {name: entry for screen in TABLE.values() for name, entry in screen.items()}


def keys(name: str) -> str:
    """The keys of a named shortcut."""
    return _BY_NAME[name][0]


def shown(name: str) -> str:
    """The keys as people read them: Ctrl+Enter, Alt+←."""
    return "+".join(_SHOWN.get(part, part) for part in keys(name).split("+"))


def tooltip(text: str, name: str) -> str:
    """A tooltip with its keys: "Lưu thay đổi (Ctrl+S)"."""
    return f"{text} ({shown(name)})"


def bind(widget: QWidget, name: str, act: Callable[[], object]) -> "QtGui.QShortcut":
    """Let a named shortcut work while the keyboard is anywhere inside `widget`."""
    made = QtGui.QShortcut(QtGui.QKeySequence(keys(name)), widget)
    if not widget.isWindow():
        made.setContext(QtCore.Qt.ShortcutContext.WidgetWithChildrenShortcut)
    made.activated.connect(lambda: act())
    made.setObjectName(f"shortcut_{name}")
    return made
