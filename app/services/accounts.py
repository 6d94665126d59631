"""Users of the program: who they are, their roles and passwords.

A login on a shared computer keeps honest people apart and signs the journal; whoever can copy
the data file can read it (FINDINGS §6 B.4).
"""

import datetime
import hashlib
import hmac
import os
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app import text
from app.errors import InputError, RuleError
from app.models import Account, AccountRole, Lecturer
from app.models.base import now
from app.rules.permissions import User as User  # the window knows no rules and asks for it here
from app.rules.permissions import alone
from app.services import guard
from app.terms import Permission, Role

SHORTEST_PASSWORD = 6
COST = 15  # scrypt with n = 2**15: 0.1 s and 32 MB for one try
FREE_FAILURES = 5
LONGEST_WAIT = datetime.timedelta(minutes=5)


@dataclass(frozen=True)
class AccountForm:
    """What is set for a user."""

    full_name: str
    roles: tuple[Role, ...]
    lecturer_id: int | None = None
    is_active: bool = True


@dataclass(frozen=True)
class AccountRow:
    """A user as lists show one."""

    id: int
    full_name: str
    roles: tuple[Role, ...]
    lecturer_id: int | None
    is_active: bool
    has_password: bool

    @property
    def title(self) -> str:
        """Return name and roles: "Hoàng Thị Mai · Giáo vụ"."""
        return f"{self.full_name} · {', '.join(role.label for role in self.roles)}"


@dataclass(frozen=True)
class SignIn:
    """The answer to a password: the user, or how long to wait before the next try."""

    user: User | None
    wait_seconds: int = 0


def without_account(name: str = "") -> User:
    """Return the one user of a centre without accounts, who may do everything."""
    return alone(name)


def are_used(db: Session) -> bool:
    """Tell whether the program asks who is there."""
    return bool(db.scalar(select(func.count()).where(Account.is_active)))


def account_list(db: Session) -> list[AccountRow]:
    """Return all users by name, active ones first."""
    rows = db.scalars(select(Account)).all()
    return [_row(row) for row in sorted(rows, key=_place)]


def user_of(db: Session, account_id: int) -> User:
    """Return who signs in with an account; whoever may work at all may ask that of oneself."""
    return _user(guard.existing(db, Account, account_id, "người dùng"))


def still_known(db: Session, user: User) -> User | None:
    """Return who signed in a while ago as the file knows them now; None: they sign in again."""
    if user.account_id is None:
        return None if are_used(db) else user
    row = db.get(Account, user.account_id)
    is_same = row is not None and row.is_active and row.full_name == user.name
    return _user(row) if row and is_same else None


def save_account(db: Session, form: AccountForm, account_id: int | None = None) -> int:
    """Add a user or change one; somebody active must stay who may manage the users."""
    guard.permit(db, Permission.MANAGE_ACCOUNTS)
    row = guard.existing(db, Account, account_id, "người dùng") if account_id else Account()
    row.full_name = guard.required(form.full_name, "họ và tên", "full_name")
    _refuse_same_name(db, row.full_name, account_id)
    if not form.roles:
        raise InputError("Chưa chọn vai trò nào. Chọn ít nhất một.", "roles")
    _refuse_unclear_lecturer(db, form)
    row.lecturer_id, row.is_active = form.lecturer_id, form.is_active
    _put_roles(row, form.roles)
    db.add(row)
    db.flush()
    _refuse_nobody_to_manage(db)
    return row.id


def set_password(db: Session, account_id: int, new: str, old: str | None = None) -> None:
    """Set a password: one's own with the `old` one, anybody's with the right to manage users."""
    is_own = old is not None and guard.user_of(db).account_id == account_id
    if is_own:
        guard.permit_own(db)
    else:
        guard.permit(db, Permission.MANAGE_ACCOUNTS)
    row = guard.existing(db, Account, account_id, "người dùng")
    if is_own and row.password and not _is_password(old or "", row.password):
        raise InputError("Mật khẩu cũ chưa đúng. Kiểm tra phím CapsLock và Unikey.", "old")
    refuse_short(new)
    row.password, row.failures, row.failed_at = _hashed(new), 0, None
    db.flush()


def refuse_short(password: str) -> None:
    """Raise InputError for a password that is guessed too easily."""
    if len(password) < SHORTEST_PASSWORD:
        raise InputError(f"Mật khẩu cần ít nhất {SHORTEST_PASSWORD} ký tự.", "new")


def try_password(db: Session, account_id: int, password: str) -> SignIn:
    """Answer a password; wrong ones are counted, and after five each costs more time.

    Never raises for a wrong password, so that the act which counts it is kept.
    """
    row = guard.existing(db, Account, account_id, "người dùng")
    if not row.is_active:
        raise RuleError("Người dùng này đã ngừng. Nhờ người quản trị mở lại.")
    if wait := _wait(row):
        return SignIn(None, wait)
    if row.password and not _is_password(password, row.password):
        row.failures, row.failed_at = row.failures + 1, now()
        return SignIn(None, _wait(row))
    row.failures, row.failed_at = 0, None
    return SignIn(_user(row))


def check_password(db: Session, account_id: int, password: str) -> SignIn:
    """Answer a password where nothing can be written: a file opened to read."""
    row = guard.existing(db, Account, account_id, "người dùng")
    wait = _wait(row)
    right = not row.password or _is_password(password, row.password)
    return SignIn(_user(row) if right and not wait else None, wait)


def _wait(row: Account) -> int:
    """Return the seconds until the next try; a clock set back never makes it longer."""
    if row.failures < FREE_FAILURES or row.failed_at is None:
        return 0
    pause = min(datetime.timedelta(seconds=5 * 2 ** (row.failures - FREE_FAILURES)), LONGEST_WAIT)
    left = row.failed_at + pause - now()
    return max(0, int(min(left, pause).total_seconds()))


def _hashed(password: str) -> str:
    salt = os.urandom(16)
    return f"{COST}:{salt.hex()}:{_scrypt(password, salt, COST).hex()}"


def _is_password(password: str, stored: str) -> bool:
    cost, salt, wanted = stored.split(":")
    return hmac.compare_digest(_scrypt(password, bytes.fromhex(salt), int(cost)).hex(), wanted)


def _scrypt(password: str, salt: bytes, cost: int) -> bytes:
    typed = unicodedata.normalize("NFC", password).encode()
    return hashlib.scrypt(typed, salt=salt, n=2**cost, r=8, p=1, maxmem=2**26, dklen=32)


def _put_roles(row: Account, roles: Iterable[Role]) -> None:
    wanted = set(roles)
    row.roles = [one for one in row.roles if one.role in wanted]
    kept = {one.role for one in row.roles}
    row.roles += [AccountRole(role=role) for role in Role if role in wanted - kept]


def _refuse_same_name(db: Session, name: str, account_id: int | None) -> None:
    same = select(Account.id).where(Account.full_name == name, Account.id != (account_id or 0))
    with db.no_autoflush:
        if db.scalar(same):
            raise InputError(f"Đã có người dùng {name}. Ghi thêm đơn vị để phân biệt.", "full_name")


def _refuse_unclear_lecturer(db: Session, form: AccountForm) -> None:
    if Role.LECTURER in form.roles and form.lecturer_id is None:
        raise InputError(
            "Vai trò giảng viên cần chọn người trong danh sách giảng viên.", "lecturer_id"
        )
    if form.lecturer_id is not None:
        with db.no_autoflush:
            guard.existing(db, Lecturer, form.lecturer_id, "giảng viên")


def _refuse_nobody_to_manage(db: Session) -> None:
    active = [row for row in account_list(db) if row.is_active]
    if active and not any(Role.ADMIN in row.roles for row in active):
        raise RuleError(
            "Phải còn ít nhất một người dùng đang hoạt động có vai trò Quản trị. "
            "Giao vai trò đó cho một người trước."
        )


def _user(row: Account) -> User:
    roles = frozenset(one.role for one in row.roles)
    return User(row.full_name, roles, row.id, row.lecturer_id)


def _place(row: Account) -> tuple[bool, str]:
    return not row.is_active, text.sort_key(row.full_name)


def _row(row: Account) -> AccountRow:
    roles = {one.role for one in row.roles}
    ordered = tuple(role for role in Role if role in roles)
    return AccountRow(
        row.id, row.full_name, ordered, row.lecturer_id, row.is_active, bool(row.password)
    )
