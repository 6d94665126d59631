"""Nhật ký: who did what, narrowed, taken back, written to Excel and checked."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from app import journal
from app.database import Database
from app.services import lecturers
from app.services.lecturers import LecturerForm
from app.terms import ActKind, RecordKind
from app.ui import dialogs, files
from app.ui.history import journal_section
from app.ui.history.journal_section import JournalSection
from app.ui.settings.page import SettingsPage
from app.ui.tasks import TaskRunner
from tests.conftest import raw_writing
from tests.ui.conftest import OpenWindow

Screen = Callable[[QWidget, str], None]
LAN = LecturerForm("Đỗ Thị Lan", phone="0912345678")


def add(demo: Database) -> int:
    with demo.writing("Thêm giảng viên Đỗ Thị Lan") as db:
        return lecturers.save_lecturer(db, LAN)


def change(demo: Database, lecturer_id: int, *, note: str, phone: str = LAN.phone) -> None:
    with demo.writing("Sửa giảng viên Đỗ Thị Lan") as db:
        lecturers.save_lecturer(db, replace(LAN, phone=phone, note=note), lecturer_id)


def names(demo: Database) -> list[str]:
    with demo.reading() as db:
        return [row.full_name for row in lecturers.lecturer_list(db, 2026)]


@pytest.fixture
def runner() -> TaskRunner:
    return TaskRunner()


@pytest.fixture
def section(open_window: OpenWindow, demo: Database, runner: TaskRunner) -> JournalSection:
    page = open_window(demo, "settings", runner).page()
    assert isinstance(page, SettingsPage)
    page.open_section("journal")
    found = page.section()
    assert isinstance(found, JournalSection)
    return found


def listed(section: JournalSection) -> list[str]:
    return [act.name for act in section.model.shown]


def shown_values(section: JournalSection) -> list[tuple[str, str, str]]:
    return [(line.field, line.before, line.after) for line in section.card.model.rows]


def choose(section: JournalSection, name: str) -> None:
    section.view.select_key(next(act.id for act in section.model.rows if act.name == name))


def test_the_newest_act_comes_first_with_what_it_changed(
    section: JournalSection, demo: Database, screen: Screen
) -> None:
    change(demo, add(demo), phone="0912345679", note="mới")
    section.reload()
    choose(section, "Sửa giảng viên Đỗ Thị Lan")
    screen(section.window(), "cai-dat-nhat-ky")
    assert listed(section)[:2] == ["Sửa giảng viên Đỗ Thị Lan", "Thêm giảng viên Đỗ Thị Lan"]
    assert ("Ghi chú", "", "mới") in shown_values(section)
    phone = next(line for line in shown_values(section) if line[0] == "Điện thoại")
    assert "345" not in "".join(phone)


def test_the_filters_fit_into_a_narrow_window(section: JournalSection, screen: Screen) -> None:
    section.window().resize(1093, 614)
    screen(section.window(), "cai-dat-nhat-ky-hep")
    assert section.minimumSizeHint().width() <= section.width()
    assert section.filters.search.width() > 150


def test_words_kinds_and_days_narrow_the_list(section: JournalSection, demo: Database) -> None:
    add(demo)
    section.context.look("Xem số định danh của Lò Thị Mai")
    section.filters.search.setText("do thi lan")
    section.filters.search._tell()
    assert listed(section) == ["Thêm giảng viên Đỗ Thị Lan"]
    section.filters.search.setText("")
    section.filters.search._tell()
    section.filters.kind.set_key(ActKind.LOOK)
    section.filters.kind.chosen.emit(ActKind.LOOK)
    assert listed(section) == ["Xem số định danh của Lò Thị Mai"]
    section.filters.kind.set_key(None)
    section.filters.kind.chosen.emit(None)
    section.filters.record.set_key(RecordKind.LECTURER)
    section.filters.record.chosen.emit(RecordKind.LECTURER)
    assert listed(section) == ["Thêm giảng viên Đỗ Thị Lan", "Lập trung tâm minh họa"]
    tomorrow = datetime.now().astimezone().date() + timedelta(days=1)
    section.filters.since.setText(f"{tomorrow:%d/%m/%Y}")
    section.filters.since.editingFinished.emit()
    assert listed(section) == []
    section.filters.since.setText("31/02/2026")
    section.filters.since.editingFinished.emit()
    assert section.filters.since.property("bad")


def test_older_acts_come_when_asked(
    section: JournalSection, demo: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(journal_section, "AT_ONCE", 2)
    change(demo, add(demo), note="một")
    section._narrow()
    assert len(listed(section)) == 2
    count = section.findChild(QLabel, "act_count")
    assert count is not None
    assert count.text().startswith("2 việc mới nhất trong ")
    section._show_more()
    assert len(listed(section)) == 4


def test_an_act_is_taken_back_and_done_again_from_the_list(
    section: JournalSection, demo: Database
) -> None:
    add(demo)
    section.reload()
    choose(section, "Thêm giảng viên Đỗ Thị Lan")
    section.card.revert.click()
    assert "Đỗ Thị Lan" not in names(demo)
    assert not section.card.revert.isEnabled()
    assert section.card.revert.toolTip() == "Việc này đã hoàn tác rồi."
    choose(section, "Hoàn tác: thêm giảng viên Đỗ Thị Lan")
    assert section.card.revert.text().strip() == "Làm lại việc này…"
    section.card.revert.click()
    assert "Đỗ Thị Lan" in names(demo)


def test_a_big_act_is_asked_about(
    section: JournalSection, demo: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    with demo.writing("Thêm cả danh sách") as db:
        for number in range(journal_section.ASK_ABOVE + 1):
            lecturers.save_lecturer(db, LecturerForm(f"Người {number}"))
    before = names(demo)
    asked: list[str] = []

    def answer(_parent: QWidget, title: str, text: str, **_words: str) -> bool:
        asked.append(f"{title} {text}")
        return len(asked) > 1

    monkeypatch.setattr(dialogs, "confirm", answer)
    section.reload()
    choose(section, "Thêm cả danh sách")
    section.card.revert.click()
    assert names(demo) == before
    assert "21 dòng" in asked[0]
    section.card.revert.click()
    assert len(names(demo)) == len(before) - 21


def test_what_is_final_says_so(section: JournalSection) -> None:
    choose(section, "Lập trung tâm minh họa")
    assert not section.card.revert.isEnabled()
    about = section.card.findChild(QLabel, "act_about")
    assert about is not None
    assert "Thu hồi" in about.text()


def test_a_printed_mark_is_compared(section: JournalSection, demo: Database) -> None:
    with demo.reading() as db:
        mark = journal.head(db).mark
    add(demo)
    section.reload()
    section.mark.field.setText(mark.replace("·", "").lower())
    section.mark.compare()
    assert section.mark.answer.text().startswith("Khớp")
    section.mark.field.setText(mark[:-1] + ("0" if mark[-1] != "0" else "1"))
    section.mark.compare()
    assert "bị cắt hoặc sửa" in section.mark.answer.text()
    section.mark.field.setText("12")
    section.mark.compare()
    assert "12 ký tự" in section.mark.answer.text()


def test_the_filtered_acts_become_an_excel_file(
    section: JournalSection,
    demo: Database,
    qtbot: QtBot,
    runner: TaskRunner,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    change(demo, add(demo), phone="0912345679", note="=1+1")
    section.filters.search.setText("lan")
    section._narrow()
    target = tmp_path / "nhat-ky.xlsx"
    monkeypatch.setattr(files, "save_file", lambda *_: target)
    with qtbot.waitSignal(runner.idle):
        section.export()
    book = openpyxl.load_workbook(target)
    title, _headings, *rows = book.worksheets[0].iter_rows(values_only=True)
    book.close()
    assert str(title[0]).startswith("Nhật ký, mục mới nhất")
    assert {row[5] for row in rows} == {"Thêm giảng viên Đỗ Thị Lan", "Sửa giảng viên Đỗ Thị Lan"}
    assert any(row[10:13] == ("Ghi chú", None, "=1+1") for row in rows)
    assert not any("345678" in str(row) for row in rows)


def test_a_whole_journal_is_found_whole(
    section: JournalSection, qtbot: QtBot, runner: TaskRunner, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    monkeypatch.setattr(dialogs, "tell", lambda _parent, title, _text: said.append(title))
    with qtbot.waitSignal(runner.idle):
        section.check()
    assert said == ["Nhật ký nguyên vẹn"]


def test_an_edited_entry_is_found(
    section: JournalSection,
    demo: Database,
    qtbot: QtBot,
    runner: TaskRunner,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    add(demo)
    with raw_writing(demo) as db:
        db.connection().exec_driver_sql("UPDATE journal_act SET actor = 'Ai đó' WHERE id = 2")
    found: list[tuple[str, list[str]]] = []
    monkeypatch.setattr(section, "_show_findings", found.append)
    with qtbot.waitSignal(runner.idle):
        section.check()
    assert any("mục 2" in fault for fault in found[0][1])
