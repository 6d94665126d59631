"""The one table of shortcuts."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from app.ui import shortcuts

SHARED = ("global", "page", "form")


@pytest.mark.parametrize("screen", sorted(set(shortcuts.TABLE) - set(SHARED)))
def test_no_key_means_two_things_on_a_screen(screen: str) -> None:
    entries = [entry for name in (*SHARED, screen) for entry in shortcuts.TABLE[name].values()]
    keys = [QKeySequence(keys).toString() for keys, _ in entries]
    assert len(keys) == len(set(keys))


def test_every_name_stands_once_and_every_key_is_known_to_qt() -> None:
    names = [name for screen in shortcuts.TABLE.values() for name in screen]
    assert len(names) == len(set(names))
    assert all(not QKeySequence(shortcuts.keys(name)).isEmpty() for name in names)


def test_keys_of_input_methods_stay_free() -> None:
    for screen in shortcuts.TABLE.values():
        for keys, _ in screen.values():
            assert "Backspace" not in keys
            assert not keys.startswith("Ctrl+Shift+")
            assert keys != "Alt+Z"


def test_tooltips_name_the_keys_as_people_read_them() -> None:
    assert shortcuts.tooltip("Lưu", "save") == "Lưu (Ctrl+S)"
    assert shortcuts.shown("primary") == "Ctrl+Enter"
    assert shortcuts.shown("back") == "Alt+←"


def test_a_bound_key_acts(qtbot: QtBot) -> None:
    field, acted = QLineEdit(), []
    qtbot.addWidget(field)
    shortcuts.bind(field, "save", lambda: acted.append("saved"))
    with qtbot.waitActive(field):
        field.show()
    QTest.keyClick(field, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert acted == ["saved"]
