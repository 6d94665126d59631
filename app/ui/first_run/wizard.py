"""The first run: where the data lie, what papers print, copies, users; then the centre's file.

The picture's six steps; the numbers used on paper are asked with the centre (`CentreStep`).
"""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QPalette
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from app.errors import AppError, InputError, StorageError
from app.ui import dialogs, theme
from app.ui.buttons import button, set_text
from app.ui.first_run.forms import CentreStep, SignatoryStep, Step
from app.ui.first_run.place import PlaceStep
from app.ui.first_run.rest import AccountStep, BackupStep, ProgrammeStep
from app.ui.labels import label
from app.ui.stepper import WizardSteps

if TYPE_CHECKING:
    # SQLAlchemy takes longer to import than the window to paint.
    from app.database import Database
    from app.services.setup import Choices

_TITLE = "Thiết lập lần đầu"
_STEPS = ("Nơi để dữ liệu", "Trung tâm", "Người ký", "Chương trình", "Sao lưu", "Người dùng")
_LAST = len(_STEPS) - 1
_TITLES = (
    ("Dữ liệu để ở đâu?", "Mọi thứ nằm trong một tệp, ở ổ của máy này. Cứ để như đề nghị."),
    ("Trung tâm tên gì?", "Những dòng này in ở đầu mọi văn bản."),
    (
        "Ai ký giấy chứng nhận và báo cáo?",
        "Tên và chức danh in trên giấy. Khi đổi người, thêm người mới; giấy đã cấp giữ tên cũ.",
    ),
    (
        "Trung tâm mở những chương trình nào?",
        "Danh mục được ghi sẵn, sửa được ở Cài đặt. Bỏ dấu ở chương trình không mở.",
    ),
    ("Bản sao thứ hai để ở đâu?", "Máy hỏng hay mất thì lấy lại dữ liệu từ đó."),
    ("Mấy người dùng chương trình này?", "Một người thì không cần mật khẩu."),
)


def run(parent: QWidget | None, path: Path) -> "Database | Path | None":
    """Ask and make the file, or tell which one that is there already is to be opened.

    None when the user leaves: nothing is then left on disk.
    """
    wizard = FirstRunWizard(parent, path)
    wizard.exec()
    return wizard.database or wizard.found


def finish(parent: QWidget | None, database: "Database") -> "Database | None":
    """Ask for a file that has no centre yet; None (and the file closed) when the user leaves."""
    wizard = FirstRunWizard(parent, database.path, database)
    wizard.exec()
    if wizard.database is None:
        database.close()
    return wizard.database


class FirstRunWizard(dialogs.Dialog):
    """Six steps, each of which may be left for later; afterwards `database` is the new open file.

    `found` is the file of who opened another one, or had a copy put back, instead.
    """

    def __init__(
        self, parent: QWidget | None, path: Path, existing: "Database | None" = None
    ) -> None:
        from app.ui.session.entrance import computer_user

        super().__init__(parent, _TITLE, 800)
        self.setObjectName("first_run")
        self.database: Database | None = None
        self.found: Path | None = None
        self._path, self._existing, self._who = path, existing, computer_user()
        self._first = 1 if existing else 0  # the place of a file that is there is settled
        self.place = PlaceStep(path, self._who, self._go_on_with)
        self.centre = CentreStep()
        self.signatory = SignatoryStep(self.centre)
        self.programmes = ProgrammeStep()
        self.copies = BackupStep(self._file)
        self.account = AccountStep()
        self.steps = WizardSteps(_STEPS)
        self.pages = QStackedWidget()
        self._lay_out()
        self._make_buttons()
        self._show_step(self._first)

    # building ----------------------------------------------------------------
    def _lay_out(self) -> None:
        """Steps on the left, the page on the right."""
        self.box.setContentsMargins(0, 0, 0, 0)
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addWidget(self._side())
        for form, words in zip(self._forms(), _TITLES, strict=True):
            self.pages.addWidget(_page(words, form))
            form.changed.connect(self._name_action)
        self.pages.setMinimumHeight(theme.u(476))
        row.addWidget(self.pages, 1)
        self.box.addLayout(row)

    def _make_buttons(self) -> None:
        """Later at the left; back, then on at the right."""
        self.action = button("Tiếp tục", "primary", name="next_step")
        self.action.clicked.connect(self.next_step)
        later = button("Để sau, mở chương trình", "quiet", name="later")
        later.clicked.connect(self.leave_rest)
        self._back = self.set_actions(self.action, "Quay lại", later)
        self._back.setObjectName("previous_step")
        self._back.clicked.disconnect()
        self._back.clicked.connect(self.previous_step)

    def _side(self) -> QFrame:
        """The list of steps and how long it takes."""
        side = QFrame()
        side.setAutoFillBackground(True)
        palette = side.palette()
        palette.setColor(QPalette.ColorRole.Window, theme.colour("window"))
        side.setPalette(palette)
        side.setFixedWidth(theme.u(190))
        column = QVBoxLayout(side)
        column.setContentsMargins(theme.u(12), theme.u(14), theme.u(12), theme.u(14))
        column.addWidget(self.steps)
        column.addStretch(1)
        note = "Khoảng 5 phút. Mọi mục đổi lại được trong Cài đặt."
        column.addWidget(label(note, "note", wrap=True))
        return side

    # going ---------------------------------------------------------------------
    def step(self) -> int:
        """The step that is shown, from 0."""
        return self.pages.currentIndex()

    def next_step(self) -> None:
        """Check this page and go on; on the last one make the file."""
        if not self._may_go_on():
            return
        if self.step() == _LAST:
            self._finish()
        else:
            self._show_step(self.step() + 1)

    def previous_step(self) -> None:
        """Go back; what was typed stays."""
        self._show_step(max(self.step() - 1, self._first))

    def leave_rest(self) -> None:
        """Keep what was answered so far, this page included, and begin to work."""
        if self._may_go_on():
            self._finish()

    def _may_go_on(self) -> bool:
        """Whether this page was left out whole, or can be kept."""
        form = self._forms()[self.step()]
        return not self.place.is_busy and (form.is_left_out or form.submit())

    def _go_on_with(self, path: Path) -> None:
        """There is a file already: nothing else is asked."""
        self.found = path
        self.accept()

    def _forms(self) -> tuple[Step, ...]:
        return (
            self.place,
            self.centre,
            self.signatory,
            self.programmes,
            self.copies,
            self.account,
        )

    def _file(self) -> Path:
        """The file that is made, or is there."""
        return self._path if self._existing else self.place.file()

    def _show_step(self, step: int) -> None:
        """Show a page and renew what depends on those before it."""
        self.pages.setCurrentIndex(step)
        self.steps.set_current(step)
        self.set_title(f"{_TITLE} – bước {step + 1} / {len(_STEPS)}")
        self._back.setEnabled(step > self._first)
        self._name_action()
        form = self._forms()[step]
        form.renew()
        entry = form.entry() or self.action
        entry.setFocus()
        if isinstance(entry, QLineEdit):
            entry.selectAll()  # typing replaces what was proposed

    def _name_action(self) -> None:
        """Say what the button does on this page."""
        is_left_out = self._forms()[self.step()].is_left_out
        usual = "Lập tệp dữ liệu" if self.step() == _LAST else "Tiếp tục"
        set_text(self.action, "Bỏ qua bước này" if is_left_out else usual)

    # writing -------------------------------------------------------------------
    def _finish(self) -> None:
        """Make the file; a refusal shows the page it concerns."""
        if not self._all_whole():
            return
        QGuiApplication.setOverrideCursor(Qt.CursorShape.BusyCursor)
        try:
            self.database = self._set_up()
        except AppError as error:
            QGuiApplication.restoreOverrideCursor()
            self._refuse(error)
        else:
            QGuiApplication.restoreOverrideCursor()
            self.accept()

    def _all_whole(self) -> bool:
        """Whether no page was left half filled in; the first that was is shown."""
        for step, form in enumerate(self._forms()):
            if step >= self._first and not form.is_left_out and not form.submit():
                self._show_step(step)
                form.submit()  # gives the keyboard to the wrong field
                return False
        return True

    def _set_up(self) -> "Database":
        """Write everything in one act; a file made for it is removed again when that fails."""
        from app import database
        from app.services import accounts, setup

        user = accounts.without_account(self._who)
        opened = self._existing or database.create(self._file(), user=user)
        try:
            with opened.writing(_TITLE) as db:
                centre = None if self.centre.is_left_out else self.centre.draft()
                signatory = None if self.signatory.is_left_out else self.signatory.draft()
                setup.set_up(db, centre, signatory, self._choices())
        except BaseException:
            if self._existing is None:
                opened.close()
                opened.path.unlink()
            raise
        return opened

    def _choices(self) -> "Choices":
        from app.services.setup import Choices

        return Choices(
            self.signatory.deputy(),
            self.programmes.offered(),
            self.copies.place(),
            self.account.account,
            self.account.password,
        )

    def _refuse(self, error: AppError) -> None:
        """Go to the page the refusal is about and say it there, else in a dialog."""
        name = error.field if isinstance(error, InputError) else ""
        for step, form in enumerate(self._forms()):
            if name in form.names():
                self._show_step(step)
                form.field(name).show_problem(str(error))
                return
        if isinstance(error, StorageError) and not self._existing:
            self._show_step(0)  # another place may do
        dialogs.show_error(self, error)

    def reject(self) -> None:
        """Ask before typed names are lost; a copy that is being put in place is waited for."""
        if self.place.is_busy:
            return
        typed = any(form.is_dirty for form in self._forms()) or self.step() > self._first
        if not typed or dialogs.confirm(
            self,
            "Thôi thiết lập?",
            "Chưa ghi gì vào máy. Lần mở sau sẽ hỏi lại từ đầu.",
            action="Thoát",
            cancel="Ở lại",
        ):
            super().reject()


def _page(words: tuple[str, str], contents: QWidget) -> QWidget:
    """A page: question, what it is for, contents."""
    page = QWidget()
    column = QVBoxLayout(page)
    column.setContentsMargins(theme.u(22), theme.u(16), theme.u(22), theme.u(12))
    column.setSpacing(theme.u(8))
    column.addWidget(label(words[0], "h1"))
    column.addWidget(label(words[1], "muted", wrap=True))
    column.addWidget(contents, 1)
    return page
