"""What the killed programs do: real acts through the services, each told only once it is kept."""

import itertools
import random
from collections.abc import Callable
from decimal import Decimal
from multiprocessing.connection import Connection
from pathlib import Path

from sqlalchemy.orm import Session

from app import backups, journal
from app import database as database_room
from app.backups import BackupKind
from app.database import Database
from app.rules.permissions import alone
from app.services import attendance, certificates, enrolment, results
from app.services.attendance import Mark
from app.terms import AttendanceStatus
from tests.torture import stock
from tests.torture.child import READY
from tests.torture.stock import Stock

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
    for class_id in chance.sample(where.waiting, len(where.waiting)):
        rows = certificates.certificate_list(db, class_id)
        if waiting := [row.enrolment_id for row in rows if row.waits]:
            chosen = chance.sample(waiting, min(len(waiting), chance.randint(1, 4)))
            certificates.issue(db, class_id, chosen, stock.ISSUED)
            return
    save_marks(db, where, chance)


def import_roster(db: Session, where: Stock, chance: random.Random) -> None:
    """Bring a roster in, and take some of its people off again in the same act."""
    stock.fill(db, where.filled, f"Nhập {chance.getrandbits(60)}", chance.randint(2, 20))
    roll = enrolment.class_roll(db, where.filled)
    enrolment.withdraw(db, where.filled, [row.enrolment_id for row in roll[:3]])


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


def upgrade(told: Connection, path: Path) -> None:
    """Open an old file, which brings it up to date."""
    told.send(READY)
    opened = database_room.open_existing(path)
    told.send(head(opened))
    opened.close()
