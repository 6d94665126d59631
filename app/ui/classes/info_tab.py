"""Thông tin: the facts of a class and the rules it is judged by."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from app import dates
from app.terms import ClassStatus, Permission
from app.ui import theme
from app.ui.classes.class_form import ClassFactsForm, Values, form_of, values_of, version_words
from app.ui.classes.tab import ClassTab
from app.ui.context import Context
from app.ui.history.record_dialog import history_button
from app.ui.labels import Card, rule, value
from app.ui.messages import Banner
from app.ui.rights import hindrance

if TYPE_CHECKING:
    # Services import SQLAlchemy, which takes longer than the window to paint.
    from app.services.classes import ClassDetail
    from app.services.programmes import ProgrammeRow


class InfoTab(ClassTab):
    """A form on the left, what follows from the programme on the right."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.setObjectName("info_tab")
        self._values: Values = {}
        self._told = False
        self._shown_id = 0
        self.form = ClassFactsForm(self._save, whole=True)
        self.form.add_stretch()
        self._side = QVBoxLayout()
        self._side.setSpacing(theme.u(12))
        self._footer = self.form.footer(self._drop)
        self._closed = Banner(
            "info",
            "Lớp đã bế giảng.",
            "Thông tin đã khóa, chỉ xem và in.",
            icon="lock",
        )
        self._top = QWidget()
        top = QVBoxLayout(self._top)
        top.setContentsMargins(theme.u(16), theme.u(10), theme.u(16), 0)
        top.addWidget(self._closed)
        self._build()
        self.form.saved.connect(self._after_save)
        self.form.changed.connect(self._tell_dirty)

    def _build(self) -> None:
        """Banner, two columns in one scroll area, footer."""
        body = QWidget()
        body.setObjectName("scroll_body")
        columns = QHBoxLayout(body)
        columns.setContentsMargins(theme.u(16), theme.u(10), theme.u(16), theme.u(10))
        columns.setSpacing(theme.u(12))
        self._sheet = Card("Thông tin lớp")
        self._sheet.add(self.form, 1)
        columns.addWidget(self._sheet, 1)
        side = QWidget()
        side.setFixedWidth(theme.u(340))
        side.setLayout(self._side)
        self._side.setContentsMargins(0, 0, 0, 0)
        columns.addWidget(side)
        self._scroll = scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidget(body)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._top)
        column.addWidget(scroll, 1)
        column.addWidget(self._footer)

    def reload(self) -> None:
        """Read the class, its programme and its rules."""
        from app.services import classes, programmes, results

        if self.form.is_dirty and self._shown_id == self.class_id:
            return  # what is typed outlives F5
        with self.context.database.reading() as db:
            detail = classes.class_detail(db, self.class_id)
            catalogue = programmes.programme_list(db)
            rules = results.rule_lines(db, self.class_id)
        self._offer_versions(detail, catalogue)
        self._values = values_of(detail)
        self._load()
        self._shown_id = self.class_id
        self._show_side(detail, rules)
        closed = detail.status is ClassStatus.CLOSED
        editable = not closed and self.context.may(Permission.EDIT_CLASSES)
        self._top.setVisible(closed)
        self._sheet.setEnabled(editable)
        self._sheet.setToolTip("" if closed else hindrance(self.context, Permission.EDIT_CLASSES))
        self._footer.setVisible(editable)
        self.land_on(self.form.field("name") if editable else self._scroll)

    def _offer_versions(self, detail: "ClassDetail", catalogue: "list[ProgrammeRow]") -> None:
        """Current versions in use, and the one the class has."""
        self.form.offer_versions(
            (version.id, version_words(row, version))
            for row in catalogue
            for version in row.versions
            if version.id == detail.version_id or (row.is_active and version is row.current)
        )
        basis = detail.legal_basis
        self.form.basis.setText(f"Căn cứ: {basis}" if basis else "")
        locked = "Lớp đã có lịch học, không đổi chương trình được." if detail.sessions else ""
        self.form.lock_programme(locked)

    def _show_side(self, detail: "ClassDetail", rules: tuple[tuple[str, str], ...]) -> None:
        """Fill the right side anew."""
        while item := self._side.takeAt(0):
            if widget := item.widget():
                widget.deleteLater()
        card = Card("Quy tắc của lớp")
        for caption, text in rules:
            card.add(value(caption, text))
        card.add(rule())
        card.add(value("Lấy từ chương trình", detail.programme))
        self._side.addWidget(card)
        self._side.addWidget(_papers_card(detail))
        subject = ("training_class", self.class_id, detail.short_title)
        changes = history_button(self, self.context, lambda: subject, "class_changes")
        self._side.addWidget(changes, 0, Qt.AlignmentFlag.AlignLeft)
        self._side.addStretch(1)

    # saving ------------------------------------------------------------------------
    def _save(self, values: Values) -> None:
        """Write the facts."""
        from app.services import classes

        with self.context.database.writing("Sửa thông tin lớp") as db:
            classes.save_class(db, self.class_id, form_of(values))

    def _after_save(self) -> None:
        """Tell the window and show what is stored now."""
        self.context.saved()
        self.reload()
        self.changed.emit()

    def _load(self) -> None:
        """Show what is stored."""
        self._told = True  # while fields are filled one by one the form looks changed
        self.form.load(self._values)
        self._told = False

    def _drop(self) -> None:
        """Leave what was typed and show what is stored; nothing is unsaved then."""
        self._load()
        self.context.saved()

    def _tell_dirty(self) -> None:
        """Say once in the status bar that something is not written yet."""
        if not self._told and self.form.is_dirty:
            self._told = True
            self.context.unsaved()

    def may_leave(self) -> bool:
        """Ask about unsaved input; what is not wanted is dropped at once."""
        if not self.form.ask_to_leave():
            return False
        if self.form.is_dirty:
            self._drop()
        return True


def _papers_card(detail: "ClassDetail") -> Card:
    """The name on paper and the decisions of the class."""
    card = Card("Trên giấy tờ")
    card.add(value("Tên ghi trên giấy tờ", detail.printed_title))
    for caption, decision in (
        ("Quyết định mở lớp", detail.opening_decision),
        ("Quyết định công nhận kết quả", detail.recognition_decision),
    ):
        words = f"{decision.number}, {dates.grid(decision.signed_on)}" if decision else "chưa có"
        card.add(value(caption, words))
    if detail.closed_on:
        card.add(value("Ngày bế giảng", dates.grid(detail.closed_on)))
    return card
