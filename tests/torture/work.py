"""What the killed programs do: real acts through the services, each told only once it is kept."""

import itertools
import random
import time
from collections.abc import Callable
from decimal import Decimal
from multiprocessing.connection import Connection
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import backups, journal
from app import database as database_room
from app.backups import BackupKind
from app.database import Database
from app.models import Certificate, Enrolment
from app.rules.permissions import alone
from app.services import attendance, certificates, enrolment, results
from app.services.attendance import Mark
from app.terms import AttendanceStatus
from tests.torture import stock
from tests.torture.child import READY
from tests.torture.stock import Stock

AT_ONCE = 30  # certificates in one act
PAUSE = 0.01  # seconds at most between two acts
Step = Callable[[Session, Stock, random.Random], None]


def act_for_ever(told: Connection, kind: str, where: Stock, seed: int) -> None:
    """Act until killed, telling number and hash of the journal after every commit."""
    chance = random.Random(seed)
    opened = database_room.open_existing(where.path, user=alone("Người ghi"))
    told.send(READY)
    for number in itertools.count():
        act(opened, STEPS[kind], where, chance, f"{kind} {number}")
        told.send(head(opened))


def act(opened: Database, step: Step, where: Stock, chance: random.Random, name: str) -> None:
    """One act of one kind."""
    with opened.writing(name) as db:
        step(db, where, chance)


def head(opened: Database) -> tuple[int, str]:
    """Number and hash of the newest journal entry."""
    with opened.reading() as db:
        newest = journal.head(db)
    return newest.number, newest.hash


def save_marks(db: Session, where: Stock, chance: random.Random) -> None:
    """Mark a session for some learners and write a mark for some others."""
    grid = attendance.grid(db, where.marked)
    session = chance.choice(grid.sessions)
    some = chance.sample(grid.learners, 10)
    status = chance.choice(list(AttendanceStatus))
    marks = [Mark(one.enrolment_id, session.id, status, note=str(chance.random())) for one in some]
    attendance.mark(db, where.marked, marks)
    for one in some[:3]:
        mark = Decimal(chance.randrange(1001)) / 100
        results.save_mark(db, where.marked, one.enrolment_id, mark)


def issue_numbers(db: Session, where: Stock, chance: random.Random) -> None:
    """Take the numbers of a few learners who wait; a mark when nobody waits any more."""
    if not issue_some(db, where, chance):
        save_marks(db, where, chance)


def import_roster(db: Session, where: Stock, chance: random.Random) -> None:
    """Bring a roster in, and take some of its people off again in the same act."""
    stock.fill(db, where.filled, f"Nhập {chance.getrandbits(60)}", chance.randint(2, 20))
    roll = enrolment.class_roll(db, where.filled)
    enrolment.withdraw(db, where.filled, [row.enrolment_id for row in roll[:3]])


def take_all_numbers(told: Connection, where: Stock, seed: int) -> None:
    """Take every number that can be had, some at a time, with another program at it too."""
    chance = random.Random(seed)
    opened = database_room.open_existing(where.path, user=alone(f"Máy {seed}"))
    told.send(READY)
    told.recv()
    waited = 0.0
    while True:
        begun = time.perf_counter()
        with opened.writing("Cấp số") as db:
            waited = max(waited, time.perf_counter() - begun)
            if not (issued := issue_some(db, where, chance)):
                break
        told.send(issued)
        time.sleep(chance.random() * PAUSE)
    told.send(waited)
    opened.close()


def issue_some(db: Session, where: Stock, chance: random.Random) -> list[int]:
    """Issue a few certificates of one class; return their ids, none when nobody waits."""
    served = select(Certificate.enrolment_id)
    query = select(Enrolment.training_class_id).where(
        Enrolment.training_class_id.in_(where.waiting), Enrolment.id.not_in(served)
    )
    if not (open_classes := db.scalars(query.distinct()).all()):
        return []
    class_id = chance.choice(open_classes)
    rows = certificates.certificate_list(db, class_id)
    waiting = [row.enrolment_id for row in rows if row.waits]
    chosen = chance.sample(waiting, min(len(waiting), chance.randint(1, AT_ONCE)))
    return certificates.issue(db, class_id, chosen, stock.ISSUED)


def act_when_asked(told: Connection, where: Stock) -> None:
    """Do one act for each message; the file stays open all the time."""
    chance = random.Random(0)
    opened = database_room.open_existing(where.path)
    told.send(head(opened))
    while told.recv():
        act(opened, save_marks, where, chance, "Ghi")
        told.send(head(opened))
    opened.close()


STEPS: dict[str, Step] = {
    "marks": save_marks,
    "numbers": issue_numbers,
    "imports": import_roster,
}


def copy_for_ever(told: Connection, where: Stock, seed: int) -> None:
    """Act and make a copy, until killed, telling the name of every copy that was finished."""
    chance = random.Random(seed)
    opened = database_room.open_existing(where.path)
    told.send(READY)
    for number in itertools.count():
        act(opened, save_marks, where, chance, f"Ghi {number}")
        newest = head(opened)
        copy = backups.make(where.path, BackupKind.MANUAL)
        told.send((*newest, copy.path))


def restore_for_ever(told: Connection, where: Stock, copies: list[Path]) -> None:
    """Put one copy after the other in place, until killed, telling which one was put there."""
    told.send(READY)
    for copy in itertools.cycle(copies):
        told.send(backups.restore(copy, where.path).copy.journal_number)


def upgrade(told: Connection, path: Path) -> None:
    """Open an old file, which brings it up to date."""
    told.send(READY)
    opened = database_room.open_existing(path)
    told.send(head(opened))
    opened.close()
