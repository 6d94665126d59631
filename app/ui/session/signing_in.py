"""Who wants to work: the users to choose from, and the answer to a password."""

import contextlib
from typing import TYPE_CHECKING

from app.errors import StorageError
from app.journal import Act
from app.services import accounts, centre
from app.terms import ActKind
from app.ui import days

if TYPE_CHECKING:
    from app.database import Database
    from app.services.accounts import AccountRow, SignIn, User


def brand(database: "Database") -> tuple[str, str]:
    """Return whose program this is: "TRUNG TÂM CHÍNH TRỊ", "Xã An Bình"."""
    with database.reading() as db:
        form = centre.draft(db, days.today())
    place = form.name.removeprefix("Trung tâm Chính trị").strip()
    return form.centre_line, place[:1].upper() + place[1:]


def users(database: "Database") -> list["AccountRow"]:
    """Return who may sign in; nobody where the centre has no accounts."""
    with database.reading() as db:
        return [row for row in accounts.account_list(db) if row.is_active]


def still_known(database: "Database", user: "User") -> "User | None":
    """Return the user with the rights of today; None where somebody has to sign in."""
    with database.reading() as db:
        return accounts.still_known(db, user)


def answer(database: "Database", row: "AccountRow", password: str) -> "SignIn":
    """Try a password; where nothing can be written it is only compared.

    It is compared before the act as well: the journal names the act by what came of it.
    """
    with database.reading() as db:
        found = accounts.check_password(db, row.id, password)
    name = "Đăng nhập" if found.user else "Đăng nhập sai"
    if not database.read_only:
        with (
            contextlib.suppress(StorageError),  # a full disk keeps nobody from looking
            database.writing(Act(f"{name}: {row.full_name}", ActKind.SIGN_IN)) as db,
        ):
            return accounts.try_password(db, row.id, password)
    return found
