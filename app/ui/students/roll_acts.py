"""What can be done with the roll of a class; each act is one transaction."""

import datetime
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from app.ui import dialogs
from app.ui.context import Context
from app.ui.form import FormDialog
from app.ui.history import taking_back
from app.ui.students.add_dialog import AddStudentDialog
from app.ui.students.period_dialog import period_dialog
from app.ui.students.person_form import load_person, person_of, whole_form
from app.ui.students.pick_dialog import PickStudentDialog

if TYPE_CHECKING:
    # Services import SQLAlchemy, which takes longer than the window to paint.
    from app.services.enrolment import RollRow
    from app.services.finding import StudentRow
    from app.services.students import StudentForm


class RollActs:
    """The writing half of the roll; `after` shows what is stored once something was written."""

    def __init__(self, parent: QWidget, context: Context, after: Callable[[], object]) -> None:
        self.class_id = 0
        self.unit = ""  # typed last, offered for the next person
        self._parent, self._context, self._after = parent, context, after

    def import_roster(self) -> None:
        """Go where rosters are chosen, dropped, pasted, or gone on with."""
        self._context.open("import", self.class_id)

    def take_block(self, block: str) -> None:
        """Import rows that were copied in Excel."""
        self._context.open("import", self.class_id, block)

    def paste(self) -> None:
        """Import what was copied in Excel, if rows were."""
        block = QGuiApplication.clipboard().text()
        if "\t" in block or "\n" in block.strip():
            self.take_block(block)

    def add(self) -> None:
        """Add new people by hand."""

        def enrol(row: "StudentRow") -> bool:
            with self._context.refusals(self._parent):
                self._enrol([row])
                return False
            return True

        dialog = AddStudentDialog(
            self._parent,
            self._context,
            self._register,
            self.unit,
            known_action="Dùng người đã có",
            use_known=enrol,
            take_block=self.take_block,
        )
        dialog.exec()
        self.unit = dialog.unit

    def _register(self, person: "StudentForm") -> None:
        """One new person."""
        from app.services import enrolment

        with self._context.database.writing(f"Thêm học viên {person.full_name}") as db:
            enrolment.register(db, self.class_id, person)
        self._after()

    def pick(self, inside: Sequence["RollRow"]) -> None:
        """Enrol people who are already known."""
        known = {row.student_id for row in inside}
        PickStudentDialog(self._parent, self._context, known, self._enrol).exec()

    def _enrol(self, people: Sequence["StudentRow"]) -> None:
        """All of the chosen people, or nobody."""
        from app.services import enrolment

        with self._context.database.writing(f"Ghi danh {_who(people)}") as db:
            for person in people:
                enrolment.enrol_student(db, self.class_id, person.id)
        self._after()

    def edit(self, row: "RollRow") -> None:
        """Correct a person, unit and position also as the class knows them."""
        from app.services import enrolment, students

        def save(values: dict[str, object]) -> None:
            with self._context.database.writing(f"Sửa học viên {row.full_name}") as db:
                enrolment.correct(db, row.enrolment_id, person_of(values))

        form = whole_form(save, self._context)
        with self._context.database.reading() as db:
            person = students.student_detail(db, row.student_id).form
        if person.identity_number:
            self._context.look(f"Xem số định danh của {person.full_name}")
        load_person(form, person)
        title = f"Sửa học viên {row.full_name}"
        if FormDialog(self._parent, title, form, action="Lưu thay đổi", width=760).exec():
            self._after()

    def change_period(self, rows: Sequence["RollRow"]) -> None:
        """Note who came later or left earlier."""
        from app.services import enrolment

        def change(
            entered_on: datetime.date | None, left_on: datetime.date | None, note: str
        ) -> None:
            with self._context.database.writing(f"Thời gian học của {_who(rows)}") as db:
                for row in rows:
                    enrolment.change_period(db, row.enrolment_id, entered_on, left_on, note)

        if rows and period_dialog(self._parent, rows, change).exec():
            self._after()

    def withdraw(self, rows: Sequence["RollRow"]) -> None:
        """Take people off the roll; their records as people stay."""
        from app.services import enrolment

        message = (
            f"Gỡ ghi danh {_who(rows)} khỏi lớp này. Hồ sơ người và các lớp khác vẫn còn. "
            "Ai đã có điểm danh hoặc điểm thì không gỡ được."
        )
        title = f"Xóa {_who(rows)} khỏi lớp?"
        if not dialogs.confirm(self._parent, title, message, action="Xóa khỏi lớp", danger=True):
            return
        with self._context.refusals(self._parent):
            with self._context.database.writing(f"Xóa {_who(rows)} khỏi lớp") as db:
                enrolment.withdraw(db, self.class_id, [row.enrolment_id for row in rows])
            self._after()
            taking_back.tell_done(self._context, f"Đã xóa {_who(rows)} khỏi lớp.")


def _who(rows: Sequence["RollRow"] | Sequence["StudentRow"]) -> str:
    """One by name, more by number."""
    return rows[0].full_name if len(rows) == 1 else f"{len(rows)} học viên"
