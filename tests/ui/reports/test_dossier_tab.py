"""The dossier tab on a real class: papers, report, export, closing."""

from collections.abc import Callable
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QPushButton
from pytestqt.qtbot import QtBot

from app.errors import FileError
from app.services import classes, reports
from app.services.dossier import ItemState
from app.services.report_form import ReportForm
from app.terms import ClassStatus
from app.ui import dialogs, files
from app.ui.context import Context
from app.ui.dialogs import SealDialog
from app.ui.fields import DateField, MemoField, TextField
from app.ui.print_preview import PrintPreview
from app.ui.reports import export
from app.ui.reports.dossier_tab import DossierTab
from app.ui.reports.report_dialog import ReportDialog
from tests.ui import classroom

At = Callable[[str], Context]
Open = Callable[[str], DossierTab]


@pytest.fixture
def open_tab(qtbot: QtBot, context_at: At) -> Open:
    def show(stage: str) -> DossierTab:
        made = DossierTab(context_at(stage))
        qtbot.addWidget(made)
        made.resize(1178, 535)
        made.show_class(classroom.CLASS_ID)
        made.reload()
        made.show()
        return made

    return show


def named(tab: DossierTab, name: str) -> QPushButton:
    found = tab.findChild(QPushButton, name)
    assert found
    return found


def states(tab: DossierTab) -> dict[str, ItemState]:
    return {item.key: item.state for item in tab.model.rows}


def settle(qtbot: QtBot, tab: DossierTab) -> None:
    qtbot.waitUntil(lambda: not tab.context.runner.is_busy, timeout=20_000)


def status(tab: DossierTab) -> ClassStatus:
    with tab.context.database.reading() as db:
        return classes.class_detail(db, tab.class_id).status


def write_number(tab: DossierTab) -> None:
    with tab.context.database.writing("Soạn báo cáo") as db:
        reports.save_report(db, tab.class_id, ReportForm("15", classroom.TODAY))
    tab.reload()


def test_papers_show_how_far_they_are(open_tab: Open) -> None:
    assert states(open_tab("running")) == {
        "opening_decision": ItemState.READY,
        "class_list": ItemState.READY,
        "timetable": ItemState.READY,
        "attendance": ItemState.MISSING,
        "results": ItemState.WAITING,
        "recognition_decision": ItemState.WAITING,
        "register": ItemState.WAITING,
        "certificates": ItemState.WAITING,
        "closing_report": ItemState.DRAFT,
    }
    tab = open_tab("issued")
    assert set(states(tab).values()) == {ItemState.READY, ItemState.DRAFT}
    assert tab.card._count.text() == "8/9 tài liệu đủ"


@pytest.mark.parametrize(
    ("key", "least"), [("class_list", 1), ("register", 1), ("certificates", 28)]
)
def test_enter_opens_the_real_paper(
    open_tab: Open, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, key: str, least: int
) -> None:
    tab = open_tab("issued")
    shown: list[int] = []
    monkeypatch.setattr(PrintPreview, "exec", lambda view: shown.append(view.view.pages()))
    tab.view.select_key(key)
    QTest.keyClick(tab.view, Qt.Key.Key_Return)
    settle(qtbot, tab)
    assert shown[0] >= least


def test_what_is_missing_leads_to_its_tab(open_tab: Open) -> None:
    tab = open_tab("final")
    tab.view.select_key("recognition_decision")
    QTest.keyClick(tab.view, Qt.Key.Key_Return)
    window = cast(classroom.Window, tab.context.frame)
    assert window.opened == [("class", classroom.CLASS_ID, "certificates")]


def test_the_report_is_written_and_kept(open_tab: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    tab = open_tab("issued")

    def fill(dialog: ReportDialog) -> int:
        cast(TextField, dialog.form.field("number")).line.setText("15")
        cast(DateField, dialog.form.field("signed_on")).line.setText("30/9/2026")
        cast(MemoField, dialog.form.field("lessons")).box.setPlainText("Mở lớp ngoài mùa vụ.")
        assert dialog.form.submit()
        return QDialog.DialogCode.Accepted

    monkeypatch.setattr(ReportDialog, "exec", fill)
    tab.view.select_key("closing_report")
    QTest.keyClick(tab.view, Qt.Key.Key_F2)
    with tab.context.database.reading() as db:
        kept = reports.report_form(db, tab.class_id)
    assert (kept.number, kept.signed_on, kept.lessons) == (
        "15",
        classroom.TODAY,
        "Mở lớp ngoài mùa vụ.",
    )
    assert kept.strengths == ReportForm().strengths
    assert states(tab)["closing_report"] is ItemState.READY
    assert named(tab, "close_class").isEnabled()


def test_a_class_is_closed_only_when_everything_is_there(open_tab: Open) -> None:
    tab = open_tab("issued")
    assert not named(tab, "close_class").isEnabled()
    assert "Còn 1 điều kiện" in tab.card._verdict.text()


@pytest.mark.parametrize("typed", ["bế giảng", "be giang", "BẾ GIẢNG"])
def test_the_typed_word_closes_the_class_for_good(
    open_tab: Open, monkeypatch: pytest.MonkeyPatch, typed: str
) -> None:
    tab = open_tab("issued")
    write_number(tab)

    def answer(dialog: SealDialog) -> int:
        QTest.keyClick(dialog.field, Qt.Key.Key_Return)
        assert not dialog.action.isEnabled()
        dialog.field.setText(typed)
        assert dialog.action.isEnabled()
        return QDialog.DialogCode.Accepted

    monkeypatch.setattr(SealDialog, "exec", answer)
    named(tab, "close_class").click()
    assert status(tab) is ClassStatus.CLOSED
    assert tab._banner
    assert not named(tab, "write_report").isEnabled()
    assert "30/09/2026" in tab.card._verdict.text()
    assert all(item.state is ItemState.READY for item in tab.model.rows)


def test_turning_back_leaves_the_class_open(
    open_tab: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    tab = open_tab("issued")
    write_number(tab)
    monkeypatch.setattr(dialogs, "seal", lambda *_args, **_more: False)
    tab.close_class()
    assert status(tab) is ClassStatus.FINALISED


def test_the_dossier_is_written_whole_into_a_new_folder(
    open_tab: Open, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tab = open_tab("issued")
    place = tmp_path / "hồ sơ"
    place.mkdir()
    told: list[str] = []
    monkeypatch.setattr(files, "choose_folder", lambda *_args: place)
    monkeypatch.setattr(dialogs, "tell", lambda _parent, _title, said: told.append(said))
    for _ in range(2):
        tab.export()
        settle(qtbot, tab)
    folders = sorted(place.iterdir())
    assert [folder.name for folder in folders] == ["ho-so-ntvd-kv-2026", "ho-so-ntvd-kv-2026-2"]
    written = sorted(file.name for file in folders[0].iterdir())
    assert written == [
        "01-danh-sach-ntvd-kv-2026.pdf",
        "02-diem-danh-ntvd-kv-2026.pdf",
        "03-so-cap-giay-ntvd-kv-2026.pdf",
        "04-giay-chung-nhan-ntvd-kv-2026.pdf",
        "05-bao-cao-tong-ket-ntvd-kv-2026.pdf",
        "bang-kiem.txt",
    ]
    assert all(f.read_bytes()[:5] == b"%PDF-" for f in folders[0].glob("*.pdf"))
    assert "Đã ghi 5 tệp PDF" in told[0]


def test_a_stopped_export_leaves_nothing(open_tab: Open, tmp_path: Path) -> None:
    from app.errors import Cancelled
    from app.ui.reports.documents import PAPERS
    from app.ui.tasks import Task

    tab = open_tab("issued")
    task = Task("", lambda _task: None, None, "")
    task.stop()
    with pytest.raises(Cancelled):
        export.write(tab.context.database, 1, "X", list(PAPERS.values()), tmp_path / "", task)
    assert not list(tmp_path.glob("*ho-so*"))


def test_a_folder_that_cannot_be_written_is_told(open_tab: Open, tmp_path: Path) -> None:
    from app.ui.tasks import Task

    tab = open_tab("issued")
    task = Task("", lambda _task: None, None, "")
    with pytest.raises(FileError, match="Không ghi được"):
        export.write(tab.context.database, 1, "X", [], tmp_path / "khong-co", task)


@pytest.mark.parametrize(
    ("name", "expected"),
    [("Khóa II/2026", "khoa-ii-2026"), ("a:b\\c|d?", "a-b-c-d"), ("../..", "ho-so"), ("Đ", "d")],
)
def test_file_names_are_safe_everywhere(name: str, expected: str) -> None:
    assert export.safe(name) == expected
