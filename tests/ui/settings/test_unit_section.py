"""Đơn vị: listed with other names, renamed, merged, the mergers of 2025 accepted one by one."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from app.database import Database
from app.services import students, units
from app.services.students import StudentForm
from app.ui.dialogs import Dialog
from app.ui.history import taking_back
from app.ui.settings import unit_dialogs
from app.ui.settings.page import SettingsPage
from app.ui.settings.unit_section import UnitSection


@pytest.fixture
def section(page: SettingsPage, demo: Database) -> UnitSection:
    with demo.writing("Thêm") as db:
        for name, unit in (("A Sài", "Xã Tân Hòa"), ("A Sải", "CA xã"), ("A Sãi", "Công an xã")):
            students.save_student(db, StudentForm(name, unit=unit))
    page.open_section("units")
    shown = page.section()
    assert isinstance(shown, UnitSection)
    return shown


def unit_names(opened: Database) -> list[str]:
    with opened.reading() as db:
        return [row.name for row in units.unit_list(db)]


def choose(section: UnitSection, *names: str) -> None:
    section.view.clearSelection()
    for row in section.model.shown:
        if row.name in names:
            line = section.model.position(row.id)
            section.view.selectionModel().select(
                section.model.index(line, 0),
                section.view.selectionModel().SelectionFlag.Select
                | section.view.selectionModel().SelectionFlag.Rows,
            )
    section.view.selectionModel().setCurrentIndex(
        section.model.index(section.model.position(_id(section, names[0])), 0),
        section.view.selectionModel().SelectionFlag.NoUpdate,
    )


def _id(section: UnitSection, name: str) -> int:
    return next(row.id for row in section.model.rows if row.name == name)


def answer(monkeypatch: pytest.MonkeyPatch, name: str = "", text: str = "") -> None:
    """Let the next dialog be filled in and accepted."""

    def run(dialog: Dialog) -> int:
        if name:
            line = dialog.findChild(QLineEdit, name)
            assert isinstance(line, QLineEdit)
            line.setText(text)
        action = dialog.findChild(QPushButton, "action")
        assert isinstance(action, QPushButton)
        action.click()
        return dialog.result()

    monkeypatch.setattr(Dialog, "exec", run)


def test_units_are_counted_with_their_people(section: UnitSection, demo: Database) -> None:
    with demo.reading() as db:
        people = students.student_count(db)
    count = section.findChild(QLabel, "unit_count")
    assert isinstance(count, QLabel)
    assert count.text() == f"{len(unit_names(demo))} đơn vị, {people} người"


def test_a_renamed_unit_is_found_by_its_old_name(
    section: UnitSection, demo: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    choose(section, "CA xã")
    answer(monkeypatch, "name", "Chi bộ Công an")
    QTest.keyClick(section.view, Qt.Key.Key_F2)
    assert "Chi bộ Công an" in unit_names(demo)
    section.model.set_filter("ca xa")
    assert "Chi bộ Công an" in [row.name for row in section.model.shown]


def test_two_units_become_one_and_two_again(
    section: UnitSection, demo: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    choose(section, "CA xã", "Công an xã")
    answer(monkeypatch)
    section.merge_button.click()
    left = {"CA xã", "Công an xã"} & set(unit_names(demo))
    assert len(left) == 1
    act = taking_back.newest(section.context)
    assert act
    taking_back.take_back(section.context, act)
    assert {"CA xã", "Công an xã"} <= set(unit_names(demo))


def test_nothing_is_merged_that_was_not_ticked(
    section: UnitSection, demo: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = unit_names(demo)
    answer(monkeypatch)
    section.show_mergers()
    assert unit_names(demo) == before


def test_a_ticked_merger_gives_the_commune_its_name_of_today(
    section: UnitSection, demo: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    def tick(dialog: unit_dialogs.MergersDialog) -> int:
        rows = [row for row in dialog.model.rows if row.old_name == "Xã Tân Hòa"]
        dialog.model.set_ticked(rows, True)
        dialog.action.click()
        return dialog.result()

    monkeypatch.setattr(unit_dialogs.MergersDialog, "exec", tick)
    section.offers_button.click()
    assert "Xã Thiện Long" in unit_names(demo)
    assert "Xã Tân Hòa" not in unit_names(demo)


def test_a_name_is_added_and_dropped(
    section: UnitSection, demo: Database, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    choose(section, "Công an xã")
    answer(monkeypatch, "name", "Công an x. An Bình")
    section.add_button.click()
    assert [row.name for row in section.names.rows] == ["Công an x. An Bình"]
    section.names_view.selectRow(0)
    section.drop_button.click()
    assert list(section.names.rows) == []


def test_coming_back_the_keyboard_is_at_the_section_that_is_shown(
    section: UnitSection, page: SettingsPage
) -> None:
    page.findChildren(QPushButton, "section_centre")[0].setFocus()
    page.take_keyboard()
    focused = page.window().focusWidget()
    assert isinstance(focused, QPushButton)
    assert focused.objectName() == "section_units"
