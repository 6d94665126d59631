"""Giảng viên: periods of the year, sessions, adding and changing."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QDialog, QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from app.database import Database
from app.services import lecturers
from app.ui import days
from app.ui.form import FormDialog
from app.ui.frame import MainWindow
from app.ui.lecturers.page import LecturersPage
from tests.ui.conftest import OpenWindow, Screen

TODAY = date(2026, 11, 19)


@pytest.fixture
def window(open_window: OpenWindow, demo: Database, monkeypatch: pytest.MonkeyPatch) -> MainWindow:
    monkeypatch.setattr(days, "today", lambda: TODAY)
    return open_window(demo, "lecturers")


@pytest.fixture
def page(window: MainWindow) -> LecturersPage:
    shown = window.page()
    assert isinstance(shown, LecturersPage)
    return shown


def answer(monkeypatch: pytest.MonkeyPatch, **texts: str) -> None:
    """Fill the dialog that is waited for and press its button."""

    def run(dialog: FormDialog) -> int:
        for name, text in texts.items():
            field = dialog.findChild(QLineEdit, name)
            assert isinstance(field, QLineEdit)
            field.setText(text)
        dialog.form.submit()
        return dialog.result()

    monkeypatch.setattr(FormDialog, "exec", run)


def test_lecturers_stand_with_their_periods_of_the_year(
    page: LecturersPage, demo: Database, screen: Screen
) -> None:
    with demo.reading() as db:
        stored = {row.id: row.periods for row in lecturers.lecturer_list(db, 2026)}
    assert {row.id: row.periods for row in page.model.rows} == stored
    assert sum(stored.values()) > 0
    page.view.select_key(page.model.shown[3].id)
    screen(page.window(), "13-giang-vien")


def test_the_sessions_add_up_to_the_periods(page: LecturersPage) -> None:
    for row in page.model.shown:
        page.view.select_key(row.id)
        assert sum(each.periods for each in page.detail.model.rows) == row.periods


def test_taught_and_planned_periods_are_told_apart(page: LecturersPage) -> None:
    row = max(page.model.shown, key=lambda each: each.periods)
    page.view.select_key(row.id)
    held = sum(each.periods for each in page.detail.model.rows if each.held_on <= TODAY)
    label = page.findChild(QLabel, "periods_sum")
    assert isinstance(label, QLabel)
    planned = row.periods - held
    assert label.text() == f"{held} tiết đã đến ngày dạy, {planned} tiết đã xếp"


def test_another_year_has_other_figures(page: LecturersPage) -> None:
    page.show_year(2025)
    assert {row.periods for row in page.model.rows} == {0}
    assert page.detail.model.rows == []


def test_a_lecturer_is_found_without_accents(page: LecturersPage, qtbot: QtBot) -> None:
    QTest.keyClicks(page.search, "dang huu")
    qtbot.waitUntil(lambda: len(page.model.shown) == 1)
    assert page.model.shown[0].full_name == "Đặng Hữu Nghị"


def test_enter_on_a_session_opens_the_timetable_of_its_class(
    page: LecturersPage, window: MainWindow
) -> None:
    row = max(page.model.shown, key=lambda each: each.periods)
    page.view.select_key(row.id)
    view = page.detail.view
    view.setCurrentIndex(page.detail.model.index(0, 0))
    QTest.keyClick(view, Qt.Key.Key_Return)
    assert window.place() == "class"


def test_a_lecturer_is_added_and_shown(
    page: LecturersPage, demo: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer(monkeypatch, full_name="Lò Văn Pẩu", position="Phó Bí thư Đoàn xã", phone="0912345678")
    page.add()
    name = page.findChild(QLabel, "lecturer_name")
    assert isinstance(name, QLabel)
    assert name.text() == "Lò Văn Pẩu"
    assert "0912•••678" in {label.text() for label in page.detail.findChildren(QLabel)}
    with demo.reading() as db:
        added = next(
            row for row in lecturers.lecturer_list(db, 2026) if row.full_name == "Lò Văn Pẩu"
        )
    assert (added.employment.label, added.is_active) == ("Kiêm chức", True)


def test_who_stops_teaching_leaves_the_list_but_not_the_register(
    page: LecturersPage, demo: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = page.model.shown[0]
    page.view.select_key(row.id)

    def untick(dialog: FormDialog) -> int:
        box = dialog.findChild(QCheckBox, "is_active")
        assert isinstance(box, QCheckBox)
        box.setChecked(False)
        dialog.form.submit()
        return dialog.result()

    monkeypatch.setattr(FormDialog, "exec", untick)
    page.edit()
    assert row.id not in {each.id for each in page.model.shown}
    page.only.setCurrentIndex(1)
    page.only.activated.emit(1)
    assert row.id in {each.id for each in page.model.shown}


def test_a_lecturer_needs_a_name(page: LecturersPage, monkeypatch: pytest.MonkeyPatch) -> None:
    before = len(page.model.rows)
    results: list[int] = []

    def run(dialog: FormDialog) -> int:
        dialog.form.submit()
        results.append(dialog.result())
        return dialog.result()

    monkeypatch.setattr(FormDialog, "exec", run)
    page.add()
    assert results == [QDialog.DialogCode.Rejected]
    assert len(page.model.rows) == before
