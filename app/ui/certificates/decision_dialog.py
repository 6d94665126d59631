"""Writing down the decision that recognises the results."""

import datetime
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from app.ui.fields import DateField, TextField
from app.ui.form import Form, FormDialog
from app.ui.labels import label

if TYPE_CHECKING:
    # The services bring SQLAlchemy, which takes longer to import than the window to paint.
    from app.services.classes import DecisionForm

Save = Callable[[str, datetime.date, str], object]
_NOTE = "Giấy đã cấp số giữ nguyên số và ngày quyết định đã in trên giấy."


class DecisionDialog(FormDialog):
    """Number, day and issuer of the decision; a second one corrects the first."""

    def __init__(
        self,
        parent: QWidget | None,
        known: "DecisionForm | None",
        issuer: str,
        save: Save,
        *,
        has_certificates: bool,
    ) -> None:
        form = Form(lambda values: save(*_checked(values)))
        form.add_row(
            TextField("number", "Số quyết định", required=True, placeholder="31-QĐ/TTCT"),
            DateField("signed_on", "Ngày ký", required=True),
        )
        form.add_row(TextField("issuer", "Cơ quan, người ban hành"))
        if has_certificates:
            form.add(label(_NOTE, "warning", wrap=True))
        super().__init__(
            parent, "Quyết định công nhận kết quả", form, action="Ghi quyết định", width=540
        )
        form.load(
            {
                "number": known.number if known else "",
                "signed_on": known.signed_on if known else None,
                "issuer": known.issuer if known else issuer,
            }
        )


def _checked(values: dict[str, object]) -> tuple[str, datetime.date, str]:
    """The values of the form by type; required ones are never empty here."""
    number, signed_on, issuer = values["number"], values["signed_on"], values["issuer"]
    assert isinstance(signed_on, datetime.date)
    return str(number), signed_on, str(issuer or "")
