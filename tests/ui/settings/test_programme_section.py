"""Chương trình: versions, contents, rules, confirmation."""

from decimal import Decimal

import pytest
from PySide6.QtWidgets import QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from app.database import Database
from app.services import programmes
from app.services.programmes import ProgrammeRow
from app.terms import SessionKind
from app.ui.form import Form, FormDialog
from app.ui.frame import MainWindow
from app.ui.settings.page import SettingsPage
from app.ui.settings.programme_rows import BandLine, TopicLine
from app.ui.settings.programme_section import ProgrammeSection
from app.ui.settings.rows_field import RowsField


@pytest.fixture
def section(page: SettingsPage) -> ProgrammeSection:
    page.open_section("programmes")
    found = page.section()
    assert isinstance(found, ProgrammeSection)
    return found


def used(demo: Database) -> ProgrammeRow:
    """A programme whose version has classes."""
    with demo.reading() as db:
        return next(row for row in programmes.programme_list(db) if row.current.classes)


def unused(demo: Database) -> ProgrammeRow:
    """A programme without classes."""
    with demo.reading() as db:
        return next(row for row in programmes.programme_list(db) if not row.current.classes)


def rows(form: Form, name: str) -> RowsField:
    field = form.field(name)
    assert isinstance(field, RowsField)
    return field


def kept(dialog: FormDialog, qtbot: QtBot) -> Form:
    qtbot.addWidget(dialog)
    return dialog.form


def test_a_used_version_is_not_changed(
    section: ProgrammeSection, demo: Database, window: MainWindow, qtbot: QtBot
) -> None:
    before = used(demo)
    section.view.select_key(before.id)
    form = kept(section.contents_dialog(), qtbot)
    rows(form, "topics").remove_line(rows(form, "topics").lines()[0])
    assert form.submit()
    with demo.reading() as db:
        after = next(row for row in programmes.programme_list(db) if row.id == before.id)
    assert after.versions[0] == before.versions[0]
    assert after.versions[1].topics == before.current.topics[1:]
    assert section.detail.version() == after.versions[1]
    assert window._toast is not None
    assert window._toast.accessibleName() == "Đã lưu thành bản 2; lớp cũ giữ bản 1."


def test_an_unused_version_is_changed_in_place(
    section: ProgrammeSection, demo: Database, qtbot: QtBot
) -> None:
    before = unused(demo)
    section.view.select_key(before.id)
    form = kept(section.contents_dialog(), qtbot)
    form.field("legal_basis").fill("Hướng dẫn số 1-HD/BTGTW")
    assert form.submit()
    with demo.reading() as db:
        after = next(row for row in programmes.programme_list(db) if row.id == before.id)
    assert len(after.versions) == 1
    assert after.current.legal_basis == "Hướng dẫn số 1-HD/BTGTW"
    assert after.current.topics == before.current.topics


def test_topics_are_added_moved_and_checked(
    section: ProgrammeSection, demo: Database, qtbot: QtBot
) -> None:
    section.view.select_key(unused(demo).id)
    form = kept(section.contents_dialog(), qtbot)
    topics = rows(form, "topics")
    line = topics.add_line(None)
    assert isinstance(line, TopicLine)
    assert not form.submit()
    assert "chưa có tên" in topics.problem()
    line.title.setText("Thảo luận cuối khóa")
    line.kind.set_key(SessionKind.DISCUSSION)
    line.periods.setText("0")
    assert "số tiết" in topics.problem()
    line.periods.setText("3")
    topics.move_line(line, -1)
    assert form.submit()
    shown = section.detail.version()
    assert shown is not None
    assert (shown.topics[-2].title, shown.topics[-2].periods) == ("Thảo luận cuối khóa", 3)


def test_a_version_without_topics_is_refused_at_the_topics(
    section: ProgrammeSection, demo: Database, qtbot: QtBot
) -> None:
    section.view.select_key(unused(demo).id)
    form = kept(section.contents_dialog(), qtbot)
    form.field("topics").fill(())
    assert not form.submit()
    assert form.field("topics").problem_shown


def test_rules_are_changed_and_shown_in_words(
    section: ProgrammeSection, demo: Database, qtbot: QtBot
) -> None:
    before = unused(demo)
    section.view.select_key(before.id)
    form = kept(section.rules_dialog(), qtbot)
    form.field("minimum_share").fill(Decimal("75.5"))
    form.field("absent_limit").fill(2)
    bands = rows(form, "bands")
    first = bands.lines()[0]
    assert isinstance(first, BandLine)
    first.mark.setText("9,5")
    assert form.submit()
    with demo.reading() as db:
        rule = next(
            row for row in programmes.programme_list(db) if row.id == before.id
        ).current.rule
    assert rule.attendance.minimum_share == Decimal("75.5")
    assert rule.attendance.absent_limit == 2
    assert rule.bands[0].lower == Decimal("9.5")
    assert rule.bands[1:] == before.current.rule.bands[1:]


def test_bands_of_the_same_mark_are_refused_at_the_bands(
    section: ProgrammeSection, demo: Database, qtbot: QtBot
) -> None:
    section.view.select_key(unused(demo).id)
    form = kept(section.rules_dialog(), qtbot)
    first = rows(form, "bands").lines()[0]
    assert isinstance(first, BandLine)
    first.mark.setText("8")
    assert not form.submit()
    assert form.field("bands").problem_shown


def test_a_share_over_a_hundred_is_refused(
    section: ProgrammeSection, demo: Database, qtbot: QtBot
) -> None:
    section.view.select_key(unused(demo).id)
    form = kept(section.rules_dialog(), qtbot)
    line = form.field("minimum_share").editor
    assert isinstance(line, QLineEdit)
    line.setText("120")
    assert "từ 0 đến 100" in form.field("minimum_share").problem()


def test_without_a_test_nothing_is_marked(
    section: ProgrammeSection, demo: Database, qtbot: QtBot
) -> None:
    section.view.select_key(unused(demo).id)
    form = kept(section.rules_dialog(), qtbot)
    form.field("is_assessed").fill(False)
    assert not form.field("pass_mark").isEnabled()
    assert form.submit()
    version = section.detail.version()
    assert version is not None
    assert not version.rule.is_assessed


def test_assumed_values_are_confirmed_by_name(section: ProgrammeSection, demo: Database) -> None:
    section.view.select_key(used(demo).id)
    version = section.detail.version()
    assert version is not None
    assert version.assumptions.startswith("tên bài, chuyên đề; ")
    button = section.detail.findChild(QPushButton, "confirm_defaults")
    assert isinstance(button, QPushButton)
    button.click()
    after = section.detail.version()
    assert after is not None
    assert after.is_confirmed
    assert after.confirmed_by == "Người thử"


def test_a_new_version_starts_from_the_shown_one(
    section: ProgrammeSection, demo: Database, qtbot: QtBot
) -> None:
    before = unused(demo)
    section.view.select_key(before.id)
    assert kept(section.version_dialog(), qtbot).submit()
    with demo.reading() as db:
        after = next(row for row in programmes.programme_list(db) if row.id == before.id)
    assert len(after.versions) == 2
    assert after.current.topics == before.current.topics
    assert after.current.valid_from is not None


def test_a_programme_is_added_and_shown(
    section: ProgrammeSection, demo: Database, qtbot: QtBot
) -> None:
    form = kept(section.new_dialog(), qtbot)
    form.field("name").fill("Bồi dưỡng công tác dân vận")
    form.field("certificate_title").fill("Bồi dưỡng công tác dân vận")
    line = rows(form, "topics").lines()[0]
    assert isinstance(line, TopicLine)
    line.title.setText("Chuyên đề 1")
    assert form.submit()
    shown = section.detail.programme()
    assert shown is not None
    assert shown.name == "Bồi dưỡng công tác dân vận"
    assert shown.current.periods == 5


def test_a_programme_out_of_use_stays_in_the_list(
    section: ProgrammeSection, demo: Database, qtbot: QtBot
) -> None:
    before = used(demo)
    section.view.select_key(before.id)
    form = kept(section.names_dialog(), qtbot)
    form.field("is_active").fill(False)
    assert form.submit()
    with demo.reading() as db:
        active = [row.id for row in programmes.programme_list(db, only_active=True)]
    assert before.id not in active
    assert section.model.position(before.id) >= 0
