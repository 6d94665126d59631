"""Who may do what: every service asks, and the answer is that of the one list."""

import ast
import datetime
import importlib
import inspect
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from types import FunctionType
from unittest.mock import MagicMock

import pytest
from sqlalchemy.orm import Session

from app.database import Database
from app.errors import PermissionDenied, RuleError
from app.journal import Act
from app.rules.permissions import GRANTS, User, alone
from app.services import (
    accounts,
    attendance,
    centre,
    certificates,
    class_tasks,
    classes,
    enrolment,
    guard,
    history,
    lecturers,
    papers,
    programmes,
    reports,
    results,
    revocation,
    settings,
    students,
    timetable,
)
from app.services.accounts import AccountForm
from app.services.attendance import Mark
from app.services.lecturers import LecturerForm
from app.services.report_form import ReportForm
from app.services.settings import Settings
from app.terms import ActKind, AttendanceStatus, ClassStatus, Permission, Role

ROOT = Path(__file__).parent.parent
DAY = datetime.date(2026, 12, 1)
TEACHER = 3  # of the demo centre: teaches in three classes, not in the planned one
CLOSED_CLASS, RUNNING_CLASS, FINAL_CLASS, PLANNED_CLASS = 1, 2, 3, 4
NOBODY = User("Không vai trò", frozenset())

# Written before anybody is signed in, so nobody can be asked.
SIGNING_IN = {"accounts.try_password": "counts wrong passwords"}
# Read by everybody, because the window needs it before or beside the books.
FOR_EVERYBODY = {
    "accounts.account_list": "the sign-in screen offers the names",
    "accounts.are_used": "tells whether to ask who is there",
    "accounts.still_known": "who goes on working when the file is opened again",
    "accounts.user_of": "who somebody is after the own account was changed",
    "accounts.check_password": "signing in where nothing can be written",
    "centre.draft": "the centre's own name stands in the window",
    "centre.identities": "the centre's own name",
    "centre.is_set_up": "tells whether to show the first-run wizard",
    "centre.latest": "the centre's own name",
    "centre.signatories": "who signs stands on every paper",
    "centre.signatory": "who signs stands on every paper",
    "centre.signers": "who signs stands on every paper",
    "clock.newest_act": "an instant",
    "history.next_redo": "one's own acts",
    "history.next_undo": "one's own acts",
    "settings.load": "how the program behaves",
}


def user_of(role: Role) -> User:
    return User(role.label, frozenset({role}), 1, TEACHER)


# The table: one real call for every right ----------------------------------------
def own_session(db: Session) -> int:
    rows = timetable.session_list(db, RUNNING_CLASS)
    return next(row.id for row in rows if TEACHER in row.lecturer_ids)


def mark(db: Session, session_id: int) -> None:
    first = attendance.grid(db, RUNNING_CLASS).learners[0].enrolment_id
    attendance.mark(db, RUNNING_CLASS, [Mark(first, session_id, AttendanceStatus.PRESENT)])


def mark_foreign(db: Session) -> None:
    rows = timetable.session_list(db, RUNNING_CLASS)
    mark(db, next(row.id for row in rows if TEACHER not in row.lecturer_ids))


def see_number(db: Session) -> None:
    """What is masked was not shown."""
    shown = [row for row in students.student_list(db) if students_number(db, row.id)]
    if not shown or "•" in students_number(db, shown[0].id):
        raise PermissionDenied


def students_number(db: Session, student_id: int) -> str:
    form = students.student_detail(db, student_id).form
    return form.identity_number or form.phone


def put_programme(db: Session) -> None:
    row = programmes.programme_list(db)[0]
    programmes.save_programme(db, row.id, row)


CALLS: dict[Permission, Callable[[Session], object]] = {
    Permission.READ: students.student_list,
    Permission.READ_OWN: lambda db: classes.class_detail(db, RUNNING_CLASS),
    Permission.SHOW_PERSONAL: see_number,
    Permission.EXPORT: lambda db: papers.class_list_sheet(db, CLOSED_CLASS),
    Permission.EDIT_CENTRE: lambda db: centre.save(db, replace(centre.latest(db), phone="1")),
    Permission.EDIT_PROGRAMMES: put_programme,
    Permission.EDIT_PEOPLE: lambda db: lecturers.save_lecturer(db, LecturerForm("Lò Thị An")),
    Permission.EDIT_CLASSES: lambda db: classes.set_status(
        db, PLANNED_CLASS, ClassStatus.RECRUITING
    ),
    Permission.ENROL: lambda db: enrolment.enrol_student(db, PLANNED_CLASS, 1),
    Permission.MARK_ATTENDANCE: mark_foreign,
    Permission.MARK_OWN_ATTENDANCE: lambda db: mark(db, own_session(db)),
    Permission.ENTER_MARKS: lambda db: results.save_mark(
        db, RUNNING_CLASS, enrolment.class_roll(db, RUNNING_CLASS)[0].enrolment_id, None
    ),
    Permission.APPROVE_RESULTS: lambda db: results.unfreeze(db, FINAL_CLASS),
    Permission.ISSUE: lambda db: certificates.note_printed(db, [1]),
    Permission.REVOKE: lambda db: revocation.revoke(db, 1, "Cấp nhầm", "", DAY),
    Permission.WRITE_REPORTS: lambda db: reports.save_report(db, FINAL_CLASS, ReportForm("15")),
    Permission.CLOSE_CLASS: lambda db: revocation.reopen_class(db, CLOSED_CLASS, "Ghi sai"),
    Permission.READ_JOURNAL: lambda db: history.act_list(db, history.ActFilter()),
    Permission.BACK_UP: lambda db: settings.save(db, Settings(backup_minutes=15)),
    Permission.RESTORE: lambda db: guard.permit(db, Permission.RESTORE),  # copies are files
    Permission.MANAGE_ACCOUNTS: lambda db: accounts.save_account(
        db, AccountForm("Hoàng Thị Mai", (Role.ADMIN,))
    ),
}


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("right", Permission)
def test_a_role_may_do_what_the_list_grants_and_nothing_else(
    demo: Database, role: Role, right: Permission
) -> None:
    demo.sign_in(user_of(role))

    def do() -> bool:
        with demo.writing(right.label) as db:
            CALLS[right](db)
            return True

    if right in GRANTS[role]:
        assert do()
    else:
        with pytest.raises(PermissionDenied):
            do()


def test_whoever_edits_people_sees_their_numbers_in_full() -> None:
    """Else a form would save the mask over the number."""
    for rights in GRANTS.values():
        assert Permission.EDIT_PEOPLE not in rights or Permission.SHOW_PERSONAL in rights


# Every service that writes asks ------------------------------------------------------
Name = str  # "students.save_student"


@cache
def services() -> dict[Name, FunctionType]:
    """Every function of the services."""
    found = {}
    for path in sorted((ROOT / "app/services").glob("*.py")):
        module = importlib.import_module(f"app.services.{path.stem}")
        for name, function in vars(module).items():
            if inspect.isfunction(function) and function.__module__ == module.__name__:
                found[f"{path.stem}.{name}"] = function
    return found


def public() -> Iterator[Name]:
    """Services as the other rooms call them: `module.verb(db, …)`."""
    for name, function in services().items():
        module, _, verb = name.partition(".")
        takes = next(iter(inspect.signature(function).parameters), "")
        if takes == "db" and not verb.startswith("_") and module != "guard":
            yield name


@cache
def body(name: Name) -> list[ast.AST]:
    return list(ast.walk(ast.parse(inspect.getsource(services()[name]).strip())))


def writes_itself(name: Name) -> bool:
    """Whether it adds, deletes or flushes rows, sets an attribute, or reverts an act."""
    return any(is_write(node) for node in body(name))


def is_write(node: ast.AST) -> bool:
    if isinstance(node, ast.Call):
        said = ast.unparse(node.func)
        return said in ("setattr", "journal.revert") or bool(
            re.fullmatch(r"db\.(add|add_all|delete|flush|merge)", said)
        )
    return (
        isinstance(node, ast.Attribute)
        and isinstance(node.ctx, ast.Store)
        and ast.unparse(node.value) != "self"
    )


def called_by(name: Name) -> Iterator[Name]:
    module = name.partition(".")[0]
    for node in body(name):
        if isinstance(node, ast.Call):
            said = ast.unparse(node.func)
            yield said if "." in said else f"{module}.{said}"


@cache
def writers() -> frozenset[Name]:
    """Public services that write, themselves or by what they call."""
    found = {name for name in services() if writes_itself(name)}
    grown = True
    while grown:
        more = {name for name in services() if found & set(called_by(name))}
        grown = not more <= found
        found |= more
    return frozenset(found & set(public()))


@cache
def shown() -> frozenset[Name]:
    """Public services that a screen or a command calls."""
    rooms = [*(ROOT / "app/ui").rglob("*.py"), ROOT / "app/cli.py", ROOT / "app/startup.py"]
    said = "\n".join(path.read_text(encoding="utf-8") for path in rooms)
    return frozenset(name for name in public() if re.search(rf"\b{name}\(", said))


def stand_in(name: Name, parameter: str, acts: dict[str, int]) -> object:
    """A value good enough to come to the question whether it may be done."""
    if parameter == "act_id":
        return acts["undone" if name == "history.redo" else "live"]
    if parameter.endswith("_ids"):
        return [1]
    return RUNNING_CLASS if parameter.endswith("_id") else MagicMock()


@pytest.fixture(scope="module")
def acts() -> dict[str, int]:
    return {}


@pytest.fixture
def refusing(demo: Database, acts: dict[str, int]) -> Database:
    """The demo centre with an act to undo and one to do again, in the hands of nobody."""
    for _ in range(2):
        with demo.writing("Thêm giảng viên") as db:
            lecturers.save_lecturer(db, LecturerForm("Lò Thị An"))
    with demo.reading() as db:
        newest = history.act_list(db, history.ActFilter(limit=2))
    acts["live"] = newest[1].id
    with demo.writing(Act("Hoàn tác", ActKind.UNDO, undoes=newest[0].id)) as db:
        history.undo(db, newest[0].id)
    with demo.reading() as db:
        undone = history.next_redo(db, 0)
    assert undone
    acts["undone"] = undone.id
    demo.sign_in(NOBODY)
    return demo


def ask(database: Database, name: Name, acts: dict[str, int]) -> None:
    function = services()[name]
    wanted = list(inspect.signature(function).parameters.values())[1:]
    given = {
        one.name: stand_in(name, one.name, acts)
        for one in wanted
        if one.kind is not inspect.Parameter.VAR_POSITIONAL
    }
    with database.writing("Thử") as db:
        function(db, **given)


@pytest.mark.parametrize("name", sorted(writers() - SIGNING_IN.keys()))
def test_a_service_that_writes_asks_for_a_right(
    refusing: Database, acts: dict[str, int], name: Name
) -> None:
    with pytest.raises(PermissionDenied):
        ask(refusing, name, acts)


@pytest.mark.parametrize("name", sorted(shown() - writers() - FOR_EVERYBODY.keys()))
def test_a_service_that_screens_read_from_asks_for_a_right(
    refusing: Database, acts: dict[str, int], name: Name
) -> None:
    with pytest.raises(PermissionDenied):
        ask(refusing, name, acts)


def test_what_needs_no_right_writes_nothing() -> None:
    assert FOR_EVERYBODY.keys() <= set(public()) - writers()
    assert SIGNING_IN.keys() <= writers()
    assert len(writers()) > 25


# A lecturer's reach ------------------------------------------------------------------
@pytest.fixture
def teaching(demo: Database) -> Database:
    """The demo centre in the hands of a lecturer."""
    demo.sign_in(user_of(Role.LECTURER))
    return demo


def test_a_lecturer_sees_the_classes_with_an_own_session(teaching: Database) -> None:
    with teaching.reading() as db:
        seen = {row.id for row in class_tasks.class_list(db)}
    teaching.sign_in(alone())
    with teaching.reading() as db:
        own = {
            row.id
            for row in class_tasks.class_list(db)
            if any(TEACHER in one.lecturer_ids for one in timetable.session_list(db, row.id))
        }
    assert seen == own == {CLOSED_CLASS, RUNNING_CLASS, FINAL_CLASS}


def test_a_lecturer_reads_nothing_of_other_classes(teaching: Database) -> None:
    reading: list[Callable[[Session, int], object]] = [
        classes.class_detail,
        enrolment.class_roll,
        attendance.grid,
        timetable.session_list,
    ]
    with teaching.reading() as db:
        for read in reading:
            assert read(db, RUNNING_CLASS)
            with pytest.raises(PermissionDenied, match="lớp mình dạy"):
                read(db, PLANNED_CLASS)


def test_a_lecturer_reads_own_teaching_only(teaching: Database) -> None:
    with teaching.reading() as db:
        assert lecturers.teaching(db, TEACHER, 2026)
        with pytest.raises(PermissionDenied):
            lecturers.teaching(db, TEACHER + 1, 2026)


def test_a_lecturer_sees_no_numbers_and_no_religion(teaching: Database) -> None:
    with teaching.reading() as db:
        rows = enrolment.class_roll(db, RUNNING_CLASS)
    assert any(row.phone or row.identity_number for row in rows)
    assert all("•" in row.phone for row in rows if row.phone)
    assert all("•" in row.identity_number for row in rows if row.identity_number)
    assert not any(row.religion or row.ethnicity for row in rows)


def test_a_lecturer_of_nothing_sees_no_class(demo: Database) -> None:
    demo.sign_in(User("Giảng viên", frozenset({Role.LECTURER})))
    with demo.reading() as db:
        assert class_tasks.class_list(db) == []


def test_a_director_opens_a_class_the_clerk_may_not(demo: Database) -> None:
    demo.sign_in(user_of(Role.CLERK))
    with pytest.raises(PermissionDenied), demo.writing("Mở lại lớp") as db:
        revocation.reopen_class(db, CLOSED_CLASS, "Ghi sai số buổi")
    demo.sign_in(user_of(Role.DIRECTOR))
    with demo.writing("Mở lại lớp") as db:
        revocation.reopen_class(db, CLOSED_CLASS, "Ghi sai số buổi")
    with pytest.raises(RuleError), demo.writing("Mở lại lớp") as db:
        revocation.reopen_class(db, CLOSED_CLASS, "Ghi sai số buổi")
