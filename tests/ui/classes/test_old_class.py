"""A class from old registers in its workspace: every tab shows what is known and claims no more."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.database import Database
from app.services import class_tasks, registers
from app.spreadsheets.registers.reading import read_registers
from app.ui.certificates.tab import CertificatesTab
from app.ui.classes.head import TABS
from app.ui.classes.workspace import ClassPage
from tests.registers import write
from tests.ui.conftest import OpenWindow

Screen = Callable[[QWidget, str], None]


@pytest.fixture
def old_class(demo: Database, tmp_path: Path) -> int:
    with demo.writing("Nạp sổ cũ") as db:
        registers.load(db, read_registers(write(tmp_path / "so-cu")))
    with demo.reading() as db:
        return next(row.id for row in class_tasks.class_list(db) if row.code == "PN01-2018")


@pytest.fixture
def page(open_window: OpenWindow, demo: Database, old_class: int) -> ClassPage:
    window = open_window(demo, "classes")
    window.open("class", old_class, "info")
    found = window.page()
    assert isinstance(found, ClassPage)
    found.setProperty("kept", window)
    return found


def show(page: ClassPage, tab: str, qtbot: QtBot) -> QWidget:
    page.context.open("class", page.class_id, tab)
    qtbot.waitUntil(lambda: not page.context.runner.is_busy, timeout=10_000)
    shown = page.tab()
    assert shown is not None
    return shown


def said(shown: QWidget) -> str:
    return "\n".join(each.text() for each in shown.findChildren(QLabel) if each.isVisible())


def test_every_tab_of_an_old_class_opens(page: ClassPage, qtbot: QtBot, screen: Screen) -> None:
    for tab in TABS:
        assert show(page, tab, qtbot).isVisible()
        screen(page.window(), f"so-cu-{tab}")


def test_old_certificates_are_listed_and_neither_drawn_nor_printed(
    page: ClassPage, qtbot: QtBot
) -> None:
    tab = show(page, "certificates", qtbot)
    assert isinstance(tab, CertificatesTab)
    numbers = {row.full_name: row.number for row in tab.roll.model.rows}
    assert numbers["Triệu Thị Hiền"] == "0001/2018"
    tab.roll.model.set_ticked(tab.roll.model.rows, True)
    tab.roll.view.select_key(
        next(row.enrolment_id for row in tab.roll.model.rows if row.certificate_id)
    )
    assert "Giấy cấp theo sổ cũ, chương trình không có bản in." in said(tab)
    button = tab.findChild(QPushButton, "print_certificates")
    assert button is not None
    assert not button.isEnabled()


def test_no_rule_is_claimed_that_the_register_does_not_note(page: ClassPage, qtbot: QtBot) -> None:
    assert "Sổ cũ không ghi; kết quả giữ như trong sổ" in said(show(page, "info", qtbot))
    assert "Quy tắc: sổ cũ không ghi" in said(show(page, "results", qtbot))
