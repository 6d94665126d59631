"""Dialogs of a user: who, which roles, the password typed twice."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from app.errors import InputError
from app.terms import Role
from app.ui.fields import CheckField, Choice, NameField
from app.ui.form import Form, FormDialog
from app.ui.labels import label
from app.ui.password_field import PasswordField
from app.ui.settings.role_field import RoleField

if TYPE_CHECKING:
    # Services import SQLAlchemy, which takes longer than the window to paint.
    from app.services.accounts import AccountForm, AccountRow

Lecturers = Sequence[tuple[int, str]]
SaveAccount = Callable[["AccountForm", str], object]  # the form, a new password or ""
_HINT = "Ít nhất 6 ký tự; gõ với Unikey tắt (chọn E) để lần sau gõ lại đúng."
_FIRST = (
    "Người thứ nhất là Quản trị và phải có mật khẩu (ít nhất 6 ký tự). Từ đó chương trình hỏi mật "
    "khẩu mỗi lần mở. Chép mật khẩu cất nơi kín: người quản trị duy nhất quên thì không ai đặt lại "
    "được."
)


class AccountFields(Form):
    """Name, roles, lecturer; a password for a new user, the state of one who is there."""

    def __init__(
        self, save: SaveAccount, lecturers: Lecturers, row: "AccountRow | None", *, is_first: bool
    ) -> None:
        super().__init__(lambda values: save(*_typed(values)))
        self.roles = RoleField("roles", "Vai trò")
        self.lecturer = Choice(
            "lecturer_id", "Là giảng viên", [(None, "(chọn trong danh sách)"), *lecturers]
        )
        self._names = dict(lecturers)
        self.add_row(NameField("full_name", "Họ và tên", required=True))
        self.add_row(self.roles)
        self.add_row(self.lecturer)
        if row is None:
            self.add_row(*_password_fields(required=is_first), stretch=(1, 1))
            self.add(label(_FIRST if is_first else _HINT, "note", wrap=True))
        else:
            self.add_row(CheckField("is_active", "Đang dùng, được vào chương trình"))
        self.roles.changed.connect(self._follow)
        self.lecturer.changed.connect(self._propose_name)
        self._load(row, is_first)

    def _load(self, row: "AccountRow | None", is_first: bool) -> None:
        """Show who is there; the first user keeps the books and manages."""
        if row:
            names = ("full_name", "roles", "lecturer_id", "is_active")
            self.load({name: getattr(row, name) for name in names})
        else:
            self.load({"roles": (Role.CLERK, Role.ADMIN) if is_first else ()})
        if is_first:
            self.roles.keep(Role.ADMIN, "Phải có một người quản trị.")
        self._follow()

    def _follow(self) -> None:
        """Only a lecturer is somebody of the list of lecturers."""
        self.lecturer.setVisible(Role.LECTURER in self.roles.read())

    def _propose_name(self) -> None:
        """The name of the chosen lecturer where none is typed."""
        name = self.field("full_name")
        chosen = self.lecturer.read()
        if isinstance(chosen, int) and not name.state():
            name.fill(self._names[chosen])


def _password_fields(*, required: bool) -> tuple[PasswordField, PasswordField]:
    return (
        PasswordField("password", "Mật khẩu", required=required),
        PasswordField("again", "Mật khẩu lần nữa", required=required),
    )


def _typed(values: dict[str, Any]) -> tuple["AccountForm", str]:
    from app.services.accounts import AccountForm

    roles = values["roles"]
    form = AccountForm(
        values["full_name"],
        roles,
        values["lecturer_id"] if Role.LECTURER in roles else None,
        values.get("is_active", True),
    )
    return form, _password(values)


def _password(values: dict[str, Any]) -> str:
    """The password when both are the same."""
    if values.get("password") != values.get("again"):
        raise InputError("Hai lần gõ khác nhau. Gõ lại.", "again")
    return values.get("password") or ""


def account_dialog(
    parent: QWidget,
    row: "AccountRow | None",
    lecturers: Lecturers,
    save: SaveAccount,
    *,
    is_first: bool = False,
) -> FormDialog:
    """Add a user, or change one."""
    form = AccountFields(save, lecturers, row, is_first=is_first)
    title = f"Sửa người dùng {row.full_name}" if row else "Thêm người dùng"
    action = "Lưu thay đổi" if row else "Thêm người dùng"
    dialog = FormDialog(parent, title, form, action=action)
    dialog.setObjectName("account_dialog")
    return dialog


def password_dialog(
    parent: QWidget, row: "AccountRow", save: Callable[[str], object]
) -> FormDialog:
    """Set somebody's password; who forgot it is given a new one."""
    form = Form(lambda values: save(_password(values)))
    for field in _password_fields(required=True):
        form.add_row(field)
    form.add(label(_HINT, "note", wrap=True))
    form.load({})
    title = f"Đặt mật khẩu cho {row.full_name}"
    dialog = FormDialog(parent, title, form, action="Đặt mật khẩu", width=420)
    dialog.setObjectName("password_dialog")
    return dialog
