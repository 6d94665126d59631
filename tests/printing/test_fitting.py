"""How long names, units and courses find room on the page (FORMATS §2.2, fit rules)."""

import json
from dataclasses import replace
from itertools import pairwise, product
from pathlib import Path

import pytest

from app.printing import fonts
from app.printing.certificate import CertificateSheet, load_layout, preflight, render
from app.printing.document import MM
from app.printing.fitting import Composer, DoesNotFit, Placed, fit
from app.printing.layout import Box

DATA = Path(__file__).parents[1] / "data"
CASES = json.loads((DATA / "render_cases.json").read_text("utf-8"))["cases"]
SHEET = CertificateSheet(**json.loads((DATA / "certificate_sheet.json").read_text("utf-8")))
A4 = load_layout("a4")
LONG_UNIT = next(case["don_vi"] for case in CASES if case["id"] == "long_unit")
LONG_CLASS = next(case["ten_lop"] for case in CASES if case["id"] == "long_class")
LONG_COURSE = (
    "Bồi dưỡng nghiệp vụ công tác kiểm tra, giám sát cho ủy viên ủy ban kiểm tra đảng ủy cơ sở"
)
SPLIT_NAME = "Tôn Nữ Nguyễn Hoàng Phương Thảo Nguyên Khánh Linh Bảo Ngọc Minh Châu"
NATURAL = {name: box.y for name, box in A4.boxes.items()}
NAME_BOX = A4.boxes["full_name"]


def compose(**changes: str) -> dict[str, Placed]:
    """The placed boxes of a changed sheet, by name."""
    sheet = replace(SHEET, **changes)
    values = {**vars(sheet), "party": "party", "state": ""}
    return {placed.name: placed for placed in Composer(A4).compose(values)}


def body(placed: dict[str, Placed]) -> list[Placed]:
    return [member for member in placed.values() if member.box.stack == "body"]


def baselines(member: Placed) -> list[float]:
    count = len(member.fitted.lines)
    return [member.y + number * member.fitted.leading for number in range(count)]


def texts(member: Placed) -> list[str]:
    return ["".join(run.text for run in line) for line in member.fitted.lines]


def width_mm(member: Placed) -> float:
    return max(sum(run.width for run in line) for line in member.fitted.lines) / MM


EVERYTHING = [
    {"unit": unit, "course_title": course, "classification": grade, "full_name": name}
    for unit, course, grade, name in product(
        (SHEET.unit, LONG_UNIT),
        (SHEET.course_title, LONG_COURSE, LONG_CLASS),
        ("Giỏi", ""),
        (SHEET.full_name, "Nguyễn Hoàng Phương Thảo Nguyên Khánh Linh"),
    )
]


@pytest.mark.parametrize("changes", EVERYTHING, ids=lambda _: "")
def test_lines_never_touch_and_never_reach_the_date(changes: dict[str, str]) -> None:
    members = body(compose(**changes))
    for above, below in pairwise(members):
        least = (0.216 * above.fitted.size + 0.916 * below.fitted.size) / MM
        assert below.y - baselines(above)[-1] >= least
    assert baselines(members[-1])[-1] <= 146


@pytest.mark.parametrize("changes", EVERYTHING, ids=lambda _: "")
def test_every_line_stays_within_its_width(changes: dict[str, str]) -> None:
    placed = compose(**changes)
    assert width_mm(placed["full_name"]) <= 237
    assert width_mm(placed["unit"]) <= 215
    assert width_mm(placed["course"]) <= 215


@pytest.mark.parametrize(
    "changes", [{"unit": LONG_UNIT}, {"course_title": LONG_COURSE}], ids=["unit", "course"]
)
def test_one_more_line_moves_no_line_by_more_than_seven_millimetres(
    changes: dict[str, str],
) -> None:
    placed = compose(**changes)
    assert max(len(member.fitted.lines) for member in placed.values()) == 2
    assert all(abs(member.y - NATURAL[member.name]) <= 7 for member in body(placed))
    assert placed["title"].y == 62.5


def test_room_for_a_longer_unit_comes_from_above_the_course() -> None:
    placed = compose(unit=LONG_UNIT)
    for name in ("completed", "course", "period", "classification"):
        assert placed[name].y - NATURAL[name] == pytest.approx(1.5)
    assert placed["unit"].y < NATURAL["unit"]


def test_two_lines_are_about_equally_long() -> None:
    first, second = texts(compose(course_title=LONG_COURSE)["course"])
    assert 0.7 <= len(first) / len(second) <= 1.4


def test_nothing_is_cut_from_long_texts() -> None:
    placed = compose(unit=LONG_UNIT, course_title=LONG_CLASS)
    assert " ".join(texts(placed["unit"])) == f"Đơn vị: {LONG_UNIT}"
    assert " ".join(texts(placed["course"])) == LONG_CLASS.upper()


def test_a_long_name_at_full_size_stays_on_one_line() -> None:
    member = compose(full_name="Nguyễn Thị Thanh Phương Thảo Nguyên")["full_name"]
    assert len(member.fitted.lines) == 1
    assert member.fitted.size == 23
    assert member.fitted.lines[0][1].width / MM == pytest.approx(144, abs=1)


def test_a_longer_name_shrinks_but_not_below_eighteen_points() -> None:
    member = compose(full_name="Nguyễn Hoàng Phương Thảo Nguyên Khánh Linh Bảo Ngọc Minh")[
        "full_name"
    ]
    assert len(member.fitted.lines) == 1
    assert 18 <= member.fitted.size < 23
    assert width_mm(member) <= 237


def test_a_name_too_long_for_eighteen_points_is_split_before_its_last_two_words() -> None:
    member = compose(full_name=SPLIT_NAME)["full_name"]
    assert member.fitted.size == 18
    assert texts(member)[1] == "Minh Châu"
    assert " ".join(texts(member)) == f"Đồng chí {SPLIT_NAME}"


def test_a_name_whose_first_words_still_do_not_fit_is_split_evenly() -> None:
    name = f"Công Tằng {SPLIT_NAME} Hoàng Oanh"
    first, second = texts(compose(full_name=name)["full_name"])
    assert f"{first} {second}" == f"Đồng chí {name}"
    assert len(second.split()) > 2


def test_a_word_is_never_broken() -> None:
    with pytest.raises(DoesNotFit):
        fit(NAME_BOX, "Nguyễn" * 20, "Đồng chí")


def test_a_text_that_no_rule_can_fit_is_refused_with_its_heading() -> None:
    with pytest.raises(DoesNotFit, match="Họ và tên quá dài"):
        fit(NAME_BOX, "Nguyễn " * 60, "Đồng chí")


def test_a_page_without_room_for_all_lines_is_refused_by_name() -> None:
    sheet = replace(SHEET, full_name=SPLIT_NAME, unit=LONG_UNIT, course_title=LONG_CLASS)
    (problem,) = preflight([sheet], A4)
    assert problem.full_name == SPLIT_NAME
    assert "quá dài" in problem.text
    with pytest.raises(DoesNotFit, match=f"của {SPLIT_NAME}"):
        render([sheet], A4)


def test_a_long_centre_name_takes_a_second_line_and_pushes_the_star_down() -> None:
    placed = compose(centre_name="Trung tâm Chính trị phường Phú Nhuận, Thành phố Hồ Chí Minh")
    assert len(texts(placed["centre"])) == 2
    assert 42.4 < placed["star"].y <= 48
    assert placed["star"].y - baselines(placed["centre"])[-1] >= 4


def test_the_longest_place_and_date_stays_inside_the_safe_area() -> None:
    member = compose(place_and_date="Thành phố Hồ Chí Minh, ngày 30 tháng 10 năm 2025")
    width = width_mm(member["place_and_date"])
    assert 213 + width / 2 <= 267


def test_a_tracked_title_counts_its_tracking() -> None:
    box = Box(text="GIẤY", x=0, y=0, size=37, font="title", tracking=1.6)
    plain = fonts.width("GIẤY", fonts.TITLE, 37)
    assert fit(box, "GIẤY").lines[0][0].width == pytest.approx(plain + 3 * 1.6)
