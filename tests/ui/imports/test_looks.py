"""Pictures of every step of the import, beside the pictures of the design."""

from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.database import Database
from app.ui.frame import MainWindow
from app.ui.imports.page import CHECK, DONE, ENTER, ImportPage
from app.ui.labels import ElidedLabel
from tests.ui.conftest import Screen
from tests.ui.imports.conftest import Open, ToStep
from tests.ui.students.rosters import doubtful_people, write_roster

ROSTERS = Path(__file__).parents[2] / "data" / "rosters"
SIZES = ((1366, 696), (1093, 614), (1920, 1000))
HEADINGS = ("TT", "Họ và tên khai sinh", "Năm sinh", "Nữ", "CCCD", "Chi bộ", "Trình độ", "Ghi chú")


def letter(folder: Path, demo: Database) -> Path:
    """A list with marks for women and a heading that may mean more than one thing."""
    people = [
        (name, born, "x" if sex == "Nữ" else "", number, unit, "Đại học", "")
        for name, born, sex, number, unit in doubtful_people(demo)
    ]
    return write_roster(folder / "Danh sach HV NTVD K6 (gui lai).xlsx", people, HEADINGS)


@pytest.mark.parametrize("size", SIZES)
def test_every_step(
    mapped: Open,
    to_step: ToStep,
    window: MainWindow,
    demo: Database,
    tmp_path: Path,
    screen: Screen,
    size: tuple[int, int],
) -> None:
    window.resize(*size)
    suffix = "" if size[0] == 1366 else f"-{size[0]}"
    page = mapped(letter(tmp_path, demo))
    screen(window, f"09-nhap-excel-ghep-cot{suffix}")
    to_step(page, CHECK)
    window.activateWindow()
    page.check.view.select_key(9)
    QTest.qWait(20)
    screen(window, f"10-nhap-excel-kiem-tra{suffix}")
    to_step(page, ENTER)
    screen(window, f"11-nhap-excel-ghi{suffix}")
    to_step(page, DONE)
    screen(window, f"11-nhap-excel-tong-ket{suffix}")
    assert page.minimumSizeHint().width() <= page.width()


def test_headings_of_one_group_can_be_told_apart(
    qtbot: QtBot, mapped: Open, window: MainWindow
) -> None:
    window.resize(1366, 696)
    page = mapped(ROSTERS / "D02_two_row_header_nam_nu_birth.xlsx")
    found = page.mapping.columns.findChildren(ElidedLabel)
    headings = [one for one in found if one.objectName().startswith("heading_")]
    assert len(headings) == 11
    qtbot.waitUntil(lambda: len({one.shown_text() for one in headings}) == 11)


def test_the_first_step_with_something_waiting(
    doubtful: ImportPage, window: MainWindow, screen: Screen
) -> None:
    doubtful.later.click()
    screen(window, "09-nhap-excel-chon-tep")
    assert doubtful.choosing.findChildren(type(doubtful.act), "open_draft")


def test_the_questions_of_the_second_step(
    mapped: Open, window: MainWindow, tmp_path: Path, screen: Screen
) -> None:
    old = ("NguyÔn V¨n Hïng", "TrÇn ThÞ H¹nh", "Lª V¨n TuÊn", "Ph¹m ThÞ HuÖ", "§ç V¨n ChiÕn")
    people = [(f"{name} {given}", "2/7/1985", "", "", "") for name in old for given in ("An", "Hµ")]
    page = mapped(write_roster(tmp_path / "Phong cu.xlsx", people))
    screen(window, "09-nhap-excel-phong-cu")
    assert page.mapping.legacy.isVisible()
    page.context.open("class", page._class_id, "roll")
    headings = ("TT", "Họ và tên", "Ngày sinh", "Giới tính", "Số CCCD", "Họ và tên")
    page = mapped(write_roster(tmp_path / "Hai cot.xlsx", people, headings))
    screen(window, "09-nhap-excel-chua-ro-cot")
    assert not page.act.isEnabled()
