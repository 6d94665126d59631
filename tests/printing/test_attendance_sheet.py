"""Bảng điểm danh, empty and filled, read back from its PDF."""

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from app.printing.attendance_sheet import (
    AttendanceRow,
    AttendanceSheet,
    SessionColumn,
    render,
)
from app.printing.working_paper import WorkingHeader

if TYPE_CHECKING:
    from tests.printing.conftest import Paper

Read = Callable[[bytes], "Paper"]
HEADER = WorkingHeader(
    "ĐẢNG ỦY XÃ AN BÌNH",
    "TRUNG TÂM CHÍNH TRỊ",
    "BẢNG ĐIỂM DANH",
    "Lớp bồi dưỡng lý luận chính trị dành cho đảng viên mới, khóa I năm 2026",
    "(từ ngày 09/3/2026 đến ngày 13/3/2026; S: buổi sáng, C: buổi chiều)",
)


def _sessions(count: int, present: str = "") -> tuple[SessionColumn, ...]:
    return tuple(SessionColumn(f"{1 + n // 2:02d}/3", "SC"[n % 2], present) for n in range(count))


def _rows(count: int, marks: tuple[str, ...]) -> tuple[AttendanceRow, ...]:
    return tuple(
        AttendanceRow(f"Nguyễn Văn{n:03d}", "An", "1998", "CB Thôn 3", marks)
        for n in range(1, count + 1)
    )


def _blank(people: int, sessions: int) -> AttendanceSheet:
    return AttendanceSheet(HEADER, _sessions(sessions), _rows(people, ("",) * sessions))


def test_a_filled_sheet_prints_marks_totals_and_counts_as_given(read: Read) -> None:
    marks = ("x", "P", "K", "M", "x", "x", "x", "x", "x", "x")
    row = AttendanceRow("Hà Thị", "Mai", "1994", "CB Thôn 3", marks, "11", "22", "về sớm")
    sheet = AttendanceSheet(HEADER, _sessions(10, "19/20"), (row,), "88", "77")
    page = read(render(sheet)).pages[0]
    assert "1HàThịMai1994CBThôn3xPKMxxxxxx1122vềsớm" in page.text
    assert page.text.count("19/20") == 10
    first = page.every("19/20")[0]
    assert page.find("88").baseline == pytest.approx(page.find("77").baseline, abs=0.01)
    assert first.baseline == pytest.approx(page.find("Số có mặt/tổng số").baseline, abs=0.01)
    assert page.find("Giảng viên ký xác nhận").baseline > first.baseline
    assert "Kýhiệu:x–cómặt;P–vắngcóphép;K–vắngkhôngphép;M–đimuộn." in page.text


def test_a_day_stands_over_its_two_half_days(read: Read) -> None:
    page = read(render(_blank(3, 10))).pages[0]
    day, halves = page.find("01/3"), page.every("SC")
    assert len(halves) == 5
    assert day.baseline < halves[0].baseline
    assert day.middle == pytest.approx(halves[0].middle, abs=0.6)
    assert page.find("PK").left > halves[-1].right


def test_an_empty_sheet_has_names_and_no_marks(read: Read) -> None:
    page = read(render(_blank(20, 10))).pages[0]
    rows = page.text[page.text.find("1NguyễnVăn001") : page.text.find("Sốcómặt")]
    assert rows == "".join(f"{n}NguyễnVăn{n:03d}An1998CBThôn3" for n in range(1, 21))


@pytest.mark.parametrize("people", [0, 1, 20, 22])
def test_a_usual_class_stands_on_one_page(read: Read, people: int) -> None:
    assert len(read(render(_blank(people, 10))).pages) == 1


@pytest.mark.parametrize("people", [*range(20, 34), 100, 300])
def test_the_places_to_sign_stand_once_with_three_rows_and_the_foot(
    read: Read, people: int
) -> None:
    pages = read(render(_blank(people, 10))).pages
    assert [page.text.count("CHỦNHIỆMLỚP") for page in pages] == [0] * (len(pages) - 1) + [1]
    assert pages[-1].text.count("NguyễnVăn") >= 3
    assert "Sốcómặt/tổngsố" in pages[-1].text
    assert sum(page.text.count("NguyễnVăn") for page in pages) == people
    for number, page in enumerate(pages, start=1):
        assert len(page.every("Họ và tên")) == len(page.every("01/3")) == 1
        assert page.find(f"Trang {number}/{len(pages)}")
        assert page.every("GIÁM ĐỐC")[-1].baseline + 24 <= 200 if number == len(pages) else True


@pytest.mark.parametrize("sessions", [0, 1, 5, 11, 12, 13, 14])
def test_up_to_fourteen_sessions_stand_side_by_side(read: Read, sessions: int) -> None:
    page = read(render(_blank(5, sessions))).pages[0]
    assert page.text.count("SC") >= sessions // 2
    assert "Phần" not in page.text
    assert max(glyph.right for glyph in page.inked) <= 282.3
    assert min(glyph.left for glyph in page.inked) >= 19.7


@pytest.mark.parametrize("sessions", [15, 16, 22, 23, 30, 41])
def test_more_sessions_are_split_into_parts_that_keep_days_whole(read: Read, sessions: int) -> None:
    pages = read(render(_blank(5, sessions))).pages
    parts = len(pages)
    assert parts >= 2
    days = [f"{1 + n:02d}/3" for n in range((sessions + 1) // 2)]
    shown = [[day for day in days if day in page.text.partition("TT")[2]] for page in pages]
    assert [day for part in shown for day in part] == days
    assert max(map(len, shown)) - min(map(len, shown)) <= 2
    for number, page in enumerate(pages, start=1):
        assert (
            f"Phần{number}/{parts}:từ{shown[number - 1][0]}đến{shown[number - 1][-1]}" in page.text
        )
        assert page.text.count("NguyễnVăn") == 5
        assert ("Vắng" in page.text.partition("TT")[2]) == (number == parts)
        assert ("GIÁMĐỐC" in page.text) == (number == parts)


def test_marks_follow_their_sessions_into_the_parts(read: Read) -> None:
    marks = tuple("PK"[n % 2] for n in range(20))
    sheet = replace(_blank(1, 20), rows=_rows(1, marks))
    pages = read(render(sheet)).pages
    shown = [page.text.partition("CBThôn3")[2].partition("Sốcómặt")[0] for page in pages]
    assert "".join(shown) == "PK" * 10


def test_long_names_and_markup_survive(read: Read) -> None:
    row = AttendanceRow("Nguyễn Hoàng Thị Thanh Phương", "<b>Ơn</b>", "1998", "A & B", ("",) * 4)
    text = read(render(replace(_blank(0, 4), rows=(row,)))).text
    assert all(word in text for word in row.family_middle.split())
    assert "<b>Ơn</b>1998A&B" in text


def test_the_sheet_is_embedded_and_repeatable(read: Read) -> None:
    pdf = render(_blank(22, 10))
    paper = read(pdf)
    assert pdf == render(_blank(22, 10))
    assert all(paper.fonts.values())
    assert paper.language == "vi-VN"
    assert not [word for word in ("None", "nan", "{") if word in paper.text]
