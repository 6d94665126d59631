"""How alike two persons are: what decides, what asks, what says nothing."""

import pytest

from app.dates import PartialDate
from app.rules import blocking
from app.rules.likeness import Likely, Person, compare, one_slip, person
from app.terms import Sex

BORN = PartialDate(1986, 2, 22)
HANH = person("Nguyễn Thị Hạnh", BORN, Sex.FEMALE, "", "", "Quân sự xã Phú Lộc")
ELSEWHERE = "Chi bộ thôn Nà Lừa"


def like(other: Person, one: Person = HANH) -> tuple[Likely, str]:
    found = compare(one, other)
    assert compare(other, one) == found
    return found.verdict, found.reasons


def test_name_and_birth_date_are_one_person_in_another_unit() -> None:
    other = person("NGUYỄN  THỊ HẠNH", BORN, unit=ELSEWHERE)
    assert like(other) == (Likely.SAME, "cùng họ tên và ngày sinh; khác đơn vị")


def test_decomposed_letters_and_the_place_of_the_tone_are_the_same_name() -> None:
    one, other = person("Lý Thuý Hoà", BORN), person("Lý Thúy Hòa", BORN)
    assert like(other, one) == (Likely.SAME, "cùng họ tên và ngày sinh")


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("Nguyễn Thị Hanh", "họ tên chỉ khác dấu"),
        ("Nguyễn Hạnh", "một bên thiếu tên đệm"),
        ("Nguyễn Thị Mai Hạnh", "một bên thiếu tên đệm"),
        ("Nguyễn T. Hạnh", "tên đệm viết tắt"),
        ("Thị Hạnh Nguyễn", "họ tên đảo chữ"),
        ("Nguyễn ThịHạnh", "họ tên chỉ khác dấu cách"),
        ("Ng. Thị Hạnh", "họ tên chỉ khác dấu"),
    ],
)
def test_a_name_written_otherwise_is_a_question(name: str, reason: str) -> None:
    verdict, reasons = like(person(name, BORN, unit=ELSEWHERE))
    assert verdict is Likely.ASK
    assert reason in reasons


def test_a_name_without_any_mark_says_as_much_with_a_year_as_one_with_all() -> None:
    year = PartialDate(1986)
    assert like(person("NGUYEN THI HANH", year, unit=ELSEWHERE))[0] is Likely.ASK
    assert like(person("Nguyễn Thì Hanh", year, unit=ELSEWHERE))[0] is Likely.DIFFERENT


def test_i_and_y_are_the_same_sound() -> None:
    assert person("Lý Quý Mỹ").words == person("Lí Quí Mĩ").words


@pytest.mark.parametrize(
    ("born", "reason"),
    [
        (PartialDate(1986), "cùng năm sinh (một bên chưa rõ ngày)"),
        (PartialDate(1986, 2), "cùng năm sinh (một bên chưa rõ ngày)"),
        (PartialDate(1986, 1, 1), "cùng năm sinh (một bên ghi 01/01)"),
    ],
)
def test_a_year_of_birth_is_a_question(born: PartialDate, reason: str) -> None:
    verdict, reasons = like(person("Nguyễn Thị Hạnh", born, unit=ELSEWHERE))
    assert (verdict, reason in reasons) == (Likely.ASK, True)


def test_day_and_month_swapped_are_a_question() -> None:
    one = person("Lò Văn Pản", PartialDate(1986, 2, 7), unit="Xã A")
    other = person("Lò Văn Pản", PartialDate(1986, 7, 2), unit="Xã B")
    assert like(other, one)[0] is Likely.ASK


def test_a_digit_off_in_the_date_is_a_question_unless_more_speaks_against_it() -> None:
    born = PartialDate(1986, 2, 23)
    assert like(person("Nguyễn Thị Hạnh", born, unit=ELSEWHERE))[0] is Likely.ASK
    man = person("Nguyễn Thị Hạnh", born, Sex.MALE, unit=ELSEWHERE)
    assert like(man)[0] is Likely.DIFFERENT
    rough = person("Nguyễn Thị Hanhh", PartialDate(1986), unit=ELSEWHERE)
    assert like(rough)[0] is Likely.DIFFERENT


def test_another_birth_or_another_name_is_another_person() -> None:
    assert like(person("Nguyễn Thị Hạnh", PartialDate(1991, 9, 18)))[0] is Likely.DIFFERENT
    assert like(person("Nguyễn Thị Hương", BORN, unit="Quân sự xã Phú Lộc"))[0] is Likely.DIFFERENT


def test_two_numbers_of_one_kind_are_two_people_unless_one_digit_is_off() -> None:
    one = person("Lò Văn Pản", BORN, number="020086000017")
    two = person("Lò Văn Pản", BORN, number="020086941250")
    slip = person("Lò Văn Pản", BORN, number="020086000071")
    assert like(two, one)[0] is Likely.DIFFERENT
    assert like(slip, one) == (
        Likely.ASK,
        "cùng họ tên và ngày sinh; số định danh khác một chữ số",
    )


def test_a_cmnd_and_a_cccd_do_not_contradict_each_other() -> None:
    one = person("Lò Văn Pản", BORN, number="090012345")
    other = person("Lò Văn Pản", BORN, number="020086000017")
    assert like(other, one)[0] is Likely.ASK


def test_one_number_is_always_a_question() -> None:
    one = person("Lò Văn Pản", BORN, number="020086000017")
    other = person("Đặng Mùi Coi", PartialDate(1990), number="020086000017")
    assert like(other, one)[0] is Likely.ASK


def test_one_phone_stands_for_a_birth_that_differs_much() -> None:
    one = person("Lò Văn Pản", BORN, phone="0912 345 678", unit="Xã A")
    other = person("Lò Văn Pản", PartialDate(1979, 5, 30), phone="+84912345678", unit="Xã A")
    assert like(other, one)[0] is Likely.ASK


def test_the_share_grows_with_the_points_and_is_never_whole() -> None:
    asked = compare(HANH, person("Nguyễn Thị Hạnh", PartialDate(1986), unit=ELSEWHERE))
    same = compare(HANH, HANH)
    assert 75 <= asked.percent < same.percent <= 99


@pytest.mark.parametrize(
    ("one", "other", "is_slip"),
    [
        ("hanh", "hank", True), ("hanh", "han", True), ("hanh", "hahn", True),
        ("hanh", "hanh", False), ("hanh", "hoan", False), ("12", "21", True),
        ("1234", "2143", False),
    ],
)  # fmt: skip
def test_a_slip_is_one_sign(one: str, other: str, is_slip: bool) -> None:
    assert (one_slip(one, other), one_slip(other, one)) == (is_slip, is_slip)


def test_whoever_is_alike_shares_a_key() -> None:
    others = [
        person("Nguyễn Hạnh", BORN),
        person("Thị Hạnh Nguyễn", PartialDate(1986)),
        person("Nguyễn Thị Hạnh", PartialDate(1968, 2, 22)),
        person("Nguyễn Thị Hạnh"),
        person("Nguyễn Mai Hạnh", PartialDate(1986)),
    ]
    people = [HANH, *others]
    found = {pair for kind in blocking.KINDS for pair in blocking.pairs(people, kind)}
    assert {one for pair in found if 0 in pair for one in pair} == set(range(len(people)))


def test_a_large_block_is_cut_by_the_given_name() -> None:
    people = [person(f"Lò Văn {'Pản' if n % 2 else 'Ún'}", BORN) for n in range(100)]
    (day,) = [kind for kind in blocking.KINDS if kind.key(people[0]) == (1986, 2, 22)]
    found = list(blocking.pairs(people, day))
    assert len(found) == 2 * 50 * 49 / 2
    assert all((one - other) % 2 == 0 for one, other in found)


@pytest.mark.parametrize(
    ("born", "is_asked"),
    [(PartialDate(1986, 2, 8), True), (PartialDate(1979, 7, 4), True), (PartialDate(2010), False),
     (PartialDate(2008, 7, 4), False)],
)  # fmt: skip
def test_a_generation_between_two_births_outweighs_phone_and_unit(
    born: PartialDate, is_asked: bool
) -> None:
    one = HANH._replace(phone="0912345678")
    assert (compare(one, one._replace(born=born)).verdict is Likely.ASK) is is_asked


def test_another_day_of_the_same_month_is_a_question_in_the_same_unit_only() -> None:
    born = PartialDate(1986, 2, 19)
    assert like(HANH._replace(born=born))[1].endswith("cùng năm sinh, khác ngày hoặc tháng")
    assert like(person("Nguyễn Thị Hạnh", born, unit=ELSEWHERE))[0] is Likely.DIFFERENT
