"""The steps of the wizard, and the first two of them: choosing and reading rosters."""

import re
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from app import numbers
from app.errors import AppError
from app.terms import Permission
from app.ui import dialogs, files
from app.ui.buttons import set_text
from app.ui.context import Context
from app.ui.imports import jobs
from app.ui.imports.check import ImportCheck
from app.ui.imports.choose import ChoosePage, dragged_files
from app.ui.imports.enter import EnterPage
from app.ui.imports.mapping import MappingPage
from app.ui.imports.reading import KINDS, Origin, Reading, Wish
from app.ui.imports.wizard import CHECK, CHOOSE, DONE, ENTER, MAP, NOTHING_WRITTEN, Wizard
from app.ui.imports.work import ImportWork
from app.ui.tasks import Task

_FIRST = Wish()
_HIDDEN_SHEET = re.compile("“(.+?)”")


class Flow(Wizard):
    """Where an import stands, and the rosters that come into it."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._class_id = 0
        self._title = ""
        self.queue: list[Origin] = []
        self.reading: Reading | None = None
        self.work: ImportWork | None = None
        self.choosing, self.mapping = ChoosePage(), MappingPage()
        self.check, self.entering = ImportCheck(), EnterPage()
        for page in (self.choosing, self.mapping, self.check, self.entering, QWidget()):
            self.stack.addWidget(page)
        context.gate(self.choosing.choose, Permission.ENROL)
        self.setAcceptDrops(context.may(Permission.ENROL))
        self._go(CHOOSE)

    # where it stands ---------------------------------------------------------
    def show_for(self, *args: object) -> None:
        """The class, and the file or pasted text there is already; work under way is kept."""
        class_id, given = args[0], args[1] if len(args) > 1 else None
        assert isinstance(class_id, int)
        origin = Origin(given) if isinstance(given, Path) else None
        if isinstance(given, str):
            origin = Origin(text=given)
        now = self.reading.origin if self.reading else None
        under_way = self.stack.currentIndex() in (MAP, CHECK, ENTER)
        if class_id == self._class_id and under_way and origin in (None, now):
            return
        self._class_id = class_id
        self._forget()
        if origin:
            self.begin([origin])

    def _forget(self) -> None:
        """Begin anew."""
        self.queue, self.reading, self.work = [], None, None
        self._go(CHOOSE)

    def reload(self) -> None:
        """Read the name of the class, and what waits for it."""
        from app.services import classes, drafts

        with self.context.database.reading() as db:
            self._title = classes.class_detail(db, self._class_id).title
            may = self.context.may(Permission.ENROL)
            self.choosing.show_drafts(drafts.draft_list(db, self._class_id) if may else [])
        self._into.setText(f"vào lớp {self._title}")

    def crumb(self) -> str:
        """The class, then this page."""
        return f"{self._title} › Nhập từ Excel" if self._title else "Nhập từ Excel"

    def set_compact(self, on: bool) -> None:
        """Give the steps less to show in a narrow window."""
        self.check.set_compact(on)
        self.mapping.set_compact(on)

    def _go(self, step: int) -> None:
        """Show a step."""
        self.stack.setCurrentIndex(step)
        self.steps.set_current(step if step < DONE else DONE + 1)
        self._back.setVisible(step != CHOOSE)
        self.act.setVisible(step != CHOOSE)
        self.later.setVisible(step in (CHECK, ENTER))
        self._leave.setVisible(step != DONE)
        self._lock.setVisible(step != DONE)
        self._renew()
        asks = step == MAP and self.mapping.question()
        landing = self.mapping.place_to_answer() if asks else self.act
        self.land_on((self.choosing.choose, landing, self.check.view, self.act, self.act)[step])
        self.take_keyboard()

    def _renew(self) -> None:
        """Words of head and foot."""
        step = self.stack.currentIndex()
        name = self.work.name if self.work else self.reading.origin.name if self.reading else ""
        more = ", ".join(origin.name for origin in self.queue)
        self._file.setText(f"{name} · còn chờ: {more}" if more else name)
        set_text(self._back, "Nhập tệp khác…" if step == DONE else "Quay lại")
        valid = len(self.work.valid()) if self.work else 0
        people = len(self.reading.roster.all_rows) if self.reading else 0
        waits = bool(self.work and self.work.unmatched())
        question = self.mapping.question() if step == MAP else ""
        after = f"Nhập tiếp {self.queue[0].name}" if self.queue else "Về danh sách lớp"
        words = {
            MAP: f"Kiểm tra {numbers.grouped(people)} dòng",
            CHECK: f"Nhập {numbers.grouped(valid)} dòng hợp lệ",
            ENTER: f"Ghi {numbers.grouped(valid)} người vào lớp",
            DONE: after,
        }
        set_text(self.act, words.get(step, ""))
        self.act.setEnabled(not question if step == MAP else step == DONE or valid > 0 or waits)
        nothing = step == CHECK and not valid and not waits
        if step != DONE:
            said = "Không có dòng nào nhập được: xem cột Vấn đề." if nothing else question
            self._said.setText(said or NOTHING_WRITTEN)

    # choosing ------------------------------------------------------------------
    def choose(self) -> None:
        """Ask for files and read them."""
        self.begin([Origin(path) for path in files.open_files(self, "Chọn danh sách", KINDS)])

    def paste(self) -> None:
        """Read what was copied in Excel."""
        text = QGuiApplication.clipboard().text()
        if text.strip():
            self.begin([Origin(text=text)])
        else:
            said = "Chưa chép gì. Chọn các ô trong Excel kể cả dòng tiêu đề, Ctrl+C, rồi dán lại."
            dialogs.tell(self, "Chưa có gì để dán", said)

    def begin(self, origins: Sequence[Origin]) -> None:
        """Read the first roster now; the others wait for their turn."""
        if not self.context.may(Permission.ENROL):
            return
        self.queue += origins
        if self.queue and self.stack.currentIndex() in (CHOOSE, DONE):
            self._next()
        self._renew()

    def _next(self) -> None:
        """Read the roster whose turn it is."""
        origin = self.queue.pop(0)
        self.work = None
        self._read(_FIRST, origin)

    def _read(self, wish: Wish, origin: Origin | None = None, with_memory: bool = True) -> None:
        """Read a roster after these wishes, off the GUI thread."""
        now = origin or (self.reading.origin if self.reading else None)
        if now is None:
            return
        fresh = with_memory and not wish.columns and wish.header_row is None

        def work(task: Task) -> jobs.Read:
            return jobs.read_file(self.context.database, now, wish, task, with_memory=fresh)

        title = f"Đọc danh sách {now.name}"
        self.context.runner.run(
            self,
            title,
            work,
            self._show_reading,
            cancel="Hủy đọc",
            refused=partial(self._refuse, now),
            ended=self.mapping.settle,
        )

    def _refuse(self, origin: Origin, error: AppError) -> None:
        """Say why nothing was read; hidden sheets are offered, other rosters get their turn."""
        hidden = _HIDDEN_SHEET.search(str(error))
        if getattr(error, "code", "") == "only_hidden_sheets" and hidden:
            if dialogs.confirm(self, "Đọc trang đang ẩn?", str(error), action="Đọc trang ẩn"):
                self._read(Wish(sheet=hidden[1]), origin)
                return
        else:
            dialogs.show_error(self, error)
        if self.queue and self.stack.currentIndex() in (CHOOSE, DONE):
            self._next()

    def _show_reading(self, read: jobs.Read) -> None:
        """The roster was read: show its columns."""
        self.reading = read.reading
        forget = partial(self._read, _FIRST, None, False)
        self.mapping.show_reading(read.reading, read.known, forget)
        if self.stack.currentIndex() == MAP:
            self._renew()
        else:
            self._go(MAP)

    def _may_close(self) -> bool:
        """Whether nothing would be lost with the window."""
        return True

    def _step_back(self) -> None:
        """The step before."""

    def _can_step_back(self) -> bool:
        """Whether there is a step before this one."""
        return self.stack.currentIndex() in (MAP, CHECK, ENTER)

    # what Qt asks ----------------------------------------------------------------
    def showEvent(self, event: QShowEvent) -> None:
        """Watch the window: it may be closed while lines are mended."""
        super().showEvent(event)
        self.window().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Ask before the window closes over what was typed."""
        closes = watched is self.window() and event.type() == QEvent.Type.Close
        if closes and not self._may_close():
            event.ignore()
            return True
        return super().eventFilter(watched, event)

    def event(self, event: QEvent) -> bool:
        """Alt+← is one step back here, not the page before."""
        if isinstance(event, QKeyEvent) and _is_back(event) and self._can_step_back():
            if event.type() == QEvent.Type.ShortcutOverride:
                event.accept()
                return True
            if event.type() == QEvent.Type.KeyPress:
                self._step_back()
                return True
        return super().event(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files may be dropped."""
        if dragged_files(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Read the dropped files, or let them wait."""
        event.acceptProposedAction()
        self.begin([Origin(path) for path in dragged_files(event.mimeData())])


def _is_back(event: QKeyEvent) -> bool:
    """Whether this is Alt+←."""
    return event.key() == Qt.Key.Key_Left and event.modifiers() == Qt.KeyboardModifier.AltModifier
