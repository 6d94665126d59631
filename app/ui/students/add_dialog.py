"""Adding people by hand, one after the other, without leaving the dialog."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QWidget

from app import text
from app.ui import dialogs, theme
from app.ui.buttons import button
from app.ui.context import Context
from app.ui.dialogs import Dialog
from app.ui.labels import label
from app.ui.students.known_hint import KnownHint
from app.ui.students.person_form import person_of, quick_form

if TYPE_CHECKING:
    # Services import SQLAlchemy, which takes longer than the window to paint.
    from app.services.finding import StudentRow
    from app.services.students import StudentForm

_KEYS = "Enter sang ô sau; Ctrl+Enter, hoặc Enter ở ô cuối, lưu và sang người sau."


class AddStudentDialog(Dialog):
    """Stays open for the next person; the unit typed last is there already.

    Whoever is known by the typed name is shown while it is typed; `known_action` names what can
    be done with that person, `use_known` does it, and True closes the dialog.
    """

    def __init__(
        self,
        parent: QWidget | None,
        context: Context,
        register: Callable[["StudentForm"], object],
        unit: str = "",
        *,
        title: str = "Thêm học viên",
        known_action: str = "",
        use_known: Callable[["StudentRow"], bool] | None = None,
        take_block: Callable[[str], object] | None = None,
    ) -> None:
        super().__init__(parent, title, 620)
        self.setObjectName("add_student")
        self._register, self._use_known = register, use_known
        self._take_block = take_block
        self.unit = unit
        self.added = 0
        self.form = quick_form(self._save, context)
        self.box.addWidget(label(_KEYS, "note"))
        self.box.addWidget(self.form)
        self.hint = KnownHint(context, self.form, known_action if use_known else "")
        self.hint.used.connect(self._use)
        self.box.addWidget(self.hint)
        self._told = label("", "muted", wrap=True)
        self._told.setObjectName("added_note")
        self._told.setMinimumHeight(theme.u(20))
        action = button("Lưu, thêm người nữa", "primary", "user-plus", name="action")
        action.clicked.connect(self.form.submit)
        self.set_actions(action, "Đóng", self._told)
        self.form.saved.connect(self._next)
        self.form.field("full_name").editor.installEventFilter(self)
        self._next()

    def _save(self, values: dict[str, object]) -> None:
        """Register the typed person."""
        person = person_of(values)
        self._register(person)
        self.unit = text.clean(person.unit)
        born = f", {person.born.grid}" if person.born else ""
        self._tell(f"{person.full_name}{born}")

    def _tell(self, who: str) -> None:
        self.added += 1
        self._told.setText(f"Đã thêm {self.added} người, vừa rồi: {who}.")

    def _next(self) -> None:
        """Make ready for the next person."""
        self.form.load({"unit": self.unit})
        self.form.field("full_name").setFocus()

    def _use(self, row: "StudentRow") -> None:
        """Take the person who is known instead of a new one."""
        if self._use_known and self._use_known(row):
            self.form.load({})
            self.accept()
        else:
            self._tell(row.full_name)
            self._next()

    def _take(self, block: str) -> None:
        """Hand several copied rows to the import, or tell where that is."""
        if self._take_block:
            self.form.load({})
            self.accept()
            self._take_block(block)
        else:
            where = "Mở lớp, thẻ Học viên, bấm Nhập từ Excel rồi dán; chương trình đọc từng dòng."
            dialogs.tell(self, "Danh sách nhiều người thì nhập vào một lớp", where)

    def reject(self) -> None:
        """Ask before typed input is lost."""
        if not self.form.is_dirty or self.form.ask_to_leave():
            super().reject()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Rows pasted into the name are a list, not a name."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            block = QGuiApplication.clipboard().text()
            pastes = event.matches(QKeySequence.StandardKey.Paste)
            if pastes and ("\t" in block or "\n" in block.strip()):
                self._take(block)
                return True
        return super().eventFilter(watched, event)
