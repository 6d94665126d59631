"""Người ký: head, deputy and their papers."""

from datetime import date

import pytest
from pytestqt.qtbot import QtBot

from app.database import Database
from app.services import centre
from app.services.centre import SignatoryForm
from app.ui.form import FormDialog
from app.ui.settings.page import SettingsPage
from app.ui.settings.signatory_dialog import SignatoryFields
from app.ui.settings.signatory_section import SignatorySection


@pytest.fixture
def section(page: SettingsPage) -> SignatorySection:
    page.open_section("signatories")
    found = page.section()
    assert isinstance(found, SignatorySection)
    return found


def opened(section: SignatorySection, qtbot: QtBot, at: int | None = None) -> FormDialog:
    """The dialog of a row, or of somebody new."""
    dialog = section.dialog(None if at is None else section.model.shown[at])
    qtbot.addWidget(dialog)
    return dialog


def test_a_deputy_is_added_with_the_paper_that_allows_it(
    section: SignatorySection, qtbot: QtBot, demo: Database
) -> None:
    dialog = opened(section, qtbot)
    form = dialog.form
    assert isinstance(form, SignatoryFields)
    form.field("name").fill("Nông Thị Hiền")
    form.field("authority").fill("K/T GIÁM ĐỐC")
    form._propose_title("K/T GIÁM ĐỐC")
    form._follow()
    assert not form.needed.isHidden()
    form.field("authorisation").fill("Giấy ủy quyền số 03-UQ/TTCT, 02/01/2026")
    assert form.needed.isHidden()
    assert form.submit()
    with demo.reading() as db:
        deputy = next(row for row in centre.signatories(db) if row.authority)
    assert (deputy.name, deputy.title) == ("Nông Thị Hiền", "PHÓ GIÁM ĐỐC")
    assert len(section.model.shown) == 2


def test_the_head_is_changed_by_ending_one_and_adding_another(
    section: SignatorySection, qtbot: QtBot, demo: Database
) -> None:
    first = opened(section, qtbot, 0).form
    first.field("valid_to").fill(date(2026, 9, 30))
    assert first.submit()
    second = opened(section, qtbot).form
    second.field("name").fill("Lê Thị Minh Tâm")
    second.field("valid_from").fill(date(2026, 10, 1))
    assert second.submit()
    with demo.reading() as db:
        assert centre.signatory(db, date(2026, 9, 30)).name == "Hoàng Văn Tuấn"
        assert centre.signatory(db, date(2026, 10, 1)).name == "Lê Thị Minh Tâm"


def test_an_end_before_the_beginning_is_said_at_its_field(
    section: SignatorySection, qtbot: QtBot
) -> None:
    form = opened(section, qtbot, 0).form
    form.field("valid_to").fill(date(2001, 1, 1))
    assert not form.submit()
    assert form.field("valid_to").problem_shown


def test_a_day_without_anybody_is_a_warning(section: SignatorySection, demo: Database) -> None:
    row = section.model.shown[0]
    ended = SignatoryForm(row.name, row.title, row.valid_from, valid_to=date(2026, 1, 1))
    with demo.writing("Thôi ký") as db:
        centre.save_signatory(db, ended, row.id)
    section.reload()
    assert section._banner is not None
    assert "Hôm nay chưa có ai ký" in section._banner.accessibleName()
