"""Trung tâm: the names and usual words, beside the paper they are printed on."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Qt, QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from app.errors import AppError
from app.terms import Permission
from app.ui import days, theme
from app.ui.combo import Combo
from app.ui.context import Context
from app.ui.labels import Card, label
from app.ui.paper_view import PaperView
from app.ui.rights import hindrance
from app.ui.settings.centre_form import CentreFields, Values, check_year, form_of, kept_note
from app.ui.settings.section import Section

if TYPE_CHECKING:
    # Services import SQLAlchemy, which takes longer than the window to paint.
    from app.services.centre import CentreForm, SignatoryForm

_WAIT_MS = 200  # after the last key; drawing takes about 10 ms
_PAPER, _NARROW_PAPER = 470, 330  # design px
_REPORT, _CERTIFICATE = "report", "certificate"
_PAPERS = ((_REPORT, "Báo cáo tổng kết lớp"), (_CERTIFICATE, "Giấy chứng nhận"))


class CentreSection(Section):
    """A form; what it changes is seen at once on an invented paper."""

    title = "Trung tâm"
    needs = (Permission.READ, Permission.EDIT_CENTRE)

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.setObjectName("centre_section")
        self._stored: CentreForm | None = None
        self._is_unsaved = False
        self._signatory: SignatoryForm | None = None
        self.form = CentreFields(self._save)
        self.paper = PaperView()
        self.papers = Combo(_PAPERS)
        self._papers_note = label("Hình này là bản PDF thật, đổi theo từng ô bên trái.", "note")
        self._timer = QTimer(self, singleShot=True, interval=_WAIT_MS)
        self._timer.timeout.connect(self.draw)
        self._lay_out()
        self.form.changed.connect(self._timer.start)
        self.form.dirty_changed.connect(self._tell_dirty)
        self.papers.chosen.connect(lambda _key: self.draw())

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        row = QHBoxLayout()
        row.setContentsMargins(theme.u(18), theme.u(10), theme.u(16), theme.u(10))
        row.setSpacing(theme.u(14))
        left = QVBoxLayout()
        left.setSpacing(theme.u(8))
        left.addWidget(label("Thông tin trung tâm", "h1"))
        left.addWidget(scrolled(self.form), 1)
        row.addLayout(left, 1)
        row.addWidget(self._preview_card())
        column.addLayout(row, 1)
        footer = self.form.footer(self._reset)
        column.addWidget(self.context.gate(footer, Permission.EDIT_CENTRE))
        self.form.setEnabled(self.context.may(Permission.EDIT_CENTRE))
        self.form.setToolTip(hindrance(self.context, Permission.EDIT_CENTRE))

    def _preview_card(self) -> Card:
        self._card = card = Card()
        self.set_compact(False)
        head = QHBoxLayout()
        head.addWidget(label("Xem trước văn bản", "strong"))
        head.addStretch(1)
        self.papers.setAccessibleName("Văn bản xem trước")
        head.addWidget(self.papers)
        card.add(head)
        card.add(self.paper, 1)
        card.add(self._papers_note)
        return card

    # data ----------------------------------------------------------------------
    def reload(self) -> None:
        """Read the centre again unless something typed would be lost."""
        from app.services import centre

        if self.form.is_dirty and self._stored:
            return
        with self.context.database.reading() as db:
            identities = centre.identities(db)
            self._stored = centre.draft(db, days.today())
            signatories = centre.signatories(db)
        self._signatory = next((row for row in signatories if not row.authority), None)
        self.form.kept.setText(kept_note(identities[1:]))
        self._reset()

    def set_compact(self, on: bool) -> None:
        """A narrower paper in a narrow window."""
        self._card.setFixedWidth(theme.u(_NARROW_PAPER if on else _PAPER))

    def _reset(self) -> None:
        """Show what is stored; filling the fields in is not a change."""
        if self._stored is None:
            return
        with QSignalBlocker(self.form):
            self.form.show_stored(self._stored)
        self.form.changed.emit()
        self.draw()
        if self._is_unsaved:
            self._tell_dirty(False)

    def _save(self, values: Values) -> None:
        from app.services import centre

        assert self._stored is not None
        form = form_of(self._stored, values)
        check_year(form)
        with self.context.database.writing("Sửa thông tin trung tâm") as db:
            centre.save(db, form)
        with self.context.database.reading() as db:
            self._stored = centre.draft(db, days.today())
            self.form.kept.setText(kept_note(centre.identities(db)[1:]))
        self._reset()
        self.context.frame.renew_centre()
        self.context.saved()

    def _tell_dirty(self, dirty: bool) -> None:
        self._is_unsaved = dirty
        if dirty:
            self.context.unsaved()
        else:
            self.context.saved()

    def may_leave(self) -> bool:
        """Ask about unsaved input; dropped input is taken back."""
        if self._stored is None:
            return True  # nothing could be read, so nothing was changed
        if not self.form.ask_to_leave():
            return False
        if self.form.is_dirty:
            self._reset()
        return True

    # preview -------------------------------------------------------------------
    def draw(self) -> None:
        """Draw the paper with what is typed; a text that cannot be printed is said below it."""
        if self._stored is None:
            return
        try:
            self._show_numbers()
            self.paper.set_pdf(self._pdf())
        except AppError as error:
            self._say(str(error), "problem")
        else:
            self._say("Hình này là bản PDF thật, đổi theo từng ô bên trái.", "note")

    def _say(self, words: str, role: str) -> None:
        self._papers_note.setText(words)
        self._papers_note.setWordWrap(True)
        theme.repolish(self._papers_note, role=role)

    def _draft(self) -> "CentreForm":
        assert self._stored is not None
        return self.form.draft(self._stored)

    def _show_numbers(self) -> None:
        """Name the styles of numbers by example, and say the next certificate's numbers."""
        from app.services import samples

        draft = self._draft()
        year = draft.numbers_used_year or days.today().year
        self.form.offer_patterns(lambda pattern: samples.pattern_example(pattern, draft, year))
        certificate, register = samples.next_numbers(draft, year)
        self.form.example.setText(
            f"Sau số đã ghi trên giấy, năm {year} bắt đầu từ: Số {certificate} · vào sổ {register}"
        )

    def _pdf(self) -> bytes:
        from app.printing import certificate, closing_report
        from app.services import samples
        from app.services.centre import SignatoryForm

        draft, today = self._draft(), days.today()
        signatory = self._signatory or SignatoryForm("", "GIÁM ĐỐC", today)
        if self.papers.key() == _REPORT:
            return closing_report.render(samples.report(draft, signatory, today))
        sheet = samples.certificate_sheet(draft, signatory, today)
        return certificate.render([sheet], certificate.load_layout())


def scrolled(body: QWidget) -> QScrollArea:
    """A form that may be higher than the window."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    body.setObjectName("scroll_body")
    body.setContentsMargins(0, 0, theme.u(8), 0)
    area.setWidget(body)
    return area
