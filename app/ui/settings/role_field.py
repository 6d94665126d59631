"""A form field of roles: a tick for each, with one line of what it may do."""

from typing import Any

from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from app.terms import Role
from app.ui import theme
from app.ui.field import Field
from app.ui.labels import label

ABOUT = {
    Role.CLERK: "Ghi lớp, học viên, điểm danh, điểm; cấp số và in giấy chứng nhận.",
    Role.LECTURER: "Chỉ thấy lớp mình dạy; điểm danh buổi của mình.",
    Role.DIRECTOR: "Xem tất cả; chốt kết quả, bế giảng, mở lại, thu hồi giấy.",
    Role.ADMIN: "Thêm người dùng, đặt mật khẩu, phục hồi từ bản sao lưu.",
}


class RoleField(Field):
    """One or several roles; the value is the tuple of those ticked."""

    def __init__(self, name: str, caption: str) -> None:
        self.boxes = {role: QCheckBox(role.label) for role in Role}
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for role, box in self.boxes.items():
            box.setObjectName(f"role_{role.value}")
            box.setAccessibleDescription(ABOUT[role])
            about = label(ABOUT[role], "note", wrap=True)
            about.setContentsMargins(theme.u(28), 0, 0, theme.u(4))
            column.addWidget(box)
            column.addWidget(about)
        super().__init__(name, caption, body, required=True)
        body.setFocusProxy(self.boxes[Role.CLERK])
        for box in self.boxes.values():
            box.checkStateChanged.connect(lambda _state: self._was_changed())

    def keep(self, role: Role, why: str) -> None:
        """Leave a role ticked; the tooltip says why."""
        box = self.boxes[role]
        box.setChecked(True)
        box.setEnabled(False)
        box.setToolTip(why)

    def state(self) -> object:
        """The ticked roles."""
        return self.read()

    def read(self) -> tuple[Role, ...]:
        """The ticked roles."""
        return tuple(role for role, box in self.boxes.items() if box.isChecked())

    def value(self) -> Any:
        """The ticked roles; the service refuses none at all with its own sentence."""
        return self.read()

    def fill(self, value: Any) -> None:
        """Tick these roles."""
        for role, box in self.boxes.items():
            box.setChecked(role in (value or ()))
