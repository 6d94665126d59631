"""The pages of the first-run wizard: the centre, who signs, the numbers already used."""

from collections.abc import Callable
from typing import TYPE_CHECKING, cast

from app.terms import DocumentFamily
from app.ui.field import Field
from app.ui.fields import Choice, DateField, NameField, NumberField, TextField
from app.ui.form import Form
from app.ui.labels import label
from app.ui.settings import paper_parts, proposals

if TYPE_CHECKING:
    # Services import SQLAlchemy, which takes longer than the window to paint.
    from app.services.centre import CentreForm, SignatoryForm

Values = dict[str, object]
_PREVIEW_WIDTH, _SIGNING_WIDTH = 562, 290
_PROPOSED = ("parent_line", "centre_line", "place_name")


def typed(field: Field) -> str:
    """What stands in a text field now, whether or not it can be saved."""
    assert isinstance(field, TextField)
    return field.line.text().strip()


class CentreStep(Form):
    """Names that are printed; the lower ones are proposed from the first until they are edited."""

    def __init__(self, save: Callable[[Values], object]) -> None:
        super().__init__(save)
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
        self.add_row(Choice("document_family", "Mẫu đầu văn bản", families))
        self.add(label("Xem trước đầu văn bản", "h2"))
        self.preview = paper_parts.PartView(self._draw, _PREVIEW_WIDTH)
        self.add(self.preview)
        self.add_stretch()
        self.load(
            {
                "centre_line": "TRUNG TÂM CHÍNH TRỊ",
                "short_code": "TTCT",
                "document_family": DocumentFamily.PARTY,
            }
        )
        self._proposed["centre_line"] = "TRUNG TÂM CHÍNH TRỊ"
        name.line.textChanged.connect(self._propose)
        self.changed.connect(self.preview.refresh)

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
        return CentreForm(
            name=typed(self.field("name")),
            parent_line=typed(self.field("parent_line")),
            centre_line=typed(self.field("centre_line")),
            place_name=typed(self.field("place_name")),
            short_code=typed(self.field("short_code")),
            document_family=family,
            valid_from=proposals.today(),
            certificate_pattern=proposals.certificate_pattern(family),
        )

    def _draw(self) -> bytes:
        from app.services import samples

        return paper_parts.heading_pdf(samples.heading(self.draft(), proposals.today()))


class SignatoryStep(Form):
    """The head of the centre, as printed under certificates and reports."""

    def __init__(self, save: Callable[[Values], object], centre: CentreStep) -> None:
        super().__init__(save)
        self._centre = centre
        self.add_row(
            NameField("name", "Họ và tên", required=True),
            TextField("title", "Chức danh", required=True),
            DateField("valid_from", "Ký từ ngày", required=True),
            stretch=(5, 4, 3),
        )
        self.add(label("Người ký thay (Phó Giám đốc) thêm được sau, ở Cài đặt.", "note"))
        self.add(label("Xem trước khối chữ ký", "h2"))
        self.preview = paper_parts.PartView(self._draw, _SIGNING_WIDTH)
        self.add(self.preview)
        self.add_stretch()
        first = proposals.today().replace(month=1, day=1)
        self.load({"title": "GIÁM ĐỐC", "valid_from": first})
        self.changed.connect(self.preview.refresh)

    def draft(self) -> "SignatoryForm":
        """Who signs, as typed so far."""
        from app.services.centre import SignatoryForm

        return SignatoryForm(
            name=typed(self.field("name")),
            title=typed(self.field("title")),
            valid_from=proposals.today(),
        )

    def _draw(self) -> bytes:
        from app.services import samples

        head = samples.heading(self._centre.draft(), proposals.today())
        return paper_parts.signing_pdf(head, samples.signer(self.draft()))


class NumbersStep(Form):
    """How many certificates were numbered on paper this year, before the program came."""

    def __init__(self, save: Callable[[Values], object], centre: CentreStep) -> None:
        super().__init__(save)
        self._centre = centre
        year = proposals.today().year
        self.add_row(
            NumberField(
                "numbers_used",
                f"Số cuối cùng đã cấp trên giấy trong năm {year}",
                note="Chưa cấp tờ nào thì để 0. Số đã dùng không được cấp lại.",
            )
        )
        self.add(label("Tờ đầu tiên cấp trong chương trình sẽ ghi", "h2"))
        self.example = label("", "strong", wrap=True)
        self.example.setObjectName("number_example")
        self.add(self.example)
        self.add_stretch()
        self.load({"numbers_used": 0})
        self.changed.connect(self.show_example)

    def show_example(self) -> None:
        """Say the numbers of the next certificate."""
        from dataclasses import replace

        from app.services import samples

        year = proposals.today().year
        field = self.field("numbers_used")
        used = 0 if field.problem() else field.value() or 0
        form = replace(self._centre.draft(), numbers_used=used, numbers_used_year=year)
        certificate, register = samples.next_numbers(form, year)
        self.example.setText(f"Số {certificate} · Số vào sổ: {register}")
