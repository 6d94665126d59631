"""Position and unit in one text."""

import pytest

from app.spreadsheets.positions import split
from app.spreadsheets.rows import RosterRow


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Văn phòng - Thống kê, Xã Tân Văn", ("Văn phòng - Thống kê", "Xã Tân Văn")),
        ("Bí thư chi bộ, Trưởng thôn; xã Bình La", ("Bí thư chi bộ, Trưởng thôn", "xã Bình La")),
        ("Hiệu trưởng - Trường TH, xã A", ("Hiệu trưởng", "Trường TH, xã A")),
        ("Thôn đội trưởng, Xã Quang Trung", ("Thôn đội trưởng", "Xã Quang Trung")),
        ("BÍ THƯ, UBND XÃ HỒNG THÁI", ("BÍ THƯ", "UBND XÃ HỒNG THÁI")),
    ],
)
def test_a_unit_after_a_position_is_taken_apart(text: str, expected: tuple[str, str]) -> None:
    assert split(text) == expected


@pytest.mark.parametrize(
    "text",
    ["", "Trường Tiểu học Hoa Mai, xã Tân Hòa", "Bí thư chi bộ thôn Nà Lùng", "Hội LHPN, Tân Hòa"],
)
def test_a_text_that_cannot_be_taken_apart_is_the_unit(text: str) -> None:
    assert split(text) == ("", text)


def test_nothing_is_lost_beside_a_unit_of_its_own() -> None:
    row = RosterRow(1, unit="Xã Hồng Thái", position_and_unit="Bí thư chi bộ, thôn Nà Lùng")
    assert (row.stated_unit, row.stated_position) == (row.unit, row.position_and_unit)
