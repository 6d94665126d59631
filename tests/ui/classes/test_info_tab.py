"""Thông tin: editing the facts of a class."""

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QLabel, QWidget

from app.database import Database
from app.services import classes
from app.services.class_tasks import ClassRow
from app.terms import ClassStatus
from app.ui.classes.info_tab import InfoTab
from app.ui.classes.workspace import ClassPage
from app.ui.fields import TextField
from app.ui.frame import MainWindow

Find = Callable[[ClassStatus], ClassRow]


def open_tab(window: MainWindow, class_id: int) -> tuple[ClassPage, InfoTab]:
    window.open("class", class_id, "info")
    page = window.page()
    assert isinstance(page, ClassPage)
    tab = page.tab()
    assert isinstance(tab, InfoTab)
    return page, tab


def test_saved_facts_reach_the_head_and_the_database(
    window: MainWindow, demo: Database, row_of: Find, screen: Callable[[QWidget, str], None]
) -> None:
    row = row_of(ClassStatus.RUNNING)
    page, tab = open_tab(window, row.id)
    screen(window, "lop-thong-tin")
    assert not tab.form.is_dirty
    venue = tab.form.field("venue")
    assert isinstance(venue, TextField)
    venue.line.setText("Hội trường tầng 2")
    assert tab.form.submit()
    assert "Hội trường tầng 2" in page.head.facts.text()
    assert not tab.form.is_dirty
    with demo.reading() as db:
        detail = classes.class_detail(db, row.id)
    assert detail.venue == "Hội trường tầng 2"
    assert detail.opening_decision is not None
    assert detail.opening_decision.issuer == "Giám đốc Trung tâm Chính trị xã"


def test_a_wrong_order_of_days_is_said_at_the_field(window: MainWindow, row_of: Find) -> None:
    _, tab = open_tab(window, row_of(ClassStatus.PLANNED).id)
    ends_on = tab.form.field("ends_on")
    assert isinstance(ends_on, TextField)
    ends_on.line.setText("1/1/2026")
    assert not tab.form.submit()
    assert ends_on.problem_shown
    tab._drop()
    assert not tab.form.is_dirty


def test_the_rules_of_the_class_stand_beside_the_form(window: MainWindow, row_of: Find) -> None:
    _, tab = open_tab(window, row_of(ClassStatus.RUNNING).id)
    words = " ".join(each.text() for each in tab.findChildren(QLabel))
    assert "Dự từ 80 % số tiết" in words
    assert "Giỏi từ 8,0" in words
    assert "Trên giấy tờ" in words


def test_a_closed_class_is_only_shown(window: MainWindow, row_of: Find) -> None:
    _, tab = open_tab(window, row_of(ClassStatus.CLOSED).id)
    assert not tab.form.isEnabled()
    assert tab._closed.isVisible()
    assert not tab._footer.isVisible()


def test_what_is_typed_outlives_f5(window: MainWindow, row_of: Find) -> None:
    _, tab = open_tab(window, row_of(ClassStatus.RUNNING).id)
    venue = tab.form.field("venue")
    assert isinstance(venue, TextField)
    venue.line.setText("Hội trường tầng 2")
    window.reload()
    assert venue.value() == "Hội trường tầng 2"
    tab._drop()


def test_input_nobody_wants_is_gone_on_the_way_out(
    window: MainWindow, row_of: Find, monkeypatch: pytest.MonkeyPatch
) -> None:
    page, tab = open_tab(window, row_of(ClassStatus.RUNNING).id)
    venue = tab.form.field("venue")
    assert isinstance(venue, TextField)
    before = venue.value()
    venue.line.setText("Hội trường tầng 2")
    monkeypatch.setattr("app.ui.dialogs.ask_unsaved", lambda _parent: "drop")
    assert page.open_tab("timetable")
    assert page.open_tab("info")
    assert venue.value() == before


def test_the_programme_stays_once_there_are_sessions(window: MainWindow, row_of: Find) -> None:
    _, tab = open_tab(window, row_of(ClassStatus.RUNNING).id)
    assert not tab.form.field("version_id").editor.isEnabled()
    _, tab = open_tab(window, row_of(ClassStatus.PLANNED).id)
    assert tab.form.field("version_id").editor.isEnabled()
