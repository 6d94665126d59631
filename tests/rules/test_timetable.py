"""Sessions of a class made from its programme (RULES R03, §2.3)."""

from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.errors import InputError
from app.rules.timetable import session_slots
from app.terms import HalfDay, SessionKind

MONDAY = date(2026, 9, 21)
MORNING, AFTERNOON, EVENING = HalfDay.MORNING, HalfDay.AFTERNOON, HalfDay.EVENING


@dataclass(frozen=True)
class Piece:
    """A topic of a programme."""

    title: str
    kind: SessionKind
    periods: int
    sessions: int


LESSONS = (
    Piece("Bài 1", SessionKind.LECTURE, 5, 1),
    Piece("Bài 2", SessionKind.LECTURE, 10, 2),
    Piece("Thảo luận", SessionKind.DISCUSSION, 5, 1),
)


def test_topics_follow_each_other_over_mornings_and_afternoons() -> None:
    slots = session_slots(MONDAY, LESSONS)
    assert [(s.number, s.held_on, s.half_day, s.title, s.periods) for s in slots] == [
        (1, MONDAY, MORNING, "Bài 1", 5),
        (2, MONDAY, AFTERNOON, "Bài 2", 5),
        (3, MONDAY + timedelta(1), MORNING, "Bài 2 (tiếp)", 5),
        (4, MONDAY + timedelta(1), AFTERNOON, "Thảo luận", 5),
    ]
    assert [s.topic for s in slots] == [0, 1, 1, 2]
    assert slots[3].kind is SessionKind.DISCUSSION


def test_weekends_and_holidays_are_left_out() -> None:
    friday = date(2026, 9, 25)
    slots = session_slots(friday, LESSONS, holidays={date(2026, 9, 28)})
    assert [s.held_on for s in slots] == [friday, friday, date(2026, 9, 29), date(2026, 9, 29)]


def test_a_class_may_meet_on_chosen_evenings_only() -> None:
    slots = session_slots(MONDAY, LESSONS, (EVENING,), weekdays={0, 2, 4})
    assert [s.held_on.day for s in slots] == [21, 23, 25, 28]
    assert {s.half_day for s in slots} == {EVENING}


def test_periods_that_do_not_divide_go_to_the_first_sessions() -> None:
    slots = session_slots(MONDAY, [Piece("Bài", SessionKind.LECTURE, 8, 3)])
    assert [s.periods for s in slots] == [3, 3, 2]


def test_without_topics_there_are_no_sessions() -> None:
    assert session_slots(MONDAY, []) == []


def test_a_choice_without_days_or_half_days_is_refused() -> None:
    with pytest.raises(InputError, match="Chọn ít nhất một"):
        session_slots(MONDAY, LESSONS, ())
    with pytest.raises(InputError, match="Chọn ít nhất một"):
        session_slots(MONDAY, LESSONS, weekdays={7})


@pytest.mark.parametrize(("periods", "sessions"), [(1, 2), (5, 0), (0, 0)])
def test_a_topic_that_cannot_be_divided_is_refused(periods: int, sessions: int) -> None:
    with pytest.raises(InputError, match="không chia được"):
        session_slots(MONDAY, [Piece("Bài", SessionKind.LECTURE, periods, sessions)])


pieces = st.integers(1, 4).flatmap(
    lambda sessions: st.builds(
        Piece,
        st.just("Bài"),
        st.sampled_from(SessionKind),
        st.integers(sessions, 25),
        st.just(sessions),
    )
)


@settings(max_examples=100, deadline=None)
@given(
    st.lists(pieces, max_size=8),
    st.sets(st.integers(0, 6), min_size=1),
    st.sets(st.sampled_from(HalfDay), min_size=1),
    st.sets(st.dates(MONDAY, MONDAY + timedelta(20)), max_size=10),
)
def test_no_period_is_lost_and_no_two_sessions_meet(
    topics: list[Piece], weekdays: set[int], half_days: set[HalfDay], holidays: set[date]
) -> None:
    chosen = sorted(half_days, key=lambda half_day: half_day.order)
    slots = session_slots(MONDAY, topics, chosen, weekdays, holidays)
    assert sum(s.periods for s in slots) == sum(t.periods for t in topics)
    assert [s.number for s in slots] == list(range(1, len(slots) + 1))
    moments = [(s.held_on, s.half_day.order) for s in slots]
    assert moments == sorted(set(moments))
    assert all(s.held_on.weekday() in weekdays and s.held_on not in holidays for s in slots)
