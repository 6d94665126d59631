"""Which half days and weekdays a class meets on, as one field of a form."""

from typing import Any

from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QWidget

from app.errors import InputError
from app.terms import HalfDay
from app.ui import theme
from app.ui.field import Field
from app.ui.labels import rule

Pattern = tuple[tuple[HalfDay, ...], frozenset[int]]  # half days in order, weekdays (Monday 0)
USUAL: Pattern = ((HalfDay.MORNING, HalfDay.AFTERNOON), frozenset(range(5)))
_DAYS = ("T2", "T3", "T4", "T5", "T6", "T7", "CN")


class PatternField(Field):
    """Check boxes for sáng, chiều, tối and for T2 to CN; the value is a `Pattern`."""

    def __init__(self, name: str, caption: str) -> None:
        box = QWidget()
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.u(6))
        self._half_days = [(each, QCheckBox(each.label)) for each in HalfDay]
        self._weekdays = [QCheckBox(words) for words in _DAYS]
        for _, check in self._half_days:
            row.addWidget(check)
        row.addWidget(rule(vertical=True))
        for check in self._weekdays:
            row.addWidget(check)
        row.addStretch(1)
        super().__init__(name, caption, box)
        box.setFocusProxy(self._half_days[0][1])
        for check in self._boxes():
            check.checkStateChanged.connect(lambda _state: self._was_changed())

    def _boxes(self) -> list[QCheckBox]:
        """Every box, in reading order."""
        return [*(check for _, check in self._half_days), *self._weekdays]

    def chosen(self) -> Pattern:
        """What is ticked, complete or not."""
        half_days = tuple(each for each, check in self._half_days if check.isChecked())
        weekdays = (at for at, check in enumerate(self._weekdays) if check.isChecked())
        return half_days, frozenset(weekdays)

    def state(self) -> object:
        """What is ticked."""
        return self.chosen()

    def read(self) -> Pattern:
        """At least one half day and one weekday."""
        half_days, weekdays = self.chosen()
        if not half_days or not weekdays:
            raise InputError("Chưa chọn buổi hoặc ngày học trong tuần. Chọn ít nhất một.")
        return half_days, weekdays

    def fill(self, value: Any) -> None:
        """Tick a pattern; the usual one when there is none."""
        half_days, weekdays = value or USUAL
        for each, check in self._half_days:
            check.setChecked(each in half_days)
        for at, check in enumerate(self._weekdays):
            check.setChecked(at in weekdays)
