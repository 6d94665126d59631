"""Users and passwords: who may sign in, what five wrong tries cost, who stays in charge."""

import datetime
from dataclasses import replace

import pytest

from app.database import Database
from app.errors import InputError, PermissionDenied, RuleError
from app.journal import Act
from app.models import Account
from app.models.base import now
from app.rules.permissions import User
from app.services import accounts, settings
from app.services.accounts import AccountForm
from app.services.lecturers import LecturerForm, save_lecturer
from app.services.settings import Settings
from app.terms import ActKind, Employment, Permission, Role

ADMIN = AccountForm("Hoàng Thị Mai", (Role.ADMIN, Role.CLERK))
PASSWORD = "nghị quyết 35"


@pytest.fixture(autouse=True)
def cheap_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each real hash takes a tenth of a second; one test keeps the real cost."""
    monkeypatch.setattr(accounts, "COST", 4)


def test_a_stored_password_is_salted_and_costs_as_stated(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.undo()
    first, second = add(database), add(database, replace(ADMIN, full_name="Lò Văn Giáo"))
    with database.reading() as db:
        stored = [db.get_one(Account, one).password for one in (first, second)]
    assert [text.split(":")[0] for text in stored] == ["15", "15"]
    assert stored[0] != stored[1]
    assert sign_in(database, first, PASSWORD).user is not None


def add(database: Database, form: AccountForm = ADMIN, password: str = PASSWORD) -> int:
    with database.writing("Thêm người dùng") as db:
        account_id = accounts.save_account(db, form)
        if password:
            accounts.set_password(db, account_id, password)
    return account_id


def sign_in(database: Database, account_id: int, password: str) -> accounts.SignIn:
    with database.writing(Act("Đăng nhập", ActKind.SIGN_IN)) as db:
        return accounts.try_password(db, account_id, password)


def user_of(database: Database, account_id: int) -> User:
    user = sign_in(database, account_id, PASSWORD).user
    assert user is not None
    return user


def test_a_centre_without_accounts_asks_nobody(database: Database) -> None:
    with database.reading() as db:
        assert not accounts.are_used(db)
        assert accounts.account_list(db) == []
    assert database.user.may(Permission.MANAGE_ACCOUNTS)
    add(database)
    with database.reading() as db:
        assert accounts.are_used(db)


def test_the_right_password_gives_the_user_with_the_roles(database: Database) -> None:
    account_id = add(database)
    user = user_of(database, account_id)
    assert user.title == "Hoàng Thị Mai · Giáo vụ, Quản trị"
    assert user.account_id == account_id


def test_a_password_typed_with_combining_marks_is_the_same(database: Database) -> None:
    account_id = add(database)
    decomposed = "nghi\u0323 quye\u0302\u0301t 35"
    assert sign_in(database, account_id, decomposed).user is not None


def test_five_wrong_passwords_cost_time_and_the_right_one_must_wait(database: Database) -> None:
    account_id = add(database)
    answers = [sign_in(database, account_id, "sai rồi") for _ in range(5)]
    assert [answer.wait_seconds > 0 for answer in answers] == [False] * 4 + [True]
    assert sign_in(database, account_id, PASSWORD).user is None
    with database.reading() as db:
        assert db.get_one(Account, account_id).failures == 5
        assert accounts.check_password(db, account_id, PASSWORD).user is None


def test_a_clock_set_back_never_locks_somebody_out_for_long(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    account_id = add(database)
    for _ in range(5):
        sign_in(database, account_id, "sai rồi")
    monkeypatch.setattr(accounts, "now", lambda: now() - datetime.timedelta(days=400))
    assert sign_in(database, account_id, PASSWORD).wait_seconds <= 5


def test_a_short_password_and_a_wrong_old_one_are_refused(database: Database) -> None:
    account_id = add(database)
    database.sign_in(user_of(database, account_id))
    with pytest.raises(InputError, match="ít nhất 6"), database.writing("Đổi mật khẩu") as db:
        accounts.set_password(db, account_id, "12345")
    with pytest.raises(InputError, match="Mật khẩu cũ"), database.writing("Đổi mật khẩu") as db:
        accounts.set_password(db, account_id, "mật khẩu mới", old="không phải")
    with database.writing("Đổi mật khẩu") as db:
        accounts.set_password(db, account_id, "mật khẩu mới", old=PASSWORD)
    assert sign_in(database, account_id, "mật khẩu mới").user is not None


def test_only_the_own_password_is_changed_without_the_right(database: Database) -> None:
    admin = add(database)
    clerk = add(database, AccountForm("Lò Văn Giáo", (Role.CLERK,)))
    database.sign_in(user_of(database, clerk))
    with pytest.raises(PermissionDenied), database.writing("Đổi mật khẩu") as db:
        accounts.set_password(db, admin, "chiếm quyền", old=PASSWORD)
    with pytest.raises(PermissionDenied), database.writing("Thêm người dùng") as db:
        accounts.save_account(db, replace(ADMIN, full_name="Người lạ"))


def test_somebody_stays_who_can_manage_the_users(database: Database) -> None:
    admin = add(database)
    for form in (replace(ADMIN, roles=(Role.CLERK,)), replace(ADMIN, is_active=False)):
        with database.writing("Thử") as db:
            other = accounts.save_account(db, AccountForm("Lò Văn Giáo", (Role.ADMIN,)))
        with database.writing("Sửa") as db:
            accounts.save_account(db, form, admin)
        with pytest.raises(RuleError, match="Quản trị"), database.writing("Sửa") as db:
            accounts.save_account(db, AccountForm("Lò Văn Giáo", (Role.CLERK,)), other)
        with database.writing("Trả lại") as db:
            accounts.save_account(db, ADMIN, admin)
            accounts.save_account(
                db, AccountForm(f"Lò Văn Giáo {other}", (Role.CLERK,), is_active=False), other
            )


def test_nobody_signs_in_on_a_closed_account(database: Database) -> None:
    add(database)
    clerk = add(database, AccountForm("Lò Văn Giáo", (Role.CLERK,)))
    with database.writing("Ngừng") as db:
        accounts.save_account(db, AccountForm("Lò Văn Giáo", (Role.CLERK,), is_active=False), clerk)
    with pytest.raises(RuleError, match="đã ngừng"):
        sign_in(database, clerk, PASSWORD)


def test_a_lecturer_account_is_one_of_the_lecturers(database: Database) -> None:
    add(database)
    with pytest.raises(InputError, match="danh sách giảng viên"):
        add(database, AccountForm("Lò Văn Dạy", (Role.LECTURER,)))
    with database.writing("Thêm giảng viên") as db:
        lecturer = save_lecturer(db, LecturerForm("Lò Văn Dạy", Employment.PART_TIME))
    account_id = add(database, AccountForm("Lò Văn Dạy", (Role.LECTURER,), lecturer))
    assert user_of(database, account_id).lecturer_id == lecturer


def test_two_users_do_not_share_a_name(database: Database) -> None:
    add(database)
    with pytest.raises(InputError, match="Đã có người dùng"):
        add(database)


def test_settings_are_kept_and_odd_ones_refused(database: Database) -> None:
    wanted = Settings(idle_minutes=5, backup_on_close=False, second_place="E:\\Sao lưu")
    with database.writing("Sửa cài đặt") as db:
        settings.save(db, wanted)
    with database.reading() as db:
        assert settings.load(db) == wanted
    with pytest.raises(InputError), database.writing("Sửa cài đặt") as db:
        settings.save(db, Settings(idle_minutes=-1))


def test_users_stand_in_the_order_of_their_given_names_closed_ones_last(
    database: Database,
) -> None:
    for name in ("Vũ Văn Ánh", "Hoàng Thị Mai", "Đinh Văn Tuấn", "Nông Thị Đào", "An Thị Bình"):
        closed = name == "An Thị Bình"
        add(database, AccountForm(name, (Role.ADMIN,), is_active=not closed))
    with database.reading() as db:
        names = [row.full_name for row in accounts.account_list(db)]
    assert names == [
        "Vũ Văn Ánh", "Nông Thị Đào", "Hoàng Thị Mai", "Đinh Văn Tuấn", "An Thị Bình"
    ]  # fmt: skip
