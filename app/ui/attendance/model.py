"""The model of the attendance grid: learners by sessions, with what is not yet written.

It is not the `TableModel` of lists because its columns come from the class and its cells are
written one by one; the delegates read marks straight from it.
"""

import datetime
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, Qt

from app import dates
from app.terms import AttendanceStatus
from app.ui.attendance.quick_entry import Entry
from app.ui.table import Index

if TYPE_CHECKING:
    # The services bring SQLAlchemy, which takes longer to import than the window to paint.
    from app.services.attendance import Grid, GridLearner, GridSession, Mark

FROZEN = ("TT", "Họ và tên", "P", "K", "Đã dự", "Còn được nghỉ")
NAME = 1
_DISPLAY = int(Qt.ItemDataRole.DisplayRole)
_TOOLTIP = int(Qt.ItemDataRole.ToolTipRole)
_ACCESSIBLE = int(Qt.ItemDataRole.AccessibleTextRole)
_ANSWERED = frozenset((_DISPLAY, _TOOLTIP, _ACCESSIBLE))


class AttendanceModel(QAbstractTableModel):
    """Sections 0–5 are the frozen figures, the others the class sessions in order."""

    def __init__(self) -> None:
        super().__init__()
        self.learners: list[GridLearner] = []
        self.sessions: Sequence[GridSession] = ()
        self.marks: dict[tuple[int, int], Mark] = {}
        self.figures: list[tuple[str, ...]] = []  # texts of the frozen columns by row
        self.risks: list[str] = []  # "bad" beyond saving, "warn" no absence left, "" none
        self.pending: Mapping[int, Entry] = {}  # by row, in the pending session
        self.pending_at = -1
        self.today = datetime.date.max
        self.markable: frozenset[int] = frozenset()  # sessions this user may write into

    # what is shown -----------------------------------------------------------
    def set_grid(
        self, grid: "Grid", today: datetime.date, markable: frozenset[int] | None = None
    ) -> None:
        """Show another state of the class; without `markable` every session can be marked."""
        self.beginResetModel()
        every = frozenset(one.id for one in grid.sessions)
        self.markable = every if markable is None else markable
        self.learners, self.sessions = list(grid.learners), grid.sessions
        self.marks, self.today = dict(grid.marks), today
        self.figures = [_figures(grid, row, one) for row, one in enumerate(self.learners)]
        self.risks = [_risk(one) for one in self.learners]
        self.pending, self.pending_at = {}, -1
        self.endResetModel()

    def renew(self, part: "Grid") -> None:
        """Take over what has changed for some learners."""
        renewed = {one.enrolment_id: one for one in part.learners}
        for row, old in enumerate(self.learners):
            learner = renewed.get(old.enrolment_id)
            if learner is None:
                continue
            self.learners[row] = learner
            self.figures[row] = _figures(part, row, learner)
            self.risks[row] = _risk(learner)
            for session in self.sessions:
                self.marks.pop((learner.enrolment_id, session.id), None)
        self.marks |= part.marks
        self._tell_all()

    def set_pending(self, pending: Mapping[int, Entry], at: int) -> None:
        """Show what the quick entry would write into a session."""
        self.pending, self.pending_at = pending, at
        self._tell_all()

    def _tell_all(self) -> None:
        if self.learners:
            last = self.index(len(self.learners) - 1, self.columnCount() - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    def mark(self, row: int, at: int) -> "Mark | None":
        """The mark of a learner in a session."""
        return self.marks.get((self.learners[row].enrolment_id, self.sessions[at].id))

    def is_outside(self, row: int, at: int) -> bool:
        """Whether the session lies before the learner came or after the learner left."""
        return self.sessions[at].id in self.learners[row].outside

    def is_markable(self, at: int) -> bool:
        """Whether this user may write into the session."""
        return self.sessions[at].id in self.markable

    def unset_rows(self, at: int) -> list[int]:
        """Rows of those who are to be marked in a session and are not."""
        session_id = self.sessions[at].id
        return [
            row
            for row, one in enumerate(self.learners)
            if (one.enrolment_id, session_id) not in self.marks and session_id not in one.outside
        ]

    def session_to_mark(self) -> int:
        """The session most likely meant: the first incomplete one up to today, else the last.

        Of those the user may mark, if there are any.
        """
        places = range(len(self.sessions))
        own = [at for at in places if self.is_markable(at)] or list(places)
        held = [at for at in own if self.sessions[at].held_on <= self.today]
        open_ones = [at for at in held if self.unset_rows(at)]
        return (open_ones or held[-1:] or own)[0]

    # what Qt asks ------------------------------------------------------------
    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """Learners."""
        return 0 if parent.isValid() else len(self.learners)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """Frozen figures and sessions."""
        return 0 if parent.isValid() else len(FROZEN) + len(self.sessions)

    def data(self, index: Index, role: int = _DISPLAY) -> Any:
        """Texts for screen readers, tooltips and tests; painting does not come here."""
        if role not in _ANSWERED or not index.isValid():
            return None
        row, at = index.row(), index.column() - len(FROZEN)
        if at < 0:
            wanted = role != _TOOLTIP or index.column() == NAME
            return self.figures[row][index.column()] if wanted else None
        if role == _DISPLAY:
            return code(self.mark(row, at))
        spoken = self._spoken(row, at)
        if role == _TOOLTIP:
            mark = self.mark(row, at)
            return f"{spoken}. {mark.note}" if mark and mark.note else spoken
        return spoken

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _DISPLAY) -> Any:
        """Headings; of a session "13S" with what it is about as a tooltip."""
        if orientation != Qt.Orientation.Horizontal or role not in (_DISPLAY, _TOOLTIP):
            return None
        at = section - len(FROZEN)
        if at < 0:
            return FROZEN[section] if role == _DISPLAY else None
        session = self.sessions[at]
        if role == _DISPLAY:
            return f"{session.number}{session.half_day.letter}"
        return f"{session_words(session)}: {session.title}"

    def _spoken(self, row: int, at: int) -> str:
        """ "Tạ Tiến Dũng, buổi 13, vắng không phép"."""
        mark = self.mark(row, at)
        state = mark.status.label if mark and mark.status else "chưa ghi"
        if mark and mark.minutes_late:
            state += f" {mark.minutes_late} phút"
        if self.is_outside(row, at):
            state = "ngoài thời gian học"
        return f"{self.learners[row].full_name}, buổi {self.sessions[at].number}, {state}"


def code(mark: "Mark | None") -> str:
    """The mark as the grid writes it: x, P, K, M or M15."""
    if mark is None or mark.status is None:
        return ""
    return status_code(mark.status, mark.minutes_late)


def status_code(status: AttendanceStatus, minutes: int | None) -> str:
    """The letter of a status, with the minutes of a delay."""
    return f"{status.code}{minutes or ''}"


def session_words(session: "GridSession") -> str:
    """ "Buổi 13 · sáng thứ Năm 15/10"."""
    day = f"{dates.weekday(session.held_on)} {dates.grid(session.held_on)[:5]}"
    return f"Buổi {session.number} · {session.half_day.label.lower()} {day}"


def _left(learner: "GridLearner") -> str:
    """How many sessions may still be missed, in words."""
    if not learner.can_still_qualify:
        return "không thể đạt"
    if not learner.attended.unmarked:
        return "–"
    return f"{learner.absences_left} buổi" if learner.absences_left else "hết lượt vắng"


def _figures(grid: "Grid", row: int, learner: "GridLearner") -> tuple[str, ...]:
    """Texts of the frozen columns."""
    from app.services import attendance

    attended = learner.attended
    return (
        str(row + 1),
        learner.full_name,
        str(attended.excused or ""),
        str(attended.absent or ""),
        attendance.share_text(attended, grid.rule),
        _left(learner),
    )


def _risk(learner: "GridLearner") -> str:
    """Colour of the risk a learner runs."""
    if not learner.can_still_qualify:
        return "bad"
    return "warn" if learner.attended.unmarked and not learner.absences_left else ""
