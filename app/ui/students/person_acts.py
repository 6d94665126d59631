"""What can be done with a person outside a class; each act is one transaction."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from app.errors import InputError
from app.terms import BackupKind, Permission
from app.ui import days, dialogs
from app.ui.context import Context
from app.ui.form import FormDialog
from app.ui.history import taking_back
from app.ui.list_export import file_name
from app.ui.students.add_dialog import AddStudentDialog
from app.ui.students.person_form import load_person, person_of, whole_form
from app.ui.tasks import Task

if TYPE_CHECKING:
    # Services import SQLAlchemy, which takes longer than the window to paint.
    from app.services.finding import StudentRow
    from app.services.students import StudentForm


class PersonActs:
    """The writing half of Học viên; `after` shows a person, or the list once one is gone."""

    def __init__(
        self, parent: QWidget, context: Context, after: Callable[[int | None], object]
    ) -> None:
        self.unit = ""  # typed last, offered for the next person
        self._parent, self._context, self._after = parent, context, after

    def add(self) -> None:
        """Register people who are in no class yet, one after the other."""
        shown: list[int] = []

        def show(row: "StudentRow") -> bool:
            shown.append(row.id)
            return True

        dialog = AddStudentDialog(
            self._parent,
            self._context,
            lambda person: shown.append(self._register(person)),
            self.unit,
            title="Thêm người",
            known_action="Mở hồ sơ",
            use_known=show,
        )
        dialog.exec()
        self.unit = dialog.unit
        if shown:
            self._after(shown[-1])

    def _register(self, person: "StudentForm") -> int:
        """Write a new person; one of the same name and birth date only when it is meant."""
        from app.services import students

        with self._context.database.reading() as db:
            same = students.same_person(db, person.full_name, person.born)
        if same and not dialogs.confirm(
            self._parent,
            f"Đã có {person.full_name} cùng ngày sinh. Vẫn thêm?",
            "Chỉ thêm khi chắc chắn đây là người khác; một người chỉ nên có một hồ sơ.",
            action="Thêm người khác",
        ):
            raise InputError("Đã có người này trong sổ. Tìm ở danh sách học viên.", "full_name")
        with self._context.database.writing(f"Thêm người {person.full_name}") as db:
            added = students.save_student(db, person)
        self._context.saved()
        return added

    def edit(self, student_id: int) -> None:
        """Correct what is known about a person."""
        from app.services import students

        if not self._context.may(Permission.EDIT_PEOPLE):
            return
        with self._context.refusals(self._parent):
            with self._context.database.reading() as db:
                person = students.student_detail(db, student_id).form

            def save(values: dict[str, object]) -> None:
                with self._context.database.writing(f"Sửa hồ sơ {person.full_name}") as db:
                    students.save_student(db, person_of(values), student_id)

            form = whole_form(save, self._context)
            load_person(form, person)
            if person.identity_number:
                self._context.look(f"Xem số định danh của {person.full_name}")
            title = f"Sửa hồ sơ {person.full_name}"
            if FormDialog(self._parent, title, form, action="Lưu thay đổi", width=760).exec():
                self._context.saved()
                self._after(student_id)

    def print_history(self, student_id: int, full_name: str) -> None:
        """Draw what a person learnt here, look at it, then keep or print it."""
        database, today = self._context.database, days.today()

        def make(_task: Task) -> bytes:
            from app.printing.study_record import render
            from app.services import study_history

            with database.reading() as db:
                sheet = study_history.record_sheet(db, student_id, today)
            return render(sheet)

        def show(pdf: bytes) -> None:
            from app.ui.print_preview import PrintPreview

            name = f"qua-trinh-hoc-{file_name(full_name)}.pdf"
            PrintPreview(self._parent, f"Quá trình học: {full_name}", pdf, name).exec()

        self._context.runner.run(self._parent, "Lập quá trình học…", make, show)

    def delete(self, student_id: int, full_name: str) -> None:
        """Delete somebody entered by mistake; what hangs on a person keeps the person."""
        from app.services import deleting

        message = (
            "Hồ sơ này chưa có lớp nào. Xóa rồi vẫn lấy lại được bằng Hoàn tác hoặc ở Nhật ký."
        )
        with self._context.refusals(self._parent):
            with self._context.database.reading() as db:
                deleting.refuse_hanging(db, student_id)
            title = f"Xóa hồ sơ {full_name}?"
            if not dialogs.confirm(self._parent, title, message, action="Xóa hồ sơ", danger=True):
                return
            self._context.copy_first(
                self._parent,
                BackupKind.BEFORE_DELETING,
                lambda: self._delete(student_id, full_name),
            )

    def _delete(self, student_id: int, full_name: str) -> None:
        from app.services import deleting

        with self._context.database.writing(f"Xóa hồ sơ {full_name}") as db:
            deleting.delete_student(db, student_id)
        self._context.saved()
        self._after(None)
        taking_back.tell_done(self._context, f"Đã xóa hồ sơ {full_name}.")
