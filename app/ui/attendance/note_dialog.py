"""The note on a mark, such as "có đơn"."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from app.ui.fields import TextField
from app.ui.form import Form, FormDialog


class NoteDialog(FormDialog):
    """One line of text; empty takes the note away."""

    def __init__(
        self, parent: QWidget, whose: str, note: str, save: Callable[[str], object]
    ) -> None:
        form = Form(lambda values: save(str(values["note"])))
        form.add_row(TextField("note", "Ghi chú", placeholder="có đơn, đi họp…"))
        super().__init__(parent, f"Ghi chú: {whose}", form, action="Lưu ghi chú", width=420)
        form.load({"note": note})
