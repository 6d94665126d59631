"""The legend of keys under the grid."""

from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.ui import theme
from app.ui.labels import key_cap, label

_KEYS = (
    ("Dấu cách", "có mặt"),
    ("P", "vắng có phép"),
    ("K", "vắng không phép"),
    ("M", "đi muộn"),
    ("Del", "xóa"),
    ("1–5", "như trên"),
    ("Enter", "người tiếp theo"),
    ("/", "nhập nhanh"),
)


def legend() -> QWidget:
    """Keys with what they write, and the signs of the grid."""
    made = QWidget()
    row = QHBoxLayout(made)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(theme.u(6))
    for key, what in _KEYS:
        row.addWidget(key_cap(key))
        row.addWidget(label(what, "caption"))
        row.addSpacing(theme.u(6))
    row.addStretch(1)
    row.addWidget(label("○ sẽ ghi · – ngoài thời gian học", "caption"))
    return made
