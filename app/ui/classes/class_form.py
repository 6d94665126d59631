"""The form of a class's facts, shared by opening a class and its Thông tin tab."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import Qt

from app.errors import InputError
from app.ui.fields import Choice, DateField, MemoField, NumberField, TextField
from app.ui.form import Form
from app.ui.labels import label

if TYPE_CHECKING:
    # Services import SQLAlchemy, which takes longer than the window to paint.
    from app.services.classes import ClassDetail, ClassForm, DecisionForm
    from app.services.programmes import ProgrammeRow, VersionRow

Values = dict[str, object]


def version_words(programme: "ProgrammeRow", version: "VersionRow") -> str:
    """A choice of programme: its name and length."""
    return f"{programme.name} · {version.sessions} buổi, {version.periods} tiết"


class ClassFactsForm(Form):
    """Programme, names, days, place, people, plan and the opening decision."""

    def __init__(self, save: Callable[[Values], object], *, whole: bool) -> None:
        """Lay out the fields; `whole` adds what is rarely needed when a class is opened."""
        super().__init__(save)
        self.basis = label("", "note", wrap=True)
        self._programme = Choice("version_id", "Chương trình", required=True)
        if whole:
            self.add_row(self._programme, TextField("code", "Mã lớp"), stretch=(3, 1))
        else:
            self.add_row(self._programme)
        self.add(self.basis)
        self.add_row(
            TextField("name", "Tên lớp", required=True),
            TextField("intake", "Khóa, đợt", placeholder="khóa I"),
            stretch=(2, 1),
        )
        self.add_row(
            DateField("starts_on", "Khai giảng", required=True),
            DateField("ends_on", "Bế giảng", required=True),
            NumberField("convened", "Số triệu tập", most=5000),
        )
        self.add_row(TextField("venue", "Địa điểm"), TextField("manager", "Chủ nhiệm lớp"))
        hint = "Kế hoạch số …-KH/TTCT, ngày … của …"
        self.add_row(
            _plan() if whole else TextField("plan", "Theo kế hoạch", placeholder=hint),
            TextField("partner", "Đơn vị phối hợp"),
            stretch=(2, 1),
        )
        self.add_row(
            TextField("decision_number", "Số quyết định mở lớp", placeholder="…-QĐ/TTCT"),
            DateField("decision_date", "Ngày ký quyết định"),
        )
        if whole:
            self.add_row(
                TextField("decision_issuer", "Nơi ban hành"),
                TextField("decision_signatory", "Người ký"),
            )

    def offer_versions(self, choices: Iterable[tuple[int, str]]) -> None:
        """Programme versions to choose from."""
        self._programme.set_choices(choices)

    def lock_programme(self, reason: str) -> None:
        """The programme stays once there are sessions; an empty reason opens it again."""
        self._programme.combo.setEnabled(not reason)
        self._programme.combo.setToolTip(reason)


def _plan() -> MemoField:
    """The plan the class rests on, two lines of it in view."""
    made = MemoField("plan", "Theo kế hoạch", lines=2)
    made.box.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    return made


def values_of(detail: "ClassDetail") -> Values:
    """What the form shows of a stored class."""
    decision = detail.opening_decision
    shown: Values = {name: getattr(detail, name) for name in _PLAIN}
    if decision is not None:
        shown |= {
            "decision_number": decision.number,
            "decision_date": decision.signed_on,
            "decision_issuer": decision.issuer,
            "decision_signatory": decision.signatory,
        }
    return shown


def form_of(values: Values) -> "ClassForm":
    """What the service takes, from the values of the form."""
    from app.services.classes import ClassForm

    return ClassForm(
        version_id=cast(int, values["version_id"]),
        name=_text(values, "name"),
        intake=_text(values, "intake"),
        starts_on=cast(date, values["starts_on"]),
        ends_on=cast(date, values["ends_on"]),
        venue=_text(values, "venue"),
        manager=_text(values, "manager"),
        partner=_text(values, "partner"),
        plan=_text(values, "plan"),
        convened=cast(int | None, values.get("convened")),
        code=_text(values, "code"),
        opening_decision=_decision(values),
    )


_PLAIN = (
    "version_id",
    "name",
    "intake",
    "starts_on",
    "ends_on",
    "venue",
    "manager",
    "partner",
    "plan",
    "convened",
    "code",
)


def _text(values: Values, name: str) -> str:
    """A text of the form; empty when the form does not have the field."""
    return str(values.get(name) or "")


def _decision(values: Values) -> "DecisionForm | None":
    """The opening decision: number and day belong together."""
    from app.services.classes import DecisionForm

    number, day = _text(values, "decision_number"), cast(date | None, values["decision_date"])
    if number and day is None:
        raise InputError("Quyết định cần có ngày ký. Ghi ngày, hoặc bỏ số.", "decision_date")
    if day is not None and not number:
        raise InputError("Quyết định cần có số. Ghi số, hoặc bỏ ngày.", "decision_number")
    if day is None:
        return None
    signatory, issuer = _text(values, "decision_signatory"), _text(values, "decision_issuer")
    return DecisionForm(number, day, signatory, issuer)
