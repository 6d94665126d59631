"""Enter, on the main keys and on the number pad."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QWidget
from pytestqt.qtbot import QtBot

from app.ui.buttons import button, icon_button
from app.ui.columns import Column
from app.ui.fields import TextField
from app.ui.form import Form
from app.ui.table import TableModel
from app.ui.table_view import TableView

Press = Callable[[QWidget], None]


@pytest.fixture(params=["main keys", "number pad"])
def press_enter(request: pytest.FixtureRequest) -> Press:
    if request.param == "main keys":
        return lambda widget: QTest.keyClick(widget, Qt.Key.Key_Return)
    return lambda widget: QTest.keyClick(
        widget, Qt.Key.Key_Enter, Qt.KeyboardModifier.KeypadModifier
    )


@pytest.mark.parametrize("make", [lambda: button("In"), lambda: icon_button("x", "Đóng")])
def test_a_button_is_pressed_once(
    qtbot: QtBot, press_enter: Press, make: Callable[[], QAbstractButton]
) -> None:
    made, pressed = make(), []
    qtbot.addWidget(made)
    made.clicked.connect(lambda: pressed.append(made))
    press_enter(made)
    assert pressed == [made]


def test_a_form_goes_to_the_next_field(qtbot: QtBot, press_enter: Press) -> None:
    form = Form(lambda _values: None)
    qtbot.addWidget(form)
    first, second = TextField("first", "Một"), TextField("second", "Hai")
    form.add_row(first, second)
    with qtbot.waitActive(form):
        form.show()
    first.line.setFocus()
    press_enter(first.line)
    assert second.line.hasFocus()


def test_a_list_opens_its_row(qtbot: QtBot, press_enter: Press) -> None:
    model: TableModel[str] = TableModel([Column("Tên", lambda row: row)], key=str)
    view = TableView(model, "words")
    qtbot.addWidget(view)
    model.set_rows(["An", "Bình"])
    view.select_key("Bình")
    opened: list[object] = []
    view.opened.connect(opened.append)
    press_enter(view)
    assert opened == ["Bình"]
