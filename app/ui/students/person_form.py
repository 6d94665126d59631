"""The form of a person: short for adding one after the other, whole for correcting."""

from typing import TYPE_CHECKING, Any, cast

from PySide6.QtGui import QKeyEvent

from app.terms import PartyStatus, Sex
from app.ui.context import Context
from app.ui.fields import Choice, DateField, NameField, TextField
from app.ui.form import Form, Save
from app.ui.keyboard import is_enter
from app.ui.students.unit_field import UnitField

if TYPE_CHECKING:
    # Services import SQLAlchemy, which takes longer than the window to paint.
    from app.services.students import StudentForm

_NOTHING = (None, "–")
_SEXES = [_NOTHING, *((sex, sex.label) for sex in Sex)]
_STATUSES = [_NOTHING, *((status, status.label) for status in PartyStatus)]


class PersonForm(Form):
    """A form that Enter in its last field saves."""

    def __init__(self, save: Save) -> None:
        super().__init__(save)
        self.setObjectName("person_form")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes on, and saves from the last field."""
        if is_enter(event) and self.focusWidget() is self._last_editor():
            self.submit()
        else:
            super().keyPressEvent(event)

    def _last_editor(self) -> object:
        """The control of the last field."""
        return list(self._fields.values())[-1].editor


def quick_form(save: Save, context: Context) -> PersonForm:
    """What a list on paper usually says, in its order."""
    form = PersonForm(save)
    form.add_row(
        NameField("full_name", "Họ và tên", required=True),
        DateField("born", "Ngày sinh", year_only=True),
        stretch=(3, 2),
    )
    form.add_row(Choice("sex", "Giới tính", _SEXES), _party_status(), stretch=(1, 1))
    form.add_row(UnitField(context))
    form.add_row(TextField("position", "Chức vụ"), _identity(), stretch=(3, 2))
    return form


def whole_form(save: Save, context: Context) -> PersonForm:
    """Everything that is known about a person."""
    form = PersonForm(save)
    form.add_row(
        NameField("full_name", "Họ và tên", required=True),
        DateField("born", "Ngày sinh", year_only=True),
        Choice("sex", "Giới tính", _SEXES),
        stretch=(4, 2, 2),
    )
    form.add_row(_identity(), TextField("phone", "Điện thoại"), TextField("email", "Thư điện tử"))
    form.add_row(UnitField(context), TextField("position", "Chức vụ"))
    form.add_row(
        _party_status(),
        DateField("party_joined", "Ngày vào Đảng", year_only=True),
        DateField("party_confirmed", "Ngày chính thức", year_only=True),
    )
    form.add_row(
        TextField("home_town", "Quê quán"),
        TextField("ethnicity", "Dân tộc"),
        TextField("religion", "Tôn giáo"),
        TextField("code", "Mã học viên"),
        stretch=(2, 1, 1, 1),
    )
    form.add_row(
        TextField("general_education", "Trình độ văn hóa"),
        TextField("education", "Trình độ chuyên môn"),
        TextField("political_education", "Lý luận chính trị"),
    )
    form.add_row(TextField("note", "Ghi chú"))
    return form


def load_person(form: Form, person: "StudentForm") -> None:
    """Show a stored person."""
    form.load({name: getattr(person, name) for name in person.__dataclass_fields__})


def person_of(values: dict[str, object]) -> "StudentForm":
    """The person a form holds; its field names are those of StudentForm."""
    from app.services.students import StudentForm

    return StudentForm(**cast(dict[str, Any], values))


def _party_status() -> Choice:
    """Relation to the Party."""
    return Choice("party_status", "Đảng viên", _STATUSES)


def _identity() -> TextField:
    """Citizen identity or the older nine-digit number."""
    return TextField("identity_number", "Số định danh", placeholder="12 số, hoặc CMND 9 số")
