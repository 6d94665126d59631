"""Nhập từ Excel: choose, map, check, enter; nothing is written before the last button."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from app.ui import dialogs, files, shortcuts
from app.ui.context import Context
from app.ui.history import taking_back
from app.ui.imports import jobs
from app.ui.imports.done import done_page
from app.ui.imports.flow import Flow
from app.ui.imports.lines import Standing
from app.ui.imports.outcome import outcome_of
from app.ui.imports.wizard import CHECK, CHOOSE, DONE, ENTER, MAP
from app.ui.imports.work import ImportWork
from app.ui.tasks import Task

if TYPE_CHECKING:
    # Services import SQLAlchemy, which takes longer than the window to paint.
    from app.services.enrolment import EnrolSummary
    from app.services.history import ActLine
    from app.services.matching import RosterMatch

__all__ = ["CHECK", "CHOOSE", "DONE", "ENTER", "MAP", "ImportPage"]


class ImportPage(Flow):
    """Brings rosters into one class, one after the other."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._written: ActLine | None = None
        self._connect()

    def _connect(self) -> None:
        """What each button leads to."""
        self.choosing.choose.clicked.connect(self.choose)
        self.choosing.pasted.connect(self.paste)
        self.choosing.opened.connect(self.open_draft)
        self.choosing.dropped.connect(self._drop_draft)
        self.mapping.wished.connect(self._read)
        self.check.bad_wanted.connect(self.save_bad)
        self.check.changed.connect(self._renew)
        self.check.unmatched.connect(self._match_changed)
        self.check.told.connect(self.context.toast)
        self._leave.clicked.connect(self._give_up)
        self._back.clicked.connect(self._step_back)
        self.later.clicked.connect(self._keep)
        self.act.clicked.connect(self._act)
        shortcuts.bind(self, "primary", lambda: self.act.click())
        shortcuts.bind(self, "step_next", self._step_next)

    def _step_next(self) -> None:
        """Alt+→ chooses a file and goes on; it stops at the button that writes."""
        if self.stack.currentIndex() == CHOOSE:
            self.choose()
        elif self.stack.currentIndex() in (MAP, CHECK):
            self._act()
        else:
            self.act.setFocus()

    def _step_back(self) -> None:
        """The step before; a draft has no columns to map."""
        step = self.stack.currentIndex()
        if step == DONE:
            self._forget()
            self.reload()
        elif step == MAP or (step == CHECK and self.reading is None):
            self._give_up()
        else:
            self._go(step - 1)

    def _act(self) -> None:
        """The primary button of the step."""
        if not self.act.isEnabled():
            return
        acts = {MAP: self._match, CHECK: self._to_enter, ENTER: self._write, DONE: self._after}
        if act := acts.get(self.stack.currentIndex()):
            act()

    # checking ------------------------------------------------------------------
    def _match(self) -> None:
        """Find out who is known, then show every line; typing of before is kept."""
        assert self.reading
        if self.work and self.work.original is self.reading.roster:
            self._go(CHECK)
            return
        work = ImportWork(self.reading.origin.name, self.reading.roster)
        if self.work:
            people = work.original.source.people
            work.edit({row: texts for row, texts in self.work.edits.items() if row in people})
        self._match_all(work)

    def _match_all(self, work: ImportWork) -> None:
        """Compare every line with the register, then show the check."""

        def show(matches: "list[RosterMatch]") -> None:
            work.take(matches)
            self.work = work
            self.check.show_work(work)
            self._go(CHECK)

        self._run_match(work, show)

    def _match_changed(self, then: Callable[[], object] | None = None) -> None:
        """Compare the lines that changed; typing goes on meanwhile."""
        work = self.work
        if work is None or not work.unmatched():
            return

        def show(matches: "list[RosterMatch]") -> None:
            work.take(matches)
            if self.work is work:
                self.check.renew()
                if then:
                    then()

        self._run_match(work, show, is_quiet=then is None)

    def _run_match(
        self,
        work: ImportWork,
        show: "Callable[[list[RosterMatch]], object]",
        *,
        is_quiet: bool = False,
    ) -> None:
        """Look the unmatched lines up, off the GUI thread."""
        rows, class_id, database = work.unmatched(), self._class_id, self.context.database

        def run(task: Task) -> "list[RosterMatch]":
            return jobs.match(database, class_id, rows, task)

        self.context.runner.run(
            self, "Đối chiếu với hồ sơ đã có", run, show, cancel="Dừng", is_quiet=is_quiet
        )

    def _to_enter(self) -> None:
        """Show what the last button will do, once everybody is looked up."""
        assert self.work
        if self.work.unmatched():
            self._match_changed(self._to_enter)
        elif self.work.valid():
            self.entering.show_work(self.work)
            self._go(ENTER)

    # writing ---------------------------------------------------------------------
    def _write(self) -> None:
        """Write every valid line in one act, or nothing; the others are kept."""
        assert self.work
        work, database = self.work, self.context.database
        lines = [*work.of(Standing.ERROR), *work.of(Standing.CONFLICT)]
        what = jobs.Writing(
            self._class_id,
            work.name,
            work.valid(),
            work.updates(),
            work.kept(sorted(lines, key=lambda line: line.row.row)),
            work.draft_id,
            self.reading if self.mapping.remember.isChecked() else None,
        )

        def run(task: Task) -> "EnrolSummary":
            return jobs.write(database, what, task)

        self.context.runner.run(self, "Nhập vào lớp", run, self._show_done, cancel="Hủy nhập")

    def _show_done(self, summary: "EnrolSummary") -> None:
        """Everything was written."""
        assert self.work
        written = taking_back.newest(self.context)
        outcome = outcome_of(self.context, self.work, self._title, len(summary.enrolment_ids))
        self._written = written
        page = done_page(outcome, self.save_bad, self._go_on, partial(self._undo, written))
        self._replace_step(DONE, page)
        self._said.setText("Đã ghi vào dữ liệu, hoàn tác được cả lần nhập.")
        self.context.saved()
        self._go(DONE)

    def reload(self) -> None:
        """Read again; a summary whose import was taken back elsewhere leads to the roll."""
        from app.services import history

        super().reload()
        if self.stack.currentIndex() == DONE and self._written:
            with self.context.database.reading() as db:
                is_in_force = history.is_in_force(db, self._written.id)
            if not is_in_force:
                self._to_class()

    def _undo(self, written: "ActLine | None") -> None:
        """Take the whole import back and go to the roll."""
        if written:
            taking_back.take_back(self.context, written, self._to_class)

    def _after(self) -> None:
        """The next roster, or the roll of the class."""
        if self.queue:
            self._next()
        else:
            self._to_class()

    def _to_class(self) -> None:
        """Back to the roll of the class."""
        self.context.open("class", self._class_id, "roll")

    def save_bad(self) -> None:
        """The sender's own rows that cannot be imported, each with its reason."""
        from app.spreadsheets.returned import write_returned

        if self.work:
            bad = {line.row.row: line.words for line in self.work.of(Standing.ERROR)}
            stem = self.reading.origin.stem if self.reading else self.work.name
            with self.context.refusals(self):
                data = write_returned(None, self.work.roster, bad)
                name = f"Dong loi - {stem}.xlsx"
                files.save_bytes(self, "Tải dòng lỗi", name, "Excel (*.xlsx)", data)

    # drafts --------------------------------------------------------------------
    def open_draft(self, draft_id: int) -> None:
        """Go on with what was left waiting."""
        from app.services import drafts

        with self.context.database.reading() as db:
            found = {row.id: row for row in drafts.draft_list(db, self._class_id)}
        if draft_id in found:
            self.reading = None
            name = found[draft_id].file_name
            self._match_all(jobs.open_draft(self.context.database, draft_id, name))

    def _go_on(self) -> None:
        """The lines this import left."""
        from app.services import drafts

        with self.context.database.reading() as db:
            kept = drafts.draft_list(db, self._class_id)
        if kept:
            self.open_draft(kept[0].id)

    def _drop_draft(self, draft_id: int) -> None:
        """Nobody needs it any more."""
        from app.services import drafts

        with self.context.refusals(self), self.context.database.writing("Bỏ bản nhập dở") as db:
            drafts.drop(db, draft_id)
        self.reload()
        taking_back.tell_done(self.context, "Đã bỏ bản nhập dở.")

    def _keep(self) -> None:
        """Leave every line for later, as it is now."""
        if self._store():
            self._leave_work()
            self.context.toast("Đã giữ bản nhập dở. Mở lại ở bước Chọn tệp.")

    def _store(self) -> bool:
        """Write the lines as a draft; False when that was refused."""
        from app.services import drafts

        assert self.work
        work = self.work
        with self.context.refusals(self):
            with self.context.database.writing(f"Để lại bản nhập dở {work.name}") as db:
                drafts.keep(db, self._class_id, work.name, work.kept(work.lines), work.draft_id)
            self.context.saved()
            return True
        return False

    def _may_close(self) -> bool:
        """Whether the window may be closed: typing that would be lost is asked about."""
        if not self._has_typing():
            return True
        answer = dialogs.ask_unsaved(self)
        return self._store() if answer == "save" else answer == "drop"

    def _has_typing(self) -> bool:
        """Whether something was done that is kept nowhere."""
        is_open = self.stack.currentIndex() in (CHECK, ENTER)
        return bool(is_open and self.work and self.work.is_touched)

    def _give_up(self) -> None:
        """Leave the import; what was typed is asked about."""
        if self._has_typing():
            answer = dialogs.ask_unsaved(self)
            if answer == "save":
                self._keep()
            if answer != "drop":
                return
        self._leave_work()

    def _leave_work(self) -> None:
        """To the next roster, else to the choice of files, else to the class."""
        is_begun = self.stack.currentIndex() != CHOOSE
        queue = self.queue
        self._forget()
        self.reload()
        if is_begun and queue:
            self.begin(queue)
        elif not is_begun:
            self._to_class()
