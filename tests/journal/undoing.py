"""Ways to do, undo and do again, and to compare all that is stored."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from app import database as database_room
from app import journal
from app.database import Database
from app.journal import Act
from app.rules.permissions import alone
from app.services import history
from app.terms import ActKind

Content = dict[str, list[tuple[object, ...]]]


@contextmanager
def copy_of(path: Path) -> Iterator[Database]:
    """An open copy for one example; hypothesis makes many in one test."""
    with tempfile.TemporaryDirectory() as folder:
        shutil.copy(path, folder)
        opened = database_room.open_existing(Path(folder) / path.name, user=alone("Người thử"))
        try:
            yield opened
        finally:
            opened.close()


def content(database: Database) -> Content:
    """Every row of every table the journal speaks for."""
    with database.reading() as db:
        run = db.connection().exec_driver_sql
        return {
            name: sorted(map(tuple, run(f"SELECT * FROM {name}").all()), key=repr)
            for name in journal.tables()
        }


def head(database: Database) -> int:
    with database.reading() as db:
        return journal.head(db).number


def take_back(database: Database, act_id: int) -> int:
    with database.writing(Act(f"Hoàn tác: {act_id}", ActKind.UNDO, undoes=act_id)) as db:
        history.undo(db, act_id)
    return head(database)


def do_again(database: Database, undo_id: int) -> None:
    with database.writing(Act(f"Làm lại: {undo_id}", ActKind.REDO, undoes=undo_id)) as db:
        history.redo(db, undo_id)
