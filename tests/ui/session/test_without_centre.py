"""A program whose centre was left for later: everything opens, and the name is given in words."""

from collections.abc import Callable
from pathlib import Path

import pytest

from app import database as store
from app.services import centre, setup
from app.ui.frame import MainWindow
from app.ui.places import all_places
from app.ui.session import signing_in
from app.ui.session.session import Session
from app.ui.settings.centre_section import CentreSection
from app.ui.settings.page import SettingsPage

Begin = Callable[..., Session]
SECTIONS = ("centre", "signatories", "programmes", "units", "backups", "accounts", "registers")


@pytest.fixture
def session(begin: Begin, tmp_path: Path) -> Session:
    path = tmp_path / "later.sqlite"
    opened = store.create(path)
    with opened.writing("Thiết lập lần đầu") as db:
        setup.set_up(db, None, None)
    opened.close()
    made = begin(path)
    assert made.start()
    return made


def test_every_place_and_section_opens(session: Session, window: MainWindow) -> None:
    for place in all_places():
        if not place.parent and not place.unless:
            assert window.open(place.key), place.key
    page = window.page()
    assert isinstance(page, SettingsPage)
    for name in SECTIONS:
        page.open_section(name)
    assert signing_in.brand(session.database) == ("TRUNG TÂM CHÍNH TRỊ", "")


def test_the_name_is_given_in_the_settings(session: Session, window: MainWindow) -> None:
    window.open("settings", "centre")
    section = window.findChild(CentreSection)
    assert isinstance(section, CentreSection)
    names = {
        "name": "Trung tâm Chính trị xã An Bình",
        "parent_line": "ĐẢNG ỦY XÃ AN BÌNH",
        "place_name": "An Bình",
    }
    for name, text in names.items():
        section.form.field(name).fill(text)
    assert section.form.submit()
    with session.database.reading() as db:
        assert centre.is_set_up(db)
        assert centre.latest(db).short_code == "TTCT"
    assert not section.form.is_dirty
