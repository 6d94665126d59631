"""Pictures of the settings beside those of the design."""

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.ui.form import FormDialog
from app.ui.settings.page import SettingsPage
from app.ui.settings.programme_section import ProgrammeSection
from app.ui.settings.signatory_section import SignatorySection

Screen = Callable[[QWidget, str], None]
_SETTLE_MS = 40  # layouts of a fresh dialog settle in several rounds


def test_every_section_can_be_seen(page: SettingsPage, screen: Screen, qtbot: QtBot) -> None:
    qtbot.wait(_SETTLE_MS)
    screen(page, "16-cai-dat-trung-tam")
    page.open_section("signatories")
    screen(page, "cai-dat-nguoi-ky")
    page.open_section("programmes")
    screen(page, "17-cai-dat-chuong-trinh")
    assert page.crumb() == "Chương trình"


def test_every_dialog_can_be_seen(page: SettingsPage, screen: Screen, qtbot: QtBot) -> None:
    page.open_section("signatories")
    signatories = page.section()
    assert isinstance(signatories, SignatorySection)
    page.open_section("programmes")
    programmes = page.section()
    assert isinstance(programmes, ProgrammeSection)
    makers: tuple[Callable[[], FormDialog], ...] = (
        partial(signatories.dialog, None),
        programmes.new_dialog,
        programmes.names_dialog,
        programmes.contents_dialog,
        programmes.version_dialog,
        programmes.rules_dialog,
    )
    for make in makers:
        dialog = make()
        qtbot.addWidget(dialog)
        dialog.show()
        qtbot.wait(_SETTLE_MS)
        name = dialog.objectName().replace("_", "-")
        screen(dialog, f"cai-dat-{name}")
        assert dialog.height() <= 696
