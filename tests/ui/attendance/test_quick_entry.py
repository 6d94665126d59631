"""The quick-entry language."""

import pytest

from app.terms import AttendanceStatus
from app.ui.attendance.quick_entry import Entry, parse

ABSENT = Entry(AttendanceStatus.ABSENT)
EXCUSED = Entry(AttendanceStatus.EXCUSED)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("7", {7: ABSENT}),
        ("7k", {7: ABSENT}),
        ("20p", {20: EXCUSED}),
        ("20P", {20: EXCUSED}),
        ("12m15", {12: Entry(AttendanceStatus.LATE, 15)}),
        ("12m", {12: Entry(AttendanceStatus.LATE)}),
        ("7,9,12", {7: ABSENT, 9: ABSENT, 12: ABSENT}),
        ("3-6p", {3: EXCUSED, 4: EXCUSED, 5: EXCUSED, 6: EXCUSED}),
        ("-7", {7: Entry(None)}),
        ("5x", {5: Entry(AttendanceStatus.PRESENT)}),
        ("3-4p 4k", {3: EXCUSED, 4: ABSENT}),
        ("  7 ;  ", {7: ABSENT}),
        ("", {}),
    ],
)
def test_a_line_names_people_by_number(typed: str, expected: dict[int, Entry]) -> None:
    assert parse(typed, 30) == parse(typed.upper(), 30)
    assert dict(parse(typed, 30).entries) == expected
    assert not parse(typed, 30).problems


@pytest.mark.parametrize(
    "typed", ["7z", "abc", "31", "0", "6-3", "12m0", "12m300", "--7", "-3-6", "-7p", "7p15", "p7"]
)
def test_a_word_that_is_not_understood_is_told_and_means_nothing(typed: str) -> None:
    read = parse(typed, 30)
    assert read.problems
    assert f"“{typed}”" in read.problems[0]
    assert not read.entries


def test_good_words_beside_a_wrong_one_are_still_read() -> None:
    read = parse("7 99 20p", 30)
    assert dict(read.entries) == {7: ABSENT, 20: EXCUSED}
    assert read.problems == ("“99”: lớp chỉ có số 1 đến 30.",)
