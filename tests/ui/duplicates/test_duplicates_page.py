"""Tìm người trùng: found, compared, told apart, merged field by field and taken back."""

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app import backups
from app.database import Database
from app.services import duplicates, students
from app.terms import BackupKind
from app.ui.dialogs import Dialog
from app.ui.duplicates.page import DuplicatesPage
from app.ui.frame import MainWindow
from app.ui.students.page import StudentsPage
from tests.ui.conftest import Screen
from tests.ui.students.keys import answer_dialogs, click


@pytest.fixture
def page(window: MainWindow, qtbot: QtBot) -> DuplicatesPage:
    people = window.page()
    assert isinstance(people, StudentsPage)
    press(people, "find_duplicates")
    made = window.page()
    assert isinstance(made, DuplicatesPage)
    qtbot.waitUntil(lambda: bool(made.model.rows))
    return made


def press(widget: QWidget, name: str) -> None:
    found = widget.findChild(QPushButton, name)
    assert isinstance(found, QPushButton), name
    assert found.isEnabled()
    found.click()


def said(widget: QWidget, name: str) -> str:
    found = widget.findChild(QLabel, name)
    assert isinstance(found, QLabel)
    return found.text()


def pairs(page: DuplicatesPage) -> list[str]:
    return [row.key for row in page.model.shown]


def key(one: int, other: int) -> str:
    return f"{one}/{other}"


def test_the_pairs_stand_with_the_most_alike_first(
    page: DuplicatesPage, doubles: list[int], screen: Screen
) -> None:
    older, year, day, pan, swapped = doubles
    assert pairs(page)[0] == key(older, day)
    assert {key(older, year), key(pan, swapped)} <= set(pairs(page))
    assert said(page, "duplicate_count") == f"{len(page.model.rows)} cặp"
    screen(page.window(), "12-tim-nguoi-trung")


def test_who_is_not_the_same_is_not_shown_again(
    page: DuplicatesPage, demo: Database, doubles: list[int]
) -> None:
    *_, pan, swapped = doubles
    page.view.select_key(key(pan, swapped))
    press(page, "not_the_same")
    assert key(pan, swapped) not in pairs(page)
    with demo.reading() as db:
        assert duplicates.of_person(db, pan) == []


def merged(
    page: DuplicatesPage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, *chosen: str
) -> list[str]:
    def answer(dialog: Dialog) -> None:
        for name in chosen:
            press(dialog, name)
        click("action")(dialog)

    titles = answer_dialogs(monkeypatch, answer)
    with qtbot.waitSignal(page.context.runner.idle, timeout=10_000):
        press(page, "merge_people")
    return titles


def test_two_records_become_one_as_chosen_behind_a_copy(
    page: DuplicatesPage,
    demo: Database,
    doubles: list[int],
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    older, year, *_ = doubles
    page.view.select_key(key(older, year))
    titles = merged(page, qtbot, monkeypatch, "phone_AB", "unit_B")
    qtbot.waitUntil(lambda: not page.context.runner.is_busy)
    assert titles == ["Gộp hai hồ sơ thành một?"]
    assert backups.copies(demo.path)[0].kind is BackupKind.BEFORE_MERGING
    with demo.reading() as db:
        form = students.student_detail(db, older).form
        assert year not in students.forms(db, [year])
    assert form.phone == "0912345418; 0987654321"
    assert (form.unit, form.identity_number) == ("Chi bộ thôn Nà Lừa", "019086000412")
    assert (form.note, form.ethnicity) == ("Sổ 2024; Sổ 2019", "Tày")
    assert not any(str(year) in one.split("/") for one in pairs(page))


def test_a_merge_is_taken_back_by_the_toast(
    page: DuplicatesPage,
    window: MainWindow,
    demo: Database,
    doubles: list[int],
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    older, _, day, *_ = doubles
    page.view.select_key(key(older, day))
    merged(page, qtbot, monkeypatch)
    qtbot.waitUntil(lambda: not page.context.runner.is_busy)
    toast = window.findChild(QWidget, "toast")
    assert isinstance(toast, QWidget)
    toast.findChildren(QPushButton)[0].click()
    qtbot.waitUntil(lambda: key(older, day) in pairs(page), timeout=10_000)
    with demo.reading() as db:
        assert set(students.forms(db, [older, day])) == {older, day}


def test_what_differs_can_be_chosen_and_nothing_happens_until_then(
    page: DuplicatesPage,
    demo: Database,
    doubles: list[int],
    monkeypatch: pytest.MonkeyPatch,
    screen: Screen,
) -> None:
    older, year, *_ = doubles
    page.view.select_key(key(older, year))
    assert page.card.title.text().startswith("Cùng họ tên")

    def look(dialog: Dialog) -> None:
        assert dialog.findChild(QPushButton, "unit_A") is not None
        assert dialog.findChild(QPushButton, "sex_A") is None
        screen(page.window(), "12-gop-nguoi")
        screen(dialog, "12-gop-nguoi-hop")
        dialog.reject()

    answer_dialogs(monkeypatch, look)
    press(page, "merge_people")
    with demo.reading() as db:
        assert set(students.forms(db, [older, year])) == {older, year}


def test_the_page_of_a_person_names_the_double_and_leads_to_it(
    window: MainWindow, doubles: list[int], qtbot: QtBot, screen: Screen
) -> None:
    *_, pan, swapped = doubles
    window.open("students", pan)
    people = window.page()
    assert isinstance(people, StudentsPage)
    qtbot.waitUntil(people.hint.isVisible)
    banner = people.hint.findChild(QWidget, "banner")
    assert isinstance(banner, QWidget)
    assert banner.accessibleName() == (
        "Có thể trùng với 1 người khác. Lò Văn Pản, sinh 02/07/1990, Công an xã"
    )
    screen(window, "12-hoc-vien-co-the-trung")
    press(people, "compare_people")
    page = window.page()
    assert isinstance(page, DuplicatesPage)
    assert pairs(page) == [key(pan, swapped)]
    press(page, "search_everybody")
    qtbot.waitUntil(lambda: len(pairs(page)) > 1)


def test_nothing_can_be_merged_in_a_file_opened_to_read(
    window: MainWindow, demo: Database, qtbot: QtBot
) -> None:
    demo.read_only = "Đang mở để xem."
    window.open("duplicates")
    page = window.page()
    assert isinstance(page, DuplicatesPage)
    qtbot.waitUntil(lambda: bool(page.model.rows))
    assert not page.card.merge.isEnabled()
    assert not page.card.apart.isEnabled()


def test_long_words_neither_widen_the_window_nor_hide_what_can_be_chosen(
    page: DuplicatesPage,
    demo: Database,
    doubles: list[int],
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    screen: Screen,
) -> None:
    older, year, *_ = doubles
    unit = "Chi bộ Trường Phổ thông Dân tộc bán trú Tiểu học và Trung học cơ sở "
    with demo.writing("Sửa") as db:
        for one, word in ((older, "một"), (year, "hai")):
            form = students.student_detail(db, one).form
            long = f"{unit}{word}"
            changed = replace(
                form, unit=long, position=long, education=long, political_education=long,
                home_town=long, email=f"{word}@vi.vn", code=word, religion=word,
            )  # fmt: skip
            students.save_student(db, changed, one)
    page.window().resize(1093, 614)
    page.reload()
    qtbot.waitUntil(lambda: not page.context.runner.is_busy)
    assert page.view.select_key(key(older, year))
    qtbot.waitUntil(lambda: page.minimumSizeHint().width() <= page.width())
    screen(page.window(), "12-tim-nguoi-trung-hep")

    def look(dialog: Dialog) -> None:
        assert dialog.height() <= page.window().height()
        assert dialog.findChild(QPushButton, "religion_B") is not None
        screen(dialog, "12-gop-nguoi-nhieu-muc")
        dialog.reject()

    answer_dialogs(monkeypatch, look)
    press(page, "merge_people")
