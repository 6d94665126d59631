"""Nạp sổ cũ in the window: a folder is read and tried, then taken in behind a copy, or stopped."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app import backups
from app.database import Database
from app.services import class_tasks
from app.ui import dialogs, files
from app.ui.frame import MainWindow
from app.ui.settings.page import SettingsPage
from app.ui.settings.register_section import RegisterSection
from app.ui.settings.register_work import LOADING
from tests.registers import change, write

Screen = Callable[[QWidget, str], None]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The small set, which the folder dialog gives."""
    made = write(tmp_path / "so-cu")
    monkeypatch.setattr(files, "choose_folder", lambda *_: made)
    return made


@pytest.fixture
def section(page: SettingsPage) -> RegisterSection:
    page.open_section("registers")
    found = page.section()
    assert isinstance(found, RegisterSection)
    return found


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """What the sealing dialog was asked; it says yes."""
    questions: list[dict[str, Any]] = []

    def seal(_parent: QWidget, title: str, message: str, **rest: object) -> bool:
        questions.append({"title": title, "message": message, **rest})
        return True

    monkeypatch.setattr(dialogs, "seal", seal)
    return questions


def press(section: RegisterSection, name: str) -> None:
    found = section.findChild(QPushButton, name)
    assert found is not None
    found.click()


def banner(section: RegisterSection) -> str:
    assert section._banner is not None
    return section._banner.accessibleName()


def wait(qtbot: QtBot, section: RegisterSection) -> None:
    qtbot.waitUntil(lambda: not section.context.runner.is_busy, timeout=10_000)


def classes(opened: Database) -> set[str]:
    with opened.reading() as db:
        return {row.code for row in class_tasks.class_list(db)}


def test_before_a_folder_is_chosen_it_is_said_what_for(
    section: RegisterSection, screen: Screen
) -> None:
    screen(section.window(), "cai-dat-nap-so-cu-bat-dau")
    assert not section.act.isVisible()
    assert section.stack.currentIndex() == 0


def test_a_sound_folder_is_shown_then_taken_in_behind_a_copy(
    section: RegisterSection,
    folder: Path,
    asked: list[dict[str, Any]],
    demo: Database,
    qtbot: QtBot,
    screen: Screen,
) -> None:
    before = classes(demo)
    press(section, "choose_folder")
    wait(qtbot, section)
    assert banner(section).startswith("Đọc 27 dòng trong 9 tệp: 27 dòng mới.")
    assert section.act.text().strip() == "Nạp 27 dòng"
    assert [row.read for row in section.files.rows] == [2, 2, 2, 2, 4, 4, 5, 3, 3]
    assert classes(demo) == before
    screen(section.window(), "cai-dat-nap-so-cu")
    press(section, "load_registers")
    wait(qtbot, section)
    assert asked[0]["title"] == "Nạp sổ cũ từ so-cu?"
    assert ("2", "lớp") in asked[0]["facts"]
    assert banner(section).startswith("Đã nạp 27 dòng lúc ")
    assert classes(demo) == before | {"PN01-2018", "NTVD01-2020"}
    (copy,) = backups.copies(demo.path)
    assert copy.classes == len(before)
    assert not section.act.isVisible()
    screen(section.window(), "cai-dat-nap-so-cu-xong")


def test_lines_that_cannot_be_taken_are_listed(
    section: RegisterSection,
    folder: Path,
    asked: list[dict[str, Any]],
    demo: Database,
    qtbot: QtBot,
    screen: Screen,
) -> None:
    change(folder, "hoc_vien.csv", 2, ho_ten="")
    change(folder, "hoc_vien.csv", 3, ngay_sinh="31/02/1964")
    press(section, "choose_folder")
    wait(qtbot, section)
    shown = section.problems.rows
    assert [row.problem.is_refused for row in shown].count(True) == 4
    assert any("Cột ngay_sinh" in row.problem.text for row in shown)
    assert "4 dòng không nạp được." in banner(section)
    screen(section.window(), "cai-dat-nap-so-cu-co-loi")
    press(section, "load_registers")
    wait(qtbot, section)
    assert banner(section).startswith("Đã nạp 23 dòng lúc ")
    assert "4 dòng không nạp được, xem danh sách." in banner(section)
    assert "PN01-2018" in classes(demo)


def test_the_same_folder_again_has_nothing_to_take(
    section: RegisterSection, folder: Path, asked: list[dict[str, Any]], qtbot: QtBot
) -> None:
    section.read(folder)
    wait(qtbot, section)
    section.load()
    wait(qtbot, section)
    press(section, "other_folder")
    wait(qtbot, section)
    assert "đã có trong dữ liệu, không nạp lại" in banner(section)
    assert "Không còn gì để nạp." in banner(section)
    assert not section.act.isEnabled()


def test_stopping_leaves_the_data_as_it_was(
    section: RegisterSection,
    folder: Path,
    asked: list[dict[str, Any]],
    demo: Database,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    before = classes(demo)
    section.read(folder)
    wait(qtbot, section)
    runner = section.context.runner
    run = runner.run

    def stopped_at_once(*rest: Any, **more: Any) -> Any:
        task = run(*rest, **more)
        task.stop()
        return task

    monkeypatch.setattr(runner, "run", stopped_at_once)
    section.load()
    wait(qtbot, section)
    assert classes(demo) == before
    assert section.act.isVisible()
    assert section.found is not None


def test_nothing_is_written_when_the_question_is_answered_no(
    section: RegisterSection,
    folder: Path,
    demo: Database,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(dialogs, "seal", lambda *_rest, **_more: False)
    before = classes(demo)
    section.read(folder)
    wait(qtbot, section)
    section.load()
    assert not section.context.runner.is_busy
    assert classes(demo) == before


def test_a_folder_without_registers_is_refused_in_words(
    section: RegisterSection, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    monkeypatch.setattr(dialogs, "show_error", lambda _parent, error: said.append(str(error)))
    section.read(tmp_path)
    wait(qtbot, section)
    assert "Không thấy sổ cũ" in said[0]
    assert section.stack.currentIndex() == 0


def test_the_question_and_the_progress_can_be_seen(
    window: MainWindow, qtbot: QtBot, screen: Screen
) -> None:
    from app.ui.progress import StepsDialog

    seal = dialogs.SealDialog(
        window,
        "Nạp sổ cũ từ binhgia?",
        "Lớp cũ vào chương trình là lớp đã bế giảng, giấy chứng nhận giữ số cũ. "
        "Nạp xong không hoàn tác được; chương trình sao lưu trước khi nạp.",
        action="Nạp 14.708 dòng",
        word="",
        facts=[("65", "lớp"), ("3.211", "học viên"), ("4.836", "lượt ghi danh")],
        cancel="Chưa, để sau",
        danger=False,
    )
    steps = StepsDialog(window, "Đang nạp sổ cũ", LOADING)
    steps.set_progress(57, 100)
    for dialog, name in ((seal, "hoi"), (steps, "dang-nap")):
        qtbot.addWidget(dialog)
        dialog.show()
        qtbot.wait(40)
        screen(dialog, f"cai-dat-nap-so-cu-{name}")
        assert dialog.height() <= 696
