"""A file from before the journal: its rows are journalled when it is upgraded."""

import shutil
from pathlib import Path

import pytest
from sqlalchemy import func, select

from app import database as database_room
from app import journal
from app.database import Database
from app.models import JournalAct, JournalChange, Signatory

OLD = Path(__file__).parent.parent / "data" / "schema" / "0001.sqlite"


@pytest.fixture
def upgraded(tmp_path: Path) -> Database:
    path = tmp_path / "cu.sqlite"
    shutil.copy(OLD, path)
    return database_room.open_existing(path)


def test_rows_of_an_older_file_are_in_the_journal_from_its_upgrade_on(upgraded: Database) -> None:
    with upgraded.reading() as db:
        (name,) = db.scalars(select(JournalAct.name))
        people = select(func.count()).select_from(JournalChange)
        people = people.where(JournalChange.table_name == Signatory.__tablename__)
        assert name == database_room.STARTED
        assert db.scalar(people) == 1 == db.scalar(select(func.count()).select_from(Signatory))
        assert list(journal.disagreements(db)) == []
        assert list(journal.findings(db)) == []
    upgraded.close()


def test_a_row_changed_behind_the_journal_is_named(upgraded: Database) -> None:
    with upgraded.writing("Sửa lén") as db:
        db.connection().exec_driver_sql("UPDATE signatory SET name = 'Người khác' WHERE id = 1")
    with upgraded.reading() as db:
        (found,) = journal.disagreements(db)
    assert (found.table, found.key) == ("signatory", "1")
    assert found.image is not None
    assert found.image["name"] == "Hoàng Văn Tuấn"
    upgraded.close()
