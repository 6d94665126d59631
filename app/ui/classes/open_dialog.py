"""Mở lớp mới: the facts of a class, with what can be proposed already filled in."""

from datetime import date
from typing import TYPE_CHECKING, cast

from PySide6.QtWidgets import QWidget

from app import dates
from app.errors import RuleError
from app.ui import days
from app.ui.classes.class_form import ClassFactsForm, Values, form_of, version_words
from app.ui.classes.pattern_field import USUAL, PatternField
from app.ui.context import Context
from app.ui.fields import CheckField, TextField
from app.ui.form import FormDialog

if TYPE_CHECKING:
    # Services import SQLAlchemy, which takes longer than the window to paint.
    from app.services.programmes import ProgrammeRow
    from app.services.timetable import Pattern


class OpenClassDialog(FormDialog):
    """After it was accepted `class_id` is the new class and `next_tab` where its work goes on."""

    def __init__(self, parent: QWidget, context: Context) -> None:
        self._context = context
        self._programmes = _programmes(context)
        self._proposed: dict[str, str] = {}
        self.class_id = 0
        self.title = ""
        self.next_tab = "info"
        self.facts = ClassFactsForm(self._save, whole=False)
        self._plan_now = CheckField("plan_now", "Lập lịch học ngay")
        self._pattern = PatternField("pattern", "")
        self.facts.add_row(self._plan_now, self._pattern, stretch=(0, 1))
        self.facts.offer_versions(
            (row.current.id, version_words(row, row.current)) for row in self._programmes.values()
        )
        super().__init__(parent, "Mở lớp mới", self.facts, action="Mở lớp", width=800)
        self.setObjectName("open_class")
        self.facts.load({"plan_now": True, "pattern": USUAL})
        self._follow()
        self._propose()

    def _follow(self) -> None:
        """Propose again when what the proposals rest on changes."""
        self.facts.field("version_id").changed.connect(self._propose)
        self.facts.field("plan_now").changed.connect(self._show_pattern)
        self._pattern.changed.connect(self._propose)
        starts_on = self.facts.field("starts_on")
        assert isinstance(starts_on, TextField)
        starts_on.line.editingFinished.connect(self._propose)

    def _programme(self) -> "ProgrammeRow":
        """The chosen programme."""
        return self._programmes[cast(int, self.facts.field("version_id").value())]

    def _start(self) -> date | None:
        """The first day, when it can be read."""
        field = self.facts.field("starts_on")
        return None if field.problem() else cast(date, field.value())

    def _show_pattern(self) -> None:
        """Half days and weekdays matter only when the timetable is made now."""
        self._pattern.setEnabled(bool(self._plan_now.value()))

    # proposals ---------------------------------------------------------------------
    def _propose(self) -> None:
        """Fill in name, intake and last day where the user has written nothing else."""
        from app.services import classes

        programme, start = self._programme(), self._start()
        version = programme.current
        basis = version.legal_basis
        self.facts.basis.setText(f"Căn cứ: {basis}" if basis else "Chưa ghi căn cứ.")
        self._offer("name", programme.name)
        with self._context.database.reading() as db:
            year = (start or days.today()).year
            self._offer("intake", classes.next_intake(db, version.id, year))
        if start is not None:
            self._propose_end(start, version.id)

    def _propose_end(self, start: date, version_id: int) -> None:
        """The day of the last session, when the pattern holds at least one half day."""
        from app.services import timetable

        if self._pattern.problem():
            return
        with self._context.database.reading() as db:
            last = timetable.last_day(db, version_id, self._when(start))
        self._offer("ends_on", dates.grid(last))

    def _offer(self, name: str, text: str) -> None:
        """Write a proposal unless the field holds something of the user's."""
        field = self.facts.field(name)
        assert isinstance(field, TextField)
        if field.line.text() in ("", self._proposed.get(name, "")):
            self._proposed[name] = text
            field.line.setText(text)
            field.line.setCursorPosition(0)
            field.mark_clean()

    def _when(self, start: date) -> "Pattern":
        """The pattern as the service takes it."""
        from app.services.timetable import Pattern

        half_days, weekdays = self._pattern.read()
        return Pattern(start, half_days, weekdays)

    # saving --------------------------------------------------------------------------
    def _save(self, values: Values) -> None:
        """Open the class and, if wanted, make its timetable in the same act."""
        from app.services import classes, timetable

        form = form_of(values)
        with self._context.database.writing("Mở lớp") as db:
            self.class_id = classes.open_class(db, form)
            if values["plan_now"]:
                timetable.generate(db, self.class_id, self._when(form.starts_on))
            self.title = classes.class_detail(db, self.class_id).title
        self.next_tab = _next_tab(form.opening_decision is not None, bool(values["plan_now"]))


def _next_tab(has_decision: bool, has_timetable: bool) -> str:
    """Where the first missing thing is entered."""
    if not has_decision:
        return "info"
    return "roll" if has_timetable else "timetable"


def _programmes(context: Context) -> "dict[int, ProgrammeRow]":
    """The programmes a class may be opened from, by the id of their current version."""
    from app.services import programmes

    with context.database.reading() as db:
        rows = programmes.programme_list(db, only_active=True)
    if not rows:
        raise RuleError("Chưa có chương trình nào đang dùng. Thêm ở Cài đặt, mục Chương trình.")
    return {row.current.id: row for row in rows}
