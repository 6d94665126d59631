"""The first-run wizard, from the first question to the open file."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app import database
from app.errors import StorageError
from app.services import centre, programmes, setup
from app.terms import DocumentFamily
from app.ui.settings import first_run
from app.ui.settings.first_run import FirstRunWizard

Screen = Callable[[QWidget, str], None]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "centre.sqlite"


@pytest.fixture(autouse=True)
def _every_question_is_answered(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leaving asks; nobody is there to answer."""
    monkeypatch.setattr("app.ui.dialogs.confirm", lambda *_args, **_words: True)


@pytest.fixture
def wizard(qtbot: QtBot, path: Path) -> Iterator[FirstRunWizard]:
    made = FirstRunWizard(None, path)
    qtbot.addWidget(made)
    made.show()
    yield made
    if made.database:
        made.database.close()


def write(wizard: FirstRunWizard, name: str, text: str) -> None:
    line = wizard.centre.field(name).editor
    line.setText(text)  # type: ignore[attr-defined]  # a line edit


def answer(wizard: FirstRunWizard) -> None:
    """Fill in everything up to the last step."""
    write(wizard, "name", "Trung tâm Chính trị xã An Bình")
    wizard.next_step()
    wizard.signatory.field("name").fill("Hoàng Văn Tuấn")
    wizard.next_step()
    wizard.numbers.field("numbers_used").fill(26)
    wizard.next_step()


def test_the_last_step_makes_a_file_with_centre_signatory_and_catalogue(
    wizard: FirstRunWizard, path: Path
) -> None:
    answer(wizard)
    assert not path.exists()
    wizard.next_step()
    assert wizard.database is not None
    with wizard.database.reading() as db:
        form = centre.latest(db)
        assert (form.name, form.parent_line) == (
            "Trung tâm Chính trị xã An Bình",
            "ĐẢNG ỦY XÃ AN BÌNH",
        )
        assert (form.place_name, form.short_code) == ("An Bình", "TTCT")
        assert form.document_family is DocumentFamily.PARTY
        assert form.numbers_used == 26
        assert [row.name for row in centre.signatories(db)] == ["Hoàng Văn Tuấn"]
        assert len(programmes.programme_list(db)) > 5


def test_lines_follow_the_name_until_they_are_edited(wizard: FirstRunWizard) -> None:
    write(wizard, "name", "Trung tâm Chính trị xã An")
    write(wizard, "place_name", "Thị trấn An")
    write(wizard, "name", "Trung tâm Chính trị xã An Bình")
    found = wizard.centre.draft()
    assert found.parent_line == "ĐẢNG ỦY XÃ AN BÌNH"
    assert found.place_name == "Thị trấn An"


def test_a_step_without_its_name_is_not_left(wizard: FirstRunWizard) -> None:
    wizard.next_step()
    assert wizard.step() == 0
    assert wizard.centre.field("name").problem_shown


def test_going_back_keeps_what_was_typed(wizard: FirstRunWizard) -> None:
    answer(wizard)
    for _ in range(3):
        wizard.previous_step()
    assert wizard.step() == 0
    assert wizard.centre.draft().name == "Trung tâm Chính trị xã An Bình"


def test_the_next_number_continues_the_paper_register(wizard: FirstRunWizard) -> None:
    answer(wizard)
    assert wizard.numbers.example.text().startswith("Số 027-GCN/TTCT · Số vào sổ: 027/")


def test_leaving_makes_nothing(wizard: FirstRunWizard, path: Path) -> None:
    answer(wizard)
    wizard.reject()
    assert wizard.database is None
    assert not path.exists()


def test_a_failed_setup_leaves_no_file(
    wizard: FirstRunWizard, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_args: object) -> None:
        raise StorageError("Ổ đĩa đã đầy.")

    shown: list[str] = []
    monkeypatch.setattr(setup, "set_up", fail)
    monkeypatch.setattr("app.ui.dialogs.show_error", lambda _w, error: shown.append(str(error)))
    answer(wizard)
    wizard.next_step()
    assert shown == ["Ổ đĩa đã đầy."]
    assert wizard.database is None
    assert not path.exists()


def test_an_empty_file_is_finished_in_place(qtbot: QtBot, path: Path) -> None:
    opened = database.create(path)
    made = FirstRunWizard(None, path, opened)
    qtbot.addWidget(made)
    made.show()
    answer(made)
    made.next_step()
    assert made.database is opened
    with opened.reading() as db:
        assert centre.is_set_up(db)
    opened.close()


def test_a_file_that_is_not_finished_is_closed(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened = database.create(path)
    closed: list[Path] = []
    monkeypatch.setattr(opened, "close", lambda: closed.append(opened.path))
    monkeypatch.setattr(FirstRunWizard, "exec", lambda _self: 0)
    assert first_run.finish(None, opened) is None
    assert closed == [path]
    monkeypatch.undo()
    opened.close()


def test_every_step_can_be_seen(wizard: FirstRunWizard, screen: Screen, qtbot: QtBot) -> None:
    write(wizard, "name", "Trung tâm Chính trị xã An Bình")
    wizard.centre.preview.show_now()
    qtbot.wait(40)
    screen(wizard, "20-lan-dau-1")
    wizard.next_step()
    wizard.signatory.field("name").fill("Hoàng Văn Tuấn")
    wizard.signatory.preview.show_now()
    qtbot.wait(40)
    screen(wizard, "20-lan-dau-2")
    wizard.next_step()
    wizard.numbers.field("numbers_used").fill(26)
    wizard.numbers.show_example()
    qtbot.wait(40)
    screen(wizard, "20-lan-dau-3")
    wizard.next_step()
    qtbot.wait(40)
    screen(wizard, "20-lan-dau-4")
    assert not wizard.signatory.preview.picture.pixmap().isNull()
