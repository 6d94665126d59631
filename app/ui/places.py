"""Where the window can go; each page is imported when it is first opened."""

from typing import TYPE_CHECKING

from app.ui.side_bar import Place

if TYPE_CHECKING:
    # The window is painted before dialogs and tasks are needed.
    from app.ui.context import Context
    from app.ui.page import Page

FIRST = "classes"


def all_places() -> list[Place]:
    """Return the places in the order of the side bar, then those inside them."""
    return [
        Place("classes", "Lớp học", "school", _classes),
        Place("students", "Học viên", "users", _students),
        Place("lecturers", "Giảng viên", "presentation", _lecturers),
        Place("settings", "Cài đặt", "settings", _settings),
        Place("class", "Lớp", "", _class, parent="classes"),
        Place("import", "Nhập từ Excel", "", _import, parent="classes"),
    ]


def _classes(context: "Context") -> "Page":
    from app.ui.classes.list_page import ClassListPage

    return ClassListPage(context)


def _class(context: "Context") -> "Page":
    from app.ui.classes.workspace import ClassPage

    return ClassPage(context)


def _import(context: "Context") -> "Page":
    from app.ui.students.import_page import ImportPage

    return ImportPage(context)


def _students(context: "Context") -> "Page":
    from app.ui.students.page import StudentsPage

    return StudentsPage(context)


def _lecturers(context: "Context") -> "Page":
    from app.ui.lecturers.page import LecturersPage

    return LecturersPage(context)


def _settings(context: "Context") -> "Page":
    from app.ui.settings.page import SettingsPage

    return SettingsPage(context)
