"""The legend of keys under the grid."""

from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.ui import theme
from app.ui.labels import key_cap, label

_KEYS = (
    ("Dấu cách", "có mặt"),
    ("P", "có phép"),
    ("K", "không phép"),
    ("M", "đi muộn"),
    ("Del", "xóa"),
    ("Enter", "xuống"),
    ("F2", "ghi chú"),
    ("/", "nhập nhanh"),
    ("1–5", "thay năm phím đầu"),
)
_IN_COMPACT = 8


class Legend(QWidget):
    """Keys with what they write, and the signs of the grid."""

    def __init__(self) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.u(6))
        self._spare: list[QWidget] = []
        for at, (key, what) in enumerate(_KEYS):
            pair = (key_cap(key), label(what, "caption"))
            for each in pair:
                row.addWidget(each)
            row.addSpacing(theme.u(5))
            if at >= _IN_COMPACT:
                self._spare += pair
        row.addStretch(1)
        signs = label("○ sẽ ghi · – ngoài thời gian học", "caption")
        row.addWidget(signs)
        self._spare.append(signs)

    def set_compact(self, on: bool) -> None:
        """Only the keys used most in a narrow window."""
        for each in self._spare:
            each.setVisible(not on)
