"""What only the director does: revoke, look again, open a closed class."""

from datetime import date

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app import backups
from app.errors import StorageError
from app.services import certificates, class_tasks, history, reports
from app.services.history import ActFilter
from app.services.report_form import ReportForm
from app.terms import BackupKind, CertificateStatus, ClassStatus, Role
from app.ui import dialogs
from app.ui.certificates.revoke_dialog import RevokeDialog
from app.ui.certificates.tab import CertificatesTab
from app.ui.classes.workspace import ClassPage
from app.ui.fields import MemoField, TextField
from app.ui.form import FormDialog
from app.ui.frame import MainWindow
from app.ui.reports.dossier_tab import DossierTab
from tests.ui import classroom
from tests.ui.answering import answer
from tests.ui.conftest import Screen
from tests.ui.rights.conftest import OpenAs

REASON = "Cấp nhầm người, không dự học"
DUE = 28


@pytest.fixture
def window(window_as: OpenAs) -> MainWindow:
    return window_as(Role.DIRECTOR, "issued")


def tab_of(qtbot: QtBot, window: MainWindow, key: str) -> QWidget:
    assert window.open("class", classroom.CLASS_ID, key)
    page = window.page()
    assert isinstance(page, ClassPage)
    tab = page.tab()
    assert tab
    runner = tab.context.runner
    qtbot.waitUntil(lambda: not runner.is_busy, timeout=10_000)
    return tab


def certificates_of(qtbot: QtBot, window: MainWindow) -> CertificatesTab:
    tab = tab_of(qtbot, window, "certificates")
    assert isinstance(tab, CertificatesTab)
    return tab


def named(widget: QWidget, name: str) -> QPushButton:
    found = widget.findChild(QPushButton, name)
    assert found
    return found


def fill(dialog: RevokeDialog) -> None:
    reason, decision = dialog.form.field("reason"), dialog.form.field("decision")
    assert isinstance(reason, MemoField)
    assert isinstance(decision, TextField)
    reason.box.setPlainText(REASON)
    decision.line.setText("15-QĐ/TTCT")


def revoke_rows(qtbot: QtBot, window: MainWindow, count: int) -> CertificatesTab:
    """Revoke the first certificates of the list."""
    tab = certificates_of(qtbot, window)
    if count == 1:
        tab.roll.view.selectRow(0)
    else:
        tab.roll.view.selectAll()
    answer(RevokeDialog, confirm)
    named(tab, "revoke").click()
    qtbot.waitUntil(lambda: not tab.context.runner.is_busy, timeout=10_000)
    return tab


def confirm(dialog: RevokeDialog) -> None:
    fill(dialog)
    type_word(dialog)
    dialog.action.click()


def type_word(dialog: RevokeDialog) -> None:
    word = dialog.form.findChild(QWidget, "word")
    if word:
        assert not dialog.action.isEnabled()
        QTest.keyClicks(word, "thu hoi")


def test_a_certificate_is_revoked_with_its_reason(
    qtbot: QtBot, window: MainWindow, screen: Screen
) -> None:
    tab = revoke_rows(qtbot, window, 1)
    with tab.context.database.reading() as db:
        row = certificates.certificate_list(db, classroom.CLASS_ID)[0]
        (act, *_) = history.act_list(db, ActFilter(query="thu hoi"))
    assert row.status is CertificateStatus.REVOKED
    assert act.reason == REASON
    assert [copy.kind for copy in backups.copies(tab.context.database.path)] == [
        BackupKind.BEFORE_REVOKING
    ]
    assert act.actor == "Hoàng Văn Tuấn"
    words = [label.text() for label in tab.findChildren(QLabel)]
    assert any("1 thu hồi" in word for word in words)
    screen(window, "07-lop-chung-nhan-thu-hoi")


def test_a_day_before_the_issue_is_refused_in_its_field_and_nothing_is_copied(
    qtbot: QtBot, window: MainWindow
) -> None:
    tab = certificates_of(qtbot, window)
    tab.roll.view.selectRow(0)

    def look(dialog: RevokeDialog) -> None:
        fill(dialog)
        day = dialog.form.field("revoked_on")
        day.fill(date(2020, 1, 1))
        dialog.action.click()
        assert day.problem_shown
        dialog.reject()

    answer(RevokeDialog, look)
    named(tab, "revoke").click()
    assert not backups.copies(tab.context.database.path)
    with tab.context.database.reading() as db:
        row = certificates.certificate_list(db, classroom.CLASS_ID)[0]
    assert row.status is CertificateStatus.ISSUED


def test_nothing_is_revoked_where_no_copy_can_be_made(
    qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_args: object) -> None:
        raise StorageError("Ổ đĩa đã đầy.")

    told: list[str] = []
    monkeypatch.setattr(backups, "make", full)
    monkeypatch.setattr(dialogs, "show_error", lambda _parent, error: told.append(str(error)))
    tab = revoke_rows(qtbot, window, 1)
    assert told == ["Ổ đĩa đã đầy."]
    with tab.context.database.reading() as db:
        row = certificates.certificate_list(db, classroom.CLASS_ID)[0]
    assert row.status is CertificateStatus.ISSUED


def test_many_are_revoked_only_with_the_typed_word(
    qtbot: QtBot, window: MainWindow, screen: Screen
) -> None:
    tab = certificates_of(qtbot, window)
    tab.roll.view.selectAll()

    def look(dialog: RevokeDialog) -> None:
        screen(dialog, "22-thu-hoi")
        dialog.reject()

    answer(RevokeDialog, look)
    named(tab, "revoke").click()
    revoke_rows(qtbot, window, DUE)
    with tab.context.database.reading() as db:
        rows = certificates.certificate_list(db, classroom.CLASS_ID)
    assert sum(row.status is CertificateStatus.REVOKED for row in rows) == DUE


def test_the_result_is_looked_at_again_before_another_certificate(
    qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    tab = revoke_rows(qtbot, window, 1)
    assert not tab.roll.waiting()
    monkeypatch.setattr(dialogs, "confirm", lambda *_args, **_more: True)
    named(tab, "review").click()
    with tab.context.database.reading() as db:
        row = certificates.certificate_list(db, classroom.CLASS_ID)[0]
    assert row.waits
    assert not named(tab, "review").isVisible()


def test_a_closed_class_is_opened_again_from_its_dossier(
    qtbot: QtBot, window: MainWindow, screen: Screen
) -> None:
    tab = tab_of(qtbot, window, "dossier")
    assert isinstance(tab, DossierTab)
    close(tab)
    tab.reload()
    assert not tab.card.close_class.isVisible()
    screen(window, "08-lop-ho-so-da-be-giang")

    def give_reason(dialog: FormDialog) -> None:
        field = dialog.form.field("reason")
        assert isinstance(field, MemoField)
        dialog.action.click()
        assert field.problem_shown
        field.box.setPlainText("Báo cáo ghi sai số buổi")
        screen(dialog, "22-mo-lai-lop")
        dialog.action.click()

    answer(FormDialog, give_reason)
    tab.card.reopen.click()
    with tab.context.database.reading() as db:
        assert class_tasks.class_list(db)[0].status is ClassStatus.FINALISED
        (act, *_) = history.act_list(db, ActFilter(query="mo lai"))
    assert act.reason == "Báo cáo ghi sai số buổi"
    assert tab.card.close_class.isVisible()


def close(tab: DossierTab) -> None:
    with tab.context.database.reading() as db:
        user = db.info["user"]
    tab.context.database.sign_in(type(user)("Giáo vụ", frozenset(Role)))
    with tab.context.database.writing("Bế giảng lớp") as db:
        reports.save_report(db, classroom.CLASS_ID, ReportForm("15", classroom.TODAY))
        reports.close_class(db, classroom.CLASS_ID, classroom.TODAY)
    tab.context.database.sign_in(user)
