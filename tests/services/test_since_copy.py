"""What putting a copy back would lose."""

import pytest

from app import backups
from app.backups import BackupKind
from app.database import Database
from app.errors import PermissionDenied
from app.journal import Act
from app.rules.permissions import User
from app.services import centre, since_copy
from app.services.centre import CentreForm
from app.terms import ActKind, Role


def rename(database: Database, name: str) -> None:
    with database.reading() as db:
        form = centre.latest(db)
    with database.writing(f"Đổi tên thành {name}") as db:
        centre.save(db, CentreForm(**{**vars(form), "name": name}))


def test_every_act_after_the_copy_counts_but_looks_do_not(database: Database) -> None:
    copy = backups.make(database.path, BackupKind.MANUAL)
    rename(database, "Trung tâm Chính trị xã Một")
    with database.writing(Act("Xem số định danh", ActKind.LOOK)):
        pass
    rename(database, "Trung tâm Chính trị xã Hai")
    with database.reading() as db:
        since = since_copy.done_since(db, copy.journal_number, copy.journal_hash, limit=1)
        now = since_copy.contents(db)
    assert since is not None
    assert since.count == 2
    assert [act.name for act in since.newest] == ["Đổi tên thành Trung tâm Chính trị xã Hai"]
    assert now.mark.startswith(str(copy.journal_number + 3))
    assert (now.classes, now.learners, now.certificates) == (0, 0, 0)


def test_a_copy_that_went_another_way_is_known(database: Database) -> None:
    copy = backups.make(database.path, BackupKind.MANUAL)
    with database.reading() as db:
        assert since_copy.done_since(db, copy.journal_number, "0" * 64) is None
        assert since_copy.done_since(db, copy.journal_number + 50, copy.journal_hash) is None
        assert since_copy.done_since(db, 10**300, copy.journal_hash) is None  # as SQLite has none


def test_only_who_may_back_up_or_restore_is_told(database: Database) -> None:
    database.sign_in(User("Giảng viên", frozenset({Role.LECTURER})))
    with database.reading() as db, pytest.raises(PermissionDenied):
        since_copy.contents(db)
    with database.writing(Act("Phục hồi", ActKind.RESTORE)) as db, pytest.raises(PermissionDenied):
        since_copy.note_restored(db)
