"""The small painted widgets: what they say to screen readers and how they behave."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QHBoxLayout, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.terms import CertificateStatus, ClassStatus, Verdict
from app.ui import chips
from app.ui.buttons import SegmentedFilter, button, icon_button, set_text
from app.ui.combo import Combo
from app.ui.labels import ElidedLabel
from app.ui.messages import Toast
from app.ui.search import SearchField
from app.ui.stepper import Stepper, WizardSteps

STEPS = [status.label for status in ClassStatus]


def test_the_stepper_says_where_the_class_is(qtbot: QtBot) -> None:
    stepper = Stepper(STEPS)
    qtbot.addWidget(stepper)
    stepper.set_current(2)
    assert stepper.accessibleName() == "Bước 3/5, Đang học"
    wide = stepper.sizeHint().width()
    stepper.set_compact(True)
    assert stepper.sizeHint().width() < wide / 3


def test_a_click_or_enter_on_the_stepper_asks_for_a_step(qtbot: QtBot) -> None:
    stepper = Stepper(STEPS)
    asked: list[int] = []
    qtbot.addWidget(stepper)
    stepper.resize(stepper.sizeHint())
    stepper.set_current(1)
    stepper.step_clicked.connect(asked.append)
    at = QPoint(stepper.width() - 5, 10)
    QTest.mouseClick(stepper, Qt.MouseButton.LeftButton, pos=at)
    QTest.keyClick(stepper, Qt.Key.Key_Return)
    assert asked == [4, 2]


def test_every_step_is_painted(qtbot: QtBot) -> None:
    stepper, wizard = Stepper(STEPS), WizardSteps(STEPS)
    for widget in (stepper, wizard):
        qtbot.addWidget(widget)
        widget.resize(widget.sizeHint())
        widget.set_current(4)
        assert not widget.grab().isNull()
    assert wizard.accessibleName() == "Bước 5/5, Bế giảng"


@pytest.mark.parametrize("status", ClassStatus)
def test_every_class_status_has_its_chip(status: ClassStatus) -> None:
    assert chips.class_status(status).text == status.label


def test_a_closed_class_is_told_by_a_shape_too() -> None:
    assert chips.class_status(ClassStatus.CLOSED).icon == "lock"


@pytest.mark.parametrize("status", [None, *CertificateStatus])
def test_every_certificate_status_has_its_chip(status: CertificateStatus | None) -> None:
    assert chips.certificate_status(status).text
    assert chips.certificate_status(CertificateStatus.ISSUED, printed=True).text == "Đã in"


@pytest.mark.parametrize("value", Verdict)
def test_a_chip_shows_each_verdict(qtbot: QtBot, value: Verdict) -> None:
    chip = chips.Chip(chips.verdict(value))
    qtbot.addWidget(chip)
    chip.resize(chip.sizeHint())
    assert chip.accessibleName() == value.label
    assert not chip.grab().isNull()


def test_icon_buttons_have_a_name_and_a_tooltip(qtbot: QtBot) -> None:
    made = icon_button("zoom-in", "Phóng to", shortcut="zoom_in")
    qtbot.addWidget(made)
    assert made.accessibleName() == "Phóng to"
    assert made.toolTip() == "Phóng to (Ctrl++)"


def test_a_button_keeps_its_gap_when_its_words_change(qtbot: QtBot) -> None:
    made = button("In", icon="printer")
    qtbot.addWidget(made)
    set_text(made, "In (7)")
    assert made.text() == "  In (7)"


def test_one_segment_is_chosen_at_a_time(qtbot: QtBot) -> None:
    made = SegmentedFilter([(None, "Tất cả"), ("running", "Đang học")])
    qtbot.addWidget(made)
    made.set_counts([15, 3])
    second = made.findChildren(QPushButton)[1]
    with qtbot.waitSignal(made.chosen) as told:
        second.click()
    assert told.args == ["running"]
    assert second.text() == "Đang học  3"
    assert made.key() == "running"


def test_other_choices_keep_the_chosen_key(qtbot: QtBot) -> None:
    combo = Combo([(1, "Tổ 1"), (2, "Tổ 2")])
    qtbot.addWidget(combo)
    combo.set_key(2)
    combo.set_choices([(None, "Mọi tổ"), (1, "Tổ 1"), (2, "Tổ 2")])
    assert combo.key() == 2
    combo.set_choices([])
    assert combo.key() is None


def test_searching_waits_for_a_pause(qtbot: QtBot) -> None:
    field = SearchField("Tìm tên, không cần dấu…")
    told: list[str] = []
    qtbot.addWidget(field)
    field.searched.connect(told.append)
    with qtbot.waitSignal(field.searched):
        QTest.keyClicks(field, "thi h")
    assert told == ["thi h"]


def test_text_under_composition_is_searched_too(qtbot: QtBot) -> None:
    field = SearchField("Tìm tên, không cần dấu…")
    qtbot.addWidget(field)
    with qtbot.waitSignal(field.searched) as told:
        QApplication.sendEvent(field, QInputMethodEvent("Hằng", []))
    assert told.args == ["Hằng"]
    assert field.completer() is None


def test_escape_empties_the_search_and_down_goes_to_the_list(qtbot: QtBot) -> None:
    field = SearchField("Tìm")
    qtbot.addWidget(field)
    field.setText("abc")
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert field.text() == ""
    with qtbot.waitSignal(field.left_downwards):
        QTest.keyClick(field, Qt.Key.Key_Down)


def test_a_cut_label_tells_the_whole_text(qtbot: QtBot) -> None:
    made = ElidedLabel("Bồi dưỡng lý luận chính trị dành cho đảng viên mới, khóa III/2026")
    qtbot.addWidget(made)
    made.resize(120, 20)
    made.show()
    assert made.toolTip() == made.text()
    made.resize(900, 20)
    assert made.toolTip() == ""
    assert not made.grab().isNull()


def test_a_toast_stays_at_the_bottom_centre(qtbot: QtBot) -> None:
    area = QWidget()
    qtbot.addWidget(area)
    area.resize(800, 400)
    area.show()
    toast = Toast(area, "Đã lưu.")
    toast.pop_up()
    area.resize(1000, 500)
    assert abs(toast.geometry().center().x() - 500) <= 1
    assert toast.geometry().bottom() < 500


def test_the_focus_has_one_frame_however_it_came(qtbot: QtBot) -> None:
    area = QWidget()
    qtbot.addWidget(area)
    row = QHBoxLayout(area)
    made = button("Chọn tệp…", "primary")
    row.addWidget(made)
    with qtbot.waitActive(area):
        area.show()
    made.setFocus()
    frames = []
    for by_keyboard in (False, True):
        area.setAttribute(Qt.WidgetAttribute.WA_KeyboardFocusChange, by_keyboard)
        frames.append(made.grab().toImage())
    assert frames[0] == frames[1]
