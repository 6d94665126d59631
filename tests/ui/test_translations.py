"""Qt's own texts are Vietnamese."""

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QTranslator
from PySide6.QtWidgets import QDialogButtonBox, QLineEdit
from pytestqt.qtbot import QtBot

from app.ui import translations

Button = QDialogButtonBox.StandardButton


def test_standard_buttons_are_vietnamese(qtbot: QtBot) -> None:
    box = QDialogButtonBox(Button.Save | Button.Cancel | Button.Discard)
    qtbot.addWidget(box)
    assert {each.text() for each in box.buttons()} == {"Lưu", "Thôi", "Không lưu"}


def test_the_menu_of_a_text_field_is_vietnamese(qtbot: QtBot) -> None:
    field = QLineEdit()
    qtbot.addWidget(field)
    menu = field.createStandardContextMenu()
    words = [action.text().split("\t")[0] for action in menu.actions() if action.text()]
    assert words == ["&Hoàn tác", "&Làm lại", "Cắ&t", "&Chép", "&Dán", "Xóa", "Chọn hết"]


def test_unknown_texts_stay_as_they_are() -> None:
    assert QCoreApplication.translate("Elsewhere", "hello") == "hello"
    assert QCoreApplication.translate("QLineEdit", "hello") == "hello"


def test_every_translated_text_is_one_of_qt_itself() -> None:
    german = QTranslator()
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    assert german.load("qtbase_de", folder)
    unknown = [
        (context, source)
        for context, texts in translations.TEXTS.items()
        for source in texts
        if not german.translate(context, source)
    ]
    assert not unknown
