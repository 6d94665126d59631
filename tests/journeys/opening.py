"""The first half of the journey: from the first start of the program to the running class."""

from datetime import date
from pathlib import Path
from typing import cast

from app import paths
from app.database import Database
from app.services import classes, demo, enrolment
from app.terms import ClassStatus
from app.ui.classes.list_page import ClassListPage
from app.ui.classes.workspace import ClassPage
from app.ui.combo import Combo
from app.ui.dialogs import Dialog
from app.ui.first_run import wizard
from app.ui.imports.page import ImportPage
from app.ui.students.roll_tab import RollTab
from tests.journeys.clerk import Clerk
from tests.journeys.eyes import CLASS_ID, status_of, text_of

ROSTER = paths.resources() / "demo" / demo.CANDIDATES
PEOPLE, SESSIONS = 42, 10


def set_up(clerk: Clerk, path: Path) -> Database:
    """First start: the wizard asks for the centre and makes the file."""
    window = clerk.start()

    def fill_in(wizard: Dialog) -> None:
        clerk.press("Ctrl+Return")
        clerk.type("Trung tâm Chính trị xã An Bình")
        clerk.fill(numbers_used="26")
        clerk.press("Ctrl+Return")
        clerk.type("Hoàng Văn Tuấn")
        clerk.press(*["Ctrl+Return"] * 3)
        assert not path.exists()
        clerk.press("Ctrl+Return")

    clerk.answer(fill_in)
    made = wizard.run(window, path)
    assert isinstance(made, Database)
    clerk.begin(made)
    assert "An Bình" in window.windowTitle()
    return made


def open_class(clerk: Clerk) -> None:
    """Ctrl+N: programme, intake, days, decision; the timetable comes from the programme."""
    clerk.page(ClassListPage)

    def fill_in(_dialog: Dialog) -> None:
        programme = cast(Combo, clerk.tab_to("version_id"))
        while "nhận thức về Đảng" not in programme.currentText():
            clerk.press("Down")
        clerk.fill(starts_on="9/11/2026")
        clerk.press("Tab")
        clerk.fill(
            venue="Hội trường Trung tâm",
            manager="Nông Thị Hiền",
            decision_number="24-QĐ/TTCT",
            decision_date="2.11.26",
        )
        clerk.press("Ctrl+Return")

    clerk.answer(fill_in)
    clerk.press("Ctrl+N")
    assert clerk.window.place() == "class"
    with clerk.context.database.reading() as db:
        detail = classes.class_detail(db, CLASS_ID)
    assert (detail.starts_on, detail.ends_on) == (date(2026, 11, 9), date(2026, 11, 13))
    assert (detail.sessions, detail.periods) == (SESSIONS, 50)
    assert detail.opening_decision
    assert detail.opening_decision.signed_on == date(2026, 11, 2)


def import_roster(clerk: Clerk) -> None:
    """The list the units sent, through check to import."""
    clerk.choose_file(ROSTER)
    clerk.tab_to("import_first")
    clerk.press("Space")
    page = clerk.page(ImportPage)
    clerk.press("Space")
    clerk.settle()
    clerk.press("Ctrl+Return")
    clerk.settle()
    assert len(page.check.model.rows) == PEOPLE
    for _ in range(2):
        clerk.press("Ctrl+Return")
        clerk.settle()
    assert text_of(page, "import_done") == f"Đã nhập {PEOPLE} học viên vào lớp"
    clerk.press("Ctrl+Return")
    assert isinstance(clerk.page(ClassPage).tab(), RollTab)


def see_names_in_order(clerk: Clerk) -> None:
    """Sorted by given name as in Vietnamese: An, Ẩn, Bình … Đào after Dung."""
    tab = clerk.page(ClassPage).tab()
    assert isinstance(tab, RollTab)
    shown = [row.full_name for row in tab.model.shown]
    assert len(shown) == PEOPLE
    keys = [row.sort_key for row in tab.model.shown]
    assert keys == sorted(keys)
    given = [name.split()[-1] for name in shown]
    assert given.index("Ẩn") < given.index("Duyên") < given.index("Hải")
    with clerk.context.database.reading() as db:
        assert [row.full_name for row in enrolment.class_roll(db, CLASS_ID)] == shown


def start_learning(clerk: Clerk) -> None:
    """The list brought the class to Chiêu sinh; the next step is asked with its conditions."""
    assert status_of(clerk) is ClassStatus.RECRUITING
    clerk.answer(lambda _dialog: clerk.press("Ctrl+Return"))
    clerk.tab_to("class_steps")
    clerk.press("Return")
    assert status_of(clerk) is ClassStatus.RUNNING
