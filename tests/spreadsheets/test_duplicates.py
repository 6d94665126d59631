from app.dates import PartialDate
from app.spreadsheets.duplicates import find_duplicates
from app.spreadsheets.rows import RosterRow

DAY = PartialDate(1983, 1, 15)


def found(*rows: RosterRow) -> list[tuple[int, str]]:
    return [(problem.row, problem.code) for problem in find_duplicates(rows)]


def person(row: int, name: str = "Lâm Duy Phong", born: PartialDate | None = DAY) -> RosterRow:
    return RosterRow(row, name, born)


def with_id(row: int, number: str, name: str = "Lâm Duy Phong") -> RosterRow:
    return RosterRow(row, name, DAY, identity_number=number)


def test_the_same_id_again_is_refused_whatever_the_name() -> None:
    again = with_id(9, "020083777437", "Hoàng Thị Huệ")
    assert found(with_id(7, "020083777437"), again) == [(9, "duplicate_in_file")]


def test_the_same_name_and_day_without_an_id_is_refused() -> None:
    assert found(person(7), person(9, "LÂM DUY PHONG")) == [(9, "duplicate_in_file")]


def test_different_ids_are_two_people_to_look_at() -> None:
    rows = with_id(7, "020083777437"), with_id(9, "020083777438")
    assert found(*rows) == [(9, "possible_duplicate")]


def test_a_year_alone_is_not_enough_to_refuse() -> None:
    year = PartialDate(1983)
    assert found(person(7, born=year), person(9, born=year)) == [(9, "possible_duplicate")]


def test_another_birth_date_or_another_accent_is_another_person() -> None:
    other_day = person(9, born=PartialDate(1990, 1, 15))
    assert found(person(7), other_day, person(10, "Lâm Duy Phòng")) == []


def test_different_codes_tell_namesakes_apart() -> None:
    rows = [RosterRow(row, "Võ Anh Bảo", code=f"SV{row}") for row in (2, 3)]
    assert found(*rows) == []


def test_the_third_is_told_of_the_first() -> None:
    problems = list(find_duplicates([person(7), person(8), person(9)]))
    assert [problem.row for problem in problems] == [8, 9]
    assert all("dòng 7" in problem.text for problem in problems)
