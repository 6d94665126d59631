"""The certificates tab on a real class: decision, numbers, preview, print."""

import datetime
from collections.abc import Callable, Sequence
from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QPushButton
from pytestqt.qtbot import QtBot

from app.services import centre, certificates, classes
from app.services.centre import SignatoryForm
from app.services.certificates import CertificateRow
from app.ui.certificates.decision_dialog import DecisionDialog
from app.ui.certificates.issue_dialog import IssueDialog
from app.ui.certificates.tab import CertificatesTab
from app.ui.context import Context
from app.ui.fields import DateField, TextField
from app.ui.print_preview import PrintPreview
from tests.ui import classroom

At = Callable[[str], Context]
Open = Callable[[str], CertificatesTab]
DUE = 28  # thirty learners, one too often away, one failed


@pytest.fixture
def open_tab(qtbot: QtBot, context_at: At) -> Open:
    def show(stage: str) -> CertificatesTab:
        made = CertificatesTab(context_at(stage))
        qtbot.addWidget(made)
        made.resize(1178, 535)
        made.show_class(classroom.CLASS_ID)
        made.reload()
        made.show()
        settle(qtbot, made)
        return made

    return show


def settle(qtbot: QtBot, tab: CertificatesTab) -> None:
    """Wait until the papers are drawn."""
    runner = tab.context.runner
    qtbot.waitUntil(lambda: not runner.is_busy and not tab._settle.isActive(), timeout=10_000)


def rows(tab: CertificatesTab) -> Sequence[CertificateRow]:
    with tab.context.database.reading() as db:
        return certificates.certificate_list(db, tab.class_id)


def named(tab: CertificatesTab, name: str) -> QPushButton:
    found = tab.findChild(QPushButton, name)
    assert found
    return found


def accept(dialog: IssueDialog) -> int:
    assert dialog.action.isEnabled()
    return QDialog.DialogCode.Accepted


def test_before_the_results_are_final_nothing_is_issued(open_tab: Open) -> None:
    tab = open_tab("graded")
    assert tab._banner
    assert "Chưa chốt kết quả" in tab._banner.accessibleName()
    assert not named(tab, "issue").isEnabled()
    assert not named(tab, "decision").isEnabled()
    named(tab, "to_results").click()
    window = cast(classroom.Window, tab.context.frame)
    assert window.opened == [("class", classroom.CLASS_ID, "results")]


def test_the_decision_comes_first(
    open_tab: Open, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    tab = open_tab("final")
    assert not named(tab, "issue").isEnabled()

    def fill(dialog: DecisionDialog) -> int:
        cast(TextField, dialog.form.field("number")).line.setText("31-QĐ/TTCT")
        cast(DateField, dialog.form.field("signed_on")).line.setText("28.9.2026")
        assert dialog.form.submit()
        return QDialog.DialogCode.Accepted

    monkeypatch.setattr(DecisionDialog, "exec", fill)
    named(tab, "record_decision").click()
    settle(qtbot, tab)
    with tab.context.database.reading() as db:
        decision = classes.class_detail(db, tab.class_id).recognition_decision
    assert decision
    assert (decision.number, decision.signed_on) == ("31-QĐ/TTCT", datetime.date(2026, 9, 28))
    assert decision.issuer == "Giám đốc Trung tâm Chính trị xã An Bình"
    assert named(tab, "issue").isEnabled()
    assert tab._banner is None


def test_who_waits_is_ticked_and_counted(open_tab: Open) -> None:
    tab = open_tab("decided")
    assert named(tab, "issue").text().strip() == f"Cấp số ({DUE})…"
    assert not named(tab, "print_certificates").isEnabled()
    assert tab.badge() == str(DUE)


def test_drafts_are_shown_as_the_paper_will_be(open_tab: Open) -> None:
    tab = open_tab("decided")
    assert tab.card.paper.pages() == DUE
    tab.roll.view.select_key(tab.roll.waiting()[4].enrolment_id)
    assert tab.card.paper.page() == 4
    assert tab.card._state.isVisible()
    assert tab.card._facts["Vào sổ số"].text() == "1164/2026"


def test_turning_a_page_moves_the_list(open_tab: Open) -> None:
    tab = open_tab("decided")
    tab.card.paper.go_to(7)
    current = tab.roll.view.current_row()
    assert current
    assert current.enrolment_id == tab.roll.waiting()[7].enrolment_id


def test_someone_who_gets_none_has_the_reason(open_tab: Open) -> None:
    tab = open_tab("decided")
    away = tab.roll.model.rows[6]
    tab.roll.view.select_key(away.enrolment_id)
    assert "60 %" in tab.card._reason(away)
    assert tab.card._stack.currentWidget() is tab.card._empty


def test_numbers_are_taken_once_in_the_order_of_the_list(
    open_tab: Open, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    tab = open_tab("decided")
    shown: list[str] = []

    def answer(dialog: IssueDialog) -> int:
        shown.append(dialog._numbers.text())
        return accept(dialog)

    monkeypatch.setattr(IssueDialog, "exec", answer)
    tab.issue()
    settle(qtbot, tab)
    numbers = [row.number for row in rows(tab) if row.number]
    assert numbers == [f"{1160 + at}-GCN/TTCT" for at in range(DUE)]
    assert shown == [f"1160-GCN/TTCT – {1159 + DUE}-GCN/TTCT"]
    tab.issue()
    QTest.keyClick(tab, Qt.Key.Key_G, Qt.KeyboardModifier.ControlModifier)
    assert len(shown) == 1
    assert [row.number for row in rows(tab) if row.number] == numbers
    assert named(tab, "print_certificates").text().strip() == f"In ({DUE})"


def test_a_deputy_is_chosen_in_the_dialog(
    open_tab: Open, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    tab = open_tab("decided")
    deputy = SignatoryForm(
        "Nông Thị Hiền", "PHÓ GIÁM ĐỐC", datetime.date(2026, 1, 1), "K/T GIÁM ĐỐC"
    )
    with tab.context.database.writing("Thêm người ký") as db:
        chosen = centre.save_signatory(db, deputy)

    def choose(dialog: IssueDialog) -> int:
        dialog.signer.fill(chosen)
        return accept(dialog)

    monkeypatch.setattr(IssueDialog, "exec", choose)
    tab.issue()
    settle(qtbot, tab)
    with tab.context.database.reading() as db:
        ids = certificates.class_certificates(db, tab.class_id)
        signed = {sheet.signer_name for sheet in certificates.sheets(db, ids)}
    assert signed == {"Nông Thị Hiền"}


def test_turning_back_takes_no_number(open_tab: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    tab = open_tab("decided")
    monkeypatch.setattr(IssueDialog, "exec", lambda _dialog: QDialog.DialogCode.Rejected)
    tab.issue()
    assert not any(row.number for row in rows(tab))


def test_only_the_ticked_are_issued(
    open_tab: Open, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    tab = open_tab("decided")
    monkeypatch.setattr(IssueDialog, "exec", accept)
    tab.roll.model.clear_ticks()
    assert not named(tab, "issue").isEnabled()
    chosen = [row for row in tab.roll.model.rows if row.waits][10:13]
    tab.roll.model.set_ticked(chosen, True)
    settle(qtbot, tab)
    assert tab.card.paper.pages() == 3
    tab.issue()
    settle(qtbot, tab)
    issued = [row.enrolment_id for row in rows(tab) if row.number]
    assert issued == [row.enrolment_id for row in chosen]


def test_a_day_before_the_decision_is_refused_in_the_dialog(
    open_tab: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    tab = open_tab("decided")
    checked: list[str] = []

    def look(dialog: IssueDialog) -> int:
        assert dialog.action.isEnabled()
        dialog.day.line.setText("01/09/2026")
        assert not dialog.action.isEnabled()
        checked.append(dialog._check.text())
        dialog.day.line.setText("01102026")
        assert dialog.action.isEnabled()
        assert dialog.issued_on == datetime.date(2026, 10, 1)
        dialog.day.line.setText("31/02/2026")
        assert not dialog.action.isEnabled()
        return QDialog.DialogCode.Rejected

    monkeypatch.setattr(IssueDialog, "exec", look)
    tab.issue()
    assert "trước ngày quyết định" in checked[0]


def test_printing_is_noted_only_when_really_kept(
    open_tab: Open, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    tab = open_tab("issued")
    pages: list[int] = []

    def look(preview: PrintPreview) -> int:
        pages.append(preview.view.pages())
        if len(pages) > 1:
            preview.kept.emit()
        return 0

    monkeypatch.setattr(PrintPreview, "exec", look)
    for expected in (False, True):
        tab.print()
        qtbot.waitUntil(lambda: not tab.context.runner.is_busy, timeout=10_000)
        settle(qtbot, tab)
        assert any(row.printed_at for row in rows(tab)) is expected
    assert pages == [DUE, DUE]


def test_filter_and_search_keep_ticks(open_tab: Open) -> None:
    tab = open_tab("decided")
    tab.roll._filter.set_key("none")
    tab.roll._apply_filter()
    assert len(tab.roll.model.shown) == 2
    assert len(tab.roll.waiting()) == DUE


def test_a_closed_class_can_still_be_printed(context_at: At, open_tab: Open, qtbot: QtBot) -> None:
    tab = open_tab("issued")
    with tab.context.database.writing("Bế giảng") as db:
        from app.services import reports
        from app.services.report_form import ReportForm

        reports.save_report(db, tab.class_id, ReportForm("15", classroom.TODAY))
        reports.close_class(db, tab.class_id, classroom.TODAY)
    tab.reload()
    settle(qtbot, tab)
    assert not named(tab, "issue").isEnabled()
    assert not named(tab, "decision").isEnabled()
    assert named(tab, "print_certificates").isEnabled()
    assert tab.card.paper.pages() == DUE
