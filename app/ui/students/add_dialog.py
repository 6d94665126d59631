"""Adding learners by hand, one after the other, without leaving the dialog."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from app import text
from app.ui import theme
from app.ui.buttons import button
from app.ui.dialogs import Dialog
from app.ui.labels import label
from app.ui.students.person_form import person_of, quick_form

if TYPE_CHECKING:
    # Services import SQLAlchemy, which takes longer than the window to paint.
    from app.services.students import StudentForm


class AddStudentDialog(Dialog):
    """Stays open for the next person; the unit typed last is there already."""

    def __init__(
        self, parent: QWidget | None, register: Callable[["StudentForm"], object], unit: str = ""
    ) -> None:
        super().__init__(parent, "Thêm học viên", 620)
        self.setObjectName("add_student")
        self._register = register
        self.unit = unit
        self.added = 0
        self.form = quick_form(self._save)
        self.box.addWidget(label("Enter sang ô sau; Enter ở ô cuối hoặc Ctrl+Enter thêm.", "note"))
        self.box.addWidget(self.form)
        self._told = label("", "muted", wrap=True)
        self._told.setObjectName("added_note")
        self._told.setMinimumHeight(theme.u(20))
        action = button("Thêm học viên", "primary", "user-plus", name="action")
        action.clicked.connect(self.form.submit)
        self.set_actions(action, "Đóng", self._told)
        self.form.saved.connect(self._next)
        self._next()

    def _save(self, values: dict[str, object]) -> None:
        """Register the typed person."""
        person = person_of(values)
        self._register(person)
        self.unit = text.clean(person.unit)
        self.added += 1
        born = f", {person.born.grid}" if person.born else ""
        self._told.setText(f"Đã thêm {self.added} người, vừa rồi: {person.full_name}{born}.")

    def _next(self) -> None:
        """Make ready for the next person."""
        self.form.load({"unit": self.unit})
        self.form.field("full_name").setFocus()

    def reject(self) -> None:
        """Ask before typed input is lost."""
        if not self.form.is_dirty or self.form.ask_to_leave():
            super().reject()
