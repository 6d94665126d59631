"""Which copies stay: many of the last days, few of long ago, and always the newest."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from app.backups import BackupKind, Copy, thin
from app.backups.thinning import LIMITS, PRECAUTION_DAYS, order

NOW = datetime(2026, 10, 15, 17, 5, tzinfo=UTC)


def copy_of(minutes: int, sequence: int, kind: BackupKind, problem: str = "") -> Copy:
    made_at = NOW - timedelta(minutes=minutes)
    return Copy(Path(f"{sequence}.sqlite"), kind, made_at, 1, sequence, problem=problem)


YEARS = st.integers(-60 * 24 * 400, 60 * 24 * 1200)  # minutes ago; negative is still to come
LISTS = st.lists(
    st.tuples(YEARS, st.sampled_from(BackupKind), st.sampled_from(["", "", "", "hỏng"])),
    max_size=120,
).map(lambda rows: [copy_of(when, at, kind, bad) for at, (when, kind, bad) in enumerate(rows)])


def kept(copies: list[Copy], now: datetime = NOW) -> list[Copy]:
    gone = {copy.path for copy in thin(copies, now)}
    return [copy for copy in copies if copy.path not in gone]


def days_ago(copy: Copy, now: datetime = NOW) -> int:
    return (now.date() - copy.made_at.date()).days


def daily(days: int) -> list[Copy]:
    return [copy_of(60 * 24 * day, days - day, BackupKind.AUTOMATIC) for day in range(days)]


@given(LISTS, st.integers(-2000, 2000))
def test_the_newest_usable_copy_always_stays(copies: list[Copy], clock: int) -> None:
    usable = [copy for copy in copies if not copy.problem]
    left = kept(copies, NOW + timedelta(days=clock))
    assert not usable or max(usable, key=order) in left


@given(LISTS)
def test_all_of_two_days_and_all_recent_precautions_stay(copies: list[Copy]) -> None:
    left = kept(copies)
    for copy in copies:
        is_safe = days_ago(copy) < (PRECAUTION_DAYS if copy.kind.is_precaution else 2)
        assert copy in left or not is_safe


@given(LISTS)
def test_old_copies_are_few_and_those_that_cannot_be_used_are_not_touched(
    copies: list[Copy],
) -> None:
    left = kept(copies)
    assert [c for c in copies if c.problem] == [c for c in left if c.problem]
    old = [copy for copy in left if not copy.problem and days_ago(copy) >= PRECAUTION_DAYS]
    assert len(old) <= sum(LIMITS.values()) + 1


@given(LISTS)
@settings(max_examples=50)
def test_thinning_twice_removes_nothing_more_and_order_does_not_matter(copies: list[Copy]) -> None:
    left = kept(copies)
    assert thin(left, NOW) == []
    assert {c.path for c in kept(copies[::-1])} == {c.path for c in left}


@given(st.integers(0, 900))
def test_a_copy_a_day_leaves_days_then_weeks_then_months(days: int) -> None:
    ages = [days_ago(copy) for copy in kept(daily(days))]
    assert ages[:14] == list(range(min(days, 14)))
    gaps = [later - earlier for earlier, later in pairwise(ages)]
    assert all(gap <= 31 for gap in gaps)
    assert len(ages) == min(days, len(ages)) <= 2 + sum(LIMITS.values())


def test_three_years_of_daily_copies_reach_back_a_year() -> None:
    ages = [days_ago(copy) for copy in kept(daily(1100))]
    assert len(ages) == 2 + sum(LIMITS.values())
    assert ages[-1] > 330


def test_of_many_copies_of_one_old_day_the_last_stays() -> None:
    copies = [
        copy_of(60 * 24 * 5 + minutes, 100 - minutes, BackupKind.AUTOMATIC) for minutes in range(50)
    ]
    newest = copy_of(0, 1000, BackupKind.AUTOMATIC)
    assert kept([*copies, newest]) == [copies[0], newest]


def test_a_precaution_takes_no_place_of_a_daily_copy() -> None:
    precaution = copy_of(60 * 24 * 5, 3, BackupKind.BEFORE_RESTORE)
    ordinary = copy_of(60 * 24 * 5 + 30, 2, BackupKind.AUTOMATIC)
    newest = copy_of(0, 4, BackupKind.AUTOMATIC)
    assert kept([newest, precaution, ordinary]) == [newest, precaution, ordinary]


def test_a_clock_that_went_back_to_1970_removes_nothing() -> None:
    copies = daily(200)
    assert thin(copies, datetime(1970, 1, 2, tzinfo=UTC)) == []


def test_a_copy_made_after_the_clock_went_back_stays() -> None:
    in_1970 = copy_of(
        (NOW - datetime(1970, 1, 2, tzinfo=UTC)) // timedelta(minutes=1), 999, BackupKind.AUTOMATIC
    )
    assert in_1970 in kept([*daily(200), in_1970])
