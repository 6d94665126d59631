"""States of the whole program: the worst is shown, the others are one click away."""

import pytest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from app.ui import dialogs
from app.ui.banner_line import BannerLine, State
from app.ui.messages import Banner

CLOCK = State("warn", "Đồng hồ máy chạy lùi.")
CLOSED = State("warn", "Đang mở để xem.", "Máy GIAOVU-01 đang làm việc.", "Thử lại")


@pytest.fixture
def line(qtbot: QtBot) -> BannerLine:
    made = BannerLine()
    qtbot.addWidget(made)
    made.show()
    return made


def banners(line: BannerLine) -> list[Banner]:
    QApplication.processEvents()  # what was added to a layout is shown then
    return [each for each in line.findChildren(Banner) if each.isVisible()]


def shown(line: BannerLine) -> list[str]:
    return [each.accessibleName() for each in banners(line)]


def test_the_worst_state_is_shown_whatever_came_first(line: BannerLine) -> None:
    line.put("clock", CLOCK)
    line.put("read_only", CLOSED)
    assert shown(line) == ["Đang mở để xem. Máy GIAOVU-01 đang làm việc."]


def test_the_others_can_be_read(line: BannerLine, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str] = []
    monkeypatch.setattr(dialogs, "tell", lambda _parent, _title, words: told.append(words))
    line.put("read_only", CLOSED)
    line.put("clock", CLOCK)
    link = banners(line)[0].findChild(QPushButton, "banner_others")
    assert isinstance(link, QPushButton)
    assert link.text() == "và 1 việc khác"
    link.click()
    assert told == ["Đồng hồ máy chạy lùi."]


def test_the_line_goes_with_the_last_state(line: BannerLine) -> None:
    line.put("clock", CLOCK)
    line.put("clock", CLOCK)
    assert shown(line) == ["Đồng hồ máy chạy lùi."]
    line.put("clock", None)
    assert shown(line) == []
    assert line.sizeHint().height() <= 0


def test_the_button_acts(line: BannerLine) -> None:
    done: list[str] = []
    line.put("backup", State("bad", "Chưa sao lưu được.", "", "Thử lại", lambda: done.append("x")))
    button = line.findChild(QPushButton, "banner_act")
    assert isinstance(button, QPushButton)
    button.click()
    assert done == ["x"]
