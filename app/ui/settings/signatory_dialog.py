"""The dialog of one who signs, with the signing block as it will be printed."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from app.ui import days
from app.ui.fields import Choice, DateField, NameField, TextField, typed
from app.ui.form import Form, FormDialog
from app.ui.labels import label
from app.ui.settings import paper_parts

if TYPE_CHECKING:
    # Services import SQLAlchemy, which takes longer than the window to paint.
    from app.services.centre import CentreForm, SignatoryForm, SignatoryRow

NEEDED = "Cần có để Phó Giám đốc ký giấy chứng nhận (HD 154-HD/BTGTW)."
_AUTHORITIES = (("", "Người đứng đầu, ký trực tiếp"), ("K/T GIÁM ĐỐC", "K/T GIÁM ĐỐC"))


class SignatoryFields(Form):
    """Name, title, on whose behalf, since when."""

    def __init__(self, save: Callable[["SignatoryForm"], object], centre: "CentreForm") -> None:
        super().__init__(lambda values: save(_form_of(values)))
        self._centre = centre
        self.add_row(
            NameField("name", "Họ và tên", required=True),
            TextField("title", "Chức danh", required=True),
        )
        self._authority = Choice("authority", "Ký", _AUTHORITIES)
        self.add_row(self._authority, DateField("valid_from", "Từ ngày", required=True))
        self.add_row(
            TextField("authorisation", "Văn bản ủy quyền", placeholder="Số, ngày văn bản"),
            DateField("valid_to", "Đến ngày (nếu thôi ký)"),
        )
        self.needed = label(NEEDED, "warning", wrap=True)
        self.add(self.needed)
        self.add(label("Xem trước khối chữ ký", "h2"))
        self.preview = paper_parts.PartView(self._draw, 290)
        self.add(self.preview)
        self._authority.combo.chosen.connect(self._propose_title)
        self.changed.connect(self._follow)

    def show_row(self, row: "SignatoryRow | None") -> None:
        """Show a stored signatory, or an empty form for the head."""
        values: dict[str, object] = {"title": "GIÁM ĐỐC", "valid_from": days.today()}
        if row:
            values = {name: getattr(row, name) for name in row.__dataclass_fields__}
            words = dict(_AUTHORITIES)
            words.setdefault(row.authority, row.authority)
            self._authority.set_choices(words.items())
        self.load(values)
        self.preview.show_now()

    def _propose_title(self, authority: object) -> None:
        """A deputy signs K/T, the head alone."""
        title = self.field("title")
        if typed(title).upper() in ("GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"):
            title.fill("PHÓ GIÁM ĐỐC" if authority else "GIÁM ĐỐC")

    def _follow(self) -> None:
        """The paper that lets a deputy sign is asked for only then."""
        missing = bool(self._authority.value()) and not typed(self.field("authorisation"))
        self.needed.setVisible(missing)
        self.preview.refresh()

    def _draw(self) -> bytes:
        from app.services import samples
        from app.services.centre import SignatoryForm

        today = days.today()
        shown = SignatoryForm(
            name=typed(self.field("name")),
            title=typed(self.field("title")),
            valid_from=today,
            authority=str(self._authority.value()),
        )
        head = samples.heading(self._centre, today)
        return paper_parts.signing_pdf(head, samples.signer(shown))


def _form_of(values: dict[str, Any]) -> "SignatoryForm":
    from app.services.centre import SignatoryForm

    return SignatoryForm(**values)


def signatory_dialog(
    parent: QWidget,
    row: "SignatoryRow | None",
    centre: "CentreForm",
    save: Callable[["SignatoryForm"], object],
) -> FormDialog:
    """Add one who signs, or change one."""
    form = SignatoryFields(save, centre)
    title = f"Sửa người ký {row.name}" if row else "Thêm người ký"
    action = "Lưu thay đổi" if row else "Thêm người ký"
    dialog = FormDialog(parent, title, form, action=action, width=620)
    dialog.setObjectName("signatory_dialog")
    form.show_row(row)
    return dialog
