"""Dialogs of the programme catalogue: names, contents of a version, rules of a version."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from app import numbers
from app.errors import InputError
from app.terms import CompletionDocument, CountingUnit, SessionKind
from app.ui.fields import CheckField, Choice, DateField, MarkField, NumberField, TextField
from app.ui.form import Form, FormDialog
from app.ui.labels import label
from app.ui.settings.programme_rows import bands_field, topics_field

if TYPE_CHECKING:
    # Services import SQLAlchemy, which takes longer than the window to paint.
    from app.services.programmes import ProgrammeForm, ProgrammeRow, VersionForm, VersionRow

Values = dict[str, Any]
_NAMES = ("name", "short_name", "certificate_title", "document", "report_group", "is_active")
_USED = "Đã có {classes} lớp mở theo bản {number}: lưu sẽ thành bản mới, các lớp đó giữ bản cũ."


class ShareField(TextField):
    """A share in percent, from 0 to 100, with at most two decimals."""

    def parse(self, typed: str) -> Decimal:
        """With a comma or a dot, with or without the sign."""
        plain = typed.rstrip("% ").replace(",", ".")
        whole, _, decimals = plain.partition(".")
        if not (whole + decimals).isdecimal() or len(decimals) > 2 or Decimal(plain) > 100:
            raise InputError(f"“{typed}” không phải tỷ lệ từ 0 đến 100. Ví dụ: 80")
        return Decimal(plain)

    def shown(self, value: Decimal | None) -> str:
        """With a comma."""
        return "" if value is None else numbers.mark(value)

    def empty(self) -> None:
        """No share."""
        return


def _add_names(form: Form) -> None:
    form.add_row(TextField("name", "Tên chương trình", required=True))
    form.add_row(
        TextField("certificate_title", "Tên ghi trên giấy", required=True),
        TextField("short_name", "Tên ngắn trong danh sách"),
    )
    documents = [(document, document.label) for document in CompletionDocument]
    form.add_row(
        Choice("document", "Giấy cấp khi hoàn thành", documents),
        TextField("report_group", "Nhóm trong báo cáo năm"),
    )


def _add_contents(form: Form, height: float) -> None:
    form.add_row(
        TextField("legal_basis", "Căn cứ"),
        DateField("valid_from", "Dùng từ ngày"),
        stretch=(4, 1),
    )
    form.add_row(topics_field(height))


def names_dialog(
    parent: QWidget, row: "ProgrammeRow", save: Callable[["ProgrammeForm"], object]
) -> FormDialog:
    """Change the names of a programme, or stop using it."""
    form = Form(lambda values: save(_names_of(values, row)))
    _add_names(form)
    note = "Bỏ dấu thì không mở lớp mới theo chương trình này được; lớp cũ vẫn còn."
    form.add_row(CheckField("is_active", "Đang dùng", note=note))
    form.load({name: getattr(row, name) for name in _NAMES})
    return _dialog(parent, "Sửa tên chương trình", form, "programme_names", "Lưu thay đổi", 620)


def new_programme_dialog(
    parent: QWidget, save: Callable[["ProgrammeForm", "VersionForm"], object]
) -> FormDialog:
    """Add a programme with what it contains; its rules are the usual ones, to be confirmed."""

    from app.services.programmes import TopicForm

    def take(values: Values) -> None:
        save(_names_of(values, None), _contents_of(values, None))

    form = Form(take)
    _add_names(form)
    _add_contents(form, 140)
    name = form.field("name")
    title = form.field("certificate_title")
    assert isinstance(name, TextField)
    assert isinstance(title, TextField)
    name.line.editingFinished.connect(partial(_propose_title, name, title))
    first = TopicForm("", SessionKind.LECTURE, 5, 1)
    form.load({"document": CompletionDocument.CERTIFICATE, "topics": (first,)})
    return _dialog(parent, "Thêm chương trình", form, "new_programme", "Thêm chương trình", 800)


def _propose_title(name: TextField, title: TextField) -> None:
    """The paper usually carries the programme's name."""
    if not title.line.text():
        title.fill(name.line.text())


def contents_dialog(
    parent: QWidget,
    title: str,
    version: "VersionRow",
    save: Callable[["VersionForm"], object],
    *,
    action: str = "Lưu thay đổi",
) -> FormDialog:
    """Change legal basis, first day and topics of a version."""
    form = Form(lambda values: save(_contents_of(values, version)))
    _say_used(form, version, action)
    _add_contents(form, 330)
    form.load({name: getattr(version, name) for name in ("legal_basis", "valid_from", "topics")})
    return _dialog(parent, title, form, "version_contents", action, 860)


def rules_dialog(
    parent: QWidget, version: "VersionRow", save: Callable[["VersionForm"], object]
) -> FormDialog:
    """Change the limits and the classification of a version."""
    form = Form(lambda values: save(_rules_of(values, version)))
    _say_used(form, version, "")
    units = [(unit, unit.label) for unit in CountingUnit]
    form.add_row(
        ShareField("minimum_share", "Dự học từ (%)", required=True),
        Choice("unit", "Tính theo", units),
    )
    form.add_row(
        NumberField("absent_limit", "Vắng không phép nhiều nhất", note="buổi; trống: không xét"),
        NumberField("excused_limit", "Vắng có phép nhiều nhất", note="buổi; trống: không xét"),
    )
    form.add_row(
        CheckField("is_assessed", "Có bài đánh giá, chấm điểm"),
        TextField("assessment_name", "Tên bài", placeholder="bài thu hoạch"),
    )
    places = [(0, "số nguyên"), (1, "1 chữ số"), (2, "2 chữ số")]
    form.add_row(
        MarkField("pass_mark", "Điểm đạt từ", required=True),
        Choice("mark_places", "Làm tròn điểm đến", places),
    )
    form.add_row(bands_field(184))
    form.field("is_assessed").changed.connect(partial(_follow_assessment, form))
    form.load(_rule_values(version))
    return _dialog(parent, "Sửa điều kiện, xếp loại", form, "version_rules", "Lưu thay đổi", 620)


def _follow_assessment(form: Form) -> None:
    """Without a test there is nothing to mark; attendance alone decides."""
    for name in ("assessment_name", "pass_mark", "mark_places", "bands"):
        form.field(name).setEnabled(bool(form.field("is_assessed").value()))


def _dialog(
    parent: QWidget, title: str, form: Form, name: str, action: str, width: int
) -> FormDialog:
    made = FormDialog(parent, title, form, action=action, width=width)
    made.setObjectName(name)
    return made


def _say_used(form: Form, version: "VersionRow", action: str) -> None:
    if version.classes and action in ("", "Lưu thay đổi"):
        words = _USED.format(classes=version.classes, number=version.number)
        form.add(label(words, "warning", wrap=True))


def _names_of(values: Values, row: "ProgrammeRow | None") -> "ProgrammeForm":
    from app.services.programmes import ProgrammeForm

    taken = {name: values[name] for name in _NAMES if name in values}
    return ProgrammeForm(**taken, code=row.code if row else "")


def _contents_of(values: Values, version: "VersionRow | None") -> "VersionForm":
    from app.services.programmes import VersionForm

    taken = {name: values[name] for name in ("legal_basis", "valid_from", "topics")}
    if version is None:
        return VersionForm(**taken, assumptions="tỷ lệ dự học; mức điểm đạt; thang xếp loại")
    return VersionForm(**taken, rule=version.rule, assumptions=version.assumptions)


def _rule_values(version: "VersionRow") -> Values:
    from app.services import learning_rules

    form = learning_rules.to_form(version.rule)
    return {name: getattr(form, name) for name in form.__dataclass_fields__}


def _rules_of(values: Values, version: "VersionRow") -> "VersionForm":
    from app.services import learning_rules
    from app.services.learning_rules import RuleForm
    from app.services.programmes import VersionForm

    rule = RuleForm(**values)
    kept = {name: getattr(version, name) for name in VersionForm.__dataclass_fields__}
    return replace(VersionForm(**kept), rule=learning_rules.from_form(rule))
