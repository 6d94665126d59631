"""The first run: asks what papers print, then makes the centre's file."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QPalette
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app import dates
from app.errors import AppError, InputError
from app.ui import dialogs, theme
from app.ui.buttons import button, set_text
from app.ui.fields import TextField
from app.ui.form import Form
from app.ui.labels import Card, label, value
from app.ui.settings import proposals
from app.ui.settings.wizard_forms import CentreStep, NumbersStep, SignatoryStep
from app.ui.stepper import WizardSteps

if TYPE_CHECKING:
    # SQLAlchemy takes longer to import than the window to paint.
    from app.database import Database
    from app.services.centre import CentreForm, SignatoryForm

_STEPS = ("Trung tâm", "Người ký", "Số giấy", "Xem lại")
_TITLES = (
    ("Trung tâm tên gì?", "Những dòng này in ở đầu mọi văn bản."),
    (
        "Ai ký giấy chứng nhận và báo cáo?",
        "Tên và chức danh in trên giấy. Khi đổi người, thêm người mới; giấy đã cấp giữ tên cũ.",
    ),
    (
        "Năm nay đã cấp số nào trên giấy chưa?",
        "Chương trình cấp tiếp theo số cuối cùng trong sổ giấy.",
    ),
    ("Xem lại rồi lập tệp dữ liệu", "Mọi mục đổi lại được trong Cài đặt."),
)


def run(parent: QWidget | None, path: Path) -> "Database | None":
    """Ask and make the file; None when the user leaves: nothing is then left on disk."""
    wizard = FirstRunWizard(parent, path)
    wizard.exec()
    return wizard.database


def finish(parent: QWidget | None, database: "Database") -> "Database | None":
    """Ask for a file that has no centre yet; None (and the file closed) when the user leaves."""
    wizard = FirstRunWizard(parent, database.path, database)
    wizard.exec()
    if wizard.database is None:
        database.close()
    return wizard.database


class FirstRunWizard(dialogs.Dialog):
    """Four steps with a live preview; the last makes the file and leaves it open in `database`."""

    def __init__(
        self, parent: QWidget | None, path: Path, existing: "Database | None" = None
    ) -> None:
        super().__init__(parent, "Thiết lập lần đầu", 800)
        self.setObjectName("first_run")
        self.database: Database | None = None
        self._path, self._existing = path, existing
        self.centre = CentreStep(self._take)
        self.signatory = SignatoryStep(self._take, self.centre)
        self.numbers = NumbersStep(self._take, self.centre)
        self._summary = QVBoxLayout()
        self.steps = WizardSteps(_STEPS)
        self.pages = QStackedWidget()
        self._lay_out()
        self.action = button("Tiếp tục", "primary", name="next_step")
        self.action.clicked.connect(self.next_step)
        self._back = self.set_actions(self.action, "Quay lại")
        self._back.setObjectName("previous_step")
        self._back.clicked.disconnect()
        self._back.clicked.connect(self.previous_step)
        self._show_step(0)

    # building ----------------------------------------------------------------
    def _lay_out(self) -> None:
        """Steps on the left, the page on the right."""
        self.box.setContentsMargins(0, 0, 0, 0)
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addWidget(self._side())
        for form, words in zip((self.centre, self.signatory, self.numbers), _TITLES, strict=False):
            self.pages.addWidget(_page(words, form))
        review = QWidget()
        review.setLayout(self._summary)
        self._summary.setContentsMargins(0, 0, 0, 0)
        self.pages.addWidget(_page(_TITLES[-1], review))
        self.pages.setMinimumHeight(theme.u(476))
        row.addWidget(self.pages, 1)
        self.box.addLayout(row)

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
        note = "Khoảng 3 phút. Mọi mục đổi lại được trong Cài đặt."
        column.addWidget(label(note, "note", wrap=True))
        return side

    # going ---------------------------------------------------------------------
    def step(self) -> int:
        """The step that is shown, from 0."""
        return self.pages.currentIndex()

    def next_step(self) -> None:
        """Check this page and go on; on the last one make the file."""
        if self.step() == len(_STEPS) - 1:
            self._finish()
        elif self._forms()[self.step()].submit():
            self._show_step(self.step() + 1)

    def previous_step(self) -> None:
        """Go back; what was typed stays."""
        self._show_step(max(self.step() - 1, 0))

    def _forms(self) -> tuple[Form, ...]:
        return self.centre, self.signatory, self.numbers

    def _take(self, _values: dict[str, object]) -> None:
        """A page is kept in its fields until the last step."""

    def _show_step(self, step: int) -> None:
        """Show a page and renew what depends on those before it."""
        self.pages.setCurrentIndex(step)
        self.steps.set_current(step)
        self._back.setEnabled(step > 0)
        last = step == len(_STEPS) - 1
        set_text(self.action, "Lập tệp dữ liệu" if last else "Tiếp tục")
        if last:
            self._summarise()
            self.action.setFocus()
            return
        (self.centre.preview.show_now, self.signatory.preview.show_now, self.numbers.show_example)[
            step
        ]()
        first = self._forms()[step].field(("name", "name", "numbers_used")[step])
        assert isinstance(first, TextField)
        first.line.setFocus()
        first.line.selectAll()  # typing replaces what was proposed

    def _summarise(self) -> None:
        """Show once more what will be written, and where."""
        while item := self._summary.takeAt(0):
            if widget := item.widget():
                widget.deleteLater()
        centre, signatory = self._centre_form(), self._signatory_form()
        card = Card()
        for caption, words in (
            ("Trung tâm", centre.name),
            ("Đầu văn bản", f"{centre.parent_line} · {centre.centre_line}"),
            ("Địa danh, ký hiệu", f"{centre.place_name} · {centre.short_code}"),
            ("Mẫu", centre.document_family.label),
            (
                "Người ký",
                f"{signatory.title} {signatory.name}, từ {dates.grid(signatory.valid_from)}",
            ),
            ("Tờ giấy đầu tiên", self.numbers.example.text()),
            ("Tệp dữ liệu", str(self._path)),
        ):
            card.add(value(caption, words))
        self._summary.addWidget(card)
        note = "Danh mục chương trình bồi dưỡng được ghi sẵn; các giá trị mặc định chờ xác nhận."
        self._summary.addWidget(label(note, "note", wrap=True))
        self._summary.addStretch(1)

    # writing -------------------------------------------------------------------
    def _centre_form(self) -> "CentreForm":
        day = proposals.today()
        return replace(
            self.centre.draft(),
            valid_from=day.replace(month=1, day=1),
            numbers_used=self.numbers.field("numbers_used").value() or 0,
            numbers_used_year=day.year,
        )

    def _signatory_form(self) -> "SignatoryForm":
        return replace(
            self.signatory.draft(), valid_from=self.signatory.field("valid_from").value()
        )

    def _finish(self) -> None:
        """Make the file; a refusal shows the page it concerns."""
        QGuiApplication.setOverrideCursor(Qt.CursorShape.BusyCursor)
        try:
            self.database = set_up(
                self._path, self._existing, self._centre_form(), self._signatory_form()
            )
        except AppError as error:
            self._refuse(error)
        else:
            self.accept()
        finally:
            QGuiApplication.restoreOverrideCursor()

    def _refuse(self, error: AppError) -> None:
        QGuiApplication.restoreOverrideCursor()
        name = error.field if isinstance(error, InputError) else ""
        for step, form in enumerate(self._forms()):
            if name and name in form.values():
                self._show_step(step)
                form.field(name).show_problem(str(error))
                return
        dialogs.show_error(self, error)

    def reject(self) -> None:
        """Ask before typed names are lost."""
        typed = any(form.is_dirty for form in self._forms()) or self.step() > 0
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


def set_up(
    path: Path,
    existing: "Database | None",
    centre: "CentreForm",
    signatory: "SignatoryForm",
) -> "Database":
    """Write everything in one act; a file made for it is removed again when that fails."""
    from app import database
    from app.services import setup

    opened = existing or database.create(path)
    try:
        with opened.writing("Thiết lập lần đầu") as db:
            setup.set_up(db, centre, signatory)
    except BaseException:
        if existing is None:
            opened.close()
            path.unlink()
        raise
    return opened
