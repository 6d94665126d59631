"""What a page may ask of its context: rights, and a note of every look at personal data."""

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from app.database import Database
from app.models import JournalAct
from app.rules.permissions import User
from app.terms import ActKind, Permission, Role
from app.ui.context import Context
from app.ui.tasks import TaskRunner
from tests.ui.classroom import Window

CLOSED = "Đang mở để xem. Máy GIAOVU-01 đang làm việc."


@pytest.fixture
def context(database: Database) -> Context:
    return Context(database, TaskRunner(), Window())


def sign_in(context: Context, *roles: Role) -> None:
    context.database.sign_in(User("Hoàng Thị Mai", frozenset(roles), 1))


def test_a_right_of_any_role_is_enough(context: Context) -> None:
    sign_in(context, Role.LECTURER)
    assert context.may(Permission.MARK_ATTENDANCE, Permission.MARK_OWN_ATTENDANCE)
    assert not context.may(Permission.ENTER_MARKS)
    assert context.user.name == "Hoàng Thị Mai"


def test_a_file_opened_to_read_allows_reading_only(context: Context) -> None:
    context.database.read_only = CLOSED
    assert context.may(Permission.READ)
    assert context.may(Permission.EXPORT)
    assert not context.may(Permission.ENTER_MARKS)


def test_what_a_role_can_never_do_is_hidden(context: Context, qtbot: QtBot) -> None:
    button = QPushButton("Nhập điểm")
    qtbot.addWidget(button)
    sign_in(context, Role.DIRECTOR)
    assert context.gate(button, Permission.ENTER_MARKS) is button
    assert button.isHidden()


def test_what_only_waits_for_the_file_is_disabled_with_the_reason(
    context: Context, qtbot: QtBot
) -> None:
    button = QPushButton("Nhập điểm")
    qtbot.addWidget(button)
    context.gate(button, Permission.ENTER_MARKS)
    assert button.isEnabled()
    context.database.read_only = CLOSED
    context.gate(button, Permission.ENTER_MARKS)
    assert not button.isEnabled()
    assert button.toolTip() == CLOSED


def test_a_look_is_journalled(context: Context) -> None:
    context.look("Xem số định danh của Lò Thị Mai")
    with context.database.reading() as db:
        last = db.scalars(select(JournalAct).order_by(JournalAct.id.desc()).limit(1)).one()
        assert (last.name, last.kind) == ("Xem số định danh của Lò Thị Mai", ActKind.LOOK)


def test_a_look_into_a_file_opened_to_read_leaves_no_note(context: Context) -> None:
    context.database.read_only = CLOSED
    with context.database.reading() as db:
        before = len(db.scalars(select(JournalAct.id)).all())
    context.look("Xem số định danh của Lò Thị Mai")
    with context.database.reading() as db:
        assert len(db.scalars(select(JournalAct.id)).all()) == before
