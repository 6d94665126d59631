"""The results tab: marks are typed or pasted, judged at once, and sealed when all is there."""

from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout

from app.terms import ClassStatus, Permission, Verdict
from app.ui import dialogs, rights, shortcuts, theme
from app.ui.buttons import button
from app.ui.classes.tab import ClassTab
from app.ui.context import Context
from app.ui.history import taking_back
from app.ui.history.record_dialog import Subject, offer_history
from app.ui.labels import ElidedLabel, label
from app.ui.list_export import ListExport
from app.ui.messages import Banner, EmptyState
from app.ui.results import summary
from app.ui.results.band_bar import BandBar
from app.ui.results.marks_view import MarksView
from app.ui.results.model import ResultsModel
from app.ui.results.pasting import PastedCell, read_cell, read_column

if TYPE_CHECKING:
    # The services bring SQLAlchemy, which takes longer to import than the window to paint.
    from app.services.results import ResultRow

_SEAL = (
    "Từ lúc chốt, điểm danh, điểm và xếp loại của lớp giữ nguyên theo quy tắc hiện nay. "
    "Bỏ chốt được cho đến khi cấp giấy chứng nhận."
)
_OPEN_AGAIN = "Điểm danh và điểm lại sửa được. Quyết định công nhận đã ghi vẫn giữ nguyên."


class ResultsTab(ClassTab):
    """Marks and results of one class; each mark is written as soon as its cell is left."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.setObjectName("results_tab")
        self.setAccessibleName("Kết quả")
        self.model = ResultsModel()
        self.view = MarksView(self.model)
        self.bar = BandBar()
        self._paste = button("Dán điểm từ Excel", icon="copy", name="paste_marks")
        self._paste.setToolTip("Chép cột điểm trong Excel rồi bấm, từ người đang chọn trở xuống")
        self._reopen = button("Bỏ chốt…", icon="undo-2", name="unfreeze")
        self._seal = button("Chốt kết quả…", "primary", "lock", name="finalise")
        self._who = label("Lãnh đạo chốt kết quả", "caption")
        self._rule = ElidedLabel("", "caption")
        self._banner: Banner | None = None
        self._status = ClassStatus.RUNNING
        self._is_final = False
        self._title = ""
        self._build()
        self._connect()
        self.land_on(self.view)

    def _build(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(theme.u(8))
        head.addWidget(self.bar, 1)
        head.addSpacing(theme.u(12))
        head.addWidget(self._who)
        title = "Kết quả lớp"
        self._out = ListExport(self, self.view, self.context, lambda: f"{title} {self._title}")
        head.addWidget(self._out.button)
        head.addWidget(self.context.gate(self._paste, Permission.ENTER_MARKS))
        for each in (self._reopen, self._seal):
            head.addWidget(self.context.gate(each, Permission.APPROVE_RESULTS))
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(theme.u(16), theme.u(8), theme.u(16), theme.u(6))
        self._column.setSpacing(theme.u(8))
        self._column.addLayout(head)
        self._column.addWidget(self.view, 1)
        self._column.addWidget(self._rule)
        self.view.set_empty(
            EmptyState("users", "Lớp chưa có học viên", "Có danh sách rồi mới ghi điểm được.")
        )

    def _connect(self) -> None:
        self.view.mark_typed.connect(self._take_typed)
        self.view.pasted.connect(self._take_pasted)
        self.view.cleared.connect(self._clear)
        offer_history(self.view, self.context, self._subject, "Lịch sử ô này…")
        self._paste.clicked.connect(self.view.paste)
        self._seal.clicked.connect(self.finalise)
        self._reopen.clicked.connect(self.unfreeze)
        shortcuts.bind(self, "next_problem", self.next_missing)
        shortcuts.bind(self, "previous_problem", lambda: self.next_missing(-1))

    def _subject(self) -> Subject | None:
        """The mark whose history is asked for."""
        row = self.view.current_row()
        return ("assessment_result", row.enrolment_id, f"điểm của {row.full_name}") if row else None

    # reading -------------------------------------------------------------------
    def show_class(self, class_id: int) -> None:
        """Wrong input belongs to the class it was typed in."""
        if class_id != self.class_id:
            self.model.wrong.clear()
        super().show_class(class_id)

    def reload(self) -> None:
        """Read the class again."""
        self._read(keep_rows=False)

    def _read(self, *, keep_rows: bool) -> None:
        """Read rows, rules and what stands in the way; `keep_rows` leaves the list in place."""
        from app.services import classes, results

        with self.context.database.reading() as db:
            rows = results.result_list(db, self.class_id)
            rule = results.rules_of(db, self.class_id)
            conditions = results.conditions_to_finalise(db, self.class_id)
            detail = classes.class_detail(db, self.class_id)
            self._rule.setText(f"Quy tắc: {results.rule_text(db, self.class_id)}")
        self._status, self._title = detail.status, detail.title
        self._is_final = detail.status.step >= ClassStatus.FINALISED.step
        self.model.read_only = self._is_final or not self.context.may(Permission.ENTER_MARKS)
        if keep_rows:
            self.model.renew(rows)
        else:
            self.model.set_rows(rows)
            self._show_columns(is_assessed=rule.is_assessed)
            if not self.view.currentIndex().isValid():
                self.view.go_to(0)
        bands = [(band.name, band.passes, band.counts_as_good) for band in rule.bands]
        self.bar.set_parts(summary.parts(rows, bands if rule.is_assessed else []))
        self._show_state([one.text for one in conditions if not one.met])

    def _show_columns(self, *, is_assessed: bool) -> None:
        """A programme without a test has no marks."""
        for at, column in enumerate(self.model.columns):
            if column.key in ("mark", "rounded", "band"):
                self.view.setColumnHidden(at, not is_assessed)
        enters = self.context.user.may(Permission.ENTER_MARKS)
        self._paste.setVisible(is_assessed and enters and not self._is_final)

    def _show_state(self, unmet: Sequence[str]) -> None:
        """Banner and buttons for the step the class is in."""
        final = self._status is ClassStatus.FINALISED
        hindrance = "" if self._is_final else summary.hindrance(self._status, unmet)
        approves = self.context.user.may(Permission.APPROVE_RESULTS)
        reason = rights.hindrance(self.context, Permission.APPROVE_RESULTS)
        self._seal.setVisible(not self._is_final and approves)
        self._seal.setEnabled(not (reason or hindrance or self.model.wrong))
        self._seal.setToolTip(reason or hindrance)
        self._reopen.setVisible(final and approves)
        self._who.setVisible(not self._is_final and not approves)
        if self._banner is not None:
            self._banner.hide()
            self._banner.deleteLater()
        self._banner = self._make_banner(hindrance)
        if self._banner is not None:
            self._column.insertWidget(1, self._banner)

    def _make_banner(self, hindrance: str) -> Banner | None:
        """What keeps the results from being sealed, or that they are."""
        if self._status is ClassStatus.CLOSED:
            return Banner("info", "Lớp đã bế giảng, kết quả chỉ xem.", icon="lock")
        if self._status is ClassStatus.FINALISED:
            return Banner(
                "ok", "Đã chốt kết quả.", "Điểm danh và điểm chỉ xem cho đến khi bỏ chốt."
            )
        if self.model.wrong:
            advice = "Sửa các ô đỏ; chưa ghi gì vào sổ điểm từ những ô này."
            return Banner("bad", f"{len(self.model.wrong)} ô điểm sai.", advice, [self._jump()])
        if not hindrance:
            return None
        missing = any(map(self.model.needs_input, self.model.rows))
        missing = missing and not self.model.read_only
        return Banner("warn", hindrance, "", [self._jump()] if missing else [])

    def _jump(self) -> QPushButton:
        made = button("Đến chỗ thiếu tiếp theo (F8)", name="next_missing")
        made.clicked.connect(lambda: self.next_missing())
        return made

    def badge(self) -> str:
        """How many marks are missing."""
        missing = sum(row.outcome.verdict is Verdict.MARK_MISSING for row in self.model.rows)
        return str(missing) if missing and not self._is_final else ""

    def next_missing(self, by: int = 1) -> None:
        """Go to the next person without a mark or with a wrong one."""
        shown = self.model.shown
        start = self.view.currentIndex().row()
        for offset in range(1, len(shown) + 1):
            line = (start + by * offset) % len(shown)
            if self.model.needs_input(shown[line]):
                self.view.go_to(line)
                self.view.setFocus()
                return

    # writing -------------------------------------------------------------------
    def _take_typed(self, row: "ResultRow", typed: str) -> None:
        cell = read_cell(typed)
        self._write(f"Điểm của {row.full_name}", [(row, cell)])

    def _clear(self, rows: "Sequence[ResultRow]") -> None:
        """Take marks back."""
        held = [(row, PastedCell("")) for row in rows if self.model.typed(row)]
        if held:
            self._write("Xóa điểm", held)

    def _take_pasted(self, first: int, text: str) -> None:
        """A column of the clipboard, downwards; empty cells leave what is there."""
        cells = read_column(text)
        rows = self.model.shown[first : first + len(cells)]
        given = [(row, cell) for row, cell in zip(rows, cells, strict=False) if cell.typed]
        if given and self._write(f"Dán điểm {len(given)} học viên", given):
            wrong = sum(bool(cell.problem) for _, cell in given)
            said = f"Đã dán {len(given) - wrong} ô" + (f", {wrong} ô sai" if wrong else "")
            over = len(cells) - len(rows)
            said += f", bỏ {over} dòng thừa" if over > 0 else ""
            taking_back.tell_done(self.context, said)

    def _write(self, act: str, cells: "Sequence[tuple[ResultRow, PastedCell]]") -> bool:
        """Write the good cells as one act; the wrong ones stay red in the list."""
        from app.services import results

        good: list[tuple[int, Decimal | None]] = [
            (row.enrolment_id, cell.mark) for row, cell in cells if not cell.problem
        ]
        with self.context.refusals(self):
            if good:
                with self.context.database.writing(act) as db:
                    for enrolment_id, mark in good:
                        results.save_mark(db, self.class_id, enrolment_id, mark)
                self.context.saved()
            for row, cell in cells:
                self.model.wrong.pop(row.enrolment_id, None)
                if cell.problem:
                    self.model.wrong[row.enrolment_id] = cell
            badge = self.badge()
            self._read(keep_rows=True)
            if badge != self.badge():
                self.changed.emit()
            return True
        return False

    def finalise(self) -> None:
        """Seal the results after showing what is fixed."""
        from app.services import results

        facts = summary.facts(self.model.rows)
        asked = f"Chốt kết quả lớp {self._title}?"
        if not dialogs.seal(self, asked, _SEAL, action="Chốt kết quả", facts=facts):
            return
        with self.context.refusals(self):
            with self.context.database.writing("Chốt kết quả") as db:
                results.finalise(db, self.class_id)
            self._after_step()

    def unfreeze(self) -> None:
        """Open the results again."""
        from app.services import results

        if not dialogs.confirm(self, "Bỏ chốt kết quả?", _OPEN_AGAIN, action="Bỏ chốt"):
            return
        with self.context.refusals(self):
            with self.context.database.writing("Bỏ chốt kết quả") as db:
                results.unfreeze(db, self.class_id)
            self._after_step()

    def _after_step(self) -> None:
        """The class is in another step now."""
        self.context.saved()
        self.reload()
        self.changed.emit()
