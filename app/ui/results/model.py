"""The result list: the read-only columns of lists, and one column of marks that can be typed."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from app import numbers
from app.terms import Verdict
from app.ui import chips
from app.ui.chips import ChipLook
from app.ui.columns import RIGHT, Column, date_column, name_column
from app.ui.results.pasting import PastedCell
from app.ui.table import Index, TableModel

if TYPE_CHECKING:
    # The services bring SQLAlchemy, which takes longer to import than the window to paint.
    from app.services.results import ResultRow

NOTHING = "—"


class ResultsModel(TableModel["ResultRow"]):
    """Rows of results; a mark that could not be read stays in its cell until it is put right."""

    def __init__(self) -> None:
        self.wrong: dict[int, PastedCell] = {}  # by enrolment
        self.numbers: dict[int, int] = {}
        self.read_only = False
        super().__init__(self._columns(), key=lambda row: row.enrolment_id)
        self.mark_section = next(
            at for at, column in enumerate(self.columns) if column.key == "mark"
        )

    def _columns(self) -> "list[Column[ResultRow]]":
        return [
            Column(
                "TT", lambda row: str(self.numbers[row.enrolment_id]), id="number", width=40,
                sort_key=lambda row: self.numbers[row.enrolment_id], align=RIGHT, searched=False,
                value=lambda row: self.numbers[row.enrolment_id],
            ),
            name_column(lambda row: row.full_name, width=176, sort_key=lambda row: row.sort_key),
            date_column("Ngày sinh", lambda row: row.born, width=92),
            Column(
                "Đã dự", lambda row: row.share, width=62, align=RIGHT, colour=_share_colour,
                sort_key=lambda row: row.attended.periods_attended,
            ),
            Column(
                "Điểm", self._mark, id="mark", width=88, align=RIGHT, ground=self._mark_ground,
                sort_key=lambda row: row.mark, colour=self._mark_colour,
                tooltip=lambda row: self.problem(row) or "Gõ số, dấu phẩy hoặc dấu chấm",
                value=lambda row: row.mark,
            ),
            Column(
                "Điểm KQ", _final_mark, id="rounded", width=74, align=RIGHT,
                sort_key=lambda row: row.outcome.rounded, strong=lambda _row: True,
                value=lambda row: row.outcome.rounded,
            ),
            Column(
                "Xếp loại", _band, id="band", width=92, colour=_band_colour,
                sort_key=lambda row: row.outcome.rounded,
            ),
            Column(
                "Điều kiện", lambda row: row.outcome.verdict.label, id="verdict", width=128,
                chip=_chip, sort_key=lambda row: row.outcome.verdict.label,
                icon=lambda row: ("check", "ok") if row.outcome.qualifies else None,
            ),
            Column(
                "Lý do", self._reason, id="reason", stretch=True, colour=self._reason_colour,
                tooltip=self._reason,
            ),
        ]  # fmt: skip

    # rows ----------------------------------------------------------------------
    def set_rows(self, rows: "Iterable[ResultRow]") -> None:
        """Show other rows; wrong input of people who are gone goes with them."""
        listed = list(rows)
        self.numbers = {row.enrolment_id: at for at, row in enumerate(listed, 1)}
        self.wrong = {key: cell for key, cell in self.wrong.items() if key in self.numbers}
        super().set_rows(listed)

    def renew(self, rows: "Iterable[ResultRow]") -> None:
        """Take new figures of the same people without moving anything on the screen."""
        fresh = {row.enrolment_id: row for row in rows}
        self._rows = [fresh[row.enrolment_id] for row in self._rows]
        self._shown = [fresh[row.enrolment_id] for row in self._shown]
        self.repaint_all()

    def repaint_all(self) -> None:
        """Tell the view that any cell may have changed."""
        if self._shown:
            last = self.index(len(self._shown) - 1, self.columnCount() - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    def problem(self, row: "ResultRow") -> str:
        """Why the typed mark of a row could not be taken."""
        found = self.wrong.get(row.enrolment_id)
        return found.problem if found else ""

    def needs_input(self, row: "ResultRow") -> bool:
        """Whether the mark is missing or wrong."""
        missing = row.outcome.verdict is Verdict.MARK_MISSING
        return missing or row.enrolment_id in self.wrong

    def typed(self, row: "ResultRow") -> str:
        """What stands in the mark cell, as the editor shows it."""
        found = self.wrong.get(row.enrolment_id)
        if found:
            return found.typed
        return "" if row.mark is None else numbers.mark(row.mark)

    # columns -------------------------------------------------------------------
    def _mark(self, row: "ResultRow") -> str:
        if row.mark is None and row.enrolment_id not in self.wrong and _not_judged(row):
            return NOTHING
        return self.typed(row)

    def _mark_ground(self, row: "ResultRow") -> str:
        if row.enrolment_id in self.wrong:
            return "cell_bad"
        return "sunken" if self.read_only or _not_judged(row) else "edit_t"

    def _mark_colour(self, row: "ResultRow") -> str:
        return "bad" if row.enrolment_id in self.wrong else ""

    def _reason(self, row: "ResultRow") -> str:
        outcome = row.outcome
        if outcome.needs_review and outcome.mark is not None and outcome.rounded is not None:
            rounding = f"{numbers.mark(outcome.mark)} làm tròn {numbers.mark(outcome.rounded, 1)}"
            return self.problem(row) or f"{rounding}, cần xem lại"
        return self.problem(row) or outcome.reason

    def _reason_colour(self, row: "ResultRow") -> str:
        return "bad" if self.problem(row) else "text2"

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Only marks can be typed, and only while the class is open."""
        flags = super().flags(index)
        if index.column() == self.mark_section and not self.read_only:
            return flags | Qt.ItemFlag.ItemIsEditable
        return flags


def _not_judged(row: "ResultRow") -> bool:
    return row.outcome.verdict is Verdict.TOO_ABSENT


def _share_colour(row: "ResultRow") -> str:
    return "bad" if _not_judged(row) else ""


def _final_mark(row: "ResultRow") -> str:
    rounded = row.outcome.rounded
    if rounded is not None:
        return numbers.mark(rounded, 1)
    return NOTHING if _not_judged(row) else ""


def _band(row: "ResultRow") -> str:
    if _not_judged(row):
        return "Không xét"
    return row.outcome.band or NOTHING


def _band_colour(row: "ResultRow") -> str:
    return "bad" if row.outcome.verdict in (Verdict.TOO_ABSENT, Verdict.FAILED) else ""


def _chip(row: "ResultRow") -> ChipLook | None:
    return None if row.outcome.qualifies else chips.verdict(row.outcome.verdict)
