"""The order in which a lecturer sees own sessions."""

import datetime

from app.services.own_sessions import OwnSession
from app.terms import ClassStatus, HalfDay
from app.ui.attendance.own_page import in_order

TODAY = datetime.date(2026, 10, 15)


def session(number: int, day: datetime.date, status: ClassStatus) -> OwnSession:
    title, hall = "Đảng viên mới", "Hội trường"
    return OwnSession(number, 1, title, status, hall, number, day, HalfDay.MORNING, title, 5, 0, 30)


def test_what_is_done_comes_last_and_the_newest_of_it_first() -> None:
    days = (datetime.date(2018, 1, 23), datetime.date(2025, 5, 6))
    done = [session(at, day, ClassStatus.CLOSED) for at, day in enumerate(days, 1)]
    later = session(3, TODAY + datetime.timedelta(7), ClassStatus.RUNNING)
    today = session(4, TODAY, ClassStatus.RUNNING)
    missed = session(5, TODAY - datetime.timedelta(1), ClassStatus.RUNNING)
    shown = in_order([*done, missed, today, later], TODAY)
    assert [row.number for row in shown] == [4, 5, 3, 2, 1]
