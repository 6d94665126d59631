"""What an act leaves in the journal."""

import datetime
import json
from collections.abc import Callable

import pytest
from sqlalchemy import select

from app import journal
from app.database import Database
from app.errors import PermissionDenied, RuleError
from app.models import Account, JournalAct, Signatory, Workplace
from app.rules.permissions import User
from app.services import accounts, students
from app.services.accounts import AccountForm
from app.services.students import StudentForm
from app.terms import ActKind, Role
from tests.conftest import raw_writing
from tests.journal.conftest import Entry

DAY = datetime.date(2026, 1, 1)
Last = Callable[[], Entry]


def register(database: Database, name: str = "Lò Thị Mai", student_id: int | None = None) -> int:
    with database.writing(f"Thêm người {name}") as db:
        return students.save_student(db, StudentForm(name, unit="Chi bộ Nà Lừa"), student_id)


def test_a_new_row_is_kept_whole_with_who_and_when(database: Database, last_entry: Last) -> None:
    student_id = register(database)
    act, changes = last_entry()
    assert (act.name, act.actor, act.kind) == ("Thêm người Lò Thị Mai", "Người thử", "change")
    assert act.machine
    assert act.happened_at.endswith("Z")
    assert act.permissions == "edit_people"
    added = {change.table_name: change for change in changes}
    assert set(added) == {"workplace", "student"}
    assert added["student"].row_key == str(student_id)
    assert added["student"].before is None
    image = json.loads(added["student"].after or "")
    assert (image["full_name"], image["religion"]) == ("Lò Thị Mai", "")
    with database.reading() as db:
        stored = db.connection().exec_driver_sql("SELECT * FROM student").mappings().one()
        assert image == dict(stored)


def test_a_change_keeps_what_changed_before_and_after(database: Database, last_entry: Last) -> None:
    student_id = register(database)
    register(database, "Lò Thị Mây", student_id)
    _, changes = last_entry()
    (change,) = changes
    assert json.loads(change.before or "")["full_name"] == "Lò Thị Mai"
    assert json.loads(change.after or "")["full_name"] == "Lò Thị Mây"
    assert "unit" not in (change.after or "")


def test_an_old_value_nobody_has_read_is_read_before_it_is_lost(
    database: Database, last_entry: Last
) -> None:
    with raw_writing(database) as db:
        db.add(Workplace(name="Chi bộ thôn Đồng"))
    with raw_writing(database) as db:
        row = db.scalars(select(Workplace)).one()
        db.expire(row)
        row.name = "Chi bộ thôn Nội"
    _, (change,) = last_entry()
    assert json.loads(change.before or "")["name"] == "Chi bộ thôn Đồng"


def test_a_deleted_row_is_kept_whole(database: Database, last_entry: Last) -> None:
    with raw_writing(database) as db:
        db.add(Workplace(name="Chi bộ thôn Đồng"))
    with raw_writing(database) as db:
        db.delete(db.scalars(select(Workplace)).one())
    _, (change,) = last_entry()
    assert change.after is None
    assert json.loads(change.before or "")["name"] == "Chi bộ thôn Đồng"


def test_an_act_that_changes_nothing_leaves_no_entry(database: Database) -> None:
    with database.reading() as db:
        before = journal.head(db)
    with database.writing("Không đổi gì"):
        pass
    with database.reading() as db:
        assert journal.head(db) == before


def test_an_act_that_fails_leaves_no_entry(database: Database) -> None:
    with database.reading() as db:
        before = journal.head(db)

    def fail() -> None:
        with raw_writing(database) as db:
            db.add(Workplace(name="Chi bộ thôn Đồng"))
            db.flush()
            raise RuleError("Dừng.")

    with pytest.raises(RuleError):
        fail()
    with database.reading() as db:
        assert journal.head(db) == before


def test_a_look_is_kept_though_it_changes_nothing(database: Database, last_entry: Last) -> None:
    act = journal.Act("Xem số định danh của Lò Thị Mai", ActKind.LOOK)
    with database.writing(act):
        pass
    kept, changes = last_entry()
    assert (kept.name, kept.kind, changes) == (act.name, ActKind.LOOK, [])


def test_rows_written_without_asking_a_permission_are_not_kept(database: Database) -> None:
    def write() -> None:
        with database.writing("Lách quyền") as db:
            db.add(Signatory(name="Nông Thị Hiền", title="PHÓ GIÁM ĐỐC", valid_from=DAY))

    with pytest.raises(RuntimeError, match="without asking a permission"):
        write()
    with database.reading() as db:
        assert "Nông Thị Hiền" not in db.scalars(select(Signatory.name)).all()


def test_somebody_without_the_right_is_refused_in_words(database: Database) -> None:
    database.sign_in(User("Lò Văn Dạy", frozenset({Role.LECTURER}), 7, 1))
    with pytest.raises(PermissionDenied, match="Lò Văn Dạy · Giảng viên không có quyền sửa hồ sơ"):
        register(database)


def test_the_journal_never_holds_a_password(database: Database) -> None:
    with database.writing("Thêm người dùng") as db:
        one = accounts.save_account(db, AccountForm("Hoàng Thị Mai", (Role.ADMIN,)))
        accounts.set_password(db, one, "mật khẩu cũ")
    with database.writing("Đổi mật khẩu") as db:
        accounts.set_password(db, one, "mật khẩu mới")
    with database.reading() as db:
        hidden = db.scalars(select(Account.password)).one()
        held = db.connection().exec_driver_sql("SELECT before, after FROM journal_change").all()
        acts = db.scalars(select(JournalAct.name)).all()
    assert len(hidden) > 60
    assert acts[-1] == "Đổi mật khẩu"
    assert not [pair for pair in held if hidden in str(pair) or "mật khẩu" in str(pair)]


def test_the_key_of_a_row_that_is_gone_is_never_given_again(database: Database) -> None:
    keys = []
    for _ in range(2):
        with raw_writing(database) as db:
            added = Workplace(name="Chi bộ thôn Đồng")
            db.add(added)
            db.flush()
            keys.append(added.id)
        with raw_writing(database) as db:
            db.delete(db.scalars(select(Workplace)).one())
    assert keys[0] < keys[1]


def test_a_password_put_into_the_file_by_hand_is_noticed(database: Database) -> None:
    with database.writing("Thêm người dùng") as db:
        one = accounts.save_account(db, AccountForm("Hoàng Thị Mai", (Role.ADMIN,)))
        accounts.set_password(db, one, "mật khẩu cũ")
        stolen = accounts._hashed("mật khẩu của kẻ lạ")
    with database.writing("Sửa lén") as db:
        db.connection().exec_driver_sql("UPDATE account SET password = ?", (stolen,))
    with database.reading() as db:
        (found,) = journal.disagreements(db)
    assert (found.table, found.key) == ("account", str(one))
