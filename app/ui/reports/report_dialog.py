"""Writing the closing report: number, day and the words the figures cannot say."""

import datetime
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from app.ui import theme
from app.ui.fields import DateField, MemoField, TextField
from app.ui.form import Form, FormDialog

if TYPE_CHECKING:
    # The services bring SQLAlchemy, which takes longer to import than the window to paint.
    from app.services.report_form import ReportForm

_ROOMY = 660  # height of a window that takes the dialog with long texts
_TEXTS = (
    ("strengths", "Ưu điểm"),
    ("limitations", "Hạn chế"),
    ("causes", "Nguyên nhân"),
    ("lessons", "Bài học kinh nghiệm"),
    ("proposals", "Kiến nghị, đề xuất"),
    ("commendations", "Khen thưởng"),
)


class ReportDialog(FormDialog):
    """The clerk's part of the report; an empty text leaves its section out."""

    def __init__(
        self,
        parent: QWidget | None,
        known: "ReportForm",
        save: "Callable[[ReportForm], object]",
    ) -> None:
        form = Form(lambda values: save(_form(values)))
        form.add_row(
            TextField("number", "Số báo cáo", placeholder="15", note="Để trống khi còn là nháp."),
            DateField("signed_on", "Ngày ký", note="Chưa ghi thì báo cáo để trống ngày, tháng."),
        )
        roomy = parent is None or parent.window().height() >= theme.u(_ROOMY)
        lines = 6 if roomy else 4
        for left, right in zip(_TEXTS[::2], _TEXTS[1::2], strict=True):
            form.add_row(MemoField(*left, lines=lines), MemoField(*right, lines=lines))
        super().__init__(parent, "Báo cáo tổng kết lớp", form, action="Lưu báo cáo", width=800)
        form.load({name: getattr(known, name) for name in known.__dataclass_fields__})


def _form(values: dict[str, object]) -> "ReportForm":
    from app.services.report_form import ReportForm

    signed_on = values["signed_on"]
    return ReportForm(
        str(values["number"] or ""),
        signed_on if isinstance(signed_on, datetime.date) else None,
        **{name: str(values[name] or "") for name, _ in _TEXTS},
    )
