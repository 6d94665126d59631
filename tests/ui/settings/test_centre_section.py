"""Trung tâm: the form, its preview, versions of the name."""

from datetime import date

import pytest
from PySide6.QtWidgets import QLabel, QPushButton

from app import startup
from app.database import Database
from app.services import centre
from app.ui.fields import TextField
from app.ui.frame import MainWindow
from app.ui.settings.centre_form import CentreFields
from app.ui.settings.centre_section import CentreSection
from app.ui.settings.page import SettingsPage
from app.ui.settings.pattern_field import PatternField


@pytest.fixture
def section(page: SettingsPage) -> CentreSection:
    found = page.section()
    assert isinstance(found, CentreSection)
    return found


@pytest.fixture(autouse=True)
def _unsaved_input_is_dropped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.ui.dialogs.ask_unsaved", lambda _parent: "drop")


def write(form: CentreFields, name: str, words: str) -> None:
    """Type into a field and leave it."""
    field = form.field(name)
    assert isinstance(field, TextField)
    field.line.setText(words)
    field.leave()


def test_a_later_day_keeps_the_old_name(section: CentreSection, demo: Database) -> None:
    write(section.form, "name", "Trung tâm Chính trị phường An Bình")
    write(section.form, "valid_from", "1/12/2026")
    assert section.form.submit()
    with demo.reading() as db:
        names = [form.name for form in centre.identities(db)]
        old = centre.identity(db, date(2026, 11, 30)).name
    assert names == ["Trung tâm Chính trị phường An Bình", "Trung tâm Chính trị xã An Bình"]
    assert old == "Trung tâm Chính trị xã An Bình"
    assert "Trước đây: Trung tâm Chính trị xã An Bình" in section.form.kept.text()


def test_the_window_shows_a_new_name_at_once(
    section: CentreSection, window: MainWindow, demo: Database
) -> None:
    window.centre_changed.connect(lambda: startup.show_centre(window, demo))
    write(section.form, "name", "Trung tâm Chính trị phường An Bình")
    assert section.form.submit()
    assert window.windowTitle() == "Sổ Lớp – Phường An Bình"


def test_an_earlier_day_is_refused_at_its_field(section: CentreSection) -> None:
    write(section.form, "valid_from", "30/6/2020")
    assert not section.form.submit()
    assert section.form.field("valid_from").problem_shown


def test_a_short_telephone_number_is_said_at_once(section: CentreSection) -> None:
    write(section.form, "phone", "02093.8765")
    assert section.form.field("phone").problem() == "Thiếu chữ số. Ví dụ: 0209 3876 512"
    assert not section.form.submit()
    write(section.form, "phone", "0209 3876 512")
    assert section.form.submit()


def test_numbers_without_their_year_are_refused(section: CentreSection) -> None:
    write(section.form, "numbers_used_year", "")
    assert not section.form.submit()
    assert section.form.field("numbers_used_year").problem_shown


def test_the_style_of_numbers_is_chosen_by_example(section: CentreSection, demo: Database) -> None:
    field = section.form.field("certificate_pattern")
    assert isinstance(field, PatternField)
    shown = [field.combo.itemText(at) for at in range(field.combo.count())]
    assert shown[:2] == ["027-GCN/TTCT", "027/GCN-TTCT"]
    field.combo.setCurrentIndex(1)
    field.combo.chosen.emit(field.combo.key())
    section.draw()
    assert "Số 027/GCN-TTCT" in section.form.example.text()
    assert section.form.submit()
    with demo.reading() as db:
        assert centre.latest(db).certificate_pattern == "{seq:03d}/GCN-{code}"


def test_another_style_is_typed_and_checked(section: CentreSection) -> None:
    field = section.form.field("register_pattern")
    assert isinstance(field, PatternField)
    field.combo.setCurrentIndex(field.combo.count() - 1)
    field.combo.chosen.emit(field.combo.key())
    assert field.line.isVisible()
    field.line.setText("Q{seq:03d}")
    assert not section.form.submit()
    assert field.problem_shown
    field.line.setText("Q{seq:03d}-{yyyy}")
    assert section.form.submit()


def test_dropping_changes_shows_what_is_stored(section: CentreSection) -> None:
    write(section.form, "place_name", "Nơi khác")
    drop = section.findChild(QPushButton, "drop_changes")
    assert isinstance(drop, QPushButton)
    assert drop.isEnabled()
    drop.click()
    assert section.form.field("place_name").value() == "An Bình"
    assert not section.form.is_dirty


def saved_state(window: MainWindow) -> str:
    """What the status bar says."""
    state = window.status_bar.findChild(QLabel, "saved_state")
    assert isinstance(state, QLabel)
    return state.text()


def test_only_typing_is_a_change(section: CentreSection, window: MainWindow) -> None:
    section.reload()
    assert saved_state(window) == ""
    write(section.form, "place_name", "Nơi khác")
    assert saved_state(window) == "Có thay đổi chưa lưu"
    assert section.form.submit()
    assert saved_state(window).startswith("Đã lưu lúc")


def test_reloading_keeps_what_is_typed(section: CentreSection) -> None:
    write(section.form, "place_name", "Nơi khác")
    section.reload()
    assert section.form.field("place_name").value() == "Nơi khác"


def test_leaving_drops_only_after_asking(page: SettingsPage, section: CentreSection) -> None:
    write(section.form, "place_name", "Nơi khác")
    page.open_section("programmes")
    assert page.crumb() == "Chương trình"
    page.open_section("centre")
    assert section.form.field("place_name").value() == "An Bình"


@pytest.mark.parametrize("paper", ["report", "certificate"])
def test_both_papers_are_drawn(section: CentreSection, paper: str) -> None:
    section.papers.set_key(paper)
    section.draw()
    assert section.paper.pages() == 1


def test_a_letter_that_cannot_be_printed_is_said(section: CentreSection) -> None:
    write(section.form, "name", "Trung tâm 漢")
    section.draw()
    assert "漢" in section._papers_note.text()
