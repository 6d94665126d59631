"""A centre with two users, and the session around it."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from app import database as store
from app import lock
from app.database import Database
from app.rules.permissions import alone
from app.services import accounts
from app.services.accounts import AccountForm
from app.terms import Role
from app.ui.frame import MainWindow
from app.ui.session.entrance import Opened
from app.ui.session.login_dialog import LoginDialog
from app.ui.session.session import Session
from app.ui.tasks import TaskRunner
from tests.ui.answering import answer
from tests.ui.conftest import cheap_hashes

MAI, TUAN = "Hoàng Thị Mai", "Hoàng Văn Tuấn"
PASSWORDS = {MAI: "phuongmai", TUAN: "tuantuan"}
Begin = Callable[..., Session]


@pytest.fixture(scope="session")
def users_file(centre_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A clerk who manages, and a director; both with a password."""
    path = tmp_path_factory.mktemp("users") / "centre.sqlite"
    shutil.copy(centre_file, path)
    opened = store.open_existing(path, user=alone("may"))
    with cheap_hashes(), opened.writing("Thêm người dùng") as db:
        for name, roles in ((MAI, (Role.CLERK, Role.ADMIN)), (TUAN, (Role.DIRECTOR,))):
            account_id = accounts.save_account(db, AccountForm(name, roles))
            accounts.set_password(db, account_id, PASSWORDS[name])
    opened.close()
    return path


@pytest.fixture
def path(users_file: Path, tmp_path: Path) -> Path:
    """A copy of that file."""
    copied = tmp_path / "centre.sqlite"
    shutil.copy(users_file, copied)
    return copied


@pytest.fixture
def runner() -> Iterator[TaskRunner]:
    made = TaskRunner()
    yield made
    made.shut_down()


@pytest.fixture
def begin(window: MainWindow, runner: TaskRunner) -> Iterator[Begin]:
    """Start a session on a file; nobody is asked for answers to dialogs."""
    made: list[Session] = []

    def start(path: Path, read_only: str = "") -> Session:
        opened = store.open_existing(path, user=alone("may"), read_only=read_only)
        held = None if read_only else lock.hold(path, "may")
        made.append(Session(window, runner, Opened(opened, held)))
        return made[-1]

    yield start
    runner.shut_down()
    for session in made:
        session.close()


def sign_in(name: str, password: str = "") -> None:
    """Sign in at the login that opens next."""

    def act(dialog: LoginDialog) -> None:
        choose(dialog, name)
        dialog.password.line.setText(password or PASSWORDS[name])
        dialog.try_password()

    answer(LoginDialog, act)


def choose(dialog: LoginDialog, name: str) -> None:
    """Choose a user by name as the mouse does."""
    combo = dialog.account.combo
    combo.setCurrentIndex([combo.itemText(at).startswith(name) for at in range(2)].index(True))
    combo.chosen.emit(combo.key())


def acts(database: Database) -> list[str]:
    """The names of all acts in the journal."""
    from sqlalchemy import select

    from app.models import JournalAct

    with database.reading() as db:
        return list(db.scalars(select(JournalAct.name).order_by(JournalAct.id)))
