"""The own password: the old one, the new one twice."""

from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from app.errors import InputError
from app.ui.form import Form, FormDialog
from app.ui.labels import label
from app.ui.password_field import PasswordField

if TYPE_CHECKING:
    from app.database import Database

_HINT = "Ít nhất 6 ký tự. Gõ với Unikey tắt (chọn E) để lần sau gõ lại đúng."


def password_dialog(parent: QWidget, database: "Database") -> FormDialog:
    """Change the password of whoever is signed in."""
    form = Form(lambda values: _save(database, values))
    has_one = _has_password(database)
    if has_one:
        form.add_row(PasswordField("old", "Mật khẩu đang dùng", required=True))
    form.add_row(PasswordField("new", "Mật khẩu mới", required=True))
    form.add_row(PasswordField("again", "Mật khẩu mới lần nữa", required=True))
    form.add(label(_HINT, "note", wrap=True))
    form.load({})
    dialog = FormDialog(parent, "Đổi mật khẩu", form, action="Đổi mật khẩu", width=420)
    dialog.setObjectName("own_password")
    return dialog


def _has_password(database: "Database") -> bool:
    from app.services import accounts

    with database.reading() as db:
        rows = accounts.account_list(db)
    return any(row.has_password for row in rows if row.id == database.user.account_id)


def _save(database: "Database", values: dict[str, Any]) -> None:
    from app.services import accounts

    if values["new"] != values["again"]:
        raise InputError("Hai lần gõ khác nhau. Gõ lại.", "again")
    own = database.user.account_id
    assert own is not None
    with database.writing("Đổi mật khẩu của mình") as db:
        accounts.set_password(db, own, values["new"], values.get("old") or "")
