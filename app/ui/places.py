"""Where the window can go; each page is imported when it is first opened."""

from typing import TYPE_CHECKING

from app.terms import Permission
from app.ui.side_bar import Place

if TYPE_CHECKING:
    # The window is painted before dialogs and tasks are needed.
    from app.ui.context import Context
    from app.ui.page import Page

FIRST = "classes"
_READERS = (Permission.READ,)
_LECTURERS = (Permission.READ_OWN,)
_ENROLLERS = (Permission.ENROL,)
_KEEPERS = (Permission.EDIT_PEOPLE,)
_SETTERS = (
    Permission.EDIT_CENTRE,
    Permission.EDIT_PROGRAMMES,
    Permission.READ_JOURNAL,
    Permission.BACK_UP,
    Permission.MANAGE_ACCOUNTS,
)


def all_places() -> list[Place]:
    """Return the places in the order of the side bar, then those inside them."""
    return [
        Place("classes", "Lớp học", "school", _classes, rights=_READERS),
        Place("students", "Học viên", "users", _students, rights=_READERS),
        Place("lecturers", "Giảng viên", "presentation", _lecturers, rights=_READERS),
        Place(
            "own_sessions", "Buổi của tôi", "clipboard-check", _own_sessions, short="Buổi học",
            rights=_LECTURERS, unless=Permission.READ,
        ),
        Place("settings", "Cài đặt", "settings", _settings, rights=_SETTERS),
        Place("class", "Lớp", "", _class, parent="classes", rights=_READERS),
        Place(
            "class", "Lớp", "", _class, parent="own_sessions",
            rights=_LECTURERS, unless=Permission.READ,
        ),
        Place("import", "Nhập từ Excel", "", _import, parent="classes", rights=_ENROLLERS),
        Place("duplicates", "Tìm người trùng", "", _duplicates, parent="students", rights=_KEEPERS),
    ]  # fmt: skip


def _classes(context: "Context") -> "Page":
    from app.ui.classes.list_page import ClassListPage

    return ClassListPage(context)


def _class(context: "Context") -> "Page":
    from app.ui.classes.workspace import ClassPage

    return ClassPage(context)


def _import(context: "Context") -> "Page":
    from app.ui.imports.page import ImportPage

    return ImportPage(context)


def _duplicates(context: "Context") -> "Page":
    from app.ui.duplicates.page import DuplicatesPage

    return DuplicatesPage(context)


def _own_sessions(context: "Context") -> "Page":
    from app.ui.attendance.own_page import OwnSessionsPage

    return OwnSessionsPage(context)


def _students(context: "Context") -> "Page":
    from app.ui.students.page import StudentsPage

    return StudentsPage(context)


def _lecturers(context: "Context") -> "Page":
    from app.ui.lecturers.page import LecturersPage

    return LecturersPage(context)


def _settings(context: "Context") -> "Page":
    from app.ui.settings.page import SettingsPage

    return SettingsPage(context)
