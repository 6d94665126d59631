"""A password in a form: never shown, never cleaned."""

from typing import Any

from PySide6.QtWidgets import QLineEdit

from app.ui.field import Field


class PasswordField(Field):
    """Dots for letters; the value is exactly what was typed."""

    def __init__(self, name: str, caption: str, *, required: bool = False, note: str = "") -> None:
        self.line = QLineEdit()
        self.line.setEchoMode(QLineEdit.EchoMode.Password)
        super().__init__(name, caption, self.line, required=required, note=note)
        self.line.textChanged.connect(lambda _text: self._was_changed())

    def state(self) -> object:
        """What was typed."""
        return self.line.text()

    def read(self) -> str:
        """What was typed."""
        return self.line.text()

    def fill(self, value: Any) -> None:
        """Write a password, or empty the field."""
        self.line.setText(value or "")
