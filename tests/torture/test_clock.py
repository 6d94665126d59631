"""A clock that lies: journal and numbers go on as if nothing were (R9)."""

import datetime
from dataclasses import dataclass, field
from types import SimpleNamespace

import pytest
from sqlalchemy import select

from app import journal
from app.database import Database
from app.journal import record
from app.models import Certificate, JournalAct, base
from app.services import certificates, checks, history, students
from app.services.history import ActFilter
from app.services.students import StudentForm
from app.terms import ActKind
from tests.torture import stock

UTC = datetime.UTC
NOW = datetime.datetime(2026, 11, 22, 8, 12, 3, 125_000, tzinfo=UTC)
MIDNIGHT = datetime.datetime(2027, 1, 1, tzinfo=datetime.timezone(datetime.timedelta(hours=7)))


@dataclass
class Clock:
    """What the program takes for the time."""

    moment: datetime.datetime = NOW
    datetime: SimpleNamespace = field(init=False)

    def __post_init__(self) -> None:
        self.datetime = SimpleNamespace(now=lambda zone: self.moment.astimezone(zone))


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """The clock of the journal and of the rows, set by the test."""
    one = Clock()
    for module in (record, base):
        monkeypatch.setattr(
            module, "datetime", SimpleNamespace(datetime=one.datetime, UTC=datetime.UTC)
        )
    return one


LIES = {
    "a day back": NOW - datetime.timedelta(days=1),
    "1970": datetime.datetime(1970, 1, 1, tzinfo=UTC),
    "far ahead": datetime.datetime(2099, 12, 31, 23, 59, 59, tzinfo=UTC),
    "the same instant again": NOW,
    "the last moment of the year": MIDNIGHT - datetime.timedelta(milliseconds=1),
    "the first moment of the year": MIDNIGHT,
}


def register(database: Database, name: str) -> None:
    with database.writing(f"Thêm {name}") as db:
        students.save_student(db, StudentForm(name))


@pytest.mark.parametrize("lie", sorted(LIES))
def test_the_journal_goes_on_whatever_the_clock_says(
    database: Database, clock: Clock, lie: str
) -> None:
    register(database, "Lò Thị Mai")
    clock.moment = LIES[lie]
    register(database, "Lò Thị Mây")
    clock.moment = NOW
    register(database, "Lò Thị Mưa")
    with database.reading() as db:
        ids = db.scalars(select(JournalAct.id).order_by(JournalAct.id)).all()
        lines = history.act_list(db, ActFilter(limit=3))
        assert checks.findings(db) == []
        assert journal.knows(db, journal.head(db).mark)
    assert ids == list(range(1, len(ids) + 1))
    assert [line.name[-3:] for line in lines] == ["Mưa", "Mây", "Mai"]
    assert lines[1].happened_at == LIES[lie].replace(
        microsecond=LIES[lie].microsecond // 1000 * 1000
    )


def test_every_lie_in_turn_can_be_undone_in_turn(database: Database, clock: Clock) -> None:
    for moment in LIES.values():
        clock.moment = moment
        register(database, f"Lò Thị {moment.year}")
    for _ in LIES:
        with database.reading() as db:
            newest = history.next_undo(db, 1)
        assert newest is not None
        act = journal.Act("Hoàn tác", ActKind.UNDO, undoes=newest.id)
        with database.writing(act) as db:
            history.undo(db, newest.id)
    with database.reading() as db:
        assert students.student_count(db) == 0
        assert checks.findings(db) == []


def test_numbers_follow_the_day_on_the_paper_and_not_the_clock(
    where: stock.Stock, clock: Clock, opened_stock: Database
) -> None:
    """Around New Year: two registers grow side by side, each without a gap."""
    days = [datetime.date(2026, 12, 31), datetime.date(2027, 1, 1)] * 3
    for number, day in enumerate(days):
        clock.moment = list(LIES.values())[number]
        with opened_stock.writing("Cấp số") as db:
            class_id = where.waiting[number % 2]
            rows = certificates.certificate_list(db, class_id)
            chosen = [row.enrolment_id for row in rows if row.waits][:2]
            certificates.issue(db, class_id, chosen, day)
    with opened_stock.reading() as db:
        query = select(Certificate.register_number).order_by(Certificate.id)
        numbers = db.scalars(query).all()
        assert checks.findings(db) == []
    old = {f"{number:03d}/2026" for number in range(27, 33)}
    new = {f"{number:03d}/2027" for number in range(1, 7)}
    assert len(numbers) == 12
    assert set(numbers) == old | new
