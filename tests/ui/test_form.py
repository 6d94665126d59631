"""Fields and forms: checking on leaving, saving, refusing, typing with an input method."""

from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QKeyEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.dates import PartialDate
from app.errors import InputError, RuleError
from app.ui import dialogs
from app.ui.fields import (
    CheckField,
    Choice,
    DateField,
    MarkField,
    MemoField,
    NameField,
    NumberField,
    TextField,
)
from app.ui.form import Form, FormDialog

Values = dict[str, object]


class Saved:
    """Takes what a form saves, or refuses it."""

    def __init__(self) -> None:
        self.values: Values = {}
        self.refusal: Exception | None = None

    def __call__(self, values: Values) -> None:
        if self.refusal:
            raise self.refusal
        self.values = values


@pytest.fixture
def saved() -> Saved:
    return Saved()


@pytest.fixture
def kept() -> list[QWidget]:
    """Windows that must live as long as the test."""
    return []


@pytest.fixture
def form(qtbot: QtBot, saved: Saved, kept: list[QWidget]) -> Form:
    made = Form(saved)
    made.add_row(
        NameField("full_name", "Họ và tên", required=True),
        DateField("born", "Ngày sinh", year_only=True),
        stretch=(2, 1),
    )
    made.add_row(DateField("enrolled_on", "Ngày vào học"), MarkField("mark", "Điểm"))
    made.add_row(Choice("sex", "Giới", [("male", "Nam"), ("female", "Nữ")]))
    made.add_row(NumberField("periods", "Số tiết", most=200), CheckField("paid", "Đã nộp"))
    made.add_row(MemoField("note", "Ghi chú"), TextField("unit", "Đơn vị"))
    page = QWidget()
    kept.append(page)
    column = QVBoxLayout(page)
    column.addWidget(made)
    column.addWidget(made.footer(lambda: made.load({})))
    qtbot.addWidget(page)
    made.load({"full_name": "Nguyễn Văn An", "born": PartialDate(1985), "sex": "female"})
    with qtbot.waitActive(page):
        page.show()
    return made


def line(form: Form, name: str) -> TextField:
    field = form.field(name)
    assert isinstance(field, TextField)
    return field


def write(form: Form, name: str, typed: str) -> None:
    """Type over what stands there, and leave the field."""
    field = line(form, name)
    field.line.selectAll()
    field.line.insert(typed)
    field.leave()


def problem_of(form: Form, name: str) -> str:
    shown = [
        label.text()
        for label in form.field(name).findChildren(QLabel)
        if label.property("role") == "problem" and label.text() != "*"
    ]
    return "".join(shown)


def save_button(form: Form) -> QPushButton:
    found = form.window().findChild(QPushButton, "save_changes")
    assert isinstance(found, QPushButton)
    return found


def test_a_loaded_form_is_clean_and_cannot_be_saved(form: Form) -> None:
    assert not form.is_dirty
    assert not save_button(form).isEnabled()


def test_values_come_out_typed(form: Form) -> None:
    write(form, "enrolled_on", "1.7.26")
    write(form, "mark", "8.5")
    write(form, "periods", "50")
    assert form.values() == {
        "full_name": "Nguyễn Văn An",
        "born": PartialDate(1985),
        "enrolled_on": date(2026, 7, 1),
        "mark": Decimal("8.5"),
        "sex": "female",
        "periods": 50,
        "paid": False,
        "note": "",
        "unit": "",
    }


@pytest.mark.parametrize(
    ("typed", "echo"),
    [("02071985", "02/07/1985"), ("2-7-85", "02/07/1985"), ("3/1998", "03/1998"), ("1985", "1985")],
)
def test_dates_are_echoed_in_full_when_left(form: Form, typed: str, echo: str) -> None:
    write(form, "born", typed)
    assert line(form, "born").line.text() == echo


def test_a_year_alone_is_no_date_where_a_day_is_needed(form: Form) -> None:
    write(form, "enrolled_on", "1985")
    assert form.field("enrolled_on").problem_shown


def test_a_wrong_date_is_refused_on_leaving_and_freed_while_typing(form: Form) -> None:
    write(form, "born", "31/2/1997")
    assert "31/02" in problem_of(form, "born")
    assert not save_button(form).isEnabled()
    line(form, "born").line.setText("28/2/1997")
    assert not form.field("born").problem_shown
    assert save_button(form).isEnabled()


def test_marks_are_shown_with_a_comma(form: Form) -> None:
    write(form, "mark", "8.25")
    assert line(form, "mark").line.text() == "8,25"
    write(form, "mark", "11")
    assert form.field("mark").problem_shown


def test_a_number_field_survives_composed_text(form: Form) -> None:
    write(form, "periods", "Hồng ")
    assert "không phải số" in problem_of(form, "periods")


def test_names_are_cleaned_and_capitals_only_offered(form: Form) -> None:
    write(form, "full_name", "  trần  thị đào ")
    assert line(form, "full_name").line.text() == "trần thị đào"
    offer = form.findChild(QPushButton, "full_name_offer")
    assert isinstance(offer, QPushButton)
    assert offer.text() == "Dùng “Trần Thị Đào”"
    offer.click()
    assert form.values()["full_name"] == "Trần Thị Đào"


def test_a_missing_required_field_gets_the_keyboard_on_save(form: Form, saved: Saved) -> None:
    write(form, "full_name", " ")
    assert not form.submit()
    assert problem_of(form, "full_name") == "Cần ghi họ và tên."
    assert QApplication.focusWidget() is line(form, "full_name").line
    assert saved.values == {}


def test_the_footer_jumps_to_the_problem(form: Form) -> None:
    write(form, "mark", "12")
    jump = form.window().findChild(QPushButton, "jump_to_problem")
    assert isinstance(jump, QPushButton)
    assert "Còn 1 ô cần sửa: Điểm" in jump.text()
    jump.click()
    assert QApplication.focusWidget() is line(form, "mark").line


def test_ctrl_s_saves_and_leaves_a_clean_form(form: Form, saved: Saved) -> None:
    write(form, "unit", "Đảng ủy xã An Bình")
    QTest.keyClick(line(form, "unit").line, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert saved.values["unit"] == "Đảng ủy xã An Bình"
    assert not form.is_dirty


def test_a_refusal_of_the_service_stands_at_its_field(form: Form, saved: Saved) -> None:
    write(form, "unit", "UBND xã")
    saved.refusal = InputError("Đơn vị này đã thôi dùng. Chọn đơn vị khác.", field="unit")
    assert not form.submit()
    assert problem_of(form, "unit") == "Đơn vị này đã thôi dùng. Chọn đơn vị khác."
    write(form, "unit", "Đảng ủy xã")
    saved.refusal = None
    assert form.submit()


def test_a_refusal_without_a_field_is_shown_as_a_dialog(
    form: Form, saved: Saved, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[str] = []
    monkeypatch.setattr(dialogs, "show_error", lambda _parent, error: shown.append(str(error)))
    write(form, "unit", "UBND xã")
    saved.refusal = RuleError("Lớp đã bế giảng. Mở lại lớp trước.")
    assert not form.submit()
    assert shown == ["Lớp đã bế giảng. Mở lại lớp trước."]
    assert form.is_dirty


@pytest.mark.parametrize(("answer", "leaves"), [("drop", True), ("stay", False), ("save", True)])
def test_leaving_unsaved_input_asks(
    form: Form, monkeypatch: pytest.MonkeyPatch, answer: str, leaves: bool
) -> None:
    assert form.ask_to_leave()
    write(form, "unit", "UBND xã")
    monkeypatch.setattr(dialogs, "ask_unsaved", lambda _parent: answer)
    assert form.ask_to_leave() is leaves
    assert form.is_dirty is (answer != "save")


def test_keys_of_an_input_method_give_the_composed_letter(form: Form) -> None:
    field = line(form, "unit").line
    field.setFocus()
    none = Qt.KeyboardModifier.NoModifier
    keys = [(Qt.Key.Key_H, "H"), (Qt.Key.Key_O, "o"), (Qt.Key.Key_Backspace, "\b"), (0, "ô")]
    for key, typed in keys:
        QApplication.sendEvent(field, QKeyEvent(QEvent.Type.KeyPress, key, none, typed))
    assert field.text() == "Hô"


def test_the_wheel_changes_no_choice_without_the_keyboard(form: Form) -> None:
    combo = form.field("sex").editor
    line(form, "unit").line.setFocus()
    event = QWheelEvent(
        QPointF(5, 5), combo.mapToGlobal(QPointF(5, 5)), QPoint(0, -120), QPoint(0, -120),
        Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase,
        False,
    )  # fmt: skip
    QApplication.sendEvent(combo, event)
    assert form.values()["sex"] == "female"


def test_labels_belong_to_their_fields(form: Form) -> None:
    captions = [label for label in form.findChildren(QLabel) if label.buddy()]
    assert {label.buddy().accessibleName() for label in captions} >= {"Họ và tên", "Ngày sinh"}


def test_a_form_dialog_stays_open_until_the_form_is_right(qtbot: QtBot, saved: Saved) -> None:
    form = Form(saved)
    form.add_row(TextField("unit", "Đơn vị", required=True))
    form.load({})
    dialog = FormDialog(None, "Thêm đơn vị", form, action="Thêm đơn vị")
    qtbot.addWidget(dialog)
    dialog.open()
    dialog.action.click()
    assert dialog.isVisible()
    assert any(label.text() == "Còn 1 ô cần sửa: Đơn vị" for label in dialog.findChildren(QLabel))
    line(form, "unit").line.setText("UBND xã")
    dialog.action.click()
    assert not dialog.isVisible()
    assert saved.values == {"unit": "UBND xã"}
