"""The timetable of a class from its programme: topics spread over half days (RULES R03, §2.3)."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice
from typing import Protocol

from app.errors import InputError
from app.terms import HalfDay, SessionKind

WORKING_DAYS = (0, 1, 2, 3, 4)
"""Monday to Friday, as `date.weekday` counts."""


class PlannedTopic(Protocol):
    """What a topic must tell: its title, kind, periods (tiết) and sessions (buổi)."""

    @property
    def title(self) -> str:
        """Its title."""
        ...

    @property
    def kind(self) -> SessionKind:
        """What its sessions are."""
        ...

    @property
    def periods(self) -> int:
        """Its periods in all."""
        ...

    @property
    def sessions(self) -> int:
        """Its class sessions."""
        ...


@dataclass(frozen=True)
class Slot:
    """One proposed class session; `topic` is the place of its topic in the sequence."""

    number: int
    held_on: date
    half_day: HalfDay
    title: str
    kind: SessionKind
    periods: int
    topic: int


def session_slots(
    start: date,
    topics: Sequence[PlannedTopic],
    half_days: Sequence[HalfDay] = (HalfDay.MORNING, HalfDay.AFTERNOON),
    weekdays: Collection[int] = WORKING_DAYS,
    holidays: Collection[date] = (),
) -> list[Slot]:
    """Spread the sessions of the topics in order over the half days from `start` on (R03).

    No period is lost; the further sessions of a topic are titled "… (tiếp)".
    """
    if not half_days or not set(weekdays) & set(range(7)):
        raise InputError("Chưa chọn buổi hoặc ngày học trong tuần. Chọn ít nhất một.", "weekdays")
    pieces = [piece for place, topic in enumerate(topics) for piece in _pieces(place, topic)]
    places = islice(_half_days(start, half_days, weekdays, holidays), len(pieces))
    return [
        Slot(number, held_on, half_day, title, topics[place].kind, periods, place)
        for number, ((held_on, half_day), (place, title, periods)) in enumerate(
            zip(places, pieces, strict=True), 1
        )
    ]


def _pieces(place: int, topic: PlannedTopic) -> Iterator[tuple[int, str, int]]:
    """The sessions of one topic: place of the topic, title, periods."""
    if not 1 <= topic.sessions <= topic.periods:
        raise InputError(
            f"“{topic.title}”: {topic.periods} tiết không chia được cho {topic.sessions} buổi."
            " Mỗi buổi cần ít nhất một tiết.",
            "topics",
        )
    each, more = divmod(topic.periods, topic.sessions)
    for session in range(topic.sessions):
        title = f"{topic.title} (tiếp)" if session else topic.title
        yield place, title, each + (session < more)


def _half_days(
    start: date,
    half_days: Sequence[HalfDay],
    weekdays: Collection[int],
    holidays: Collection[date],
) -> Iterator[tuple[date, HalfDay]]:
    """Every half day on which the class may meet, without end."""
    day = start
    while True:
        if day.weekday() in weekdays and day not in holidays:
            yield from ((day, half_day) for half_day in half_days)
        day += timedelta(days=1)
