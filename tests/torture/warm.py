"""Imported once by the process children are forked from: what is slow the first time is done."""

import random
import tempfile
from pathlib import Path

from app import database as database_room
from app import migrations
from app.services import demo, setup
from tests.torture import stock, work


def _act_once() -> None:
    """Do every kind of act in a file that is closed and gone before anything is forked."""
    with tempfile.TemporaryDirectory() as folder:
        empty = Path(folder) / "empty.sqlite"
        opened = database_room.create(empty)
        with opened.writing("Thiết lập") as db:
            setup.set_up(db, demo.CENTRE, demo.DIRECTOR)
        opened.close()
        where = stock.build(empty, Path(folder) / "centre.sqlite", stock.IN_ONE_CLASS)
        opened = database_room.open_existing(where.path)
        for name, step in work.STEPS.items():
            work.act(opened, step, where, random.Random(name), name)
        opened.close()


assert migrations.known_revisions()
_act_once()
