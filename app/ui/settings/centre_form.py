"""The form of the centre's names, numbers and usual words."""

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from app import dates
from app.errors import InputError
from app.terms import DocumentFamily
from app.ui.fields import Choice, DateField, MemoField, NumberField, TextField
from app.ui.form import Form
from app.ui.labels import label
from app.ui.settings.pattern_field import PatternField

if TYPE_CHECKING:
    # Services import SQLAlchemy, which takes longer than the window to paint.
    from app.services.centre import CentreForm

Values = dict[str, Any]
_EXAMPLE = "Ví dụ: 0209 3876 512"
_KEPT = "Văn bản đã phát hành trước ngày này giữ nguyên tên cũ."


_CERTIFICATE_STYLES = (
    "{seq:03d}-GCN/{code}",
    "{seq:03d}/GCN-{code}",
    "{seq:03d}/{yyyy}-GCN/{code}",
    "{seq:03d}/{yyyy}/GCN-{code}",
)
_REGISTER_STYLES = ("{seq:03d}/{yyyy}", "{seq:03d}/{yy}", "{yyyy}-{seq:03d}")


class PhoneField(TextField):
    """A telephone number as typed; only the count of its digits is checked."""

    def parse(self, typed: str) -> str:
        """Ten digits of a mobile or eleven of a land line, with any blanks or dots."""
        digits = sum(character.isdecimal() for character in typed)
        if not set(typed) <= set("0123456789 .+-()"):
            raise InputError(f"Số điện thoại chỉ có chữ số. {_EXAMPLE}")
        if digits < 10:
            raise InputError(f"Thiếu chữ số. {_EXAMPLE}")
        if digits > 12:
            raise InputError(f"Thừa chữ số. {_EXAMPLE}")
        return typed


class CentreFields(Form):
    """All of CentreForm, with an example of the numbers under their patterns."""

    def __init__(self, save: Callable[[Values], object]) -> None:
        super().__init__(save)
        self.kept = label("", "note", wrap=True)
        self.example = label("", "note", wrap=True)
        self.example.setObjectName("number_example")
        self._add_names()
        self._add_numbers()
        self._add_words()
        self.add_stretch()

    def _add_names(self) -> None:
        self.add_row(
            TextField("name", "Tên trung tâm", required=True),
            DateField("valid_from", "Áp dụng từ ngày", required=True),
            stretch=(5, 2),
        )
        self.add(self.kept)
        self.add_row(
            TextField("parent_line", "Cơ quan chủ quản, in dòng trên", required=True),
            TextField("centre_line", "In dòng dưới", required=True),
        )
        self.add_row(TextField("communes_served", "Phục vụ các xã, phường"))
        self.add_row(
            TextField("place_name", "Địa danh ghi ngày tháng", required=True),
            PhoneField("phone", "Số điện thoại"),
        )
        families = [(family, family.label) for family in DocumentFamily]
        self.add_row(
            Choice("document_family", "Mẫu đầu văn bản", families),
            TextField("short_code", "Ký hiệu trong số văn bản", required=True),
        )

    def _add_numbers(self) -> None:
        self._patterns = (
            PatternField("certificate_pattern", "Kiểu số giấy chứng nhận", _CERTIFICATE_STYLES),
            PatternField("register_pattern", "Kiểu số vào sổ", _REGISTER_STYLES),
        )
        self.add_row(*self._patterns)
        self.add(self.example)
        self.add_row(
            NumberField("numbers_used", "Số cuối đã cấp trên sổ giấy", note="0: chưa cấp tờ nào"),
            NumberField("numbers_used_year", "Trong năm", most=2100),
        )

    def _add_words(self) -> None:
        self.add_row(
            Choice("part_time_word", "Cách gọi giảng viên thỉnh giảng"),
            Choice("salutation", "Cách gọi trên giấy chứng nhận"),
        )
        self.add_row(MemoField("report_recipients", "Nơi nhận báo cáo, mỗi dòng một nơi"))

    def show_stored(self, form: "CentreForm") -> None:
        """Show what is stored; words that are stored but unusual stay among the choices."""
        self._offer("part_time_word", ("kiêm chức", "kiêm nhiệm"), form.part_time_word)
        self._offer("salutation", ("Đồng chí", "Ông (Bà)"), form.salutation)
        values = {name: getattr(form, name) for name in form.__dataclass_fields__}
        values["numbers_used_year"] = form.numbers_used_year or None
        self.load(values)

    def offer_patterns(self, example: Callable[[str], str]) -> None:
        """Name the styles of numbers by what they give."""
        for field in self._patterns:
            field.offer(example)

    def _offer(self, name: str, usual: tuple[str, ...], stored: str) -> None:
        field = self.field(name)
        assert isinstance(field, Choice)
        field.set_choices((word, word) for word in dict.fromkeys((*usual, stored)) if word)

    def draft(self, stored: "CentreForm") -> "CentreForm":
        """What is typed now; a field that cannot be taken counts as it is stored."""
        names = [name for name in stored.__dataclass_fields__ if not self.field(name).problem()]
        return form_of(stored, {name: self.field(name).value() for name in names})


def form_of(stored: "CentreForm", values: Values) -> "CentreForm":
    """The values over what is stored; an empty number counts as 0."""
    numbers = {name: values.get(name) or 0 for name in ("numbers_used", "numbers_used_year")}
    return replace(stored, **values | numbers)


def check_year(form: "CentreForm") -> None:
    """Refuse numbers used in no year: they would not be skipped."""
    if form.numbers_used and form.numbers_used_year < 2000:
        raise InputError("Ghi năm của số cuối đã cấp, ví dụ 2026.", "numbers_used_year")


def kept_note(earlier: "list[CentreForm]") -> str:
    """What happens to old papers, and the names the centre had before."""
    if not earlier:
        return _KEPT
    names = "; ".join(f"{form.name} (từ {dates.grid(form.valid_from)})" for form in earlier)
    return f"{_KEPT} Trước đây: {names}."
