"""A form: fields in rows, what was changed, what is wrong, saving."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.errors import AppError, InputError
from app.ui import dialogs, shortcuts, theme
from app.ui.buttons import button, set_text
from app.ui.dialogs import Dialog
from app.ui.field import Field
from app.ui.keyboard import is_enter
from app.ui.labels import icon_label, label

Save = Callable[[dict[str, object]], object]


class Form(QWidget):
    """Fields that are saved together by `save(values)`, which may raise InputError(field=…)."""

    changed = Signal()
    saved = Signal()
    dirty_changed = Signal(bool)

    def __init__(self, save: Save, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._save = save
        self._fields: dict[str, Field] = {}
        self._was_dirty = False
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.u(9))

    # building ----------------------------------------------------------------
    def add_row(self, *fields: Field, stretch: Sequence[int] = ()) -> None:
        """Put one or two fields side by side."""
        row = QHBoxLayout()
        row.setSpacing(theme.u(12))
        for at, field in enumerate(fields):
            self._fields[field.name] = field
            field.changed.connect(self._on_change)
            row.addWidget(field, stretch[at] if stretch else 1)
        self._column.addLayout(row)

    def add(self, widget: QWidget) -> None:
        """Put anything else between the rows."""
        self._column.addWidget(widget)

    def add_stretch(self) -> None:
        """Keep the rows at the top."""
        self._column.addStretch(1)

    def field(self, name: str) -> Field:
        """A field by name."""
        return self._fields[name]

    def names(self) -> tuple[str, ...]:
        """The names of all fields, in order."""
        return tuple(self._fields)

    # state -------------------------------------------------------------------
    def load(self, values: Mapping[str, object]) -> None:
        """Show stored values; nothing is then changed or wrong."""
        for name, field in self._fields.items():
            field.load(values.get(name))
        self._on_change()

    def values(self) -> dict[str, object]:
        """All values; raises InputError of the first that cannot be taken."""
        return {name: field.value() for name, field in self._fields.items()}

    @property
    def is_dirty(self) -> bool:
        """Whether anything was changed."""
        return any(field.is_dirty for field in self._fields.values())

    def wrong_fields(self) -> list[Field]:
        """Fields that cannot be saved as they are, in order, whether or not that is shown yet."""
        return [field for field in self._fields.values() if field.problem() or field.problem_shown]

    def _on_change(self) -> None:
        """Pass a change on."""
        if self._was_dirty != (dirty := self.is_dirty):
            self._was_dirty = dirty
            self.dirty_changed.emit(dirty)
        self.changed.emit()

    # acts ----------------------------------------------------------------------
    def submit(self) -> bool:
        """Save; a field that cannot be taken gets its sentence and the keyboard."""
        QGuiApplication.inputMethod().commit()
        for field in self._fields.values():
            field.check()
        if wrong := self.wrong_fields():
            self._go_to(wrong[0])
            return False
        return self._try_to_save()

    def _try_to_save(self) -> bool:
        """Call `save` and show what it refuses."""
        try:
            self._save(self.values())
        except InputError as error:
            if error.field not in self._fields:
                dialogs.show_error(self, error)
                return False
            self._fields[error.field].show_problem(str(error))
            self._go_to(self._fields[error.field])
            return False
        except AppError as error:
            dialogs.show_error(self, error)
            return False
        for field in self._fields.values():
            field.mark_clean()
        self._on_change()
        self.saved.emit()
        return True

    def jump_to_problem(self) -> None:
        """Put the keyboard into the first wrong field and say what is wrong."""
        if wrong := self.wrong_fields():
            wrong[0].show_problem(wrong[0].problem())
            self._go_to(wrong[0])

    def _go_to(self, field: Field) -> None:
        """Give the keyboard to a field."""
        field.editor.setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit()

    def ask_to_leave(self) -> bool:
        """Ask about unsaved input: save, drop or stay; True when the user may go."""
        QGuiApplication.inputMethod().commit()
        if not self.is_dirty:
            return True
        answer = dialogs.ask_unsaved(self)
        return answer == "drop" or (answer == "save" and self.submit())

    def footer(self, reset: Callable[[], object]) -> QFrame:
        """The line with the problem, "Bỏ thay đổi" (calls `reset`) and "Lưu thay đổi"."""
        return _Footer(self, reset)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes to the next field."""
        if is_enter(event):
            self.focusNextPrevChild(True)
        else:
            super().keyPressEvent(event)


class _Footer(QFrame):
    """Says what is left to correct and saves."""

    def __init__(self, form: Form, reset: Callable[[], object]) -> None:
        super().__init__()
        self._form = form
        self.setObjectName("form_footer")
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.u(16), theme.u(8), theme.u(16), theme.u(8))
        row.setSpacing(theme.u(8))
        self._mark = icon_label("circle-alert", "bad", 16)
        self._jump = button("", "quiet", name="jump_to_problem")
        self._jump.clicked.connect(form.jump_to_problem)
        self._drop = button("Bỏ thay đổi", name="drop_changes")
        self._drop.clicked.connect(reset)
        self._keep = button("Lưu thay đổi", "primary", name="save_changes", shortcut="save")
        self._keep.clicked.connect(form.submit)
        row.addWidget(self._mark)
        row.addWidget(self._jump)
        row.addStretch(1)
        row.addWidget(self._drop)
        row.addWidget(self._keep)
        shortcuts.bind(form, "save", form.submit)
        shortcuts.bind(form, "primary", form.submit)
        form.changed.connect(self._renew)
        self._renew()

    def _renew(self) -> None:
        """Renew the line and the buttons."""
        dirty, wrong = self._form.is_dirty, self._form.wrong_fields()
        show = dirty and bool(wrong)
        for each in (self._mark, self._jump):
            each.setVisible(show)
        if show:
            set_text(self._jump, f"Còn {len(wrong)} ô cần sửa: {wrong[0].caption}")
        self._drop.setEnabled(dirty)
        self._keep.setEnabled(dirty and not wrong)


class FormDialog(Dialog):
    """A form in a dialog; the action saves and closes, a problem keeps it open."""

    def __init__(
        self, parent: QWidget | None, title: str, form: Form, *, action: str, width: int = 540
    ) -> None:
        super().__init__(parent, title, width)
        self.form = form
        self.box.addWidget(form)
        self._problem = label("", "problem")
        self.action = button(action, "primary", name="action")
        self.action.clicked.connect(form.submit)
        self.set_actions(self.action, "Đóng", self._problem)
        shortcuts.bind(self, "save", form.submit)
        form.saved.connect(self.accept)
        form.changed.connect(self._renew)

    def _renew(self) -> None:
        """Say beside the buttons what is shown as wrong."""
        wrong = [field for field in self.form.wrong_fields() if field.problem_shown]
        self._problem.setText(f"Còn {len(wrong)} ô cần sửa: {wrong[0].caption}" if wrong else "")

    def reject(self) -> None:
        """Ask before typed input is lost."""
        if not self.form.is_dirty or self.form.ask_to_leave():
            super().reject()

    def showEvent(self, event: QShowEvent) -> None:
        """The first field begins selected: typing replaces what was proposed."""
        super().showEvent(event)
        if self.focusWidget() is None:
            self.focusNextPrevChild(True)
