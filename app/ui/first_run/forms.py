"""The pages of the first-run wizard that papers print: the centre, and who signs."""

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, cast

from PySide6.QtWidgets import QWidget

from app.terms import DocumentFamily
from app.ui import days
from app.ui.fields import Choice, DateField, NameField, NumberField, TextField, typed
from app.ui.form import Form
from app.ui.labels import label
from app.ui.settings import paper_parts, proposals
from app.ui.settings.signatory_dialog import NEEDED

if TYPE_CHECKING:
    # Services import SQLAlchemy, which takes longer than the window to paint.
    from app.services.centre import CentreForm, SignatoryForm

Values = dict[str, object]
_PREVIEW_WIDTH, _SIGNING_WIDTH = 562, 290
_PROPOSED = ("parent_line", "centre_line", "place_name")


class Step(Form):
    """A page of the wizard; what was typed waits in its fields until the file is made."""

    def __init__(self, check: Callable[[Values], object] = lambda _values: None) -> None:
        super().__init__(check)

    @property
    def is_left_out(self) -> bool:
        """Whether the page asks for something and nothing was typed: it is for later."""
        return False

    def renew(self) -> None:
        """Show again what depends on the pages before."""

    def entry(self) -> QWidget | None:
        """What takes the keyboard when the page is shown; None: the button that goes on."""
        return None


class NamedStep(Step):
    """A page about somebody: without a name, and nothing else typed, it is left out."""

    def entry(self) -> QWidget:
        """The name."""
        return self.field("name").editor

    @property
    def is_left_out(self) -> bool:
        """Whether the page is as it was shown first."""
        return not typed(self.field("name")) and not self.is_dirty


class CentreStep(NamedStep):
    """Names that are printed, the lower ones proposed from the first; the numbers used on paper.

    The numbers have no page of their own: nobody can give the centre's name, without which no
    certificate is numbered, and miss them.
    """

    def __init__(self) -> None:
        super().__init__()
        self._proposed: dict[str, str] = {}
        name = TextField(
            "name",
            "Tên trung tâm",
            required=True,
            placeholder="Trung tâm Chính trị xã …",
        )
        self.add_row(name)
        self.add_row(
            TextField("parent_line", "Cơ quan chủ quản, in dòng trên", required=True),
            TextField("centre_line", "In dòng dưới", required=True),
        )
        self.add_row(
            TextField("place_name", "Địa danh ghi ngày tháng", required=True),
            TextField("short_code", "Ký hiệu trong số văn bản", required=True),
        )
        families = [(family, family.label) for family in DocumentFamily]
        self.add_row(
            Choice("document_family", "Mẫu đầu văn bản", families),
            NumberField("numbers_used", f"Số cuối đã cấp trên giấy năm {days.today().year}"),
        )
        self.example = label("", "note", wrap=True)
        self.example.setObjectName("number_example")
        self.add(self.example)
        self.add(label("Xem trước đầu văn bản", "h2"))
        self.preview = paper_parts.PartView(self._draw, _PREVIEW_WIDTH)
        self.add(self.preview)
        self.add_stretch()
        self._load_usual()
        name.line.textChanged.connect(self._propose)
        self.changed.connect(self._show)

    def _load_usual(self) -> None:
        """Begin with what most centres print."""
        from app.services import centre

        usual = centre.usual(days.today())
        self.load({name: getattr(usual, name) for name in self.names()})
        self._proposed["centre_line"] = usual.centre_line

    def renew(self) -> None:
        """Draw the heading at once."""
        self.preview.show_now()
        self._show_numbers()

    def _show(self) -> None:
        self.preview.refresh()
        self._show_numbers()

    def _show_numbers(self) -> None:
        """Say the numbers of the next certificate."""
        from app.services import samples

        draft = self.draft()
        certificate, register = samples.next_numbers(draft, draft.numbers_used_year)
        self.example.setText(
            f"Chưa cấp thì để 0. Tờ đầu tiên ghi: Số {certificate} · Số vào sổ: {register}"
        )

    def _propose(self, name: str) -> None:
        """Fill in what follows from the name where nothing else was written."""
        offered = proposals.printed_names(name)
        for key in _PROPOSED:
            field = self.field(key)
            mine = typed(field) in ("", self._proposed.get(key, ""))
            if mine and key in offered:
                self._proposed[key] = offered[key]
                field.fill(offered[key])

    def draft(self) -> "CentreForm":
        """The centre as it is typed so far."""
        from app.services.centre import CentreForm

        family = cast(DocumentFamily, self.field("document_family").value())
        used = self.field("numbers_used")
        today = days.today()
        return CentreForm(
            name=typed(self.field("name")),
            parent_line=typed(self.field("parent_line")),
            centre_line=typed(self.field("centre_line")),
            place_name=typed(self.field("place_name")),
            short_code=typed(self.field("short_code")),
            document_family=family,
            valid_from=today.replace(month=1, day=1),
            certificate_pattern=proposals.certificate_pattern(family),
            numbers_used=0 if used.problem() else used.value() or 0,
            numbers_used_year=today.year,
        )

    def _draw(self) -> bytes:
        from app.services import samples

        return paper_parts.heading_pdf(samples.heading(self.draft(), days.today()))


class SignatoryStep(NamedStep):
    """The head of the centre, and a deputy who signs instead, as printed under papers."""

    def __init__(self, centre: CentreStep) -> None:
        super().__init__()
        self._centre = centre
        self.add_row(
            NameField("name", "Họ và tên", required=True),
            TextField("title", "Chức danh", required=True),
            DateField("valid_from", "Ký từ ngày", required=True),
            stretch=(5, 4, 3),
        )
        self.add_row(
            NameField("deputy", "Người ký thay (nếu có)"),
            TextField("authorisation", "Văn bản ủy quyền", placeholder="Số, ngày văn bản"),
        )
        self.needed = label(NEEDED, "warning", wrap=True)
        self.add(self.needed)
        self.add(label("Xem trước khối chữ ký", "h2"))
        self.preview = paper_parts.PartView(self._draw, _SIGNING_WIDTH)
        self.add(self.preview)
        self.add_stretch()
        first = days.today().replace(month=1, day=1)
        self.changed.connect(self._follow)
        self.load({"title": "GIÁM ĐỐC", "valid_from": first})

    def renew(self) -> None:
        """Draw the block at once."""
        self.preview.show_now()

    def draft(self) -> "SignatoryForm":
        """Who signs, as typed so far."""
        from app.services.centre import SignatoryForm

        since = self.field("valid_from")
        return SignatoryForm(
            name=typed(self.field("name")),
            title=typed(self.field("title")),
            valid_from=days.today() if since.problem() else since.value(),
        )

    def deputy(self) -> "SignatoryForm | None":
        """Who signs on behalf of the head, None where nobody does."""
        name, head = typed(self.field("deputy")), self.draft()
        if not name:
            return None
        return replace(
            head,
            name=name,
            title=f"PHÓ {head.title}".upper(),
            authority=f"K/T {head.title}".upper(),
            authorisation=typed(self.field("authorisation")),
        )

    def _follow(self) -> None:
        """The paper that lets a deputy sign is asked for only where there is one."""
        deputy = self.deputy()
        self.needed.setVisible(deputy is not None and not deputy.authorisation)
        self.preview.refresh()

    def _draw(self) -> bytes:
        from app.services import samples

        head = samples.heading(self._centre.draft(), days.today())
        return paper_parts.signing_pdf(head, samples.signer(self.deputy() or self.draft()))
