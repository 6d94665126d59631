"""Numbers, ethnic group and religion: hidden at first, shown and copied on purpose only."""

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.dates import PartialDate
from app.services import enrolment, history
from app.services.history import ActFilter
from app.services.students import StudentForm
from app.terms import ActKind, Role
from app.ui import dialogs, personal_data
from app.ui.classes.workspace import ClassPage
from app.ui.form import FormDialog
from app.ui.frame import MainWindow
from app.ui.students.page import StudentsPage
from app.ui.students.roll_tab import RollTab
from tests.ui import classroom
from tests.ui.conftest import Screen
from tests.ui.rights.conftest import OpenAs

NUMBER, PHONE = "019186001412", "0912345418"
PERSON = StudentForm(
    "Lò Thị An", PartialDate(1986, 2, 22), identity_number=NUMBER, phone=PHONE,
    ethnicity="Thái", religion="Không", unit="Quân sự xã Phú Lộc",
)  # fmt: skip


@pytest.fixture
def window(window_as: OpenAs) -> MainWindow:
    made = window_as(Role.CLERK)
    page = made.page()
    assert page
    with page.context.database.writing("Thêm học viên") as db:
        enrolment.register(db, classroom.CLASS_ID, PERSON)
    return made


@pytest.fixture
def roll(window: MainWindow) -> RollTab:
    assert window.open("class", classroom.CLASS_ID, "roll")
    page = window.page()
    assert isinstance(page, ClassPage)
    tab = page.tab()
    assert isinstance(tab, RollTab)
    return tab


@pytest.fixture
def agreeing(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Questions that were answered with yes."""
    asked: list[str] = []

    def confirm(_parent: QWidget, title: str, *_words: str, **_more: object) -> bool:
        asked.append(title)
        return True

    monkeypatch.setattr(dialogs, "confirm", confirm)
    return asked


def looks(window: MainWindow) -> list[str]:
    """What the journal knows of looks, newest first."""
    page = window.page()
    assert page
    with page.context.database.reading() as db:
        return [act.name for act in history.act_list(db, ActFilter(kind=ActKind.LOOK))]


def section(roll: RollTab, heading: str) -> int:
    headings = [column.heading for column in roll.model.columns]
    return headings.index(heading) + int(roll.model.tickable)


def person_page(window: MainWindow) -> StudentsPage:
    assert window.open("students")
    page = window.page()
    assert isinstance(page, StudentsPage)
    page.search_for("lo thi an")
    return page


def words(widget: QWidget) -> str:
    QApplication.processEvents()
    shown = [label for label in widget.findChildren(QLabel) if label.isVisible()]
    return "\n".join(label.text() for label in shown)


def test_a_sensitive_column_is_asked_about_once_and_journalled(
    window: MainWindow, roll: RollTab, agreeing: list[str]
) -> None:
    at = section(roll, "Dân tộc")
    assert roll.view.isColumnHidden(at)
    for on in (True, False, True):
        roll.view.columns.show_column(at, on)
    assert not roll.view.isColumnHidden(at)
    assert agreeing == ["Hiện cột Dân tộc?"]
    assert len(looks(window)) == 1
    assert "Dân tộc" in looks(window)[0]


def test_a_column_nobody_agreed_to_stays_hidden(
    window: MainWindow, roll: RollTab, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dialogs, "confirm", lambda *_args, **_more: False)
    roll.view.columns.show_column(section(roll, "Tôn giáo"), True)
    assert roll.view.isColumnHidden(section(roll, "Tôn giáo"))
    assert looks(window) == []


def test_sensitive_columns_are_not_remembered(
    window: MainWindow, roll: RollTab, agreeing: list[str]
) -> None:
    at = section(roll, "Số định danh")
    roll.view.columns.show_column(at, True)
    roll.view.columns.save()
    again = RollTab(roll.context)
    assert again.view.isColumnHidden(at)
    again.deleteLater()
    roll.show_class(classroom.CLASS_ID + 1)
    assert roll.view.isColumnHidden(at)


@pytest.mark.parametrize(
    ("button", "copied"), [("drop_columns", False), ("keep_columns", True), ("cancel", None)]
)
def test_copying_personal_columns_is_asked_first(
    window: MainWindow,
    roll: RollTab,
    agreeing: list[str],
    answering: Callable[[str], None],
    button: str,
    copied: bool | None,
) -> None:
    roll.view.columns.show_column(section(roll, "Dân tộc"), True)
    roll.view.selectAll()
    QApplication.clipboard().setText("cũ")
    answering(button)
    roll.view.copy(headings=True)
    text = QApplication.clipboard().text()
    assert (text == "cũ") == (copied is None)
    assert ("Thái" in text) == bool(copied)
    assert any("Chép cột" in name for name in looks(window)) == bool(copied)


@pytest.fixture
def answering(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, screen: Screen
) -> Callable[[str], None]:
    """Click a button of the next dialog by name."""

    def click(name: str) -> None:
        def press(dialog: dialogs.Dialog) -> int:
            dialog.show()
            screen(dialog, "chep-du-lieu-rieng")
            found = dialog.findChild(QPushButton, name)
            assert found
            found.click()
            return dialog.result()

        monkeypatch.setattr(dialogs.Dialog, "exec", press)

    return click


def test_numbers_are_shown_on_purpose_and_the_look_is_journalled(
    window: MainWindow, screen: Screen
) -> None:
    page = person_page(window)
    assert NUMBER not in words(page.detail)
    assert "0191•••••412" in words(page.detail)
    screen(window, "12-hoc-vien-che")
    button = page.detail.findChild(QPushButton, "reveal_numbers")
    assert button
    button.click()
    assert NUMBER in words(page.detail)
    assert PHONE in words(page.detail)
    assert looks(window) == [f"Xem số định danh, điện thoại của {PERSON.full_name}"]
    page._show_current()
    assert NUMBER not in words(page.detail)


def test_opening_the_form_of_a_person_with_a_number_is_a_look(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(FormDialog, "exec", lambda _self: 0)
    page = person_page(window)
    page.edit()
    assert looks(window) == [f"Xem số định danh của {PERSON.full_name}"]


def test_a_list_of_headings_reads_as_a_sentence() -> None:
    assert personal_data.words(["Dân tộc", "Tôn giáo"]) == "Dân tộc, tôn giáo"
