"""When a learner came and left, where that differs from the class."""

import datetime
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, cast

from PySide6.QtWidgets import QWidget

from app.ui.fields import DateField, TextField
from app.ui.form import Form, FormDialog
from app.ui.labels import label

if TYPE_CHECKING:
    # Services import SQLAlchemy, which takes longer than the window to paint.
    from app.services.enrolment import RollRow

Change = Callable[[datetime.date | None, datetime.date | None, str], object]


def period_dialog(parent: QWidget | None, rows: Sequence["RollRow"], change: Change) -> FormDialog:
    """The dialog for one learner, or for several at once."""

    def save(values: dict[str, object]) -> None:
        entered_on = cast(datetime.date | None, values["entered_on"])
        left_on = cast(datetime.date | None, values["left_on"])
        change(entered_on, left_on, str(values["note"]))

    form = Form(save)
    form.add(label("Chỉ ghi khi vào học muộn hoặc thôi học sớm hơn lớp.", "note", wrap=True))
    form.add_row(
        DateField("entered_on", "Vào học từ ngày"), DateField("left_on", "Học đến hết ngày")
    )
    form.add_row(TextField("note", "Ghi chú, lý do"))
    one = rows[0] if len(rows) == 1 else None
    names = ("entered_on", "left_on", "note")
    form.load({name: getattr(one, name) for name in names} if one else {})
    who = one.full_name if one else f"{len(rows)} học viên"
    dialog = FormDialog(parent, f"Thời gian học của {who}", form, action="Lưu thời gian học")
    dialog.setObjectName("period_dialog")
    return dialog
