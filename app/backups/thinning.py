"""Which copies may go: all of two days stay, then one a day, a week, a month."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from app.backups.manifest import Copy

RECENT_DAYS = 2  # today and yesterday
PRECAUTION_DAYS = 15  # of the calendar: fourteen whole days, whatever the hour
LIMITS = {"day": 12, "week": 10, "month": 9}


@dataclass
class _Kept:
    """The spans of time that have their copy, newest first, and how many may still get one."""

    left: dict[str, int] = field(default_factory=lambda: dict(LIMITS))
    last: dict[str, tuple[int, ...]] = field(default_factory=dict)

    def takes(self, day: date) -> bool:
        """Keep the newest copy of a day; when those places are full of a week, then of a month."""
        spans = _spans(day)
        span = next((name for name, left in self.left.items() if left), None)
        if span is None or self.last.get(span) == spans[span]:
            return False
        self.left[span] -= 1
        self.last = spans
        return True


def _spans(day: date) -> dict[str, tuple[int, ...]]:
    """Return day, week and month of a date, as things to compare."""
    year, week, _ = day.isocalendar()
    return {"day": (day.toordinal(),), "week": (year, week), "month": (day.year, day.month)}


def thin(copies: Sequence[Copy], now: datetime) -> list[Copy]:
    """Return the copies that may be removed.

    The newest usable copy stays whatever the clock says; copies that cannot be used take nobody's
    place and are left for the user to look at. Days are days of the time zone of `now`.
    """
    usable = [copy for copy in copies if not copy.problem]
    newest = max(usable, key=order, default=None)
    kept, gone = _Kept(), []
    for copy in sorted(usable, key=lambda each: (each.made_at, each.sequence), reverse=True):
        day = copy.made_at.astimezone(now.tzinfo).date()
        if _is_within(RECENT_DAYS, day, now):
            kept.last = _spans(day)
        elif copy.kind.is_precaution and _is_within(PRECAUTION_DAYS, day, now):
            continue
        elif not kept.takes(day) and copy is not newest:
            gone.append(copy)
    return gone


def order(copy: Copy) -> tuple[int, datetime]:
    """Sort by what was made later, even when the clock went back in between."""
    return copy.sequence, copy.made_at


def _is_within(days: int, day: date, now: datetime) -> bool:
    """Tell whether the day is one of the last ones, or one still to come."""
    return day > now.date() - timedelta(days=days)
