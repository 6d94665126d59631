"""Dialogs of the timetable: one session, lecturers of several, sessions from a pattern."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, cast

from PySide6.QtWidgets import QWidget

from app import dates
from app.errors import InputError
from app.terms import HalfDay, SessionKind
from app.ui import days
from app.ui.classes.lecturer_field import LecturerField, candidates
from app.ui.classes.pattern_field import USUAL, PatternField
from app.ui.context import Context
from app.ui.field import Field
from app.ui.fields import Choice, DateField, MemoField, NumberField, TextField
from app.ui.form import Form, FormDialog
from app.ui.labels import label

if TYPE_CHECKING:
    # Services import SQLAlchemy, which takes longer than the window to paint.
    from app.services.classes import ClassDetail
    from app.services.timetable import Pattern, SessionForm, SessionRow

Values = dict[str, object]


def _offer_lecturers(
    context: Context,
    field: LecturerField,
    times: Sequence[tuple[date, HalfDay]],
    session_ids: Sequence[int],
) -> None:
    """Fill the list of lecturers; busy at these times comes last."""
    from app.services import lecturers, timetable

    year = times[0][0].year if times else days.today().year
    with context.database.reading() as db:
        rows = lecturers.lecturer_list(db, year, only_active=True)
        busy = timetable.busy_lecturers(db, times, session_ids)
    field.offer(candidates(rows, busy))


class SessionDialog(FormDialog):
    """One class session; without `row` a new one after the last."""

    def __init__(
        self, parent: QWidget, context: Context, class_id: int, row: "SessionRow | None" = None
    ) -> None:
        self._context, self._class_id, self._row = context, class_id, row
        self.session_id = row.id if row else 0
        self._day = DateField("held_on", "Ngày", required=True)
        self._half = Choice("half_day", "Buổi", [(each, each.label) for each in HalfDay])
        self.lecturers = LecturerField("lecturer_ids", "Giảng viên")
        form = Form(self._save)
        form.add_row(
            self._day,
            self._half,
            NumberField("periods", "Số tiết", required=True, least=1, most=12),
        )
        form.add_row(
            TextField("title", "Nội dung", required=True),
            Choice("kind", "Loại", [(each, each.label) for each in SessionKind]),
            stretch=(3, 1),
        )
        form.add_row(TextField("venue", "Phòng"))
        form.add_row(self.lecturers)
        title = f"Sửa buổi {row.number}" if row else "Thêm buổi học"
        super().__init__(
            parent, title, form, action="Lưu buổi học" if row else "Thêm buổi", width=800
        )
        self.setObjectName("session_dialog")

    def fill(self, values: Values) -> None:
        """Show a session and who could teach it."""
        self.form.load(values)
        self._renew_busy()
        self.lecturers.load(values.get("lecturer_ids"))
        self._day.line.editingFinished.connect(self._renew_busy)
        self._half.changed.connect(self._renew_busy)

    def _renew_busy(self) -> None:
        """Who is busy depends on day and half day."""
        if self._day.problem():
            return
        times = [(cast(date, self._day.value()), cast(HalfDay, self._half.value()))]
        _offer_lecturers(self._context, self.lecturers, times, [self.session_id])

    def _save(self, values: Values) -> None:
        """Write the session."""
        from app.services import timetable

        act = f"Sửa buổi {self._row.number}" if self._row else "Thêm buổi học"
        with self._context.database.writing(act) as db:
            self.session_id = timetable.save_session(
                db, self._class_id, _session_form(values), self.session_id or None
            )


def _session_form(values: Values) -> "SessionForm":
    """What the service takes."""
    from app.services.timetable import SessionForm

    return SessionForm(
        held_on=cast(date, values["held_on"]),
        half_day=cast(HalfDay, values["half_day"]),
        title=str(values["title"]),
        kind=cast(SessionKind, values["kind"]),
        periods=cast(int, values["periods"]),
        venue=str(values["venue"]),
        lecturer_ids=cast(tuple[int, ...], values["lecturer_ids"]),
    )


def session_values(row: "SessionRow") -> Values:
    """What the dialog shows of a stored session."""
    names = ("held_on", "half_day", "title", "kind", "periods", "venue", "lecturer_ids")
    return {name: getattr(row, name) for name in names}


def next_session(detail: "ClassDetail", rows: "Sequence[SessionRow]") -> Values:
    """What a further session probably is: the half day after the last one."""
    values: Values = {
        "held_on": detail.starts_on,
        "half_day": HalfDay.MORNING,
        "kind": SessionKind.LECTURE,
        "periods": 5,
        "venue": detail.venue,
    }
    if rows:
        last = max(rows, key=lambda row: (row.held_on, row.half_day.order))
        values |= {"held_on": last.held_on, "venue": last.venue, "periods": last.periods}
        values["half_day"] = HalfDay.AFTERNOON
    return values


class AssignDialog(FormDialog):
    """Lecturers of one or several sessions at once."""

    def __init__(
        self, parent: QWidget, context: Context, class_id: int, rows: "Sequence[SessionRow]"
    ) -> None:
        self._context, self._class_id = context, class_id
        self._ids = [row.id for row in rows]
        self.field = LecturerField("lecturer_ids", "Giảng viên", height=280)
        form = Form(self._save)
        form.add_row(self.field)
        numbers = ", ".join(str(row.number) for row in rows)
        title = f"Đổi giảng viên buổi {numbers}"
        super().__init__(parent, title, form, action="Phân công", width=800)
        self.setObjectName("assign_dialog")
        _offer_lecturers(
            context, self.field, [(row.held_on, row.half_day) for row in rows], self._ids
        )
        shared = frozenset.intersection(*(frozenset(row.lecturer_ids) for row in rows))
        form.load({"lecturer_ids": tuple(shared)})

    def _save(self, values: Values) -> None:
        """Write who teaches."""
        from app.services import timetable

        chosen = cast(tuple[int, ...], values["lecturer_ids"])
        with self._context.database.writing("Đổi giảng viên") as db:
            timetable.assign_lecturers(db, self._class_id, self._ids, chosen)


class PatternDialog(FormDialog):
    """Sessions of the whole programme from a pattern, with what would come of it."""

    def __init__(self, parent: QWidget, context: Context, detail: "ClassDetail") -> None:
        self._context, self._detail = context, detail
        self._start = DateField("starts_on", "Từ ngày", required=True)
        self._days_off = MemoField("days_off", "Ngày nghỉ", note="Mỗi dòng một ngày.", lines=2)
        self._preview = label("", "muted", wrap=True)
        form = Form(self._save)
        form.add_row(self._start, self._days_off)
        form.add_row(PatternField("pattern", "Học các buổi, các ngày trong tuần"))
        form.add(self._preview)
        super().__init__(parent, "Sinh lịch theo mẫu", form, action="Sinh lịch", width=620)
        self.setObjectName("pattern_dialog")
        form.load({"starts_on": detail.starts_on, "pattern": USUAL})
        form.changed.connect(self._show_preview)
        self._show_preview()

    def _show_preview(self) -> None:
        """Say on which day the class would end."""
        from app.services import timetable

        self._preview.setText("")
        if any(field.problem() for field in (self._start, self.form.field("pattern"))):
            return
        try:
            pattern = self._pattern(self.form.values())
        except InputError:
            return
        with self._context.database.reading() as db:
            last = timetable.last_day(db, self._detail.version_id, pattern)
        self._preview.setText(
            f"Học từ {dates.weekday(pattern.starts_on)}, {dates.grid(pattern.starts_on)}"
            f" đến {dates.weekday(last)}, {dates.grid(last)}."
        )

    def _pattern(self, values: Values) -> "Pattern":
        """What the service takes."""
        from app.services.timetable import Pattern

        half_days, weekdays = cast(tuple[tuple[HalfDay, ...], frozenset[int]], values["pattern"])
        start = cast(date, values["starts_on"])
        return Pattern(start, half_days, weekdays, _days_off(self._days_off))

    def _save(self, values: Values) -> None:
        """Make the sessions."""
        from app.services import timetable

        with self._context.database.writing("Sinh lịch học") as db:
            timetable.generate(db, self._detail.id, self._pattern(values))


def _days_off(field: Field) -> frozenset[date]:
    """The days of a memo, one a line."""
    lines = str(field.value()).splitlines()
    try:
        return frozenset(dates.parse_exact(line) for line in lines if line.strip())
    except InputError as error:
        raise InputError(str(error), field.name) from error
